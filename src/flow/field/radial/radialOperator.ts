/**
 * From the modes of a radial density to its force: the linear operator of one kernel, computed once per field.
 *
 * The force is F(r) = r w^gamma h(x) with w = 1/(r^2 + s^2), x = r^2 w and 2 gamma = alpha + 1, so that h is smooth and
 * bounded on [0, 1], r = infinity included; for Coulomb h = M/x^{d/2}. The operator takes c_n to the coefficients of h
 * on equal cells, each a polynomial of degree 7, which is how particles and field points read it.
 */
import { gaussLegendre } from '../../../base/numerics/quadrature.js'
import type { Kernel } from '../../../interaction/kernel.js'
import { wasmCore } from '../../../wasm/core.js'
import { shellForce } from '../shellForce.js'
import { type ModeRecurrence, modeMoments, modesAt } from './radialModes.js'

/** Coefficients a cell. */
export const CELL = 8

/** The force operator of a kernel on K modes. */
export interface RadialOperator {
  readonly cells: number
  /** 2 gamma. */
  readonly twoGamma: number
  /** Row-major (cells * 8) x K: c to the coefficients of h in tau in [-1, 1] on every cell, tau^0 first. */
  readonly matrix: Float64Array
  /**
   * Where the modes are those of cells: the matrix holds the parts of the cells that are near enough, see
   * radialCellOperator.
   */
  readonly bands?: CellBands
}

/** The parts of an operator on cells. */
export interface CellBands {
  /** Polynomials a cell. */
  readonly size: number
  /** Cell i sees the cells low_i <= j < high_i whole: 8 rows from start_i on, each (high_i - low_i) * size long. */
  readonly low: Int32Array
  readonly high: Int32Array
  readonly start: Int32Array
  /** Cell coefficients of the h of a unit mass at the centre: of cells below low_i only the mass is felt. */
  readonly outside: Float64Array
}

/**
 * The operator for x = r^2/(r^2 + s^2), for sigma = 1. By Gauss rules on panels that end where the shell-to-point force
 * has a kink and shrink towards s = r where it is singular; for Coulomb without cut-off one rule, exact for the modes.
 * @param s the length of the map; unused for Coulomb without cut-off, which is scale-free
 * @param cells number of cells of [0, 1]
 * @param most the largest number of modes that operators of this kernel and s will be asked for
 */
export function radialOperator(
  kernel: Kernel,
  modes: ModeRecurrence,
  s: number,
  cells: number,
  most: number = modes.K,
): RadialOperator {
  const { K } = modes
  const twoGamma = kernel.alpha + 1
  const coulomb = isCoulomb(kernel)
  // Chebyshev nodes of [0, 1] carry h between the kernel's quadrature and the cells; h has about the modes' bandwidth.
  const x = chebyshev(coulomb ? K + 8 : most + 24)
  const rows = new Float64Array(x.length * K)
  const shells = coulomb ? undefined : shellQuadrature(kernel, s, twoGamma, x, most)
  for (let i = 0; i < x.length; i++) {
    const row = rows.subarray(i * K, (i + 1) * K)
    if (shells === undefined) coulombRow(modes, x[i]!, row)
    else shellRow(modes, shells[i]!, row)
  }
  return { cells, twoGamma, matrix: cellMatrix(x, rows, K, cells) }
}

/** Chebyshev nodes of the first kind on [0, 1]. */
function chebyshev(G: number): Float64Array {
  const core = wasmCore()
  return Float64Array.from({ length: G }, (_, i) => {
    const sine = core.sin((Math.PI * (i + 0.5)) / (2 * G))
    return sine * sine
  })
}

/** Whether |k| is |q|^{1-d} everywhere, for which Newton's theorem gives the force from the enclosed mass. */
export function isCoulomb(kernel: Kernel): boolean {
  return kernel.alpha === kernel.d - 1 && kernel.cutoffRadius === 0
}

/** h = M/x^{beta+1} = int_0^1 v^beta sum (2n + beta + 1) c_n P_n(2 x v - 1) dv, v = y^2: exact by K + 2 nodes. */
function coulombRow(modes: ModeRecurrence, x: number, row: Float64Array): void {
  const { K, beta } = modes
  const { nodes, weights } = gaussLegendre(K + 2)
  const P = new Float64Array(K)
  const power = Math.round(2 * beta + 1)
  for (let g = 0; g < nodes.length; g++) {
    const y = 0.5 * (1 + nodes[g]!)
    const weight = weights[g]! * integerPower(y, power)
    modesAt(modes, x * y * y, P)
    for (let n = 0; n < K; n++) row[n] = row[n]! + weight * (2 * n + beta + 1) * P[n]!
  }
}

function integerPower(x: number, n: number): number {
  let value = 1
  for (let i = 0; i < n; i++) value *= x
  return value
}

/** h at one x as a sum over source shells: sum_g weight_g (series at v_g). */
interface ShellRule {
  readonly v: Float64Array
  readonly weight: Float64Array
}

// The last quadratures: runs at several resolutions share them.
const recent: { kernel: Kernel; s: number; most: number; rules: ShellRule[] }[] = []

function shellQuadrature(kernel: Kernel, s: number, twoGamma: number, x: Float64Array, most: number): ShellRule[] {
  const known = recent.find(entry => entry.kernel === kernel && entry.s === s && entry.most === most)
  if (known !== undefined) return known.rules
  const rules = Array.from(x, value => shellRule(kernel, s, twoGamma, value, most))
  recent.push({ kernel, s, most, rules })
  if (recent.length > 4) recent.shift()
  return rules
}

/** The rule at x: panels in y = |q|/sqrt(|q|^2 + s^2) of the shells; dM = 2 y^{d-1} (series at y^2) dy. */
function shellRule(kernel: Kernel, s: number, twoGamma: number, x: number, most: number): ShellRule {
  const r = s * Math.sqrt(x / (1 - x))
  const unit = r * halfPower((1 - x) / (s * s), twoGamma)
  const force = shellForce(kernel, r)
  const v: number[] = []
  const weight: number[] = []
  for (const [a, b] of panels(kernel, r, s)) {
    const { nodes, weights } = gaussLegendre(Math.min(1024, 10 + Math.ceil(1.5 * most * (b - a))))
    for (let g = 0; g < nodes.length; g++) {
      const y = a + 0.5 * (b - a) * (1 + nodes[g]!)
      const value = force((s * y) / Math.sqrt((1 - y) * (1 + y)))
      if (value === 0) continue
      v.push(y * y)
      weight.push(((b - a) * weights[g]! * integerPower(y, kernel.d - 1) * value) / unit)
    }
  }
  return { v: Float64Array.from(v), weight: Float64Array.from(weight) }
}

function shellRow(modes: ModeRecurrence, { v, weight }: ShellRule, row: Float64Array): void {
  modeMoments(modes, v, weight, row)
  for (let n = 0; n < modes.K; n++) row[n] = row[n]! * (2 * n + modes.beta + 1)
}

/**
 * Panels of [0, 1] in y: ends at the shells with |r - u| or r + u a break of the kernel, and graded towards the shell
 * at r.
 */
function panels(kernel: Kernel, r: number, s: number): [number, number][] {
  const at = (radius: number): number => radius / Math.sqrt(radius * radius + s * s)
  const y = at(r)
  const cuts = [0, y, 1]
  for (const u of kernel.breaks) cuts.push(at(Math.abs(r - u)), at(r + u))
  const depth = gradingDepth(kernel)
  for (let k = 1, step = 0.5; k <= depth; k++, step *= 0.5) cuts.push(y * (1 - step), y + (1 - y) * step)
  cuts.sort((a, b) => a - b)
  const list: [number, number][] = []
  for (let i = 0; i + 1 < cuts.length; i++) if (cuts[i + 1]! - cuts[i]! > 1e-15) list.push([cuts[i]!, cuts[i + 1]!])
  return list
}

/** How often panels halve towards s = r: never for a bounded core of known radius, often for a singular kernel. */
function gradingDepth(kernel: Kernel): number {
  if (kernel.cutoffRadius > 0 && Number.isFinite(kernel.cutoffRadius)) return 0
  return kernel.magnitude(1e-8) > 2 * kernel.magnitude(1e-6) ? 22 : 12
}

/** Values at Chebyshev nodes to cell polynomials, times the rows: (cells * 8) x K. */
function cellMatrix(x: Float64Array, rows: Float64Array, K: number, cells: number): Float64Array {
  const G = x.length
  const core = wasmCore()
  const matrix = new Float64Array(cells * CELL * K)
  // Barycentric weights of the Chebyshev nodes of the first kind on [0, 1].
  const bary = Float64Array.from(x, (_, i) => (i % 2 === 0 ? 1 : -1) * core.sin((Math.PI * (i + 0.5)) / G))
  const tau = chebyshevPoints(CELL)
  const toMonomial = monomialMatrix(tau)
  const values = new Float64Array(CELL * K)
  const weights = new Float64Array(G)
  for (let cell = 0; cell < cells; cell++) {
    values.fill(0)
    for (let k = 0; k < CELL; k++) {
      const at = (cell + 0.5 * (1 + tau[k]!)) / cells
      let total = 0
      let hit = -1
      for (let i = 0; i < G; i++) {
        if (at === x[i]) hit = i
        weights[i] = bary[i]! / (at - x[i]!)
        total += weights[i]!
      }
      for (let i = 0; i < G; i++) {
        const weight = hit < 0 ? weights[i]! / total : i === hit ? 1 : 0
        for (let n = 0; n < K; n++) values[k * K + n] = values[k * K + n]! + weight * rows[i * K + n]!
      }
    }
    for (let m = 0; m < CELL; m++) {
      const out = matrix.subarray((cell * CELL + m) * K, (cell * CELL + m + 1) * K)
      for (let k = 0; k < CELL; k++) {
        const weight = toMonomial[m * CELL + k]!
        for (let n = 0; n < K; n++) out[n] = out[n]! + weight * values[k * K + n]!
      }
    }
  }
  return matrix
}

/** Chebyshev points of the first kind on [-1, 1]. */
export function chebyshevPoints(size: number): Float64Array {
  const core = wasmCore()
  return Float64Array.from({ length: size }, (_, k) => core.cos((Math.PI * (k + 0.5)) / size))
}

/** The inverse of the Vandermonde matrix of the Chebyshev points tau: values to monomial coefficients. */
export function monomialMatrix(tau: Float64Array): Float64Array {
  const size = tau.length
  const inverse = new Float64Array(size * size)
  for (let k = 0; k < size; k++) {
    // The Lagrange polynomial of point k, by multiplying out its factors.
    let polynomial = [1]
    for (let j = 0; j < size; j++) {
      if (j === k) continue
      const scale = 1 / (tau[k]! - tau[j]!)
      const next = new Array<number>(polynomial.length + 1).fill(0)
      polynomial.forEach((c, m) => {
        next[m + 1] = next[m + 1]! + c * scale
        next[m] = next[m]! - c * scale * tau[j]!
      })
      polynomial = next
    }
    polynomial.forEach((c, m) => {
      inverse[m * size + k] = c
    })
  }
  return inverse
}

/** Writes the cell coefficients of h. @param c modes @param out length cells * 8 */
export function applyOperator({ matrix, bands }: RadialOperator, c: Float64Array, out: Float64Array): void {
  if (bands !== undefined) {
    applyBands(bands, matrix, c, out)
    return
  }
  const K = c.length
  for (let i = 0, at = 0; i < out.length; i++) {
    let sum = 0
    for (let n = 0; n < K; n++) sum += matrix[at++]! * c[n]!
    out[i] = sum
  }
}

function applyBands(
  { size, low, high, start, outside }: CellBands,
  matrix: Float64Array,
  c: Float64Array,
  out: Float64Array,
): void {
  let inner = 0
  let from = 0
  for (let i = 0; i < low.length; i++) {
    for (; from < low[i]!; from++) inner += c[from * size]!
    const first = low[i]! * size
    const width = high[i]! * size - first
    let at = start[i]!
    for (let m = i * CELL; m < (i + 1) * CELL; m++) {
      let sum = inner * outside[m]!
      for (let n = 0; n < width; n++) sum += matrix[at++]! * c[first + n]!
      out[m] = sum
    }
  }
}

/** h from the cell coefficients, at a point of [0, 1]. */
function cellValue(table: Float64Array, cells: number, x: number): number {
  const at = x * cells
  const cell = Math.min(cells - 1, Math.floor(at))
  const tau = 2 * (at - cell) - 1
  const i = cell * CELL
  let value = table[i + 7]!
  value = value * tau + table[i + 6]!
  value = value * tau + table[i + 5]!
  value = value * tau + table[i + 4]!
  value = value * tau + table[i + 3]!
  value = value * tau + table[i + 2]!
  value = value * tau + table[i + 1]!
  return value * tau + table[i]!
}

/** h at x = r^2 w: the cells of an operator with bands are equal in sqrt x, those of the others in x. */
export function forceAt({ cells, bands }: RadialOperator, table: Float64Array, x: number): number {
  return cellValue(table, cells, bands === undefined ? x : Math.sqrt(x))
}

/** w^{twoGamma/2}: arithmetic for the exponents of Coulomb kernels, the core's power for others. */
export function halfPower(w: number, twoGamma: number): number {
  if (twoGamma === 3) return w * Math.sqrt(w)
  if (twoGamma === 2) return w
  return wasmCore().pow(w, 0.5 * twoGamma)
}
