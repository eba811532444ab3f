import { expect, test } from 'vitest'
import { integrate } from '../../src/base/numerics/quadrature.js'
import { coulombKernel } from '../../src/interaction/coulombKernel.js'
import { cutoffRadius } from '../../src/interaction/cutoffRadius.js'
import { inversePower, inversePowerPotential, sphereArea } from '../../src/interaction/inversePower.js'
import { powerKernel } from '../../src/interaction/powerKernel.js'

const exponents = [0.25, 0.5, 1, 1.5, 2, 2.5, 3]

test('inversePower(alpha) is r^-alpha to two units in the last place, without early over- or underflow', () => {
  for (const alpha of exponents) {
    for (const r of [1e-90, 0.3, 1, 7, 1e90]) {
      expect(Math.abs(inversePower(alpha)(r) / r ** -alpha - 1)).toBeLessThanOrEqual(2 * Number.EPSILON)
    }
  }
  expect(inversePower(2)(1e160)).toBeGreaterThan(0)
})

test('the potential of a power is its integral, from infinity for alpha > 1 and from 1 otherwise', () => {
  for (const alpha of exponents) {
    const V = inversePowerPotential(alpha)
    for (const r of [0.01, 0.7, 1, 5]) {
      // x = r t^(-1/(alpha-1)) maps (r, infinity) to (0, 1).
      const expected =
        alpha > 1
          ? integrate(t => (r * t ** (-1 / (alpha - 1))) ** (1 - alpha) / (alpha - 1) / t, 0, 1).value
          : integrate(x => x ** -alpha, r, 1).value
      expect(Math.abs(V(r) - expected)).toBeLessThan(1e-12 * Math.max(1, Math.abs(expected)))
    }
  }
})

test('the potential is continuous in alpha at 1 up to its constant', () => {
  const log = inversePowerPotential(1)
  for (const alpha of [1 - 1e-9, 1 + 1e-9]) {
    const V = inversePowerPotential(alpha)
    expect(V(0.01) - V(1)).toBeCloseTo(log(0.01), 6)
  }
})

test('coulombKernel is the power kernel with alpha = d - 1', () => {
  for (const d of [2, 3, 4, 5]) {
    const [coulomb, power] = [coulombKernel({ d, sigma: -1 }), powerKernel({ alpha: d - 1, d, sigma: -1 })]
    expect(coulomb.alpha).toBe(d - 1)
    expect(coulomb.name).toBe('coulomb')
    for (const r of [0.1, 1, 3]) expect(coulomb.magnitude(r)).toBe(power.magnitude(r))
  }
  expect(coulombKernel().magnitudeDerivative(2)).toBe(-0.25)
  expect(coulombKernel({ d: 2 }).potential(Math.E)).toBeCloseTo(-1, 15)
})

test('kernels without cut-off scale: g(c r) = c^-alpha g(r)', () => {
  for (const alpha of exponents) {
    const kernel = powerKernel({ alpha })
    for (const c of [1e-9, 3, 1e9]) {
      expect(kernel.magnitude(0.37 * c) / (c ** -alpha * kernel.magnitude(0.37))).toBeCloseTo(1, 13)
      expect(kernel.magnitudeDerivative(0.37 * c) / (c ** (-alpha - 1) * kernel.magnitudeDerivative(0.37))).toBeCloseTo(
        1,
        13,
      )
    }
  }
})

test('sphereArea(d) is |S^(d-1)|', () => {
  // int exp(-|x|^2) over R^d is pi^(d/2).
  for (const d of [1, 2, 3, 4, 7]) {
    const radial = integrate(r => r ** (d - 1) * Math.exp(-r * r), 0, Number.POSITIVE_INFINITY).value
    expect(sphereArea(d) * radial).toBeCloseTo(Math.PI ** (d / 2), 10)
  }
})

test('cutoffRadius is N^-delta, 1 for N = 1 or delta = 0, and 0 for N or delta infinite', () => {
  expect(cutoffRadius(1000, 1 / 3)).toBeCloseTo(0.1, 15)
  expect(cutoffRadius(1, 5)).toBe(1)
  expect(cutoffRadius(77, 0)).toBe(1)
  expect(cutoffRadius(1, Number.POSITIVE_INFINITY)).toBe(0)
  expect(cutoffRadius(Number.POSITIVE_INFINITY, 0.2)).toBe(0)
})

test('bad arguments are named with their value and range', () => {
  expect(() => powerKernel({ alpha: 0 })).toThrow('alpha must be a number with 0 < alpha <= d = 3, got 0')
  expect(() => powerKernel({ alpha: 3.5 })).toThrow('got 3.5')
  expect(() => powerKernel({ alpha: Number.NaN })).toThrow('alpha must be')
  expect(() => powerKernel({ alpha: 1, d: 1 })).toThrow('d must be an integer >= 2, got 1')
  expect(() => coulombKernel({ d: 2.5 })).toThrow('d must be an integer >= 2, got 2.5')
  expect(() => coulombKernel({ sigma: 2 as 1 })).toThrow('sigma must be one of -1, 0, 1, got 2')
  expect(() => powerKernel({ alpha: '2' as unknown as number })).toThrow(TypeError)
})
