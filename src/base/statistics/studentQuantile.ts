/**
 * Student's t distribution for whole degrees of freedom: how many standard errors an interval from few numbers takes.
 */
import { requireInteger, requireNumber } from '../errors.js'
import { findRoot } from '../numerics/roots.js'

/**
 * The t with P(|t_n| <= t) = level.
 * @param level in (0, 1)
 * @param n degrees of freedom, in [1, 1e6]
 * @example studentQuantile(0.95, 15) // 2.1314495455597742
 */
export function studentQuantile(level: number, n: number): number {
  requireNumber('level', level, Number.MIN_VALUE, 1 - Number.EPSILON, 'a number in (0, 1)')
  requireInteger('n', n, 1, 1e6)
  // t = sqrt(n) tan(angle): the range becomes finite.
  const angle = findRoot(x => centralProbability(x, n) - level, 0, Math.PI / 2)
  return Math.sqrt(n) * Math.tan(angle)
}

/** P(|t_n| <= sqrt(n) tan x): a finite trigonometric sum. @source Abramowitz and Stegun 26.7.3, 26.7.4 */
function centralProbability(x: number, n: number): number {
  const [sine, cosine] = [Math.sin(x), Math.cos(x)]
  const odd = n % 2 === 1
  let term = odd ? cosine : 1
  let sum = n === 1 ? 0 : term
  for (let k = odd ? 3 : 2; k < n; k += 2) {
    term *= ((k - 1) / k) * cosine * cosine
    sum += term
  }
  return odd ? (2 / Math.PI) * (x + sine * sum) : sine * sum
}
