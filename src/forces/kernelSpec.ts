/**
 * Reduces a {@link Kernel} to what compiled loops need, using closed forms only where they are known to be its own.
 */
import { requireOneOf } from '../base/errors.js'
import { profileOf } from '../interaction/cutoffKernel.js'
import type { Kernel } from '../interaction/kernel.js'
import { COMPILED_PROFILES, type ForceKernelSpec, type ForceProfile } from './types.js'

/**
 * Without cut-off, distances are clamped here: coincident particles exert no force without a branch, and pairs nearer
 * than 2^-332 (1e-100) feel the kernel (4) with that radius.
 */
export const SMALLEST_RADIUS: number = 2 ** -332

/**
 * The shape of a kernel: its profile where {@link cutoffKernel} made it and the compiled loops have it, a pure power
 * where its values say so, and 'radial' for any other.
 * @throws RangeError for d other than 2 and 3, TypeError if it is not a kernel
 * @example kernelSpec(coulombKernel()).coulombOutside // true
 */
export function kernelSpec(kernel: Kernel): ForceKernelSpec {
  if (typeof kernel !== 'object' || kernel === null || typeof kernel.magnitude !== 'function') {
    throw new TypeError('kernel must be a Kernel, as made by coulombKernel, cutoffKernel, powerKernel or customKernel')
  }
  const d = requireOneOf<2 | 3>('kernel.d', kernel.d, [2, 3])
  const { alpha, sigma } = kernel
  const scaled = profileOf(kernel)
  let profile: ForceProfile = 'radial'
  let radius = Number.isFinite(kernel.cutoffRadius) ? kernel.cutoffRadius : 0
  const compiled = COMPILED_PROFILES.find(name => name === scaled?.profile.name)
  if (scaled !== undefined && compiled !== undefined) {
    profile = compiled
    radius = scaled.radius < SMALLEST_RADIUS ? 0 : scaled.radius
  } else if (kernel.cutoffRadius === 0 && isPower(kernel)) profile = 'truncated'
  const coulombOutside = d === 3 && alpha === 2 && Number.isFinite(kernel.cutoffRadius)
  return { kernel, profile, d, alpha, sigma, radius, coulombOutside }
}

// Kernels without cut-off are r^-alpha by their contract; a few radii guard against one that breaks it.
function isPower(kernel: Kernel): boolean {
  return [1e-30, 1e-9, 0.03, 0.7, 1, 5, 1e4, 1e20].every(r => {
    const expected = r ** -kernel.alpha
    return Math.abs(kernel.magnitude(r) - expected) <= 1e-13 * expected
  })
}

/** phi(r) = g(r)/r with k(q) = sigma phi(|q|) q, finite at 0: what the plain loops use. */
export function radialFactor(kernel: Kernel): (r: number) => number {
  return r => (r === 0 ? 0 : kernel.magnitude(r) / r)
}
