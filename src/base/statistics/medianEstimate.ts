/**
 * The median of a sample with what is known about that of its law: order statistics, without any assumption on the law.
 */

import { requireNumber } from '../errors.js'
import { median } from './bootstrapSlope.js'
import { binomialTail } from './clopperPearson.js'
import type { Estimate } from './estimate.js'

/**
 * The median of n independent numbers of one continuous law, between the k-th smallest and the k-th largest: the median
 * of the law is outside with probability 2 P(B < k), B binomial with n trials and probability 1/2, for the largest k
 * for which this is at most 1 - level.
 * @param sample n >= 1 numbers, in any order; not changed
 * @param seed of the stream they come from
 * @param level in (0, 1), default 0.95
 * @returns kind 'confidence'; 'estimated', and the whole range, for too few numbers (n <= 5 at 0.95)
 * @throws RangeError for an empty sample, and a level out of range
 * @source Thompson 1936, doi:10.1214/aoms/1177732502
 * @example medianEstimate([1, 2, 3, 4, 5, 6], 'my seed').low // 1
 */
export function medianEstimate(sample: ArrayLike<number>, seed: string, level: number = 0.95): Estimate {
  requireNumber('level', level, Number.MIN_VALUE, 1 - Number.EPSILON, 'a number in (0, 1)')
  const value = median(sample)
  const sorted = Float64Array.from(sample).sort()
  const n = sorted.length
  let k = 0
  // P(B < k + 1) = P(B >= n - k) by symmetry.
  while (k < n / 2 && 2 * binomialTail(n - k, n, 0.5) <= 1 - level) k++
  if (k === 0) {
    const method = `median of ${n}, too few for an interval: their range`
    return { value, low: sorted[0]!, high: sorted[n - 1]!, kind: 'estimated', method, seed }
  }
  const method = `median of ${n}, order statistics`
  return { value, low: sorted[k - 1]!, high: sorted[n - k]!, kind: 'confidence', level, method, seed }
}
