/**
 * Norms of a kernel: of the force, of its gradient, and of the difference from the kernel without cut-off.
 */

import { integrate } from '../base/numerics/quadrature.js'
import { type Estimate, estimated, exact } from '../base/statistics/estimate.js'
import { profileOf } from './cutoffKernel.js'
import { type GradientNorm, gradientNorm } from './gradientNorms.js'
import { inversePower, sphereArea } from './inversePower.js'
import { type Kernel, requireKernel } from './kernel.js'
import { type Supremum, unbounded } from './profiles/profile.js'
import { radialSupremum } from './radialSupremum.js'

/** What {@link kernelNorms} returns. Infinity where unbounded. */
export interface KernelNorms {
  /** sup |k|, Euclidean. Unit: 1/length^alpha. */
  readonly sup: Estimate
  /** ess sup of the Euclidean operator norm of grad k, sup max(|g'|, g/r): the Lipschitz constant in |.|. */
  readonly lipschitz: Estimate
  /** ess sup of the Frobenius norm of grad k. */
  readonly frobenius: Estimate
  /** ess sup of the largest absolute row sum of grad k: the Lipschitz constant in |.|_infinity. */
  readonly lipschitzMax: Estimate
  /** ||k^N_delta - k||_1 with k = sigma q/|q|^(alpha+1); absent where it was not computed. */
  readonly l1Difference?: Estimate
  /** The radii where the suprema are attained or approached. */
  readonly at: Readonly<Record<'sup' | 'lipschitz' | 'frobenius' | 'lipschitzMax', number>>
}

/** Relative error that a searched supremum is given: the search is exact to 1e-12, a numerical g' to about 1e-10. */
const SEARCH = 1e-9

/**
 * The norms of a kernel. Kernels made by {@link cutoffKernel}: closed forms (profile 'smooth': to 1e-12). Any other:
 * a search over the radius, error 1e-9, which is an estimate. E.g. for (4) in d = 3: sup = N^(2 delta),
 * lipschitz = 2 N^(3 delta), lipschitzMax = (1 + 3 sqrt 3)/2 N^(3 delta), l1Difference = 3 pi N^-delta; the last is
 * the sharp form of (84).
 * @source Definition 2.1, (9), (84)
 * @example kernelNorms(cutoffKernel({ N: 1000, delta: 1 / 3 })).lipschitz.value // 2000
 */
export function kernelNorms(kernel: Kernel): KernelNorms {
  requireKernel(kernel)
  const sup = forceSupremum(kernel, Number.POSITIVE_INFINITY)
  const lipschitz = gradientSupremum(kernel, 'euclidean', Number.POSITIVE_INFINITY)
  const frobenius = gradientSupremum(kernel, 'frobenius', Number.POSITIVE_INFINITY)
  const lipschitzMax = gradientSupremum(kernel, 'maximum', Number.POSITIVE_INFINITY)
  const difference = l1Difference(kernel)
  return {
    sup: sup.value,
    lipschitz: lipschitz.value,
    frobenius: frobenius.value,
    lipschitzMax: lipschitzMax.value,
    ...(difference && { l1Difference: difference }),
    at: { sup: sup.at, lipschitz: lipschitz.at, frobenius: frobenius.at, lipschitzMax: lipschitzMax.at },
  }
}

/** sup of |k| over |q| < radius, and the radius where. */
export function forceSupremum(kernel: Kernel, radius: number): Supremum {
  const { alpha, cutoffRadius } = kernel
  if (kernel.sigma === 0) return nothing()
  if (cutoffRadius === 0) return { value: unbounded('|q|^-alpha at 0'), at: 0 }
  const inside = profileSupremum(kernel, radius, alpha, 'force')
  const power = inversePower(alpha)
  const found = inside ?? searched(r => kernel.magnitude(r), kernel, Math.min(radius, cutoffRadius))
  return outwards(found, kernel, radius, power)
}

/** ess sup of a norm of grad k over |q| < radius, and the radius where. */
export function gradientSupremum(kernel: Kernel, norm: GradientNorm, radius: number): Supremum {
  const { alpha, d, cutoffRadius } = kernel
  if (kernel.sigma === 0) return nothing()
  if (cutoffRadius === 0) return { value: unbounded('|q|^(-alpha-1) at 0'), at: 0 }
  const inside = profileSupremum(kernel, radius, alpha + 1, norm)
  const steeper = inversePower(alpha + 1)
  const at = (r: number): number => gradientNorm(norm, kernel.magnitudeDerivative(r), kernel.magnitude(r) / r, d)
  const found = inside ?? searched(at, kernel, Math.min(radius, cutoffRadius))
  return outwards(found, kernel, radius, r => gradientNorm(norm, -alpha, 1, d) * steeper(r))
}

function nothing(): Supremum {
  return { value: exact(0, 'the kernel is 0'), at: 0 }
}

/** The closed form inside the cut-off, for a kernel with a known profile that acts on exactly this range. */
function profileSupremum(
  kernel: Kernel,
  radius: number,
  exponent: number,
  key: 'force' | GradientNorm,
): Supremum | undefined {
  const known = profileOf(kernel)
  if (known === undefined) return undefined
  const { profile, radius: rc } = known
  // A local profile acts below its cut-off radius, Plummer's everywhere.
  if (radius < (profile.local ? rc : Number.POSITIVE_INFINITY)) return undefined
  const { value, at } = profile.suprema(kernel.d)[key]
  return { value: scaled(value, rc ** -exponent), at: at * rc }
}

/** The larger of an inner supremum and that of a decreasing function outside the cut-off, if radius reaches there. */
function outwards(inner: Supremum, kernel: Kernel, radius: number, decreasing: (r: number) => number): Supremum {
  const { cutoffRadius } = kernel
  if (!(radius > cutoffRadius) || decreasing(cutoffRadius) <= inner.value.value) return inner
  return { value: exact(decreasing(cutoffRadius), 'closed form outside the cut-off'), at: cutoffRadius }
}

/** By search, over r < radius. */
function searched(f: (r: number) => number, kernel: Kernel, radius: number): Supremum {
  const unit = Math.max(1, ...kernel.breaks)
  const [high, breaks] = Number.isFinite(radius) ? [radius, kernel.breaks] : [1e8 * unit, [...kernel.breaks, unit]]
  const { value, at } = radialSupremum(f, 0, high, breaks)
  if (value === Number.POSITIVE_INFINITY) {
    return { value: { ...unbounded('grows without bound towards 0'), kind: 'estimated' }, at }
  }
  return { value: estimated(value, SEARCH * value, 'search over the radius'), at }
}

/** A multiple of an estimate. */
export function scaled(estimate: Estimate, factor: number): Estimate {
  if (!Number.isFinite(estimate.value)) return estimate
  // Two rounded operations make the factor and the product.
  const rounding = 4 * Number.EPSILON
  return {
    ...estimate,
    value: estimate.value * factor,
    low: estimate.low * factor * (1 - rounding),
    high: estimate.high * factor * (1 + rounding),
  }
}

function l1Difference(kernel: Kernel): Estimate | undefined {
  const { d, alpha, sigma, cutoffRadius } = kernel
  if (sigma === 0 || cutoffRadius === 0) return exact(0, 'the kernels are equal')
  const known = profileOf(kernel)
  if (known !== undefined) return scaled(known.profile.difference(d), sphereArea(d) * known.radius ** (d - alpha))
  if (!Number.isFinite(cutoffRadius) || alpha >= d) return undefined
  const power = inversePower(alpha)
  // r = rc t^e makes r^-alpha r^(d-1) dr regular at 0.
  const e = 1 / (d - alpha)
  const integrand = (t: number): number => {
    const r = cutoffRadius * t ** e
    return (Math.abs(kernel.magnitude(r) - power(r)) * r ** d * e) / t
  }
  const breaks = kernel.breaks.map(r => (r / cutoffRadius) ** (d - alpha))
  return scaled(integrate(integrand, 0, 1, { breaks }), sphereArea(d))
}
