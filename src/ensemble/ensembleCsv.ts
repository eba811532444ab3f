/**
 * An ensemble as CSV: the counted jobs in the plan's order, numbers in the shortest form that gives the same bits back.
 */
import { jobName } from './job.js'
import type { Row } from './jobRecord.js'
import { planCells } from './planCells.js'
import { wantedReplicates } from './stoppingRule.js'
import type { EnsembleStore } from './store.js'

/** The lines, each with its end; the first has the names. The same for every way in which the ensemble was run. */
export function* ensembleCsv(store: EnsembleStore): Generator<string, void, void> {
  let names: string[] | undefined
  for (const cell of planCells(store.plan)) {
    const rowsOf = (replica: number) => store.jobs.get(jobName(cell.job(replica)))?.rows
    const { count } = wantedReplicates(store.plan, cell, rowsOf)
    for (let replica = 0; replica < count; replica++) {
      for (const row of rowsOf(replica) ?? []) {
        if (names === undefined) {
          names = Object.keys(row)
          yield `job,${names.join(',')}\n`
        }
        yield `${jobName(cell.job(replica))},${names.map(name => field(row, name)).join(',')}\n`
      }
    }
  }
}

function field(row: Row, name: string): string {
  const value = row[name]!
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  return /[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}
