/**
 * What a Wasserstein distance comes back as: the value, a certified bracket, and the evidence (a plan, and a dual pair
 * or a Hall violator) from which others can check it.
 */
import { requireShape } from '../../base/shape.js'

/** A sparse coupling: `mass[k]` goes from point `from[k]` of the first cloud to point `to[k]` of the second. */
export interface SparsePlan {
  readonly from: Int32Array
  readonly to: Int32Array
  /** > 0, sums to 1. */
  readonly mass: Float64Array
}

/**
 * A coupling of two clouds. Equal weights and equal sizes: a permutation, point i goes to point plan[i]. Otherwise
 * sparse, with at most n + m - 1 entries.
 */
export type TransportPlan = Int32Array | SparsePlan

/** Kantorovich potentials: u_i + v_j <= (|x_i - y_j| / scale)^p for all i, j, up to rounding. */
export interface TransportDual {
  /** Length n. */
  readonly u: Float64Array
  /** Length m. */
  readonly v: Float64Array
  /** A power of two, 1 unless costs in the clouds' own units would be out of the range of doubles (or p no integer). */
  readonly scale: number
}

/** Why W_infinity is at least `radius`: these points of X have, at smaller distance, less mass of Y than their own. */
export interface HallViolator {
  /** Indices of the points, of X or of Y by `side`. */
  readonly points: Int32Array
  readonly side: 'X' | 'Y'
  readonly radius: number
}

/**
 * 'exact': the bracket is rounding only. 'bracket': the wanted gap was reached. 'interrupted': stopped before, by a
 * signal or a time limit, with the best bracket so far.
 */
export type TransportStatus = 'exact' | 'bracket' | 'interrupted'

/** A Wasserstein distance with a certified bracket and the evidence for it. */
export interface TransportResult {
  /** W_p of the plan where there is one (so an upper bound of the distance), a value in [low, high] otherwise. */
  readonly value: number
  /** Certified: low <= W_p <= high, rounding included. */
  readonly low: number
  readonly high: number
  /** In [1, Infinity]. */
  readonly p: number
  readonly status: TransportStatus
  /** How it was obtained, in a few words. */
  readonly method: string
  /** The coupling that attains `value`; missing where one side is a continuous law. */
  readonly plan?: TransportPlan
  /** The certificate of `low`, p < Infinity. */
  readonly dual?: TransportDual
  /** The certificate of `low`, p = Infinity. */
  readonly violator?: HallViolator
}

/** The relative width (high - low) / high of the bracket; 0 if both are 0. */
export function transportGap(result: Pick<TransportResult, 'low' | 'high'>): number {
  requireShape<Pick<TransportResult, 'low' | 'high'>>('result', result, { low: 'number', high: 'number' })
  const { low, high } = result
  if (high === Number.POSITIVE_INFINITY) return low === high ? 0 : 1
  return high > 0 ? (high - low) / high : 0
}
