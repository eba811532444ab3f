/**
 * The executor that a command line asks for.
 */
import type { Executor } from '../../ensemble/executors/executor.js'
import { queueAddress } from '../../ensemble/executors/queueAddress.js'
import type { EnsembleStore } from '../../ensemble/store/store.js'
import { knownName } from '../lists.js'
import { numberIn } from '../numbers.js'
import { UsageError } from '../report.js'
import { notice } from './ensembleProgress.js'

/** Options of `mfl ensemble run` that say where jobs are computed. */
export interface ExecutorOptions {
  readonly executor: string
  readonly threads?: string
  /** Address of the queue; MFL_QUEUE without it. */
  readonly queue?: string
  /** Seconds that the queue's server may take to answer. */
  readonly queueTimeout?: string
}

const NAMES = ['inline', 'threads', 'queue']

/** @throws UsageError before any work: an unknown name, a number of threads or an address that is none */
export function requireExecutor({ executor, threads, queue, queueTimeout }: ExecutorOptions): void {
  knownName('--executor', executor, NAMES)
  if (executor === 'queue') requireQueue(queue)
  else if (queue !== undefined) throw new UsageError('--queue is for --executor queue')
  else if (queueTimeout !== undefined) throw new UsageError('--queue-timeout is for --executor queue')
  answerSeconds(queueTimeout)
  if (threads === undefined) return
  numberIn('--threads', threads, { min: 1, max: 256, whole: true })
  if (executor !== 'threads') throw new UsageError('--threads is for --executor threads')
}

/** @throws UsageError, which shows no password, for an address that is none */
export function requireQueue(queue: string | undefined): void {
  try {
    queueAddress(queue)
  } catch (error) {
    throw new UsageError(`--${(error as Error).message}`)
  }
}

/** @throws UsageError unless it is a number of seconds in [0.1, 3600]; undefined is the default of the library */
export function answerSeconds(text: string | undefined): number | undefined {
  return text === undefined ? undefined : numberIn('--queue-timeout', text, { min: 0.1, max: 3600 })
}

/** Makes the executor; mean fields are shared in the store's folder. */
export async function chooseExecutor(options: ExecutorOptions, { fields }: EnsembleStore): Promise<Executor> {
  requireExecutor(options)
  if (options.executor === 'inline') {
    const { inlineExecutor } = await import('../../ensemble/executors/inlineExecutor.js')
    return inlineExecutor({ fields })
  }
  if (options.executor === 'queue') {
    const { queueExecutor } = await import('../../ensemble/executors/queueExecutor.js')
    const { queue } = options
    const answer = answerSeconds(options.queueTimeout)
    return queueExecutor({
      onNotice: notice,
      ...(queue === undefined ? {} : { queue }),
      ...(answer === undefined ? {} : { answerSeconds: answer }),
    })
  }
  const { threadsExecutor } = await import('../../ensemble/executors/threadsExecutor.js')
  return threadsExecutor({ fields, ...(options.threads === undefined ? {} : { threads: Number(options.threads) }) })
}
