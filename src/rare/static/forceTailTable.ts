/**
 * How rare the static event is, beside everything that bounds or guesses it: the rows of data/rare-static.
 */
import { requireOptions } from '../../base/errors.js'
import type { BarOption } from '../../base/progress.js'
import type { Estimate } from '../../base/statistics/estimate.js'
import type { TurnOptions } from '../../base/steps.js'
import { forceSummand } from '../../concentration/summand.js'
import { bernsteinBound, momentBound } from '../../concentration/tailBounds.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'
import { forceChernoff } from './forceChernoff.js'
import { forceNormal } from './forceNormal.js'
import { forceTail } from './forceTail.js'
import type { ForceTail } from './weightedEstimate.js'

/** Thresholds of one N and delta, for the standard Gaussian law. */
export interface ForceTailGroup {
  readonly N: number
  readonly delta: number
  readonly thresholds: readonly number[]
  /** For each threshold, as those of `forceTail`. */
  readonly samples: number
}

/** What is asked. */
export interface ForceTailTableOptions extends ForceTailGroup, TurnOptions, BarOption {
  readonly seed: number | string
}

/** P(max_i |K_i - Kbar_i|_inf >= threshold), sampled, and what is said of it without samples. */
export interface ForceTailRow extends ForceTail {
  readonly N: number
  readonly delta: number
  /** Of `forceChernoff`. */
  readonly chernoff: Estimate
  /** log10 of Bernstein's bound; above 0 it says nothing, as the next. */
  readonly log10Bernstein: number
  /** log10 of the bound by the moments (54)-(62), and the M of the 2M-th moment that gives it. */
  readonly log10Moment: number
  readonly momentM: number
  /** log10 of what a normal law of the exact variance would give; no bound. */
  readonly log10Normal: number
}

/**
 * A row for each threshold: `forceTail`, `forceChernoff`, and the bounds of Proposition 7.2 with computed constants.
 * @throws TypeError, RangeError naming the argument; the signal's reason when it is aborted
 * @source Proposition 7.2, (54)-(62)
 * @example
 * const [row] = await forceTailTable({ N: 16, delta: 0.25, thresholds: [1.5], samples: 400, seed: 1 })
 * Math.log10(row.chernoff.value) < row.log10Bernstein // true
 */
export async function forceTailTable(options: ForceTailTableOptions): Promise<readonly ForceTailRow[]> {
  requireOptions<ForceTailTableOptions>('forceTailTable', options, {
    ...{ N: true, delta: true, thresholds: true, samples: true, seed: true },
    ...{ bar: true, signal: 'signal', onProgress: 'function' },
  })
  const { N, delta } = options
  const tails = await forceTail(options)
  const normal = forceNormal(N, delta)
  const event = { summand: forceSummand(), logN: Math.log(N), delta, rhoSup: gaussianLaw().rhoSup }
  const heeding = options.signal === undefined ? {} : { signal: options.signal }
  const rows: ForceTailRow[] = []
  for (const tail of tails) {
    const { threshold } = tail
    const of = { ...event, logThreshold: Math.log(threshold) }
    const moment = momentBound(of)
    rows.push({
      ...{ N, delta, ...tail },
      chernoff: await forceChernoff({ N, delta, threshold, bar: 'hide', ...heeding }),
      log10Bernstein: bernsteinBound(of) / Math.LN10,
      log10Moment: moment.logProbability / Math.LN10,
      momentM: moment.M,
      log10Normal: normal(threshold),
    })
  }
  return rows
}
