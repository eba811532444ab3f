/** The oracle of the force tests: a plain double loop over kernel functions with compensated sums, sharing no code. */
import { euclideanNorm, type Kernel } from '../../../src/interaction/kernel.js'

export interface Sums {
  /** Forces, structure of arrays. */
  readonly force: Float64Array
  /** sum_j w_j |k(q_i - q_j)|, the scale of rounding errors. */
  readonly size: Float64Array
}

interface Points {
  readonly targets?: Float64Array
  readonly sources: Float64Array
  readonly weights?: Float64Array
}

/** Neumaier's compensated addition into sums[i] with carry[i]. */
function add(sums: Float64Array, carry: Float64Array, i: number, x: number): void {
  const t = sums[i]! + x
  carry[i] = carry[i]! + (Math.abs(sums[i]!) >= Math.abs(x) ? sums[i]! - t + x : x - t + sums[i]!)
  sums[i] = t
}

function displacements(
  { targets, sources }: Points,
  d: number,
  visit: (i: number, j: number, q: Float64Array) => void,
): void {
  const N = sources.length / d
  const to = targets ?? sources
  const n = to.length / d
  const q = new Float64Array(d)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < N; j++) {
      if (targets === undefined && i === j) continue
      for (let a = 0; a < d; a++) q[a] = to[a * n + i]! - sources[a * N + j]!
      visit(i, j, q)
    }
  }
}

/** sum_j w_j k(q_i - q_j), with w_j = 1/N by default. */
export function referenceForces(kernel: Kernel, points: Points): Sums {
  const { d, sigma } = kernel
  const N = points.sources.length / d
  const n = (points.targets ?? points.sources).length / d
  const force = new Float64Array(d * n)
  const carry = new Float64Array(d * n)
  const size = new Float64Array(n)
  displacements(points, d, (i, j, q) => {
    const r = euclideanNorm(q)
    if (r === 0) return
    const w = points.weights?.[j] ?? 1 / N
    const g = w * kernel.magnitude(r)
    size[i] = size[i]! + Math.abs(g)
    for (let a = 0; a < d; a++) add(force, carry, a * n + i, sigma * g * (q[a]! / r))
  })
  for (let k = 0; k < force.length; k++) force[k] = force[k]! + carry[k]!
  return { force, size }
}

/** sum_j w_j f(|q_i - q_j|), the self term left out when there are no targets. */
export function referenceScalar(f: (r: number) => number, d: number, points: Points): Float64Array {
  const N = points.sources.length / d
  const n = (points.targets ?? points.sources).length / d
  const sums = new Float64Array(n)
  const carry = new Float64Array(n)
  displacements(points, d, (i, j, q) => add(sums, carry, i, (points.weights?.[j] ?? 1 / N) * f(euclideanNorm(q))))
  return sums.map((s, i) => s + carry[i]!)
}

/** max_i |F_i - R_i| / S_i over all particles with S_i > 0, where S is the scale of rounding errors. */
export function worstError(force: Float64Array, { force: exact, size }: Sums): number {
  const n = size.length
  let worst = 0
  for (let i = 0; i < n; i++) {
    let square = 0
    for (let k = i; k < force.length; k += n) square += (force[k]! - exact[k]!) ** 2
    if (!Number.isFinite(square)) return Number.NaN
    if (size[i]! > 0) worst = Math.max(worst, Math.sqrt(square) / size[i]!)
    else if (square > 0) return Number.POSITIVE_INFINITY
  }
  return worst
}

/** ||F - R||_2 / ||R||_2. */
export function relativeError(force: ArrayLike<number>, exact: ArrayLike<number>): number {
  let error = 0
  let size = 0
  for (let k = 0; k < exact.length; k++) {
    error += (force[k]! - exact[k]!) ** 2
    size += exact[k]! ** 2
  }
  return Math.sqrt(error / size)
}
