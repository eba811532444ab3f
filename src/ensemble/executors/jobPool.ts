/**
 * Worker threads that compute jobs: one job per thread with single-threaded forces, so that threads share nothing and
 * scale with the cores. Used by the threads executor; a queue worker uses one to keep its own thread free.
 */
import { availableParallelism } from 'node:os'
import { Piscina } from 'piscina'
import { requireInteger } from '../../base/errors.js'
import type { Job } from '../plan/job.js'
import { fieldKeyOf } from '../run/runCoupledJob.js'
import type { JobRecord } from '../store/jobRecord.js'
import type { JobMessage } from './jobWorker.js'

export interface JobPool {
  readonly threads: number
  /** Computes a job on a thread. @throws what the job throws; Error if its thread ends */
  run(job: Job): Promise<JobRecord>
  /** Ends the threads at once; jobs that are running reject. */
  destroy(): Promise<void>
}

/** Options of {@link threadsExecutor}. */
export interface JobPoolOptions {
  /** Default: as many as the machine runs at once. */
  readonly threads?: number
  /** Folder of shared mean fields: each is computed by one thread while the jobs that need it wait. */
  readonly fields?: string
}

/** Compiled beside this file; where this runs from its source (tests), the last build's. */
const WORKER: string = new URL(
  import.meta.url.endsWith('.ts') ? '../../../dist/ensemble/executors/jobWorker.js' : './jobWorker.js',
  import.meta.url,
).href

/** @throws RangeError unless threads is an integer in [1, 256] @example jobPool({ threads: 2 }) */
export function jobPool({ threads = availableParallelism(), fields }: JobPoolOptions = {}): JobPool {
  requireInteger('threads', threads, 1, 256)
  const piscina = new Piscina({
    filename: WORKER,
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: 60_000,
    concurrentTasksPerWorker: 1,
    // Idle threads listen for messages instead of sleeping in Atomics.wait, so that they can be told to end.
    atomics: 'disabled',
  })
  // A thread that cannot even start: without this, what waits for it would wait for ever.
  piscina.on('error', () => {
    piscina.destroy().catch(() => undefined)
  })
  const prepared = new Map<string, Promise<unknown>>()
  const message = (job: Job, task: JobMessage['task']): JobMessage => ({
    job,
    task,
    ...(fields === undefined ? {} : { fields }),
  })
  const fieldFor = (job: Job): Promise<unknown> | undefined => {
    if (job.kind !== 'coupled' || fields === undefined) return undefined
    const key = fieldKeyOf(job)
    let field = prepared.get(key)
    if (field === undefined) {
      field = piscina.run(message(job, 'field'))
      prepared.set(key, field)
      // The next job that needs it tries again, and reports what is wrong.
      field.catch(() => prepared.delete(key))
    }
    return field
  }
  return {
    threads,
    run: async job => {
      await fieldFor(job)
      return piscina.run(message(job, 'job'))
    },
    destroy: () => piscina.destroy(),
  }
}
