/**
 * Docblocks as HTML. Their text is plain: letters that Markdown would read as its own stay letters, but for lists, code
 * and formulas between dollar signs.
 */

import { type MarkdownPage, renderMarkdown } from '../text/markdown.js'
import type { Address, ApiComment, ApiText } from './apiTypes.js'

/** Plain text as Markdown that shows it as it is. */
function literal(text: string): string {
  return text
    .split(/(\$(?!\.+\$)[^$]+\$)/)
    .map((part, i) =>
      i % 2 === 1 ? part.replace(/\s*\n\s*/g, ' ') : part.replace(/[\\*_[\]`<>|#~$&]/g, escapedCharacter),
    )
    .join('')
}

const escapedCharacter = (character: string): string => `&#${character.charCodeAt(0)};`

/** A comment's pieces as Markdown, links resolved. */
function markdownOf(pieces: readonly ApiText[], address: Address): string {
  return pieces
    .map(({ kind, text, target }) => {
      if (kind === 'code') return text
      if (kind === 'text') return literal(text)
      const place = typeof target === 'number' ? address(target) : undefined
      return place === undefined ? `\`${text}\`` : `[\`${text}\`](${place})`
    })
    .join('')
}

/** Pieces as HTML: paragraphs, lists, code and formulas. */
export function textHtml(pieces: readonly ApiText[], address: Address, page: MarkdownPage): string {
  return renderMarkdown(markdownOf(pieces, address), page).trim()
}

/** The same without the paragraph around it, for a cell or an item. */
export function inlineHtml(pieces: readonly ApiText[], address: Address, page: MarkdownPage): string {
  return textHtml(pieces, address, page).replace(/^<p>((?:(?!<p>)[\s\S])*)<\/p>$/, '$1')
}

/** The words of a docblock, for the search. */
export function wordsOf(comment: ApiComment | undefined): string {
  return (comment?.summary ?? [])
    .map(({ text }) => text)
    .join('')
    .replace(/\s+/g, ' ')
}

/** Its first sentence as pieces: up to a full stop before a capital letter, or a colon at the end of a line. */
export function firstSentence(comment: ApiComment | undefined): ApiText[] {
  const pieces: ApiText[] = []
  for (const piece of comment?.summary ?? []) {
    const end =
      piece.kind === 'text' ? /\.(?=\s|$)(?<!\b(?:e\.g|i\.e|cf|Def|Prop|Thm|Cor)\.)|\n\s*\n|:\n/.exec(piece.text) : null
    if (end === null) {
      pieces.push(piece)
      continue
    }
    pieces.push({ ...piece, text: piece.text.slice(0, end.index + (end[0] === '.' ? 1 : 0)) })
    break
  }
  return pieces
}
