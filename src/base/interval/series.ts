/**
 * A power series cut off, with what is left out as an interval.
 */
import { type Interval, plus, times } from './interval.js'
import { above } from './neighbours.js'

/**
 * c_0 + x (c_1 + x (... + x c_n)) by Horner's rule, and the remainder of the series.
 * @example horner([{ lo: 2, hi: 2 }], { lo: 0, hi: 1 }) // { lo: 2, hi: 2 }
 */
export function horner(coefficients: readonly Interval[], x: Interval): Interval {
  return coefficients.reduceRight((sum, c) => plus(c, times(x, sum)))
}

/** a +- r for a remainder 0 <= r, which may have underflowed. @example widened({ lo: 0, hi: 0 }, 1).hi > 1 // true */
export function widened(a: Interval, r: number): Interval {
  const bound = above(r)
  return plus(a, { lo: -bound, hi: bound })
}
