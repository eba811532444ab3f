import { expect, test } from 'vitest'
import { randomStream } from '../../../src/base/random.js'
import {
  kolmogorovSmirnov,
  kolmogorovTail,
  logLogSlope,
  meanAndStandardError,
} from '../../../src/base/statistics/statistics.js'

test('kolmogorovTail has the tabulated quantiles and its two series agree where they meet', () => {
  // Quantiles of Kolmogorov's distribution, e.g. Smirnov 1948.
  for (const [x, tail] of [
    [0.5711732651063401, 0.9],
    [0.8275735551899077, 0.5],
    [1.2238478702170825, 0.1],
    [1.3580986393225507, 0.05],
    [1.6276236115189504, 0.01],
    [1.9494746035043373, 0.001],
  ] as const) {
    expect(kolmogorovTail(x)).toBeCloseTo(tail, 12)
  }
  const below = kolmogorovTail(1.18 - 1e-9)
  expect(Math.abs(below - kolmogorovTail(1.18))).toBeLessThan(1e-8)
  expect(kolmogorovTail(0)).toBe(1)
  expect(kolmogorovTail(9)).toBeLessThan(1e-60)
})

test('the p-values of true samples are uniform, and those of a biased sample are not', () => {
  const stream = randomStream('statistics/ks')
  const pValues = (bias: number): number[] =>
    Array.from({ length: 400 }, () => {
      const sample = Array.from({ length: 50 }, () => stream.uniform() ** bias)
      return kolmogorovSmirnov(sample, x => x).pValue
    })
  expect(kolmogorovSmirnov(pValues(1), p => p).pValue).toBeGreaterThan(0.01)
  expect(kolmogorovSmirnov(pValues(1.3), p => p).pValue).toBeLessThan(1e-6)
})

test('kolmogorovSmirnov takes both one-sided suprema', () => {
  expect(kolmogorovSmirnov([0.1, 0.5, 0.9], x => x).statistic).toBeCloseTo(7 / 30, 14)
  expect(kolmogorovSmirnov([0.9], x => x).statistic).toBeCloseTo(0.9, 14)
  expect(kolmogorovSmirnov([0.1], x => x).statistic).toBeCloseTo(0.9, 14)
})

test('meanAndStandardError agrees with the textbook formulas and survives a large offset', () => {
  expect(meanAndStandardError([1, 2, 3, 4])).toEqual({ mean: 2.5, standardError: Math.sqrt(5 / 3 / 4), n: 4 })
  const shifted = meanAndStandardError([1, 2, 3, 4].map(x => x + 1e9))
  expect(shifted.standardError).toBeCloseTo(Math.sqrt(5 / 12), 6)
  expect(meanAndStandardError([7]).standardError).toBeNaN()
})

test('logLogSlope is exact on powers, shows drift on x log x, and its standard error covers the noise', () => {
  const x = [1, 2, 4, 8, 16]
  const power = logLogSlope(
    x,
    x.map(t => 3 * t ** -1.5),
  )
  expect(power.slope).toBeCloseTo(-1.5, 13)
  expect(power.intercept).toBeCloseTo(Math.log(3), 13)
  expect(power.standardError).toBeLessThan(1e-13)
  const drifting = logLogSlope(
    [2, 4, 8, 16],
    [2, 4, 8, 16].map(t => t * Math.log(t)),
  )
  expect(drifting.local[0]! - drifting.local[2]!).toBeGreaterThan(0.5)
  const stream = randomStream('statistics/slope')
  const z = Array.from({ length: 300 }, () => {
    const noisy = logLogSlope(
      x,
      x.map(t => t * Math.exp(0.1 * stream.normal())),
    )
    return (noisy.slope - 1) / noisy.standardError
  })
  // Student's t with 3 degrees of freedom: |t| < 3.182 with probability 0.95.
  const inside = z.filter(t => Math.abs(t) < 3.182).length
  expect(Math.abs(inside - 285)).toBeLessThan(4 * Math.sqrt(300 * 0.95 * 0.05))
})

test('bad input is refused by name', () => {
  expect(() => kolmogorovSmirnov([], x => x)).toThrow(/sample must hold at least 1/)
  expect(() => kolmogorovSmirnov([1], () => 2)).toThrow(/cdf must be in \[0, 1\], got 2/)
  expect(() => kolmogorovSmirnov([Number.NaN], x => x)).toThrow(RangeError)
  expect(() => meanAndStandardError([])).toThrow(RangeError)
  expect(() => logLogSlope([1], [1])).toThrow(/x must hold at least 2/)
  expect(() => logLogSlope([1, 2], [1, 2, 3])).toThrow(/y must have length 2, got 3/)
  expect(() => logLogSlope([1, 2], [1, 0])).toThrow(/y\[1\] must be a finite number > 0, got 0/)
  expect(() => logLogSlope([2, 2], [1, 3])).toThrow(/two different/)
})
