/**
 * The profile of the kernel (4).
 */
import { exact } from '../../base/statistics/estimate.js'
import { largest, localPotential, type ProfileRecord, type Supremum, unbounded } from './profile.js'

/** Profile (4): g(s) = s, the force of a homogeneous ball. It jumps in slope at s = 1, from 1 to -alpha. */
export const truncated: ProfileRecord = {
  title: 'linear, kernel (4)',
  local: true,
  smoothness: 0,
  build(alpha) {
    const closed = (value: number): Supremum => largest('closed form', [[value, 0]])
    return {
      tex: 's',
      kernelTex: `\\sigma\\,q\\,N^{${alpha + 1}\\delta}`,
      reach: 1,
      value: s => s,
      slope: () => 1,
      potential: localPotential(alpha, s => (1 - s) * (1 + s) * 0.5),
      // The gradient is the identity.
      suprema: d => ({
        force: largest('closed form', [[1, 1]]),
        euclidean: closed(1),
        frobenius: closed(Math.sqrt(d)),
        maximum: closed(1),
      }),
      difference: d =>
        alpha < d ? exact(1 / (d - alpha) - 1 / (d + 1), 'closed form') : unbounded('r^-alpha is not integrable at 0'),
    }
  },
}
