/**
 * The stored figures of notebooks as files of the book: an image, and the Plotly JSON as a classic script.
 */

import type { OutputData } from '../../notebook/notebookFile.js'
import { PLOTLY_MIME } from '../../notebook/pictures/labextensionEntry.js'
import { escapeHtml } from './html.js'

/** A file of the book: its path below the book's folder, and its content. */
export interface BookFile {
  readonly path: string
  readonly content: string | Uint8Array
}

/** How wide a figure is that says nothing about it. */
const SIZE = { width: 940, height: 540 }

/**
 * A figure as HTML and the files that it needs. The image is shown first; a script with the traces is loaded when the
 * reader asks for the interactive figure. (A script and not JSON, since pages from file:// may not fetch.)
 * @param data of a notebook output with Plotly JSON
 * @param id unique in the book, also the name of its files
 */
export function figureHtml(data: OutputData, id: string): { readonly html: string; readonly files: BookFile[] } {
  const plot = data[PLOTLY_MIME] as Record<string, unknown>
  const png = data['image/png']
  const text = String(Array.isArray(data['text/plain']) ? data['text/plain'].join('') : (data['text/plain'] ?? ''))
  const [first = '', ...rest] = text.split('\n')
  const caption = first.replace(/^Figure [\w.-]+: /, '')
  const provenance = rest.filter(line => !line.startsWith('[no image')).join(' ')
  const files: BookFile[] = [
    { path: `figures/${id}.js`, content: `mflFigure(${JSON.stringify(id)},${JSON.stringify(plot)})\n` },
  ]
  const height = Number((plot.layout as { height?: number } | undefined)?.height ?? SIZE.height)
  let picture = `<p class="no-image">The image of this figure has not been stored.</p>`
  if (png !== undefined) {
    const bytes = Buffer.from(Array.isArray(png) ? png.join('') : String(png), 'base64')
    files.push({ path: `figures/${id}.png`, content: bytes })
    const { width, height: tall } = pngSize(bytes)
    picture = `<img src="figures/${id}.png" width="${width}" height="${tall}" alt="${escapeHtml(caption)}" loading="lazy" decoding="async">`
  }
  const small = provenance === '' ? '' : ` <small>${escapeHtml(provenance)}</small>`
  const html =
    `<figure class="plot" data-figure="${id}" data-height="${height}"><div class="plot-frame">${picture}</div>` +
    `<figcaption><span>${escapeHtml(caption)}${small}</span>` +
    `<button type="button" class="plot-button" hidden>Make it interactive</button></figcaption></figure>`
  return { html, files }
}

/** Width and height from the header of a PNG. @throws Error if it is none */
export function pngSize(bytes: Buffer): { readonly width: number; readonly height: number } {
  if (bytes.length < 24 || bytes.readUInt32BE(0) !== 0x89504e47) throw new Error('the stored image is no PNG')
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}
