/**
 * A kernel from a radial profile that the user gives, checked and completed numerically.
 */
import {
  quote,
  requireInteger,
  requireNumber,
  requireOptions,
  requireSigma,
  requireText,
  type Sigma,
} from '../base/errors.js'
import { integrate } from '../base/numerics/quadrature.js'
import { inversePower, inversePowerPotential, requireAlpha, signed } from './inversePower.js'
import type { Kernel } from './kernel.js'
import { radialDerivative } from './radialDerivative.js'
import { tabulatedPotential } from './tabulatedPotential.js'

/** Options of {@link customKernel}. */
export interface CustomKernelOptions {
  /** Short name. */
  readonly name: string
  /** g(r) >= 0 for r > 0, without the sign sigma. */
  readonly magnitude: (r: number) => number
  /** g'(r); by default numerically from g (`radialDerivative`, about 1e-12 g/r for smooth g). */
  readonly derivative?: (r: number) => number
  /**
   * V(r) with V' = -sigma g, zero at infinity if alpha > 1, else at r = 1; by default quadratures of g to 1e-13, made
   * once and kept as a table with an error below 1e-12 (|V| + r g), which is checked against them
   * (`tabulatedPotential`).
   */
  readonly potential?: (r: number) => number
  /** Exponent that g = r^-alpha refers to, 0 < alpha <= d, default d - 1. */
  readonly alpha?: number
  /** 1 repulsive (default), -1 attractive, 0 none. */
  readonly sigma?: Sigma
  /** Dimension d >= 2, default 3. */
  readonly d?: number
  /** Radius from which on g = r^-alpha exactly; 0: everywhere, Infinity (default): nowhere. */
  readonly cutoffRadius?: number
  /** Further radii > 0 where g or one of its derivatives jumps. */
  readonly breaks?: readonly number[]
  /** TeX of the kernel. */
  readonly tex?: string
}

/**
 * The kernel sigma g(|q|) q/|q| of a given magnitude g. It is checked on 129 radii from 1e-8 to 1e8 times the cut-off
 * radius (times 1 if that is 0 or Infinity): g finite and >= 0, equal to r^-alpha outside the cut-off to 1e-10
 * relative, g' and V (when given) in agreement with g. Outside the cut-off the closed forms of r^-alpha are used.
 *
 * What is slow, and how to avoid it. Pair forces read `magnitude` from a table that compiled loops share, made anew for
 * each sum; a magnitude with corners or jumps that are not among `breaks`, or a force tolerance below 1e-10 (runs of up
 * to 512 particles, and the pilot that chooses a step), calls it for every pair instead: keep it short, and say where
 * its corners are. Energies read the potential: give it in closed form where there is one; without, its table takes
 * some tenths of a second once. `derivative` is asked for by norms and gradients alone, a few thousand times.
 * @throws TypeError, RangeError naming the argument, and the radius where a check fails
 * @source Definition 2.1
 * @example
 * const yukawa = customKernel({ name: 'yukawa', magnitude: r => ((1 + r) * Math.exp(-r)) / r ** 2 })
 * yukawa.potential(1) // 1/e
 */
export function customKernel(options: CustomKernelOptions): Kernel {
  requireOptions<CustomKernelOptions>('customKernel', options, {
    name: true,
    magnitude: true,
    derivative: true,
    potential: true,
    alpha: true,
    sigma: true,
    d: true,
    cutoffRadius: true,
    breaks: true,
    tex: true,
  })
  const { name, magnitude, derivative, potential, sigma = 1, d = 3, breaks = [] } = options
  const { alpha = d - 1, cutoffRadius = Number.POSITIVE_INFINITY } = options
  if (typeof name !== 'string' || name === '')
    throw new TypeError(`name must be a non-empty string, got ${quote(name)}`)
  requireFunction('magnitude', magnitude)
  if (derivative !== undefined) requireFunction('derivative', derivative)
  if (potential !== undefined) requireFunction('potential', potential)
  requireInteger('d', d, 2)
  if (d > 1000) requireInteger('d', d, 2, 1000)
  requireAlpha(alpha, d)
  requireSigma(sigma)
  requireNumber('cutoffRadius', cutoffRadius, 0, Number.POSITIVE_INFINITY, 'a radius in [0, Infinity]')
  if (!Array.isArray(breaks)) throw new TypeError(`breaks must be an array of radii > 0, got ${quote(breaks)}`)
  for (const edge of breaks) {
    requireNumber('breaks', edge, Number.MIN_VALUE, Number.MAX_VALUE, 'an array of finite radii > 0')
  }

  if (options.tex !== undefined) requireText('tex', options.tex)
  const edges = [...new Set([...breaks, cutoffRadius])].filter(r => r > 0 && Number.isFinite(r)).sort((x, y) => x - y)
  const power = inversePower(alpha)
  const steeper = inversePower(alpha + 1)
  const slope = derivative ?? ((r: number) => radialDerivative(magnitude, r, edges))
  const kernel: Kernel = {
    name,
    tex: options.tex ?? '\\sigma\\,g(|q|)\\,\\frac{q}{|q|}',
    d,
    alpha,
    sigma,
    cutoffRadius,
    breaks: edges,
    parameters: { sigma, d, alpha, cutoffRadius },
    magnitude: r => (r === 0 ? 0 : r >= cutoffRadius ? power(r) : magnitude(r)),
    magnitudeDerivative: r => (r >= cutoffRadius ? -alpha * steeper(r) : slope(r)),
    potential: potential ?? potentialOf(magnitude, alpha, sigma, cutoffRadius, edges),
  }
  check(kernel, options)
  return kernel
}

function requireFunction(name: string, value: unknown): void {
  if (typeof value !== 'function') throw new TypeError(`${name} must be a function of the radius, got ${quote(value)}`)
}

/** V by quadratures of g, from the pure potential at the cut-off inwards. */
function potentialOf(
  g: (r: number) => number,
  alpha: number,
  sigma: Sigma,
  cutoff: number,
  breaks: readonly number[],
): (r: number) => number {
  const outer = inversePowerPotential(alpha)
  if (cutoff === 0) return r => signed(sigma, outer(r))
  const between = (a: number, b: number): number => integrate(g, a, b, { breaks }).value
  // int_r^infinity g dx with t = (x/r)^(1-alpha): the integrand is constant for g = x^-alpha, and taken as constant
  // where x would overflow.
  const tail = (r: number): number => {
    const e = 1 / (alpha - 1)
    const integrand = (t: number): number => {
      const x = Math.min(r * t ** -e, 1e100)
      return (g(x) * x * e) / (x / r) ** (1 - alpha)
    }
    return integrate(integrand, 0, 1, { breaks: breaks.map(edge => (edge / r) ** (1 - alpha)) }).value
  }
  const reference = Number.isFinite(cutoff) ? cutoff : 1
  let offset: number | undefined
  const atReference = (): number => {
    if (!Number.isFinite(cutoff)) return alpha > 1 ? tail(1) : 0
    return alpha > 1 || cutoff <= 1 ? outer(cutoff) : -between(1, cutoff)
  }
  // Without the sign, at 0 < r < cutoff.
  const quadrature = (r: number): number => {
    offset ??= atReference()
    return r >= reference && alpha > 1 && r < cutoff ? tail(r) : offset + between(r, reference)
  }
  const tabulated = tabulatedPotential({ g, quadrature, from: reference, breaks, end: cutoff })
  return r => {
    if (sigma === 0) return 0
    offset ??= atReference()
    if (r >= cutoff) return sigma * (offset - outer(cutoff) + outer(r))
    if (r > 0) return sigma * tabulated(r)
    // r g(r) that does not decrease towards 0 has no integral there.
    const [small, smaller] = [1e-30 * reference, 1e-60 * reference]
    if (r === 0 && g(smaller) * smaller >= g(small) * small && g(small) > 0) return sigma * Number.POSITIVE_INFINITY
    return sigma * quadrature(r)
  }
}

/** The checks that {@link customKernel} documents. */
function check(kernel: Kernel, { magnitude, derivative, potential }: CustomKernelOptions): void {
  const { alpha, cutoffRadius, sigma, breaks } = kernel
  const power = inversePower(alpha)
  const outer = inversePowerPotential(alpha)
  const scale = cutoffRadius > 0 && Number.isFinite(cutoffRadius) ? cutoffRadius : 1
  for (let i = -64; i <= 64; i++) {
    const r = scale * 10 ** (i / 8)
    const g = magnitude(r)
    if (!(typeof g === 'number' && g >= 0 && Number.isFinite(g))) {
      throw new RangeError(`magnitude(r) must be a finite number >= 0 for r > 0, got ${quote(g)} at r = ${r}`)
    }
    if (r >= cutoffRadius && !(Math.abs(g - power(r)) <= 1e-10 * power(r))) {
      throw new RangeError(
        `magnitude(r) must equal r^-alpha = ${power(r)} for r >= cutoffRadius = ${cutoffRadius}, got ${g} at r = ${r}`,
      )
    }
    const slope = radialDerivative(magnitude, r, breaks)
    const given = derivative?.(r)
    // Four digits tell a wrong formula from a rough numerical derivative.
    if (given !== undefined && !Number.isNaN(slope)) {
      if (!(Math.abs(given - slope) <= 1e-4 * Math.max(Math.abs(slope), g / r))) {
        throw new RangeError(`derivative(r) must be the derivative of magnitude, ${slope} at r = ${r}, got ${given}`)
      }
    }
    if (potential !== undefined) checkPotential(potential, r, -sigma * g)
    if (potential !== undefined && r >= cutoffRadius && (alpha > 1 || cutoffRadius <= 1)) {
      const [expected, got] = [signed(sigma, outer(r)), potential(r)]
      if (!(Math.abs(got - expected) <= 1e-8 * (Math.abs(expected) + r * g))) {
        throw new RangeError(`potential(r) must be ${expected} at r = ${r}, outside the cut-off, got ${got}`)
      }
    }
  }

  function checkPotential(V: (r: number) => number, r: number, expected: number): void {
    const got = radialDerivative(V, r, breaks)
    // The digits of V that its difference keeps.
    const noise = (1e-10 * Math.abs(V(r))) / r
    if (!(Math.abs(got - expected) <= 1e-4 * Math.abs(expected) + noise)) {
      throw new RangeError(`potential(r) must have the derivative -sigma g(r) = ${expected} at r = ${r}, got ${got}`)
    }
  }
}
