/**
 * Quadratures of a rotation-invariant law in (r, |p|, cos angle): the deterministic particles of the radial mean field
 * solver. Built-in laws give rules adapted to their support; any other invariant density gets that of
 * invariantPhaseNodes.
 */
import { quote } from '../base/errors.js'
import { gaussLegendre } from '../base/numerics/quadrature.js'
import { wasmCore } from '../wasm/core.js'

/** Points of phase space up to rotation, with masses: int g f0 d^{2d}z = sum_j mass_j g(r_j, pr_j, pt_j). */
export interface PhaseNodes {
  /** |q|. */
  readonly r: Float64Array
  /** Momentum along q. */
  readonly pr: Float64Array
  /** Size of the momentum across q; the angular momentum is r pt. */
  readonly pt: Float64Array
  /** >= 0, sum 1 up to `missing`. */
  readonly mass: Float64Array
  /** Mass that the rule leaves out on purpose (tails). */
  readonly missing: number
  /** Whether the support is compact and the nodes without mass run along its boundary. */
  readonly compact: boolean
  /** Whether f0 has edges: jumps, kinks or poles, inside its support or at its end. */
  readonly edges?: boolean
  /** Whether the density falls like a power of the radius, so that the rule spans many scales of it. */
  readonly tails?: boolean
}

/** What a law's rule is asked for. */
export interface PhaseResolution {
  /** Dimension of position space. In d = 2 the law is the joint marginal of (q_1, q_2, p_1, p_2). */
  readonly d: 2 | 3
  /** Nodes along each of the three coordinates. */
  readonly n: number
  /** Nodes in the radius, the speed and the cosine where they are not all n. */
  readonly counts?: readonly [radii: number, speeds: number, cosines: number]
  /** Whether the cosines (d = 3) are to be densest at -1, where particles fly at the centre. */
  readonly graded?: boolean
  /** Mass that may be left out. */
  readonly tail: number
}

/** A weight per volume of phase space at radius r, speed v and cosine c between q and p. */
export interface PhaseProduct {
  /** Rule in r: nodes and weights of dr. */
  readonly radii: { readonly nodes: ArrayLike<number>; readonly weights: ArrayLike<number> }
  /** Rule in the speed at radius r. */
  speeds(r: number): { readonly nodes: ArrayLike<number>; readonly weights: ArrayLike<number> }
  /** f0 at (r, v, c). */
  density(r: number, v: number, c: number): number
  /** Points on the boundary of a compact support. */
  readonly edge?: PhaseEdge
}

/**
 * Points (r, pr, pt) on the boundary of a compact support: they carry no mass, their orbits show where the support
 * ends.
 */
export type PhaseEdge = readonly (readonly [r: number, pr: number, pt: number])[]

/** The edge of {|q| < R, |p| < P}: |q| = R with speeds 0, P/4, ..., P in 17 directions. */
export function onBoundary(R: number, P: number): PhaseEdge {
  const core = wasmCore()
  const list: [number, number, number][] = []
  for (let i = 0; i <= 4; i++) {
    for (let k = 0; k <= 16; k++) {
      const angle = (Math.PI * k) / 16
      list.push([R, ((P * i) / 4) * core.cos(angle), ((P * i) / 4) * core.sin(angle)])
    }
  }
  return list
}

/** Nodes in the radius, the speed and the cosine. */
export function countsOf({ n, counts }: PhaseResolution): readonly [radii: number, speeds: number, cosines: number] {
  return counts ?? [n, n, n]
}

/** For laws with a quadrature in d = 3 only. @throws RangeError for d = 2 */
export function requireSpace(law: string, { d }: PhaseResolution): void {
  if (d !== 3)
    throw new RangeError(
      `kernel.d must be 3 for the law ${quote(law)}, got ${d} (gaussian and uniform-ball know d = 2)`,
    )
}

/** Gauss-Legendre rule of n nodes on [a, b]. */
export function gaussRule(n: number, a: number, b: number): { nodes: Float64Array; weights: Float64Array } {
  const { nodes, weights } = gaussLegendre(n)
  const half = 0.5 * (b - a)
  return { nodes: nodes.map(x => a + half * (1 + x)), weights: weights.map(w => half * w) }
}

/**
 * The product rule with n cosines: mass = f0 dq dp, dq = |S^{d-1}| r^{d-1} dr, dp = 2 pi v^2 dv dc in d = 3 and
 * 2 v dv d(angle), angle in (0, pi), in d = 2 (where Gauss-Chebyshev is the rule in c). Nodes that together hold less
 * than `tail` are dropped.
 */
export function productNodes(product: PhaseProduct, resolution: PhaseResolution): PhaseNodes {
  const { d, tail } = resolution
  const [, , n] = countsOf(resolution)
  const core = wasmCore()
  const { nodes: legendre, weights } = resolution.graded === true ? gradedCosines(n) : gaussLegendre(n)
  const cosines = d === 3 ? legendre : Float64Array.from(legendre, (_, i) => core.cos((Math.PI * (i + 0.5)) / n))
  const cosineWeights = d === 3 ? weights.map(w => 2 * Math.PI * w) : weights.map(() => (2 * Math.PI) / n)
  const list: number[] = []
  const { radii } = product
  for (let i = 0; i < radii.nodes.length; i++) {
    const r = radii.nodes[i]!
    const shell = (d === 3 ? 4 * Math.PI * r * r : 2 * Math.PI * r) * radii.weights[i]!
    const speeds = product.speeds(r)
    for (let j = 0; j < speeds.nodes.length; j++) {
      const v = speeds.nodes[j]!
      const speedShell = shell * (d === 3 ? v * v : v) * speeds.weights[j]!
      for (let k = 0; k < n; k++) {
        const c = cosines[k]!
        const mass = speedShell * cosineWeights[k]! * product.density(r, v, c)
        if (mass > 0) list.push(r, v * c, v * Math.sqrt((1 - c) * (1 + c)), mass)
      }
    }
  }
  return dropTail(list, tail, product.edge ?? [])
}

/** Gauss nodes in u, c = 2 u^2 - 1: evenly spaced in the distance at which the centre is passed. */
function gradedCosines(n: number): { nodes: Float64Array; weights: Float64Array } {
  const { nodes, weights } = gaussRule(n, 0, 1)
  return { nodes: nodes.map(u => 2 * u * u - 1), weights: weights.map((w, i) => 4 * nodes[i]! * w) }
}

/** Keeps the heaviest nodes, those dropped hold less than `tail` together, and adds the edge. */
function dropTail(list: readonly number[], tail: number, edge: PhaseEdge): PhaseNodes {
  const count = list.length / 4
  const least = tail / count
  const kept: number[] = []
  let missing = 0
  for (let j = 0; j < count; j++) {
    if (list[4 * j + 3]! >= least) kept.push(j)
    else missing += list[4 * j + 3]!
  }
  const column = (a: number): Float64Array => {
    const values = new Float64Array(kept.length + edge.length)
    kept.forEach((j, k) => {
      values[k] = list[4 * j + a]!
    })
    if (a < 3)
      edge.forEach((point, k) => {
        values[kept.length + k] = point[a]!
      })
    return values
  }
  return { r: column(0), pr: column(1), pt: column(2), mass: column(3), missing, compact: edge.length > 0 }
}
