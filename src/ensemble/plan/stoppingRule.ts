/**
 * How many replicates a grid point needs: a fixed number, or batches until an interval is narrow enough. Judged on
 * replicates in order of their numbers, so that the answer does not depend on which finished first.
 */

import { type RandomStream, randomStream } from '../../base/random.js'
import { bootstrapKind } from '../../base/statistics/bootstrapSlope.js'
import { clopperPearson } from '../../base/statistics/clopperPearson.js'
import type { Estimate } from '../../base/statistics/estimate.js'
import type { Row } from '../store/jobRecord.js'
import type { StoredJob } from '../store/partFile.js'
import type { EnsembleResults } from '../store/store.js'
import { jobName } from './job.js'
import type { Plan, Precision } from './plan.js'
import type { Cell } from './planCells.js'

/** What a grid point needs now. */
interface Wanted {
  /** Replicates 0, ..., count - 1. */
  readonly count: number
  /** Whether these are known and no more are needed; false: run those that are missing, then ask again. */
  readonly complete: boolean
}

/**
 * @param rowsOf the rows of a replicate, undefined while it is not known
 * @example wantedReplicates(plan, cell, replica => rows.get(replica))
 */
export function wantedReplicates(
  plan: Plan,
  cell: Cell,
  rowsOf: (replica: number) => readonly Row[] | undefined,
): Wanted {
  const { replicates: rule } = plan
  const known: (readonly Row[])[] = []
  const knownUpTo = (count: number): boolean => {
    while (known.length < count) {
      const rows = rowsOf(known.length)
      if (rows === undefined) return false
      known.push(rows)
    }
    return true
  }
  if (typeof rule === 'number') return { count: rule, complete: knownUpTo(rule) }
  for (let count = Math.min(rule.batch, rule.most); ; count = Math.min(count + rule.batch, rule.most)) {
    if (!knownUpTo(count)) return { count, complete: false }
    if (count === rule.most || narrow(rule.until, known, `${plan.seed}/stopping/${cell.index}`)) {
      return { count, complete: true }
    }
  }
}

/** The replicates that a grid point needs now, and of those the ones that are stored, in order of their numbers. */
export function countedReplicates(
  { plan, jobs }: EnsembleResults,
  cell: Cell,
): Wanted & { readonly stored: readonly StoredJob[] } {
  const found: (StoredJob | undefined)[] = []
  const stored = (replica: number): StoredJob | undefined => {
    for (let k = found.length; k <= replica; k++) found.push(jobs.get(jobName(cell.job(k))))
    return found[replica]
  }
  const wanted = wantedReplicates(plan, cell, replica => stored(replica)?.rows)
  stored(wanted.count - 1)
  return { ...wanted, stored: found.filter(job => job !== undefined) }
}

/** Whether the interval is narrow enough at every time, that is, in every row. */
function narrow(until: Precision, replicates: readonly (readonly Row[])[], key: string): boolean {
  return replicates[0]!.every((_, k) => {
    const sample = replicates.map(rows => Number(rows[k]![columnOf(until)]))
    if (sample.some(Number.isNaN)) return false
    if (until.method === 'clopper-pearson') {
      const { low, high } = clopperPearson(sample.filter(x => x === 1).length, sample.length, until.level)
      return (high - low) / 2 <= until.halfWidth
    }
    const { low, high, value } = bootstrapMean(sample, randomStream(`${key}/${sample.length}/${k}`), until.level)
    return (high - low) / 2 <= until.halfWidth * Math.abs(value)
  })
}

const columnOf = (until: Precision): string => (until.method === 'bootstrap' ? until.column : 'outside')

const RESAMPLES = 1000

/**
 * The mean of a sample with its percentile bootstrap interval.
 * @source Efron 1979, doi:10.1214/aos/1176344552
 * @example bootstrapMean([1, 1, 1], randomStream('mean'), 0.95).high // 1
 */
export function bootstrapMean(sample: readonly number[], stream: RandomStream, level: number): Estimate {
  const n = sample.length
  const value = sample.reduce((sum, x) => sum + x, 0) / n
  const means = Float64Array.from({ length: RESAMPLES }, () => {
    let sum = 0
    for (let i = 0; i < n; i++) sum += sample[Math.floor(stream.uniform() * n)]!
    return sum / n
  }).sort()
  const tail = (1 - level) / 2
  const at = (q: number): number => means[Math.min(RESAMPLES - 1, Math.floor(q * RESAMPLES))]!
  const [low, high] = [Math.min(value, at(tail)), Math.max(value, at(1 - tail))]
  const method = `bootstrap of the mean, ${RESAMPLES} resamples`
  return { value, low, high, ...bootstrapKind(n, method, level), seed: stream.key }
}
