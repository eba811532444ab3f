/**
 * The pure powers that every kernel of the project equals away from the origin: r^-alpha and its potential.
 * Used by {@link powerKernel}, the profiles of {@link cutoffKernel} and {@link customKernel}.
 */
import { requireNumber, type Sigma } from '../base/errors.js'

/**
 * The function r -> r^-alpha, without Math.pow for alpha = 1, 2, 3.
 * @example inversePower(2)(4) // 0.0625
 */
export function inversePower(alpha: number): (r: number) => number {
  // Repeated division neither overflows nor underflows before the result does.
  if (alpha === 1) return r => 1 / r
  if (alpha === 2) return r => 1 / r / r
  if (alpha === 3) return r => 1 / r / r / r
  return r => r ** -alpha
}

/**
 * The potential U of r^-alpha, U' = -r^-alpha: r^(1-alpha)/(alpha-1), zero at infinity, for alpha > 1;
 * (1 - r^(1-alpha))/(1-alpha), or -ln r for alpha = 1, zero at r = 1, otherwise.
 * @example inversePowerPotential(2)(4) // 0.25
 */
export function inversePowerPotential(alpha: number): (r: number) => number {
  if (alpha === 2) return r => 1 / r
  if (alpha > 1) return r => r ** (1 - alpha) / (alpha - 1)
  if (alpha === 1) return r => -Math.log(r)
  return r => -Math.expm1((1 - alpha) * Math.log(r)) / (1 - alpha)
}

/**
 * Requires 0 < alpha <= d. (For alpha > d - 1 the kernel is more singular than Coulomb's and its gradient is no
 * longer a Calderon-Zygmund kernel; at alpha = d it stops being integrable at the origin.)
 * @throws TypeError, RangeError
 */
export function requireAlpha(alpha: unknown, d: number): number {
  return requireNumber('alpha', alpha, Number.MIN_VALUE, d, `a number with 0 < alpha <= d = ${d}`)
}

/** sigma x, with 0 x = 0 also where x is infinite: the free kernel is 0 everywhere. */
export function signed(sigma: Sigma, x: number): number {
  return sigma === 0 ? 0 : sigma * x
}

/** The area of the unit sphere in R^d: 2 pi, 4 pi, 2 pi^2, ... @example sphereArea(3) // 4 pi */
export function sphereArea(d: number): number {
  return d === 1 ? 2 : d === 2 ? 2 * Math.PI : (sphereArea(d - 2) * 2 * Math.PI) / (d - 2)
}
