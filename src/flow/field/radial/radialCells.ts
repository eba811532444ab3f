/**
 * The radial density as polynomials on cells: for data with edges, across which no polynomial on the whole range
 * converges. Used by the radial solver only.
 *
 * On each of `cells` equal parts of [0, 1] in y = sqrt x = r/(r^2 + s^2)^{1/2} the coefficients are plain moments of
 * the particles there, c_n = sum_j m_j P_n(tau_j) with tau in [-1, 1] along the cell, P_n Legendre's polynomials, and
 * in y^2 those of radialModes on the first cell. A force read off them is sum_j m_j S(r, x_j) with the shell force S
 * projected on these polynomials: what the projection leaves out is orthogonal to them, so that its error is a product
 * of two small numbers, and an edge is felt in its own cell only.
 */
import { gaussLegendre } from '../../../base/numerics/quadrature.js'
import { type ModeRecurrence, modeRecurrence, modeSeries, modesAt } from './radialModes.js'

/** Polynomials on every cell. */
export interface RadialCells {
  /** Number of coefficients, cells * size, those of a cell side by side. */
  readonly K: number
  readonly cells: number
  /** Polynomials a cell, >= 2. */
  readonly size: number
  readonly beta: number
  /** Those of the first cell. */
  readonly first: ModeRecurrence
}

/** The basis of `size` polynomials on each of `cells` cells. */
export function radialCells(cells: number, size: number, d: number): RadialCells {
  return { K: cells * size, cells, size, beta: d / 2 - 1, first: modeRecurrence(size, d) }
}

/** Writes P_0(tau), ..., P_{size-1}(tau). */
export function legendreAt(tau: number, size: number, out: Float64Array): Float64Array {
  out[0] = 1
  out[1] = tau
  for (let n = 1; n + 1 < size; n++) out[n + 1] = ((2 * n + 1) * tau * out[n]! - n * out[n - 1]!) / (n + 1)
  return out
}

/** Writes the moments c. @param out length K */
export function cellMoments(basis: RadialCells, x: Float64Array, mass: Float64Array, out: Float64Array): void {
  const { cells, size, first } = basis
  const P = new Float64Array(size)
  const ratio = ratios(size)
  out.fill(0)
  for (let j = 0; j < x.length; j++) {
    const at = Math.sqrt(x[j]!) * cells
    const cell = Math.min(cells - 1, Math.floor(at))
    let i = cell * size
    if (cell === 0) {
      modesAt(first, at * at, P)
      for (let n = 0; n < size; n++) out[n] = out[n]! + mass[j]! * P[n]!
      continue
    }
    const tau = 2 * (at - cell) - 1
    let previous = 0
    let current = mass[j]!
    for (let n = 0; n < size; n++) {
      out[i] = out[i]! + current
      i++
      const next = (1 + ratio[n]!) * tau * current - ratio[n]! * previous
      previous = current
      current = next
    }
  }
}

/** n/(n + 1): P_{n+1} = (1 + n/(n+1)) tau P_n - n/(n+1) P_{n-1}. */
function ratios(size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, n) => n / (n + 1))
}

/** Writes the time derivatives of the moments, cells apart. @param velocity x_j' @param out length K */
export function cellVelocities(
  basis: RadialCells,
  x: Float64Array,
  velocity: Float64Array,
  mass: Float64Array,
  out: Float64Array,
): void {
  const { cells, size, first } = basis
  out.fill(0)
  const ratio = ratios(size)
  for (let j = 0; j < x.length; j++) {
    const y = Math.sqrt(x[j]!)
    const at = y * cells
    const cell = Math.min(cells - 1, Math.floor(at))
    const start = cell * size
    // (y^2 cells^2)' on the first cell, 2 y' cells = x' cells/y on the others.
    const rate = mass[j]! * velocity[j]! * cells
    const tau = cell === 0 ? at * at : 2 * (at - cell) - 1
    const speed = cell === 0 ? rate * cells : rate / y
    let b = 0
    let a = 1
    let db = 0
    let da = 0
    for (let n = 0; n < size; n++) {
      out[start + n] = out[start + n]! + da * speed
      const s = cell === 0 ? first.slope[n]! : 1 + ratio[n]!
      const line = s * tau + (cell === 0 ? first.shift[n]! : 0)
      const k = cell === 0 ? first.back[n]! : ratio[n]!
      const dc = s * a + line * da - k * db
      const c = line * a - k * b
      db = da
      da = dc
      b = a
      a = c
    }
  }
}

/** x^{-beta} dM/dx. */
export function cellSeries(basis: RadialCells, c: Float64Array, x: number): number {
  const { cells, size, beta, first } = basis
  const y = Math.sqrt(x)
  const at = y * cells
  const cell = Math.min(cells - 1, Math.floor(at))
  // dM/dx = dM/dy/(2 y); on the first cell dM/du = u^beta (series) with u = x cells^2.
  if (cell === 0) return cells * cells * (beta > 0 ? cells : 1) * modeSeries(first, c.subarray(0, size), at * at)
  const P = legendreAt(2 * (at - cell) - 1, size, new Float64Array(size))
  let sum = 0
  for (let n = 0; n < size; n++) sum += (2 * n + 1) * c[cell * size + n]! * P[n]!
  return (sum * cells) / (2 * y * (beta > 0 ? y : 1))
}

/** Mass below x. */
export function cellMass(basis: RadialCells, c: Float64Array, x: number): number {
  const { cells, size, beta, first } = basis
  const at = Math.sqrt(x) * cells
  const cell = Math.min(cells - 1, Math.floor(at))
  let sum = 0
  for (let i = 0; i < cell; i++) sum += c[i * size]!
  if (cell === 0) {
    const { nodes, weights } = gaussLegendre(size + 2)
    const own = c.subarray(0, size)
    let inner = 0
    for (let g = 0; g < nodes.length; g++) {
      const y = 0.5 * (1 + nodes[g]!)
      inner += weights[g]! * (beta > 0 ? y * y : y) * modeSeries(first, own, at * at * y * y)
    }
    return inner * at * at * (beta > 0 ? at : 1)
  }
  const tau = 2 * (at - cell) - 1
  const P = legendreAt(tau, size + 1, new Float64Array(size + 1))
  sum += 0.5 * (1 + tau) * c[cell * size]!
  for (let n = 1; n < size; n++) sum += 0.5 * c[cell * size + n]! * (P[n + 1]! - P[n - 1]!)
  return sum
}
