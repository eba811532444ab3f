/**
 * Exact binomial tails and the Clopper-Pearson interval: how event probabilities are reported. Called by the claims
 * about events of the product measure.
 */
import { requireInteger, requireNumber } from '../errors.js'
import { findRoot } from '../numerics/roots.js'
import type { Estimate } from './estimate.js'

/**
 * The Clopper-Pearson interval of a probability of which `successes` out of `trials` independent trials were seen: low
 * solves P(X >= k; low) = (1 - level)/2 and high solves P(X <= k; high) = (1 - level)/2 for binomial X. It covers the
 * truth with probability >= level, whatever the truth is; 0 successes give low = 0, all give high = 1.
 * @param successes integer k in [0, trials]
 * @param trials integer n in [1, 1e7]
 * @param level in (0, 1), default 0.95
 * @returns the value k/n and the interval, exact to about 1e-12 of itself
 * @throws TypeError, RangeError for arguments outside their range
 * @source Clopper and Pearson 1934, doi:10.1093/biomet/26.4.404
 * @example clopperPearson(0, 100).high // 1 - 0.025^(1/100) = 0.0362
 */
export function clopperPearson(successes: number, trials: number, level: number = 0.95): Estimate {
  requireInteger('trials', trials, 1, 1e7)
  requireInteger('successes', successes, 0, trials)
  requireNumber('level', level, Number.MIN_VALUE, 1 - Number.EPSILON, 'a number in (0, 1)')
  const tail = (1 - level) / 2
  const value = successes / trials
  const low =
    successes === 0
      ? 0
      : successes === trials
        ? Math.exp(Math.log(tail) / trials)
        : findRoot(p => binomialTail(successes, trials, p) - tail, 0, value)
  const high =
    successes === trials
      ? 1
      : successes === 0
        ? -Math.expm1(Math.log(tail) / trials)
        : findRoot(p => binomialTail(trials - successes, trials, 1 - p) - tail, value, 1)
  return { value, low, high, kind: 'confidence', level, method: `Clopper-Pearson, ${successes} of ${trials}` }
}

/**
 * P(X >= k) for X binomial with n trials of probability p, which is the regularised incomplete beta I_p(k, n - k + 1).
 * The probability of the first term comes from Loader's saddle-point form, the rest of the sum from the ratios of
 * neighbours, from the side of k on which the terms fall: all terms are positive. Relative error below (terms + 1e2)
 * 2^-52 where the sum is the answer, the same absolutely where it is the complement; some 10 sqrt(n) terms.
 * @param k integer in [0, n + 1]
 * @param n integer >= 1
 * @param p in [0, 1]
 * @source Loader 2000, Fast and accurate computation of binomial probabilities
 * @example binomialTail(1, 2, 0.5) // 0.75
 */
export function binomialTail(k: number, n: number, p: number): number {
  requireInteger('n', n, 1, 1e7)
  requireInteger('k', k, 0, n + 1)
  requireNumber('p', p, 0, 1)
  if (k === 0) return 1
  if (k > n || p === 0) return 0
  if (p === 1) return 1
  if (k > n * p) return upwards(k, n, p)
  // Fewer than k successes are more than n - k failures.
  return 1 - upwards(n - k + 1, n, 1 - p)
}

/** The sum from k upwards, k above the mean, where terms fall. */
function upwards(k: number, n: number, p: number): number {
  let term = 1
  let sum = 1
  const odds = p / (1 - p)
  for (let j = k; j < n; j++) {
    term *= (odds * (n - j)) / (j + 1)
    sum += term
    if (term < 1e-18 * sum) break
  }
  return sum * binomialPoint(k, n, p)
}

/** P(X = k), 0 <= k <= n. */
function binomialPoint(k: number, n: number, p: number): number {
  if (k === 0) return Math.exp(n * Math.log1p(-p))
  if (k === n) return Math.exp(n * Math.log(p))
  const rest = stirlingError(n) - stirlingError(k) - stirlingError(n - k)
  const exponent = rest - deviance(k, n * p) - deviance(n - k, n * (1 - p))
  return Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * k * (n - k)))
}

/**
 * ln n! - (n + 1/2) ln n + n - ln(2 pi)/2: summed for small n, else Stirling's series, whose next term is < 1e-17 at
 * 16.
 */
function stirlingError(n: number): number {
  if (n < 16) {
    let factorial = 1
    for (let i = 2; i <= n; i++) factorial *= i
    return Math.log(factorial) - (n + 0.5) * Math.log(n) + n - 0.5 * Math.log(2 * Math.PI)
  }
  const s = 1 / (n * n)
  return (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - (s * 691) / 360360))))) / n
}

/** x ln(x/m) + m - x, by a series where it would cancel. */
function deviance(x: number, m: number): number {
  const difference = x - m
  const v = difference / (x + m)
  if (Math.abs(v) > 0.1) return x * Math.log(x / m) + m - x
  // ln(x/m) = 2 artanh v.
  let sum = difference * v
  let power = 2 * x * v
  for (let j = 3; ; j += 2) {
    power *= v * v
    const next = sum + power / j
    if (next === sum) return sum
    sum = next
  }
}
