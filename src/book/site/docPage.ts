/**
 * A page of docs/ as the body of a page.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BookFile } from './figures/figureFiles.js'
import type { PageBody } from './notebookPage.js'
import { collectSections, type SearchSection } from './searchSections.js'
import { type MarkdownPage, renderMarkdown } from './text/markdown.js'

/**
 * @param folder of the page; images that it shows are taken from there
 * @param name file name without extension
 * @param link where its links lead, see {@link MarkdownPage}
 */
export function docPage(
  folder: string,
  name: string,
  link: (target: string) => string | undefined,
  onError: (message: string) => void,
): PageBody {
  const source = readFileSync(join(folder, `${name}.md`), 'utf8')
  const files: BookFile[] = []
  const linkWithImages = (target: string): string | undefined => {
    const address = link(target)
    if (address?.startsWith('figures/')) files.push({ path: address, content: readFileSync(join(folder, target)) })
    return address
  }
  const page: MarkdownPage = { ids: new Set(), headings: [], link: linkWithImages, onError }
  const html = renderMarkdown(source, page)
  const sections: SearchSection[] = []
  collectSections(sections, name, page.headings, source)
  return { name, title: page.headings[0]?.text ?? name, html, headings: page.headings, ids: page.ids, files, sections }
}
