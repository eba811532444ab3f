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
  const rows: number[][] = []
  let first = 0
  let named = false
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  for (let k = 0; k < lines.length; k++) {
    const line = lines[k]!.trim()
    if (line === '' || line.startsWith('#')) continue
    const fields = line.split(/\s*[,;\t]\s*|\s+/)
    if (rows.length === 0 && !named && fields.every(field => !NUMBER.test(field) && !NOT_FINITE.test(field))) {
      named = true
      continue
    }
    const row = fields.map(field => {
      const value = NUMBER.test(field) ? Number(field) : Number.NaN
      if (Number.isFinite(value)) return value
      throw new Error(`${name}, line ${k + 1}: every field must be a finite number, got ${quote(field)}`)
    })
    if (rows.length === 0) first = k + 1
    else if (row.length !== rows[0]!.length) {
      const wanted = `${rows[0]!.length} numbers as in line ${first}`
      throw new Error(`${name}, line ${k + 1}: every line must have ${wanted}, got ${row.length}`)
    }
    rows.push(row)
  }
  if (rows.length === 0) throw new Error(`${name} has no points`)
  const n = rows.length
  const d = rows[0]!.length
  const x = new Float64Array(n * d)
  for (let i = 0; i < n; i++) for (let a = 0; a < d; a++) x[a * n + i] = rows[i]![a]!
  return { n, d, x }
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
