/**
 * A finite measure: n points of R^d with weights that sum to 1. What distances are taken between.
 */
import { type Configuration, requireConfiguration } from '../base/configuration.js'
import { quote, requireObject } from '../base/errors.js'

/** A finite measure: n points of R^d with weights that sum to 1. */
export interface PointCloud {
  /** Number of points. */
  readonly n: number
  /** Dimension. */
  readonly d: number
  /** Coordinates, length d*n, structure of arrays: coordinate a of point i is x[a * n + i]. */
  readonly x: Float64Array
  /** Weights > 0 with sum 1, length n; undefined: all 1/n. */
  readonly weights?: Float64Array
}

/**
 * The empirical measure mu^N_0[Z] of a configuration on phase space, points z_i = (q_i, p_i) of R^(2d).
 * @source (8)
 * @example phaseCloud(gaussianLaw().sample(100, stream)).d // 6
 */
export function phaseCloud(Z: Configuration): PointCloud {
  requireConfiguration('Z', Z)
  const { N, d, q, p } = Z
  const x = new Float64Array(2 * d * N)
  x.set(q)
  x.set(p, d * N)
  return { n: N, d: 2 * d, x }
}

/**
 * Checks a cloud before any work.
 * @throws TypeError, RangeError naming the argument: a length that does not match, a coordinate that is not finite
 * (with its index), weights that are not positive or do not sum to 1
 */
export function requireCloud(name: string, cloud: PointCloud): void {
  requireObject(name, cloud, '{ n, d, x }')
  const { n, d, x, weights } = cloud
  if (!Number.isInteger(n) || n < 1) throw new RangeError(`${name}.n must be an integer >= 1, got ${quote(n)}`)
  if (!Number.isInteger(d) || d < 1) throw new RangeError(`${name}.d must be an integer >= 1, got ${quote(d)}`)
  if (!(x instanceof Float64Array)) throw new TypeError(`${name}.x must be a Float64Array, got ${quote(x)}`)
  if (x.length !== n * d) throw new RangeError(`${name}.x must have length n*d = ${n * d}, got ${x.length}`)
  for (let k = 0; k < x.length; k++) {
    if (!Number.isFinite(x[k])) throw new RangeError(`${name}.x[${k}] must be a finite number, got ${quote(x[k])}`)
  }
  if (weights === undefined) return
  if (!(weights instanceof Float64Array)) {
    throw new TypeError(`${name}.weights must be a Float64Array, got ${quote(weights)}`)
  }
  if (weights.length !== n) throw new RangeError(`${name}.weights must have length n = ${n}, got ${weights.length}`)
  let sum = 0
  for (let i = 0; i < n; i++) {
    const w = weights[i]!
    if (!(w > 0 && w < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`${name}.weights[${i}] must be a positive number, got ${quote(w)}`)
    }
    sum += w
  }
  // Weights normalised in floating point miss 1 by at most n roundings.
  if (Math.abs(sum - 1) > 2 * n * Number.EPSILON) {
    throw new RangeError(`${name}.weights must sum to 1, got a sum of ${sum}`)
  }
}
