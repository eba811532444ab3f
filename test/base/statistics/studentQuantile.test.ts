import { expect, test } from 'vitest'
import { studentQuantile } from '../../../src/base/statistics/studentQuantile.js'

test('studentQuantile has the values of the tables', () => {
  // Abramowitz and Stegun, table 26.10; n = 1 is Cauchy's law, n = 2 has a closed form.
  expect(studentQuantile(0.95, 1)).toBeCloseTo(Math.tan(0.475 * Math.PI), 9)
  expect(studentQuantile(0.9, 2)).toBeCloseTo(0.9 * Math.sqrt(2 / (1 - 0.81)), 12)
  expect(studentQuantile(0.95, 15)).toBeCloseTo(2.131, 3)
  expect(studentQuantile(0.99, 10)).toBeCloseTo(3.169, 3)
  expect(studentQuantile(0.95, 120)).toBeCloseTo(1.98, 3)
})

test('studentQuantile refuses what is no level', () => {
  expect(() => studentQuantile(1, 5)).toThrow(/level must be a number in \(0, 1\)/)
  expect(() => studentQuantile(0.95, 0)).toThrow(/n must be an integer in \[1, 1000000\]/)
})
