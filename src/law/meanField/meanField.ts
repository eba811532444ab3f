/**
 * The mean field force k^N_delta * rho of an initial law, exact where a closed form exists and with its error
 * otherwise.
 */
import type { Configuration } from '../../base/configuration.js'
import { requireLength, requireNumber } from '../../base/errors.js'
import { type Estimate, estimated, exact } from '../../base/statistics/estimate.js'
import { euclideanNorm, type Kernel, kernelForce, requireKernel } from '../../interaction/kernel.js'
import { type Law, type RadialDensity, type RadialTerm, requireLaw } from '../law.js'
import { isUniformlySmeared, uniformBallField } from '../uniformBallLaw.js'
import { averageOverSpheres, type SphereOptions, shellTheoremField } from './radialConvolution.js'
import { sphericalCubature } from './sphericalCubature.js'

/** The force field k*rho of one law and one kernel, the sign sigma included. */
export interface MeanField {
  readonly law: Law
  readonly kernel: Kernel
  /** How values are obtained. */
  readonly method: string
  /** Writes k*rho(q). @param q length 3 @param out length 3 @returns out */
  force(q: ArrayLike<number>, out: Float64Array): Float64Array
  /** k*rho(q) with its error, one estimate per component. @param q length 3 */
  estimate(q: ArrayLike<number>): readonly Estimate[]
  /** The component of k*rho along q/|q| at |q| = r >= 0, where rho is spherically symmetric about 0. */
  radial?(r: number): number
  /** The same with its error. */
  radialEstimate?(r: number): Estimate
}

/**
 * The mean field k*rho. In order of preference:
 * 1. kernel 1/r^2 without cut-off, rho radial: M(r)/r^2 with the enclosed mass;
 * 2. uniform ball, kernel (4): a polynomial piece by piece, `uniformBallField`;
 * 3. rho radial with closed averages over spheres (Gaussian, Plummer, bump, their concentric sums): one integral,
 *    int g(t) t^2 A(t, r) dt or, for kernels that equal 1/r^2 outside r_c, M(r)/r^2 - int_0^{r_c} (1 - t^2 g) A dt,
 *    whichever does not cancel;
 * 4. rho radial: shells, `shellTheoremField`;
 * 5. rho a superposition of radial densities: the sum of 1-4 about the centres;
 * 6. a law made from samples: the sum over them;
 * 7. otherwise: `sphericalCubature`.
 * @throws RangeError if the kernel is not one of R^3
 * @example meanField(plummerLaw(), coulombKernel({ sigma: -1 })).radial!(1) // -1/sqrt(8)
 */
export function meanField(law: Law, kernel: Kernel): MeanField {
  requireLaw(law)
  requireKernel(kernel)
  if (kernel.d !== 3) throw new RangeError(`kernel.d must be 3, as laws are on R^3, got ${kernel.d}`)
  const { sigma } = kernel
  const { radial, superposition } = law
  if (sigma === 0) {
    const nothing = (): Estimate => exact(0, 'no interaction')
    return field(law, kernel, 'no interaction', () => [nothing(), nothing(), nothing()], nothing)
  }
  if (law.atoms !== undefined) {
    const atoms = law.atoms
    return field(law, kernel, 'sum over the atoms', q => sumOverAtoms(q, atoms, kernel))
  }
  if (radial !== undefined) {
    const { method, magnitude } = radialField(radial, kernel)
    const along = (r: number): Estimate => scaled(magnitude(r), sigma)
    return field(law, kernel, method, q => centralVector(q, along), along)
  }
  if (superposition !== undefined) {
    const terms = superposition.map(term => ({ ...term, ...radialField(term.radial, kernel) }))
    const method = `superposition of: ${[...new Set(terms.map(term => term.method))].join('; ')}`
    return field(law, kernel, method, q => superposed(q, sigma, terms))
  }
  const { breaks } = kernel
  const combine = (t: number, shell: Float64Array, out: Float64Array): void => {
    const g = sigma * kernel.magnitude(t)
    for (let a = 0; a < 3; a++) out[a] = g * shell[a]!
  }
  return field(law, kernel, 'spherical cubature', q => sphericalCubature(law, q, 1, combine, { breaks }))
}

function field(
  law: Law,
  kernel: Kernel,
  method: string,
  vector: (q: ArrayLike<number>) => readonly Estimate[],
  along?: (r: number) => Estimate,
): MeanField {
  const estimate = (q: ArrayLike<number>): readonly Estimate[] => {
    requireLength('q', q, 3)
    return vector(q)
  }
  const force = (q: ArrayLike<number>, out: Float64Array): Float64Array => {
    const components = estimate(q)
    for (let a = 0; a < 3; a++) out[a] = components[a]!.value
    return out
  }
  if (along === undefined) return { law, kernel, method, force, estimate }
  const radialEstimate = (r: number): Estimate => {
    requireNumber('r', r, 0, Number.MAX_VALUE, 'a finite number >= 0')
    return along(r)
  }
  return { law, kernel, method, force, estimate, radial: r => radialEstimate(r).value, radialEstimate }
}

/**
 * The magnitude |k*rho|(r) of a radial density, without sigma, and how it is computed; its second argument is the
 * relative tolerance of the quadrature, if there is one.
 */
export function radialField(
  radial: RadialDensity,
  kernel: Kernel,
): { readonly method: string; readonly magnitude: (r: number, tolerance?: number) => Estimate } {
  const newtonian = kernel.alpha === 2
  const core = kernel.cutoffRadius
  const enclosed = (r: number): number => radial.enclosedMass(r) / r / r
  if (newtonian && core === 0) {
    const method = 'closed form: enclosed mass'
    return { method, magnitude: r => exact(r === 0 ? 0 : enclosed(r), method, 1e-14) }
  }
  if (radial.uniform === true && isUniformlySmeared(kernel)) {
    const method = 'closed form: convolution of two balls'
    return { method, magnitude: r => exact(uniformBallField(radial.supportRadius, core, r), method, 1e-14) }
  }
  if (radial.dipole === undefined) return { method: 'shells', magnitude: r => shellTheoremField(radial, kernel, r) }
  const g = kernel.magnitude
  const direct = (r: number, tolerance?: number): Estimate =>
    averageOverSpheres(radial, 'dipole', t => (t === 0 ? 0 : g(t) * t * t), r, kernel.breaks, tolerant(tolerance))
  if (!newtonian || !Number.isFinite(core)) {
    return {
      method: 'averages over spheres',
      magnitude: (r, tolerance) => (r === 0 ? exact(0, 'symmetry') : direct(r, tolerance)),
    }
  }
  const missing = (t: number): number => (t === 0 ? 1 : 1 - t * t * g(t))
  return {
    method: 'enclosed mass less the core, or averages over spheres',
    magnitude: (r, tolerance) => {
      if (r === 0) return exact(0, 'symmetry')
      const whole = enclosed(r)
      const correction = averageOverSpheres(radial, 'dipole', missing, r, kernel.breaks, {
        high: core,
        ...tolerant(tolerance),
      })
      const value = whole - correction.value
      // Deep inside a wide core the two nearly cancel; the direct integral has positive terms only.
      if (value < 0.1 * whole) return direct(r, tolerance)
      const error = correction.high - correction.value + 32 * Number.EPSILON * whole
      return estimated(value, error, 'closed enclosed mass less the core')
    },
  }
}

function tolerant(tolerance: number | undefined): SphereOptions {
  return tolerance === undefined ? {} : { tolerance }
}

function scaled(e: Estimate, factor: number): Estimate {
  const ends = [factor * e.low, factor * e.high]
  return { ...e, value: factor * e.value, low: Math.min(...ends), high: Math.max(...ends) }
}

/** The vector of the given component along q. */
function centralVector(q: ArrayLike<number>, along: (r: number) => Estimate): readonly Estimate[] {
  const r = euclideanNorm(q)
  const component = along(r)
  return [0, 1, 2].map(a => scaled(component, r === 0 ? 0 : q[a]! / r))
}

interface FieldTerm extends RadialTerm {
  magnitude(r: number): Estimate
}

function superposed(q: ArrayLike<number>, sigma: number, terms: readonly FieldTerm[]): readonly Estimate[] {
  const parts = terms.map(({ weight, center, magnitude }) =>
    centralVector(
      [0, 1, 2].map(a => q[a]! - center[a]!),
      r => scaled(magnitude(r), sigma * weight),
    ),
  )
  return [0, 1, 2].map(a => {
    const sum = (key: 'value' | 'low' | 'high'): number => parts.reduce((total, part) => total + part[a]![key], 0)
    return { ...parts[0]![a]!, value: sum('value'), low: sum('low'), high: sum('high') }
  })
}

function sumOverAtoms(q: ArrayLike<number>, { N, q: y }: Configuration, kernel: Kernel): readonly Estimate[] {
  const sum = new Float64Array(3)
  const size = new Float64Array(3)
  const x = new Float64Array(3)
  const k = new Float64Array(3)
  for (let i = 0; i < N; i++) {
    for (let a = 0; a < 3; a++) x[a] = q[a]! - y[a * N + i]!
    kernelForce(kernel, x, k)
    for (let a = 0; a < 3; a++) {
      sum[a] = sum[a]! + k[a]! / N
      size[a] = size[a]! + Math.abs(k[a]!) / N
    }
  }
  return Array.from(sum, (value, a) => estimated(value, N * Number.EPSILON * size[a]!, 'sum over the atoms'))
}
