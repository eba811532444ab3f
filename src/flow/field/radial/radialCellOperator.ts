/**
 * From the moments on cells to the force: the operator of one kernel, for data with edges.
 */
import { gaussLegendre } from '../../../base/numerics/quadrature.js'
import type { Kernel } from '../../../interaction/kernel.js'
import { shellForce } from '../shellForce.js'
import { legendreAt, type RadialCells } from './radialCells.js'
import { modesAt } from './radialModes.js'
import { CELL, chebyshevPoints, halfPower, monomialMatrix, type RadialOperator } from './radialOperator.js'

/** Gauss nodes on each smooth piece of a cell. */
const ORDER = 12

/**
 * The operator that takes the moments on cells to the cells of h = F/(r w^gamma), for x = r^2/(r^2 + s^2) and sigma
 * = 1. Its rows are the coefficients of the shell force in the polynomials of each cell, by Gauss rules between its
 * kinks. Where the kernel is Coulomb's from a radius on, cells further apart than that see their masses only.
 */
export function radialCellOperator(kernel: Kernel, basis: RadialCells, s: number): RadialOperator {
  const steps = radialCellOperatorSteps(kernel, basis, s)
  for (;;) {
    const { done, value } = steps.next()
    if (done === true) return value
  }
}

/** {@link radialCellOperator} in steps, one for each cell: seconds in all for kernels that act everywhere. */
export function* radialCellOperatorSteps(
  kernel: Kernel,
  basis: RadialCells,
  s: number,
): Generator<undefined, RadialOperator, void> {
  const { cells, size } = basis
  const twoGamma = kernel.alpha + 1
  const reach = kernel.alpha === kernel.d - 1 ? kernel.cutoffRadius : Number.POSITIVE_INFINITY
  const radiusOf = (y: number): number => (y >= 1 ? Number.POSITIVE_INFINITY : (s * y) / Math.sqrt((1 - y) * (1 + y)))
  const yOf = (r: number): number => r / Math.sqrt(r * r + s * s)
  const tau = chebyshevPoints(CELL)
  const toMonomial = monomialMatrix(tau)
  const low = new Int32Array(cells)
  const high = new Int32Array(cells)
  const start = new Int32Array(cells)
  let entries = 0
  for (let i = 0; i < cells; i++) {
    low[i] = Math.max(0, Math.floor(yOf(Math.max(0, radiusOf(i / cells) - reach)) * cells))
    high[i] = Math.min(cells, Math.ceil(yOf(radiusOf((i + 1) / cells) + reach) * cells) || cells)
    start[i] = entries
    entries += CELL * (high[i]! - low[i]!) * size
  }
  const matrix = new Float64Array(entries)
  const outside = new Float64Array(cells * CELL)
  const rows = new Float64Array(CELL * cells * size)
  for (let i = 0; i < cells; i++) {
    const width = (high[i]! - low[i]!) * size
    rows.fill(0)
    for (let k = 0; k < CELL; k++) {
      const y = (i + 0.5 * (1 + tau[k]!)) / cells
      const r = radiusOf(y)
      const unit = r * halfPower(((1 - y) * (1 + y)) / (s * s), twoGamma)
      const force = shellForce(kernel, r)
      const cuts = kinks(kernel, r).map(yOf)
      for (let j = low[i]!; j < high[i]!; j++) {
        const at = k * width + (j - low[i]!) * size
        projected(basis, j, cuts, value => force(radiusOf(value)) / unit, rows.subarray(at, at + size))
      }
      const farther = (kernel.d === 3 ? 1 / (r * r) : 1 / r) / unit
      for (let m = 0; m < CELL; m++) {
        outside[i * CELL + m] = outside[i * CELL + m]! + toMonomial[m * CELL + k]! * farther
      }
    }
    for (let m = 0; m < CELL; m++) {
      const out = matrix.subarray(start[i]! + m * width, start[i]! + (m + 1) * width)
      for (let k = 0; k < CELL; k++) {
        const weight = toMonomial[m * CELL + k]!
        for (let n = 0; n < width; n++) out[n] = out[n]! + weight * rows[k * width + n]!
      }
    }
    yield
  }
  return { cells, twoGamma, matrix, bands: { size, low, high, start, outside } }
}

/** Radii of shells at which the force at r may have a kink. */
function kinks(kernel: Kernel, r: number): number[] {
  const list = [r]
  for (const u of kernel.breaks) list.push(Math.abs(r - u), r + u)
  return list.filter(Number.isFinite)
}

/** Writes the coefficients (over the squared norms) of f in the polynomials of cell j. */
function projected(
  { cells, size, beta, first }: RadialCells,
  j: number,
  cuts: readonly number[],
  f: (y: number) => number,
  out: Float64Array,
): void {
  const P = new Float64Array(size)
  const { nodes, weights } = gaussLegendre(ORDER)
  const inside = cuts.map(y => y * cells - j).filter(u => u > 1e-12 && u < 1 - 1e-12)
  const ends = [0, ...inside.sort((a, b) => a - b), 1]
  for (let e = 0; e + 1 < ends.length; e++) {
    const [a, b] = [ends[e]!, ends[e + 1]!]
    for (let g = 0; g < ORDER; g++) {
      const u = a + 0.5 * (b - a) * (1 + nodes[g]!)
      // On the first cell in u^2 with the weight (u^2)^beta.
      const measure = j === 0 ? 2 * u * (beta > 0 ? u : 1) : 1
      const weight = 0.5 * (b - a) * weights[g]! * measure * f((j + u) / cells)
      if (j === 0) modesAt(first, u * u, P)
      else legendreAt(2 * u - 1, size, P)
      for (let n = 0; n < size; n++) {
        out[n] = out[n]! + (j === 0 ? 2 * n + beta + 1 : 2 * n + 1) * weight * P[n]!
      }
    }
  }
}
