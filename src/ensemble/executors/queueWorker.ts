/**
 * A worker of the queue: takes jobs, computes them on threads of their own, sends the records back. Needs no disk but
 * for mean fields that it may keep. What `mfl ensemble worker` runs.
 */
import { hostname } from 'node:os'
import type { Job as QueuedJob, Worker } from 'bullmq'
import { type Job, jobName, jobTitle } from '../plan/job.js'
import { encodeRecord, type JobRecord } from '../store/jobRecord.js'
import { recordFault } from '../store/recordFault.js'
import { reasonOf } from './executor.js'
import { queueAddress } from './queueAddress.js'
import { connectQueue } from './queueConnection.js'
import {
  codeVersion,
  MOST_LOST_WORKERS,
  PREFIX,
  queueName,
  RESULT_LIMIT,
  refusedWorkersKey,
  type WireResult,
} from './queueProtocol.js'
import { waitingByCode, workerName } from './queueWorkers.js'

export interface QueueWorkerOptions {
  /** redis://... or rediss://...; default: the environment's MFL_QUEUE. */
  readonly queue?: string
  /** Seconds that the server may take to answer at the beginning, default 10. */
  readonly answerSeconds?: number
  /** Jobs computed at once. */
  readonly threads: number
  /** Computes a job off this thread, so that this one keeps telling the server that the worker lives. */
  readonly compute: (job: Job) => Promise<JobRecord>
  /**
   * Seconds without a sign of life after which the jobs of a dead worker go to others, default 60. Longer than any
   * pause of machine or network.
   */
  readonly lease?: number
  /** End when there was no job for this many seconds; default: never. */
  readonly idle?: number
  readonly onNotice?: (message: string) => void
  readonly onJob?: (event: 'begun' | 'done' | 'failed', job: Job, detail?: string) => void
  /** Aborted: no more jobs, the running ones are finished. */
  readonly drain?: AbortSignal
  /** Aborted: running jobs are given back at once. */
  readonly stop?: AbortSignal
}

/** How a worker ended. */
interface QueueWorkerCounts {
  readonly done: number
  readonly failed: number
  /**
   * Whether it ended because every job failed here for reasons that are not the job's, or because what it sent was
   * refused.
   */
  readonly gaveUp: boolean
}

/**
 * Failures in a row, other than by bad arguments, after which the fault is the worker's (a full disk, threads that do
 * not start), before and after its first success. It ends then: a worker that fails at once would get all jobs and fail
 * them.
 */
const [FIRST_STRIKES, STRIKES] = [5, 20]

/** Milliseconds between two looks for jobs of other versions, and for idleness. */
const LOOK_MS = 1000

/**
 * Serves the queue until `drain` or `stop` is aborted or it was idle for long enough. Jobs of another version of the
 * code are in a queue of their own, which this worker does not touch; it says so when such jobs wait.
 * A job with a bad argument fails for good; one that fails otherwise (its thread died, the disk is full) is tried three
 * times. A record longer than the limit is refused with both numbers.
 * @throws Error in one sentence if the server cannot be reached or refuses the password; RangeError for an address that
 * is none
 */
export async function serveQueue(options: QueueWorkerOptions): Promise<QueueWorkerCounts> {
  const { threads, compute, lease = 60, idle = Number.POSITIVE_INFINITY, onNotice = () => undefined, onJob } = options
  const { drain, stop } = options
  const address = queueAddress(options.queue)
  const code = codeVersion()
  const connection = await connectQueue(address, onNotice, options.answerSeconds)
  const { Worker, UnrecoverableError, WaitingError } = await import('bullmq')
  let done = 0
  let failed = 0
  let running = 0
  let lastJob = Date.now()
  let strikes = 0
  const tooMany = new AbortController()
  const client = connection.client()
  const name = workerName(hostname(), process.pid, threads)
  let banished = false
  /** Whether a collector has refused a record from here. */
  const isBanished = async (): Promise<boolean> => {
    banished ||= (await client.sismember(refusedWorkersKey(code), name)) === 1
    if (banished) tooMany.abort()
    return banished
  }

  const perform = async (queued: QueuedJob, token: string | undefined, lost: AbortSignal): Promise<WireResult> => {
    const job = queued.data as Job
    if (queued.id !== jobName(job)) throw new UnrecoverableError('the job is not what its name is the hash of')
    if (await isBanished()) {
      await queued.moveToWait(token)
      throw new WaitingError()
    }
    onJob?.('begun', job)
    const start = performance.now()
    try {
      const { rows } = (await untilAborted(compute(job), [lost, stop])) ?? {}
      const seconds = (performance.now() - start) / 1000
      const record = encodeRecord({ rows: rows ?? [] })
      if (record.length > RESULT_LIMIT) {
        throw new RangeError(
          `the record has ${record.length} characters, and the queue takes at most ${RESULT_LIMIT}: record fewer times or quantities, or use another executor`,
        )
      }
      const fault = recordFault(job, rows, seconds)
      if (fault !== undefined) throw new Error(`worker ${name} computed no record of ${jobTitle(job)}: ${fault}`)
      strikes = 0
      return { job: queued.id, seconds, record }
    } catch (error) {
      if (stop?.aborted) {
        await queued.moveToWait(token)
        throw new WaitingError()
      }
      // Somebody else has it: the server takes nothing from here for this job.
      if (lost.aborted) throw error
      const reason = address.redact(reasonOf(error))
      onJob?.('failed', job, reason)
      strikes = mayPass(error) ? strikes + 1 : 0
      if (strikes >= (done === 0 ? FIRST_STRIKES : STRIKES)) tooMany.abort()
      throw mayPass(error) ? new Error(reason) : new UnrecoverableError(reason)
    }
  }
  const worker: Worker = new Worker(
    queueName(code),
    async (queued: QueuedJob, token?: string, signal?: AbortSignal) => {
      running += 1
      try {
        return await perform(queued, token, signal ?? new AbortController().signal)
      } finally {
        running -= 1
        lastJob = Date.now()
      }
    },
    {
      prefix: PREFIX,
      connection: connection.client(),
      name,
      concurrency: threads,
      lockDuration: 1000 * lease,
      stalledInterval: 500 * lease,
      maxStalledCount: MOST_LOST_WORKERS,
    },
  )
  worker.on('error', () => undefined)
  worker.on('completed', ({ data }) => {
    done += 1
    onJob?.('done', data as Job)
  })
  worker.on('failed', queued => {
    if (queued?.finishedOn) failed += 1
  })
  worker.on('lockRenewalFailed', names => {
    // Others have these jobs by now; what is computed here would be refused.
    for (const name of names) worker.cancelJob(name, 'the job went to another worker')
  })
  const told = new Map<string, number>()
  const tellOthers = async (): Promise<void> => {
    for (const [other, waiting] of await waitingByCode(client)) {
      if (other === code || waiting === 0 || told.has(other)) continue
      told.set(other, waiting)
      onNotice(
        `refusing ${waiting} jobs of version ${other} of the code: this worker is ${code}; start a worker of that version for them`,
      )
    }
  }
  try {
    await worker.waitUntilReady()
    onNotice(`worker ${process.pid} on ${hostname()}: ${threads} at once from ${address.shown}, version ${code}`)
    for (;;) {
      if (connection.reachable()) {
        await tellOthers().catch(() => undefined)
        await isBanished().catch(() => undefined)
      }
      if (drain?.aborted || stop?.aborted) break
      if (tooMany.signal.aborted) {
        onNotice(
          banished
            ? 'a collector refused what this worker sent as a record, so it ends: perhaps memory or code of this machine are damaged'
            : `${strikes} jobs in a row failed on this worker, which ends: see the reasons above`,
        )
        break
      }
      if (running === 0 && Date.now() - lastJob > 1000 * idle) break
      await pause(LOOK_MS, [drain, stop, tooMany.signal])
    }
    // Waits for the running jobs; when they are stopped they end soon.
    await worker.close()
  } finally {
    connection.close()
    await worker.close(true)
  }
  return { done, failed, gaveUp: tooMany.signal.aborted }
}

/**
 * Whether another attempt, elsewhere, may do better: a thread that died, a disk that is full. A bad argument is bad
 * anywhere. Errors from a thread have lost all but name and message.
 */
function mayPass(error: unknown): boolean {
  return !(error instanceof RangeError || error instanceof TypeError)
}

/** The promise, or the reason of the first signal that is aborted: threads cannot be asked to stop, only ended. */
async function untilAborted<T>(promise: Promise<T>, signals: readonly (AbortSignal | undefined)[]): Promise<T> {
  const ended = new AbortController()
  const stopped = new Promise<never>((_, reject) => {
    for (const signal of signals) {
      if (signal?.aborted) reject(signal.reason)
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true, signal: ended.signal })
    }
  })
  try {
    return await Promise.race([promise, stopped])
  } finally {
    ended.abort()
  }
}

function pause(milliseconds: number, signals: readonly (AbortSignal | undefined)[]): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(end, milliseconds)
    function end(): void {
      clearTimeout(timer)
      for (const signal of signals) signal?.removeEventListener('abort', end)
      resolve()
    }
    for (const signal of signals) signal?.addEventListener('abort', end, { once: true })
  })
}
