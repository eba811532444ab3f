/**
 * Checks a Wasserstein distance by its evidence alone: the plan must couple the clouds, the dual potentials must be
 * feasible for all pairs. Plain double precision over every pair, no code of any solver; called by tests, claims and
 * whoever doubts a number.
 */
import { requireShape } from '../../base/shape.js'
import { wasmCore } from '../../wasm/core.js'
import { type PointCloud, requireCloud } from '../pointCloud.js'
import type { TransportDual, TransportPlan, TransportResult } from './transportResult.js'

/** What {@link verifyTransport} finds. */
export interface TransportVerification {
  /** Whether plan and dual prove the bracket that the result claims. */
  readonly valid: boolean
  /** What is wrong, one sentence each. */
  readonly problems: readonly string[]
  /** The bracket of W_p that the evidence proves, whatever was claimed: 0 or Infinity where there is none. */
  readonly low: number
  readonly high: number
  /** How far the potentials had to be lowered to be feasible, at most, in units of (distance / dual.scale)^p. */
  readonly infeasibility: number
}

/** Unit roundoff. */
const U = Number.EPSILON / 2

/** Potentials may be infeasible by this part of the largest one: rounding, where they are far above the costs. */
const FEASIBILITY_TOLERANCE = 2 ** -40

/** Marginals may miss the weights by this much in all; what they miss is charged at the largest cost. */
const MARGINAL_TOLERANCE = 2 ** -36

/**
 * Recomputes both sides of the duality W_p^p = min plan cost = max dual value, with bounds on every rounding.
 * Time O(n m d), memory O(n + m).
 * @param X the cloud that the result was computed from
 * @param Y the other one
 * @param result of `wassersteinDistance` or any other function that returns plan and dual
 * @returns the bracket that is proved, and whether it confirms the claimed one (up to the roundings of both
 * computations)
 * @throws RangeError if p is infinite; TypeError, RangeError for bad clouds
 * @source (27); C. Villani, Optimal Transport, Theorem 5.10, doi:10.1007/978-3-540-71050-9
 * @example verifyTransport(X, Y, wassersteinDistance(X, Y)).valid // true
 */
export function verifyTransport(X: PointCloud, Y: PointCloud, result: TransportResult): TransportVerification {
  requireShape<Pick<TransportResult, 'low' | 'high' | 'value' | 'p'>>('result', result, {
    low: 'number',
    high: 'number',
    value: 'number',
    p: 'number',
  })
  requireCloud('X', X)
  requireCloud('Y', Y)
  if (X.d !== Y.d) throw new RangeError(`Y.d must be X.d = ${X.d}, got ${Y.d}`)
  const { p, plan, dual } = result
  if (!(p >= 1 && p < Number.POSITIVE_INFINITY)) throw new RangeError(`p must be in [1, Infinity), got ${p}`)
  const problems: string[] = []
  const scale = dual?.scale ?? 1
  if (!isPowerOfTwo(scale)) problems.push(`dual.scale must be a power of two, got ${scale}`)
  const cost = costFunction(X, Y, p, scale)
  const upper = plan === undefined ? undefined : planCost(X, Y, plan, cost, problems)
  const lower = dual === undefined ? undefined : dualValue(X, Y, dual, cost, problems)
  if (upper === undefined) problems.push('there is no plan that proves the upper bound')
  if (lower === undefined) problems.push('there is no dual that proves the lower bound')
  // A root with its own rounding; twice its condition 1/p <= 1.
  const root = (c: number): number => (c <= 0 ? 0 : scale * (p === 1 ? c : wasmCore().pow(c, 1 / p)))
  const high = upper === undefined ? Number.POSITIVE_INFINITY : root(upper.value + upper.error) * (1 + 8 * U)
  const low = lower === undefined ? 0 : root(lower.value - lower.error) * (1 - 8 * U)
  // Two computations of the same bound may differ by their roundings: twice this one's, and for potentials, which may
  // be chains of n + m differences, as many roundings of the largest.
  if (upper !== undefined) {
    const most = root(upper.value - 2 * upper.error) * (1 - 8 * U)
    if (!(result.high >= most)) problems.push(`high is ${result.high}, but the plan costs ${high}`)
  }
  if (lower !== undefined) {
    const least = root(lower.value + 2 * lower.error + (X.n + Y.n) * U * lower.largest) * (1 + 8 * U)
    if (!(result.low <= least)) problems.push(`low is ${result.low}, but the dual proves ${low} only`)
  }
  if (!(result.low <= result.value && result.value <= result.high)) problems.push('value is not inside [low, high]')
  return { valid: problems.length === 0, problems, low, high, infeasibility: lower?.infeasibility ?? 0 }
}

interface Cost {
  /** (|x_i - y_j| / scale)^p. */
  readonly of: (i: number, j: number) => number
  /** Bound on its relative error. */
  readonly error: number
  /** A bound on all costs. */
  readonly largest: number
}

function costFunction(X: PointCloud, Y: PointCloud, p: number, scale: number): Cost {
  const { n, d } = X
  const m = Y.n
  // Point by point, in units of scale: exact, since scale is a power of two (and underflow is far below any cost).
  const pointwise = ({ n: count, x }: PointCloud): Float64Array => {
    const out = new Float64Array(count * d)
    for (let a = 0; a < d; a++) for (let i = 0; i < count; i++) out[i * d + a] = x[a * count + i]! / scale
    return out
  }
  const x = pointwise(X)
  const y = pointwise(Y)
  const { pow } = wasmCore()
  const of = (i: number, j: number): number => {
    let s = 0
    for (let a = i * d, b = j * d, end = a + d; a < end; a++, b++) {
      const t = x[a]! - y[b]!
      s += t * t
    }
    return p === 1 ? Math.sqrt(s) : p === 2 ? s : s === 0 ? 0 : pow(s, 0.5 * p)
  }
  let diagonal = 0
  for (let a = 0; a < d; a++) {
    let low = Number.POSITIVE_INFINITY
    let high = Number.NEGATIVE_INFINITY
    for (const [points, count] of [[x, n] as const, [y, m] as const]) {
      for (let i = 0; i < count; i++) {
        low = Math.min(low, points[i * d + a]!)
        high = Math.max(high, points[i * d + a]!)
      }
    }
    diagonal += (high - low) * (high - low)
  }
  // (d + 2) roundings in the square, times p/2, and 2 units in the last place for root or power; 2 more for safety.
  const error = 1.1 * U * ((d + 2) * 0.5 * p + 6)
  return { of, error, largest: pow(diagonal, 0.5 * p) * (1 + 4 * error) }
}

/** Sum with a running correction (Kahan and Babuska): its error is 2 U of the sum and count^2 U^2 of the magnitudes. */
function carefulSum(count: number, term: (k: number) => number): { value: number; error: number } {
  let sum = 0
  let correction = 0
  let magnitude = 0
  for (let k = 0; k < count; k++) {
    const t = term(k)
    const s = sum + t
    const back = s - sum
    correction += sum - (s - back) + (t - back)
    sum = s
    magnitude += Math.abs(t)
  }
  const value = sum + correction
  return { value, error: 2 * U * Math.abs(value) + 2 * count * count * U * U * magnitude }
}

function planCost(
  X: PointCloud,
  Y: PointCloud,
  plan: TransportPlan,
  cost: Cost,
  problems: string[],
): { value: number; error: number } | undefined {
  const { n } = X
  if (plan instanceof Int32Array) {
    const uniform = [X, Y].every(({ weights }) => weights === undefined || weights.every(w => w === weights[0]))
    if (plan.length !== n || Y.n !== n || !uniform) {
      problems.push('a permutation is a plan between clouds of equal size and equal weights only')
      return undefined
    }
    const taken = new Uint8Array(n)
    for (const j of plan) {
      if (!(j >= 0 && j < n) || taken[j] === 1) {
        problems.push(`the plan is not a permutation: ${j} is out of range or taken twice`)
        return undefined
      }
      taken[j] = 1
    }
    const { value, error } = carefulSum(n, i => cost.of(i, plan[i]!))
    return { value: value / n, error: ((error + cost.error * value) / n) * (1 + 4 * U) + (2 * U * value) / n }
  }
  const { from, to, mass } = plan
  const count = mass.length
  const rows = new Float64Array(n)
  const columns = new Float64Array(Y.n)
  for (let k = 0; k < count; k++) {
    const i = from[k]!
    const j = to[k]!
    if (!(i >= 0 && i < n && j >= 0 && j < Y.n && mass[k]! > 0)) {
      problems.push(`entry ${k} of the plan is not a positive mass between points of the clouds`)
      return undefined
    }
    rows[i]! += mass[k]!
    columns[j]! += mass[k]!
  }
  // Plain sums of at most `count` terms: count U of each marginal, 2 count U of both together.
  let missed = 2 * count * U
  for (let i = 0; i < n; i++) missed += Math.abs(rows[i]! - weightOf(X, i))
  for (let j = 0; j < Y.n; j++) missed += Math.abs(columns[j]! - weightOf(Y, j))
  if (!(missed <= MARGINAL_TOLERANCE)) {
    problems.push(`the marginals of the plan miss the weights by ${missed}`)
    return undefined
  }
  const { value, error } = carefulSum(count, k => mass[k]! * cost.of(from[k]!, to[k]!))
  return { value, error: error + (cost.error + 2 * U) * value + missed * cost.largest }
}

function dualValue(
  X: PointCloud,
  Y: PointCloud,
  dual: TransportDual,
  cost: Cost,
  problems: string[],
): { value: number; error: number; infeasibility: number; largest: number } | undefined {
  const { u, v } = dual
  const { n } = X
  const m = Y.n
  if (u.length !== n || v.length !== m || !u.every(Number.isFinite) || !v.every(Number.isFinite)) {
    problems.push(`the dual must be ${n} and ${m} finite numbers`)
    return undefined
  }
  // Lower bounds of the exact costs: one factor for the error of a cost and of this product.
  const safe = 1 - cost.error - 2 * U
  const lowered = new Float64Array(n)
  let infeasibility = 0
  let largest = 0
  for (let i = 0; i < n; i++) {
    let least = Number.POSITIVE_INFINITY
    for (let j = 0; j < m; j++) {
      const t = safe * cost.of(i, j) - v[j]!
      if (t < least) least = t
    }
    // Rounding is monotone, so only that of the least difference counts.
    least -= 2 * U * Math.abs(least)
    lowered[i] = Math.min(u[i]!, least)
    infeasibility = Math.max(infeasibility, u[i]! - lowered[i]!)
    largest = Math.max(largest, Math.abs(lowered[i]!))
  }
  for (let j = 0; j < m; j++) largest = Math.max(largest, Math.abs(v[j]!))
  if (!(infeasibility <= FEASIBILITY_TOLERANCE * largest)) {
    problems.push(`the dual is not feasible: u_i + v_j exceeds a cost by ${infeasibility}`)
  }
  const { value, error } = carefulSum(n + m, k =>
    k < n ? weightOf(X, k) * lowered[k]! : weightOf(Y, k - n) * v[k - n]!,
  )
  // Products, and weights whose sums miss 1 by some roundings: none of either for 1/n and 1/n, whose sums are equal.
  const same = n === m && X.weights === undefined && Y.weights === undefined
  const magnitude = carefulSum(n + m, k =>
    k < n ? weightOf(X, k) * Math.abs(lowered[k]!) : weightOf(Y, k - n) * Math.abs(v[k - n]!),
  ).value
  const weights = same ? 0 : (Math.abs(excess(X)) + Math.abs(excess(Y))) * largest
  return { value, error: error + (same ? 2 : 4) * U * magnitude + weights, infeasibility, largest }
}

const weightOf = ({ n, weights }: PointCloud, i: number): number => (weights === undefined ? 1 / n : weights[i]!)

/** By how much the weights sum to more than 1. */
function excess(cloud: PointCloud): number {
  return carefulSum(cloud.n + 1, k => (k < cloud.n ? weightOf(cloud, k) : -1)).value
}

function isPowerOfTwo(value: number): boolean {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) return false
  let s = value
  while (s >= 2) s /= 2
  while (s < 1) s *= 2
  return s === 1
}
