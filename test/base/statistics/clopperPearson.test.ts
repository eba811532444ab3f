import { expect, test } from 'vitest'
import { binomialTail, clopperPearson } from '../../../src/base/statistics/clopperPearson.js'

/** P(X >= k) with p = a/2^20 as an exact fraction of integers. */
function exactTail(k: number, n: number, a: bigint): number {
  const D = 1n << 20n
  let binomial = 1n
  let sum = 0n
  for (let j = 0; j <= n; j++) {
    if (j >= k) sum += binomial * a ** BigInt(j) * (D - a) ** BigInt(n - j)
    binomial = (binomial * BigInt(n - j)) / BigInt(j + 1)
  }
  const total = D ** BigInt(n)
  // 17 digits from the leading part.
  const scale = 10n ** 40n
  return Number((sum * scale) / total) / 1e40
}

test('binomial tails agree with exact integer sums to 1e-12 of themselves', () => {
  for (const [n, k] of [
    [1, 1],
    [5, 3],
    [40, 17],
    [40, 39],
    [200, 3],
    [200, 120],
    [301, 280],
  ] as const) {
    for (const a of [1n, 1000n, 300_000n, 524_288n, 1_000_000n]) {
      const expected = exactTail(k, n, a)
      if (expected < 1e-22) continue
      expect(Math.abs(binomialTail(k, n, Number(a) / 2 ** 20) / expected - 1)).toBeLessThan(1e-12)
    }
  }
  expect(binomialTail(0, 7, 0.2)).toBe(1)
  expect(binomialTail(8, 7, 0.2)).toBe(0)
  // A million trials: the complement of the other tail, by symmetry of p = 1/2.
  expect(binomialTail(500_001, 1_000_001, 0.5)).toBeCloseTo(0.5, 11)
})

test('Clopper-Pearson ends are the roots of the tails, and the closed forms at no and at all successes', () => {
  const { low, high, value } = clopperPearson(7, 50)
  expect(value).toBe(0.14)
  expect(binomialTail(7, 50, low)).toBeCloseTo(0.025, 12)
  expect(1 - binomialTail(8, 50, high)).toBeCloseTo(0.025, 12)
  // The table value for 7 of 50 at 95 %: (0.0582, 0.2674).
  expect(low).toBeCloseTo(0.0582, 4)
  expect(high).toBeCloseTo(0.2674, 4)
  expect(clopperPearson(0, 100).high).toBeCloseTo(1 - 0.025 ** 0.01, 14)
  expect(clopperPearson(100, 100).low).toBeCloseTo(0.025 ** 0.01, 14)
  expect(clopperPearson(0, 9).low).toBe(0)
  expect(clopperPearson(9, 9).high).toBe(1)
})

test('the interval covers at least as often as it says; the normal interval does not', () => {
  const [n, p] = [20, 0.05]
  let clopper = 0
  let normal = 0
  // Exact coverage: the sum over outcomes of their probabilities.
  for (let k = 0; k <= n; k++) {
    const weight = binomialTail(k, n, p) - binomialTail(k + 1, n, p)
    const { low, high, value } = clopperPearson(k, n)
    if (low <= p && p <= high) clopper += weight
    const half = 1.96 * Math.sqrt((value * (1 - value)) / n)
    if (Math.abs(value - p) <= half) normal += weight
  }
  expect(clopper).toBeGreaterThanOrEqual(0.95)
  // Control: the interval of the normal approximation misses with probability 0.36 here.
  expect(normal).toBeLessThan(0.7)
})

test('impossible counts are refused by name', () => {
  expect(() => clopperPearson(3, 2)).toThrow(/successes must be an integer in \[0, 2\], got 3/)
  expect(() => clopperPearson(0, 0)).toThrow(/trials must be/)
  expect(() => clopperPearson(1, 2, 1)).toThrow(/level must be/)
})
