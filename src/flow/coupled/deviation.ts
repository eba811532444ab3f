/**
 * How far two configurations are apart, particle by particle: |Psi - Phi| in the paper's norms. Read by the coupled
 * run.
 */
import { type Configuration, requireConfiguration } from '../../base/configuration.js'

/** Largest differences of two configurations of the same N and d. */
export interface Deviation {
  /** |X^1 - Y^1|_infinity: over all coordinates of all positions. */
  readonly position: number
  /** |X^2 - Y^2|_infinity: the same for momenta. */
  readonly momentum: number
  /** max_i |x_i - y_i| of positions, Euclidean for each particle. */
  readonly positionEuclidean: number
  /** max_i |x_i - y_i| of momenta, Euclidean for each particle. */
  readonly momentumEuclidean: number
}

/**
 * The deviation of two configurations.
 * @throws RangeError if N or d differ
 * @example deviation(Z, Z).position // 0
 */
export function deviation(X: Configuration, Y: Configuration): Deviation {
  requireConfiguration('X', X)
  requireConfiguration('Y', Y)
  if (X.N !== Y.N || X.d !== Y.d) {
    throw new RangeError(`X and Y must have the same N and d, got ${X.N}, ${X.d} and ${Y.N}, ${Y.d}`)
  }
  const [position, positionEuclidean] = largest(X.q, Y.q, X.N, X.d)
  const [momentum, momentumEuclidean] = largest(X.p, Y.p, X.N, X.d)
  return { position, momentum, positionEuclidean, momentumEuclidean }
}

/** max |x - y|_infinity over all, and max_i |x_i - y_i|, of vectors in structure-of-arrays form. */
export function largest(x: Float64Array, y: Float64Array, n: number, d: number): readonly [number, number] {
  let maximum = 0
  let square = 0
  for (let i = 0; i < n; i++) {
    let sum = 0
    for (let a = 0; a < d; a++) {
      const difference = x[a * n + i]! - y[a * n + i]!
      // Math.max, because with it NaN wins: a difference that is no number must not look like none.
      maximum = Math.max(maximum, Math.abs(difference))
      sum += difference * difference
    }
    square = Math.max(square, sum)
  }
  return [maximum, Math.sqrt(square)]
}
