/**
 * W_p between two clouds by whichever of the exact methods applies: on the line, bottleneck, assignment or network
 * simplex.
 */

import { requireOptions } from '../base/errors.js'
import type { TransportResult } from './assignment/transportResult.js'
import {
  WASSERSTEIN_OPTIONS,
  type WassersteinAsyncOptions,
  type WassersteinOptions,
  wassersteinDistance,
  wassersteinDistanceAsync,
} from './assignment/wassersteinDistance.js'
import { bottleneckDistance, bottleneckDistanceAsync } from './bottleneck/bottleneckDistance.js'
import { distance1d } from './line/distance1d.js'
import { requireOrder } from './line/distance1dPower.js'
import { type PointCloud, requireCloud } from './pointCloud.js'

/**
 * W_p(X, Y): d = 1 {@link distance1d}, p = Infinity {@link bottleneckDistance}, otherwise {@link wassersteinDistance}.
 * @param p in [1, Infinity]
 * @throws TypeError, RangeError as these
 * @example distanceBetween(X, Y, Infinity).value
 */
export function distanceBetween(
  X: PointCloud,
  Y: PointCloud,
  p: number,
  options: Omit<WassersteinOptions, 'p'> = {},
): TransportResult {
  requireOptions<Omit<WassersteinOptions, 'p'>>('distanceBetween', options, WASSERSTEIN_OPTIONS)
  requireOrder(p, 'or Infinity')
  requireCloud('X', X)
  requireCloud('Y', Y)
  if (X.d === 1 && Y.d === 1) return distance1d(X, Y, p)
  if (p === Number.POSITIVE_INFINITY) return bottleneckDistance(X, Y)
  return wassersteinDistance(X, Y, { ...options, p })
}

/**
 * {@link distanceBetween} in slices; a signal ends it with the best bracket so far (not on the line, which is fast).
 */
export async function distanceBetweenAsync(
  X: PointCloud,
  Y: PointCloud,
  p: number,
  options: Omit<WassersteinAsyncOptions, 'p'> = {},
): Promise<TransportResult> {
  requireOptions<Omit<WassersteinAsyncOptions, 'p'>>('distanceBetweenAsync', options, {
    bar: true,
    signal: 'signal',
    ...WASSERSTEIN_OPTIONS,
  })
  requireOrder(p, 'or Infinity')
  requireCloud('X', X)
  requireCloud('Y', Y)
  const { signal } = options
  if (p === Number.POSITIVE_INFINITY && X.d > 1) {
    return bottleneckDistanceAsync(X, Y, signal === undefined ? {} : { signal })
  }
  if (X.d === 1 && Y.d === 1) return distanceBetween(X, Y, p)
  return wassersteinDistanceAsync(X, Y, { ...options, p })
}
