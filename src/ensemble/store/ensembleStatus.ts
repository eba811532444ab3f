/**
 * How far an ensemble is, for whoever looks at its folder.
 */
import { requireText } from '../../base/errors.js'
import { maximum } from '../../base/extent.js'
import { planCells, requireResults } from '../plan/planCells.js'
import { countedReplicates } from '../plan/stoppingRule.js'
import { liveRuns, type RunState } from './liveRuns.js'
import type { BadRows, EnsembleStore, Failure } from './store.js'

/** How far an ensemble is. */
export interface EnsembleStatus {
  readonly name: string
  readonly folder: string
  /** Jobs on the disk of those that are known to be wanted. */
  readonly done: number
  readonly total: number
  /** What a stopping rule may let it grow to; equal to total without one. */
  readonly most: number
  readonly complete: boolean
  readonly failures: readonly Failure[]
  /** Jobs in part-files whose rows are not a record of them: not among those that are done. */
  readonly badRows: readonly BadRows[]
  readonly runs: readonly RunState[]
  /** The longest time that a live run has left, seconds; null if none is alive or none knows. */
  readonly secondsLeft: number | null
}

/**
 * How far an ensemble is, from its folder alone.
 * @example ensembleStatus(await openStore('out')).done
 */
export function ensembleStatus(store: EnsembleStore): EnsembleStatus {
  requireResults('store', store)
  requireText('store.folder', store.folder)
  const { plan, folder } = store
  let done = 0
  let total = 0
  let most = 0
  let complete = true
  for (const cell of planCells(plan)) {
    const wanted = countedReplicates(store, cell)
    done += wanted.stored.length
    total += wanted.count
    most += wanted.complete ? wanted.count : cell.most
    complete &&= wanted.complete
  }
  const runs = liveRuns(folder)
  const times = runs.map(run => run.secondsLeft).filter((time): time is number => time !== null)
  return {
    name: plan.name,
    folder,
    done,
    total,
    most,
    complete,
    failures: store.failures(),
    badRows: store.badRows,
    runs,
    secondsLeft: times.length === 0 ? null : maximum(times),
  }
}
