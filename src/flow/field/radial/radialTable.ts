/**
 * Reading a run of the radial solver at any time and radius: modes by Hermite polynomials of degree 11 in time through
 * the stored steps and their derivatives, the force by the operator's cells, density and enclosed mass from the modes.
 */
import { gaussLegendre } from '../../../base/numerics/quadrature.js'
import { sphereArea } from '../../../interaction/inversePower.js'
import type { Kernel } from '../../../interaction/kernel.js'
import { wasmCore } from '../../../wasm/core.js'
import { massOf, type RadialBasis, seriesOf, totalMass } from './radialBasis.js'
import { applyOperator, CELL, forceAt, halfPower, type RadialOperator } from './radialOperator.js'
import type { RadialRecord } from './radialRun.js'

/** Points in time that an interpolation uses. */
export const STENCIL = 6

/** A run and what is needed to read it. */
export interface RadialSolution {
  readonly kernel: Kernel
  readonly modes: RadialBasis
  readonly operator: RadialOperator
  readonly record: RadialRecord
  readonly T: number
  /** Whether the map follows the support: x = r^2/R(t)^2 instead of r^2/(r^2 + s^2). */
  readonly follows: boolean
}

/** A solution at one time. */
export interface RadialSlice {
  readonly t: number
  readonly modes: Float64Array
  /** s or R(t). */
  readonly length: number
  /** Cell coefficients of h, without sigma. */
  readonly cells: Float64Array
}

/** The solution at time t. @param stencil points of the interpolation in time */
export function radialSlice(solution: RadialSolution, t: number, stencil: number = STENCIL): RadialSlice {
  const { modes, operator, record, T } = solution
  const { K } = modes
  const { first, values, slopes } = hermiteWeights(t, T, record.steps, stencil)
  const c = new Float64Array(K)
  let length = 0
  for (let k = 0; k < values.length; k++) {
    const m = first + k
    const value = values[k]!
    const slope = slopes[k]!
    if (value === 0 && slope === 0) continue
    for (let n = 0; n < K; n++) {
      c[n] = c[n]! + value * record.modes[m * K + n]! + slope * record.modeVelocities[m * K + n]!
    }
    length += value * record.lengths[m]! + slope * record.lengthVelocities[m]!
  }
  const cells = new Float64Array(operator.cells * CELL)
  applyOperator(operator, c, cells)
  return { t, modes: c, length: solution.follows ? length : record.lengths[0]!, cells }
}

/** The nearest stored times: where they begin, and t in steps from there. */
function nearest(t: number, T: number, steps: number, stencil: number): { first: number; size: number; at: number } {
  const size = Math.min(stencil, steps + 1)
  const at = (t / T) * steps
  const first = Math.max(0, Math.min(steps + 1 - size, Math.floor(at) - (size >> 1) + 1))
  return { first, size, at: at - first }
}

/** l_k(at), the Lagrange polynomial of the point k among 0, ..., size - 1. */
function lagrange(k: number, size: number, at: number): number {
  let weight = 1
  for (let j = 0; j < size; j++) if (j !== k) weight *= (at - j) / (k - j)
  return weight
}

/** Weights of values and of derivatives: (1 - 2 (at - k) l_k'(k)) l_k^2 and (at - k) l_k^2. */
function hermiteWeights(
  t: number,
  T: number,
  steps: number,
  stencil: number,
): { first: number; values: Float64Array; slopes: Float64Array } {
  const { first, size, at } = nearest(t, T, steps, stencil)
  const values = new Float64Array(size)
  const slopes = new Float64Array(size)
  for (let k = 0; k < size; k++) {
    const l = lagrange(k, size, at)
    let slope = 0
    for (let j = 0; j < size; j++) if (j !== k) slope += 1 / (k - j)
    values[k] = (1 - 2 * (at - k) * slope) * l * l
    slopes[k] = ((at - k) * l * l * T) / steps
  }
  return { first, values, slopes }
}

/** int |p|^2/2 f at time t, by Lagrange polynomials of degree 9. */
export function kineticAt({ record, T }: RadialSolution, t: number): number {
  const { first, size, at } = nearest(t, T, record.steps, 10)
  let sum = 0
  for (let k = 0; k < size; k++) sum += lagrange(k, size, at) * record.kinetic[first + k]!
  return sum
}

/** |k*rho|/r without sigma at |q|^2 = r2. */
export function forceFactor({ operator, follows }: RadialSolution, slice: RadialSlice, r2: number): number {
  const square = slice.length * slice.length
  if (follows) {
    // Outside the support all mass acts from the centre.
    if (r2 > square) return slice.modes[0]! * halfPower(1 / r2, operator.twoGamma)
    return forceAt(operator, slice.cells, r2 / square) * halfPower(1 / square, operator.twoGamma)
  }
  const w = 1 / (r2 + square)
  return forceAt(operator, slice.cells, r2 * w) * halfPower(w, operator.twoGamma)
}

/** rho at radius r. */
export function densityAt({ kernel, modes, follows }: RadialSolution, slice: RadialSlice, r: number): number {
  const { d } = kernel
  const square = slice.length * slice.length
  if (follows && r * r > square) return 0
  const w = 1 / ((follows ? 0 : r * r) + square)
  // dM/dr = x^beta (series) dx/dr with dx/dr = 2 r w (1 - stretch x) and x^beta = r^{d-2} w^{d/2-1}.
  const x = r * r * w
  return (2 * (follows ? 1 : 1 - x) * halfPower(w, d) * seriesOf(modes, slice.modes, x)) / sphereArea(d)
}

/** Mass inside radius r: M = x^{d/2} int_0^1 v^beta (series at x v) dv. */
export function massInside({ modes, follows }: RadialSolution, slice: RadialSlice, r: number): number {
  if (r === 0) return 0
  const square = slice.length * slice.length
  if (follows && r * r > square) return slice.modes[0]!
  const x = r === Number.POSITIVE_INFINITY ? 1 : (r * r) / ((follows ? 0 : r * r) + square)
  return massOf(modes, slice.modes, x)
}

/**
 * The potential energy (1/2) int int V rho rho = (1/2) int F M dr, without sigma; for alpha = 1 the difference to a law
 * with F M = r/(r^2 + s^2), whose energy is -ln(s)/2. undefined for other exponents.
 */
export function potentialEnergy(solution: RadialSolution, slice: RadialSlice): number | undefined {
  const { kernel, modes, follows } = solution
  const { alpha } = kernel
  if (alpha !== 2 && alpha !== 1) return undefined
  const core = wasmCore()
  const [panels, order] = 'cells' in modes ? [modes.cells, 8] : [1, 2 * modes.K + 32]
  const { nodes, weights } = gaussLegendre(order)
  const s = slice.length
  const mass = totalMass(modes, slice.modes)
  const half = (0.25 * Math.PI) / panels
  let sum = 0
  for (let i = 0; i < panels * order; i++) {
    const g = i % order
    const angle = half * (2 * Math.floor(i / order) + 1 + nodes[g]!)
    const sine = core.sin(angle)
    const weight = half * weights[g]!
    // r = s tan(angle), or R sin(angle) for a map that follows the support: x = sin^2.
    const cosine = core.cos(angle)
    const r = follows ? s * sine : (s * sine) / cosine
    const slope = follows ? s * cosine : s / (cosine * cosine)
    const M = massOf(modes, slice.modes, sine * sine)
    const product = forceFactor(solution, slice, r * r) * r * M
    sum += weight * slope * (alpha === 2 ? product : product - (follows ? 0 : (mass * mass * r) / (r * r + s * s)))
  }
  if (alpha === 2) return 0.5 * (sum + (follows ? (mass * mass) / s : 0))
  return 0.5 * (sum - mass * mass * core.log(s))
}
