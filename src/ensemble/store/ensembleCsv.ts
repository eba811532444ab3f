/**
 * An ensemble as CSV: the counted jobs in the plan's order, numbers in the shortest form that gives the same bits back.
 */

import { requireResults } from '../plan/planCells.js'
import type { Row } from './jobRecord.js'
import { countedJobs } from './packedEnsemble.js'
import type { EnsembleResults } from './store.js'

/** The lines, each with its end; the first has the names. The same for every way in which the ensemble was run. */
export function* ensembleCsv(store: EnsembleResults): Generator<string, void, void> {
  requireResults('store', store)
  let names: string[] | undefined
  for (const { name: job, rows } of countedJobs(store)) {
    for (const row of rows) {
      if (names === undefined) {
        names = Object.keys(row)
        yield `job,${names.join(',')}\n`
      }
      yield `${job},${names.map(name => field(row, name)).join(',')}\n`
    }
  }
}

function field(row: Row, name: string): string {
  const value = row[name]!
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  return /[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}
