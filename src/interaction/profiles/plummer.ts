/**
 * The softening of N-body practice, which acts everywhere.
 */

import { integrate } from '../../base/numerics/quadrature.js'
import { estimated } from '../../base/statistics/estimate.js'
import { euclideanGradientNorm, frobeniusGradientNorm, maximumGradientNorm } from '../gradientNorms.js'
import { inversePower, inversePowerPotential } from '../inversePower.js'
import { largest, type ProfileRecord, type Supremum, unbounded } from './profile.js'

/**
 * Plummer's softening g(s) = s (1 + s^2)^(-m), m = (alpha+1)/2: satisfies iii) and iv) but nowhere ii), being below
 * s^-alpha by the relative amount m s^-2 at large s. The control of the checks.
 *
 * With u = s^2/(1+s^2), g' = (1-u)^m (1 - 2 m u) and g/s = (1-u)^m. sup g at u = 1/(2m), that is s = alpha^(-1/2).
 * Gradient norms, as functions of u: Euclidean, largest at u = 0 (the negative part of g' reaches less than
 * 2 e^(-3/2)); Frobenius squared, (1-u)^(2m) ((1-2mu)^2 + d - 1), stationary at
 * 4m(m+1) u^2 - (8m+2) u + d + 2 = 0; maximum norm, (1-u)^m (1 + (sqrt d - 1) m u) for m u <= 1, stationary at
 * (k-1)/(k(m+1)) with k = sqrt d - 1, and (1-u)^m ((sqrt d + 1) m u - 1) beyond, stationary at (k+1)/(k(m+1)) with
 * k = sqrt d + 1. The largest of these candidates, u = 0 among them, is the supremum.
 */
export const plummer: ProfileRecord = {
  title: 'Plummer',
  local: false,
  smoothness: Number.POSITIVE_INFINITY,
  build(alpha) {
    const m = (alpha + 1) / 2
    const outer = inversePowerPotential(alpha)
    const among = (norm: (a: number, b: number) => number, points: readonly number[]): Supremum =>
      largest(
        'closed form',
        [0, ...points.filter(u => u > 0 && u < 1)].map(u => {
          const b = (1 - u) ** m
          return [norm(b * (1 - 2 * m * u), b), Math.sqrt(u / (1 - u))]
        }),
      )
    return {
      tex: `\\frac{s}{(1+s^2)^{${m}}}`,
      kernelTex: `\\sigma\\,\\frac{q}{(|q|^2+N^{-2\\delta})^{${m}}}`,
      // Here m s^-2 is far below one unit in the last place for every alpha in use.
      reach: 1e10,
      value: s => s * (1 + s * s) ** -m,
      slope: s => (1 + s * s) ** (-m - 1) * (1 - alpha * s * s),
      potential: (r, rc) => outer(Math.hypot(r, rc)) - (alpha > 1 ? 0 : outer(Math.hypot(1, rc))),
      suprema: d => {
        const root = Math.sqrt(d)
        const discriminant = (8 * m + 2) ** 2 - 16 * m * (m + 1) * (d + 2)
        return {
          force: largest('closed form', [[alpha ** (alpha / 2) * (alpha + 1) ** -m, alpha ** -0.5]]),
          euclidean: among(euclideanGradientNorm, []),
          frobenius: among(
            (a, b) => frobeniusGradientNorm(a, b, d),
            discriminant < 0 ? [] : [(8 * m + 2 + Math.sqrt(discriminant)) / (8 * m * (m + 1))],
          ),
          maximum: among(
            (a, b) => maximumGradientNorm(a, b, d),
            [(root - 2) / ((root - 1) * (m + 1)), (root + 2) / ((root + 1) * (m + 1))],
          ),
        }
      },
      difference: d => {
        if (alpha >= d) return unbounded('r^-alpha is not integrable at 0')
        if (alpha <= d - 2) return unbounded('s^-alpha - g decays like s^(-alpha-2), not integrable at infinity')
        const power = inversePower(alpha)
        // s^-alpha - g = s^-alpha (1 - (1 + s^-2)^-m), without cancellation.
        const gap = (s: number): number => -power(s) * Math.expm1(-m * Math.log1p(s ** -2)) * s ** (d - 1)
        // Powers that make both ends regular: s = t^(1/(d-alpha)) on (0, 1), s = t^(-1/(alpha+2-d)) on (1, infinity).
        const near = 1 / (d - alpha)
        const far = 1 / (alpha + 2 - d)
        const inner = integrate(t => gap(t ** near) * near * t ** (near - 1), 0, 1)
        const tail = integrate(t => gap(t ** -far) * far * t ** (-far - 1), 0, 1)
        const value = inner.value + tail.value
        return estimated(value, inner.high - inner.value + tail.high - tail.value, 'adaptive quadrature')
      },
    }
  },
}
