/**
 * Figures as image files: PNG, SVG and PDF through a headless Chromium, and the numbers behind them as CSV.
 */
import { join, resolve } from 'node:path'
import { quote, requireArray, requireNumber, requireOneOf, requireOptions, requireText } from '../base/errors.js'
import { writeFileAtomic } from '../ensemble/files.js'
import { type Figure, requireFigure } from '../figures/figure.js'
import { type ImageFormat, type ImageRequest, imageAsync } from './imageService.js'
import { plotlyJson } from './plotlyJson.js'

/** Size of an image of a figure. */
export interface ImageSize {
  /** CSS pixels; by default the figure's own, else 940. */
  readonly width?: number
  /** CSS pixels; by default the figure's own, else 540. */
  readonly height?: number
  /** Device pixels per CSS pixel (PNG only), default 2. */
  readonly scale?: number
}

/** Files that {@link exportFigure} writes. */
export type ExportFormat = ImageFormat | 'csv'

const LARGEST = 10_000

/** The request for an image of a figure, sizes filled in and checked. @throws TypeError, RangeError */
export function imageRequest(figure: Figure, format: ImageFormat, size: ImageSize): ImageRequest {
  const own = (name: 'width' | 'height', otherwise: number): number => {
    const value = figure.layout[name]
    return typeof value === 'number' ? value : otherwise
  }
  const { data, layout } = plotlyJson(figure)
  return {
    data,
    layout,
    format: requireOneOf<ImageFormat>('format', format, ['png', 'svg', 'pdf']),
    width: requireNumber('width', size.width ?? own('width', 940), 10, LARGEST),
    height: requireNumber('height', size.height ?? own('height', 540), 10, LARGEST),
    scale: requireNumber('scale', size.scale ?? 2, 0.1, 10),
  }
}

/**
 * Renders a figure with the project's plotly.js in a headless Chromium, offline. The same figure gives the same bytes
 * on the same machine, a PDF's date of creation apart.
 * @param figure what to draw
 * @param format 'png', 'svg' or 'pdf' (vector, one page of the figure's size)
 * @returns the bytes of the file
 * @throws RangeError for an unknown format or a size out of range
 * @throws Error if there is no Chromium, or Plotly can't draw the figure
 * @example await renderFigure(figure, 'png', { width: 800, height: 450, scale: 1 })
 */
export async function renderFigure(figure: Figure, format: ImageFormat, size: ImageSize = {}): Promise<Uint8Array> {
  requireFigure(figure)
  requireOptions<ImageSize>('renderFigure', size, { width: 'given', height: 'given', scale: 'given' })
  const reply = await imageAsync(imageRequest(figure, format, size))
  if ('error' in reply) throw new Error(`figure ${quote(figure.id)} could not be rendered: ${reply.error}`)
  return reply.bytes
}

/** Requires a size. @throws TypeError, RangeError */
function requireSize({ width = 940, height = 540, scale = 2 }: ImageSize): void {
  requireNumber('width', width, 10, LARGEST)
  requireNumber('height', height, 10, LARGEST)
  requireNumber('scale', scale, 0.1, 10)
}

/** The figure's table as CSV (RFC 4180), numbers with all their digits, shorter columns padded with empty fields. */
export function figureCsv(figure: Figure): string {
  const names = Object.keys(figure.table)
  const rows = Math.max(0, ...names.map(name => figure.table[name]!.length))
  const field = (value: number | string | undefined): string => {
    const text = value === undefined ? '' : String(value)
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  const lines = [names.map(field).join(',')]
  for (let i = 0; i < rows; i++) lines.push(names.map(name => field(figure.table[name]![i])).join(','))
  return `${lines.join('\r\n')}\r\n`
}

/**
 * Writes a figure into a folder as ID.FORMAT for each format, each file whole or absent.
 * @returns the absolute paths written, in the order of `formats`
 * @throws RangeError for an unknown format or an id that is no file name
 * @throws Error if there is no Chromium (not for 'csv') or no write access
 * @example await exportFigure(figure, 'figures-out', ['svg', 'pdf', 'csv'])
 */
export async function exportFigure(
  figure: Figure,
  directory: string,
  formats: readonly ExportFormat[],
  size: ImageSize = {},
): Promise<string[]> {
  requireFigure(figure)
  requireText('directory', directory)
  requireArray('formats', formats)
  requireOptions<ImageSize>('exportFigure', size, { width: 'given', height: 'given', scale: 'given' })
  for (const format of formats) requireOneOf<ExportFormat>('formats', format, ['png', 'svg', 'pdf', 'csv'])
  if (!/^[\w.-]+$/.test(figure.id) || figure.id.startsWith('.')) {
    throw new RangeError(`figure.id must be letters, digits, '-', '_' and '.', got ${quote(figure.id)}`)
  }
  requireSize(size)
  const paths: string[] = []
  for (const format of formats) {
    const path = join(resolve(directory), `${figure.id}.${format}`)
    writeFileAtomic(path, format === 'csv' ? figureCsv(figure) : await renderFigure(figure, format, size))
    paths.push(path)
  }
  return paths
}
