/**
 * Slopes of ln y against ln x in a moving window: what shows that a finite-N exponent drifts towards its limit.
 */

import { requireInteger } from '../errors.js'
import { requireNumbers } from '../shape.js'
import { logLogSlope } from './statistics.js'

/** A slope and where it belongs. */
export interface LocalSlope {
  /** Geometric mean of the abscissae in the window. */
  readonly x: number
  readonly slope: number
}

/**
 * The least-squares slope in every window of neighbouring points; all equal if and only if y is a power of x.
 * @param x n numbers > 0 in increasing order
 * @param y as many, > 0
 * @param window number of points in a window, in [2, n], default 2
 * @returns n - window + 1 slopes
 * @throws RangeError for values that are not > 0, unequal lengths or a window outside its range
 * @example localSlopes([1, 2, 4, 8], [1, 4, 16, 64], 3).map(({ slope }) => slope) // [2, 2]
 */
export function localSlopes(x: ArrayLike<number>, y: ArrayLike<number>, window: number = 2): LocalSlope[] {
  requireNumbers('x', x)
  requireInteger('x.length', x.length, 2)
  requireNumbers('y', y)
  requireInteger('window', window, 2, x.length)
  const [xs, ys] = [Array.from(x), Array.from(y)]
  return Array.from({ length: xs.length - window + 1 }, (_, i) => {
    const part = xs.slice(i, i + window)
    const { slope } = logLogSlope(part, ys.slice(i, i + window))
    return { x: Math.exp(part.reduce((sum, value) => sum + Math.log(value), 0) / window), slope }
  })
}
