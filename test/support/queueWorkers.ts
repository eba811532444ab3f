/**
 * Worker processes of a queue, and ways to hit one in the middle of a job.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { codeVersion, PREFIX, queueName } from '../../src/ensemble/executors/queueProtocol.js'
import { root } from './capabilities.js'

export interface WorkerProcess {
  readonly process: ChildProcess
  /** What it has printed, both streams. */
  output(): string
  /** Resolves with the exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>
}

/** Starts `mfl ensemble worker`. */
export function startWorker(
  url: string,
  flags: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): WorkerProcess {
  const child = spawn(
    process.execPath,
    [join(root, 'scripts', 'mfl.mjs'), 'ensemble', 'worker', '--threads', '1', '--lease', '2', ...flags],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, MFL_QUEUE: url, ...environment } },
  )
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', part => (text += String(part)))
  return {
    process: child,
    output: () => text,
    ended: new Promise(resolve => child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'))),
  }
}

/** A view of the queue beside collector and workers. */
export interface QueueView {
  readonly queue: Queue
  readonly client: Redis
  /** Process numbers of workers that are computing a job now. */
  busy(): Promise<Set<number>>
  close(): Promise<void>
}

export function viewQueue(url: string, code: string = codeVersion()): QueueView {
  const client = new Redis(url, { maxRetriesPerRequest: null, retryStrategy: () => 100 })
  client.on('error', () => undefined)
  const queue = new Queue(queueName(code), { prefix: PREFIX, connection: client })
  queue.on('error', () => undefined)
  return {
    queue,
    client,
    busy: async () => {
      const jobs = await queue.getActive()
      return new Set(jobs.map(job => Number(job.processedBy?.split('/')[1])))
    },
    close: async () => {
      await queue.close()
      client.disconnect()
    },
  }
}

/** Waits until a condition holds. @throws Error that names it when it does not in time */
export async function until(what: string, condition: () => boolean | Promise<boolean>, seconds = 900): Promise<void> {
  const end = Date.now() + 1000 * seconds
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited ${seconds} s in vain until ${what}`)
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}

/**
 * SIGKILLs the worker while it is computing a job.
 * @returns whether it died with a job in its hands: that job may have ended in the last millisecond
 */
export async function killMidJob(view: QueueView, worker: WorkerProcess): Promise<boolean> {
  const { pid } = worker.process
  await until('a worker computes a job', async () => (await view.busy()).has(pid!))
  worker.process.kill('SIGKILL')
  await worker.ended
  return (await view.busy()).has(pid!)
}
