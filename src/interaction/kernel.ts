/**
 * The interface of a pair interaction: a radial force kernel k: R^d -> R^d and its potential.
 * Implemented by {@link coulombKernel} (2), {@link cutoffKernel} (4) and {@link customKernel}; read by laws
 * (mean fields), claims, and force sums.
 */
import { quote, requireArray, requireLength, type Sigma } from '../base/errors.js'

/** A radial pair force k(q) = sigma g(|q|) q/|q|, with k(0) = 0 (no self-force). */
export interface Kernel {
  /** Short name, as in stored results: 'coulomb', 'truncated', ... */
  readonly name: string
  /** Formula of k as TeX. */
  readonly tex: string
  /** Dimension d >= 2 of position space. */
  readonly d: number
  /** Exponent of the singularity: |k(q)| = |q|^-alpha outside the cut-off. 0 < alpha. Coulomb: d - 1. */
  readonly alpha: number
  /** 1 repulsive, -1 attractive, 0 none. */
  readonly sigma: Sigma
  /**
   * Radius r_c = N^-delta outside which the kernel equals sigma q/|q|^(alpha+1) exactly; 0 without cut-off, Infinity if
   * nowhere.
   */
  readonly cutoffRadius: number
  /** Radii > 0 where the formula of g changes (g or one of its derivatives may jump); quadratures break there. */
  readonly breaks: readonly number[]
  /** What it was made from (N, delta, ...), for provenance. */
  readonly parameters: Readonly<Record<string, number | string>>
  /** g(r) >= 0 for r > 0 (without the sign sigma), 0 at r = 0. Unit: 1/length^alpha. */
  magnitude(r: number): number
  /** g'(r); at a corner the value from outside; at 0 the limit, -Infinity if there is none. */
  magnitudeDerivative(r: number): number
  /** V(r) with k = -grad V (sign sigma included), zero at infinity if alpha > 1, else zero at r = 1. */
  potential(r: number): number
}

/**
 * The force vector k(q) = sigma g(|q|) q/|q|, and 0 at q = 0.
 * @param q position, length d
 * @param out where to write, length d
 * @returns out
 * @example kernelForce(coulombKernel(), [2, 0, 0], new Float64Array(3)) // [0.25, 0, 0]
 */
export function kernelForce(kernel: Kernel, q: ArrayLike<number>, out: Float64Array): Float64Array {
  requireKernel(kernel)
  requireArray('q', q)
  requireLength('q', q, kernel.d)
  requireLength('out', out, kernel.d)
  const r = euclideanNorm(q)
  const size = r === 0 || kernel.sigma === 0 ? 0 : kernel.sigma * kernel.magnitude(r)
  // q/|q| first: g(r)/r overflows long before g(r) does. A zero coordinate stays zero even where g is Infinity.
  for (let a = 0; a < kernel.d; a++) out[a] = size === 0 || q[a] === 0 ? 0 : size * (q[a]! / r)
  return out
}

/**
 * The gradient (Jacobian) of k at q: sigma [ g'(r) n n^T + g(r)/r (1 - n n^T) ], n = q/r, row-major d x d.
 * At q = 0 the limit g'(0) times the identity; NaN on the diagonal where k has no gradient there.
 * @param q position, length d
 * @param out where to write, length d*d
 * @returns out
 * @example kernelGradient(coulombKernel(), [1, 0, 0], new Float64Array(9)) // [-2, 0, 0, 0, 1, 0, 0, 0, 1]
 */
export function kernelGradient(kernel: Kernel, q: ArrayLike<number>, out: Float64Array): Float64Array {
  requireKernel(kernel)
  requireArray('q', q)
  requireLength('q', q, kernel.d)
  requireLength('out', out, kernel.d ** 2)
  const { d, sigma } = kernel
  const r = euclideanNorm(q)
  if (r === 0 || sigma === 0) {
    const slope = sigma === 0 ? 0 : sigma * kernel.magnitudeDerivative(0)
    for (let a = 0; a < d * d; a++) out[a] = a % (d + 1) !== 0 ? 0 : Number.isFinite(slope) ? slope : Number.NaN
    return out
  }
  const radial = sigma * kernel.magnitudeDerivative(r)
  const tangential = (sigma * kernel.magnitude(r)) / r
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < d; b++) {
      out[a * d + b] = (radial - tangential) * (q[a]! / r) * (q[b]! / r) + (a === b ? tangential : 0)
    }
  }
  return out
}

/** Requires a kernel. @throws TypeError */
export function requireKernel(kernel: Kernel): void {
  if (typeof kernel === 'object' && kernel !== null && typeof kernel.magnitude === 'function') return
  throw new TypeError(`kernel must be a kernel, as from cutoffKernel(), got ${quote(kernel)}`)
}

/** |q|, safe against overflow. */
export function euclideanNorm(q: ArrayLike<number>): number {
  requireArray('q', q)
  let norm = 0
  for (let a = 0; a < q.length; a++) norm = Math.hypot(norm, q[a]!)
  return norm
}

/** |q|_infinity = max_a |q_a|. */
export function maximumNorm(q: ArrayLike<number>): number {
  requireArray('q', q)
  let norm = 0
  for (let a = 0; a < q.length; a++) norm = Math.max(norm, Math.abs(q[a]!))
  return norm
}
