import { expect, test } from 'vitest'
import { type CustomKernelOptions, customKernel } from '../../src/interaction/customKernel.js'
import { cutoffKernel } from '../../src/interaction/cutoffKernel.js'
import { kernelNorms } from '../../src/interaction/kernelNorms.js'
import { powerKernel } from '../../src/interaction/powerKernel.js'

test('a built-in kernel rebuilt from its magnitude alone has the same derivative, potential and norms', () => {
  for (const profile of ['truncated', 'cubicSpline', 'smooth'] as const) {
    for (const alpha of [0.5, 1, 2]) {
      const original = cutoffKernel({ N: 1000, delta: 1 / 3, alpha, profile, sigma: -1 })
      const { cutoffRadius, magnitude } = original
      const kernel = customKernel({ name: 'rebuilt', magnitude, alpha, sigma: -1, cutoffRadius })
      for (const s of [0.02, 0.4, 0.9, 1, 1.3, 70]) {
        const r = s * cutoffRadius
        const unit = original.magnitude(r) / r
        expect(kernel.magnitude(r)).toBe(original.magnitude(r))
        expect(Math.abs(kernel.magnitudeDerivative(r) - original.magnitudeDerivative(r))).toBeLessThan(1e-9 * unit)
        expect(Math.abs(kernel.potential(r) - original.potential(r))).toBeLessThan(
          1e-12 * Math.abs(original.potential(0)),
        )
      }
      expect(Math.abs(kernel.potential(0) / original.potential(0) - 1)).toBeLessThan(1e-12)
      const [found, expected] = [kernelNorms(kernel), kernelNorms(original)]
      for (const name of ['sup', 'lipschitz', 'frobenius', 'lipschitzMax', 'l1Difference'] as const) {
        expect(found[name]!.value / expected[name]!.value).toBeCloseTo(1, 9)
        expect(found[name]!.low).toBeLessThanOrEqual(expected[name]!.value * (1 + 1e-14))
        expect(found[name]!.high).toBeGreaterThanOrEqual(expected[name]!.value * (1 - 1e-14))
      }
    }
  }
})

test('the Yukawa kernel has its potential exp(-r)/r and its derivative, from the magnitude alone', () => {
  const yukawa = customKernel({ name: 'yukawa', magnitude: r => ((1 + r) * Math.exp(-r)) / r ** 2 })
  for (const r of [1e-3, 0.2, 1, 3, 20]) {
    expect(yukawa.potential(r) / (Math.exp(-r) / r)).toBeCloseTo(1, 11)
    const slope = (-Math.exp(-r) * (r * r + 2 * r + 2)) / r ** 3
    expect(yukawa.magnitudeDerivative(r) / slope).toBeCloseTo(1, 10)
  }
  expect(yukawa.potential(0)).toBe(Number.POSITIVE_INFINITY)
  expect(yukawa.cutoffRadius).toBe(Number.POSITIVE_INFINITY)
  const norms = kernelNorms(yukawa)
  expect(norms.sup.value).toBe(Number.POSITIVE_INFINITY)
  expect(norms.l1Difference).toBeUndefined()
})

test('Plummer softening as a custom kernel agrees with the built-in one for alpha above, at and below 1', () => {
  for (const alpha of [0.5, 1, 1.25, 2]) {
    const builtIn = cutoffKernel({ N: 16, delta: 0.5, alpha, profile: 'plummer' })
    const kernel = customKernel({ name: 'softened', magnitude: builtIn.magnitude, alpha })
    for (const r of [0, 0.1, 0.25, 1, 30]) {
      expect(Math.abs(kernel.potential(r) - builtIn.potential(r))).toBeLessThan(
        1e-11 * Math.max(1, builtIn.potential(0)),
      )
    }
    expect(kernelNorms(kernel).lipschitz.value / kernelNorms(builtIn).lipschitz.value).toBeCloseTo(1, 8)
    expect(kernelNorms(kernel).sup.value / kernelNorms(builtIn).sup.value).toBeCloseTo(1, 11)
  }
})

test('cutoffRadius 0 is the power itself, and a cut-off beyond 1 keeps the potential zero at r = 1 for alpha <= 1', () => {
  const power = customKernel({ name: 'power', magnitude: r => r ** -1.5, alpha: 1.5, cutoffRadius: 0 })
  const pure = powerKernel({ alpha: 1.5 })
  for (const r of [0.1, 2]) {
    expect(power.potential(r)).toBe(pure.potential(r))
    expect(power.magnitudeDerivative(r)).toBe(pure.magnitudeDerivative(r))
  }
  const wide = customKernel({ name: 'wide', magnitude: r => (r < 2 ? r / 4 : 1 / r), alpha: 1, cutoffRadius: 2 })
  expect(wide.potential(1)).toBeCloseTo(0, 14)
  expect(wide.potential(2)).toBeCloseTo(-3 / 8, 13)
  expect(wide.potential(8)).toBeCloseTo(-3 / 8 - Math.log(4), 13)
})

test('a given derivative and potential are used as they are', () => {
  const kernel = customKernel({
    name: 'ball',
    magnitude: r => (r < 1 ? r : r ** -2),
    derivative: r => (r < 1 ? 1 : -2 * r ** -3),
    potential: r => (r < 1 ? 1.5 - (r * r) / 2 : 1 / r),
    cutoffRadius: 1,
    tex: 'k',
  })
  expect(kernel.magnitudeDerivative(0.3)).toBe(1)
  expect(kernel.potential(0)).toBe(1.5)
  expect(kernel.tex).toBe('k')
})

test('what contradicts the magnitude is refused, with the radius where', () => {
  const good: CustomKernelOptions = { name: 'ball', magnitude: r => (r < 1 ? r : r ** -2), cutoffRadius: 1 }
  const bad = (change: Partial<Record<keyof CustomKernelOptions, unknown>>): (() => unknown) => {
    return () => customKernel({ ...good, ...change } as CustomKernelOptions)
  }
  expect(bad({})).not.toThrow()
  expect(bad({ magnitude: 3 })).toThrow('magnitude must be a function of the radius, got 3')
  expect(bad({ magnitude: undefined })).toThrow(TypeError)
  expect(bad({ name: '' })).toThrow('name must be a non-empty string, got ""')
  expect(bad({ magnitude: () => Number.NaN })).toThrow(/magnitude\(r\) must be a finite number >= 0 .* got NaN at r = /)
  expect(bad({ magnitude: () => 'x' })).toThrow(/got "x" at r = /)
  expect(bad({ magnitude: (r: number) => (r < 1 ? -r : r ** -2) })).toThrow(/>= 0/)
  expect(bad({ magnitude: (r: number) => (r < 1 ? r : 1.001 * r ** -2) })).toThrow(
    /magnitude\(r\) must equal r\^-alpha = 1 for r >= cutoffRadius = 1, got 1.001 at r = 1$/,
  )
  expect(bad({ cutoffRadius: 0.5 })).toThrow(/must equal r\^-alpha/)
  expect(bad({ alpha: 1 })).toThrow(/must equal r\^-alpha/)
  expect(bad({ derivative: (r: number) => (r < 1 ? 1.01 : -2 * r ** -3) })).toThrow(/derivative\(r\) must be/)
  expect(bad({ potential: (r: number) => (r < 1 ? 1.5 - r * r : 1 / r) })).toThrow(/potential\(r\) must have/)
  expect(bad({ potential: (r: number) => 1 + (r < 1 ? 1.5 - (r * r) / 2 : 1 / r) })).toThrow(/potential\(r\) must be/)
  expect(bad({ cutoffRadius: -1 })).toThrow('cutoffRadius must be a radius in [0, Infinity], got -1')
  expect(bad({ breaks: [0] })).toThrow('breaks must be an array of finite radii > 0, got 0')
  expect(bad({ breaks: 2 })).toThrow(TypeError)
  expect(bad({ sigma: 0.5 })).toThrow('sigma must be one of -1, 0, 1, got 0.5')
  expect(bad({ d: 1 })).toThrow('d must be an integer >= 2, got 1')
  expect(bad({ alpha: 4 })).toThrow('alpha must be a number with 0 < alpha <= d = 3, got 4')
})
