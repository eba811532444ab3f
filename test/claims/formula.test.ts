import { expect, test } from 'vitest'
import { formula } from '../../src/base/formula.js'

test('a formula is shown and evaluated from one source', () => {
  const f = formula('2 * (4 pi)^(2/3) * m^(1/3)', { m: '\\|\\rho\\|_1' })
  expect(f.evaluate({ m: 8 })).toBeCloseTo(4 * (4 * Math.PI) ** (2 / 3), 13)
  expect(f.variables).toEqual(['m'])
  expect(f.tex).toContain('\\|\\rho\\|_1')
  expect(formula('max(1, sqrt(x))').variables).toEqual(['x'])
})

test('a symbol that begins with a letter is kept apart from the command before it', () => {
  expect(formula('2 * C0 * t', { C0: 'C_0' }).tex).toBe('2\\cdot C_0\\cdot t')
})

test('a formula refuses a variable that is missing or not a number', () => {
  expect(() => formula('a + b').evaluate({ a: 1 })).toThrow(/b must be a number/)
  expect(() => formula('a + b').evaluate({ a: 1, b: Number.NaN })).toThrow(RangeError)
})
