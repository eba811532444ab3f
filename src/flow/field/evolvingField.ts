/**
 * The interface of a mean field in time, k^N_delta * rho^N_t for t in [0, T]: what characteristics (12) move in.
 * Implemented by the stationary, the radial and the 3-D solver, and by the field of a large particle system.
 */
import { quote } from '../../base/errors.js'
import type { Estimate } from '../../base/statistics/estimate.js'
import type { Kernel } from '../../interaction/kernel.js'
import type { Law } from '../../law/law.js'

/** A mean field in time, k^N_delta * rho^N_t for t in [0, T]. */
export interface EvolvingField {
  /** The initial law f0. */
  readonly law: Law
  /** k^N_delta; its parameters hold N, delta and sigma. */
  readonly kernel: Kernel
  /** The last time. */
  readonly T: number
  /** How it was obtained, in a few words. */
  readonly method: string
  /** Why this solver was taken, where `fieldFor` or `evolvingField` chose. */
  readonly reason?: string
  /** Resolution and whatever else it is a function of, for provenance. */
  readonly parameters: Readonly<Record<string, number | string>>
  /** sup over t <= T and q of the Euclidean error of the force, absolute: the interval is [0, high]. */
  readonly error: Estimate
  /** sup over t <= T and q of |k*rho_t|, the unit in which that error is small. */
  readonly scale: number
  /**
   * Writes (k^N_delta * rho_t)(q_i) for all i.
   * @param t in [0, T]
   * @param q positions, length d*n, structure of arrays: coordinate a of point i is q[a * n + i]
   * @param out same layout
   * @returns out
   */
  force(t: number, q: Float64Array, out: Float64Array): Float64Array
  /** The same numbers where a force takes long: on many threads. Leave q and out alone until it settles. */
  forceAsync?(t: number, q: Float64Array, out: Float64Array): Promise<Float64Array>
  /** rho^N_t(q), q of length d. */
  density?(t: number, q: ArrayLike<number>): number
  /** ||rho^N_t||_infinity. */
  densitySup?(t: number): Estimate
  /** int |p|^m f^N_t d^6z. */
  momentumMoment?(t: number, m: number): Estimate
  /** Total energy int |p|^2/2 f + (1/2) int int V rho rho, conserved by the exact solution. */
  energy?(t: number): Estimate
}

/** Requires a field in time. @throws TypeError */
export function requireField(name: string, field: unknown): void {
  const { T, force, law, kernel } = Object(field) as Partial<EvolvingField>
  const isField = typeof T === 'number' && typeof force === 'function'
  if (isField && typeof law === 'object' && typeof kernel === 'object') return
  throw new TypeError(`${name} must be a field in time, as from evolvingField(...), got ${quote(field)}`)
}

/** The force of a field, waited for only where the field takes long. */
export function fieldForce(
  field: EvolvingField,
  t: number,
  q: Float64Array,
  out: Float64Array,
): Float64Array | Promise<Float64Array> {
  return field.forceAsync === undefined ? field.force(t, q, out) : field.forceAsync(t, q, out)
}
