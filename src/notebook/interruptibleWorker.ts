/**
 * A worker thread of a notebook cell that "Interrupt kernel" ends; see {@link onInterrupt} for how.
 */

import { Worker, type WorkerOptions } from 'node:worker_threads'
import { requireObject, requireText } from '../base/errors.js'
import { onInterrupt } from '../base/interrupt.js'

/**
 * A worker thread that an interrupt terminates, even in the middle of a loop. It is released when it ends.
 * @param script as for `new Worker`
 * @example const worker = interruptibleWorker(new URL('./pairs.js', import.meta.url), { workerData })
 */
export function interruptibleWorker(script: string | URL, options: WorkerOptions = {}): Worker {
  requireObject('options', options)
  if (!(script instanceof URL)) requireText('script', script)
  const worker = new Worker(script, options)
  const done = onInterrupt(() => void worker.terminate())
  worker.once('exit', done)
  return worker
}
