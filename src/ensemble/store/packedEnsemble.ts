/**
 * An ensemble in one Parquet file: what data/ensembles holds, and what can be sent to somebody.
 */
import { requireText } from '../../base/errors.js'
import { readTable } from '../../files/parquetTable.js'
import { provenance } from '../../files/provenance.js'
import { type Plan, parsePlan, planHash } from '../plan/plan.js'
import { planCells, requireResults } from '../plan/planCells.js'
import { countedReplicates } from '../plan/stoppingRule.js'
import { partOrigin, readPart, type StoredJob, writePart } from './partFile.js'
import type { EnsembleResults } from './store.js'
import { storedFault } from './storedFault.js'

/** The counted jobs in the plan's order. */
export function countedJobs(results: EnsembleResults): StoredJob[] {
  return planCells(results.plan).flatMap(cell => countedReplicates(results, cell).stored)
}

/**
 * Writes all counted results as one file, a part-file like those of a store, in the plan's order: the rows do not
 * depend on how the ensemble was run.
 * @throws Error in one sentence if the place cannot be written
 * @example packEnsemble('curve.parquet', await openStore('out'))
 */
export function packEnsemble(path: string, results: EnsembleResults): void {
  requireText('path', path)
  requireResults('results', results)
  const jobs = countedJobs(results)
  const seconds = jobs.reduce((sum, job) => sum + job.seconds, 0)
  writePart(path, jobs, partOrigin(results.plan, { ...provenance(), executor: 'packed' }), seconds)
}

/**
 * Reads a packed ensemble, or any part-file.
 * @throws Error in one sentence: no file, no ensemble, a changed number
 * @example ensembleSummary(await readEnsemble('data/ensembles/08-molecular-chaos.parquet')).points
 */
export async function readEnsemble(path: string): Promise<EnsembleResults> {
  requireText('path', path)
  const { metadata } = await readTable(path)
  if (metadata.kind !== 'ensemble-part') throw new Error(`${path} was not written by an ensemble`)
  const plan: Plan = planIn(path, metadata.specification)
  const jobs = await readPart(path, planHash(plan))
  const faultOf = storedFault(plan)
  for (const job of jobs) {
    const fault = faultOf(job)
    if (fault !== undefined) throw new Error(`${path} holds a job whose rows are not a record of it: ${fault}`)
  }
  return { plan, jobs: new Map(jobs.map(job => [job.name, job])) }
}

function planIn(path: string, specification: string | undefined): Plan {
  try {
    return parsePlan(JSON.parse(specification ?? ''))
  } catch (cause) {
    throw new Error(`${path} has no plan in its metadata that can be read: ${(cause as Error).message}`, { cause })
  }
}
