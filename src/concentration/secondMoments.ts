/**
 * Exact second moments of the fluctuations: what measurements are compared with, instead of a bare power of N. Called
 * by the claims of section 7 and their figures.
 */
import { requireN, requireNumber } from '../base/errors.js'
import { integrate } from '../base/numerics/quadrature.js'
import { type Estimate, estimated } from '../base/statistics/estimate.js'
import type { Law } from '../law/law.js'
import { majorantConvolution } from '../law/meanField/majorantConvolution.js'
import { kinksOf, meanOf, type PairSource, radialOf, reachOf, requireSource, sizeOf } from './pairSource.js'
import { radialTable } from './radialTable.js'

/** Second moments for one law and one pair function h; |.| is Euclidean. */
export interface SecondMoments {
  /** E|h(q_1 - q_2)|^2 = int rho (|h|^2 * rho). */
  readonly square: Estimate
  /** E|h*rho(q_1)|^2 = int rho |h*rho|^2. */
  readonly meanSquare: Estimate
  /** Var of one summand given |q_1| = r: |h|^2*rho(r) - |h*rho(r)|^2 (for a force the sum over components). */
  variance(r: number): Estimate
  /**
   * E|(1/N) sum_{j != i} h(q_i - q_j) - h*rho(q_i)|^2 = (N-1)/N^2 (square - meanSquare) + meanSquare/N^2: the second
   * term is the bias from the N - 1 terms that are divided by N.
   */
  deviation(N: number): Estimate
}

/**
 * The second moments by quadrature. Closed form for the uniform unit ball and the kernel (4), by the density
 * 3 s^2 - (9/4) s^3 + (3/16) s^5 of the distance of two points: square = 18/(5 r_c) - 3/2 - (9/4) ln(2/r_c) - 9
 * r_c^2/128, r_c <= 2.
 * @param law spherically symmetric about 0, with a density
 * @param tolerance relative, of the tables, default 1e-8
 * @returns estimates whose intervals contain the errors of tables and quadratures
 * @throws RangeError for another law, or h unbounded
 * @source (54) with M = 1
 * @example secondMoments(uniformBallLaw(), cutoffKernel({ N: 1000, delta: 1 / 3 })).square.value // 36 - 3/2 - ... = 27.75...
 */
export function secondMoments(law: Law, source: PairSource, tolerance: number = 1e-8): SecondMoments {
  const radial = radialOf(law)
  requireSource(source)
  requireNumber('tolerance', tolerance, 1e-12, 1e-2)
  const size = sizeOf(source)
  const squared = majorantConvolution(law, { value: r => size(r) ** 2, breaks: source.breaks }).radial!
  const mean = meanOf(law, source)
  const high = reachOf(radial)
  const kinks = kinksOf(radial, source)
  const average = (f: (r: number) => number): Estimate => {
    const table = radialTable(f, high, kinks, tolerance)
    const weight = (r: number): number => 4 * Math.PI * r * r * radial.density(r)
    const result = integrate(r => weight(r) * table.at(r), 0, high, { breaks: kinks, tolerance: 1e-12 })
    const beyond = (1 - radial.enclosedMass(high)) * Math.abs(f(high))
    return estimated(
      result.value,
      result.high - result.value + table.error + beyond,
      'averages over spheres, tabulated',
    )
  }
  const square = average(r => squared(r).value)
  const meanSquare = average(r => mean(r).value ** 2)
  const errors = (e: Estimate): number => e.high - e.value
  return {
    square,
    meanSquare,
    variance: r => {
      const [all, a] = [squared(r), mean(r)]
      return estimated(all.value - a.value ** 2, errors(all) + 2 * Math.abs(a.value) * errors(a), 'quadrature')
    },
    deviation: N => {
      requireN(N)
      const share = (N - 1) / N / N
      const value = share * (square.value - meanSquare.value) + meanSquare.value / N / N
      return estimated(value, share * (errors(square) + errors(meanSquare)) + errors(meanSquare) / N / N, 'quadrature')
    },
  }
}
