/**
 * `mfl figures`: lists the figures, none of which is drawn for that, or with --export writes them as SVG, PNG and PDF,
 * and their data as CSV.
 */
import { drawFigure, figureIds, figuresSeen } from '../figures/gallery.js'
import type { Figure } from '../figures/theme/figure.js'
import { FIGURE_SIZES, type FigureSizeName } from '../figures/theme/figureForSize.js'
import { findChromium } from '../notebook/pictures/findChromium.js'
import { EXPORT_FORMATS, exportFigure } from '../notebook/pictures/renderFigure.js'
import { tableBundle } from '../present/table.js'
import { knownName, namesIn } from './lists.js'
import { type Report, UsageError } from './report.js'
import { terminalProgress } from './terminalProgress.js'

/** Options of `mfl figures`. */
interface FiguresOptions {
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

const SIZES = Object.keys(FIGURE_SIZES) as FigureSizeName[]

/** @throws UsageError for an unknown figure or format; Error if there is no Chromium or no write access */
export async function figuresCommand(options: FiguresOptions): Promise<Report> {
  const chosen = options.only === undefined ? figureIds : namesIn('--only', options.only, figureIds)
  const formats = namesIn('--formats', options.formats, EXPORT_FORMATS)
  const size = options.size === undefined ? undefined : knownName('--size', options.size, SIZES)
  if (options.out.trim() === '') throw new UsageError('--out must be a folder; got ""')
  if (!options.export) {
    const rows = chosen.map(id => ({ id, seen: figuresSeen[id]! }))
    return { data: { figures: rows }, text: list(rows) }
  }
  // Before the figures are computed, which takes longer than looking for a file.
  if (formats.some(format => format !== 'csv') && findChromium() === undefined) {
    throw new Error('images need Chromium, and none is on PATH: install it, set CHROME_PATH, or ask for --formats csv')
  }
  const progress = terminalProgress('figures', chosen.length)
  const rows: ExportRow[] = []
  for (const [done, id] of chosen.entries()) {
    progress.update(done)
    const figure = await drawFigure(id)
    rows.push(exportRow(figure, await exportFigure(figure, options.out, formats, size)))
  }
  progress.finish()
  return { data: { figures: rows }, text: rows.flatMap(({ files }) => files).join('\n') }
}

interface ListRow {
  readonly id: string
  /** What is seen in it, in a few words. */
  readonly seen: string
}

interface ExportRow extends ListRow {
  readonly caption: string
  readonly provenance: Figure['provenance']
  readonly columns: readonly string[]
  /** Absolute paths written. */
  readonly files: readonly string[]
}

function exportRow({ id, caption, provenance, table }: Figure, files: readonly string[]): ExportRow {
  return { id, seen: figuresSeen[id]!, caption, provenance, columns: Object.keys(table), files }
}

function list(rows: readonly ListRow[]): string {
  if (rows.length === 0) return 'no figures'
  return tableBundle(rows.map(({ id, seen }) => ({ figure: id, 'what is seen': seen })))['text/plain']
}
