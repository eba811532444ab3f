/**
 * What is wrong with a stored job: whose replicate its rows say they are, whether the plan has that replicate under
 * this name, and whether they are a record of it.
 */
import { type Job, jobName } from '../plan/job.js'
import type { Plan } from '../plan/plan.js'
import { type Cell, planCells } from '../plan/planCells.js'
import type { Row } from './jobRecord.js'
import type { StoredJob } from './partFile.js'
import { recordFault } from './recordFault.js'

/**
 * The check for one plan: why a job that claims to be done is not, in words; undefined if it is.
 * @example storedFault(plan)({ name, rows: [], seconds: 1 }) // 'no row'
 */
export function storedFault(plan: Plan): (stored: StoredJob) => string | undefined {
  const cells = new Map<string, Cell[]>()
  for (const cell of planCells(plan)) {
    const key = cellKey(keysOf(cell.job(0)))
    cells.set(key, [...(cells.get(key) ?? []), cell])
  }
  return ({ name, rows, seconds }) => {
    const row: unknown = rows[0]
    if (typeof row !== 'object' || row === null) return 'no row'
    const replica = Number((row as Row).replica)
    // Laws of one name and other parameters have the same columns: the name tells which it is.
    const job = (cells.get(cellKey(row as Row)) ?? [])
      .filter(({ most }) => Number.isInteger(replica) && replica >= 0 && replica < most)
      .map(cell => cell.job(replica))
      .find(candidate => jobName(candidate) === name)
    if (job === undefined) return 'its first row is not of the replicate of the plan that its name stands for'
    return recordFault(job, rows, seconds)
  }
}

/** What the rows of a job say about its grid point. */
function keysOf(job: Job): Row {
  if (job.kind === 'claim') return { claim: job.claim, spec: JSON.stringify(job.spec) }
  return { law: job.law.name, N: job.N, delta: Number(job.delta), sigma: job.sigma }
}

function cellKey({ law, N, delta, sigma, claim, spec }: Row): string {
  return JSON.stringify([law, N, String(delta), sigma, claim, spec])
}
