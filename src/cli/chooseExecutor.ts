/**
 * The executor that a command line asks for.
 */
import { quote } from '../base/errors.js'
import type { Executor } from '../ensemble/executor.js'
import type { EnsembleStore } from '../ensemble/store.js'
import { UsageError } from './report.js'

/** Options of `mfl ensemble run` that say where jobs are computed. */
export interface ExecutorOptions {
  readonly executor: string
  readonly threads?: string
}

const NAMES = ['inline', 'threads']

/** @throws UsageError before any work: an unknown name, a number of threads that is none */
export function requireExecutor({ executor, threads }: ExecutorOptions): void {
  if (!NAMES.includes(executor)) {
    throw new UsageError(`--executor must be one of ${NAMES.join(', ')}; got ${quote(executor)}`)
  }
  if (threads === undefined) return
  if (!/^\d+$/.test(threads) || Number(threads) < 1 || Number(threads) > 256) {
    throw new UsageError(`--threads must be a whole number in [1, 256]; got ${quote(threads)}`)
  }
  if (executor !== 'threads') throw new UsageError('--threads is for --executor threads')
}

/** Makes the executor; mean fields are shared in the store's folder. */
export async function chooseExecutor(options: ExecutorOptions, { fields }: EnsembleStore): Promise<Executor> {
  requireExecutor(options)
  if (options.executor === 'inline') {
    const { inlineExecutor } = await import('../ensemble/inlineExecutor.js')
    return inlineExecutor({ fields })
  }
  const { threadsExecutor } = await import('../ensemble/threadsExecutor.js')
  return threadsExecutor({ fields, ...(options.threads === undefined ? {} : { threads: Number(options.threads) }) })
}
