/**
 * The counter-example to (38) for T -> 0: rho = (8/pi^2)(1 + r^2)^-4 times a bounded, compactly supported law of p,
 * k = 4 moments. Its tail is P(|q| > R) = (32/pi) int_R^inf r^2 (1 + r^2)^-4 dr, between (1 + R^-2)^-4 and 1 times
 * (32/(5 pi)) R^-5. Used by the claims on Theorem 4.4.
 */
import { type Estimate, exact } from '../../base/statistics/estimate.js'

/** Where the example is evaluated. */
export const FAR_PARTICLE = { p: 1, k: 4, tail: 5, gamma: 0.16, delta: 0.3, logN: 800 } as const

/**
 * Logarithms of P[W_1 > N^(-gamma + 1 - 3 delta)] at t = 0, from below, and of what (38) allows, C_1
 * e^(-c N^(1 - 6 gamma)) with C_1 = 1e6, c = 1e-6.
 * @example farParticle().probability.low > farParticle().allowed.high // true
 */
export function farParticle(): { readonly probability: Estimate; readonly allowed: Estimate } {
  const { p, gamma, delta, logN } = FAR_PARTICLE
  const logXi = (-gamma + 1 - 3 * delta) * logN
  const logR = Math.LN2 + (Math.LN2 + logN) / p + logXi
  const front = Math.log(32 / (5 * Math.PI))
  const halfTail = front - 5 * (logR - Math.LN2)
  // f_0(|q| > R/2) <= 1/(2N), so that half of the far particle's mass has to travel R/2.
  if (!(halfTail <= -Math.LN2 - logN)) throw new RangeError(`logN must be large enough for the example, got ${logN}`)
  const logTail = front - 5 * logR - 4 * Math.log1p(Math.exp(-2 * logR))
  // 1 - (1 - x)^N >= N x/2 for N x <= 1.
  const lower = logN + logTail - Math.LN2
  return {
    probability: exact(lower, 'one particle beyond R, density (8/pi^2)(1 + |q|^2)^-4', 1e-12),
    allowed: exact(Math.log(1e6) - 1e-6 * Math.exp((1 - 6 * gamma) * logN), 'evaluated at log N = 800', 1e-9),
  }
}
