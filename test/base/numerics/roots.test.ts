import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findRoot, lambertW, lambertWofExp } from '../../../src/base/numerics/roots.js'

test('findRoot finds simple, multiple and steep roots to the last bits, in either order of the ends', () => {
  const cases: [(x: number) => number, number, number, number][] = [
    [x => x * x - 2, 0, 2, Math.SQRT2],
    [x => x * x - 2, 2, 0, Math.SQRT2],
    [x => Math.cos(x) - x, 0, 1, 0.7390851332151607],
    [x => Math.exp(x) - 1e-8, -100, 100, Math.log(1e-8)],
    [x => Math.atan(1e6 * (x - 0.1)), -1e3, 1e4, 0.1],
    [x => (x < 0.3 ? -1 : 1), 0, 1, 0.3],
    [x => x - 1e-200, -1, 1, 1e-200],
  ]
  for (const [f, a, b, root] of cases) {
    expect(Math.abs(findRoot(f, a, b) - root)).toBeLessThanOrEqual(4e-15 * Math.max(1e-3, Math.abs(root)))
  }
  // A triple root: f vanishes to rounding over a whole neighbourhood.
  expect(Math.abs(findRoot(x => (x - 1 / 3) ** 3, 0, 1) - 1 / 3)).toBeLessThan(1e-15)
})

test('findRoot returns an end that is a root, and refuses an interval without a change of sign', () => {
  expect(findRoot(x => x, 0, 1)).toBe(0)
  expect(findRoot(x => x - 1, 0, 1)).toBe(1)
  expect(() => findRoot(x => x * x + 1, -1, 1)).toThrow(/f must change sign on \[a, b\] = \[-1, 1\], got 2 and 2/)
  expect(() => findRoot(() => Number.NaN, -1, 1)).toThrow(RangeError)
  expect(() => findRoot(x => (Math.abs(x) < 0.9 ? Number.NaN : x), -1, 1)).toThrow(/got NaN at/)
})

test('findRoot does not lose the sign of values whose product underflows', () => {
  // Near the root f is below 1e-162 on both sides.
  expect(Math.abs(findRoot(x => 1e-200 * (Math.exp(x) - 2), 0, 3) - Math.LN2)).toBeLessThan(1e-15)
})

test('findRoot brackets the change of sign of any monotone power, and needs at most 200 evaluations', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.05, max: 20, noNaN: true }),
      fc.double({ min: -0.999, max: 0.999, noNaN: true }),
      (power, root) => {
        let evaluations = 0
        const f = (x: number): number => {
          evaluations++
          return Math.sign(x - root) * Math.abs(x - root) ** power
        }
        const x = findRoot(f, -1, 1)
        // f underflows to 0 within this distance of the root.
        const blur = 1e-323 ** (1 / power)
        return Math.abs(x - root) <= 1e-15 + blur && evaluations <= 210
      },
    ),
    { seed: 7, numRuns: 300 },
  )
})

test('lambertW satisfies W e^W = x and has its known values', () => {
  expect(lambertW(0)).toBe(0)
  expect(lambertW(Math.E)).toBeCloseTo(1, 15)
  expect(lambertW(1)).toBeCloseTo(0.5671432904097838, 15)
  expect(lambertW(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY)
  for (const x of [1e-300, 1e-20, 1e-9, 1e-3, 0.1, 2, 10, 1e5, 1e100, 1e308]) {
    const w = lambertW(x)
    // In logarithms, since e^w overflows before w does. d(ln x) = (1 + w) dw/w.
    expect(Math.abs(w + Math.log(w) - Math.log(x))).toBeLessThan(4e-16 * (4 + Math.abs(Math.log(x))) * 2)
  }
  expect(() => lambertW(-1)).toThrow('x must be')
  expect(() => lambertW(Number.NaN)).toThrow(RangeError)
})

test('lambertWofExp solves w + ln w = y to rounding for every y', () => {
  expect(lambertWofExp(1)).toBeCloseTo(1, 15)
  expect(lambertWofExp(1 + Math.E)).toBeCloseTo(Math.E, 14)
  // For y -> -infinity, w = e^y (1 - e^y + ...).
  expect(lambertWofExp(-50) / Math.exp(-50)).toBeCloseTo(1, 14)
  expect(lambertWofExp(1e300)).toBe(1e300)
  expect(lambertWofExp(Number.NEGATIVE_INFINITY)).toBe(0)
  for (let y = -700; y <= 700; y += 0.37) {
    const w = lambertWofExp(y)
    expect(Math.abs(w + Math.log(w) - y)).toBeLessThan(4e-16 * (4 + Math.abs(y)))
  }
  for (const y of [-745, -800, -1e300]) expect(lambertWofExp(y)).toBeCloseTo(0, 300)
})
