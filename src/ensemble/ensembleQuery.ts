/**
 * SQL over an ensemble's part-files, where they are, by DuckDB.
 */
import { join } from 'node:path'
import { requireText } from '../base/errors.js'
import { optionalPackage } from './optionalPackage.js'
import { openStore } from './store.js'

/** One row of an answer: numbers, words, booleans or null. */
export type QueryRow = Record<string, unknown>

/**
 * Runs a query on the table `rows`, which holds all part-files: the columns of the plan behind `job` and `seconds`. A job that
 * two processes finished is there once.
 * @param folder of an ensemble
 * @param sql a query in DuckDB's dialect
 * @throws Error in one sentence: no ensemble, nothing stored yet, a mistake in the query
 * @example await ensembleQuery('out', 'select N, avg(sup) as mean from rows group by N order by N')
 */
export async function ensembleQuery(folder: string, sql: string): Promise<QueryRow[]> {
  requireText('folder', folder)
  requireText('sql', sql)
  const store = await openStore(folder)
  if (store.jobs.size === 0) throw new Error(`${folder} holds no results yet`)
  const load = () => import('@duckdb/node-api')
  const { DuckDBInstance } = await optionalPackage('a query', ['@duckdb/node-api'], load)
  // What is needed is built in: nothing is ever fetched.
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  const connection = await instance.connect()
  try {
    const files = join(folder, 'parts', '*.parquet').replaceAll("'", "''")
    await connection.run(
      `create view rows as select * exclude (filename) from read_parquet('${files}', filename = true)
       qualify filename = min(filename) over (partition by job)`,
    )
    const reader = await connection.runAndReadAll(sql)
    return reader.getRowObjectsJS().map(row => Object.fromEntries(Object.entries(row).map(([k, v]) => [k, plain(v)])))
  } catch (cause) {
    throw new Error(`the query failed: ${(cause as Error).message.trim().split('\n')[0]}`, { cause })
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

/** Counts come as bigint. */
function plain(value: unknown): unknown {
  return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value
}
