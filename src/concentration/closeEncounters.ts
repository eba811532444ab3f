/**
 * Strong encounters of two particles without cut-off: how many pairs deflect each other by more than a given momentum.
 * N drops out of that number, which is why the largest |Psi - Phi| does not tend to 0 without cut-off. Called by the
 * claims beyond the paper.
 */
import { requireNumber, requireOptions, requirePositive } from '../base/errors.js'
import { integrate } from '../base/numerics/quadrature.js'
import { type Estimate, estimated } from '../base/statistics/estimate.js'

/** A freely streaming Gaussian and the momentum change asked for. */
export interface EncounterOptions {
  /** Change of one particle's momentum, Euclidean, > 0. */
  readonly kick: number
  /** Time, >= 0. */
  readonly T: number
  /** Standard deviation of each coordinate of q at t = 0, default 1. */
  readonly sigmaQ?: number
  /** Standard deviation of each coordinate of p, default 1. */
  readonly sigmaP?: number
}

/**
 * The expected number of pairs that change their momenta by more than `kick` in [0, T]. Two particles with the forces
 * +-q/(N|q|^3) of (5), relative speed u and impact parameter b: tan(theta/2) = 2/(N b u^2), and each momentum changes
 * by u sin(theta/2), whatever the sign. This exceeds x if and only if u > x and b^2 < (4/N^2)(1/(x^2 u^2) - 1/u^4).
 * With N^2/2 pairs,
 *   Lambda(x) = 2 pi int_0^T int int int f_t(q,p) f_t(q,p') (1/(x^2 u) - 1/u^3)_+ dq dp dp' dt,   u = |p - p'|,
 * without N. For f0 = N(0, sigma_q^2) x N(0, sigma_p^2) moving freely the relative momentum at one place has the
 * deviation s = sqrt 2 sigma_p sigma_q/S, S^2 = sigma_q^2 + sigma_p^2 t^2, in each coordinate, and int rho^2 = (4 pi
 * S^2)^(-3/2):
 *   Lambda(x) = 2 pi int_0^T (4 pi S^2)^(-3/2) sqrt(2/pi) s^(-3) [s^2 e^(-y)/x^2 - E_1(y)/2] dt,   y = x^2/(2 s^2).
 * The mean field moves the cloud too; for T about 1 its effect on Lambda is some per cent. Encounters far apart are
 * independent in the limit, so the largest kick has the distribution function e^(-Lambda(x)).
 * @returns kind 'estimated': the quadrature's error only
 * @throws TypeError, RangeError naming the argument
 * @source Rutherford's deflection; (5)
 * @example strongEncounters({ kick: 0.3, T: 1 }).value // 0.61550...
 */
export function strongEncounters(options: EncounterOptions): Estimate {
  requireOptions<EncounterOptions>('strongEncounters', options, { kick: true, T: true, sigmaQ: true, sigmaP: true })
  const { kick, T, sigmaQ = 1, sigmaP = 1 } = options
  requirePositive('kick', kick)
  requireNumber('T', T, 0, Number.MAX_VALUE, 'a finite number >= 0')
  requirePositive('sigmaQ', sigmaQ)
  requirePositive('sigmaP', sigmaP)
  const rate = (t: number): number => {
    const S = Math.hypot(sigmaQ, sigmaP * t)
    const s = (Math.SQRT2 * sigmaP * sigmaQ) / S
    const y = 0.5 * (kick / s) ** 2
    const places = (4 * Math.PI * S * S) ** -1.5
    return 2 * Math.PI * places * Math.sqrt(2 / Math.PI) * s ** -3 * ((s * s * Math.exp(-y)) / kick ** 2 - 0.5 * e1(y))
  }
  if (T === 0) return estimated(0, 0, 'no time')
  const { value, low, high } = integrate(rate, 0, T, { tolerance: 1e-9 })
  return { value, low, high, kind: 'estimated', method: 'Rutherford cross-section, free streaming' }
}

/**
 * The exponential integral E_1(y) = int_y^inf e^-t/t dt, y > 0: its series to 1, the continued fraction beyond. To
 * rounding.
 */
function e1(y: number): number {
  if (y > 700) return 0
  if (y <= 1) {
    let sum = -0.5772156649015329 - Math.log(y)
    let term = 1
    for (let k = 1; k < 30; k++) {
      term *= -y / k
      sum -= term / k
    }
    return sum
  }
  // Lentz's method for 1/(y + 1 - 1/(y + 3 - 4/(y + 5 - ...))).
  let b = y + 1
  let c = 1e300
  let d = 1 / b
  let h = d
  for (let k = 1; k < 500; k++) {
    const a = -k * k
    b += 2
    d = 1 / (a * d + b)
    c = b + a / c
    const factor = c * d
    h *= factor
    if (Math.abs(factor - 1) < 1e-16) break
  }
  return h * Math.exp(-y)
}
