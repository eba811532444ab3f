/**
 * A bracket of a Wasserstein distance that is proved from its evidence, without rounding: what `mfl distance --prove`
 * prints.
 *
 * Above: the cost of the plan, a sum (or a maximum) of whole numbers. Below, p = 1, 2: for any potential v,
 * $W_p^p\ge\frac1n\sum_i\min_j(c_{ij}-v_j)+\frac1m\sum_jv_j$ (Kantorovich); v is that of the dual, and the minima,
 * which make u + v <= c true for all pairs, are proved by {@link provedMinima}. Below, p = Infinity: a set S of points
 * and the distance below which less mass than that of S is near it (Hall).
 */
import { quote } from '../../base/errors.js'
import { binaryPlaces, wholeMultiple } from '../../base/interval/dyadic.js'
import { rootBounds } from '../../base/interval/integerRoot.js'
import type { Interval } from '../../base/interval/interval.js'
import { enclosing, type Rational, rational, rationalText } from '../../base/interval/rational.js'
import { requireShape } from '../../base/shape.js'
import { assignmentScale } from '../assignment/assignmentScale.js'
import type { HallViolator, SparsePlan, TransportPlan, TransportResult } from '../assignment/transportResult.js'
import type { DistanceNorm } from '../bottleneck/kdTree.js'
import { type PointCloud, requireCloud } from '../pointCloud.js'
import { type Cost, type PairCosts, pairCosts } from './pairCosts.js'
import { provedMinima } from './provedMinima.js'

/** What is proved of a distance. */
export interface ProvedDistance {
  /** 1, 2 or Infinity. */
  readonly p: number
  /** low <= W_p <= high, doubles around what `exact` says. */
  readonly low: number
  readonly high: number
  /** What `exact` encloses: the distance for p = 1 and in the maximum norm, else its square. */
  readonly encloses: 'distance' | 'square'
  /** Rationals 'n/d'. */
  readonly exact: { readonly low: string; readonly high: string }
  /** Pairs of distinct points that were compared for `low`. */
  readonly pairs: number
  /** Of these, pairs that a bound on rounding left open, settled in whole numbers. */
  readonly open: number
}

/**
 * Proves a bracket of W_1, W_2 or W_infinity between clouds of equal weights from the evidence of a result, in whole
 * numbers of any length. Nothing is trusted but the clouds: a plan that is none is refused, and a dual or violator that
 * is not good makes `low` smaller. O(n m d) time, some seconds for n = m = 10^4 in R^6.
 * @param X n points of equal weights
 * @param Y m points of equal weights, in the same dimension
 * @param result of `distanceBetween`, or of another function that returns plan, and dual or violator; p = 1, 2 or
 * Infinity
 * @throws TypeError, RangeError for clouds that are no clouds or have different weights, for another p, for evidence
 * that does not fit the clouds
 * @source F. Santambrogio, Optimal Transport for Applied Mathematicians, section 1.2, doi:10.1007/978-3-319-20828-2; P.
 * Hall 1935
 * @example provedDistance(X, Y, wassersteinDistance(X, Y, { p: 2 })).low > 0 // true
 */
export function provedDistance(X: PointCloud, Y: PointCloud, result: TransportResult): ProvedDistance {
  requireShape<Pick<TransportResult, 'p'>>('result', result, { p: 'number' })
  requireEqualWeights('X', X)
  requireEqualWeights('Y', Y)
  if (X.d !== Y.d) throw new RangeError(`Y.d must be X.d = ${X.d}, got ${Y.d}`)
  const { p, plan } = result
  if (![1, 2, Number.POSITIVE_INFINITY].includes(p)) {
    throw new RangeError(`result.p must be 1, 2 or Infinity, got ${p}`)
  }
  const { norm = 'euclidean' } = result as { readonly norm?: DistanceNorm }
  if (norm !== 'euclidean' && !(norm === 'maximum' && p === Number.POSITIVE_INFINITY)) {
    throw new RangeError(`result.norm must be 'euclidean', or 'maximum' for p = Infinity, got ${quote(norm)}`)
  }
  const cost: Cost = p === 1 ? 'distance' : norm === 'maximum' ? 'maximum' : 'square'
  const pairs = pairsOf(X, Y, plan)
  const upper = p === Number.POSITIVE_INFINITY ? longest(X, Y, pairs, cost) : mean(X, Y, pairs, cost)
  const lower = p === Number.POSITIVE_INFINITY ? byViolator(X, Y, result.violator, cost) : byDual(X, Y, result, cost)
  const least = lower.value.n < 0n ? rational(0n) : lower.value
  const square = cost === 'square'
  return {
    p,
    low: square ? rootOf(least).lo : enclosing(least).lo,
    high: square ? rootOf(upper).hi : enclosing(upper).hi,
    encloses: square ? 'square' : 'distance',
    exact: { low: rationalText(least), high: rationalText(upper) },
    pairs: lower.pairs,
    open: lower.open,
  }
}

function requireEqualWeights(name: string, cloud: PointCloud): void {
  requireCloud(name, cloud)
  const { weights } = cloud
  const other = weights?.find(w => w !== weights[0])
  if (other !== undefined) throw new RangeError(`${name}.weights must be equal, got ${weights![0]} and ${other}`)
}

/** What goes from where to where, in units of mass of which there are `total` in all. */
interface Pairs {
  readonly from: ArrayLike<number>
  readonly to: ArrayLike<number>
  readonly mass: (k: number) => bigint
  readonly total: bigint
}

/** A plan with the masses that it means, exactly: whole multiples of 1 over the least common multiple of n and m. */
function pairsOf(X: PointCloud, Y: PointCloud, plan: TransportPlan | undefined): Pairs {
  if (plan === undefined) throw new RangeError('result.plan must be a plan, got none')
  if (plan instanceof Int32Array) {
    const { n } = X
    const taken = new Uint8Array(n)
    if (plan.length !== n || Y.n !== n) {
      throw new RangeError(`result.plan must be ${n} indices of ${Y.n} points, got ${plan.length}`)
    }
    for (const j of plan) {
      if (!(j >= 0 && j < n) || taken[j] === 1) {
        throw new RangeError(`result.plan must be a permutation of 0 to ${n - 1}, got ${j} twice or out of range`)
      }
      taken[j] = 1
    }
    return { from: Int32Array.from(plan, (_, i) => i), to: plan, mass: () => 1n, total: BigInt(n) }
  }
  requireShape<SparsePlan>('result.plan', plan, { from: 'numbers', to: 'numbers', mass: 'numbers' })
  const { from, to, mass } = plan
  const total = (X.n / commonDivisor(X.n, Y.n)) * Y.n
  const rows = new Float64Array(X.n)
  const columns = new Float64Array(Y.n)
  const whole = Float64Array.from(mass, t => Math.round(t * total))
  for (const [k, w] of whole.entries()) {
    if (!(from[k]! in rows && to[k]! in columns && w >= 0)) {
      throw new RangeError(
        `result.plan must move masses between the points, got entry ${k} from ${from[k]} to ${to[k]}`,
      )
    }
    rows[from[k]!]! += w
    columns[to[k]!]! += w
  }
  // Whole numbers below 2^53, so these sums are exact.
  const fits = (sums: Float64Array): boolean => sums.every(w => w === total / sums.length)
  if (!(total < 2 ** 50 && fits(rows) && fits(columns))) {
    throw new RangeError(`result.plan must have the marginals 1/${X.n} and 1/${Y.n}, in units of 1/${total}`)
  }
  return { from, to, mass: k => BigInt(whole[k]!), total: BigInt(total) }
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b)
}

/** n/(d 2^places). */
function scaled(n: bigint, d: bigint, places: number): Rational {
  return places >= 0 ? rational(n, d << BigInt(places)) : rational(n << BigInt(-places), d)
}

function mean(X: PointCloud, Y: PointCloud, { from, to, mass, total }: Pairs, cost: Cost): Rational {
  const { places, high } = pairCosts(X, Y, cost)
  let sum = 0n
  for (let k = 0; k < from.length; k++) sum += mass(k) * high(from[k]!, to[k]!)
  return scaled(sum, total, places)
}

function longest(X: PointCloud, Y: PointCloud, { from, to, mass }: Pairs, cost: Cost): Rational {
  const { places, high }: PairCosts = pairCosts(X, Y, cost)
  let most = 0n
  for (let k = 0; k < from.length; k++) {
    const c = mass(k) > 0n ? high(from[k]!, to[k]!) : 0n
    if (c > most) most = c
  }
  return scaled(most, 1n, places)
}

/** A proved lower bound, and what it took. */
interface Lower {
  readonly value: Rational
  readonly pairs: number
  readonly open: number
}

function byDual(X: PointCloud, Y: PointCloud, { p, dual }: TransportResult, cost: Cost): Lower {
  if (dual === undefined) throw new RangeError('result.dual must be potentials, got none')
  const { v, scale } = dual
  if (!(v instanceof Float64Array && v.length === Y.n && v.every(Number.isFinite))) {
    throw new RangeError(`result.dual.v must be ${Y.n} finite numbers, got ${quote(v)}`)
  }
  const exponent = Number.isFinite(scale) ? -binaryPlaces([scale]) : 0
  if (!(scale > 0 && wholeMultiple(scale, -exponent) === 1n)) {
    throw new RangeError(`result.dual.scale must be a power of two, got ${quote(scale)}`)
  }
  const { places, minima, pairs, open } = provedMinima([X, all(X)], [Y, all(Y)], v, { cost, scale })
  const lift = p * exponent
  const [n, m] = [BigInt(X.n), BigInt(Y.n)]
  const above = minima.reduce((sum, t) => sum + t, 0n)
  const below = v.reduce((sum, t) => sum + wholeMultiple(t, places + lift), 0n)
  return { value: scaled(above * m + below * n, n * m, places), pairs, open }
}

const all = ({ n }: PointCloud): Int32Array => Int32Array.from({ length: n }, (_, i) => i)

/**
 * The k-th smallest distance from S of the other cloud's points: fewer than k of them, with less mass than S, are
 * nearer.
 */
function byViolator(X: PointCloud, Y: PointCloud, violator: HallViolator | undefined, cost: Cost): Lower {
  if (violator === undefined) return { value: rational(0n), pairs: 0, open: 0 }
  const { points, side } = violator
  const [from, to] = side === 'X' ? [X, Y] : [Y, X]
  const members = Int32Array.from(new Set(points))
  const stray = members.find(i => !(i >= 0 && i < from.n))
  if (stray !== undefined) {
    throw new RangeError(`result.violator.points must be indices below ${from.n}, got ${stray}`)
  }
  if (members.length === 0) return { value: rational(0n), pairs: 0, open: 0 }
  const k = Number((BigInt(members.length * to.n) + BigInt(from.n) - 1n) / BigInt(from.n))
  const nothing = new Float64Array(from.n)
  const near = provedMinima([to, all(to)], [from, members], nothing, { cost, scale: assignmentScale(X, Y) })
  const sorted = [...near.minima].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  return { value: scaled(sorted[k - 1]!, 1n, near.places), pairs: near.pairs, open: near.open }
}

/** Binary digits of a root beyond those of the nearest whole number. */
const ROOT_PLACES = 64

/** Doubles around the root of a rational >= 0: sqrt(n/d) = sqrt(n d)/d. */
function rootOf({ n, d }: Rational): Interval {
  const radicand = (n * d) << BigInt(2 * ROOT_PLACES)
  const [below, above] = rootBounds(radicand)
  return {
    lo: enclosing(scaled(below, d, ROOT_PLACES)).lo,
    hi: enclosing(scaled(above, d, ROOT_PLACES)).hi,
  }
}
