/**
 * What the central limit theorem would make of the static event: a normal law with the exact variance in place of the
 * sum.
 */
import { gaussLegendre } from '../../base/numerics/quadrature.js'
import { logTwoSidedTail } from '../../concentration/extrapolation.js'
import { secondMoments } from '../../concentration/secondMoments.js'
import { staticEvent } from './staticEvent.js'

/**
 * log10 of 6 N E P(s X >= L), X normal and s^2 the variance of a component of K_1 given the distance of the particle
 * from the centre, the mean of the three components; the standard Gaussian law.
 * @returns a function of L > 0
 * @throws RangeError naming the argument
 * @example forceNormal(1024, 0.25)(0.3) // -13.20...
 */
export function forceNormal(N: number, delta: number): (L: number) => number {
  const { law, source } = staticEvent({ N, delta })
  const moments = secondMoments(law, source, 1e-5)
  const { nodes, weights } = gaussLegendre(24)
  // Distances in [0, 6], with the probability of the place and the deviation there.
  const places = Array.from(nodes, (x, k) => {
    const r = 3 * (1 + x)
    const share = 3 * weights[k]! * 4 * Math.PI * r * r * law.radial!.density(r)
    return { share, s: Math.sqrt((moments.variance(r).value * (N - 1)) / 3) / N }
  })
  return L => {
    const tail = places.reduce((sum, { share, s }) => sum + 0.5 * share * Math.exp(logTwoSidedTail(L / s)), 0)
    return Math.log10(6 * N * tail)
  }
}
