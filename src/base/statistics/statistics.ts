/**
 * What measurements are judged by: the Kolmogorov-Smirnov test, means with standard errors, slopes in log-log plots.
 */

import { quote, requireFunction, requireLength } from '../errors.js'
import { requireNumbers } from '../shape.js'

/** The Kolmogorov-Smirnov statistic of a sample and its p-value. */
export interface KolmogorovSmirnov {
  /** D = sup_x |F_n(x) - F(x)|. */
  readonly statistic: number
  /** P(D_n >= statistic) if the sample follows F. */
  readonly pValue: number
}

/**
 * The one-sample Kolmogorov-Smirnov test of a sample against a continuous distribution function. The p-value is
 * Kolmogorov's limit law, 2 sum_k (-1)^{k-1} e^{-2 k^2 x^2}, at x = (sqrt n + 0.12 + 0.11/sqrt n) D: Stephens'
 * correction makes it accurate to about 1 % of itself for n >= 5 in the tail, enough for tests, not for tables.
 * @param sample n >= 1 numbers, in any order; not changed
 * @param cdf the distribution function, increasing from 0 to 1
 * @throws RangeError if the sample is empty or has a NaN, or cdf leaves [0, 1]
 * @source Kolmogorov 1933; Stephens 1970, doi:10.1111/j.2517-6161.1970.tb00821.x
 * @example kolmogorovSmirnov([0.1, 0.5, 0.9], x => x).statistic // 0.2333...
 */
export function kolmogorovSmirnov(sample: ArrayLike<number>, cdf: (x: number) => number): KolmogorovSmirnov {
  requireNumbers('sample', sample)
  requireFunction('cdf', cdf)
  const n = sample.length
  if (!(n >= 1)) throw new RangeError(`sample must hold at least 1 number, got ${quote(sample)}`)
  const sorted = Float64Array.from(sample).sort()
  let statistic = 0
  for (let i = 0; i < n; i++) {
    const F = cdf(sorted[i]!)
    if (!(F >= 0 && F <= 1)) throw new RangeError(`cdf must be in [0, 1], got ${F} at ${sorted[i]}`)
    statistic = Math.max(statistic, (i + 1) / n - F, F - i / n)
  }
  const root = Math.sqrt(n)
  return { statistic, pValue: kolmogorovTail((root + 0.12 + 0.11 / root) * statistic) }
}

/**
 * Q(x) = P(K >= x) of Kolmogorov's limit distribution, by the series that converges at once: theta-function form
 * 1 - sqrt(2 pi)/x sum e^{-(2k-1)^2 pi^2/(8 x^2)} for x < 1.18, the alternating series above. Absolute error < 1e-15.
 * @param x >= 0
 * @example kolmogorovTail(1.3580986393225507) // 0.05
 */
export function kolmogorovTail(x: number): number {
  if (!(x > 0)) return 1
  let sum = 0
  if (x < 1.18) {
    for (let k = 1; k <= 9; k += 2) sum += Math.exp(-((k * Math.PI) ** 2) / (8 * x * x))
    return Math.min(1, Math.max(0, 1 - (Math.sqrt(2 * Math.PI) / x) * sum))
  }
  for (let k = 1; k <= 6; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * (k * x) ** 2)
  return sum
}

/** The mean of a sample and its standard error. */
export interface MeanAndStandardError {
  readonly mean: number
  /** s/sqrt(n) with the unbiased variance s^2; NaN for n = 1. */
  readonly standardError: number
  readonly n: number
}

/**
 * The mean of a sample and its standard error (Welford's recurrence).
 * @throws RangeError for an empty sample
 * @example meanAndStandardError([1, 2, 3]) // { mean: 2, standardError: 0.577..., n: 3 }
 */
export function meanAndStandardError(sample: ArrayLike<number>): MeanAndStandardError {
  requireNumbers('sample', sample)
  const n = sample.length
  if (!(n >= 1)) throw new RangeError(`sample must hold at least 1 number, got ${quote(sample)}`)
  let mean = 0
  let squares = 0
  for (let i = 0; i < n; i++) {
    const step = sample[i]! - mean
    mean += step / (i + 1)
    squares += step * (sample[i]! - mean)
  }
  return { mean, standardError: n > 1 ? Math.sqrt(squares / (n - 1) / n) : Number.NaN, n }
}

/** A straight line through points in a log-log plot. */
export interface LogLogSlope {
  readonly slope: number
  /** ln y at ln x = 0. */
  readonly intercept: number
  /** Of the slope, from the residuals; NaN for two points. */
  readonly standardError: number
  /** Slopes between neighbouring points, length n - 1: constant if and only if y is a power of x. */
  readonly local: Float64Array
}

/**
 * The least-squares slope of ln y against ln x. The standard error takes the residuals for independent noise; where the
 * local slopes drift, y is no power law and it means nothing.
 * @param x n >= 2 numbers > 0, not all equal
 * @param y as many, > 0
 * @throws RangeError for arrays of unequal length, fewer than 2 points, values not > 0, or a single abscissa
 * @example logLogSlope([1, 2, 4], [3, 12, 48]).slope // 2
 */
export function logLogSlope(x: ArrayLike<number>, y: ArrayLike<number>): LogLogSlope {
  requireNumbers('x', x)
  const n = x.length
  if (!(n >= 2)) throw new RangeError(`x must hold at least 2 numbers, got ${quote(x)}`)
  requireLength('y', y, n)
  const logs = (name: string, values: ArrayLike<number>): number[] =>
    Array.from(values, (value, i) => {
      if (!(value > 0 && Number.isFinite(value))) {
        throw new RangeError(`${name}[${i}] must be a finite number > 0, got ${value}`)
      }
      return Math.log(value)
    })
  const u = logs('x', x)
  const v = logs('y', y)
  const mean = (w: readonly number[]): number => w.reduce((sum, value) => sum + value, 0) / n
  const [meanU, meanV] = [mean(u), mean(v)]
  let uu = 0
  let uv = 0
  for (let i = 0; i < n; i++) {
    uu += (u[i]! - meanU) ** 2
    uv += (u[i]! - meanU) * (v[i]! - meanV)
  }
  if (!(uu > 0)) throw new RangeError(`x must hold two different numbers, got only ${x[0]}`)
  const slope = uv / uu
  const intercept = meanV - slope * meanU
  let residual = 0
  for (let i = 0; i < n; i++) residual += (v[i]! - intercept - slope * u[i]!) ** 2
  const local = Float64Array.from({ length: n - 1 }, (_, i) => (v[i + 1]! - v[i]!) / (u[i + 1]! - u[i]!))
  return { slope, intercept, standardError: Math.sqrt(residual / (n - 2) / uu), local }
}
