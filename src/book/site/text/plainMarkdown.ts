/**
 * Markdown as a line of words, for places that take text only: titles, labels that are read aloud, the search.
 */
import { plainTex } from '../../../present/plainText.js'

/**
 * Links, emphasis, tags and the rules of tables go, formulas are written in plain characters; code stays as it is.
 * @example plainMarkdown('**For** $\\delta<\\tfrac13$ see `$HOME`') // 'For δ < 1/3 see $HOME'
 */
export function plainMarkdown(source: string): string {
  return source
    .split(/(```[\s\S]*?```|`[^`]*`)/)
    .map((part, i) => (i % 2 === 1 ? part.replaceAll('`', '') : words(part)))
    .join('')
    .replace(/\s+/g, ' ')
    .trim()
}

function words(markdown: string): string {
  return markdown
    .split(/\$\$?([^$]+)\$\$?/)
    .map((part, i) => (i % 2 === 1 ? plainTex(part) : unmarked(part)))
    .join('')
}

const unmarked = (text: string): string =>
  text
    .replace(/<\/?[a-z][^>]*>/gi, ' ')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\|?[-:| ]+\|?$/gm, ' ')
    .replace(/[*|\\]/g, '')
