/**
 * Runs an ensemble: asks the plan what is missing, lets an executor compute it, and writes what comes into the store,
 * until nothing is missing. What a run that was killed left behind is a beginning like any other.
 */

import { quote, requireNumber, requireOptions } from '../../base/errors.js'
import { withInterrupts } from '../../base/interrupt.js'
import { type BarOption, type Report, reporting } from '../../base/progress.js'
import type { Executor } from '../executors/executor.js'
import { type Job, jobName, jobTitle, type NamedJob } from '../plan/job.js'
import { type Cell, planCells, requireResults } from '../plan/planCells.js'
import { inShard, type Shard } from '../plan/shard.js'
import { countedReplicates } from '../plan/stoppingRule.js'
import type { JobResult } from '../store/jobRecord.js'
import { liveRuns, markRun } from '../store/liveRuns.js'
import type { EnsembleStore } from '../store/store.js'
import { collector } from './collector.js'
import { secondsLeft } from './timeLeft.js'

/** How far a run is. */
export interface EnsembleProgress {
  /** Jobs of this run's share that are on the disk, those found at the start among them. */
  readonly done: number
  /** Jobs that failed in this run. */
  readonly failed: number
  /** Jobs that are known to be wanted; grows when a stopping rule asks for another batch. */
  readonly total: number
  /** Jobs per second of this run, 0 before the first. */
  readonly rate: number
  /** Seconds, null while nothing is known. */
  readonly secondsLeft: number | null
}

/** Options of {@link runEnsemble}. */
export interface RunEnsembleOptions extends BarOption {
  readonly executor: Executor
  readonly shard?: Shard
  readonly signal?: AbortSignal
  /** Results may be held for so long before they are written, or for 1 % of the run if that is longer; default 2. */
  readonly holdSeconds?: number
  /** Called with results that are on the disk. */
  readonly onStored?: (results: readonly JobResult[]) => void
  /** Called when results have reached the disk, and every few seconds. */
  readonly onProgress?: (progress: EnsembleProgress) => void
}

/** Milliseconds between two signs of life. */
const SIGN = 2000

/**
 * Runs all jobs of the store's plan, or of a shard, that are not in the store. The stored numbers do not depend on the
 * executor, the order, the shards or how often the run was ended and begun again.
 * @returns the final state; `failed` jobs are in `store.failures()` and are tried again by the next run
 * @throws Error in one sentence if the store cannot be written: what was acknowledged stays; the signal's reason
 * @example await runEnsemble(await openStore('out', plan), { executor: inlineExecutor() })
 */
export async function runEnsemble(store: EnsembleStore, options: RunEnsembleOptions): Promise<EnsembleProgress> {
  requireOptions<RunEnsembleOptions>('runEnsemble', options, {
    bar: true,
    executor: true,
    shard: 'given',
    signal: 'signal',
    holdSeconds: true,
    onStored: 'function',
    onProgress: 'function',
  })
  requireResults('store', store)
  requireExecutor(options.executor)
  return withInterrupts(options, heeding => reporting('ensemble', heeding, report => run(store, heeding, report)))
}

async function run(store: EnsembleStore, options: RunEnsembleOptions, report: Report): Promise<EnsembleProgress> {
  const { executor, shard, signal, onProgress, onStored, holdSeconds = 2 } = options
  requireNumber('holdSeconds', holdSeconds, 0, 86_400)
  const { plan } = store
  const cells = planCells(plan)
  // What is wrong in the folder is told before any work.
  store.failures()
  const others = liveRuns(store.folder).length
  const mark = markRun(store.folder)
  const start = performance.now()
  const failed = new Set<string>()
  const running = new Map<string, string>()
  let stored = 0

  const isMissing = ({ name }: NamedJob): boolean => !store.jobs.has(name) && !failed.has(name)
  const missing = (): { readonly jobs: NamedJob[]; readonly total: number } => {
    const wanted = cells.flatMap(cell => [...wantedJobs(store, cell, shard)])
    return { jobs: inOrder(wanted.filter(isMissing), others), total: wanted.length }
  }
  let work = missing()
  const progress = (): EnsembleProgress => {
    const seconds = (performance.now() - start) / 1000
    const left = work.jobs.filter(isMissing)
    return {
      done: work.total - left.length - failed.size,
      failed: failed.size,
      total: work.total,
      rate: seconds > 0 ? stored / seconds : 0,
      secondsLeft: secondsLeft(
        left.map(({ job }) => job),
        store,
        executor.width,
      ),
    }
  }
  const announce = ({ done, failed: lost, total, secondsLeft: left }: EnsembleProgress): void =>
    mark.update({
      executor: executor.name,
      shard: shard === undefined ? '' : `${shard.k}/${shard.K}`,
      done,
      failed: lost,
      remaining: total - done - lost,
      secondsLeft: left,
      running: [...running.values()],
    })
  const tell = (): void => {
    const now = progress()
    try {
      announce(now)
    } catch {
      // The sign of life is for others to see; the next part-file will say what is wrong with the disk.
    }
    onProgress?.(now)
    const ended = now.done + now.failed
    report(now.total === 0 ? 1 : ended / now.total, `${ended} of ${now.total} jobs`, now.secondsLeft)
  }

  // A folder that cannot be written is told before any work.
  announce(progress())
  onProgress?.(progress())
  const sign = setInterval(tell, SIGN)
  sign.unref()
  try {
    while (work.jobs.length > 0) {
      const arrived = (results: readonly JobResult[]): void => {
        for (const result of results) {
          if (result.status === 'done') stored++
          else failed.add(result.name)
        }
        onStored?.(results)
        tell()
      }
      const collected = collector(store, { executor: executor.name, holdSeconds, onStored: arrived })
      const sink = (result: JobResult): Promise<void> => {
        running.delete(result.name)
        return collected.sink(result)
      }
      try {
        await executor.run(collected.following(work.jobs), sink, {
          ...(signal === undefined ? {} : { signal }),
          onStart: job => running.set(jobName(job), jobTitle(job)),
        })
      } finally {
        running.clear()
        await collected.close()
      }
      await store.refresh()
      work = missing()
    }
    return progress()
  } finally {
    clearInterval(sign)
    mark.remove()
  }
}

/** The jobs that a grid point needs now, stored or not. */
function* wantedJobs(store: EnsembleStore, cell: Cell, shard: Shard | undefined): Generator<NamedJob> {
  const { plan } = store
  const count = typeof plan.replicates === 'number' ? plan.replicates : countedReplicates(store, cell).count
  for (let replica = 0; replica < count; replica++) {
    if (shard !== undefined && !inShard(shard, plan, cell, replica)) continue
    const job = cell.job(replica)
    yield { name: jobName(job), job }
  }
}

/**
 * Replicate by replicate over all grid points, the costly points first; a run that finds others at work begins
 * elsewhere in the list: at 1/2, 1/4, 3/4, ... of it.
 */
function inOrder(jobs: readonly NamedJob[], others: number): NamedJob[] {
  const size = (job: Job): number => (job.kind === 'coupled' ? job.N : 0)
  const sorted = [...jobs].sort((a, b) => a.job.replica - b.job.replica || size(b.job) - size(a.job))
  let part = 0
  for (let n = others, half = 0.5; n > 0; n >>= 1, half /= 2) part += (n & 1) * half
  const first = Math.floor(part * sorted.length)
  return [...sorted.slice(first), ...sorted.slice(0, first)]
}

function requireExecutor(executor: unknown): void {
  const { run: runJobs, width } = Object(executor) as Partial<Executor>
  if (typeof runJobs === 'function' && typeof width === 'number') return
  throw new TypeError(`executor must be an executor, as from inlineExecutor(), got ${quote(executor)}`)
}
