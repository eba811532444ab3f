/**
 * The true Lipschitz constant of the mean field k^N_delta * rho: what Lemma 6.1 bounds through a majorant.
 */
import { quote } from '../../base/errors.js'
import { type Estimate, estimated, exact } from '../../base/statistics/estimate.js'
import { euclideanNorm, type Kernel, requireKernel } from '../../interaction/kernel.js'
import { radialSupremum } from '../../interaction/radialSupremum.js'
import { type Law, type RadialDensity, requireLaw } from '../law.js'
import { searchMaximum } from '../searchMaximum.js'
import { radialField } from './meanField.js'
import { averageOverSpheres } from './radialConvolution.js'
import { sphericalCubature } from './sphericalCubature.js'

/** The largest operator norm of grad(k*rho) found, and where. */
export interface MeanFieldLipschitz {
  /** sup_q ||grad(k*rho)(q)||, Euclidean operator norm. The interval covers the quadrature, not a missed maximum. */
  readonly estimate: Estimate
  /** |q| where it is attained or approached. */
  readonly radius: number
  /** A point where it is attained or approached, length 3. */
  readonly point: Float64Array
}

/**
 * sup_q ||grad(k*rho)(q)||. For rho radial the gradient has the eigenvalues F'(r) along q and F(r)/r (twice) across,
 * with F' = (div k)*rho - 2 F/r, so the supremum is that of max(|F'|, |F/r|) over r, one-sided limits included. For a
 * superposition of radial densities and for laws without symmetry it is a maximum search over q from the centres and
 * modes: a lower bound that is sharp if the search found the highest peak.
 * @throws RangeError if the law is made from samples, the kernel is not one of R^3, or has no Lipschitz mean field that
 *   this can compute: alpha > 2 without cut-off, or no cut-off and rho neither radial nor a superposition of radial
 *   densities
 * @example meanFieldLipschitz(uniformBallLaw(), coulombKernel()).estimate.value // 2, just outside the ball
 */
export function meanFieldLipschitz(law: Law, kernel: Kernel): MeanFieldLipschitz {
  requireLaw(law)
  requireKernel(kernel)
  if (kernel.d !== 3) throw new RangeError(`kernel.d must be 3, as laws are on R^3, got ${kernel.d}`)
  if (law.atoms !== undefined) throw new RangeError(`law must have a density, got the samples ${quote(law.name)}`)
  if (kernel.sigma === 0) return { estimate: exact(0, 'no interaction'), radius: 0, point: new Float64Array(3) }
  if (law.radial !== undefined) return radialLipschitz(law.radial, kernel)
  const starts = [new Float64Array(3), ...(law.modes ?? []).map(mode => Float64Array.from(mode))]
  const norm = (q: ArrayLike<number>, order: number): Estimate => operatorNorm(meanFieldGradient(law, kernel, q, order))
  const scale = law.rhoSup ** (-1 / 3)
  const found = searchMaximum(q => norm(q, 16).value, starts, 0.5 * scale)
  const estimate = norm(found, 32)
  return {
    estimate: { ...estimate, method: `maximum search from ${starts.length} starts, ${estimate.method}` },
    radius: euclideanNorm(found),
    point: found,
  }
}

function radialLipschitz(radial: RadialDensity, kernel: Kernel): MeanFieldLipschitz {
  const gradient = radialGradient(radial, kernel)
  const norm = (r: number): number => {
    const { along, across } = gradient(r, 1e-9)
    return Math.max(Math.abs(along.value), Math.abs(across.value))
  }
  const { scale, supportRadius } = radial
  const core = Number.isFinite(kernel.cutoffRadius) ? kernel.cutoffRadius : 0
  // Outside the support and the core the field is that of a point mass or a softened one, whose gradient decreases.
  const high = Number.isFinite(supportRadius) ? 1.5 * (supportRadius + core) : 12 * scale + 3 * core
  const edges = radial.breaks.flatMap(s => (core > 0 ? [s - core, s, s + core] : [s])).filter(r => r > 0 && r < high)
  let { at: r, value } = radialSupremum(norm, 0, high, edges)
  // One-sided limits: at the centre, and next to the jumps of the density.
  for (const s of [0, ...edges.flatMap(edge => [edge * (1 - 4 * Number.EPSILON), edge * (1 + 4 * Number.EPSILON)])]) {
    const here = norm(s)
    if (here >= value * (1 - 1e-13)) {
      r = s
      value = here
    }
  }
  const { along, across } = gradient(r, 1e-13)
  const larger = Math.abs(along.value) >= Math.abs(across.value) ? along : across
  const estimate = estimated(Math.abs(larger.value), larger.high - larger.value, `supremum over r of: ${larger.method}`)
  return { estimate, radius: r, point: Float64Array.of(0, 0, r) }
}

/**
 * The two eigenvalues of grad(k*rho) at distance r, without sigma: F'(r) along the radius, F(r)/r across.
 * The second argument of the result is the relative tolerance of its quadratures, default 1e-13.
 */
export function radialGradient(
  radial: RadialDensity,
  kernel: Kernel,
): (r: number, tolerance?: number) => { readonly along: Estimate; readonly across: Estimate } {
  const { alpha, breaks, cutoffRadius } = kernel
  if (alpha > 2 && cutoffRadius === 0) {
    throw new RangeError(`kernel must have a cut-off or alpha <= 2 for a Lipschitz mean field, got alpha = ${alpha}`)
  }
  const { magnitude } = radialField(radial, kernel)
  const divergence = (t: number): number =>
    t === 0 ? 0 : t * (t * kernel.magnitudeDerivative(t) + 2 * kernel.magnitude(t))
  // Outside its core the kernel 1/r^2 has no divergence; without a core it is 4 pi times the point mass at 0.
  const reach = alpha === 2 ? cutoffRadius : Number.POSITIVE_INFINITY
  const spread = (r: number, tolerance: number): Estimate =>
    reach === 0
      ? exact(4 * Math.PI * radial.density(r), 'Poisson equation')
      : averageOverSpheres(radial, 'monopole', divergence, r, breaks, { high: reach, tolerance })
  return (r, tolerance = 1e-13) => {
    const trace = spread(r, tolerance)
    if (r === 0) {
      const third = { ...trace, value: trace.value / 3, low: trace.low / 3, high: trace.high / 3 }
      return { along: third, across: third }
    }
    const force = magnitude(r, tolerance)
    const across = estimated(force.value / r, (force.high - force.value) / r, force.method)
    const error = trace.high - trace.value + 2 * (across.high - across.value)
    return { along: estimated(trace.value - 2 * across.value, error, `(div k)*rho - 2 F/r, ${force.method}`), across }
  }
}

/**
 * The Jacobian of k*rho at q, row-major 3 x 3, each entry with its error.
 * @param order largest order of the cubature where no symmetry helps
 */
function meanFieldGradient(law: Law, kernel: Kernel, q: ArrayLike<number>, order: number): readonly Estimate[] {
  const { sigma } = kernel
  if (law.superposition !== undefined) {
    const value = new Float64Array(9)
    let error = 0
    for (const { weight, center, radial } of law.superposition) {
      const x = [0, 1, 2].map(a => q[a]! - center[a]!)
      const r = euclideanNorm(x)
      const { along, across } = radialGradient(radial, kernel)(r)
      error += weight * (along.high - along.value + across.high - across.value)
      for (let a = 0; a < 3; a++) {
        for (let b = 0; b < 3; b++) {
          const nn = r === 0 ? 0 : (x[a]! / r) * (x[b]! / r)
          const delta = a === b ? across.value : 0
          value[3 * a + b] = value[3 * a + b]! + sigma * weight * ((along.value - across.value) * nn + delta)
        }
      }
    }
    return Array.from(value, entry => estimated(entry, error, 'superposition'))
  }
  if (kernel.cutoffRadius === 0) {
    throw new RangeError(`kernel must have a cut-off for the gradient of a law without symmetry, got ${kernel.name}`)
  }
  const combine = (t: number, shell: Float64Array, out: Float64Array): void => {
    const tangential = (sigma * kernel.magnitude(t)) / t
    const difference = sigma * kernel.magnitudeDerivative(t) - tangential
    const isotropic = tangential * (shell[0]! + shell[3]! + shell[5]!)
    for (let k = 0; k < 6; k++) out[k] = difference * shell[k]! + (k === 0 || k === 3 || k === 5 ? isotropic : 0)
  }
  const options = { breaks: kernel.breaks, maxOrder: order, tolerance: 1e-8 }
  const upper = sphericalCubature(law, q, 2, combine, options)
  return [0, 1, 2, 1, 3, 4, 2, 4, 5].map(k => upper[k]!)
}

/**
 * The largest |eigenvalue| of a symmetric 3 x 3 matrix; its error is at most that of the entries in the Frobenius norm.
 */
function operatorNorm(matrix: readonly Estimate[]): Estimate {
  const m = matrix.map(entry => entry.value)
  const error = Math.sqrt(matrix.reduce((sum, entry) => sum + (entry.high - entry.value) ** 2, 0))
  const mean = (m[0]! + m[4]! + m[8]!) / 3
  const off = m[1]! ** 2 + m[2]! ** 2 + m[5]! ** 2
  const size = Math.sqrt(((m[0]! - mean) ** 2 + (m[4]! - mean) ** 2 + (m[8]! - mean) ** 2 + 2 * off) / 6)
  if (size === 0) return estimated(Math.abs(mean), error, matrix[0]!.method)
  const [a, b, c] = [(m[0]! - mean) / size, (m[4]! - mean) / size, (m[8]! - mean) / size]
  const [d, e, f] = [m[1]! / size, m[2]! / size, m[5]! / size]
  const half = (a * (b * c - f * f) - d * (d * c - f * e) + e * (d * f - b * e)) / 2
  // The eigenvalues are mean + 2 size cos(angle + 2 pi k/3).
  const angle = Math.acos(Math.min(1, Math.max(-1, half))) / 3
  const top = mean + 2 * size * Math.cos(angle)
  const bottom = mean + 2 * size * Math.cos(angle + (2 * Math.PI) / 3)
  return estimated(Math.max(Math.abs(top), Math.abs(bottom)), error, matrix[0]!.method)
}
