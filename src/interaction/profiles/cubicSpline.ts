/**
 * The lowest odd polynomial that makes a C^1 kernel.
 */
import { exact } from '../../base/statistics/estimate.js'
import { euclideanGradientNorm, frobeniusGradientNorm, maximumGradientNorm } from '../gradientNorms.js'
import { largest, localPotential, type ProfileRecord, type Supremum, unbounded } from './profile.js'

/**
 * The odd cubic that meets s^-alpha with its slope at s = 1: g(s) = ((alpha+3) s - (alpha+1) s^3)/2, a C^1 kernel.
 *
 * sup g = (alpha+3) s_0/3 at s_0^2 = (alpha+3)/(3(alpha+1)), the root of g'. Both g' and g/s are affine in x = s^2, so
 * every norm of the gradient is convex in x and largest at s = 0, where the gradient is (alpha+3)/2 times the
 * identity, or as s -> 1, where it is that of s^-alpha. In the Euclidean norm: max((alpha+3)/2, alpha).
 * As a function of x, g/s is the tangent at x = 1 of the convex x^(-(alpha+1)/2), so g <= s^-alpha.
 */
export const cubicSpline: ProfileRecord = {
  title: 'cubic spline',
  local: true,
  smoothness: 1,
  build(alpha) {
    const top = Math.sqrt((alpha + 3) / (3 * (alpha + 1)))
    const middle = (alpha + 3) / 2
    const ends = (norm: (a: number, b: number) => number): Supremum =>
      largest('closed form', [
        [norm(middle, middle), 0],
        [norm(-alpha, 1), 1],
      ])
    return {
      tex: `\\tfrac12\\left(${alpha + 3}\\,s - ${alpha + 1}\\,s^3\\right)`,
      reach: 1,
      value: s => 0.5 * s * (alpha + 3 - (alpha + 1) * s * s),
      slope: s => 0.5 * (alpha + 3 - 3 * (alpha + 1) * s * s),
      potential: localPotential(alpha, s => 0.125 * (1 - s * s) * (2 * (alpha + 3) - (alpha + 1) * (1 + s * s))),
      suprema: d => ({
        force: largest('closed form', [[((alpha + 3) * top) / 3, top]]),
        euclidean: ends(euclideanGradientNorm),
        frobenius: ends((a, b) => frobeniusGradientNorm(a, b, d)),
        maximum: ends((a, b) => maximumGradientNorm(a, b, d)),
      }),
      difference: d =>
        alpha < d
          ? exact(1 / (d - alpha) - ((alpha + 3) / (d + 1) - (alpha + 1) / (d + 3)) / 2, 'closed form')
          : unbounded('r^-alpha is not integrable at 0'),
    }
  },
}
