/**
 * A worker of the queue: takes jobs, computes them on threads of their own, sends the records back. Needs no disk but
 * for mean fields that it may keep. What `mfl ensemble worker` runs.
 */
import { hostname } from 'node:os'
import type { Job as QueuedJob, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import { type Job, jobName, jobTitle } from '../plan/job.js'
import { encodeRecord, type JobRecord } from '../store/jobRecord.js'
import { recordFault } from '../store/recordFault.js'
import { reasonOf } from './executor.js'
import { queueAddress } from './queueAddress.js'
import { connectQueue, type QueueConnection } from './queueConnection.js'
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
  const { threads, onNotice = () => undefined, answerSeconds } = options
  const code = codeVersion()
  const connection = await connectQueue(queueAddress(options.queue), onNotice, answerSeconds)
  const serving: Serving = {
    ...{ options, onNotice, code, connection, name: workerName(hostname(), process.pid, threads) },
    client: connection.client(),
    bullmq: await import('bullmq'),
    tooMany: new AbortController(),
    count: { done: 0, failed: 0, running: 0, strikes: 0, lastJob: Date.now() },
    banished: false,
    told: new Set(),
  }
  const worker = workerOf(serving)
  try {
    await worker.waitUntilReady()
    onNotice(
      `worker ${process.pid} on ${hostname()}: ${threads} at once from ${connection.address.shown}, version ${code}`,
    )
    await untilTheEnd(serving)
    // Waits for the running jobs; when they are stopped they end soon.
    await worker.close()
  } finally {
    connection.close()
    await worker.close(true)
  }
  const { done, failed } = serving.count
  return { done, failed, gaveUp: serving.tooMany.signal.aborted }
}

/** A worker at work: what it was asked for, its line to the server, and what has come of it so far. */
interface Serving {
  readonly options: QueueWorkerOptions
  readonly onNotice: (message: string) => void
  readonly code: string
  readonly name: string
  readonly connection: QueueConnection
  readonly client: Redis
  readonly bullmq: typeof import('bullmq')
  /** Aborted when the worker ends for its own faults. */
  readonly tooMany: AbortController
  readonly count: { done: number; failed: number; running: number; strikes: number; lastJob: number }
  /** Whether a collector has refused a record from here. */
  banished: boolean
  /** Other versions of the code whose waiting jobs were spoken of. */
  readonly told: Set<string>
}

function workerOf(serving: Serving): Worker {
  const { options, count, connection, code, name } = serving
  const { threads, lease = 60, onJob } = options
  const work = async (queued: QueuedJob, token?: string, lost?: AbortSignal): Promise<WireResult> => {
    count.running += 1
    try {
      return await perform(serving, queued, token, lost ?? new AbortController().signal)
    } finally {
      count.running -= 1
      count.lastJob = Date.now()
    }
  }
  const worker = new serving.bullmq.Worker(queueName(code), work, {
    prefix: PREFIX,
    connection: connection.client(),
    name,
    concurrency: threads,
    lockDuration: 1000 * lease,
    stalledInterval: 500 * lease,
    maxStalledCount: MOST_LOST_WORKERS,
  })
  worker.on('error', () => undefined)
  worker.on('completed', ({ data }) => {
    count.done += 1
    onJob?.('done', data as Job)
  })
  worker.on('failed', queued => {
    if (queued?.finishedOn) count.failed += 1
  })
  worker.on('lockRenewalFailed', names => {
    // Others have these jobs by now; what is computed here would be refused.
    for (const lost of names) worker.cancelJob(lost, 'the job went to another worker')
  })
  return worker
}

/** Computes one job. @param lost aborted when the job went to another worker */
async function perform(
  serving: Serving,
  queued: QueuedJob,
  token: string | undefined,
  lost: AbortSignal,
): Promise<WireResult> {
  const { onJob, stop } = serving.options
  const { UnrecoverableError, WaitingError } = serving.bullmq
  const job = queued.data as Job
  if (queued.id !== jobName(job)) throw new UnrecoverableError('the job is not what its name is the hash of')
  const giveBack = async (): Promise<never> => {
    await queued.moveToWait(token)
    throw new WaitingError()
  }
  if (await isBanished(serving)) return giveBack()
  onJob?.('begun', job)
  try {
    const result = await resultOf(serving, job, queued.id, lost)
    serving.count.strikes = 0
    return result
  } catch (error) {
    if (stop?.aborted) return giveBack()
    // Somebody else has it: the server takes nothing from here for this job.
    if (lost.aborted) throw error
    const reason = serving.connection.address.redact(reasonOf(error))
    onJob?.('failed', job, reason)
    strike(serving, error)
    throw mayPass(error) ? new Error(reason) : new UnrecoverableError(reason)
  }
}

/** What a job comes to, short enough to be sent and checked as its collector will. @throws what is wrong with it */
async function resultOf(serving: Serving, job: Job, id: string, lost: AbortSignal): Promise<WireResult> {
  const start = performance.now()
  const { rows } = (await untilAborted(serving.options.compute(job), [lost, serving.options.stop])) ?? {}
  const seconds = (performance.now() - start) / 1000
  const record = encodeRecord({ rows: rows ?? [] })
  if (record.length > RESULT_LIMIT) {
    throw new RangeError(
      `the record has ${record.length} characters, and the queue takes at most ${RESULT_LIMIT}: record fewer times or quantities, or use another executor`,
    )
  }
  const fault = recordFault(job, rows, seconds)
  if (fault !== undefined) throw new Error(`worker ${serving.name} computed no record of ${jobTitle(job)}: ${fault}`)
  return { job: id, seconds, record }
}

/** Counts a failure that is not the job's own; too many in a row end the worker. */
function strike({ count, tooMany }: Serving, error: unknown): void {
  count.strikes = mayPass(error) ? count.strikes + 1 : 0
  if (count.strikes >= (count.done === 0 ? FIRST_STRIKES : STRIKES)) tooMany.abort()
}

/** Whether a collector has refused a record from here, which ends the worker. */
async function isBanished(serving: Serving): Promise<boolean> {
  const { client, code, name, tooMany } = serving
  serving.banished ||= (await client.sismember(refusedWorkersKey(code), name)) === 1
  if (serving.banished) tooMany.abort()
  return serving.banished
}

/** Looks around until the worker is to end, was idle for long enough or failed too often. */
async function untilTheEnd(serving: Serving): Promise<void> {
  const { options, count, connection, tooMany, onNotice } = serving
  const { drain, stop, idle = Number.POSITIVE_INFINITY } = options
  for (;;) {
    if (connection.reachable()) {
      await tellOthers(serving).catch(() => undefined)
      await isBanished(serving).catch(() => undefined)
    }
    if (drain?.aborted || stop?.aborted) return
    if (tooMany.signal.aborted) {
      onNotice(
        serving.banished
          ? 'a collector refused what this worker sent as a record, so it ends: perhaps memory or code of this machine are damaged'
          : `${count.strikes} jobs in a row failed on this worker, which ends: see the reasons above`,
      )
      return
    }
    if (count.running === 0 && Date.now() - count.lastJob > 1000 * idle) return
    await pause(LOOK_MS, [drain, stop, tooMany.signal])
  }
}

/** Says, once for each, that jobs of other versions of the code wait for workers of theirs. */
async function tellOthers({ client, code, told, onNotice }: Serving): Promise<void> {
  for (const [other, waiting] of await waitingByCode(client)) {
    if (other === code || waiting === 0 || told.has(other)) continue
    told.add(other)
    onNotice(
      `refusing ${waiting} jobs of version ${other} of the code: this worker is ${code}; start a worker of that version for them`,
    )
  }
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
