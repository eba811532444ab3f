import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkRegularisation } from '../../src/interaction/checkRegularisation.js'
import { coulombKernel } from '../../src/interaction/coulombKernel.js'
import { customKernel } from '../../src/interaction/customKernel.js'
import { cutoffKernel } from '../../src/interaction/cutoffKernel.js'
import { powerKernel } from '../../src/interaction/powerKernel.js'

const scales = { N: 1000, delta: 0.3 }
const exponents = [0.5, 1, 1.5, 2, 3]

test('kernel (4) satisfies i)-iv) with c = 1, and with sqrt 3 in the Frobenius norm', () => {
  for (const alpha of exponents) {
    const { i, ii, iii, iv } = checkRegularisation(cutoffKernel({ ...scales, alpha }), scales)
    expect([i.holds, ii.holds, iii.holds, iv.holds]).toEqual([true, true, true, true])
    expect(i.constant.value).toBe(1)
    expect(i.gradient.euclidean.value).toBe(Math.max(1, alpha))
    expect(ii.constant.value).toBe(0)
    expect(iii.constant.value).toBeCloseTo(1, 13)
    expect(iii.at).toBeCloseTo(1000 ** -0.3, 15)
    expect(iv.constant.value).toBeCloseTo(1, 13)
    expect(iv.gradient.maximum.value).toBeCloseTo(1, 13)
    expect(iv.gradient.frobenius.value).toBeCloseTo(Math.sqrt(3), 13)
  }
})

test('for Coulomb in d = 3 the constants of i) are 1, 2, sqrt 6 and (1 + 3 sqrt 3)/2', () => {
  const { i } = checkRegularisation(coulombKernel(), scales)
  expect(i.constant.value).toBe(1)
  expect(i.gradient.euclidean.value).toBe(2)
  expect(i.gradient.frobenius.value).toBeCloseTo(Math.sqrt(6), 15)
  expect(i.gradient.maximum.value).toBeCloseTo((1 + 3 * Math.sqrt(3)) / 2, 15)
})

test('the C^1 profiles satisfy i) and ii), and iii) and iv) only with constants > 1', () => {
  for (const alpha of exponents) {
    for (const profile of ['cubicSpline', 'smooth'] as const) {
      const { i, ii, iii, iv } = checkRegularisation(cutoffKernel({ ...scales, alpha, profile }), scales)
      expect([i.holds, ii.holds, iii.holds, iv.holds]).toEqual([true, true, false, false])
      expect(iii.constant.value).toBeGreaterThan(1.01)
      if (profile === 'cubicSpline') {
        const place = Math.sqrt((alpha + 3) / (3 * (alpha + 1)))
        expect(iii.constant.value).toBeCloseTo(((alpha + 3) / 3) * place, 13)
        expect(iii.at * 1000 ** 0.3).toBeCloseTo(place, 12)
        expect(iv.constant.value).toBeCloseTo((alpha + 3) / 2, 13)
      }
    }
  }
})

test('Plummer softening satisfies iii) and iv) but not ii), by 1 - 2^(-3/2) at N^-delta', () => {
  const { ii, iii, iv } = checkRegularisation(cutoffKernel({ ...scales, profile: 'plummer' }), scales)
  expect([ii.holds, iii.holds, iv.holds]).toEqual([false, true, true])
  expect(ii.constant.value).toBeCloseTo(1 - 2 ** -1.5, 12)
  expect(ii.at).toBeCloseTo(1000 ** -0.3, 15)
  expect(iii.constant.value).toBeCloseTo(2 / 3 ** 1.5, 12)
  expect(iv.constant.value).toBeCloseTo(1, 11)
})

test('a kernel is judged at the N and delta asked for, not at its own', () => {
  const kernel = cutoffKernel({ N: 1000, delta: 0.3 })
  // N^-delta smaller than its cut-off by the factor 2^-0.3: ii) fails there by 1 - 2^(-0.3 * 3).
  const finer = checkRegularisation(kernel, { N: 2000, delta: 0.3 })
  expect([finer.ii.holds, finer.iii.holds, finer.iv.holds]).toEqual([false, true, true])
  expect(finer.ii.constant.value).toBeCloseTo(1 - 2 ** -0.9, 11)
  expect(finer.iii.constant.value).toBeCloseTo(2 ** -0.9, 8)
  // N^-delta larger: it reaches N^(-delta alpha) (1000/500)^(0.3 alpha) inside the ball.
  const coarser = checkRegularisation(kernel, { N: 500, delta: 0.3 })
  expect([coarser.ii.holds, coarser.iii.holds, coarser.iv.holds]).toEqual([true, false, false])
  expect(coarser.iii.constant.value).toBeCloseTo(2 ** 0.6, 12)
  expect(coarser.iv.constant.value).toBeCloseTo(2 * 2 ** 0.9, 12)
})

test('without cut-off iii) and iv) fail with an infinite constant, unless N^-delta is 0', () => {
  const { ii, iii, iv } = checkRegularisation(powerKernel({ alpha: 1.5 }), scales)
  expect([ii.holds, iii.holds, iv.holds]).toEqual([true, false, false])
  expect(iii.constant.value).toBe(Number.POSITIVE_INFINITY)
  expect(iv.gradient.maximum.value).toBe(Number.POSITIVE_INFINITY)
  const limit = checkRegularisation(coulombKernel(), { N: 10, delta: Number.POSITIVE_INFINITY })
  expect([limit.ii.holds, limit.iii.holds, limit.iv.holds]).toEqual([true, true, true])
  const cut = checkRegularisation(cutoffKernel(scales), { N: 10, delta: Number.POSITIVE_INFINITY })
  expect(cut.ii.holds).toBe(false)
  const free = checkRegularisation(coulombKernel({ sigma: 0 }), scales)
  expect([free.i.constant.value, free.iii.constant.value, free.iv.constant.value]).toEqual([0, 0, 0])
})

test('a deviation of 1e-9 outside the cut-off is seen', () => {
  const kernel = cutoffKernel(scales)
  const wrong = { ...kernel, magnitude: (r: number) => kernel.magnitude(r) * (r > 1 ? 1 + 1e-9 : 1) }
  const { ii } = checkRegularisation(wrong, scales)
  expect(ii.holds).toBe(false)
  expect(ii.constant.value).toBeCloseTo(1e-9, 14)
})

test('no C^1 kernel that satisfies ii) has c = 1 in iii): for every alpha and every C^1 profile drawn, c > 1', () => {
  const coefficient = fc.double({ min: -3, max: 3, noNaN: true })
  let tried = 0
  fc.assert(
    fc.property(
      fc.double({ min: 0.1, max: 3, noNaN: true }),
      fc.array(coefficient, { minLength: 1, maxLength: 4 }),
      (alpha, c) => {
        // The cubic that meets s^-alpha and its slope, plus anything with a double zero at s = 1.
        const g = (s: number): number =>
          s *
          ((alpha + 3 - (alpha + 1) * s * s) / 2 +
            (1 - s * s) ** 2 * c.reduce((sum, x, k) => sum + x * s ** (2 * k), 0))
        const positive = Array.from({ length: 200 }, (_, i) => g((i + 1) / 200)).every(x => x >= 0)
        fc.pre(positive)
        tried++
        const kernel = customKernel({
          name: 'drawn',
          alpha,
          cutoffRadius: 1,
          magnitude: r => (r < 1 ? Math.max(0, g(r)) : r ** -alpha),
        })
        const { ii, iii } = checkRegularisation(kernel, { N: 1, delta: 1 })
        return ii.holds && !iii.holds && iii.constant.value > 1
      },
    ),
    { seed: 20, numRuns: 60 },
  )
  expect(tried).toBeGreaterThanOrEqual(60)
  // Control: a profile with a kink may have c = 1.
  const kinked = customKernel({ name: 'kink', cutoffRadius: 1, magnitude: r => (r < 1 ? Math.sqrt(r) * r : r ** -2) })
  expect(checkRegularisation(kinked, { N: 1, delta: 1 }).iii.holds).toBe(true)
})

test('bad N and delta are named', () => {
  expect(() => checkRegularisation(coulombKernel(), { N: 0, delta: 0.3 })).toThrow('N must be an integer >= 1, got 0')
  expect(() => checkRegularisation(coulombKernel(), { N: 5, delta: -1 })).toThrow('delta must be')
})
