/**
 * Figures as image files: PNG, SVG and PDF through a headless Chromium, and the numbers behind them as CSV.
 */

import { join, resolve } from 'node:path'
import { quote, requireArray, requireNumber, requireOneOf, requireOptions, requireText } from '../../base/errors.js'
import { maximum } from '../../base/extent.js'
import { type Figure, requireFigure } from '../../figures/theme/figure.js'
import { FIGURE_SIZES, type FigureSizeName, figureForSize } from '../../figures/theme/figureForSize.js'
import { writeFileAtomic } from '../../files/files.js'
import { type ImageFormat, type ImageRequest, imageAsync } from './imageService.js'
import { plotlyJson } from './plotlyJson.js'

/**
 * Size of an image of a figure; with a preset, a width or a height everything is laid out anew for it
 * ({@link figureForSize}).
 */
export interface ImageSize {
  /** Of a column (3.4 in wide), a page (6.9 in) or a slide (1280 x 720), instead of width and height. */
  readonly size?: FigureSizeName
  /** CSS pixels, 96 to the inch; by default the figure's own, else 940. */
  readonly width?: number
  /** CSS pixels; by default the figure's own, else 540; beside a width what the figure needs. */
  readonly height?: number
  /** Device pixels per CSS pixel (PNG only), default 2. */
  readonly scale?: number
}

/** Files that {@link exportFigure} writes. */
export type ExportFormat = ImageFormat | 'csv'

/** All of them, as written by default. */
export const EXPORT_FORMATS: readonly ExportFormat[] = ['svg', 'png', 'pdf', 'csv']

const LARGEST = 10_000

/** The request for an image of a figure, sizes filled in and checked. @throws TypeError, RangeError */
export function imageRequest(
  figure: Figure,
  format: ImageFormat,
  { size, width, height, scale = 2 }: ImageSize,
): ImageRequest {
  requireOneOf<ImageFormat>('format', format, ['png', 'svg', 'pdf'])
  requireNumber('scale', scale, 0.1, 10)
  if (size !== undefined && (width !== undefined || height !== undefined)) {
    throw new TypeError(`size must be given alone, got ${quote(size)} beside a width or height`)
  }
  const explicit = {
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
  }
  const asked = size ?? (Object.keys(explicit).length === 0 ? undefined : explicit)
  const made = asked === undefined ? figure : figureForSize(figure, asked)
  const own = (name: 'width' | 'height', otherwise: number): number => {
    const value = made.layout[name]
    return requireNumber(name, typeof value === 'number' ? value : otherwise, 10, LARGEST)
  }
  const { data, layout } = plotlyJson(made)
  return { data, layout, format, width: own('width', 940), height: own('height', 540), scale }
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
  requireOptions<ImageSize>('renderFigure', size, {
    size: 'given',
    width: 'given',
    height: 'given',
    scale: 'given',
  })
  const reply = await imageAsync(imageRequest(figure, format, size))
  if ('error' in reply) throw new Error(`figure ${quote(figure.id)} could not be rendered: ${reply.error}`)
  return reply.bytes
}

/** The figure's table as CSV (RFC 4180), numbers with all their digits, shorter columns padded with empty fields. */
export function figureCsv(figure: Figure): string {
  const names = Object.keys(figure.table)
  const rows = Math.max(0, maximum(names.map(name => figure.table[name]!.length)))
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
 * @param formats which files, by default all; left out, the size may take its place
 * @param size a preset, or {@link ImageSize}; the figure's own by default
 * @returns the absolute paths written, in the order of `formats`
 * @throws RangeError for an unknown format, an id that is no file name, or a size at which parts would lie on each
 * other
 * @throws Error if there is no Chromium (not for 'csv') or no write access
 * @example await exportFigure(figure, 'figures-out', ['svg', 'pdf', 'csv'], 'column')
 */
export async function exportFigure(
  figure: Figure,
  directory: string,
  formats: readonly ExportFormat[] | FigureSizeName | ImageSize = EXPORT_FORMATS,
  size?: FigureSizeName | ImageSize,
): Promise<string[]> {
  requireFigure(figure)
  requireText('directory', directory)
  if (typeof formats !== 'object' && typeof formats !== 'string') {
    throw new TypeError(`formats must be a list of formats, or a size, got ${quote(formats)}`)
  }
  if (typeof formats === 'string') requireOneOf<string>('formats or size', formats, Object.keys(FIGURE_SIZES))
  if (!isList(formats)) return exportFigure(figure, directory, EXPORT_FORMATS, formats)
  requireArray('formats', formats)
  for (const format of formats) requireOneOf<ExportFormat>('formats', format, EXPORT_FORMATS)
  if (!/^[\w.-]+$/.test(figure.id) || figure.id.startsWith('.')) {
    throw new RangeError(`figure.id must be letters, digits, '-', '_' and '.', got ${quote(figure.id)}`)
  }
  const given: ImageSize = typeof size === 'string' ? { size } : (size ?? {})
  requireOptions<ImageSize>('exportFigure', given, {
    size: 'given',
    width: 'given',
    height: 'given',
    scale: 'given',
  })
  // A size that cannot be had is refused before anything is written.
  imageRequest(figure, 'png', given)
  const paths: string[] = []
  for (const format of formats) {
    const path = join(resolve(directory), `${figure.id}.${format}`)
    writeFileAtomic(path, format === 'csv' ? figureCsv(figure) : await renderFigure(figure, format, given))
    paths.push(path)
  }
  return paths
}

/** Array.isArray does not tell read-only lists from the rest. */
function isList(formats: readonly ExportFormat[] | FigureSizeName | ImageSize): formats is readonly ExportFormat[] {
  return Array.isArray(formats)
}
