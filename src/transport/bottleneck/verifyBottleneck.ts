/**
 * The check of a bottleneck distance from its evidence alone. Shares no code with the search: brute force, and
 * distances by another formula.
 */
import { requireShape } from '../../base/shape.js'
import { type PointCloud, requireCloud } from '../pointCloud.js'
import type { BottleneckResult } from './bottleneckDistance.js'

/** What the evidence proves. */
export interface BottleneckCheck {
  /** Whether the plan proves `high`, the violator proves `low`, and `value` is between. */
  readonly valid: boolean
  /** What is wrong, in words; empty if valid. */
  readonly faults: readonly string[]
  /** The longest pair of the plan, recomputed; Infinity if the plan is no permutation. */
  readonly longestPair: number
  /** Number of points in the violator, and of points of the other cloud at distance < low from one of them. */
  readonly violatorSize: number
  readonly neighbours: number
}

/**
 * Checks that plan is a permutation without a pair longer than `high`, and that the violator (|S| points with fewer
 * than |S| neighbours nearer than `low`) exists, unless low = 0. By Hall's theorem that proves low <= W_infinity <=
 * high. Takes |S| n distances.
 * @throws TypeError, RangeError for clouds that are no clouds
 * @example verifyBottleneck(X, Y, bottleneckDistance(X, Y)).valid // true
 */
export function verifyBottleneck(X: PointCloud, Y: PointCloud, result: BottleneckResult): BottleneckCheck {
  requireShape<Pick<BottleneckResult, 'low' | 'high' | 'value' | 'norm' | 'plan'>>('result', result, {
    low: 'number',
    high: 'number',
    value: 'number',
    norm: 'text',
    plan: 'numbers',
  })
  requireCloud('X', X)
  requireCloud('Y', Y)
  const { plan, violator, low, high, value, norm } = result
  const faults: string[] = []
  const distance = norm === 'maximum' ? maximumDistance : euclideanDistance
  let longestPair = 0
  if (isPermutation(plan, X.n) && Y.n === X.n && Y.d === X.d) {
    for (let i = 0; i < X.n; i++) longestPair = Math.max(longestPair, distance(X, i, Y, plan[i]!))
  } else longestPair = Number.POSITIVE_INFINITY
  if (!(longestPair <= high)) faults.push(`the longest pair of the plan is ${longestPair}, above high = ${high}`)
  if (!(low <= value && value <= high)) faults.push(`value = ${value} is outside [${low}, ${high}]`)
  let violatorSize = 0
  let neighbours = 0
  if (low > 0) {
    if (violator === undefined) faults.push(`low = ${low} has no violator`)
    else {
      const [from, to] = violator.side === 'X' ? [X, Y] : [Y, X]
      const members = new Set(violator.points)
      for (const i of members) if (!(Number.isInteger(i) && i >= 0 && i < from.n)) members.delete(i)
      violatorSize = members.size
      for (let j = 0; j < to.n; j++) {
        for (const i of members) {
          if (distance(from, i, to, j) < low) {
            neighbours++
            break
          }
        }
      }
      if (neighbours >= violatorSize) {
        faults.push(`${violatorSize} points of ${violator.side} have ${neighbours} neighbours nearer than low = ${low}`)
      }
    }
  }
  return { valid: faults.length === 0, faults, longestPair, violatorSize, neighbours }
}

function isPermutation(plan: Int32Array, n: number): boolean {
  const seen = new Set(plan)
  return plan.length === n && seen.size === n && plan.every(j => j >= 0 && j < n)
}

function maximumDistance(X: PointCloud, i: number, Y: PointCloud, j: number): number {
  let largest = 0
  for (let a = 0; a < X.d; a++) largest = Math.max(largest, Math.abs(X.x[a * X.n + i]! - Y.x[a * Y.n + j]!))
  return largest
}

/** Divided by the largest difference before squaring, so that nothing overflows. */
function euclideanDistance(X: PointCloud, i: number, Y: PointCloud, j: number): number {
  const largest = maximumDistance(X, i, Y, j)
  if (largest === 0 || largest === Number.POSITIVE_INFINITY) return largest
  let sum = 0
  for (let a = 0; a < X.d; a++) {
    const ratio = (X.x[a * X.n + i]! - Y.x[a * Y.n + j]!) / largest
    sum += ratio * ratio
  }
  return largest * Math.sqrt(sum)
}
