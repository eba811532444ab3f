/**
 * What a worker thread of an ensemble does with a message: compute a job, or the mean field that several jobs share.
 * Loaded by the threads executor and by queue workers.
 */
import type { Job } from '../plan/job.js'
import { fieldOf } from '../run/runCoupledJob.js'
import { runJob } from '../run/runJob.js'
import type { JobRecord } from '../store/jobRecord.js'

/** A message to a thread: plain data. */
export interface JobMessage {
  readonly job: Job
  /** Folder of shared mean fields. */
  readonly fields?: string
  /** 'field': only put the job's mean field into the folder. */
  readonly task: 'job' | 'field'
}

/** @returns the record of the job; undefined for a field */
export default async function work({ job, fields, task }: JobMessage): Promise<JobRecord | undefined> {
  const options = fields === undefined ? {} : { fields }
  if (task === 'job') return runJob(job, options)
  if (job.kind === 'coupled') await fieldOf(job, options)
  return undefined
}
