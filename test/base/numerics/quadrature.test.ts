import { expect, test } from 'vitest'
import { gaussLegendre, gaussSum, integrate } from '../../../src/base/numerics/quadrature.js'

test('gaussLegendre(n) integrates x^(2n-2) exactly and misses x^(2n)', () => {
  for (const n of [1, 2, 5, 16, 64, 200]) {
    const degree = 2 * n - 2
    expect(gaussSum(x => x ** degree, -1, 1, n)).toBeCloseTo(2 / (degree + 1), 13)
  }
  // Control: one degree too many is not exact.
  expect(Math.abs(gaussSum(x => x ** 4, -1, 1, 2) - 2 / 5)).toBeGreaterThan(0.1)
  expect(gaussLegendre(7).weights.reduce((a, b) => a + b)).toBeCloseTo(2, 14)
})

test('integrate meets its stated error on smooth, singular-ended, broken and infinite integrals', () => {
  const cases: [(x: number) => number, number, number, number, number[]?][] = [
    [x => Math.exp(-x * x), Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Math.sqrt(Math.PI)],
    [x => 1 / (x * x), 1, Number.POSITIVE_INFINITY, 1],
    [x => Math.exp(x), Number.NEGATIVE_INFINITY, 0, 1],
    [Math.sqrt, 0, 1, 2 / 3],
    [x => (x < 0.3 ? 1 : 5), 0, 1, 0.3 + 3.5, [0.3]],
    [Math.sin, Math.PI, 0, -2],
  ]
  for (const [f, a, b, truth, breaks] of cases) {
    const result = integrate(f, a, b, { breaks: breaks ?? [] })
    expect(Math.abs(result.value - truth)).toBeLessThan(1e-12)
    expect(result.low).toBeLessThanOrEqual(truth)
    expect(result.high).toBeGreaterThanOrEqual(truth)
  }
})

test('integrate refuses a bound that is not a number and an integrand that is not finite', () => {
  expect(() => integrate(Math.sin, Number.NaN, 1)).toThrow(/a must be/)
  expect(() => integrate(x => 1 / (x - 0.5), 0, 1)).toThrow(/finite/)
})
