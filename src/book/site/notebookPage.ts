/**
 * A notebook as the body of a page: text, code, stored outputs, folded solutions.
 */
import { joined, type Notebook, type NotebookCell } from '../../notebook/notebookFile.js'
import type { BookFile } from './figures/figureFiles.js'
import { type OutputContext, outputHtml } from './outputHtml.js'
import { collectSections, type SearchSection } from './searchSections.js'
import { escapeHtml } from './text/html.js'
import { type Heading, highlight, type MarkdownPage, renderMarkdown } from './text/markdown.js'

/** A page of the book before it gets its frame. */
export interface PageBody {
  /** File name without extension. */
  readonly name: string
  readonly title: string
  readonly html: string
  readonly headings: readonly Heading[]
  readonly ids: ReadonlySet<string>
  readonly files: readonly BookFile[]
  readonly sections: readonly SearchSection[]
}

/**
 * @param name file name without extension
 * @param link where links of the notebook lead, see {@link MarkdownPage}
 */
export function notebookPage(
  notebook: Notebook,
  name: string,
  link: (target: string) => string | undefined,
  onError: (message: string) => void,
): PageBody {
  const page: MarkdownPage = { ids: new Set(), headings: [], link, onError }
  const files: BookFile[] = []
  let figures = 0
  const context: OutputContext = { figureId: () => `${name}-${++figures}`, files, onError }
  const sections: SearchSection[] = []
  const cells: string[] = []
  let solution: { readonly summary: string; readonly parts: string[] } | undefined
  const closeSolution = (): void => {
    if (solution === undefined) return
    const { summary, parts } = solution
    cells.push(`<details class="solution"><summary>${escapeHtml(summary)}</summary>\n${parts.join('\n')}\n</details>`)
    solution = undefined
  }
  for (const cell of notebook.cells) {
    const source = joined(cell.source)
    if (source.trim() === '' && !cell.outputs?.length) continue
    if (cell.cell_type === 'markdown') {
      const begins = /^\*Solution(?: (\d+))?[^*]*\*/.exec(source)
      const before = page.headings.length
      const html = renderMarkdown(source, page)
      collectSections(sections, name, page.headings.slice(before), source)
      if (begins) {
        closeSolution()
        solution = { summary: begins[1] ? `Solution ${begins[1]}` : 'Solution', parts: [html] }
      } else {
        closeSolution()
        cells.push(html)
      }
    } else if (cell.cell_type === 'code') {
      const html = codeCell(cell, source, context)
      const last = sections[sections.length - 1]
      if (last !== undefined) last.code += ` ${source}`
      if (cell.metadata.tags?.includes('solution')) {
        solution ??= { summary: 'Solution', parts: [] }
        solution.parts.push(html)
      } else {
        closeSolution()
        cells.push(html)
      }
    }
  }
  closeSolution()
  const title = page.headings[0]?.text ?? name
  return { name, title, html: cells.join('\n'), headings: page.headings, ids: page.ids, files, sections }
}

const CLONE_NOTE = 'This cell runs in a clone only: it needs what a browser does not have.'

/** Whether a cell needs what only a clone has, as Chromium for image files: it can be read in the book, not run. */
export function needsClone({ metadata }: NotebookCell): boolean {
  return metadata.tags?.includes('clone') === true
}

/** Code above, outputs below; code that the notebook folds is folded here. */
function codeCell(cell: NotebookCell, source: string, context: OutputContext): string {
  const outputs = (cell.outputs ?? []).map(output => outputHtml(output, context)).join('\n')
  if (source.trim() === '') return outputs
  const code = `<pre class="code" tabindex="0"><code class="hljs">${highlight(source, 'typescript')}</code></pre>`
  const folded = (cell.metadata.jupyter as { source_hidden?: boolean } | undefined)?.source_hidden === true
  const isSolution = cell.metadata.tags?.includes('solution') === true
  const shown = folded && !isSolution ? `<details class="folded"><summary>Code</summary>${code}</details>` : code
  const [mark, note] = needsClone(cell) ? [' data-clone', `<p class="cell-controls">${CLONE_NOTE}</p>`] : ['', '']
  return `<div class="cell"${mark}>${shown}${note}<div class="outputs">${outputs}</div></div>`
}
