/**
 * SQL over an ensemble, by DuckDB. What is asked are the rows that the library's own reader has read and checked, file
 * by file: no path reaches DuckDB, which would take one for a pattern and read what it matches.
 */

import type { DuckDBConnection } from '@duckdb/node-api'
import { requireText } from '../../base/errors.js'
import { optionalPackage } from '../../files/optionalPackage.js'
import type { StoredJob } from './partFile.js'
import { openStore } from './store.js'

/** One row of an answer: numbers, words, booleans or null. */
export type QueryRow = Record<string, unknown>

/**
 * Runs a query on the table `rows`, which holds all finished jobs: the columns of the plan behind `job` and `seconds`.
 * A job that two processes finished is there once.
 * @param folder of an ensemble
 * @param sql a query in DuckDB's dialect
 * @throws Error in one sentence: no ensemble, nothing stored yet, a part-file that is damaged or foreign, a mistake in
 * the query
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
    await fill(connection, [...store.jobs.values()])
    const reader = await connection.runAndReadAll(sql)
    return reader.getRowObjectsJS().map(row => Object.fromEntries(Object.entries(row).map(([k, v]) => [k, plain(v)])))
  } catch (cause) {
    throw new Error(`the query failed: ${(cause as Error).message.trim().split('\n')[0]}`, { cause })
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

/** Makes the table `rows`: numbers as DOUBLE, words as VARCHAR, as in the part-files. */
async function fill(connection: DuckDBConnection, jobs: readonly StoredJob[]): Promise<void> {
  const { DOUBLE, DuckDBDataChunk, VARCHAR } = await import('@duckdb/node-api')
  const first = { job: jobs[0]!.name, seconds: jobs[0]!.seconds, ...jobs[0]!.rows[0]! }
  const names = Object.keys(first)
  const types = Object.values(first).map(value => (typeof value === 'string' ? VARCHAR : DOUBLE))
  const columns = names.map((name, k) => `"${name.replaceAll('"', '""')}" ${types[k]!.toString()}`)
  await connection.run(`create table rows (${columns.join(', ')})`)
  const appender = await connection.createAppender('rows')
  const rows = jobs.flatMap(({ name, seconds, rows }) => rows.map(row => ({ job: name, seconds, ...row })))
  for (let start = 0; start < rows.length; start += CHUNK) {
    const part = rows.slice(start, start + CHUNK)
    const chunk = DuckDBDataChunk.create(types, part.length)
    chunk.setColumns(names.map(name => part.map(row => (row as StoredJob['rows'][number])[name]!)))
    appender.appendDataChunk(chunk)
  }
  appender.closeSync()
}

/** Rows that DuckDB takes at once. */
const CHUNK = 2048

/** Counts come as bigint. */
function plain(value: unknown): unknown {
  return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value
}
