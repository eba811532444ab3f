import { expect, test } from 'vitest'
import { radialSupremum } from '../../src/interaction/radialSupremum.js'

test('finds smooth maxima to rounding, wherever they lie', () => {
  for (const place of [1e-9, 1e-3, 0.37, 0.999]) {
    const { value, at } = radialSupremum(r => (r / place) * Math.exp(1 - r / place), 0, 1, [])
    expect(Math.abs(value - 1)).toBeLessThan(1e-14)
    expect(at / place).toBeCloseTo(1, 6)
  }
})

test('takes one-sided limits at the ends and at breaks', () => {
  const sawtooth = (r: number): number => (r < 0.3 ? r : 0.2 * r)
  expect(radialSupremum(sawtooth, 0, 1, [0.3]).value).toBeCloseTo(0.3, 14)
  expect(radialSupremum(r => -r, 0, 1, []).value).toBeCloseTo(0, 14)
  expect(radialSupremum(r => 1 / r, 0.25, 1, []).value).toBeCloseTo(4, 13)
  // Control: without the break a spike of relative width 1e-9 is missed.
  const spike = (r: number): number => (r > 0.3123456 && r < 0.3123456 * (1 + 1e-9) ? 1 : 0)
  expect(radialSupremum(spike, 0, 1, []).value).toBe(0)
  expect(radialSupremum(spike, 0, 1, [0.3123456]).value).toBe(1)
})

test('reports growth without bound towards 0, powers and logarithms alike, and bounded functions as bounded', () => {
  for (const f of [
    (r: number): number => r ** -2,
    (r: number): number => r ** -0.05,
    (r: number): number => -Math.log(r),
  ]) {
    expect(radialSupremum(f, 0, 1, []).value).toBe(Number.POSITIVE_INFINITY)
  }
  expect(radialSupremum(r => 1 + Math.cos(r), 0, 1, []).value).toBeCloseTo(2, 13)
})
