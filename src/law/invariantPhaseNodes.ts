/**
 * A quadrature of phase space for any rotation-invariant density: what a custom law gets that has no rule of its own.
 */
import { quote } from '../base/errors.js'
import { type RandomStream, randomStream } from '../base/random.js'
import { wasmCore } from '../wasm/core.js'
import { dimensionOf, type Law } from './law.js'
import {
  countsOf,
  gaussRule,
  onBoundary,
  type PhaseNodes,
  type PhaseResolution,
  productNodes,
  requireSpace,
} from './phaseNodes.js'
import { drawOnSphere } from './sampling.js'

/**
 * The quadrature of a law: its own, or one from its density.
 * @throws TypeError, RangeError for a law without density or without rotational symmetry
 */
export function phaseNodesOf(law: Law, resolution: PhaseResolution): PhaseNodes {
  return law.phaseNodes === undefined ? invariantPhaseNodes(law, resolution) : law.phaseNodes(resolution)
}

/**
 * Gauss rules on [0, support] in |q| and |p|, in |q| between the jumps that `radial` tells; where the support is
 * unbounded, on r = 3 s x/(1 - x^2) with s the mean of |q| or |p|. Smooth densities on a ball-shaped support converge
 * fast; others by the power that their edge allows, which the solver's error shows.
 * @throws TypeError for a law without density (atoms), RangeError if f0 changes under a rotation (checked at 256 random
 *   pairs to 1e-9), or if kernel.d is not that of the law
 */
function invariantPhaseNodes(law: Law, resolution: PhaseResolution): PhaseNodes {
  const d = dimensionOf(law)
  if (d === 3) requireSpace(law.name, resolution)
  requireInvariance(law)
  const { q: R, p: P } = law.support
  const [radiusCount, speedCount] = countsOf(resolution)
  const jumps = (law.radial?.breaks ?? []).filter(r => r > 0 && r < R)
  const radii = ruleOn(radiusCount, R, jumps, () => meanOf(law, 'positionMoment'))
  const speeds = ruleOn(speedCount, P, [], () => meanOf(law, 'momentumMoment'))
  const q = new Float64Array(d)
  const p = new Float64Array(d)
  const density = (r: number, v: number, c: number): number => {
    q[d - 1] = r
    p[d - 1] = v * c
    p[0] = v * Math.sqrt((1 - c) * (1 + c))
    return requireFinite(law.density(q, p), r, v)
  }
  const edge = Number.isFinite(R) && Number.isFinite(P) ? { edge: onBoundary(R, P) } : {}
  const nodes = productNodes({ radii, speeds: () => speeds, density, ...edge }, resolution)
  // A power of r is not yet nothing at ten thousand scales.
  const tails =
    R === Number.POSITIVE_INFINITY && law.radial !== undefined && law.radial.density(1e4 * law.radial.scale) > 0
  return { ...nodes, edges: jumps.length > 0 || (nodes.compact && endsInEdge(density, R, P)), tails }
}

/**
 * Whether f0 is still above a millionth of its supremum within a millionth of the end of its support, that of q or of
 * p.
 */
function endsInEdge(density: (r: number, v: number, c: number) => number, R: number, P: number): boolean {
  const near = 1 - 1e-6
  const along = [0.1, 0.3, 0.5, 0.7, 0.9].flatMap(x => [-0.8, 0.1, 0.6].map(c => [x, c] as const))
  const largest = (values: readonly number[]): number => Math.max(...values)
  const inside = largest(along.flatMap(([x, c]) => along.map(([y]) => density(x * R, y * P, c))))
  const end = largest(along.flatMap(([x, c]) => [density(near * R, x * P, c), density(x * R, near * P, c)]))
  return end > 1e-6 * inside
}

/**
 * Gauss rules between the jumps, each with its share of the nodes and at least eight; one mapped rule where there is no
 * end.
 */
function ruleOn(
  n: number,
  end: number,
  jumps: readonly number[],
  scale: () => number,
): { nodes: Float64Array; weights: Float64Array } {
  if (Number.isFinite(end)) {
    const ends = [0, ...jumps, end]
    const count = (a: number, b: number): number =>
      jumps.length === 0 ? n : Math.max(8, Math.ceil((n * (b - a)) / end))
    const parts = ends.slice(1).map((b, i) => gaussRule(count(ends[i]!, b), ends[i]!, b))
    return {
      nodes: Float64Array.from(parts.flatMap(part => [...part.nodes])),
      weights: Float64Array.from(parts.flatMap(part => [...part.weights])),
    }
  }
  const { nodes, weights } = gaussRule(n, 0, 1)
  const s = 3 * scale()
  return {
    nodes: nodes.map(x => (s * x) / ((1 - x) * (1 + x))),
    weights: weights.map((w, i) => {
      const x = nodes[i]!
      const u = (1 - x) * (1 + x)
      return (w * s * (1 + x * x)) / (u * u)
    }),
  }
}

function meanOf(law: Law, moment: 'positionMoment' | 'momentumMoment'): number {
  const value = law[moment](1)
  if (!(value > 0 && Number.isFinite(value)))
    throw new RangeError(`${moment}(1) of ${quote(law.name)} must be finite and > 0, got ${value}`)
  return value
}

/**
 * Whether the law has a quadrature in (|q|, |p|, angle): its own, or one from its density, for which it must say that
 * its positions are symmetric (`radial`) and f0 must not change under joint rotations, as far as 256 random pairs can
 * tell.
 * @example hasPhaseNodes(gaussianLaw()) // true
 */
export function hasPhaseNodes(law: Law): boolean {
  if (law.phaseNodes !== undefined) return true
  if (law.radial === undefined || law.atoms !== undefined) return false
  try {
    requireInvariance(law)
    return true
  } catch (error) {
    // A moment that diverges, or a density that changes under rotations.
    if (error instanceof RangeError) return false
    throw error
  }
}

/** Compares f0 at pairs (q, p) and (q', p') of the same |q|, |p| and q.p. */
function requireInvariance(law: Law): void {
  if (law.atoms !== undefined) {
    throw new TypeError(`law must have a density, got ${quote(law.name)}, which is made of samples`)
  }
  const stream = randomStream('rotation-invariance')
  const extent = (support: number, moment: 'positionMoment' | 'momentumMoment'): number =>
    Number.isFinite(support) ? support : 2 * meanOf(law, moment)
  const [R, P] = [extent(law.support.q, 'positionMoment'), extent(law.support.p, 'momentumMoment')]
  const d = dimensionOf(law)
  const pairs = [0, 1].map(() => ({ q: new Float64Array(d), p: new Float64Array(d) })) as [Pair, Pair]
  for (let i = 0; i < 256; i++) {
    const r = R * stream.uniform()
    const v = P * stream.uniform()
    const c = 2 * stream.uniform() - 1
    for (const pair of pairs) {
      if (d === 2) drawInPlane(pair, { r, v, c }, stream)
      else {
        drawOnSphere(r, stream, pair.q)
        drawOnSphere(1, stream, pair.p)
        turnTo(pair.q, pair.p, v, c)
      }
    }
    const [a, b] = pairs.map(({ q, p }) => requireFinite(law.density(q, p), r, v)) as [number, number]
    if (!(Math.abs(a - b) <= 1e-9 * Math.max(a, b))) {
      throw new RangeError(
        `law must be invariant under joint rotations of q and p, got ${quote(law.name)} with f0 = ${a} and ${b} at |q| = ${r}, |p| = ${v}`,
      )
    }
  }
}

function requireFinite(density: number, r: number, v: number): number {
  if (Number.isFinite(density)) return density
  throw new RangeError(`law.density must be finite, got ${density} at |q| = ${r}, |p| = ${v}`)
}

interface Pair {
  readonly q: Float64Array
  readonly p: Float64Array
}

/** A pair in the plane with |q| = r, |p| = v and the cosine c between them, to the left or to the right. */
function drawInPlane(
  { q, p }: Pair,
  { r, v, c }: { readonly r: number; readonly v: number; readonly c: number },
  stream: RandomStream,
): void {
  const core = wasmCore()
  const angle = 2 * Math.PI * stream.uniform()
  const s = (stream.uniform() < 0.5 ? 1 : -1) * Math.sqrt((1 - c) * (1 + c))
  const [x, y] = [core.cos(angle), core.sin(angle)]
  q.set([r * x, r * y])
  p.set([v * (c * x - s * y), v * (c * y + s * x)])
}

/** Makes p, a unit vector in any direction, a vector of length v with the cosine c to q. */
function turnTo(q: Float64Array, p: Float64Array, v: number, c: number): void {
  const r = Math.sqrt(q[0]! * q[0]! + q[1]! * q[1]! + q[2]! * q[2]!)
  const n = r > 0 ? q.map(x => x / r) : Float64Array.of(0, 0, 1)
  const along = p[0]! * n[0]! + p[1]! * n[1]! + p[2]! * n[2]!
  const across = p.map((x, a) => x - along * n[a]!)
  const size = Math.sqrt(across[0]! * across[0]! + across[1]! * across[1]! + across[2]! * across[2]!)
  const s = Math.sqrt((1 - c) * (1 + c)) / size
  for (let a = 0; a < 3; a++) p[a] = v * (c * n[a]! + s * across[a]!)
}
