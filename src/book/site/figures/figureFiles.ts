/**
 * The stored figures of notebooks as files of the book: an image, and the Plotly JSON as a classic script.
 */

import type { OutputData } from '../../../notebook/notebookFile.js'
import { PLOTLY_MIME } from '../../../notebook/pictures/labextensionEntry.js'
import { NARROW } from '../../page/narrowScreen.js'
import { escapeHtml } from '../text/html.js'

/** A file of the book: its path below the book's folder, and its content. */
export interface BookFile {
  readonly path: string
  readonly content: string | Uint8Array
}

/** A figure of the book: traces and layout, as the notebook stores them. */
export interface StoredFigure {
  readonly id: string
  readonly data: readonly unknown[]
  readonly layout?: Readonly<Record<string, unknown>>
  readonly frames?: readonly {
    readonly name: string
    readonly data: readonly unknown[]
    readonly traces?: readonly number[]
  }[]
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
    { path: `figures/${id}.js`, content: `${CALL}${JSON.stringify(id)},${JSON.stringify(plot)})\n` },
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
    `<figcaption><span>${captionHtml(caption)}${small}</span>` +
    `<button type="button" class="plot-button" hidden>Make it interactive</button></figcaption></figure>`
  return { html, files }
}

/** A caption with its powers raised: N^−δ, 10^9, e^(−cN). */
function captionHtml(caption: string): string {
  return escapeHtml(caption).replace(
    /\^(?:\(([^()]+)\)|([−-]?(?:\d+(?:[./]\d+)?|\p{L})))/gu,
    (_, group: string | undefined, one: string) => `<sup>${group ?? one}</sup>`,
  )
}

/** What the script of a figure calls. */
const CALL = 'mflFigure('

/** The figure that a file of the book holds, if it is one. */
export function figureOf({ path, content }: BookFile): StoredFigure | undefined {
  if (typeof content !== 'string' || !path.startsWith('figures/') || !content.startsWith(CALL)) return undefined
  const [id, plot] = JSON.parse(`[${content.trimEnd().slice(CALL.length, -1)}]`) as [string, Omit<StoredFigure, 'id'>]
  return { ...plot, id }
}

/**
 * The page with a second image for narrow screens, of each figure that has one. There panels stand below each other,
 * and a caption that tells left from right gets a word on it.
 * @param sizes of the images, by the figures' ids
 */
export function withPhoneImages(
  html: string,
  sizes: ReadonlyMap<string, { readonly width: number; readonly height: number }>,
): string {
  const figure =
    /(<figure class="plot" data-figure="([\w-]+)"[^>]*><div class="plot-frame">)(<img [^>]*>)(<\/div><figcaption><span>)(.*?)(?= <small>|<\/span>)/gs
  return html.replace(figure, (whole, head, id, image, between, words) => {
    const size = sizes.get(id)
    if (size === undefined) return whole
    const source = `<source media="(max-width: ${NARROW}px)" srcset="figures/${id}.phone.png" width="${size.width}" height="${size.height}">`
    const note = /\bleft\b/i.test(words) ? `<small class="narrow-note">${BELOW}</small>` : ''
    return `${head}<picture>${source}${image}</picture>${between}${words}${note}`
  })
}

const BELOW = 'On a narrow screen panels stand below each other: what is said to be on the left is above.'

/** Width and height from the header of a PNG. @throws Error if it is none */
export function pngSize(bytes: Buffer): { readonly width: number; readonly height: number } {
  if (bytes.length < 24 || bytes.readUInt32BE(0) !== 0x89504e47) throw new Error('the stored image is no PNG')
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}
