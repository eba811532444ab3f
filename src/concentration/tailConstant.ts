/**
 * The constant C_kappa that Proposition 7.2 leaves open, computed.
 */
import { requireNumber, requireOptions, requirePositive } from '../base/errors.js'
import { maximizeLocally } from '../base/numerics/optimize.js'
import { requireSummand, type Summand } from './summand.js'
import { bernsteinBound } from './tailBounds.js'

/** What Proposition 7.2 is about, N left open. */
export interface TailProblem {
  readonly summand: Summand
  /** Cut-off exponent, >= 0. */
  readonly delta: number
  /** ||rho||_inf, > 0. */
  readonly rhoSup: number
  /** The threshold is N^-beta. */
  readonly beta: number
}

const STEP = 1.01

/**
 * ln C_kappa with P <= C_kappa N^-kappa for all N >= 1, from Bernstein's bound or the trivial 1, whichever is smaller:
 * max over N of N^kappa min{1, bound}. It is about N_*^kappa, where N_* is the N from which the bound says something.
 * @param kappa > 0
 * @returns natural logarithm; Infinity where (51) fails, so that no such constant follows
 * @throws RangeError naming the argument
 * @source (52)
 * @example tailConstant({ summand: majorantSummand('printed'), delta: 0.3, rhoSup: 0.2387, beta: 0 }, 1) / Math.LN10 // 44.466...
 */
export function tailConstant(options: TailProblem, kappa: number): number {
  requireOptions<TailProblem>('tailConstant', options, { summand: true, delta: true, rhoSup: true, beta: true })
  const { summand, delta, rhoSup, beta } = options
  requireSummand(summand)
  requireNumber('delta', delta, 0, Number.MAX_VALUE, 'a finite number >= 0')
  requirePositive('rhoSup', rhoSup)
  requirePositive('kappa', kappa)
  requireNumber('beta', beta, -Number.MAX_VALUE, Number.MAX_VALUE, 'a finite number')
  if (!(delta < admissibleDelta(summand.alpha, beta))) return Number.POSITIVE_INFINITY
  const value = (logN: number): number =>
    kappa * logN + Math.min(0, bernsteinBound({ summand, logN, delta, rhoSup, logThreshold: -beta * logN }))
  let best = 0
  let at = 0
  // Beyond the last grid point with a bound above N^-kappa/2 both terms of Bernstein's exponent only grow.
  for (let logN = 0.1; logN < 1e7; logN *= STEP) {
    const here = value(logN)
    if (here > best) [best, at] = [here, logN]
  }
  if (at * STEP * STEP > 1e7) return Number.POSITIVE_INFINITY
  const refined = maximizeLocally(([x]) => (x! > 0 ? value(x!) : Number.NEGATIVE_INFINITY), [at], 0.01 * at)
  return Math.max(best, refined.value)
}

/**
 * The right side of (51): min{(1 - 2 beta)/(2 alpha - 3), (1 - beta)/alpha}.
 * @param alpha in [2, 3]
 * @example admissibleDelta(3, 0) // 1/3
 */
export function admissibleDelta(alpha: number, beta: number): number {
  requireNumber('alpha', alpha, 2, 3)
  requireNumber('beta', beta, -Number.MAX_VALUE, Number.MAX_VALUE, 'a finite number')
  return Math.min((1 - 2 * beta) / (2 * alpha - 3), (1 - beta) / alpha)
}
