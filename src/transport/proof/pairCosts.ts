/**
 * Costs of pairs of points without rounding: coordinates are doubles, so all are whole multiples of one power of two,
 * and squares of distances are whole numbers. A distance is enclosed by the whole part of a root and the next number.
 */
import { binaryPlaces, wholeMultiple } from '../../base/interval/dyadic.js'
import { integerRoot, rootBounds } from '../../base/interval/integerRoot.js'
import type { PointCloud } from '../pointCloud.js'

/** What is summed or compared: |x - y|, |x - y|^2, or max_a |x_a - y_a|. */
export type Cost = 'distance' | 'square' | 'maximum'

/** Costs of pairs in units of 2^-places. */
export interface PairCosts {
  readonly places: number
  /** The largest whole number that is at most the cost of point i of X and point j of Y. */
  low(i: number, j: number): bigint
  /** The least whole number that is at least it: `low`, unless the cost is the root of what is no square. */
  high(i: number, j: number): bigint
}

/** Digits of a root beyond the unit of the coordinates, of which no distance of two points is less than one. */
const ROOT_PLACES = 64

/**
 * @param cost which
 * @param least number of binary places at least
 */
export function pairCosts(
  X: PointCloud,
  Y: PointCloud,
  cost: Cost,
  least: number = Number.NEGATIVE_INFINITY,
): PairCosts {
  const { d } = X
  const unit = Math.max(binaryPlaces(X.x), binaryPlaces(Y.x))
  const [x, y] = [pointwise(X, unit), pointwise(Y, unit)]
  const natural = cost === 'square' ? 2 * unit : cost === 'distance' ? unit + ROOT_PLACES : unit
  const places = Math.max(natural, least)
  const square = (i: number, j: number): bigint => {
    let sum = 0n
    for (let a = 0; a < d; a++) {
      const t = x[i * d + a]! - y[j * d + a]!
      sum += t * t
    }
    return sum
  }
  const longest = (i: number, j: number): bigint => {
    let most = 0n
    for (let a = 0; a < d; a++) {
      const t = x[i * d + a]! - y[j * d + a]!
      if (t > most) most = t
      else if (-t > most) most = -t
    }
    return most
  }
  if (cost !== 'distance') {
    const shift = BigInt(places - natural)
    const of = cost === 'square' ? square : longest
    const low = (i: number, j: number): bigint => of(i, j) << shift
    return { places, low, high: low }
  }
  const shift = BigInt(2 * (places - unit))
  const low = (i: number, j: number): bigint => integerRoot(square(i, j) << shift)
  const high = (i: number, j: number): bigint => rootBounds(square(i, j) << shift)[1]
  return { places, low, high }
}

/** Point by point, in units of 2^-unit. */
function pointwise({ n, d, x }: PointCloud, unit: number): bigint[] {
  const out = new Array<bigint>(n * d)
  for (let a = 0; a < d; a++) for (let i = 0; i < n; i++) out[i * d + a] = wholeMultiple(x[a * n + i]!, unit)
  return out
}
