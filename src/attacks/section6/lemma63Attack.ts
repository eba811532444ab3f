/**
 * The search for the worst pair (q, xi) of Lemma 6.3: Nelder-Mead from many seeded starts over position, radius,
 * direction and length of xi, the constraint |xi| < 2 N^-delta built into the parameters.
 */
import { requireOneOf } from '../../base/errors.js'
import { maximize, maximizeLocally } from '../../base/numerics/optimize.js'
import type { RandomStream } from '../../base/random.js'
import { euclideanNorm, type Kernel } from '../../interaction/kernel.js'
import { forceDifference, type VectorNorm, vectorNorm } from '../forceDifference.js'

/**
 * Where q is sought, in units of the cut-off radius: 'core' |q| < 1, 'collar' 1 <= |q| < 3, 'outer' |q| >= 3, or at a
 * given radius.
 */
export type QuotientRegion = 'core' | 'collar' | 'outer' | number

/** The worst pair that a search found. */
export interface QuotientSearch {
  /** |k(q) - k(q + xi)| / |xi| r_c^3; in the outer region |q|^3 times the quotient. No unit. */
  readonly value: number
  /** In units of the cut-off radius. */
  readonly q: readonly number[]
  readonly xi: readonly number[]
  readonly evaluations: number
}

/** Random points per start. */
const SCREENED = 200

/** Shortest and longest xi tried, in units of r_c; the lemma asks for lengths below 2. */
const SHORTEST = 1e-9
const LONGEST: number = 2 * (1 - 2 ** -50)

/**
 * @param kernel in d = 3, with alpha = 2
 * @param unit the length N^-delta > 0 that region and xi are measured in
 * @param starts number of Nelder-Mead starts
 * @param tolerance of each search; 0 (default) for all digits
 */
export function searchQuotient(
  kernel: Kernel,
  unit: number,
  norm: VectorNorm,
  region: QuotientRegion,
  starts: number,
  stream: RandomStream,
  tolerance: number = 0,
): QuotientSearch {
  if (typeof region !== 'number') requireOneOf('region', region, ['core', 'collar', 'outer'])
  const q = new Float64Array(3)
  const xi = new Float64Array(3)
  const difference = new Float64Array(3)
  const place = (x: ArrayLike<number>): number => {
    const length = Math.sqrt(x[0]! ** 2 + x[1]! ** 2 + x[2]! ** 2)
    const radius = radiusOf(region, x[7]!)
    for (let a = 0; a < 3; a++) q[a] = (unit * radius * x[a]!) / length
    const step = SHORTEST + (LONGEST - SHORTEST) * Math.exp(-x[6]! * x[6]!)
    const size = norm === 'euclidean' ? Math.sqrt(x[3]! ** 2 + x[4]! ** 2 + x[5]! ** 2) : 1
    // In the maximum norm the corners of the cube are where sin is stationary, so that a simplex settles there.
    for (let a = 0; a < 3; a++) xi[a] = unit * step * (norm === 'euclidean' ? x[3 + a]! / size : Math.sin(x[3 + a]!))
    return radius
  }
  const quotient = (x: ArrayLike<number>): number => {
    const radius = place(x)
    if (!forceDifference(kernel, q, xi, difference)) return Number.NaN
    const value = (vectorNorm(norm, difference) / vectorNorm(norm, xi)) * unit ** 3
    return region === 'outer' ? value * radius ** 3 : value
  }
  // Each start is the best of many random points, so that no simplex begins on a plateau.
  const draw = (s: RandomStream): number[] => {
    let start: number[] = []
    let height = Number.NEGATIVE_INFINITY
    for (let i = 0; i < SCREENED || start.length === 0; i++) {
      const x = Array.from({ length: 8 }, () => s.normal())
      const value = quotient(x)
      if (value > height) [start, height] = [x, value]
    }
    return start
  }
  let best = maximize(quotient, draw, stream, starts, 0.5, tolerance)
  let evaluations = best.evaluations
  // A simplex in eight dimensions may stop short on the kinks of the maximum norm: fresh ones from where it stopped.
  for (const scale of [0.2, 0.05, 0.2]) {
    const next = maximizeLocally(quotient, best.x, scale, tolerance)
    evaluations += next.evaluations
    if (next.value > best.value) best = next
  }
  return {
    value: quotient(best.x),
    q: Array.from(q, x => x / unit),
    xi: Array.from(xi, x => x / unit),
    evaluations,
  }
}

function radiusOf(region: QuotientRegion, x: number): number {
  if (typeof region === 'number') return region
  if (region === 'core') return Math.sin(x) ** 2
  return region === 'collar' ? 1 + 2 * Math.sin(x) ** 2 : 3 + x * x
}

/** |q| of a found pair, in units of the cut-off radius. */
export function radiusFound({ q }: QuotientSearch): number {
  return euclideanNorm(q)
}
