/**
 * A lattice in six dimensions that integrates smooth functions far better than a product grid of as many points: the
 * dual of E6, turned and shifted at random. The solver for smooth laws lays its markers on it.
 */
import type { RandomStream } from '../../../base/random.js'

/** Dimension of phase space. */
export const PHASE = 6

/** The Cartan matrix of E6: the scalar products of a basis, shortest vectors of length sqrt 2, determinant 3. */
const E6 = [
  [2, -1, 0, 0, 0, 0],
  [-1, 2, -1, 0, 0, 0],
  [0, -1, 2, -1, 0, -1],
  [0, 0, -1, 2, -1, 0],
  [0, 0, 0, -1, 2, 0],
  [0, 0, -1, 0, 0, 2],
] as const

/** Points of a lattice in a ball about 0. */
export interface LatticePoints {
  readonly count: number
  /** Structure of arrays, length 6 * count. */
  readonly points: Float64Array
  /** Volume of a cell: the weight of every point in an integral. */
  readonly cell: number
}

/**
 * The points within `radius` of 0. The sum over the whole lattice of an integrable f, times the cell, is the integral
 * and the values of its Fourier transform at the vectors of the reciprocal lattice, none of which is shorter than
 * `bandwidth`: for the normal density the error is about 72 exp(-bandwidth^2/2). E6 packs the wave numbers: 4.6 times
 * fewer points than a cubic lattice.
 * @param bandwidth length of the shortest reciprocal vectors, sqrt 2 (2 pi/a) for the lattice a E6*
 * @source J. H. Conway, N. J. A. Sloane, Sphere Packings, Lattices and Groups (1999), ch. 4.8.3; H. R. Kuensch, E.
 * Agrell, F. A. Hamprecht, IEEE Trans. Inf. Theory 51 (2005) 634
 * @example phaseLattice(8, 1, randomStream('lattice')).cell // (2 pi sqrt(2)/8)^6/sqrt(3)
 */
export function phaseLattice(bandwidth: number, radius: number, random: RandomStream): LatticePoints {
  const a = (2 * Math.PI * Math.SQRT2) / bandwidth
  const basis = upperRoot(inverse(E6)).map(row => row.map(x => a * x))
  // A shift in units of the basis is uniform in a cell.
  const shift = Array.from({ length: PHASE }, () => random.uniform())
  const turn = randomRotation(random)
  const found: number[] = []
  const n = new Float64Array(PHASE)
  const x = new Float64Array(PHASE)
  const search = (axis: number, left: number): void => {
    let offset = 0
    for (let j = axis + 1; j < PHASE; j++) offset += basis[axis]![j]! * n[j]!
    const step = basis[axis]![axis]!
    const reach = Math.sqrt(left)
    const first = Math.ceil((-reach - offset) / step - shift[axis]!)
    for (let k = first; ; k++) {
      n[axis] = k + shift[axis]!
      const value = offset + step * n[axis]!
      if (value > reach) return
      x[axis] = value
      if (axis > 0) search(axis - 1, Math.max(0, left - value * value))
      else for (let b = 0; b < PHASE; b++) found.push(x[b]!)
    }
  }
  search(PHASE - 1, radius * radius)
  const count = found.length / PHASE
  const points = new Float64Array(PHASE * count)
  for (let i = 0; i < count; i++) {
    for (let b = 0; b < PHASE; b++) {
      let sum = 0
      for (let c = 0; c < PHASE; c++) sum += turn[b]![c]! * found[PHASE * i + c]!
      points[b * count + i] = sum
    }
  }
  return { count, points, cell: a ** PHASE / Math.sqrt(3) }
}

/** The number of points to be expected. */
export function latticeCount(bandwidth: number, radius: number): number {
  const a = (2 * Math.PI * Math.SQRT2) / bandwidth
  return (((Math.PI ** 3 / 6) * radius ** PHASE) / a ** PHASE) * Math.sqrt(3)
}

/** A rotation (or reflection) that is uniformly distributed: orthonormal columns from normal vectors. */
function randomRotation(random: RandomStream): number[][] {
  const rows: number[][] = []
  while (rows.length < PHASE) {
    const v = Array.from({ length: PHASE }, () => random.normal())
    for (const row of rows) {
      const along = row.reduce((sum, r, k) => sum + r * v[k]!, 0)
      for (let k = 0; k < PHASE; k++) v[k] = v[k]! - along * row[k]!
    }
    const size = Math.sqrt(v.reduce((sum, c) => sum + c * c, 0))
    if (size > 1e-6) rows.push(v.map(c => c / size))
  }
  return rows
}

/** U with U^T U = G, upper triangular. */
function upperRoot(G: readonly (readonly number[])[]): number[][] {
  const L = lowerRoot(G)
  return L.map((_, i) => L.map(row => row[i]!))
}

/** L with L L^T = G, lower triangular. @throws RangeError where G is not positive definite */
export function lowerRoot(G: readonly (readonly number[])[]): number[][] {
  const size = G.length
  const L = G.map(() => new Array<number>(size).fill(0))
  for (let j = 0; j < size; j++) {
    for (let i = j; i < size; i++) {
      let sum = G[i]![j]!
      for (let k = 0; k < j; k++) sum -= L[i]![k]! * L[j]![k]!
      if (i > j) L[i]![j] = sum / L[j]![j]!
      else if (sum > 0) L[j]![j] = Math.sqrt(sum)
      else throw new RangeError('the covariance of the law must be positive definite')
    }
  }
  return L
}

/** By Gauss's elimination; for matrices of a few rows that need no pivots. */
function inverse(G: readonly (readonly number[])[]): number[][] {
  const size = G.length
  const rows = G.map((row, i) => [...row, ...row.map((_, k) => (k === i ? 1 : 0))])
  for (let j = 0; j < size; j++) {
    const pivot = rows[j]![j]!
    rows[j] = rows[j]!.map(x => x / pivot)
    for (let i = 0; i < size; i++) {
      if (i === j) continue
      const factor = rows[i]![j]!
      rows[i] = rows[i]!.map((x, k) => x - factor * rows[j]![k]!)
    }
  }
  return rows.map(row => row.slice(size))
}
