/**
 * Clouds of points from files: CSV or Parquet, one point a row. What `mfl distance` reads.
 */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { quote } from '../../base/errors.js'
import { readTable } from '../../files/parquetTable.js'
import type { PointCloud } from '../../transport/pointCloud.js'

/** The path that means standard input. */
export const STANDARD_INPUT = '-'

/** A decimal number; Number() alone also takes '', '0x1f' and '1_000'. */
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/
/** What other programs write where there is no finite number. */
const NOT_FINITE = /^[+-]?(nan|inf|infinity|null|none|na)$/i

/**
 * Reads a cloud of equal weights. CSV: one point a line, coordinates separated by commas, semicolons, tabs or spaces,
 * with or without a line of names first; empty lines and lines that start with # are skipped. Parquet (told by its
 * first bytes): all columns, which must be numbers.
 * @param path a file, or "-" for CSV on standard input
 * @throws Error in one line: a file that cannot be read, a line (with its number) or column with something that is no
 * finite number, lines of different lengths, no points
 * @example (await readPoints('points.csv')).n
 */
export async function readPoints(path: string): Promise<PointCloud> {
  if (path !== STANDARD_INPUT && isParquet(path)) return fromColumns(path, (await readTable(path)).columns)
  return parsePoints(path === STANDARD_INPUT ? 'standard input' : path, readText(path))
}

/**
 * Points from CSV text, as {@link readPoints}.
 * @param name of the source, for messages
 * @example parsePoints('text', 'x,y\n1,2\n3,4').x // Float64Array [1, 3, 2, 4]
 */
export function parsePoints(name: string, text: string): PointCloud {
  // Numbers in one growing array, line by line: a list of rows would take ten times the memory of the text.
  let values: Float64Array = new Float64Array(1024)
  let [n, d, first, named] = [0, 0, 0, false]
  let k = 0
  for (const whole of linesOf(text.replace(/^\uFEFF/, ''))) {
    k++
    const line = whole.trim()
    if (line === '' || line.startsWith('#')) continue
    const fields = line.split(/\s*[,;\t]\s*|\s+/)
    if (n === 0 && !named && fields.every(field => !NUMBER.test(field) && !NOT_FINITE.test(field))) {
      named = true
      continue
    }
    if ((n + 1) * fields.length > values.length) values = doubled(values, fields.length)
    for (const [a, field] of fields.entries()) {
      const value = NUMBER.test(field) ? Number(field) : Number.NaN
      if (!Number.isFinite(value)) {
        throw new Error(`${name}, line ${k}: every field must be a finite number, got ${quote(field)}`)
      }
      if (a < d || n === 0) values[n * fields.length + a] = value
    }
    if (n === 0) [first, d] = [k, fields.length]
    else if (fields.length !== d) {
      throw new Error(`${name}, line ${k}: every line must have ${d} numbers as in line ${first}, got ${fields.length}`)
    }
    n++
  }
  if (n === 0) throw new Error(`${name} has no points`)
  const x = new Float64Array(n * d)
  for (let i = 0; i < n; i++) for (let a = 0; a < d; a++) x[a * n + i] = values[i * d + a]!
  return { n, d, x }
}

/** The lines of a text, one after the other, whatever ends them. */
function* linesOf(text: string): Generator<string, void, void> {
  const end = /\r\n|\n|\r/g
  let start = 0
  for (let found = end.exec(text); found !== null; found = end.exec(text)) {
    yield text.slice(start, found.index)
    start = end.lastIndex
  }
  yield text.slice(start)
}

/** Twice as long, and a row longer at least. */
function doubled(values: Float64Array, row: number): Float64Array {
  const longer = new Float64Array(2 * values.length + row)
  longer.set(values)
  return longer
}

function fromColumns(path: string, columns: Readonly<Record<string, ArrayLike<unknown>>>): PointCloud {
  const names = Object.keys(columns)
  const n = names.length === 0 ? 0 : columns[names[0]!]!.length
  if (n === 0) throw new Error(`${path} has no points`)
  const x = new Float64Array(n * names.length)
  names.forEach((name, a) => {
    const column = columns[name]!
    for (let i = 0; i < n; i++) {
      const value = column[i]
      if (typeof value !== 'number' || !Number.isFinite(value)) {
        throw new Error(`${path}, column ${quote(name)}, row ${i + 1}: must be a finite number, got ${quote(value)}`)
      }
      x[a * n + i] = value
    }
  })
  return { n, d: names.length, x }
}

function readText(path: string): string {
  try {
    return readFileSync(path === STANDARD_INPUT ? 0 : path, 'utf8')
  } catch (error) {
    throw unreadable(path, error)
  }
}

function isParquet(path: string): boolean {
  let file: number | undefined
  try {
    file = openSync(path, 'r')
    const magic = Buffer.alloc(4)
    return readSync(file, magic) === 4 && magic.toString('latin1') === 'PAR1'
  } catch (error) {
    throw unreadable(path, error)
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

function unreadable(path: string, cause: unknown): Error {
  const { code, message } = cause as NodeJS.ErrnoException
  const reason = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : (code ?? message)
  return new Error(`cannot read ${path === STANDARD_INPUT ? 'standard input' : path}: ${reason}`, { cause })
}
