/**
 * `mfl figures`: lists the figures, or with --export writes them as SVG, PNG and PDF, and their data as CSV.
 */
import { quote } from '../base/errors.js'
import { drawFigure, figureIds } from '../figures/claimGallery.js'
import type { Figure } from '../figures/figure.js'
import { FIGURE_SIZES, type FigureSizeName } from '../figures/figureForSize.js'
import { findChromium } from '../notebook/findChromium.js'
import { EXPORT_FORMATS, exportFigure } from '../notebook/renderFigure.js'
import { tableBundle } from '../notebook/table.js'
import { namesIn } from './lists.js'
import { type Report, UsageError } from './report.js'
import { terminalProgress } from './terminalProgress.js'

/** Options of `mfl figures`. */
export interface FiguresOptions {
  /** Ids, comma-separated; all figures by default. */
  readonly only?: string
  /** Whether files are written. */
  readonly export?: boolean
  /** Where to. */
  readonly out: string
  /** Formats, comma-separated. */
  readonly formats: string
  /** A preset of sizes; each figure's own by default. */
  readonly size?: string
}

/** @throws UsageError for an unknown figure or format; Error if there is no Chromium or no write access */
export async function figuresCommand(options: FiguresOptions): Promise<Report> {
  const chosen = options.only === undefined ? figureIds : namesIn('--only', options.only, figureIds)
  const formats = namesIn('--formats', options.formats, EXPORT_FORMATS)
  const size = options.size === undefined ? undefined : sizeNamed(options.size)
  if (options.out.trim() === '') throw new UsageError('--out must be a folder; got ""')
  // Before the figures are computed, which takes longer than looking for a file.
  if (options.export && formats.some(format => format !== 'csv') && findChromium() === undefined) {
    throw new Error('images need Chromium, and none is on PATH: install it, set CHROME_PATH, or ask for --formats csv')
  }
  const progress = terminalProgress('figures', chosen.length)
  const rows: FigureRow[] = []
  for (const [done, id] of chosen.entries()) {
    progress.update(done)
    const figure = await drawFigure(id)
    const files = options.export ? await exportFigure(figure, options.out, formats, size) : []
    rows.push(row(figure, files))
  }
  progress.finish()
  return { data: { figures: rows }, text: options.export ? rows.flatMap(({ files }) => files).join('\n') : list(rows) }
}

function sizeNamed(name: string): FigureSizeName {
  const names = Object.keys(FIGURE_SIZES)
  if (!names.includes(name)) throw new UsageError(`--size must be one of ${names.join(', ')}; got ${quote(name)}`)
  return name as FigureSizeName
}

interface FigureRow {
  readonly id: string
  readonly caption: string
  readonly provenance: Figure['provenance']
  readonly columns: readonly string[]
  /** Absolute paths written. */
  readonly files: readonly string[]
}

function row(figure: Figure, files: readonly string[]): FigureRow {
  const { id, caption, provenance, table } = figure
  return { id, caption, provenance, columns: Object.keys(table), files }
}

function list(rows: readonly FigureRow[]): string {
  if (rows.length === 0) return 'no figures'
  return tableBundle(rows.map(({ id, caption }) => ({ figure: id, 'what is seen': caption })))['text/plain']
}
