/**
 * How exact a force needs to be before its error drowns in the fluctuations that the theorems are about.
 */
import { requireDelta, requireInteger, requireN, requireOptions } from '../base/errors.js'

/** Options of {@link fluctuationTolerance}. */
export interface FluctuationToleranceOptions {
  readonly N: number
  readonly delta: number
  /** Dimension, default 3; above 3 the same as for 3. */
  readonly d?: number
}

/** The part of the fluctuation that the force error may reach. */
const SHARE = 0.01

/**
 * The relative force tolerance at which the force error is 1 % of the fluctuation N^(-(1-delta)/2) of the microscopic
 * force around the mean field: 0.01 N^(-(1 - min(delta, 1/3))/2).
 *
 * For q_1, ..., q_N independent with density rho, (K_N)_i has the conditional variance
 * <= (1/N) int |k^N_delta|^2 rho <= 4 pi ||rho||_inf (1/N) (int_0^rc r^2/rc^6 r^2 dr + int_rc^inf r^-4 r^2 dr)
 * = (24 pi/5) ||rho||_inf N^(-1+delta), r_c = N^-delta: the fluctuation is of order N^(-(1-delta)/2) in units in which
 * rho and the mean force k*rho are of order 1. The tolerance is relative to the root mean square of the force,
 * ||error||_2 / ||K_N||_2, which in these units is of order 1: 0.77 for the uniform unit ball, where the fluctuation is
 * 2.4 N^(-(1-delta)/2) of it, so that the error is then below half a per cent of the fluctuation.
 *
 * For delta > 1/3 that variance is due to pairs nearer than the typical nearest neighbour, N^(-1/3), which are rare;
 * the typical fluctuation stays at N^(-1/3) (Holtsmark), and so does the tolerance, also without cut-off.
 *
 * In the plane int |k^N_delta|^2 rho <= 2 pi ||rho||_inf (1/4 + log(R/r_c)) + R^-2: the fluctuation is of order
 * N^(-1/2) up to the root of a logarithm, for every delta, and the tolerance is 0.01 N^(-1/2).
 * @param options N >= 1, delta in [0, Infinity], d 3 (default) or 2
 * @throws TypeError, RangeError for N or delta outside their range
 * @source (6), (15), Proposition 7.2
 * @example fluctuationTolerance({ N: 10000, delta: 0.25 }) // 0.01 * 10000 ** -0.375 = 3.16e-4
 */
export function fluctuationTolerance(options: FluctuationToleranceOptions): number {
  requireOptions<FluctuationToleranceOptions>('fluctuationTolerance', options, { N: true, delta: true, d: true })
  const { N, delta, d = 3 } = options
  requireN(N)
  requireDelta(delta)
  requireInteger('d', d, 2)
  if (d === 2) return SHARE / Math.sqrt(N)
  return SHARE * N ** (-(1 - Math.min(delta, 1 / 3)) / 2)
}
