import { expect, test } from 'vitest'
import { formula } from '../../src/base/formula.js'
import { CALLABLE } from '../../src/base/mathjs.js'

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

test('each function that a formula may call has the value of Math, or of the integral or product that defines it', () => {
  const x = 0.7
  const steps = 20000
  const simpson = (f: (t: number) => number, from: number, to: number): number => {
    const h = (to - from) / steps
    return Array.from(
      { length: steps + 1 },
      (_, k) => (k % steps === 0 ? 1 : k % 2 === 1 ? 4 : 2) * f(from + k * h),
    ).reduce((sum, term) => sum + (term * h) / 3, 0)
  }
  // Gamma(4.7) = 3.7 * 2.7 * 1.7 * 0.7 * Gamma(0.7), by its integral, whose integrand vanishes to the third order at 0.
  const Gamma = simpson(t => t ** 3.7 * Math.exp(-t), 0, 60)
  const own: Readonly<Record<string, readonly [source: string, value: number]>> = {
    acosh: ['acosh(1 + x)', Math.acosh(1.7)],
    atan2: ['atan2(x, 2)', Math.atan2(x, 2)],
    cube: ['cube(x)', x * x * x],
    erf: ['erf(x)', (2 / Math.sqrt(Math.PI)) * simpson(t => Math.exp(-t * t), 0, x)],
    factorial: ['factorial(6)', 720],
    gamma: ['gamma(4 + x)', Gamma],
    lgamma: ['lgamma(4 + x)', Math.log(Gamma)],
    mod: ['mod(5 + x, 2)', 1 + x],
    pow: ['pow(x, 1.3)', x ** 1.3],
    square: ['square(x)', x * x],
  }
  for (const name of CALLABLE) {
    const [source, value] = own[name] ?? [`${name}(x)`, (Math[name as keyof Math] as (x: number) => number)(x)]
    expect(formula(source).evaluate({ x }), name).toBeCloseTo(value, 9)
  }
})

test('a formula refuses a function that it cannot call, with the nearest that it can', () => {
  expect(() => formula('sqr(x)')).toThrow(
    /a function of "sqr\(x\)" must be one of "abs".*got "sqr"; did you mean "sqrt"/,
  )
  expect(() => formula('1 + random()')).toThrow(RangeError)
})
