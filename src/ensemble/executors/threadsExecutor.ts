/**
 * Jobs on all cores of this machine, one per thread: the default executor.
 */
import { requireOptions, requireText } from '../../base/errors.js'
import type { Job } from '../plan/job.js'
import { attempt, deliveries, type Executor, type RunOptions, type Sink } from './executor.js'
import { type JobPool, type JobPoolOptions, jobPool } from './jobPool.js'

/**
 * The same numbers as {@link inlineExecutor}, bit for bit. An abort ends the threads at once.
 * @throws RangeError unless threads is an integer in [1, 256]
 * @example threadsExecutor({ threads: 4, fields: store.fields })
 */
export function threadsExecutor(options: JobPoolOptions = {}): Executor {
  requireOptions<JobPoolOptions>('threadsExecutor', options, { threads: true, fields: true })
  if (options.fields !== undefined) requireText('fields', options.fields)
  let pool: JobPool | undefined = jobPool(options)
  const { threads } = pool
  return {
    name: `threads (${threads})`,
    width: threads,
    run: async (jobs, sink, runOptions = {}) => {
      pool ??= jobPool(options)
      try {
        await runOn(pool, jobs, sink, runOptions)
      } catch (error) {
        await pool.destroy()
        pool = undefined
        throw error
      }
    },
    close: async () => {
      await pool?.destroy()
      pool = undefined
    },
  }
}

async function runOn(pool: JobPool, jobs: Iterable<Job>, sink: Sink, { signal, onStart }: RunOptions): Promise<void> {
  signal?.throwIfAborted()
  const iterator = jobs[Symbol.iterator]()
  const ended = new AbortController()
  const stop = (): void => ended.abort(signal?.reason)
  signal?.addEventListener('abort', stop, { once: true })
  const results = deliveries(sink, error => ended.abort(error))
  const stopped = new Promise<never>((_, reject) => {
    ended.signal.addEventListener('abort', () => reject(ended.signal.reason), { once: true })
  })
  // It is raced against below; until then it is nobody's unhandled rejection.
  stopped.catch(() => undefined)
  const lane = async (): Promise<void> => {
    for (let next = iterator.next(); !next.done; next = iterator.next()) {
      const job = next.value
      onStart?.(job)
      results.send(await attempt(job, () => pool.run(job), ended.signal))
      ended.signal.throwIfAborted()
    }
  }
  try {
    // As many lanes as threads: a job's seconds are those of its computation, none of waiting in line.
    await Promise.race([Promise.all(Array.from({ length: pool.threads }, lane)), stopped])
    await Promise.race([results.settled(), stopped])
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}
