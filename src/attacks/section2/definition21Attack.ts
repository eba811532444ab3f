/**
 * The search behind Definition 2.1 and (9): largest forces and largest difference quotients of a kernel, in a ball or
 * relative to a power of the radius. It uses forces only, no derivative and no symmetry.
 */

import { maximize, maximizeLocally } from '../../base/numerics/optimize.js'
import type { RandomStream } from '../../base/random.js'
import { type Estimate, estimated } from '../../base/statistics/estimate.js'
import { type Kernel, kernelForce } from '../../interaction/kernel.js'
import { forceDifference, type VectorNorm, vectorNorm } from '../forceDifference.js'

/** What a search reached, and where, in units of the length it was given. */
export interface KernelSearch {
  readonly estimate: Estimate
  readonly q: readonly number[]
  /** Direction of the displacement, for a quotient. */
  readonly direction?: readonly number[]
}

/**
 * Rounding of a difference of two forces of order unit^-alpha: of the forces, of q + xi and of the norm. It is taken
 * off each quotient in the ball, so that what is reported is a lower bound: 3.6e-8 of it for the displacement below.
 */
const ROUNDING: number = 16 * Number.EPSILON

/** |xi| in the ball in units of its radius: a quotient at its edge misses the derivative there by a few 1e-7. */
const STEP_IN_BALL = 1e-7

/** |xi| in units of |q| where {@link forceDifference} does not cancel. */
const STEP = 1e-8

/** Shells of |q| in the ball, in units of its radius. */
const SHELLS: readonly (readonly [number, number])[] = [
  [0, 0.5],
  [0.5, 0.9],
  [0.9, 1],
]

/** Where each search stops; the comparison asks for 1e-6, and rounding leaves 1e-8. */
const TOLERANCE = 1e-9

const METHOD = 'Nelder-Mead over position and direction, from screened random starts'

/**
 * sup over |q| < unit of |k(q)| unit^alpha.
 * @param unit radius of the ball
 */
export function searchForceInBall(kernel: Kernel, unit: number, stream: RandomStream): KernelSearch {
  const { d, alpha } = kernel
  const q = new Float64Array(d)
  const force = new Float64Array(d)
  const value = (x: ArrayLike<number>): number => {
    point(x, Math.sin(x[d]!) ** 2 * (1 - 2 ** -40) * unit, q)
    return vectorNorm('euclidean', kernelForce(kernel, q, force)) * unit ** alpha
  }
  const best = search(value, d + 1, stream)
  value(best.x)
  return { estimate: estimated(best.value, 1e-14 * best.value, METHOD), q: Array.from(q, x => x / unit) }
}

/**
 * Where the quotient is sought: 'ball' |q|, |q + xi| < unit, in units unit^-(alpha+1); 'relative' anywhere, in units
 * |q|^-(alpha+1).
 */
export type GradientRegion = 'ball' | 'relative'

/**
 * sup of |k(q) - k(q + xi)|/|xi| in the given norm on both sides: on a convex set, that of the operator norm of grad k.
 * In 'relative' xi is short and |q| the smaller of both radii.
 */
export function searchGradient(
  kernel: Kernel,
  unit: number,
  norm: VectorNorm,
  region: GradientRegion,
  stream: RandomStream,
): KernelSearch {
  const { d, alpha } = kernel
  const q = new Float64Array(d)
  const xi = new Float64Array(d)
  const moved = new Float64Array(d)
  const difference = new Float64Array(d)
  const relative = region === 'relative'
  const value = (x: ArrayLike<number>, [low, high]: readonly [number, number]): number => {
    const place = Math.sin(x[2 * d]!) ** 2
    // Both ends of xi stay in the open ball.
    const radius = unit * (relative ? Math.exp(place) : (low + (high - low) * place) * (1 - 1.01 * STEP_IN_BALL))
    const step = relative ? STEP * radius : STEP_IN_BALL * unit
    point(x, radius, q)
    let size = 0
    for (let a = 0; a < d; a++) size += x[d + a]! * x[d + a]!
    // In the maximum norm the corners of the cube are where sin is stationary, so that a simplex settles there.
    for (let a = 0; a < d; a++) {
      const direction = norm === 'euclidean' ? x[d + a]! / Math.sqrt(size) : Math.sin(x[d + a]!) / Math.sqrt(d)
      xi[a] = step * direction
      moved[a] = q[a]! + xi[a]!
    }
    const scale = relative ? Math.min(radius, vectorNorm('euclidean', moved)) : unit
    forceDifference(kernel, q, xi, difference)
    const certain = vectorNorm(norm, difference) - (relative ? 0 : ROUNDING * unit ** -alpha)
    return (certain / vectorNorm(norm, xi)) * scale ** (alpha + 1)
  }
  // A profile may have maxima at the centre, between and at the edge: each shell of radii has its own search.
  const shells: readonly (readonly [number, number])[] = relative ? [[0, 1]] : SHELLS
  const bests = shells.map(shell => ({ shell, ...search(x => value(x, shell), 2 * d + 1, stream) }))
  const best = bests.reduce((a, b) => (b.value > a.value ? b : a))
  value(best.x, best.shell)
  const length = vectorNorm('maximum', xi)
  return {
    estimate: estimated(best.value, 1e-13 * best.value, METHOD),
    q: Array.from(q, x => x / unit),
    direction: Array.from(xi, x => x / length),
  }
}

/** q = radius times the direction of the first d parameters. */
function point(x: ArrayLike<number>, radius: number, q: Float64Array): void {
  let size = 0
  for (let a = 0; a < q.length; a++) size += x[a]! * x[a]!
  for (let a = 0; a < q.length; a++) q[a] = (radius * x[a]!) / Math.sqrt(size)
}

/** Four starts, each the best of ten random points, and a fresh simplex where they end. */
function search(
  value: (x: ArrayLike<number>) => number,
  dimension: number,
  stream: RandomStream,
): { x: Float64Array; value: number } {
  const draw = (s: RandomStream): number[] => {
    const candidates = Array.from({ length: 10 }, () => Array.from({ length: dimension }, () => s.normal()))
    return candidates.reduce((a, b) => (value(b) > value(a) ? b : a))
  }
  const first = maximize(value, draw, stream, 4, 0.5, TOLERANCE)
  const second = maximizeLocally(value, first.x, 0.1, TOLERANCE)
  return second.value > first.value ? second : first
}
