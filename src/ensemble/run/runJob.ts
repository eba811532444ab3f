/**
 * Job -> record: the one function that every executor calls, a pure function of the job on every machine.
 */
import { requireOptions, requireText } from '../../base/errors.js'
import { claimById } from '../../claims/core/ledger.js'
import { measureClaim } from '../../claims/core/measureClaim.js'
import { type ClaimJob, type Job, MEASURE_VERSION, replicaSeed, requireJob } from '../plan/job.js'
import { claimRows } from '../store/claimRows.js'
import type { JobRecord } from '../store/jobRecord.js'
import { type RunJobOptions, runCoupledJob } from './runCoupledJob.js'

/**
 * The numbers of one job, computed in the calling thread with single-threaded forces: the same bits inline, in a worker
 * thread and on another machine, with and without stored fields.
 * @throws RangeError if the job was made by another version of the measurement; errors of the measurement; the signal's
 * reason
 */
export async function runJob(job: Job, options: RunJobOptions = {}): Promise<JobRecord> {
  requireOptions<RunJobOptions>('runJob', options, { fields: true, signal: 'signal' })
  requireJob(job)
  if (options.fields !== undefined) requireText('fields', options.fields)
  const version = MEASURE_VERSION[job.kind]
  if (job.version !== version) {
    throw new RangeError(`version of a ${job.kind} job must be ${version}, that of this package, got ${job.version}`)
  }
  options.signal?.throwIfAborted()
  return job.kind === 'coupled' ? runCoupledJob(job, options) : runClaimJob(job, options.signal)
}

/** Measures a claim with {@link replicaSeed}; the columns are those of {@link claimRows}. */
async function runClaimJob(job: ClaimJob, signal: AbortSignal | undefined): Promise<JobRecord> {
  const { claim: id, spec, seed, replica } = job
  const record = await measureClaim(claimById(id), spec, replicaSeed(seed, replica), signal)
  const rows = claimRows(job, record)
  if (rows.length === 0) throw new RangeError(`claim must measure a number, claim ${id} measured none`)
  return { rows }
}
