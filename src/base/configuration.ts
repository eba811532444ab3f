/**
 * The state Z = (q, p) of N particles in d dimensions, structure of arrays: what laws sample, flows move and
 * estimates read.
 */
import { quote, requireInteger, requireLength, requireObject } from './errors.js'

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

/**
 * N particles at the origin at rest. @throws RangeError for N < 1 or d < 1
 * @example configuration(3, 3).q.length // 9
 */
export function configuration(N: number, d: number = 3): Configuration {
  requireInteger('N', N, 1)
  requireInteger('d', d, 1)
  if (d > MOST) requireInteger('d', d, 1, MOST)
  if (N * d > MOST) requireInteger('N', N, 1, Math.floor(MOST / d))
  return { N, d, q: new Float64Array(d * N), p: new Float64Array(d * N) }
}

/** Requires a configuration: sizes and lengths, not every number. @throws TypeError, RangeError naming what is wrong */
export function requireConfiguration(name: string, Z: unknown): void {
  requireObject(name, Z, 'like a configuration { N, d, q, p }')
  const { N, d, q, p } = Z as Configuration
  requireInteger(`${name}.N`, N, 1)
  requireInteger(`${name}.d`, d, 1)
  for (const [key, x] of [
    ['q', q],
    ['p', p],
  ] as const) {
    if (!(x instanceof Float64Array)) throw new TypeError(`${name}.${key} must be a Float64Array, got ${quote(x)}`)
    requireLength(`${name}.${key}`, x, d * N)
  }
}

/** Position of particle i as a fresh array of length d. @throws TypeError, RangeError */
export function positionOf(Z: Configuration, i: number): Float64Array {
  requireConfiguration('Z', Z)
  requireInteger('i', i, 0, Z.N - 1)
  return Float64Array.from({ length: Z.d }, (_, a) => Z.q[a * Z.N + i]!)
}

/** Momentum of particle i as a fresh array of length d. @throws TypeError, RangeError */
export function momentumOf(Z: Configuration, i: number): Float64Array {
  requireConfiguration('Z', Z)
  requireInteger('i', i, 0, Z.N - 1)
  return Float64Array.from({ length: Z.d }, (_, a) => Z.p[a * Z.N + i]!)
}
