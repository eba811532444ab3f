import { expect, test } from 'vitest'
import { bootstrapSlope, median } from '../../src/base/bootstrapSlope.js'
import { localSlopes } from '../../src/base/localSlopes.js'
import { randomStream } from '../../src/base/random.js'

const x = [10, 20, 40, 80, 160]

/** Replicates x^exponent (1 + noise), 40 each. */
function noisy(exponent: number, seed: string): Float64Array[] {
  const stream = randomStream(seed)
  return x.map(value => Float64Array.from({ length: 40 }, () => value ** exponent * Math.exp(0.3 * stream.normal())))
}

test('local slopes of a power are its exponent; of a sum of two powers they drift', () => {
  for (const { slope } of localSlopes(
    x,
    x.map(v => 3 * v ** -0.35),
    3,
  ))
    expect(slope).toBeCloseTo(-0.35, 12)
  const drift = localSlopes(
    x,
    x.map(v => v ** -0.35 + 5 / v),
  )
  expect(drift[0]!.slope).toBeLessThan(drift[3]!.slope - 0.1)
  expect(localSlopes(x, x)[0]!.x).toBeCloseTo(Math.sqrt(200), 12)
})

test('bootstrap intervals cover the exponent about as often as they say, and exclude a wrong one', () => {
  let covered = 0
  let wrong = 0
  const runs = 100
  for (let run = 0; run < runs; run++) {
    const { slope } = bootstrapSlope(x, noisy(-0.4, `cover/${run}`), randomStream(`boot/${run}`), { resamples: 200 })
    if (slope.low <= -0.4 && -0.4 <= slope.high) covered++
    if (slope.low <= -0.5 && -0.5 <= slope.high) wrong++
  }
  // Binomial with p = 0.95 gives fewer than 85 of 100 with probability 4e-5; percentile intervals cover slightly less.
  expect(covered).toBeGreaterThanOrEqual(85)
  expect(wrong).toBeLessThan(30)
})

test('the median is followed when asked for, and the same stream gives the same interval', () => {
  const samples = noisy(-0.4, 'medians')
  const first = bootstrapSlope(x, samples, randomStream('b'), { statistic: 'median', resamples: 50 })
  expect(first.values[0]).toBe(median(samples[0]!))
  expect(bootstrapSlope(x, samples, randomStream('b'), { statistic: 'median', resamples: 50 })).toEqual(first)
  expect(first.local).toHaveLength(4)
  expect(median([4, 1, 3, 2])).toBe(2.5)
})

test('bad input is refused by name', () => {
  expect(() => bootstrapSlope([1, 2], [[1, 2]], randomStream('b'))).toThrow(/samples must have length 2/)
  expect(() => bootstrapSlope([1, 2], [[1], [2, 3]], randomStream('b'))).toThrow(/samples\[0\] must hold at least 2/)
  expect(() => localSlopes([1, 2], [1, 2], 3)).toThrow(/window must be/)
})
