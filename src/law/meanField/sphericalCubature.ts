/**
 * Convolutions with a density on R^3 without any symmetry: a product rule on spheres around the field point.
 */
import { requirePositive } from '../../base/errors.js'
import { gaussLegendre } from '../../base/numerics/quadrature.js'
import { type Estimate, estimated } from '../../base/statistics/estimate.js'
import { euclideanNorm } from '../../interaction/kernel.js'
import type { Law } from '../law.js'

/** What the cubature needs of a law. */
export type SpatialDensity = Pick<Law, 'spatialDensity' | 'rhoSup' | 'positionMoment' | 'support'>

/** How to integrate: what the weights know about their own jumps. */
export interface CubatureOptions {
  /** Radii where a weight or a derivative jumps. */
  readonly breaks: readonly number[]
  /** Relative tolerance at which the order stops doubling, default 1e-10. */
  readonly tolerance?: number
  /** Largest order, default 32; the cost grows like its cube. */
  readonly maxOrder?: number
}

/**
 * The angular moments of rho over a sphere around the field point, by rank: 0: [int rho]; 1: int rho n_a, a = 1, 2, 3;
 * 2: int rho n_a n_b for ab = 11, 12, 13, 22, 23, 33 (whose trace is the moment of rank 0).
 */
export type AngularRank = 0 | 1 | 2

const LENGTHS = [1, 3, 6] as const

/**
 * int_0^inf t^2 combine(t, S(t)) dt with S(t) the angular moments of n -> rho(q - t n) of the given rank:
 * Gauss-Legendre panels in t (broken at `breaks` and at powers of two of the law's length), Gauss-Legendre in the
 * cosine and the trapezoidal rule in azimuth, order n x 2n. The order doubles from 8 until the change is below the
 * tolerance; the last change is the stated error, which for densities that jump is an indication only.
 * @param combine writes its result, linear in the moments and of their number, to out
 */
export function sphericalCubature(
  law: SpatialDensity,
  q: ArrayLike<number>,
  rank: AngularRank,
  combine: (t: number, shell: Float64Array, out: Float64Array) => void,
  options: CubatureOptions,
): readonly Estimate[] {
  const { tolerance = 1e-10, maxOrder = 32 } = options
  const panels = radialPanels(law, euclideanNorm(q), options.breaks)
  let previous = cubature(law, q, rank, combine, panels, 8)
  for (let n = 16; ; n *= 2) {
    const current = cubature(law, q, rank, combine, panels, n)
    let size = 0
    let change = 0
    for (let i = 0; i < current.length; i++) {
      size = Math.max(size, Math.abs(current[i]!))
      change = Math.max(change, Math.abs(current[i]! - previous[i]!))
    }
    if (change <= tolerance * size || 2 * n > maxOrder) {
      const method = `spherical cubature of order ${n}, error by order doubling`
      return Array.from(current, value => estimated(value, change + 64 * Number.EPSILON * size, method))
    }
    previous = current
  }
}

/** Panels of t: finite [a, b], or [a, Infinity), which is mapped by t = a/x. */
function radialPanels(
  law: SpatialDensity,
  distance: number,
  breaks: readonly number[],
): readonly (readonly [number, number])[] {
  const scale = requirePositive('rhoSup', law.rhoSup) ** (-1 / 3)
  const spread = law.positionMoment(1)
  const reach = distance + Math.min(law.support.q, 4 * (Number.isFinite(spread) ? spread : scale))
  const cuts = new Set<number>([0, reach])
  for (const t of breaks) if (t < reach) cuts.add(t)
  for (let t = scale / 8; t < reach; t *= 2) cuts.add(t)
  // The centre of the coordinates is where most laws have structure.
  if (distance > 0 && distance < reach) cuts.add(distance)
  const sorted = [...cuts].sort((a, b) => a - b)
  const panels = sorted.slice(1).map((b, i) => [sorted[i]!, b] as const)
  return Number.isFinite(law.support.q) ? panels : [...panels, [reach, Number.POSITIVE_INFINITY]]
}

function cubature(
  law: SpatialDensity,
  q: ArrayLike<number>,
  rank: AngularRank,
  combine: (t: number, shell: Float64Array, out: Float64Array) => void,
  panels: readonly (readonly [number, number])[],
  order: number,
): Float64Array {
  const { nodes, weights } = gaussLegendre(order)
  const length = LENGTHS[rank]
  const sums = new Float64Array(length)
  const shell = new Float64Array(length)
  const combined = new Float64Array(length)
  const y = new Float64Array(3)
  const cosines = Float64Array.from({ length: 2 * order }, (_, j) => Math.cos((Math.PI * (j + 0.5)) / order))
  const sines = Float64Array.from({ length: 2 * order }, (_, j) => Math.sin((Math.PI * (j + 0.5)) / order))
  const sphere = (t: number, factor: number): void => {
    shell.fill(0)
    for (let i = 0; i < order; i++) {
      const n3 = nodes[i]!
      const across = Math.sqrt((1 - n3) * (1 + n3))
      for (let j = 0; j < 2 * order; j++) {
        const n1 = across * cosines[j]!
        const n2 = across * sines[j]!
        y[0] = q[0]! - t * n1
        y[1] = q[1]! - t * n2
        y[2] = q[2]! - t * n3
        addMoments(shell, (weights[i]! * Math.PI * law.spatialDensity(y)) / order, n1, n2, n3)
      }
    }
    combine(t, shell, combined)
    for (let k = 0; k < length; k++) sums[k] = sums[k]! + factor * t * t * combined[k]!
  }
  for (const [a, b] of panels) {
    for (let i = 0; i < order; i++) {
      if (b === Number.POSITIVE_INFINITY) {
        const x = 0.5 * (1 + nodes[i]!)
        sphere(a / x, (0.5 * weights[i]! * a) / (x * x))
      } else sphere(0.5 * (a + b + (b - a) * nodes[i]!), 0.5 * (b - a) * weights[i]!)
    }
  }
  return sums
}

function addMoments(shell: Float64Array, mass: number, n1: number, n2: number, n3: number): void {
  if (shell.length === 1) shell[0] = shell[0]! + mass
  else if (shell.length === 3) {
    shell[0] = shell[0]! + mass * n1
    shell[1] = shell[1]! + mass * n2
    shell[2] = shell[2]! + mass * n3
  } else {
    shell[0] = shell[0]! + mass * n1 * n1
    shell[1] = shell[1]! + mass * n1 * n2
    shell[2] = shell[2]! + mass * n1 * n3
    shell[3] = shell[3]! + mass * n2 * n2
    shell[4] = shell[4]! + mass * n2 * n3
    shell[5] = shell[5]! + mass * n3 * n3
  }
}
