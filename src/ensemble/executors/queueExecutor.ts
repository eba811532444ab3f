/**
 * Jobs through a queue (BullMQ on Redis or Valkey) to workers anywhere, {@link serveQueue}. This side hands out jobs and
 * takes results; it alone needs the disk of the store.
 */

import type { Queue, Job as QueuedJob, QueueEvents } from 'bullmq'
import { requireOptions } from '../../base/errors.js'
import { type Job, jobName, jobTitle } from '../plan/job.js'
import type { JobResult } from '../store/jobRecord.js'
import type { Executor, RunOptions, Sink } from './executor.js'
import { queueAddress } from './queueAddress.js'
import {
  ANSWER_SECONDS,
  connectQueue,
  type QueueConnection,
  requireAnswerSeconds,
  withinSeconds,
} from './queueConnection.js'
import {
  codeVersion,
  failureReason,
  JOB_OPTIONS,
  KEPT_EVENTS,
  MOST_REFUSED,
  PREFIX,
  queueName,
  readWireResult,
  refusedWorkersKey,
} from './queueProtocol.js'
import { connectedWorkers } from './queueWorkers.js'

/** Options of {@link queueExecutor}. */
export interface QueueExecutorOptions {
  /** redis://... or rediss://...; default: the environment's MFL_QUEUE. */
  readonly queue?: string
  /** Seconds that the server may take to answer at the beginning, default 10; once it has, the run waits through any outage. */
  readonly answerSeconds?: number
  /** Told in words about the server, about workers that are missing, about jobs that were submitted again. */
  readonly onNotice?: (message: string) => void
}

/** Jobs that are sent or looked up at once. */
const CHUNK = 500
/** Jobs that are on the server at least, and for each one that the workers compute at once: none of them may run dry. */
const [LEAST_AHEAD, AHEAD] = [256, 8]
/** Milliseconds between two looks at what events may have missed. */
const INTERVAL = 2000
/** Milliseconds that the end of a run waits for the server to drop the last results. */
const LAST_MS = 5000
/** How long the name of a worker that sent no record is kept. */
const BANISHED_SECONDS = 24 * 3600

interface Open {
  readonly connection: QueueConnection
  readonly queue: Queue
  readonly events: QueueEvents
}

/**
 * The executor `queue`. A job that is on the server is not submitted twice, whoever submitted it; a result that waits
 * there is taken; a job that failed in an earlier run is tried anew. A record is taken only if it is one of its job: otherwise
 * the job is submitted again, and the worker that sent it is told to end; after the third time the job counts as failed. Results come as events; what these miss (the
 * server was restarted, somebody removed jobs) is found by looking at the pending jobs in turns. When a run is
 * aborted its jobs stay on the server, workers go on, and the next run finds the results.
 * @throws RangeError for an address that is none, at once; `run` rejects with an Error in one sentence if the server cannot be
 * reached or refuses the password, which no message shows
 * @example await queueExecutor({ queue: 'rediss://queue.example:6380' }).run(jobs, sink)
 */
export function queueExecutor(options: QueueExecutorOptions = {}): Executor {
  requireOptions<QueueExecutorOptions>('queueExecutor', options, {
    queue: true,
    onNotice: 'function',
    answerSeconds: true,
  })
  const { queue: url, onNotice = () => undefined, answerSeconds = ANSWER_SECONDS } = options
  requireAnswerSeconds(answerSeconds)
  const address = queueAddress(url)
  const code = codeVersion()
  let opened: Promise<Open> | undefined
  let threads = 0
  /** Results that the server may drop. */
  let stored: string[] = []
  let dropping: Promise<unknown> = Promise.resolve()

  const open = async (): Promise<Open> => {
    const connection = await connectQueue(address, onNotice, answerSeconds)
    const { Queue, QueueEvents } = await import('bullmq')
    const queue = new Queue(queueName(code), {
      prefix: PREFIX,
      connection: connection.client(),
      streams: { events: { maxLen: KEPT_EVENTS } },
    })
    const events = new QueueEvents(queueName(code), { prefix: PREFIX, connection: connection.client() })
    // Broken connections are told by the connection; without a listener BullMQ prints whole errors.
    queue.on('error', () => undefined)
    events.on('error', () => undefined)
    events.setMaxListeners(0)
    const ready = Promise.all([queue.waitUntilReady(), events.waitUntilReady()])
    ready.catch(() => undefined)
    try {
      await withinSeconds(answerSeconds, address.shown, ready)
    } catch (error) {
      connection.close()
      throw error
    }
    return { connection, queue, events }
  }

  const drop = async (queue: Queue): Promise<void> => {
    const names = stored
    stored = []
    // One that is gone was stored by another collector too.
    await Promise.all(names.map(name => queue.remove(name).catch(() => 0)))
  }

  return {
    name: `queue (${address.shown})`,
    get width() {
      return Math.max(1, threads)
    },
    run: async (jobs, sink, options = {}) => {
      options.signal?.throwIfAborted()
      opened ??= open()
      opened.catch(() => {
        opened = undefined
      })
      const { connection, queue, events } = await opened
      const client = connection.client()
      const watch = workerWatch(code, address.shown, onNotice)
      try {
        await runJobs(
          {
            queue,
            events,
            redact: address.redact,
            onNotice,
            banish: async worker => {
              const key = refusedWorkersKey(code)
              await client.sadd(key, worker)
              await client.expire(key, BANISHED_SECONDS)
            },
          },
          { jobs, sink, ...options },
          {
            ahead: () => Math.max(LEAST_AHEAD, AHEAD * threads),
            onStored: name => stored.push(name),
            round: async () => {
              dropping = drop(queue)
              await dropping
              threads = watch(await connectedWorkers(client))
            },
          },
        )
      } finally {
        client.disconnect()
      }
    },
    close: async () => {
      const open = await opened?.catch(() => undefined)
      opened = undefined
      if (open === undefined) return
      const { connection, queue, events } = open
      if (connection.reachable()) {
        let timer: NodeJS.Timeout | undefined
        const late = new Promise(resolve => {
          timer = setTimeout(resolve, LAST_MS)
        })
        await Promise.race([late, dropping.then(() => drop(queue))])
        clearTimeout(timer)
      }
      connection.close()
      await Promise.allSettled([events.close(), queue.close()])
    },
  }
}

interface Side {
  readonly queue: Queue
  readonly events: QueueEvents
  readonly redact: (text: string) => string
  readonly onNotice: (message: string) => void
  /** Tells a worker of this name to end. */
  readonly banish: (worker: string) => Promise<void>
}

interface Work extends RunOptions {
  readonly jobs: Iterable<Job>
  readonly sink: Sink
}

interface Hooks {
  /** How many jobs should be on the server. */
  readonly ahead: () => number
  /** Called when a result is on the disk. */
  readonly onStored: (name: string) => void
  /** Called between two looks. */
  readonly round: () => Promise<void>
}

async function runJobs(
  { queue, events, redact, onNotice, banish }: Side,
  { jobs, sink, signal, onStart }: Work,
  { ahead, onStored, round }: Hooks,
): Promise<void> {
  const pending = new Map<string, Job>()
  const iterator = jobs[Symbol.iterator]()
  let exhausted = false
  let failure: { readonly error: unknown } | undefined
  /** Results that were handed over and are not on the disk yet. */
  let unstored = 0
  let wake = (): void => undefined

  const fail = (error: unknown): void => {
    failure ??= { error }
    wake()
  }
  const settle = (name: string, outcome: (job: Job) => JobResult): void => {
    const job = pending.get(name)
    if (job === undefined) return
    pending.delete(name)
    unstored += 1
    Promise.resolve()
      .then(() => {
        // What is not handed over stays on the server.
        if (failure !== undefined) throw failure.error
        return sink(outcome(job))
      })
      .then(() => onStored(name))
      .catch(fail)
      .finally(() => {
        unstored -= 1
        wake()
      })
  }
  const refusals = new Map<string, number>()
  /** Jobs that are on their way back to the server. */
  const refusing = new Set<string>()
  const done = (name: string, value: unknown): void => {
    const job = pending.get(name)
    if (job === undefined || refusing.has(name)) return
    try {
      const { seconds, record } = readWireResult(job, value)
      settle(name, () => ({ job, name, seconds, status: 'done', record }))
    } catch (error) {
      refusing.add(name)
      refuse(name, job, (error as Error).message)
        .catch(fail)
        .finally(() => {
          refusing.delete(name)
          wake()
        })
    }
  }
  const refuse = async (name: string, job: Job, fault: string): Promise<void> => {
    const known = await queue.getJob(name)
    // What was told is an earlier attempt: the job is on the server again, its own result to come.
    if (known !== undefined && !isDone(known)) return
    const worker = known?.processedBy
    const reason = `worker ${worker ?? 'without a name'} sent no record of ${jobTitle(job)}: ${fault}`
    if (worker !== undefined) await banish(worker)
    const times = (refusals.get(name) ?? 0) + 1
    refusals.set(name, times)
    if (times >= MOST_REFUSED) return failed(name, reason)
    onNotice(`${reason}; the job is submitted again`)
    if (known !== undefined) await queue.remove(name)
    await queue.add('job', job, { ...JOB_OPTIONS, jobId: name })
  }
  const failed = (name: string, reason: string): void =>
    settle(name, job => ({ job, name, seconds: 0, status: 'failed', reason: redact(failureReason(reason)) }))

  const submit = async (batch: ReadonlyMap<string, Job>): Promise<void> => {
    for (const [name, job] of batch) pending.set(name, job)
    const there = await lookUp(queue, [...batch.keys()])
    const missing: string[] = []
    for (const [name, known] of there) {
      if (known !== undefined && isDone(known)) done(name, known.returnvalue)
      else if (known === undefined || known.finishedOn) missing.push(name)
    }
    await Promise.all(missing.filter(name => there.get(name) !== undefined).map(name => queue.remove(name)))
    await queue.addBulk(
      missing.map(name => ({ name: 'job', data: batch.get(name), opts: { ...JOB_OPTIONS, jobId: name } })),
    )
  }
  const fill = async (): Promise<void> => {
    // Not one by one: a submission costs a few messages.
    if (pending.size > 0.75 * ahead()) return
    while (!exhausted && pending.size < ahead()) {
      const batch = new Map<string, Job>()
      while (!exhausted && batch.size < CHUNK && pending.size + batch.size < ahead()) {
        const { value, done: end } = iterator.next()
        if (end === true) exhausted = true
        else batch.set(jobName(value), value)
      }
      await submit(batch)
      if (failure !== undefined) return
    }
  }
  let turn: string[] = []
  const look = async (): Promise<void> => {
    if (turn.length === 0) turn = [...pending.keys()]
    const there = await lookUp(
      queue,
      turn.splice(0, CHUNK).filter(name => pending.has(name)),
    )
    const lost = new Map<string, Job>()
    for (const [name, known] of there) {
      const job = pending.get(name)
      if (job === undefined) continue
      if (known === undefined) lost.set(name, job)
      else if (isDone(known)) done(name, known.returnvalue)
      else if (known.finishedOn && known.failedReason) failed(name, known.failedReason)
    }
    if (lost.size === 0) return
    onNotice(`${lost.size} jobs are no longer on the queue's server; submitted again`)
    await submit(lost)
  }

  const onCompleted = ({ jobId, returnvalue }: { jobId: string; returnvalue: unknown }): void =>
    done(jobId, returnvalue)
  const onFailed = ({ jobId, failedReason }: { jobId: string; failedReason: string }): void =>
    failed(jobId, failedReason)
  const onActive = ({ jobId }: { jobId: string }): void => {
    const job = pending.get(jobId)
    if (job !== undefined) onStart?.(job)
  }
  const onAbort = (): void => fail(signal!.reason)
  events.on('completed', onCompleted)
  events.on('failed', onFailed)
  events.on('active', onActive)
  signal?.addEventListener('abort', onAbort, { once: true })

  /** What waits for the server must not outlast a failure: the server may be away for long. */
  const unlessFailed = async (action: () => Promise<void>): Promise<void> => {
    const stopped = new Promise<void>(resolve => {
      wake = () => {
        if (failure !== undefined) resolve()
      }
    })
    await Promise.race([action().catch(fail), stopped])
    if (failure !== undefined) throw failure.error
  }
  try {
    let looked = 0
    for (;;) {
      await unlessFailed(fill)
      if (exhausted && pending.size === 0 && unstored === 0) return
      if (Date.now() - looked >= INTERVAL) {
        await unlessFailed(look)
        await unlessFailed(round)
        looked = Date.now()
      }
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, INTERVAL)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
        if (failure !== undefined || (pending.size === 0 && unstored === 0)) wake()
      })
      if (failure !== undefined) throw failure.error
    }
  } finally {
    if (pending.size > 0)
      onNotice(
        `${pending.size} jobs stay on the queue's server: workers go on with them, and the next run takes the results`,
      )
    signal?.removeEventListener('abort', onAbort)
    events.off('completed', onCompleted)
    events.off('failed', onFailed)
    events.off('active', onActive)
    iterator.return?.()
  }
}

/** Whether a worker has sent a result; that may be null, which is no record. */
const isDone = ({ returnvalue, finishedOn, failedReason }: QueuedJob): boolean =>
  (returnvalue !== null && returnvalue !== undefined) || (Boolean(finishedOn) && !failedReason)

async function lookUp(queue: Queue, names: readonly string[]): Promise<Map<string, QueuedJob | undefined>> {
  const known = await Promise.all(names.map(name => queue.getJob(name)))
  return new Map(names.map((name, k) => [name, known[k]]))
}

/** Watches who works: tells when nobody does, and about workers of other versions. Returns how many jobs run at once. */
function workerWatch(
  code: string,
  shown: string,
  onNotice: (message: string) => void,
): (workers: Awaited<ReturnType<typeof connectedWorkers>>) => number {
  let told = ''
  return workers => {
    if (workers === undefined) return 0
    const threads = workers.filter(worker => worker.code === code).reduce((sum, worker) => sum + worker.threads, 0)
    const others = [...new Set(workers.map(worker => worker.code).filter(other => other !== code))].sort()
    const message =
      threads > 0
        ? ''
        : others.length > 0
          ? `no worker of this version of the code (${code}) is connected to ${shown}, only of ${others.join(', ')}: they do not get its jobs`
          : `no worker is connected to ${shown} yet: start some with mfl ensemble worker --queue ${shown}`
    if (message !== '' && message !== told) onNotice(message)
    told = message
    return threads
  }
}
