/**
 * W_p between a cloud and a law on the line: the one-sample distance of Theorem 9.3 where it is known exactly.
 */

import { integrate } from '../../base/numerics/quadrature.js'
import { type Estimate, estimated, exact } from '../../base/statistics/estimate.js'
import { wasmCore } from '../../wasm/core.js'
import type { PointCloud } from '../pointCloud.js'
import { requireLine } from './distance1d.js'
import { powerOf, requireOrder, rootOf } from './distance1dPower.js'
import { type Law1d, requireLaw1d } from './quantileLaw.js'
import { stepsOf } from './quantileMerge.js'

/**
 * W_p(mu, f) = (sum_i int_{a_i}^{b_i} |F^-1(u) - x_i|^p du)^(1/p), the points in increasing order with levels (a_i,
 * b_i). p = 1 and 2: closed, by partial moments of f. p = Infinity: closed, and Infinity unless the support is bounded.
 * Other p: quadrature of |t - x_i|^p f(t). Infinity if f has no p-th moment.
 * @param X a cloud with d = 1
 * @param p in [1, Infinity]
 * @returns 'exact' (the interval is rounding) for the closed cases, 'estimated' (quadrature error) otherwise
 * @throws TypeError, RangeError for what is no cloud on the line, and p outside [1, Infinity]
 * @example distance1dToLaw({ n: 1, d: 1, x: Float64Array.of(0.5) }, uniformLaw1d(), 1).value // 0.25
 */
export function distance1dToLaw(X: PointCloud, law: Law1d, p: number): Estimate {
  requireLine('X', X)
  requireLaw1d('law', law)
  requireOrder(p, 'or Infinity')
  const { x, level } = stepsOf(X)
  if (p === Number.POSITIVE_INFINITY) return supremum(x, level, law)
  if (p >= law.tailOrder) return exact(Number.POSITIVE_INFINITY, `the law has no moment of order ${p}`)
  if (p === 1) return firstPower(x, level, law)
  if (p === 2) return secondPower(x, level, law)
  return byQuadrature(x, level, law, p)
}

/** Calls back with each point and the ends of its interval in the law's own space. */
function pieces(
  x: Float64Array,
  level: Float64Array,
  law: Law1d,
  visit: (x: number, from: number, to: number, begin: number, end: number) => void,
): void {
  let from = law.quantile(0)
  let begin = 0
  for (let k = 0; k < x.length; k++) {
    const end = k + 1 === x.length ? 1 : level[k]!
    const to = law.quantile(end)
    visit(x[k]!, from, to, begin, end)
    begin = end
    from = to
  }
}

function supremum(x: Float64Array, level: Float64Array, law: Law1d): Estimate {
  let largest = 0
  let reach = 0
  pieces(x, level, law, (point, from, to) => {
    largest = Math.max(largest, Math.abs(point - from), Math.abs(point - to))
    reach = Math.max(reach, Math.abs(point))
  })
  if (largest === Number.POSITIVE_INFINITY) return exact(largest, 'the law has unbounded support')
  return withRounding(largest, 4 * Number.EPSILON * (reach + Math.abs(law.low) + Math.abs(law.high)), 'quantiles')
}

/**
 * int |Q - x| = x (c - a) - (M(t) - M(from)) + (M(to) - M(t)) - x (b - c), t between the ends and nearest to x, c =
 * F(t).
 */
function firstPower(x: Float64Array, level: Float64Array, law: Law1d): Estimate {
  const total = Math.abs(law.partialMoment(1, law.quantile(0.5))) + Math.abs(law.partialMoment(1, law.high))
  let sum = 0
  let rounding = 0
  pieces(x, level, law, (point, from, to, begin, end) => {
    const t = Math.min(to, Math.max(from, point))
    const c = t === from ? begin : t === to ? end : law.cdf(t)
    const middle = law.partialMoment(1, t)
    sum += point * (c - begin) - (middle - law.partialMoment(1, from))
    sum += law.partialMoment(1, to) - middle - point * (end - c)
    // Moments and distribution functions are right to a few units of their own size.
    rounding += 8 * Number.EPSILON * (2 * total + Math.abs(point))
  })
  return withRounding(Math.max(0, sum), rounding, 'partial first moments')
}

/** E T^2 - sum 2 x_i (M(to) - M(from)) + sum x_i^2 (b - a), with x counted from the law's median. */
function secondPower(x: Float64Array, level: Float64Array, law: Law1d): Estimate {
  const center = law.quantile(0.5)
  const first = (t: number, u: number): number => law.partialMoment(1, t) - center * u
  const all = law.partialMoment(2, law.high) - 2 * center * law.partialMoment(1, law.high) + center * center
  let cross = 0
  let squares = 0
  let size = 0
  pieces(x, level, law, (point, from, to, begin, end) => {
    const y = point - center
    cross += y * (first(to, end) - first(from, begin))
    squares += y * y * (end - begin)
    size += Math.abs(y) * (Math.abs(center) + Math.abs(law.partialMoment(1, law.high)) + Math.sqrt(all))
  })
  const square = Math.max(0, all - 2 * cross + squares)
  const scale = law.partialMoment(2, law.high) + center * center + squares
  const rounding = 8 * Number.EPSILON * (scale + size)
  const value = Math.sqrt(square)
  return {
    value,
    low: Math.sqrt(Math.max(0, square - rounding)),
    high: Math.sqrt(square + rounding),
    kind: 'exact',
    method: 'partial first and second moments',
  }
}

function byQuadrature(x: Float64Array, level: Float64Array, law: Law1d, p: number): Estimate {
  let sum = 0
  let error = 0
  const add = (point: number, from: number, to: number): void => {
    if (!(from < to)) return
    const { value, high } = momentBetween(law, p, point, from, to)
    sum += value
    error += high - value
  }
  pieces(x, level, law, (point, from, to) => {
    const t = Math.min(to, Math.max(from, point))
    add(point, from, t)
    add(point, t, to)
  })
  const value = rootOf(sum, p)
  const half = Math.max(value - rootOf(Math.max(0, sum - error), p), rootOf(sum + error, p) - value)
  return estimated(value, half + 4 * Number.EPSILON * value, 'Gauss-Kronrod quadrature between quantiles')
}

/**
 * E[|T - point|^p; from < T < to] by quadrature, for a point that is not inside (from, to). A tail is integrated in s,
 * t = end + width (e^s - 1), where power laws decay exponentially, up to where the density nearly underflows; a power
 * law's rest is added, and counted as error.
 * @returns 'estimated'
 */
export function momentBetween(law: Law1d, p: number, point: number, from: number, to: number): Estimate {
  const integrand = (t: number): number => powerOf(Math.abs(t - point), p) * law.density(t)
  const options = { tolerance: 1e-11, maxPanels: 400 }
  if (Number.isFinite(from) && Number.isFinite(to)) return integrate(integrand, from, to, options)
  if (!Number.isFinite(from) && !Number.isFinite(to)) {
    const parts = [momentBetween(law, p, point, from, point), momentBetween(law, p, point, point, to)]
    const value = parts[0]!.value + parts[1]!.value
    return estimated(value, parts[0]!.high + parts[1]!.high - value, parts[0]!.method)
  }
  const [end, direction] = Number.isFinite(from) ? [from, 1] : [to, -1]
  const width = law.quantile(0.75) - law.quantile(0.25)
  let decades = 10
  while (decades < 280 && law.density(end + direction * width * 10 ** (decades + 10)) > 1e-290) decades += 10
  const { exp } = wasmCore()
  const last = decades * Math.LN10
  const inLogarithm = (s: number): number => {
    const factor = exp(s)
    const value = integrand(end + direction * width * (factor - 1))
    return value === 0 ? 0 : width * factor * value
  }
  const tail = integrate(inLogarithm, 0, last, options)
  if (law.tailOrder === Number.POSITIVE_INFINITY) return tail
  const far = width * exp(last)
  const rest = (far / (law.tailOrder - p)) * integrand(end + direction * far)
  return estimated(tail.value + rest, tail.high - tail.value + rest, tail.method)
}

function withRounding(value: number, error: number, method: string): Estimate {
  return { value, low: Math.max(0, value - error), high: value + error, kind: 'exact', method }
}
