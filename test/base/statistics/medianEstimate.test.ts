import { expect, test } from 'vitest'
import { randomStream } from '../../../src/base/random.js'
import { medianEstimate } from '../../../src/base/statistics/medianEstimate.js'

test('the interval is that of the tables of order statistics', () => {
  // Largest k with 2 P(B < k) <= 0.05, B binomial with p = 1/2 (Conover, table A3; 2 P(B < 1) = 2/64 for n = 6).
  for (const [n, k] of [
    [6, 1],
    [9, 2],
    [10, 2],
    [12, 3],
    [20, 6],
    [24, 7],
    [40, 14],
  ] as const) {
    const { value, low, high, kind, level } = medianEstimate(
      Float64Array.from({ length: n }, (_, i) => n - i),
      's',
    )
    expect([low, high, kind, level], `${n}`).toEqual([k, n + 1 - k, 'confidence', 0.95])
    expect(value).toBe((n + 1) / 2)
  }
})

test('it covers the median of a skewed law at least as often as it says, and not always', () => {
  const stream = randomStream('median')
  let covered = 0
  const tries = 2000
  for (let k = 0; k < tries; k++) {
    const { low, high } = medianEstimate(
      Float64Array.from({ length: 24 }, () => -Math.log(1 - stream.uniform())),
      's',
    )
    if (low <= Math.LN2 && Math.LN2 <= high) covered++
  }
  // 1 - 2 P(B <= 6) = 0.9773 for n = 24: 1955 with standard deviation 6.7. With one order statistic less on either side
  // it would be 0.936.
  expect(Math.abs(covered - 1954.6)).toBeLessThan(4 * 6.7)
})

test('five numbers are too few for 95 %, and nothing is a sample of none', () => {
  expect(medianEstimate([5, 1, 2, 3, 4], 's')).toMatchObject({ value: 3, low: 1, high: 5, kind: 'estimated' })
  expect(() => medianEstimate([], 's')).toThrow(/sample must hold at least 1/)
  expect(() => medianEstimate([1], 's', 1)).toThrow(/level must be/)
})
