/**
 * Convolutions with a density on R^3 without any symmetry: a product rule on spheres around the field point.
 */
import { type Estimate, estimated } from '../base/estimate.js'
import { gaussLegendre } from '../base/quadrature.js'
import { euclideanNorm } from '../interaction/kernel.js'
import type { Law } from './law.js'

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
 * int_0^inf t^2 int_{|n|=1} w(t, n) rho(q - t n) dn dt for several weights w at once: Gauss-Legendre panels in t (broken
 * at `breaks` and at powers of two of the law's length), Gauss-Legendre in the cosine and the trapezoidal rule in azimuth,
 * order n x 2n. The order doubles from 8 until the change is below the tolerance; the last change is the stated error,
 * which for densities that jump is an indication only.
 * @param weights t, n (length 3), out (length `count`) -> writes the weights
 */
export function sphericalCubature(
  law: Law,
  q: ArrayLike<number>,
  count: number,
  weights: (t: number, n: Float64Array, out: Float64Array) => void,
  options: CubatureOptions,
): readonly Estimate[] {
  const { tolerance = 1e-10, maxOrder = 32 } = options
  const panels = radialPanels(law, euclideanNorm(q), options.breaks)
  let previous = cubature(law, q, count, weights, panels, 8)
  for (let n = 16; ; n *= 2) {
    const current = cubature(law, q, count, weights, panels, n)
    let size = 0
    let change = 0
    for (let i = 0; i < count; i++) {
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
function radialPanels(law: Law, distance: number, breaks: readonly number[]): readonly (readonly [number, number])[] {
  const scale = law.rhoSup ** (-1 / 3)
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
  law: Law,
  q: ArrayLike<number>,
  count: number,
  weights: (t: number, n: Float64Array, out: Float64Array) => void,
  panels: readonly (readonly [number, number])[],
  order: number,
): Float64Array {
  const { nodes, weights: gauss } = gaussLegendre(order)
  const sums = new Float64Array(count)
  const shell = new Float64Array(count)
  const w = new Float64Array(count)
  const n = new Float64Array(3)
  const y = new Float64Array(3)
  const sphere = (t: number, factor: number): void => {
    shell.fill(0)
    for (let i = 0; i < order; i++) {
      const cosine = nodes[i]!
      const sine = Math.sqrt((1 - cosine) * (1 + cosine))
      for (let j = 0; j < 2 * order; j++) {
        const angle = (Math.PI * (j + 0.5)) / order
        n[0] = sine * Math.cos(angle)
        n[1] = sine * Math.sin(angle)
        n[2] = cosine
        for (let a = 0; a < 3; a++) y[a] = q[a]! - t * n[a]!
        const rho = law.spatialDensity(y)
        if (rho === 0) continue
        weights(t, n, w)
        for (let k = 0; k < count; k++) shell[k] = shell[k]! + (gauss[i]! * Math.PI * rho * w[k]!) / order
      }
    }
    for (let k = 0; k < count; k++) sums[k] = sums[k]! + factor * t * t * shell[k]!
  }
  for (const [a, b] of panels) {
    for (let i = 0; i < order; i++) {
      if (b === Number.POSITIVE_INFINITY) {
        const x = 0.5 * (1 + nodes[i]!)
        sphere(a / x, (0.5 * gauss[i]! * a) / (x * x))
      } else sphere(0.5 * (a + b + (b - a) * nodes[i]!), 0.5 * (b - a) * gauss[i]!)
    }
  }
  return sums
}
