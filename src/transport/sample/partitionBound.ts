/**
 * The certified upper bound of W_p(mu^N, f) by a hierarchical partition: the coupling in the proof of Theorem 9.3, with
 * the masses of the cubes computed, so that it bounds this cloud's distance and not only its size.
 */
import type { Estimate } from '../../base/statistics/estimate.js'
import { finish, pace, type Steps } from '../../base/steps.js'
import { powerOf, requireOrder, rootOf } from '../line/distance1dPower.js'
import { momentBetween } from '../line/distance1dToLaw.js'
import type { Law1d } from '../line/quantileLaw.js'
import { type PointCloud, requireCloud } from '../pointCloud.js'
import { requireSpaceLaw, type SpaceLaw } from './oneSampleLaw.js'

/** Halvings of a side: below 2^-40 of the box there is nothing to gain. */
const DEEPEST = 40

/**
 * A box around all atoms is halved along every axis, again and again. In a cell F with mass m to couple, atoms and law
 * give each part C the shares a_C and b_C: min(a_C, b_C) m stays in C and is coupled there, the rest, half of
 * sum |a_C - b_C| m, travels at most diam F. Where that is worse, everything in F is coupled as independent, at most
 * E|T - z|^p m. What f has outside the box is coupled as independent with the atoms.
 * @param X the cloud of atoms @param law with independent coordinates (`factors`) @param p in [1, Infinity)
 * @returns kind 'certified' (distribution functions to rounding; for p > 2 or unbounded laws up to quadrature error):
 * W_p(mu^N, f) <= high; low is 0
 * @throws TypeError, RangeError for what is no cloud, another dimension, or a law without factors
 * @source N. Fournier, A. Guillin 2015, Lemmas 5 and 6, doi:10.1007/s00440-014-0583-7
 * @example partitionBound(X, uniformCubeLaw(3), 1).high
 */
export function partitionBound(X: PointCloud, law: SpaceLaw, p: number): Estimate {
  return finish(partitionSteps(X, law, p))
}

/** {@link partitionBound} in steps. */
export function* partitionSteps(X: PointCloud, law: SpaceLaw, p: number): Steps<Estimate> {
  requireSpaceLaw(law)
  requireCloud('X', X)
  requireOrder(p, 'finite')
  const { factors } = law
  if (factors === undefined) throw new RangeError(`law must have independent coordinates (factors), got ${law.name}`)
  if (X.d !== law.d) throw new RangeError(`X.d must be the law's ${law.d}, got ${X.d}`)
  const method = 'dyadic partition coupling'
  if (factors.some(({ tailOrder }) => p >= tailOrder)) {
    return { value: Number.POSITIVE_INFINITY, low: 0, high: Number.POSITIVE_INFINITY, kind: 'certified', method }
  }
  const box = boundingBox(X, factors)
  const weight = X.weights ?? new Float64Array(X.n).fill(1 / X.n)
  const problem: Problem = { X, factors, p, weight, isTime: pace() }
  const inside = factors.reduce((mass, { cdf }, a) => mass * (cdf(box.high[a]!) - cdf(box.low[a]!)), 1)
  const atoms = Int32Array.from({ length: X.n }, (_, i) => i)
  const cost = inside > 0 ? inside * (yield* coupledCost(problem, atoms, box, 0, 0)) : 0
  const total = cost + outsideCost(problem, box, 1 - inside)
  // Shares are products of d quotients, costs sums of d squares, down the levels: far below this many roundings.
  const high = rootOf(total, p) * (1 + 64 * (law.d + DEEPEST) * Number.EPSILON)
  return { value: high, low: 0, high, kind: 'certified', method }
}

interface Problem {
  readonly X: PointCloud
  readonly factors: readonly Law1d[]
  readonly p: number
  /** Length n. */
  readonly weight: Float64Array
  readonly isTime: (operations: number) => boolean
}

/** What an atom takes in all its cells, about, in distances of two points; in one of them not more. */
export const ATOM = 500

interface Box {
  readonly low: Float64Array
  readonly high: Float64Array
}

/** The support where it is bounded, and all atoms. */
function boundingBox({ n, d, x }: PointCloud, factors: readonly Law1d[]): Box {
  const low = new Float64Array(d)
  const high = new Float64Array(d)
  for (let a = 0; a < d; a++) {
    const law = factors[a]!
    let least = Number.isFinite(law.low) ? law.low : x[a * n]!
    let most = Number.isFinite(law.high) ? law.high : x[a * n]!
    for (let i = 0; i < n; i++) {
      least = Math.min(least, x[a * n + i]!)
      most = Math.max(most, x[a * n + i]!)
    }
    low[a] = least
    high[a] = most
  }
  return { low, high }
}

/**
 * A bound of the cost, for mass 1, of coupling the atoms in a box with the law in it.
 * @param before number of atoms in the cells that are finished
 */
function* coupledCost(problem: Problem, atoms: Int32Array, box: Box, depth: number, before: number): Steps<number> {
  const { p, X, weight } = problem
  let mass = 0
  for (const i of atoms) mass += weight[i]!
  let independent = 0
  for (const i of atoms) {
    if (problem.isTime(ATOM * X.d)) yield { fraction: before / X.n, stage: '' }
    independent += (weight[i]! / mass) * costFromAtom(problem, i, box)
  }
  if (atoms.length === 1 || depth === DEEPEST) return independent
  const { d, n, x } = X
  const middle = box.low.map((low, a) => 0.5 * (low + box.high[a]!))
  const parts = new Map<number, number[]>()
  for (const i of atoms) {
    let code = 0
    for (let a = 0; a < d; a++) code = 2 * code + (x[a * n + i]! >= middle[a]! ? 1 : 0)
    const part = parts.get(code)
    if (part === undefined) parts.set(code, [i])
    else part.push(i)
  }
  // Share of the law below the middle, axis by axis.
  const below = box.low.map((low, a) => share(problem.factors[a]!, low, middle[a]!, box.high[a]!))
  let stays = 0
  let cost = 0
  let finished = before
  for (const [code, members] of parts) {
    let lawShare = 1
    let rest = code
    const part = { low: box.low.slice(), high: box.high.slice() }
    for (let a = d - 1; a >= 0; a--) {
      const upper = rest % 2
      rest = (rest - upper) / 2
      lawShare *= upper === 1 ? 1 - below[a]! : below[a]!
      if (upper === 1) part.low[a] = middle[a]!
      else part.high[a] = middle[a]!
    }
    let atomShare = 0
    for (const i of members) atomShare += weight[i]! / mass
    const common = Math.min(atomShare, lawShare)
    finished += members.length
    if (common <= 0) continue
    stays += common
    cost += common * (yield* coupledCost(problem, Int32Array.from(members), part, depth + 1, finished - members.length))
    if (cost >= independent) return independent
  }
  return Math.min(independent, cost + Math.max(0, 1 - stays) * powerOf(diameter(box), p))
}

/** P(low < T < middle) / P(low < T < high), one half where the law has no mass to rounding. */
function share({ cdf }: Law1d, low: number, middle: number, high: number): number {
  const [u, v, w] = [cdf(low), cdf(middle), cdf(high)]
  return w > u ? (v - u) / (w - u) : 0.5
}

/**
 * A bound of E[|T - z|^p | T in the box]: the farthest corner; and for p <= 2, by Jensen, (E|T - z|^2)^(p/2) from
 * partial moments where the box has enough mass for their difference.
 */
function costFromAtom({ X, factors, p }: Problem, i: number, box: Box): number {
  let square = 0
  for (let a = 0; a < X.d; a++) {
    const z = X.x[a * X.n + i]!
    const [low, high] = [box.low[a]!, box.high[a]!]
    const corner = Math.max(high - z, z - low)
    square += Math.min(corner * corner, p <= 2 ? meanSquare(factors[a]!, z, low, high) : Number.POSITIVE_INFINITY)
  }
  return powerOf(Math.sqrt(square), p)
}

/** E[(T - z)^2 | low < T < high] from above; Infinity where rounding would spoil it. */
function meanSquare(law: Law1d, z: number, low: number, high: number): number {
  const mass = law.cdf(high) - law.cdf(low)
  if (!(mass > 1e-6) || law.tailOrder <= 2) return Number.POSITIVE_INFINITY
  const first = law.partialMoment(1, high) - law.partialMoment(1, low)
  const second = law.partialMoment(2, high) - law.partialMoment(2, low)
  // Partial moments are right to a few units of the whole moment.
  const size = law.partialMoment(2, law.high) + z * z
  return Math.max(0, second - 2 * z * first + z * z * mass + 64 * Number.EPSILON * size) / mass
}

function diameter({ low, high }: Box): number {
  let square = 0
  for (let a = 0; a < low.length; a++) square += (high[a]! - low[a]!) ** 2
  return Math.sqrt(square)
}

/**
 * The cost of coupling the law outside the box with the atoms as independent, by Minkowski's inequality around the
 * centre c: (eps^(1/p) (mean |z - c|^p)^(1/p) + E[|T - c|^p; T outside]^(1/p))^p, eps the mass outside.
 */
function outsideCost({ X, factors, p, weight }: Problem, box: Box, epsilon: number): number {
  const { n, d, x } = X
  if (factors.every(({ low, high }) => Number.isFinite(low) && Number.isFinite(high))) return 0
  const center = factors.map(law => law.quantile(0.5))
  let atoms = 0
  for (let i = 0; i < n; i++) {
    let square = 0
    for (let a = 0; a < d; a++) square += (x[a * n + i]! - center[a]!) ** 2
    atoms += weight[i]! * powerOf(Math.sqrt(square), p)
  }
  const within = factors.map(({ cdf }, a) => cdf(box.high[a]!) - cdf(box.low[a]!))
  let moment = 0
  factors.forEach((law, a) => {
    const c = center[a]!
    const tails = tailMoment(law, p, c, box.low[a]!, box.high[a]!)
    const all = tailMoment(law, p, c, c, c)
    // Outside through this coordinate, or through another.
    const others = 1 - within.reduce((mass, share, b) => (b === a ? mass : mass * share), 1)
    moment += tails + all * Math.max(0, others)
  })
  // |v|^p <= d^max(p/2 - 1, 0) sum |v_a|^p.
  moment *= powerOf(d, Math.max(0, p / 2 - 1))
  return powerOf(rootOf(Math.max(0, epsilon) * atoms, p) + rootOf(moment, p), p)
}

/** E[|T - c|^p; T < low or T > high] from above; c may be anywhere. */
function tailMoment(law: Law1d, p: number, c: number, low: number, high: number): number {
  let sum = 0
  if (low > law.low) {
    const end = Math.min(low, c)
    sum += momentBetween(law, p, c, law.low, end).high
    if (c < low) sum += momentBetween(law, p, c, c, low).high
  }
  if (high < law.high) {
    const start = Math.max(high, c)
    sum += momentBetween(law, p, c, start, law.high).high
    if (high < c) sum += momentBetween(law, p, c, high, c).high
  }
  return sum
}
