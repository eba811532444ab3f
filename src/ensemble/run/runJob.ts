/**
 * Job -> record: the one function that every executor calls, a pure function of the job on every machine.
 */
import { requireOptions, requireText } from '../../base/errors.js'
import { type Job, MEASURE_VERSION, requireJob } from '../plan/job.js'
import type { JobRecord } from '../store/jobRecord.js'
import { runClaimJob } from './runClaimJob.js'
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
  return job.kind === 'coupled' ? runCoupledJob(job, options) : runClaimJob(job, options)
}
