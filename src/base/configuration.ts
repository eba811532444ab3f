/**
 * The state Z = (q, p) of N particles in d dimensions, structure of arrays: what laws sample, flows move and
 * estimates read.
 */
import { requireInteger } from './errors.js'

/** The state Z = (q, p) of N particles: what laws sample, flows move and estimates read. */
export interface Configuration {
  /** Number of particles. */
  readonly N: number
  /** Dimension of position space. */
  readonly d: number
  /** Positions, length d*N: coordinate a of particle i is q[a * N + i]. */
  readonly q: Float64Array
  /** Momenta, same layout. */
  readonly p: Float64Array
}

/** Most numbers in one array. */
const MOST = 2 ** 32

/** N particles at the origin at rest. @throws RangeError for N < 1 or d < 1 @example configuration(3, 3).q.length // 9 */
export function configuration(N: number, d: number = 3): Configuration {
  requireInteger('N', N, 1)
  requireInteger('d', d, 1)
  if (N * d > MOST) requireInteger('N', N, 1, Math.floor(MOST / d))
  return { N, d, q: new Float64Array(d * N), p: new Float64Array(d * N) }
}

/** Position of particle i as a fresh array of length d. */
export function positionOf(Z: Configuration, i: number): Float64Array {
  requireInteger('i', i, 0, Z.N - 1)
  return Float64Array.from({ length: Z.d }, (_, a) => Z.q[a * Z.N + i]!)
}

/** Momentum of particle i as a fresh array of length d. */
export function momentumOf(Z: Configuration, i: number): Float64Array {
  requireInteger('i', i, 0, Z.N - 1)
  return Float64Array.from({ length: Z.d }, (_, a) => Z.p[a * Z.N + i]!)
}
