/**
 * The law of one term of the majorant's sum at a particle of known place, as tilting needs it.
 */
import { gaussLegendre } from '../../base/numerics/quadrature.js'
import type { RadialMajorant } from '../../interaction/lipschitzMajorant.js'
import { wasmCore } from '../../wasm/core.js'
import { REACH } from './forcePair.js'
import type { TiltedNodes, TiltedPair } from './tiltedPair.js'

/** Nodes of the distance up to the core's radius, twice that, 1.5 sigma behind, and the end. */
const RADIAL = [32, 32, 32, 48]

/** h = sign l(|q - Q|) for a majorant with a core, l constant there and c r^-3 outside. */
export function majorantPair(majorant: RadialMajorant, sigmaQ: number, sign: 1 | -1): TiltedPair {
  const { innerRadius, innerValue, outerConstant, supremum } = majorant
  const core = innerRadius * innerRadius
  const ball = 2 * innerRadius
  const farthest = outerConstant / ball ** 3
  // What sign l is at most.
  const [inside, outside] = sign > 0 ? [supremum, farthest] : [-Math.min(innerValue, farthest), 0]
  return {
    sigmaQ,
    value: (_, square) => sign * (square < core ? innerValue : outerConstant / (square * Math.sqrt(square))),
    ball,
    inside,
    outside,
    scale: 1 / supremum,
    largest: theta => theta * Math.max(inside, outside),
    nodes: (along, across, refinement) => majorantNodes(majorant, sigmaQ, sign, Math.hypot(along, across), refinement),
  }
}

/**
 * The density of the distance r from a place at the radius R is, in units of sigma,
 * (2 pi)^(-1/2) (r/R) (exp(-(R - r)^2/2) - exp(-(R + r)^2/2)).
 */
function majorantNodes(
  { innerRadius, innerValue, outerConstant }: RadialMajorant,
  sigmaQ: number,
  sign: 1 | -1,
  radius: number,
  refinement: number,
): TiltedNodes {
  const { exp } = wasmCore()
  const [R, core] = [radius / sigmaQ, innerRadius / sigmaQ]
  const middle = 2 * core + 1.5
  const cuts = [0, core, 2 * core, middle, Math.max(middle + 1, R + REACH)]
  const count = RADIAL.reduce((sum, n) => sum + n, 0) * refinement
  const h = new Float64Array(count)
  const weight = new Float64Array(count)
  let [at, near] = [0, 0]
  for (let s = 0; s < RADIAL.length; s++) {
    const rule = gaussLegendre(RADIAL[s]! * refinement)
    const half = 0.5 * (cuts[s + 1]! - cuts[s]!)
    for (let i = 0; i < rule.nodes.length; i++) {
      const r = cuts[s]! + half * (1 + rule.nodes[i]!)
      h[at] = sign * (s === 0 ? innerValue : outerConstant / (r * sigmaQ) ** 3)
      // (1 - exp(-2 r R))/(2 r R), which is 1 at R = 0.
      const x = 2 * r * R
      const angular = x < 1e-9 ? 1 : -Math.expm1(-x) / x
      weight[at] = half * rule.weights[i]! * Math.sqrt(2 / Math.PI) * r * r * exp(-0.5 * (R - r) ** 2) * angular
      at++
    }
    if (s === 1) near = at
  }
  return { h, weight, count, near }
}
