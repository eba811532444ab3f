/**
 * The uniform grid of output times that holds a plan's times.
 */
import { requirePositive } from '../../base/errors.js'

/** More outputs than this are a sign of times that have no common step. */
const MOST = 1000

/**
 * The smallest number of equal output intervals of [0, T] whose ends include all times.
 * @param times in (0, T], increasing, the last is T
 * @throws RangeError for times that do not increase or are no multiples of T/m for any m <= 1000
 * @example outputsFor([0.5, 1]) // 2
 */
export function outputsFor(times: readonly number[]): number {
  const T = requirePositive('times', times.at(-1))
  times.forEach((t, k) => {
    if (!(t > (k === 0 ? 0 : times[k - 1]!))) {
      throw new RangeError(`times must be numbers > 0 in increasing order, got ${t} in place ${k}`)
    }
  })
  for (let m = times.length; m <= MOST; m++) {
    // A quotient of two decimals is off by a few units in the last place.
    if (times.every(t => Math.abs((t / T) * m - Math.round((t / T) * m)) < 1e-9)) return m
  }
  throw new RangeError(
    `times must be multiples of their last, ${T}, divided by a whole number <= ${MOST}; got ${times}`,
  )
}
