/**
 * Weights as integers, so that flows are exact and a pivot that moves nothing is seen as such.
 */
import type { PointCloud } from '../pointCloud.js'

export interface IntegerMasses {
  /** Integers >= 1 with the same sum `total` <= 2^53, in the given orders. */
  readonly supply: Float64Array
  readonly demand: Float64Array
  readonly total: number
  /** The weights that they stand for, in the same orders. */
  readonly supplyWeight: Float64Array
  readonly demandWeight: Float64Array
  /** Bound on the mass that has to be moved from one to the other, in total. */
  readonly error: number
  /** How many roundings of size epsilon the sum of the weights may miss 1 by. */
  readonly terms: number
}

/** The masses are exact for two uniform clouds, and weights times 2^52, rounded, otherwise. */
export function integerMasses(X: PointCloud, Y: PointCloud, rows: Int32Array, columns: Int32Array): IntegerMasses {
  const supplyWeight = ordered(X, rows)
  const demandWeight = ordered(Y, columns)
  if (X.weights === undefined && Y.weights === undefined) {
    const supply = new Float64Array(X.n).fill(Y.n)
    const demand = new Float64Array(Y.n).fill(X.n)
    return { supply, demand, total: X.n * Y.n, supplyWeight, demandWeight, error: 0, terms: 2 }
  }
  const total = 2 ** 52
  const supply = rounded(supplyWeight, total)
  const demand = rounded(demandWeight, total)
  let error = 0
  for (let i = 0; i < X.n; i++) error += Math.abs(supply[i]! / total - supplyWeight[i]!)
  for (let j = 0; j < Y.n; j++) error += Math.abs(demand[j]! / total - demandWeight[j]!)
  // Twice, which is more than the roundings of this very sum.
  return { supply, demand, total, supplyWeight, demandWeight, error: 2 * error, terms: 2 * (X.n + Y.n) }
}

function ordered({ n, weights }: PointCloud, order: Int32Array): Float64Array {
  const out = new Float64Array(n).fill(1 / n)
  if (weights !== undefined) for (let i = 0; i < n; i++) out[i] = weights[order[i]!]!
  return out
}

/** Integers >= 1 near total * weight with the sum `total`; the largest takes up the difference. */
function rounded(weights: Float64Array, total: number): Float64Array {
  const out = new Float64Array(weights.length)
  let sum = 0
  let largest = 0
  for (let i = 0; i < out.length; i++) {
    out[i] = Math.max(1, Math.round(total * weights[i]!))
    sum += out[i]!
    if (out[i]! > out[largest]!) largest = i
  }
  // At most 2 n roundings of 2^-52 and n halves of 2^-52 off (n <= 4e6), against a largest part of at least 2^52 / n.
  out[largest]! += total - sum
  return out
}
