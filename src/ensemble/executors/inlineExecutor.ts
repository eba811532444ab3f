/**
 * Jobs one after the other in this thread: the reference that the other executors are compared with.
 */
import { requireOptions, requireText } from '../../base/errors.js'
import type { RunJobOptions } from '../run/runCoupledJob.js'
import { runJob } from '../run/runJob.js'
import { attempt, deliveries, type Executor } from './executor.js'

/**
 * Runs jobs one after the other in this thread.
 * @param options fields: folder of the mean fields that jobs share
 * @example await inlineExecutor({ fields: 'fields' }).run(jobs, result => console.log(result.status))
 */
export function inlineExecutor(options: Pick<RunJobOptions, 'fields'> = {}): Executor {
  requireOptions<Pick<RunJobOptions, 'fields'>>('inlineExecutor', options, { fields: true })
  if (options.fields !== undefined) requireText('fields', options.fields)
  return {
    name: 'inline',
    width: 1,
    run: async (jobs, sink, { signal, onStart } = {}) => {
      const results = deliveries(sink)
      for (const job of jobs) {
        signal?.throwIfAborted()
        onStart?.(job)
        const heard = signal === undefined ? options : { ...options, signal }
        results.send(await attempt(job, () => runJob(job, heard), signal))
        // Lets timers and signals have their turn, also when jobs never wait.
        await new Promise(resolve => setImmediate(resolve))
      }
      await results.settled()
    },
    close: async () => undefined,
  }
}
