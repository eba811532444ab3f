/**
 * `mfl ensemble export` and `mfl ensemble query`: the numbers themselves.
 */
import { printable } from '../../base/printable.js'
import { ensembleCsv } from '../../ensemble/store/ensembleCsv.js'
import { ensembleQuery } from '../../ensemble/store/ensembleQuery.js'
import { packEnsemble } from '../../ensemble/store/packedEnsemble.js'
import { openStore } from '../../ensemble/store/store.js'
import { writeFileAtomic } from '../../files/files.js'
import { type TableValue, tableBundle } from '../../present/table.js'
import { type Report, UsageError } from '../report.js'
import { requirePath } from '../requirePath.js'

const STANDARD_OUTPUT = '-'

/** @throws UsageError unless exactly one form is asked for; Error in one sentence if the file cannot be written */
export async function ensembleExportCommand(
  folder: string,
  { csv, parquet }: { readonly csv?: string; readonly parquet?: string },
): Promise<Report> {
  if ((csv === undefined) === (parquet === undefined)) throw new UsageError('either --csv or --parquet is needed')
  for (const [name, path] of Object.entries({ csv, parquet })) if (path !== undefined) requirePath(`--${name}`, path)
  const store = await openStore(requirePath('FOLDER', folder))
  if (parquet !== undefined) {
    packEnsemble(parquet, store)
    return { data: { file: parquet }, text: `written: ${printable(parquet)}` }
  }
  const lines = [...ensembleCsv(store)]
  const rows = Math.max(0, lines.length - 1)
  if (csv === STANDARD_OUTPUT) return { data: { rows }, text: lines.join('').trimEnd() }
  writeFileAtomic(csv!, lines.join(''))
  return { data: { file: csv, rows }, text: `written: ${printable(csv!)} (${rows} rows)` }
}

/** @throws Error in one sentence for a mistake in the query */
export async function ensembleQueryCommand(folder: string, sql: string): Promise<Report> {
  const rows = await ensembleQuery(requirePath('FOLDER', folder), sql)
  // Names of columns and words are those of the query and of the files.
  const shown = rows.map(row => Object.fromEntries(Object.entries(row).map(([k, v]) => [printable(k), shownValue(v)])))
  return {
    data: { rows },
    text: rows.length === 0 ? 'no rows' : tableBundle(shown)['text/plain'],
  }
}

function shownValue(value: unknown): TableValue {
  return typeof value === 'string' ? printable(value) : (value as TableValue)
}
