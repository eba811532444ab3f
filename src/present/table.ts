/**
 * Shows numbers and words in columns.
 */
import { quote, requireNumber, requireObject, requireOptions } from '../base/errors.js'
import { maximum } from '../base/extent.js'
import type { Estimate } from '../base/statistics/estimate.js'
import { escapeHtml, MISSING, NEARLY_ZERO, readableNumber } from './html.js'
import { display } from './jupyterOutput.js'
import { plainText } from './plainText.js'

/** What a cell of a table may hold; an `Estimate` is shown with its interval. */
export type TableValue = number | string | boolean | null | undefined | Estimate

/** Columns by name. */
export type TableColumns = Readonly<Record<string, ArrayLike<TableValue>>>

/** Options of {@link table}. */
export interface TableOptions {
  /** One sentence above the table. TeX between $...$. */
  readonly caption?: string
  /** By column: significant digits, or a function that writes the value. Default: 6 digits. */
  readonly format?: Readonly<Record<string, number | ((value: TableValue) => string)>>
  /** Why a value is not there, said below the table where a cell has none. Default: 'no value'. */
  readonly missing?: string
  /** Numbers smaller in size are what rounding leaves of a zero: shown as ≈ 0, and said below the table. Default 0. */
  readonly rounding?: number
}

/**
 * Displays a table as HTML, with a plain text form for terminals and text diffs. All text is escaped; TeX between
 * $...$ is typeset by JupyterLab.
 * @param content columns by name, of one length (typed arrays too), or rows as records
 * A value that is not there is a dash, and a line below says why.
 * @throws RangeError if columns differ in length
 * @example table({ N: [10, 100], error: [0.31, 0.1] }, { caption: 'error against $N$', format: { error: 3 } })
 */
export function table(
  content: TableColumns | readonly Readonly<Record<string, TableValue>>[],
  options: TableOptions = {},
): void {
  requireOptions<TableOptions>('table', options, { caption: true, format: true, missing: true, rounding: true })
  if (options.rounding !== undefined) requireNumber('rounding', options.rounding, 0, Number.MAX_VALUE)
  display(tableBundle(content, options))
}

/** The table's two forms by MIME type. @throws RangeError if columns differ in length */
export function tableBundle(
  content: TableColumns | readonly Readonly<Record<string, TableValue>>[],
  options: TableOptions = {},
): { readonly 'text/html': string; readonly 'text/plain': string } {
  if (!Array.isArray(content)) requireObject('content', content)
  const { caption = '', format = {} } = options
  if (typeof caption !== 'string') throw new TypeError(`caption must be a text, got ${quote(caption)}`)
  requireObject('format', format)
  const columns = Array.isArray(content) ? columnsOf(content) : (content as TableColumns)
  const names = Object.keys(columns)
  const rows = names.length === 0 ? 0 : columns[names[0]!]!.length
  for (const name of names) {
    if (columns[name]!.length !== rows) {
      throw new RangeError(
        `column ${quote(name)} must have length ${rows} like ${quote(names[0])}, got ${columns[name]!.length}`,
      )
    }
  }
  const numeric = names.map(name => Array.from({ length: rows }, (_, i) => columns[name]![i]).every(isNumeric))
  const body = Array.from({ length: rows }, (_, i) =>
    names.map(name => written(columns[name]![i], options.format?.[name], options.rounding)),
  )
  const shown = (mark: string): boolean => body.some(row => row.includes(mark))
  const notes = [
    ...(shown(MISSING) ? [`${MISSING} : ${options.missing ?? 'no value'}`] : []),
    ...(options.rounding !== undefined && shown(NEARLY_ZERO)
      ? [`${NEARLY_ZERO} : below ${readableNumber(options.rounding)}, what rounding leaves`]
      : []),
  ]
  const cells: Cells = { names, numeric, body, caption, notes }
  return { 'text/html': html(cells), 'text/plain': text(cells) }
}

/** What both forms of a table show; body by rows. */
interface Cells {
  readonly names: string[]
  readonly numeric: boolean[]
  readonly body: string[][]
  readonly caption: string
  readonly notes: readonly string[]
}

function columnsOf(rows: readonly Readonly<Record<string, TableValue>>[]): TableColumns {
  const names = [...new Set(rows.flatMap(row => Object.keys(row)))]
  return Object.fromEntries(names.map(name => [name, rows.map(row => row[name])]))
}

function isEstimate(value: TableValue): value is Estimate {
  return typeof value === 'object' && value !== null && 'value' in value
}

function isNumeric(value: TableValue): boolean {
  return typeof value === 'number' || value === null || value === undefined || isEstimate(value)
}

function written(
  value: TableValue,
  format: number | ((value: TableValue) => string) | undefined,
  rounding: number = 0,
): string {
  if (typeof format === 'function') return format(value)
  if (typeof value === 'number') {
    return value !== 0 && Math.abs(value) < rounding ? NEARLY_ZERO : readableNumber(value, format)
  }
  if (isEstimate(value)) return estimateText(value, format)
  return value === null || value === undefined ? MISSING : String(value)
}

/** The value, and its interval where it is wider than the digits shown. */
export function estimateText(estimate: Estimate, digits: number = 6): string {
  const [value, low, high] = [estimate.value, estimate.low, estimate.high].map(x => readableNumber(x, digits))
  return low === value && high === value ? value! : `${value} [${low}, ${high}]`
}

function html({ names, numeric, body, caption, notes }: Cells): string {
  const align = numeric.map(right => `text-align:${right ? 'right' : 'left'}`)
  const cells = (tag: string, row: string[]) =>
    row.map((cell, i) => `<${tag} style="${align[i]}">${escapeHtml(cell)}</${tag}>`).join('')
  const title = caption ? `<caption style="text-align:left"><b>${escapeHtml(caption)}</b></caption>` : ''
  const rows = body.map(row => `<tr>${cells('td', row)}</tr>`).join('\n')
  const foot =
    notes.length === 0
      ? ''
      : `\n<tfoot><tr><td colspan="${names.length}" style="text-align:left"><small>${notes.map(escapeHtml).join('; ')}</small></td></tr></tfoot>\n`
  return `<table>${title}\n<thead><tr>${cells('th', names)}</tr></thead>\n<tbody>\n${rows}\n</tbody>${foot}</table>`
}

function text({ names, numeric, body, caption, notes }: Cells): string {
  const head = names.map(plainText)
  const lines = body.map(row => row.map(plainText))
  const widths = head.map((name, i) => Math.max(width(name), maximum(lines.map(row => width(row[i]!)))))
  const pad = (cell: string, i: number): string => ' '.repeat(widths[i]! - width(cell))
  const line = (row: string[]) =>
    row
      .map((cell, i) => (numeric[i] ? pad(cell, i) + cell : cell + pad(cell, i)))
      .join('  ')
      .trimEnd()
  const rule = widths.map(places => '-'.repeat(places)).join('  ')
  return [...(caption ? [plainText(caption)] : []), line(head), rule, ...lines.map(line), ...notes.map(plainText)].join(
    '\n',
  )
}

/** How many places a terminal gives to a text: a letter with its accent has one. */
const width = (text: string): number => [...SEGMENTS.segment(text)].length
const SEGMENTS = new Intl.Segmenter('en')
