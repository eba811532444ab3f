/**
 * The stored outputs of a notebook cell as HTML.
 */

import { LAB_MIME, type LabModel, laboratoryPage } from '../../notebook/laboratory/protocol.js'
import { joined, type MultilineText } from '../../notebook/multilineText.js'
import type { NotebookOutput } from '../../notebook/notebookFile.js'
import { PLOTLY_MIME } from '../../notebook/pictures/labextensionEntry.js'
import { type BookFile, figureHtml } from './figures/figureFiles.js'
import { escapeHtml, scrollable, unescapeHtml } from './text/html.js'
import { typeset, typesetText } from './text/typeset.js'

/** What the outputs of a page share. */
export interface OutputContext {
  /** A new id for a figure. */
  figureId(): string
  /** Files that the page needs; added to. */
  readonly files: BookFile[]
  onError(message: string): void
}

/** One output, in the best of its forms. */
export function outputHtml(output: NotebookOutput, context: OutputContext): string {
  if (output.output_type === 'stream') {
    return `<pre class="output ${output.name}" tabindex="0">${escapeHtml(joined(output.text).replace(/\n$/, ''))}</pre>`
  }
  if (output.output_type === 'error') {
    return `<pre class="output stderr" tabindex="0">${escapeHtml(`${output.ename}: ${output.evalue}`)}</pre>`
  }
  const { data } = output
  const text = (type: string): string => joined(data[type] as MultilineText)
  if (data[PLOTLY_MIME] !== undefined) {
    const { html, files } = figureHtml(data, context.figureId())
    context.files.push(...files)
    return html
  }
  if (data[LAB_MIME] !== undefined) return laboratoryHtml(data[LAB_MIME] as LabModel)
  if (data['text/html'] !== undefined) return typesetHtml(text('text/html'), context)
  if (data['text/latex'] !== undefined) {
    const tex = text('text/latex').replace(/^\s*\$+|\$+\s*$/g, '')
    return typeset(tex, true, context.onError)
  }
  if (data['image/png'] !== undefined) {
    return `<img class="output" src="data:image/png;base64,${text('image/png').replaceAll('\n', '')}" alt="${escapeHtml(
      data['text/plain'] === undefined ? '' : text('text/plain'),
    )}">`
  }
  return `<pre class="output" tabindex="0">${escapeHtml(data['text/plain'] === undefined ? '' : text('text/plain'))}</pre>`
}

/** Formulas in the text between tags are typeset, tables scroll by themselves. */
function typesetHtml(html: string, { onError }: OutputContext): string {
  // What has a line of its own scrolls by itself, by keyboard too.
  const framed = html.replace(
    /<div style="overflow-x:auto/g,
    '<div tabindex="0" role="group" aria-label="formula" style="overflow-x:auto',
  )
  const parts = framed.split(/(<[^>]*>)/)
  const typeset = parts
    .map((part, i) => (i % 2 === 1 || !part.includes('$') ? part : typesetText(unescapeHtml(part), onError)))
    .join('')
  const tables = typeset.replace(/<table>[\s\S]*?<\/table>/g, table => scrollable(table, 'table of results'))
  return `<div class="output html">${tables}</div>`
}

/** The laboratory of a cell: a link to its page, and the place where a button opens it. */
function laboratoryHtml({ name, state }: LabModel): string {
  return (
    `<div class="output companion"><p><a href="${escapeHtml(laboratoryPage(name, state))}">Laboratory ${escapeHtml(name)}</a></p>` +
    `<div class="laboratory-place" data-lab="${escapeHtml(name)}" data-setting="${escapeHtml(JSON.stringify(state))}" data-closed>` +
    '<button type="button" hidden>Open it here</button></div></div>'
  )
}
