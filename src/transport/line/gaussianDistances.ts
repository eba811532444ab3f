/**
 * Wasserstein distances between normal laws in closed form: oracles for everything that samples.
 */

import { quote, requireInteger, requireLength, requireNumber } from '../../base/errors.js'
import { gamma } from '../../base/numerics/special.js'
import { requireNumbers, requireShape } from '../../base/shape.js'

/** A normal law on R^d. */
export interface NormalLaw {
  /** Length d. */
  readonly mean: ArrayLike<number>
  /** d rows of length d, symmetric, positive semidefinite. */
  readonly covariance: readonly ArrayLike<number>[]
}

/**
 * W_p between centred normal laws with covariances sigma_1^2 and sigma_2^2 times the identity: the radial map is
 * optimal, |sigma_1 - sigma_2| (E|xi|^p)^(1/p), E|xi|^p = 2^(p/2) Gamma((d + p)/2)/Gamma(d/2).
 * @param d dimension >= 1
 * @param sigma1 standard deviation of a coordinate, >= 0
 * @param sigma2 of the other law
 * @param p in [1, Infinity); for p = Infinity the distance is infinite unless the two agree
 * @throws TypeError, RangeError outside these ranges; RangeError where Gamma overflows (d + p > 340)
 * @example concentricGaussianDistance(1, 2, 1, 3) // 2
 */
export function concentricGaussianDistance(d: number, p: number, sigma1: number, sigma2: number): number {
  requireInteger('d', d, 1)
  requireNumber('p', p, 1, Number.POSITIVE_INFINITY)
  requireNumber('sigma1', sigma1, 0, Number.MAX_VALUE)
  requireNumber('sigma2', sigma2, 0, Number.MAX_VALUE)
  const difference = Math.abs(sigma1 - sigma2)
  if (p === Number.POSITIVE_INFINITY) return difference === 0 ? 0 : Number.POSITIVE_INFINITY
  requireNumber('d + p', d + p, 2, 340)
  return difference * Math.SQRT2 * (gamma((d + p) / 2) / gamma(d / 2)) ** (1 / p)
}

/**
 * W_p between any measure and its translate by a: |a| for all p in [1, Infinity] (the means differ by a, Jensen).
 * @example translateDistance([3, 4]) // 5
 */
export function translateDistance(a: ArrayLike<number>): number {
  requireNumbers('a', a)
  return Math.hypot(...Array.from(a))
}

/**
 * W_2 between normal laws: |m_1 - m_2|^2 + tr(A + B - 2 (A^(1/2) B A^(1/2))^(1/2)) is its square.
 * @throws TypeError, RangeError for lengths that do not match, matrices that are not symmetric or have an eigenvalue <
 * 0
 * @source D. C. Dowson, B. V. Landau 1982, doi:10.1016/0047-259X(82)90077-X
 * @example gaussianW2({ mean: [0], covariance: [[1]] }, { mean: [3], covariance: [[25]] }) // 5
 */
export function gaussianW2(first: NormalLaw, second: NormalLaw): number {
  requireShape<NormalLaw>('first', first, { mean: 'numbers', covariance: ['numbers'] })
  requireShape<NormalLaw>('second', second, { mean: 'numbers', covariance: ['numbers'] })
  requireInteger('first.mean.length', first.mean.length, 1)
  const d = first.mean.length
  requireLength('second.mean', second.mean, d)
  const A = requireCovariance('first.covariance', first.covariance, d)
  const B = requireCovariance('second.covariance', second.covariance, d)
  const root = squareRoot(A)
  const cross = symmetricEigen(multiply(multiply(root, B), root)).values
  let square = 0
  for (let a = 0; a < d; a++) {
    square += (first.mean[a]! - second.mean[a]!) ** 2 + A[a]![a]! + B[a]![a]! - 2 * Math.sqrt(Math.max(0, cross[a]!))
  }
  return Math.sqrt(Math.max(0, square))
}

type Matrix = number[][]

function requireCovariance(name: string, rows: readonly ArrayLike<number>[], d: number): Matrix {
  requireLength(name, rows as unknown as ArrayLike<number>, d)
  const M = rows.map((row, a) => {
    requireLength(`${name}[${a}]`, row, d)
    return Array.from(row)
  })
  const size = Math.max(...M.flat().map(Math.abs))
  // Sums and products of d numbers in floating point.
  const tolerance = 8 * d * Number.EPSILON * size
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < d; b++) {
      if (!Number.isFinite(M[a]![b])) throw new RangeError(`${name} must hold finite numbers, got ${quote(M[a]![b])}`)
      if (Math.abs(M[a]![b]! - M[b]![a]!) > tolerance) throw new RangeError(`${name} must be symmetric`)
    }
  }
  const least = Math.min(...symmetricEigen(M).values)
  if (least < -tolerance) throw new RangeError(`${name} must be positive semidefinite, got the eigenvalue ${least}`)
  return M
}

const multiply = (A: Matrix, B: Matrix): Matrix =>
  A.map(row => B[0]!.map((_, b) => row.reduce((sum, x, k) => sum + x * B[k]![b]!, 0)))

/** The positive semidefinite square root. */
function squareRoot(A: Matrix): Matrix {
  const { values, vectors } = symmetricEigen(A)
  return A.map((_, a) =>
    A.map((_, b) =>
      values.reduce((sum, value, k) => sum + vectors[a]![k]! * Math.sqrt(Math.max(0, value)) * vectors[b]![k]!, 0),
    ),
  )
}

/** Eigenvalues and eigenvectors (columns) of a symmetric matrix by Jacobi's rotations. */
function symmetricEigen(symmetric: Matrix): { values: number[]; vectors: Matrix } {
  const d = symmetric.length
  const A = symmetric.map(row => [...row])
  const V: Matrix = A.map((_, a) => A.map((_, b) => (a === b ? 1 : 0)))
  const size = Math.max(...A.flat().map(Math.abs))
  for (let sweep = 0; sweep < 60; sweep++) {
    let largest = 0
    for (let a = 0; a < d; a++) {
      for (let b = a + 1; b < d; b++) {
        const off = A[a]![b]!
        largest = Math.max(largest, Math.abs(off))
        if (Math.abs(off) <= 1e-18 * size) continue
        const theta = (A[b]![b]! - A[a]![a]!) / (2 * off)
        const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
        const c = 1 / Math.sqrt(t * t + 1)
        const s = t * c
        for (let k = 0; k < d; k++) {
          const [x, y] = [A[k]![a]!, A[k]![b]!]
          A[k]![a] = c * x - s * y
          A[k]![b] = s * x + c * y
        }
        for (let k = 0; k < d; k++) {
          const [x, y] = [A[a]![k]!, A[b]![k]!]
          A[a]![k] = c * x - s * y
          A[b]![k] = s * x + c * y
          const [u, v] = [V[k]![a]!, V[k]![b]!]
          V[k]![a] = c * u - s * v
          V[k]![b] = s * u + c * v
        }
      }
    }
    if (largest <= 1e-18 * size) break
  }
  return { values: A.map((row, a) => row[a]!), vectors: V }
}
