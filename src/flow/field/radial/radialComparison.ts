/**
 * How runs of the radial solver are compared: at radii and times that suit the spread of the mass.
 */
import { wasmCore } from '../../../wasm/core.js'
import {
  densityAt,
  forceFactor,
  kineticAt,
  massInside,
  potentialEnergy,
  type RadialSolution,
  radialSlice,
  STENCIL,
} from './radialTable.js'

const RADII = 96
const TIMES = 8

/** Radii and times at which runs are compared. */
export interface Probe {
  readonly radii: readonly number[]
  readonly times: readonly number[]
}

export interface Samples {
  readonly force: Float64Array
  readonly density: Float64Array
}

export function probeOf(solution: RadialSolution): Probe {
  const half = Math.max(halfMassRadius(solution, 0), halfMassRadius(solution, solution.T))
  const small = Math.min(halfMassRadius(solution, 0), halfMassRadius(solution, solution.T))
  // From a fiftieth of the smaller to sixty times the larger half-mass radius, evenly in the logarithm.
  const ratio = wasmCore().pow((3000 * half) / small, 1 / RADII)
  const radii = [0]
  for (let i = 0, r = 0.02 * small; i <= RADII; i++, r *= ratio) radii.push(r)
  return { radii, times: Array.from({ length: TIMES + 1 }, (_, k) => (k / TIMES) * solution.T) }
}

export function halfMassRadius(solution: RadialSolution, t: number): number {
  const slice = radialSlice(solution, t)
  let [low, high] = [0, 1]
  for (let i = 0; i < 40; i++) {
    const y = 0.5 * (low + high)
    const r = slice.length * (solution.follows ? y : y / Math.sqrt((1 - y) * (1 + y)))
    if (massInside(solution, slice, r) < 0.5) low = y
    else high = y
  }
  return slice.length * (solution.follows ? low : low / Math.sqrt((1 - low) * (1 + low)))
}

export function sampled(solution: RadialSolution, { radii, times }: Probe, stencil?: number): Samples {
  const force = new Float64Array(radii.length * times.length)
  const density = new Float64Array(force.length)
  times.forEach((t, k) => {
    const slice = radialSlice(solution, t, stencil)
    radii.forEach((r, i) => {
      force[k * radii.length + i] = r * forceFactor(solution, slice, r * r)
      density[k * radii.length + i] = densityAt(solution, slice, r)
    })
  })
  return { force, density }
}

export function distance(a: Float64Array, b: Float64Array): number {
  let largest = 0
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]! - b[i]!))
  return largest
}

export function supremum(a: Float64Array): number {
  return a.reduce((largest, x) => Math.max(largest, Math.abs(x)), 0)
}

/**
 * The error of the finest of three from its change and the one before: at least its own change, and the rest of a
 * geometric series where the changes shrink slowly.
 */
export function remainder(last: number, before: number): number {
  const ratio = Math.min(0.9, before > 0 ? last / before : 0)
  return last * Math.max(1, ratio / (1 - ratio))
}

/**
 * The error where changes fall fast, like a geometric series: three times its next term, and at most {@link remainder}.
 */
export function decayed(last: number, before: number): number {
  return last < before / 3 ? (3 * last * last) / before : remainder(last, before)
}

/** The change when one time of the interpolation is left out, in the intervals at both ends and the middle. */
export function timeInterpolationError(solution: RadialSolution, { radii }: Probe): number {
  const { steps } = solution.record
  const times = [0.5, Math.floor(steps / 2) + 0.5, steps - 0.5].map(m => (m / steps) * solution.T)
  const few = Math.min(STENCIL, steps + 1) - 1
  return distance(sampled(solution, { radii, times }).force, sampled(solution, { radii, times }, few).force)
}

export function energyDrift(solution: RadialSolution, sigma: number): number {
  const energies = Array.from({ length: TIMES + 1 }, (_, k) => {
    const t = (k / TIMES) * solution.T
    const slice = radialSlice(solution, t)
    return kineticAt(solution, t) + (sigma === 0 ? 0 : sigma * (potentialEnergy(solution, slice) ?? 0))
  })
  return Math.max(...energies.map(E => Math.abs(E - energies[0]!)))
}
