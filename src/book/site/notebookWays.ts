/**
 * What a reader may take along from a notebook's page: the notebook, and how to cite the page.
 */
import { citePage } from '../../base/cite.js'
import { notebookPath } from './links.js'
import { escapeHtml } from './text/html.js'
import { plainMarkdown } from './text/plainMarkdown.js'

/**
 * A link and a folded citation, which need no script.
 * @param name of the page, without extension
 * @param title as the notebook has it
 */
export function notebookWays(name: string, title: string): string {
  const { bibtex, text } = citePage({ title: plainMarkdown(title), file: `${name}.ipynb` })
  const block = (format: string, content: string): string =>
    `<div class="citation" data-format="${format}"><pre tabindex="0">${escapeHtml(content)}</pre></div>`
  return (
    `<div class="page-ways"><a href="${notebookPath(name)}" download>Download this notebook</a>` +
    `<details><summary>Cite this page</summary>${block('BibTeX', bibtex)}${block('text', text)}</details></div>`
  )
}
