/**
 * `mfl ensemble export` and `mfl ensemble query`: the numbers themselves.
 */
import { ensembleCsv } from '../ensemble/ensembleCsv.js'
import { ensembleQuery } from '../ensemble/ensembleQuery.js'
import { writeFileAtomic } from '../ensemble/files.js'
import { openStore } from '../ensemble/store.js'
import { type TableValue, tableBundle } from '../notebook/table.js'
import type { Report } from './report.js'

const STANDARD_OUTPUT = '-'

/** Writes the CSV, whole or not at all. @throws Error in one sentence if the file cannot be written */
export async function ensembleExportCommand(folder: string, { csv }: { readonly csv: string }): Promise<Report> {
  const store = await openStore(folder)
  const lines = [...ensembleCsv(store)]
  if (csv === STANDARD_OUTPUT) return { data: { rows: lines.length - 1 }, text: lines.join('').trimEnd() }
  writeFileAtomic(csv, lines.join(''))
  const rows = Math.max(0, lines.length - 1)
  return { data: { file: csv, rows }, text: `written: ${csv} (${rows} rows)` }
}

/** @throws Error in one sentence for a mistake in the query */
export async function ensembleQueryCommand(folder: string, sql: string): Promise<Report> {
  const rows = await ensembleQuery(folder, sql)
  return {
    data: { rows },
    text: rows.length === 0 ? 'no rows' : tableBundle(rows as Record<string, TableValue>[])['text/plain'],
  }
}
