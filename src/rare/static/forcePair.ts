/**
 * The law of a component of another particle's force on one of known place, as tilting needs it.
 */
import { gaussLegendre } from '../../base/numerics/quadrature.js'
import { wasmCore } from '../../wasm/core.js'
import type { TiltedNodes, TiltedPair } from './tiltedPair.js'

/** The normal law of positions, and the kernel (4). */
export interface StaticProblem {
  /** Standard deviation of each coordinate. */
  readonly sigmaQ: number
  /** r_c = N^-delta. */
  readonly cutoffRadius: number
}

/**
 * Nodes of the cosine of the angle with the axis, and of the radius up to r_c, 2 r_c, 1.5 sigma behind, and the end.
 */
const ANGULAR = 32
const RADIAL = [16, 16, 16, 32]
/** Standard deviations behind which nothing is seen: e^(-36). */
export const REACH = 8.5

/** h = k_1(q - Q). */
export function forcePair({ sigmaQ, cutoffRadius }: StaticProblem): TiltedPair {
  const cut = cutoffRadius * cutoffRadius
  const ball = 2 * cutoffRadius
  // In units of sigma, where a force is sigma^-2 times its number.
  const rc = cutoffRadius / sigmaQ
  const unit = 1 / (sigmaQ * sigmaQ)
  return {
    sigmaQ,
    value: (u, square) => {
      const s = Math.max(square, cut)
      return u / (s * Math.sqrt(s))
    },
    ball,
    inside: 1 / cut,
    outside: 1 / (ball * ball),
    scale: (rc * rc) / unit,
    largest: theta => (theta * unit) / (rc * rc),
    nodes: (along, across, refinement) => forceNodes(rc, unit, [along / sigmaQ, across / sigmaQ], refinement),
  }
}

/**
 * With Q = q - r w, w on the sphere, w_1 = mu, the density of (r, mu) is
 * (2 pi)^(-1/2) sigma^-3 r^2 exp(-(|q|^2 + r^2)/2 sigma^2 + r q_1 mu/sigma^2) I_0(r |q_perp| sqrt(1 - mu^2)/sigma^2).
 */
function forceNodes(rc: number, unit: number, [a, b]: readonly [number, number], refinement: number): TiltedNodes {
  const { exp } = wasmCore()
  const R = Math.hypot(a, b)
  const middle = 2 * rc + 1.5
  const cuts = [0, rc, 2 * rc, middle, Math.max(middle + 1, R + REACH)]
  const angles = gaussLegendre(ANGULAR * refinement)
  const total = RADIAL.reduce((sum, n) => sum + n, 0) * refinement * angles.nodes.length
  const h = new Float64Array(total)
  const weight = new Float64Array(total)
  let count = 0
  let near = 0
  for (let s = 0; s < RADIAL.length; s++) {
    const rule = gaussLegendre(RADIAL[s]! * refinement)
    const half = 0.5 * (cuts[s + 1]! - cuts[s]!)
    for (let i = 0; i < rule.nodes.length; i++) {
      const r = cuts[s]! + half * (1 + rule.nodes[i]!)
      const size = (s === 0 ? r / (rc * rc * rc) : 1 / (r * r)) * unit
      const radial = (half * rule.weights[i]! * r * r) / Math.sqrt(2 * Math.PI)
      for (let k = 0; k < angles.nodes.length; k++) {
        const mu = angles.nodes[k]!
        const x = r * b * Math.sqrt(1 - mu * mu)
        const density = exp(x + r * a * mu - 0.5 * (R * R + r * r))
        if (density * r * r < 1e-20) continue
        h[count] = size * mu
        weight[count] = radial * angles.weights[k]! * density * scaledI0(x)
        count++
      }
    }
    if (s === 1) near = count
  }
  return { h, weight, count, near }
}

/** e^-x I_0(x), x >= 0: its series, and Hankel's expansion where that is exact to rounding. */
function scaledI0(x: number): number {
  let [sum, term] = [1, 1]
  if (x < 20) {
    const square = 0.25 * x * x
    for (let k = 1; term > 1e-17 * sum; k++) {
      term *= square / (k * k)
      sum += term
    }
    return sum * wasmCore().exp(-x)
  }
  for (let k = 1; k < 30 && Math.abs(term) > 1e-17; k++) {
    term *= (2 * k - 1) ** 2 / (8 * k * x)
    sum += term
  }
  return sum / Math.sqrt(2 * Math.PI * x)
}
