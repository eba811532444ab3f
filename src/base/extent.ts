/**
 * The least and the largest of any number of values. Math.min(...values) hands each value over as an argument, and some
 * hundred thousand arguments are more than a call can take.
 */

/**
 * The least and the largest value; of none, infinity and minus infinity; NaN if one is.
 * @example extent([2, 1, 3]) // [1, 3]
 */
export function extent(values: Iterable<number>): [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  return [least, most]
}

/** The least value, as Math.min of all of them. @example minimum([2, 1, 3]) // 1 */
export function minimum(values: Iterable<number>): number {
  return extent(values)[0]
}

/** The largest value, as Math.max of all of them. @example maximum([2, 1, 3]) // 3 */
export function maximum(values: Iterable<number>): number {
  return extent(values)[1]
}
