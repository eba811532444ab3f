/**
 * Where links of notebooks and documentation pages lead inside the book.
 */
import { posix } from 'node:path'

/** What exists: names without extension. */
export interface Contents {
  readonly notebooks: ReadonlySet<string>
  readonly docs: ReadonlySet<string>
}

/**
 * The address in the book of a link in a source file.
 * @param from folder of the source: 'notebooks' or 'docs'
 * @param target as written: a web address, '#anchor', '02-the-kernel.ipynb#lemma-34', '../docs/claims.md',
 * 'images/x.png'
 * @returns undefined for what the book does not have (a notebook not written yet, a source file)
 * @example bookLink({ notebooks: new Set(['a']), docs: new Set() }, 'docs', '../notebooks/a.ipynb#b') // 'a.html#b'
 */
export function bookLink(contents: Contents, from: string, target: string): string | undefined {
  if (/^(https?|mailto|doi):/.test(target) || target.startsWith('#')) return target
  const [path = '', anchor] = target.split('#')
  const place = posix.join(from, path)
  const fragment = anchor === undefined ? '' : `#${anchor}`
  const name = posix.basename(place).replace(/\.\w+$/, '')
  if (place.startsWith('notebooks/') && place.endsWith('.ipynb')) {
    return contents.notebooks.has(name) ? `${name}.html${fragment}` : undefined
  }
  if (place.startsWith('docs/') && place.endsWith('.md')) {
    return contents.docs.has(name) ? `${name}.html${fragment}` : undefined
  }
  if (/^(docs|notebooks)\/images\//.test(place)) return `figures/${posix.basename(place)}`
  return undefined
}

/** Where the file of a notebook lies in the book, for those who take it along. @param name without extension */
export const notebookPath = (name: string): string => `notebooks/${name}.ipynb`
