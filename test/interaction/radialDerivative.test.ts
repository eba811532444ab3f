import { expect, test } from 'vitest'
import { radialDerivative } from '../../src/interaction/radialDerivative.js'

const cases: [name: string, f: (r: number) => number, slope: (r: number) => number][] = [
  ['power', r => r ** -2, r => -2 * r ** -3],
  ['odd cubic', r => r * (5 - 3 * r * r), r => 5 - 9 * r * r],
  ['Yukawa', r => ((1 + r) * Math.exp(-r)) / (r * r), r => (-Math.exp(-r) * (r * r + 2 * r + 2)) / r ** 3],
  ['oscillation', r => Math.sin(40 * r), r => 40 * Math.cos(40 * r)],
]

test('the derivative of smooth functions has a relative error near 1e-12', () => {
  for (const [, f, slope] of cases) {
    for (const r of [1e-6, 0.01, 0.3, 1, 4]) {
      const scale = Math.max(Math.abs(slope(r)), Math.abs(f(r)) / r)
      expect(Math.abs(radialDerivative(f, r, []) - slope(r))).toBeLessThan(2e-11 * scale)
    }
  }
})

test('at a kink it is the slope from outside, just below it the slope from inside', () => {
  const f = (r: number): number => (r < 1 ? r : r ** -2)
  expect(radialDerivative(f, 1, [1])).toBeCloseTo(-2, 10)
  expect(radialDerivative(f, 1 - 1e-12, [1])).toBeCloseTo(1, 10)
  // Control: with the kink not declared, both sides mix.
  expect(Math.abs(radialDerivative(f, 1, []) - -2)).not.toBeLessThan(0.1)
})

test('at 0 it is the limit, and NaN where there is none', () => {
  expect(radialDerivative(r => Math.sin(3 * r), 0, [])).toBeCloseTo(3, 9)
  expect(radialDerivative(r => Math.sin(3 * r), 0, [1e-3])).toBeCloseTo(3, 9)
  expect(radialDerivative(r => 1 / r, 0, [])).toBeNaN()
  expect(radialDerivative(Math.sqrt, 0, [])).toBeNaN()
})
