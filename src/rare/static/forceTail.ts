/**
 * P(max_i |K_i - Kbar_i|_inf >= L) at one time, the event of Proposition 7.2, down to 1e-12 and below: importance
 * sampling with one particle's sum tilted.
 */
import { requireOptions } from '../../base/errors.js'
import { eventTails, type StaticTailOptions, TAIL_OPTIONS } from './eventTails.js'
import { staticEvent } from './staticEvent.js'
import type { ForceTail } from './weightedEstimate.js'

/** What is asked. */
export interface ForceTailOptions extends StaticTailOptions {}

/**
 * The probability that the law of large numbers fails by L at t = 0, K_i = (1/N) sum_{j != i} k(q_i - q_j) with the
 * kernel (4), Kbar = k*rho, for each threshold L.
 *
 * With C the number of (particle, component, sign) at or above L and A_1 = {(K_1 - Kbar_1)_1 >= L}, exchangeability and
 * the symmetry of the cube give P = 6 N E[1_{A_1}/C]. Given q_1 the sum is one of independent terms: they are drawn
 * with the density tilted by exp(theta h)/M(theta, q_1), theta the saddlepoint of q_1; q_1 itself from a normal law
 * that a first part of the samples chose, mixed with the law rho. The weight is exact: rho/g (q_1) exp(-theta sum h)
 * M^(N-1) 6 N/C.
 * @throws TypeError, RangeError naming the argument before any work; the signal's reason when it is aborted
 * @source Proposition 7.2, Definition 7.1; Owen, Maximov, Chertkov 2019, arXiv:1710.06965 (the division by C)
 * @example
 * const [tail] = await forceTail({ N: 16, delta: 0.25, thresholds: [1.5], seed: 1, samples: 400 })
 * tail.value < tail.union // true
 */
export async function forceTail(options: ForceTailOptions): Promise<readonly ForceTail[]> {
  requireOptions<ForceTailOptions>('forceTail', options, TAIL_OPTIONS)
  return eventTails('forceTail', staticEvent(options), 'static', options)
}
