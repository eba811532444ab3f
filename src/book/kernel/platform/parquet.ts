/**
 * The packages `hyparquet` and `hyparquet-writer` of the kernel in a browser: most cells need none, so they come when a
 * cell names what reads or writes a table.
 */
import type { parquetMetadata as Metadata, parquetReadObjects as ReadObjects } from 'hyparquet'
import type { parquetWriteBuffer as WriteBuffer } from 'hyparquet-writer'
import { required } from './module.js'

interface Parquet {
  readonly parquetMetadata: typeof Metadata
  readonly parquetReadObjects: typeof ReadObjects
  readonly parquetWriteBuffer: typeof WriteBuffer
}

function parquet(): Parquet {
  const found = required.get('parquet')
  if (found === undefined) throw new Error("tables need a cell that imports from 'mean-field-limit/ensemble'")
  return found as Parquet
}

export const parquetMetadata: typeof Metadata = (...given) => parquet().parquetMetadata(...given)
export const parquetReadObjects: typeof ReadObjects = (...given) => parquet().parquetReadObjects(...given)
export const parquetWriteBuffer: typeof WriteBuffer = (...given) => parquet().parquetWriteBuffer(...given)
