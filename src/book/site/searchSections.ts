/**
 * What the search looks through: the sections of all pages, cleaned of markup, as one classic script.
 */
import type { Heading } from './text/markdown.js'
import { plainMarkdown } from './text/plainMarkdown.js'

/** A section of a page, from its heading to the next. */
export interface SearchSection {
  /** File name of its page without extension. */
  readonly page: string
  readonly anchor: string
  readonly heading: string
  text: string
  code: string
}

/**
 * Adds the sections of a text: each of its headings opens one, and what comes before the first belongs to the last one
 * known.
 * @param headings those that the text brought, in order
 */
export function collectSections(
  sections: SearchSection[],
  page: string,
  headings: readonly Heading[],
  source: string,
): void {
  let number = 0
  let fenced = false
  for (const line of source.split('\n')) {
    if (/^(```|~~~)/.test(line)) fenced = !fenced
    const heading = !fenced && /^#{1,6} /.test(line) ? headings[number++] : undefined
    if (heading !== undefined) {
      sections.push({ page, anchor: heading.id, heading: heading.text, text: '', code: '' })
      continue
    }
    const last = sections[sections.length - 1]
    if (last?.page === page) last.text += `${line}\n`
  }
}

/** The names used in code: what a reader looks for is a function, not a semicolon. */
function namesOf(code: string): string {
  return [...new Set(code.match(/[A-Za-z][A-Za-z0-9]{3,}/g) ?? [])].join(' ')
}

/**
 * The script that hands the sections to the page: `mflSearch([...])`, each [page, anchor, page title, heading, text,
 * names]. The index is made in the reader's browser from these, in milliseconds; sent ready-made it would be larger.
 */
export function searchScript(sections: readonly SearchSection[], titles: ReadonlyMap<string, string>): string {
  const rows = sections.map(({ page, anchor, heading, text, code }) => [
    page,
    anchor,
    plainMarkdown(titles.get(page) ?? page),
    plainMarkdown(heading),
    plainMarkdown(text),
    namesOf(code),
  ])
  return `mflSearch(${JSON.stringify(rows)})\n`
}
