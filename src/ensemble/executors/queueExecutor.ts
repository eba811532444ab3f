/**
 * Jobs through a queue (BullMQ on Redis or Valkey) to workers anywhere, {@link serveQueue}. This side hands out jobs
 * and takes results; it alone needs the disk of the store.
 */

import type { Queue, QueueEvents } from 'bullmq'
import { requireOptions } from '../../base/errors.js'
import type { Executor } from './executor.js'
import { queueAddress } from './queueAddress.js'
import {
  ANSWER_SECONDS,
  connectQueue,
  type QueueConnection,
  requireAnswerSeconds,
  withinSeconds,
} from './queueConnection.js'
import { codeVersion, KEPT_EVENTS, PREFIX, queueName, refusedWorkersKey } from './queueProtocol.js'
import { runOnQueue } from './queueRun.js'
import { connectedWorkers } from './queueWorkers.js'

/** Options of {@link queueExecutor}. */
export interface QueueExecutorOptions {
  /** redis://... or rediss://...; default: the environment's MFL_QUEUE. */
  readonly queue?: string
  /**
   * Seconds that the server may take to answer at the beginning, default 10; once it has, the run waits through any
   * outage.
   */
  readonly answerSeconds?: number
  /** Told in words about the server, about workers that are missing, about jobs that were submitted again. */
  readonly onNotice?: (message: string) => void
}

/**
 * Jobs that are on the server at least, and for each one that the workers compute at once: none of them may run dry.
 */
const [LEAST_AHEAD, AHEAD] = [256, 8]
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
 * there is taken; a job that failed in an earlier run is tried anew. A record is taken only if it is one of its job:
 * otherwise the job is submitted again, and the worker that sent it is told to end; after the third time the job counts
 * as failed. Results come as events; what these miss (the server was restarted, somebody removed jobs) is found by
 * looking at the pending jobs in turns. When a run is aborted its jobs stay on the server, workers go on, and the next
 * run finds the results.
 * @throws RangeError for an address that is none, at once; `run` rejects with an Error in one sentence if the server
 * cannot be reached or refuses the password, which no message shows
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
        await runOnQueue({
          ...options,
          queue,
          events,
          jobs,
          sink,
          redact: address.redact,
          onNotice,
          banish: async worker => {
            const key = refusedWorkersKey(code)
            await client.sadd(key, worker)
            await client.expire(key, BANISHED_SECONDS)
          },
          ahead: () => Math.max(LEAST_AHEAD, AHEAD * threads),
          onStored: name => stored.push(name),
          round: async () => {
            dropping = drop(queue)
            await dropping
            threads = watch(await connectedWorkers(client))
          },
        })
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

/**
 * Watches who works: tells when nobody does, and about workers of other versions. Returns how many jobs run at once.
 */
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
