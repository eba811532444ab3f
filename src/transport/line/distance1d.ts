/**
 * W_p on the line, exactly: the quantile functions of two clouds are merged, and mass at the same level goes together.
 * The oracle of all other distances, and the case n = 1 of Theorem 9.3.
 */

import type { HallViolator, TransportDual, TransportPlan, TransportResult } from '../assignment/transportResult.js'
import { type PointCloud, requireCloud } from '../pointCloud.js'
import { powerMean, powerOf, requireOrder } from './distance1dPower.js'
import { LEVEL_ERROR, type Merge, mergeQuantiles } from './quantileMerge.js'

const METHOD = 'merged quantile functions'

/**
 * W_p(mu, nu) = (int_0^1 |F^-1(u) - G^-1(u)|^p du)^(1/p), the supremum for p = Infinity, of two clouds on the line, of
 * any sizes and weights.
 * @param X a cloud with d = 1
 * @param Y another one
 * @param p in [1, Infinity]
 * @returns with plan and dual (p < Infinity) or Hall violator (p = Infinity). The bracket is rounding only, except for
 * p = Infinity and weights whose partial sums agree to rounding: W_infinity jumps there, the bracket holds both sides,
 * and `value` takes the sums for equal
 * @throws TypeError, RangeError for clouds that are no clouds or not on the line, and p outside [1, Infinity]
 * @source F. Santambrogio, Optimal Transport for Applied Mathematicians, Theorem 2.9, doi:10.1007/978-3-319-20828-2
 * @example distance1d({ n: 1, d: 1, x: Float64Array.of(0) }, { n: 2, d: 1, x: Float64Array.of(1, 3) }, 1).value // 2
 */
export function distance1d(X: PointCloud, Y: PointCloud, p: number): TransportResult {
  requireLine('X', X)
  requireLine('Y', Y)
  requireOrder(p, 'or Infinity')
  const merge = mergeQuantiles(X, Y)
  const plan = planOf(X, Y, merge)
  if (p === Number.POSITIVE_INFINITY) return { ...supremum(merge), p, method: METHOD, plan }
  const { F, G, i, j, mass, tolerance } = merge
  const gaps = Float64Array.from(i, (a, k) => Math.abs(F.x[a]! - G.x[j[k]!]!))
  // Mass whose place is uncertain by the rounding of weights travels at most from end to end.
  const uncertain = tolerance === 0 ? 0 : LEVEL_ERROR * mass.length
  const bracket = powerMean(gaps, mass, p, uncertain, span(merge))
  return { ...bracket, p, status: 'exact', method: METHOD, plan, dual: potentials(merge, p) }
}

/** @throws TypeError, RangeError for what is no cloud or not on the line */
export function requireLine(name: string, cloud: PointCloud): void {
  requireCloud(name, cloud)
  if (cloud.d !== 1) throw new RangeError(`${name}.d must be 1, got ${cloud.d}`)
}

function planOf(X: PointCloud, Y: PointCloud, { F, G, i, j, mass, tolerance }: Merge): TransportPlan {
  if (X.n === Y.n && tolerance === 0) {
    const plan = new Int32Array(X.n)
    for (let k = 0; k < X.n; k++) plan[F.order[k]!] = G.order[k]!
    return plan
  }
  return { from: i.map(a => F.order[a]!), to: j.map(b => G.order[b]!), mass }
}

/** The largest distance between a point of X and one of Y. */
function span({ F, G }: Merge): number {
  return Math.max(F.x[F.x.length - 1]! - G.x[0]!, G.x[G.x.length - 1]! - F.x[0]!)
}

/**
 * Kantorovich potentials: along the staircase of the merge u + v is the cost, and a convex cost makes them feasible
 * elsewhere. Where both levels end together the staircase goes through the next point of X.
 */
function potentials({ F, G, i, j }: Merge, p: number): TransportDual {
  const largest = span({ F, G } as Merge)
  const scale = costScale(largest, p)
  const u = new Float64Array(F.x.length)
  const v = new Float64Array(G.x.length)
  const cost = (a: number, b: number): number => powerOf(Math.abs(F.x[a]! - G.x[b]!) / scale, p)
  v[G.order[0]!] = cost(0, 0)
  for (let k = 1; k < i.length; k++) {
    const [a, b] = [i[k]!, j[k]!]
    if (a !== i[k - 1]) u[F.order[a]!] = cost(a, j[k - 1]!) - v[G.order[j[k - 1]!]!]!
    if (b !== j[k - 1]) v[G.order[b]!] = cost(a, b) - u[F.order[a]!]!
  }
  return { u, v, scale }
}

/** 1 where costs fit into doubles with room to spare, otherwise a power of two near the largest distance. */
function costScale(largest: number, p: number): number {
  if (largest === 0) return 1
  const inRange = p <= 1 || (largest ** p < 1e250 && largest ** p > 1e-250)
  if (inRange && Number.isInteger(p)) return 1
  let scale = 1
  while (scale * 2 <= largest) scale *= 2
  while (scale > largest && scale > 2 ** -1000) scale /= 2
  return scale
}

type Supremum = Pick<TransportResult, 'value' | 'low' | 'high' | 'status' | 'violator'>

/** The longest pair; first X up to it, or Y up to it, has less mass of the other cloud nearer than that. */
function supremum({ F, G, i, j, tolerance }: Merge): Supremum {
  let value = 0
  let violator: HallViolator | undefined
  let [a, b] = [0, 0]
  for (let k = 0; k < i.length; k++) {
    const gap = Math.abs(F.x[i[k]!]! - G.x[j[k]!]!)
    if (gap > value) [value, a, b] = [gap, i[k]!, j[k]!]
  }
  if (value > 0) {
    violator =
      F.x[a]! < G.x[b]!
        ? { points: F.order.slice(0, a + 1), side: 'X', radius: value }
        : { points: G.order.slice(0, b + 1), side: 'Y', radius: value }
  }
  const evidence = violator === undefined ? {} : { violator }
  // One subtraction: half a unit in the last place, and as much in the check.
  const low = value * (1 - 2 * Number.EPSILON)
  const high = value * (1 + 2 * Number.EPSILON)
  if (tolerance === 0) return { value, low, high, status: 'exact', ...evidence }
  const least = Math.min(low, extreme(F, G, tolerance) * (1 - 2 * Number.EPSILON))
  const most = Math.max(high, extreme(F, G, -tolerance) * (1 + 2 * Number.EPSILON))
  return { value, low: least, high: most, status: least < low || most > high ? 'bracket' : 'exact', ...evidence }
}

/**
 * The largest |x_a - y_b| over steps that overlap: by more than `margin` at either end, or also those that miss each
 * other by less if it is negative.
 */
function extreme(F: Merge['F'], G: Merge['G'], margin: number): number {
  let largest = 0
  let first = 0
  let last = 0
  for (let a = 0; a < F.x.length; a++) {
    const begin = (a === 0 ? 0 : F.level[a - 1]!) + margin
    const end = F.level[a]! - margin
    while (first + 1 < G.x.length && G.level[first]! <= begin) first++
    while (last + 1 < G.x.length && G.level[last]! < end) last++
    if (first > last) continue
    largest = Math.max(largest, Math.abs(F.x[a]! - G.x[first]!), Math.abs(F.x[a]! - G.x[last]!))
  }
  return largest
}
