/**
 * What is not proved but computed for orientation: the typical maximum of many fluctuations if each were normal, and
 * the N at which a bound first says something. N is kept as a logarithm throughout.
 */
import { requireFunction, requireNumber, requireOptions, requirePositive } from '../base/errors.js'
import { findRoot } from '../base/numerics/roots.js'
import { erf } from '../base/numerics/special.js'

/**
 * The median of max_i |X_i| over n independent standard normal variables, n given by its logarithm: erfc(x/sqrt 2) = 1
 * - 2^(-1/n).
 * @param logCount ln n >= 0, of any size
 * @returns x, to about 1e-6 of itself
 * @example normalMaximumMedian(0) // 0.6745
 */
export function normalMaximumMedian(logCount: number): number {
  requireNumber('logCount', logCount, 0, Number.MAX_VALUE, 'a finite number >= 0')
  // ln(1 - 2^(-1/n)), which is ln(ln 2/n) for large n.
  const target = logCount > 30 ? Math.log(Math.LN2) - logCount : Math.log(-Math.expm1(-Math.LN2 * Math.exp(-logCount)))
  return findRoot(x => logTwoSidedTail(x) - target, 0, 2 + 2 * Math.sqrt(logCount + 1))
}

/**
 * ln erfc(x/sqrt 2), x >= 0: closed for small x, else the asymptotic series, whose first omitted term is < 2e-6 at x
 * = 5.
 */
export function logTwoSidedTail(x: number): number {
  if (x < 5) return Math.log(1 - erf(x * Math.SQRT1_2))
  const s = 1 / (x * x)
  const series = 1 - s * (1 - 3 * s * (1 - 5 * s * (1 - 7 * s * (1 - 9 * s))))
  return -0.5 * x * x - Math.log(x) + 0.5 * Math.log(2 / Math.PI) + Math.log(series)
}

/** Options of {@link lastCrossing}. */
export interface CrossingOptions {
  /** Where the search begins, from above, default 1e6; f must be below the level there. */
  readonly end?: number
  /** Ratio of neighbouring points of the search, > 1, default 1.01. */
  readonly step?: number
}

/**
 * The largest logN at which f(logN) reaches the level, for f that ends below it: the N from which on it stays below.
 * @param f function of ln N
 * @param level what it falls below
 * @returns ln N; 0 if f is below the level everywhere on the grid, Infinity if it is not below at the end
 * @example lastCrossing(logN => -logN, -10) // 10
 */
export function lastCrossing(f: (logN: number) => number, level: number, options: CrossingOptions = {}): number {
  requireOptions<CrossingOptions>('lastCrossing', options, { end: true, step: true })
  const { end = 1e6, step = 1.01 } = options
  requireFunction('f', f)
  requirePositive('end', end)
  requireNumber('step', step, 1 + 1e-9, 10)
  requireNumber('level', level, -Number.MAX_VALUE, Number.MAX_VALUE, 'a finite number')
  // Infinite values carry their sign only.
  const excess = (logN: number): number => Math.max(-1e300, Math.min(1e300, f(logN) - level))
  if (!(excess(end) < 0)) return Number.POSITIVE_INFINITY
  let above = end
  for (let logN = end / step; logN > 0.1; logN /= step) {
    if (excess(logN) >= 0) return findRoot(x => Math.sign(excess(x)) * Math.log1p(Math.abs(excess(x))), logN, above)
    above = logN
  }
  return 0
}
