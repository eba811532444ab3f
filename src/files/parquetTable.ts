/**
 * The one Parquet reader and writer of the project: tables of numbers and words with provenance in the file's metadata,
 * readable from pandas, polars, R and DuckDB.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { quote, requireArray, requireObject, requireText } from '../base/errors.js'
import { knownColumns } from '../base/knownColumns.js'
import { readFault, writeFileAtomic } from './files.js'

/** A column: numbers are stored as DOUBLE (integers that fit as such read back the same), words as UTF-8. */
export type Column = ArrayLike<number> | readonly string[]

/** Columns by name, with words about them. */
export interface Table {
  /** Columns of equal length, by name. */
  readonly columns: Readonly<Record<string, Column>>
  /** Words about the table, kept in the file's metadata. */
  readonly metadata: Readonly<Record<string, string>>
}

/**
 * Key of the seal among the file's metadata: the SHA-256 of all values and of all other metadata. No part of the table.
 */
const SEAL = 'sha256'
/**
 * Who wrote the file. A file with these bytes anywhere must have a seal: damage to the structure around them may make a
 * reader miss the seal, and damage to them leaves the seal to be read.
 */
const SEALED_BY = 'mean-field-limit (sha256)'

/**
 * Writes a Parquet file, whole or not at all (temporary name, synchronised, renamed).
 * @throws RangeError for columns of different lengths or a column of neither numbers nor words, before any work; Error
 * in one sentence if the place cannot be written
 * @example writeTable('run.parquet', { columns: { t: [0, 1] }, metadata: { seed: '1' } })
 */
export function writeTable(path: string, table: Table): void {
  requireText('path', path)
  requireObject('table', table, '{ columns, metadata }')
  const { columns, metadata } = table
  requireObject('columns', columns)
  requireObject('metadata', metadata)
  for (const [name, column] of Object.entries(columns)) requireArray(`columns.${name}`, column)
  const names = Object.keys(columns)
  const rows = names.length === 0 ? 0 : columns[names[0]!]!.length
  const columnData = names.map(name => {
    const column = columns[name]!
    if (column.length !== rows) {
      throw new RangeError(`column ${quote(name)} must have ${rows} rows like the first, got ${column.length}`)
    }
    const values = Array.from(column as ArrayLike<unknown>)
    const words = values.length > 0 && typeof values[0] === 'string'
    const odd = values.find(value => typeof value !== (words ? 'string' : 'number'))
    if (odd !== undefined) {
      throw new RangeError(`column ${quote(name)} must hold only ${words ? 'strings' : 'numbers'}, got ${quote(odd)}`)
    }
    return words
      ? { name, data: values as string[], type: 'STRING' as const, nullable: false }
      : { name, data: Float64Array.from(values as number[]), type: 'DOUBLE' as const, nullable: false }
  })
  const buffer = parquetWriteBuffer({
    columnData,
    kvMetadata: Object.entries({ ...metadata, [SEAL]: sealOf({ columns, metadata }) }).map(([key, value]) => ({
      key,
      value,
    })),
    createdBy: SEALED_BY,
  })
  writeFileAtomic(path, new Uint8Array(buffer))
}

/**
 * Reads a Parquet file of numbers and words. One that {@link writeTable} wrote must hold what was written, by its
 * SHA-256; files of other programs, and of versions of this package that wrote none, are read as they are.
 * @throws Error in one sentence if there is no such file, it is no Parquet file, or it was changed after it was written
 */
export async function readTable(path: string): Promise<Table> {
  requireText('path', path)
  const bytes = readBytes(path)
  // A view on Node's pooled memory would not do: the reader wants a buffer of its own.
  const file = new Uint8Array(bytes).buffer
  let table: Table
  let seal: string | undefined
  try {
    const { key_value_metadata: pairs = [] } = parquetMetadata(file)
    const rows = await parquetReadObjects({ file })
    const names = rows.length === 0 ? [] : Object.keys(rows[0]!)
    const columns = Object.fromEntries(
      names.map(name => {
        const values = rows.map(row => row[name])
        const missing = values.findIndex(value => value === null || value === undefined)
        if (missing >= 0) throw new Error(`row ${missing} of column ${quote(name)} has no value`)
        return [name, typeof values[0] === 'string' ? (values as string[]) : Float64Array.from(values, Number)]
      }),
    )
    const { [SEAL]: kept, ...metadata } = Object.fromEntries(
      pairs.filter(({ key }) => key !== 'ARROW:schema').map(({ key, value }) => [key, value ?? '']),
    )
    seal = kept
    table = { columns: knownColumns(columns), metadata }
  } catch (cause) {
    throw new Error(`${path} is not a Parquet file that can be read: ${(cause as Error).message}`, { cause })
  }
  if ((seal !== undefined || bytes.includes(SEALED_BY)) && seal !== sealOf(table)) {
    throw new Error(`${path} was changed after it was written: its SHA-256 is another`)
  }
  return table
}

/** The SHA-256 of all values of a table, bit for bit, and of the names of its columns. */
export function columnsDigest(columns: Table['columns']): string {
  const hash = createHash('sha256')
  for (const [name, column] of Object.entries(columns)) {
    hash.update(`${JSON.stringify(name)}\n`)
    if (typeof column[0] === 'string') hash.update(JSON.stringify(column))
    else hash.update(new Uint8Array(Float64Array.from(column as ArrayLike<number>).buffer))
  }
  return hash.digest('hex')
}

function sealOf({ columns, metadata }: Table): string {
  const words = Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(words)).update(columnsDigest(columns)).digest('hex')
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (cause) {
    throw readFault(path, cause)
  }
}
