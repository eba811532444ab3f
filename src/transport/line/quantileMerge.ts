/**
 * The quantile functions of clouds on the line, and their merge: the optimal coupling for every convex cost.
 */
import { compensatedSum } from '../../base/numerics/compensatedSum.js'
import type { PointCloud } from '../pointCloud.js'

/** A quantile function: a step to x[k] that ends at the level level[k]. */
export interface Steps {
  /** Length n, in increasing order: x[k] is point order[k]. */
  readonly x: Float64Array
  readonly order: Int32Array
  /** Length n, increasing, to `total`. */
  readonly level: Float64Array
  readonly total: number
}

/** Entry k moves mass[k] from the i[k]-th smallest point of X to the j[k]-th smallest of Y. */
export interface Merge {
  readonly F: Steps
  readonly G: Steps
  readonly i: Int32Array
  readonly j: Int32Array
  readonly mass: Float64Array
  /** Levels closer than this are taken for equal: 0 for equal weights, whose levels are integers. */
  readonly tolerance: number
}

/**
 * Bound of the error of a level that is a sum of weights. Compensated sums err by 2 units in the last place, the
 * division by the total by one, and weights such as 0.1 are themselves off by half a unit; twice, for a difference, and
 * once more for safety.
 */
export const LEVEL_ERROR: number = 16 * Number.EPSILON

/** The steps of a cloud on the line, with levels up to 1. */
export function stepsOf(cloud: PointCloud): Steps {
  const { n, x, weights } = cloud
  if (weights === undefined) return equalSteps(cloud, 1 / n)
  const { order, sorted } = inOrder(x)
  const level = new Float64Array(n)
  const sum = compensatedSum()
  for (let k = 0; k < n; k++) {
    sum.add(weights[order[k]!]!)
    level[k] = sum.total()
  }
  const total = level[n - 1]!
  for (let k = 0; k < n; k++) level[k] = level[k]! / total
  return { x: sorted, order, level, total: 1 }
}

/** The same for equal weights, with levels unit, 2 unit, ... */
function equalSteps({ n, x }: PointCloud, unit: number): Steps {
  const { order, sorted } = inOrder(x)
  return { x: sorted, order, level: Float64Array.from(order, (_, k) => (k + 1) * unit), total: n * unit }
}

function inOrder(x: Float64Array): { readonly order: Int32Array; readonly sorted: Float64Array } {
  const order = Int32Array.from(x, (_, k) => k).sort((a, b) => x[a]! - x[b]! || a - b)
  return { order, sorted: Float64Array.from(order, k => x[k]!) }
}

const hasEqualWeights = ({ weights }: PointCloud): boolean => weights?.every(w => w === weights[0]) ?? true

/** Merges the quantile functions of two clouds on the line. */
export function mergeQuantiles(X: PointCloud, Y: PointCloud): Merge {
  const equal = hasEqualWeights(X) && hasEqualWeights(Y)
  const F = equal ? equalSteps(X, Y.n) : stepsOf(X)
  const G = equal ? equalSteps(Y, X.n) : stepsOf(Y)
  const tolerance = equal ? 0 : LEVEL_ERROR
  const most = X.n + Y.n - 1
  const i = new Int32Array(most)
  const j = new Int32Array(most)
  const mass = new Float64Array(most)
  let [a, b, count, level] = [0, 0, 0, 0]
  while (a < X.n && b < Y.n) {
    const gap = F.level[a]! - G.level[b]!
    i[count] = a
    j[count] = b
    const next = gap < 0 ? F.level[a]! : G.level[b]!
    mass[count++] = (next - level) / F.total
    level = next
    if (gap <= tolerance) a++
    if (gap >= -tolerance) b++
  }
  return { F, G, i: i.slice(0, count), j: j.slice(0, count), mass: mass.slice(0, count), tolerance }
}
