/**
 * What the present prices and the present matching of an assignment prove, and what a sample of rows says about them.
 */
import { compensatedSum } from '../../base/numerics/compensatedSum.js'
import type { AssignmentModule } from '../../wasm/transport.js'

/** Rows that are looked at to choose where to start. */
const SAMPLE = 256

/** A plan and potentials, in the order of the solver, with the values of both and bounds on their rounding. */
export interface Evidence {
  readonly primal: { readonly value: number; readonly error: number }
  readonly dual: { readonly value: number; readonly error: number }
  readonly plan: Int32Array
  readonly u: Float64Array
  readonly v: Float64Array
}

/** The present plan, its free rows matched to free columns in order, and the present potentials, with their values. */
export function presentEvidence({ run, price, owner, partner, matchCost, rowMinimum }: AssignmentModule): Evidence {
  const n = price.length
  run.boundRows()
  const plan = partner.slice()
  const u = rowMinimum.slice()
  const v = new Float64Array(n)
  let leastPrice = Number.POSITIVE_INFINITY
  for (let j = 0; j < n; j++) {
    v[j] = -price[j]!
    leastPrice = Math.min(leastPrice, price[j]!)
  }
  const primal = compensatedSum()
  const dual = compensatedSum()
  let rounding = 0
  for (let i = 0, free = 0; i < n; i++) {
    if (plan[i]! < 0) {
      while (owner[free]! >= 0) free++
      plan[i] = free
      primal.add(run.costOf(i, free++))
    } else primal.add(matchCost[i]!)
    // A row without a list: costs are not negative.
    if (u[i] === Number.NEGATIVE_INFINITY) u[i] = leastPrice
    dual.add(u[i]!)
    dual.add(v[i]!)
    // u_i is below the rounded sum c_ij + price_j, so at most this much above the exact one.
    rounding += Math.abs(u[i]!) * Number.EPSILON
  }
  return {
    primal: { value: primal.total() / n, error: primal.error() / n },
    dual: { value: dual.total() / n, error: (dual.error() + rounding) / n },
    plan,
    u,
    v,
  }
}

/** What a sample of rows says about the present prices. */
export interface DualSample {
  /** The dual value, and its standard error. */
  readonly value: number
  readonly error: number
  /** The mean least reduced cost of a row, and how much larger that of the last column in its list is. */
  readonly least: number
  readonly spread: number
}

/** The dual value by a sample of rows, and in what units costs and prices differ. */
export function sampleDual({ run, price, bound }: AssignmentModule): DualSample {
  const n = price.length
  const count = Math.min(n, SAMPLE)
  let sum = 0
  let squares = 0
  let spread = 0
  for (let k = 0; k < count; k++) {
    const i = run.startingRow(k, count)
    const least = run.leastOf(i)
    sum += least
    squares += least * least
    // A list of all columns bounds nothing.
    if (bound[i]! < Number.POSITIVE_INFINITY) spread += bound[i]! - least
  }
  let prices = 0
  for (const t of price) prices += t
  const mean = sum / count
  const error = Math.sqrt(Math.max(0, squares / count - mean * mean) / count)
  return { value: mean - prices / n, error, least: Math.max(0, mean), spread: spread / count }
}
