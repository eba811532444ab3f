/**
 * A function of the radius that costs a quadrature a value, tabulated once so that it can be had at every particle of
 * every replicate. Called by the fluctuation measurements.
 */

import { requireFunction, requireNumber, requirePositive } from '../base/errors.js'
import { requireNumbers } from '../base/shape.js'

/** Chebyshev nodes a panel. */
const NODES = 12
/** Where a panel is checked, in (-1, 1), away from its nodes. */
const CHECKS = [-0.97, -0.45, 0.06, 0.62, 0.985]
const DEEPEST = 12

/** A tabulated function. */
export interface RadialTable {
  /** The value at r >= 0; beyond the table the function itself. */
  at(r: number): number
  /** Largest deviation from the function seen at the check points. */
  readonly error: number
  /** Values of the function that it took. */
  readonly evaluations: number
}

/**
 * A piecewise Chebyshev interpolant of f on [0, high], panels halved until five check points in each agree with f to
 * the tolerance.
 * @param f the function, of r >= 0
 * @param high end of the table, > 0
 * @param breaks radii where f or a derivative jumps
 * @param tolerance relative to the largest |f| seen, default 1e-7
 * @returns the interpolant; its `error` is what the check points saw, an estimate
 * @throws RangeError naming the argument
 * @source Berrut and Trefethen 2004, doi:10.1137/S0036144502417715 (barycentric form)
 * @example radialTable(Math.exp, 1, []).at(0.5) // 1.6487212...
 */
export function radialTable(
  f: (r: number) => number,
  high: number,
  breaks: readonly number[],
  tolerance: number = 1e-7,
): RadialTable {
  requireFunction('f', f)
  requirePositive('high', high)
  requireNumbers('breaks', breaks)
  requireNumber('tolerance', tolerance, 1e-14, 1)
  let evaluations = 0
  let largest = 0
  let error = 0
  const value = (r: number): number => {
    evaluations++
    const y = f(r)
    largest = Math.max(largest, Math.abs(y))
    return y
  }
  const ends: number[] = []
  const values: Float64Array[] = []
  const add = (a: number, b: number, depth: number): void => {
    const panel = Float64Array.from(POINTS, x => value(0.5 * (a + b) + 0.5 * (b - a) * x))
    let off = 0
    for (const x of CHECKS)
      off = Math.max(off, Math.abs(interpolate(panel, x) - value(0.5 * (a + b) + 0.5 * (b - a) * x)))
    if (off > tolerance * largest && depth < DEEPEST) {
      add(a, 0.5 * (a + b), depth + 1)
      add(0.5 * (a + b), b, depth + 1)
      return
    }
    error = Math.max(error, off)
    ends.push(b)
    values.push(panel)
  }
  const cuts = [0, ...breaks.filter(r => r > 0 && r < high).sort((x, y) => x - y), high]
  for (let i = 0; i + 1 < cuts.length; i++) if (cuts[i]! < cuts[i + 1]!) add(cuts[i]!, cuts[i + 1]!, 0)
  const at = (r: number): number => {
    if (!(r <= high)) return f(r)
    let low = 0
    let up = ends.length - 1
    while (low < up) {
      const middle = (low + up) >> 1
      if (r <= ends[middle]!) up = middle
      else low = middle + 1
    }
    const a = low === 0 ? 0 : ends[low - 1]!
    return interpolate(values[low]!, (2 * (r - a)) / (ends[low]! - a) - 1)
  }
  return { at, error, evaluations }
}

const POINTS = Float64Array.from({ length: NODES }, (_, k) => Math.cos((Math.PI * (k + 0.5)) / NODES))
const WEIGHTS = Float64Array.from(
  { length: NODES },
  (_, k) => (k % 2 === 0 ? 1 : -1) * Math.sin((Math.PI * (k + 0.5)) / NODES),
)

/** Barycentric interpolation at x in [-1, 1]. */
function interpolate(values: Float64Array, x: number): number {
  let above = 0
  let below = 0
  for (let k = 0; k < NODES; k++) {
    const distance = x - POINTS[k]!
    if (distance === 0) return values[k]!
    const weight = WEIGHTS[k]! / distance
    above += weight * values[k]!
    below += weight
  }
  return above / below
}
