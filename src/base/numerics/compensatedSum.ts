/**
 * Sums that lose nothing but their last rounding: means over many particles, costs of plans, levels of quantiles.
 */

/** Unit roundoff of doubles. */
const UNIT = Number.EPSILON / 2

/** A sum with the error of its last rounding only (Neumaier), and the sum of magnitudes that bounds it. */
interface CompensatedSum {
  add(value: number): void
  /** The sum. */
  total(): number
  /** A bound on its error: 2 u of it, and n^2 u^2 of the sum of magnitudes for n terms. */
  error(): number
}

/**
 * An empty sum.
 * @source A. Neumaier, Z. Angew. Math. Mech. 54 (1974) 39, doi:10.1002/zamm.19740540106
 * @example const sum = compensatedSum(); sum.add(1e16); sum.add(1); sum.add(-1e16); sum.total() // 1
 */
export function compensatedSum(): CompensatedSum {
  let sum = 0
  let rest = 0
  let size = 0
  let count = 0
  return {
    add: value => {
      const next = sum + value
      rest += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
      sum = next
      size += Math.abs(value)
      count++
    },
    total: () => sum + rest,
    error: () => 2 * UNIT * Math.abs(sum + rest) + 2 * count * count * UNIT * UNIT * size,
  }
}
