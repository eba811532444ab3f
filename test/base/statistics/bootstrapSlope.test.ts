import { expect, test } from 'vitest'
import { randomStream } from '../../../src/base/random.js'
import { bootstrapSlope, median } from '../../../src/base/statistics/bootstrapSlope.js'
import { localSlopes } from '../../../src/base/statistics/localSlopes.js'
import { bootstrapMean } from '../../../src/ensemble/plan/stoppingRule.js'

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

test('with two replicates the interval is known: the ends from a quarter in each tail on, the middle before', () => {
  // The second sample's mean is 1, 2 or 3 with probabilities 1/4, 1/2, 1/4; the first is 1: the slope over [1, e] is ln
  // of that.
  const interval = (level: number): readonly number[] => {
    const samples = [
      [1, 1],
      [1, 3],
    ]
    const { slope } = bootstrapSlope([1, Math.E], samples, randomStream('two'), { level, resamples: 20_000 })
    expect(slope.value).toBeCloseTo(Math.log(2), 12)
    return [slope.low, slope.high]
  }
  // Tails of 0.24 and 0.26 against 1/4, which 20 000 resamples meet to 0.0031, one standard deviation.
  for (const [level, ends] of [
    [0.52, [0, Math.log(3)]],
    [0.48, [Math.log(2), Math.log(2)]],
  ] as const) {
    for (const [i, end] of interval(level).entries()) expect(end, `${level}`).toBeCloseTo(ends[i]!, 12)
  }
})

test('intervals of 80 % cover neither less often nor more often than that', () => {
  let covered = 0
  const runs = 300
  for (let run = 0; run < runs; run++) {
    const options = { level: 0.8, resamples: 200 }
    const { slope } = bootstrapSlope(x, noisy(-0.4, `two-sided/${run}`), randomStream(`boot/${run}`), options)
    if (slope.low <= -0.4 && -0.4 <= slope.high) covered++
  }
  // 240 with standard deviation 6.9: four of them.
  expect(Math.abs(covered - 240)).toBeLessThan(28)
})

test('the median is followed when asked for, and the same stream gives the same interval', () => {
  const samples = noisy(-0.4, 'medians')
  const first = bootstrapSlope(x, samples, randomStream('b'), { statistic: 'median', resamples: 50 })
  expect(first.values[0]).toBe(median(samples[0]!))
  expect(bootstrapSlope(x, samples, randomStream('b'), { statistic: 'median', resamples: 50 })).toEqual(first)
  expect(first.local).toHaveLength(4)
  expect(median([4, 1, 3, 2])).toBe(2.5)
})

test('fewer than twenty replicates at any abscissa give a spread and no confidence', () => {
  const of = (n: number): Float64Array[] =>
    noisy(-0.4, 'few').map((sample, i) => (i === 2 ? sample.slice(0, n) : sample))
  const slope = (n: number) => bootstrapSlope(x, of(n), randomStream('few'), { resamples: 20 }).slope
  expect(slope(20)).toMatchObject({ kind: 'confidence', level: 0.95 })
  expect(slope(19)).toMatchObject({
    kind: 'estimated',
    method: 'bootstrap of the mean, 20 resamples, only 19 replicates',
  })
  expect(slope(19).level).toBeUndefined()
  expect(bootstrapMean([1, 2, 3], randomStream('few'), 0.95).kind).toBe('estimated')
})

test('bad input is refused by name', () => {
  expect(() => bootstrapSlope([1, 2], [[1, 2]], randomStream('b'))).toThrow(/samples must have length 2/)
  expect(() => bootstrapSlope([1, 2], [[1], [2, 3]], randomStream('b'))).toThrow(/samples\[0\] must hold at least 2/)
  expect(() => localSlopes([1, 2], [1, 2], 3)).toThrow(/window must be/)
})
