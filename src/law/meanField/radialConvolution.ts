/**
 * Convolutions with a spherically symmetric density in one dimension: by averages over spheres around the field point
 * (closed for most built-in laws), and by shells of the density (Newton's shell theorem for any force law). The two
 * share nothing but the density, so each checks the other.
 */

import { integrate } from '../../base/numerics/quadrature.js'
import { type Estimate, estimated } from '../../base/statistics/estimate.js'
import type { Kernel } from '../../interaction/kernel.js'
import type { RadialDensity } from '../law.js'

/** Enough for every smooth piece; more would only resolve rounding. */
const MAX_PANELS = 150

/** Which average over the sphere of radius t around the field point. */
export type SphericalAverage = 'monopole' | 'dipole'

/** Options of {@link averageOverSpheres}. */
export interface SphereOptions {
  /** Radii t over which to integrate, default [0, Infinity). */
  readonly low?: number
  readonly high?: number
  /** Relative tolerance, default 1e-13. */
  readonly tolerance?: number
}

/**
 * int_low^high weight(t) S(t, R) dt with S the monopole B or the dipole A of {@link RadialDensity} at distance R.
 * With weight l(t) t^2 and B this is l*rho(R), with weight g(t) t^2 and A the radial component of a force.
 * @param breaks radii where the weight or a derivative jumps
 */
export function averageOverSpheres(
  radial: RadialDensity,
  which: SphericalAverage,
  weight: (t: number) => number,
  R: number,
  breaks: readonly number[],
  options: SphereOptions = {},
): Estimate {
  const { low = 0, high = Number.POSITIVE_INFINITY, tolerance = 1e-13 } = options
  const { scale, supportRadius } = radial
  const average = sphericalAverage(radial, which)
  // Outside these radii the sphere does not meet the support.
  const from = Math.max(low, R - supportRadius)
  const to = Math.min(high, R + supportRadius)
  if (!(from < to)) return estimated(0, 0, 'no mass in reach')
  const cuts = [...breaks]
  for (const s of radial.breaks) cuts.push(Math.abs(R - s), R + s)
  if (!Number.isFinite(supportRadius)) for (const j of [-8, -2, 0, 2, 8]) cuts.push(R + j * scale)
  // In units of the density's scale, which the substitution for an infinite range needs.
  const result = integrate(x => scale * weight(scale * x) * average(scale * x, R), from / scale, to / scale, {
    breaks: cuts.map(t => t / scale),
    maxPanels: MAX_PANELS,
    tolerance,
  })
  return estimated(result.value, result.high - result.value, `averages over spheres, ${result.method}`)
}

/** The monopole or dipole in closed form if the density has one, else by quadrature over the cosine. */
export function sphericalAverage(radial: RadialDensity, which: SphericalAverage): (t: number, R: number) => number {
  const closed = radial[which]
  if (closed !== undefined) return closed
  const angular = which === 'monopole' ? (): number => 1 : (c: number): number => c
  return (t, R) => {
    if (t === 0 || R === 0) return which === 'monopole' ? 4 * Math.PI * radial.density(Math.max(t, R)) : 0
    const [smaller, larger] = t < R ? [t, R] : [R, t]
    const cosine = (s: number): number => ((larger - s) * (larger + s) + smaller * smaller) / (2 * R * t)
    const low = Math.max(-1, cosine(radial.supportRadius))
    if (!(low < 1)) return 0
    const integrand = (c: number): number => angular(c) * radial.density(distance(t, R, c))
    return 2 * Math.PI * integrate(integrand, low, 1, { breaks: radial.breaks.map(cosine) }).value
  }
}

/** |R e - t n| for n.e = c, without cancellation at R = t. */
export function distance(t: number, R: number, c: number): number {
  return Math.sqrt((R - t) ** 2 + 2 * R * t * (1 - c))
}

/**
 * The force magnitude at distance R by shells of mass 4 pi s^2 rho(s) ds,
 *   F(R) = int rho(s) (pi s/R^2) int_{|R-s|}^{R+s} g(u) (u^2 + R^2 - s^2) du ds,
 * by nested adaptive quadrature. For g = u^-2 the inner integral is 4 s for s < R and 0 for s > R: Newton's theorem;
 * where the kernel is exactly that, the inner integral is done in closed form.
 * Not for R far below the density's scale: forces from opposite sides cancel there, which the stated error includes.
 * @returns the value without the sign sigma
 */
export function shellTheoremField(radial: RadialDensity, kernel: Kernel, R: number): Estimate {
  const { breaks, scale, supportRadius } = radial
  if (R === 0) return estimated(0, 0, 'symmetry')
  const pureFrom = kernel.alpha === 2 ? kernel.cutoffRadius : Number.POSITIVE_INFINITY
  let innerError = 0
  const inner = (s: number, weight: number): number => {
    const near = Math.abs(R - s)
    const far = R + s
    const split = Math.min(far, Math.max(near, pureFrom))
    // u^2 + R^2 - s^2 = u^2 +- near far, factored so that nothing cancels.
    let sum = split < far ? ((far - split) / split) * (s > R ? split - near : split + near) : 0
    if (near < split) {
      // u = larger + smaller x, x in [-1, 1].
      const [smaller, larger] = s > R ? [R, s] : [s, R]
      const integrand = (x: number): number => {
        const factor = s > R ? R * (2 * s * x + R * (1 + x * x)) : 2 * R * (R + s * x) - s * s * (1 - x) * (1 + x)
        return smaller * kernel.magnitude(larger + smaller * x) * factor
      }
      const breaks = kernel.breaks.map(u => (u - larger) / smaller)
      const end = split < far ? (split - larger) / smaller : 1
      const part = integrate(integrand, -1, end, { breaks, maxPanels: MAX_PANELS })
      innerError = Math.max(innerError, weight * (part.high - part.value))
      sum += part.value
    }
    return sum
  }
  const cuts = [...breaks, R]
  for (const t of [...kernel.breaks, kernel.cutoffRadius]) {
    if (Number.isFinite(t)) cuts.push(R + t, Math.abs(R - t))
  }
  if (!Number.isFinite(supportRadius)) for (const j of [0.5, 2, 8]) cuts.push(j * scale)
  const integrand = (x: number): number => {
    const s = scale * x
    const weight = (scale * radial.density(s) * Math.PI * s) / R / R
    return weight === 0 ? 0 : weight * inner(s, weight)
  }
  const result = integrate(integrand, 0, supportRadius / scale, { breaks: cuts.map(s => s / scale) })
  return estimated(result.value, result.high - result.value, `shells, ${result.method}`)
}
