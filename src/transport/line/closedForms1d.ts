/**
 * Expected distances of samples on the line, in closed form: oracles for solvers, for rates and for what a second
 * sample in place of the law does.
 */
import { requireInteger } from '../../base/errors.js'
import { gaussSum, integrate } from '../../base/numerics/quadrature.js'
import type { Estimate } from '../../base/statistics/estimate.js'
import { exact } from '../../base/statistics/estimate.js'
import { wasmCore } from '../../wasm/core.js'
import { type Law1d, requireLaw1d } from './quantileLaw.js'

/**
 * E W_2^2(mu^n, f) = 1/(6 n) for n uniform points on [0, 1] and f their law: E U_(i) = i/(n+1) in
 * E W_2^2 = 2/3 - 2 sum_i E U_(i) (2i - 1)/(2 n^2).
 * @param n >= 1
 * @example uniformOneSampleW2Squared(1) // 1/6
 */
export function uniformOneSampleW2Squared(n: number): number {
  return 1 / (6 * requireInteger('n', n, 1))
}

/**
 * E W_2^2(mu^n, nu^n) = 1/(3 (n + 1)) for two independent samples of n uniform points on [0, 1]:
 * (2/n) sum_i Var U_(i), Var U_(i) = i (n + 1 - i)/((n + 1)^2 (n + 2)). Against one sample: the factor 2 n/(n + 1).
 * @param n >= 1
 * @example uniformTwoSampleW2Squared(1) // 1/6
 */
export function uniformTwoSampleW2Squared(n: number): number {
  return 1 / (3 * (requireInteger('n', n, 1) + 1))
}

/**
 * E W_1(mu^n, nu^n) = 4^n / (2 (2n + 1) C(2n, n)) for two independent samples of n uniform points on [0, 1]: the pooled
 * 2n points have mean spacing 1/(2n + 1), and n times the difference of the distribution functions is a random bridge
 * of 2n steps, whose mean absolute area is n 4^n / (2 C(2n, n)).
 * @param n in [1, 1e7]
 * @example uniformTwoSampleW1(1) // 1/3
 */
export function uniformTwoSampleW1(n: number): number {
  requireInteger('n', n, 1, 1e7)
  let ratio = 1
  for (let k = 1; k <= n; k++) ratio *= (2 * k) / (2 * k - 1)
  return ratio / (2 * (2 * n + 1))
}

/**
 * E W_1(mu^n, f) for n uniform points on [0, 1]: int_0^1 E|B - n q| dq / n, B binomial (n, q), polynomial between
 * multiples of 1/n, so that Gauss's rule of n/2 + 2 points is exact.
 * @param n in [1, 1000]
 * @example uniformOneSampleW1(1) // 1/3
 */
export function uniformOneSampleW1(n: number): number {
  requireInteger('n', n, 1, 1000)
  const deviation = binomialDeviation(n)
  let sum = 0
  for (let k = 0; k < n; k++) sum += gaussSum(deviation, k / n, (k + 1) / n, Math.ceil(n / 2) + 2)
  return sum / n
}

/**
 * E W_1(mu^n, f) = int E|B - n F(t)| dt / n for n independent points with the law f on the line, by quadrature over t.
 * @param n in [1, 1000]
 * @returns 'estimated'; Infinity if f has no mean
 * @example expectedW1ToLaw(1, uniformLaw1d()).value // 1/3
 */
export function expectedW1ToLaw(n: number, law: Law1d): Estimate {
  requireInteger('n', n, 1, 1000)
  requireLaw1d('law', law)
  if (law.tailOrder <= 1) return exact(Number.POSITIVE_INFINITY, 'the law has no mean')
  const deviation = binomialDeviation(n)
  const breaks = Array.from({ length: n - 1 }, (_, k) => law.quantile((k + 1) / n))
  // Below the smallest quantile the upper tail is what is small.
  const integrand = (t: number): number => deviation(law.cdf(t)) / n
  return integrate(integrand, law.low, law.high, { breaks, tolerance: 1e-12, maxPanels: 20_000 })
}

/**
 * E W_2^2(mu^n, f) = 2 E T^2 - 2 sum_i E T_(i) E[T; T in the i-th of n equally likely intervals], for n independent
 * points with the law f on the line; the means of the order statistics by one quadrature.
 * @param n in [1, 1000]
 * @returns 'estimated'; Infinity if f has no second moment
 * @example expectedW2SquaredToLaw(2, gaussianLaw1d()).value // 2 - 2 sqrt(2)/pi
 */
export function expectedW2SquaredToLaw(n: number, law: Law1d): Estimate {
  requireInteger('n', n, 1, 1000)
  requireLaw1d('law', law)
  if (law.tailOrder <= 2) return exact(Number.POSITIVE_INFINITY, 'the law has no second moment')
  const center = law.partialMoment(1, law.high)
  const share = Float64Array.from({ length: n }, (_, i) => {
    const [from, to] = [i / n, (i + 1) / n]
    return law.partialMoment(1, law.quantile(to)) - law.partialMoment(1, law.quantile(from)) - center / n
  })
  const binomial = binomialCoefficients(n - 1)
  const { pow } = wasmCore()
  // The density of order statistic i is n C(n-1, i) F^i (1-F)^(n-1-i) f.
  const integrand = (t: number): number => {
    const density = law.density(t)
    if (density === 0) return 0
    const q = law.cdf(t)
    let sum = 0
    for (let i = 0; i < n; i++) sum += share[i]! * n * binomial[i]! * pow(q, i) * pow(1 - q, n - 1 - i)
    return (t - center) * density * sum
  }
  const { value, low, high } = integrate(integrand, law.low, law.high, { tolerance: 1e-12 })
  const variance = law.partialMoment(2, law.high) - center * center
  return {
    value: 2 * (variance - value),
    low: 2 * (variance - high),
    high: 2 * (variance - low),
    kind: 'estimated',
    method: 'quadrature of order statistics',
  }
}

/**
 * q -> E|B - n q| for B binomial (n, q): 2 v C(n, v) q^v (1 - q)^(n - v + 1), v = floor(n q) + 1.
 * @source De Moivre 1730; P. Diaconis, S. Zabell 1991, doi:10.1214/ss/1177011699
 */
function binomialDeviation(n: number): (q: number) => number {
  const binomial = binomialCoefficients(n)
  const { pow } = wasmCore()
  return q => {
    const v = Math.min(n, Math.floor(n * q) + 1)
    return 2 * v * binomial[v]! * pow(q, v) * pow(1 - q, n - v + 1)
  }
}

/** C(n, 0..n); n <= 1000 stays below 2.8e299. */
function binomialCoefficients(n: number): Float64Array {
  const row = new Float64Array(n + 1)
  row[0] = 1
  for (let k = 1; k <= n; k++) row[k] = (row[k - 1]! * (n - k + 1)) / k
  return row
}
