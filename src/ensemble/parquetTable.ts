/**
 * The one Parquet reader and writer of the project: tables of numbers and words with provenance in the file's metadata,
 * readable from pandas, polars, R and DuckDB.
 */
import { readFileSync } from 'node:fs'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { quote } from '../base/errors.js'
import { knownColumns } from '../base/knownColumns.js'
import { writeFileAtomic } from './files.js'

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
 * Writes a Parquet file, whole or not at all (temporary name, synchronised, renamed).
 * @throws RangeError for columns of different lengths or a column of neither numbers nor words, before any work; Error in
 * one sentence if the place cannot be written
 * @example writeTable('run.parquet', { columns: { t: [0, 1] }, metadata: { seed: '1' } })
 */
export function writeTable(path: string, { columns, metadata }: Table): void {
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
    kvMetadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    createdBy: 'mean-field-limit',
  })
  writeFileAtomic(path, new Uint8Array(buffer))
}

/**
 * Reads a Parquet file of numbers and words.
 * @throws Error in one sentence if there is no such file or it is no Parquet file
 */
export async function readTable(path: string): Promise<Table> {
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (cause) {
    throw new Error(`cannot read ${path}: ${(cause as NodeJS.ErrnoException).code ?? (cause as Error).message}`, {
      cause,
    })
  }
  // A view on Node's pooled memory would not do: the reader wants a buffer of its own.
  const file = new Uint8Array(bytes).buffer
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
    const metadata = Object.fromEntries(
      pairs.filter(({ key }) => key !== 'ARROW:schema').map(({ key, value }) => [key, value ?? '']),
    )
    return { columns: knownColumns(columns), metadata }
  } catch (cause) {
    throw new Error(`${path} is not a Parquet file that can be read: ${(cause as Error).message}`, { cause })
  }
}
