/**
 * What an ensemble of coupled runs says: probabilities, means and exponents with their intervals, from the replicates
 * that the plan counts, in order of their numbers.
 */

import { requireNumber } from '../../base/errors.js'
import { randomStream } from '../../base/random.js'
import { bootstrapSlope } from '../../base/statistics/bootstrapSlope.js'
import { clopperPearson } from '../../base/statistics/clopperPearson.js'
import type { Estimate } from '../../base/statistics/estimate.js'
import type { CoupledJob, DeltaSpec } from '../plan/job.js'
import { planCells, requireResults } from '../plan/planCells.js'
import { bootstrapMean, countedReplicates } from '../plan/stoppingRule.js'
import type { Row } from './jobRecord.js'
import type { EnsembleResults } from './store.js'

/** One grid point at one time. */
export interface PointSummary {
  readonly law: string
  readonly N: number
  readonly delta: DeltaSpec
  readonly sigma: number
  readonly t: number
  /** Replicates that are counted. */
  readonly replicates: number
  /** Whether they are all that the plan wants. */
  readonly complete: boolean
  /**
   * P_0(sup over [0, t] of |Psi - Phi|_inf >= N^-delta), Clopper-Pearson; absent without cut-off or without
   * 'deviation'.
   */
  readonly outside?: Estimate
  /** Mean of each recorded column that has a value in every replicate, with its bootstrap interval. */
  readonly means: Readonly<Record<string, Estimate>>
}

/** The exponent of N in the mean of a column, over all N of the plan. */
export interface SlopeSummary {
  readonly law: string
  readonly delta: DeltaSpec
  readonly sigma: number
  readonly t: number
  readonly column: string
  readonly slope: Estimate
}

/** What an ensemble of coupled runs says. */
export interface EnsembleSummary {
  readonly points: readonly PointSummary[]
  readonly slopes: readonly SlopeSummary[]
}

/** Columns that name a row and are not averaged. */
const KEYS = new Set(['law', 'N', 'delta', 'sigma', 'replica', 't', 'outside'])
/** Columns whose exponents are told. */
const SCALING = ['sup', 'fluctuation'] as const

/**
 * Replicates that are counted at a grid point: all that are known in a row from number 0, and no more than the plan
 * wants.
 * @throws RangeError for an ensemble of claims
 */
function countedRows(
  store: EnsembleResults,
): { readonly job: CoupledJob; readonly replicates: readonly (readonly Row[])[]; readonly complete: boolean }[] {
  requireResults('store', store)
  if (store.plan.kind !== 'coupled') throw new RangeError('the ensemble must be one of coupled runs, got claims')
  return planCells(store.plan).map(cell => {
    const { stored, complete } = countedReplicates(store, cell)
    return { job: cell.job(0) as CoupledJob, replicates: stored.map(({ rows }) => rows), complete }
  })
}

/**
 * Probabilities, means and exponents with their intervals, from the replicates that the plan counts.
 * @param level of all intervals, default 0.95
 * @throws RangeError for an ensemble of claims
 * @example ensembleSummary(await openStore('out')).points[0].outside
 */
export function ensembleSummary(store: EnsembleResults, level: number = 0.95): EnsembleSummary {
  requireResults('store', store)
  requireNumber('level', level, Number.MIN_VALUE, 1 - Number.EPSILON, 'a number in (0, 1)')
  const cells = countedRows(store)
  const key = `${store.plan.seed}/summary`
  const points = cells.flatMap(({ job, replicates, complete }): PointSummary[] =>
    job.times.map((t, k) => {
      const { law, N, delta, sigma } = job
      const rows = replicates.map(of => of[k]!)
      const names = Object.keys(rows[0] ?? {}).filter(name => !KEYS.has(name))
      const means = names
        .map(name => ({ name, sample: rows.map(row => Number(row[name])) }))
        .filter(({ sample }) => sample.every(Number.isFinite))
        .map(({ name, sample }) => [
          name,
          bootstrapMean(sample, randomStream(`${key}/${law.name}/${N}/${delta}/${sigma}/${t}/${name}`), level),
        ])
      const events = rows.map(row => Number(row.outside))
      const known = rows.length > 0 && events.every(event => event === 0 || event === 1)
      return {
        law: law.name,
        N,
        delta,
        sigma,
        t,
        replicates: rows.length,
        complete,
        ...(known ? { outside: clopperPearson(events.filter(event => event === 1).length, events.length, level) } : {}),
        means: Object.fromEntries(means),
      }
    }),
  )
  return { points, slopes: slopesOf(cells, key, level) }
}

function slopesOf(cells: ReturnType<typeof countedRows>, key: string, level: number): SlopeSummary[] {
  const families = new Map<string, typeof cells>()
  for (const cell of cells) {
    const { law, delta, sigma } = cell.job
    const family = JSON.stringify([law, delta, sigma])
    families.set(family, [...(families.get(family) ?? []), cell])
  }
  return [...families].flatMap(([family, members]) => {
    const sorted = members.filter(({ replicates }) => replicates.length >= 2).sort((a, b) => a.job.N - b.job.N)
    if (sorted.length < 2) return []
    const { law, delta, sigma, times } = sorted[0]!.job
    return times.flatMap((t, k) =>
      SCALING.flatMap((column): SlopeSummary[] => {
        const samples = sorted.map(({ replicates }) => replicates.map(rows => Number(rows[k]![column])))
        if (!samples.every(sample => sample.every(x => x > 0 && Number.isFinite(x)))) return []
        const stream = randomStream(`${key}/slope/${family}/${t}/${column}`)
        const { slope } = bootstrapSlope(
          sorted.map(({ job }) => job.N),
          samples,
          stream,
          { level },
        )
        return [{ law: law.name, delta, sigma, t, column, slope }]
      }),
    )
  })
}
