import { expect, test } from 'vitest'
import { integrate } from '../../src/base/numerics/quadrature.js'
import { coulombKernel } from '../../src/interaction/coulombKernel.js'
import { cutoffKernel, profileNames } from '../../src/interaction/cutoffKernel.js'
import type { Kernel } from '../../src/interaction/kernel.js'
import { powerKernel } from '../../src/interaction/powerKernel.js'
import { profileRecords } from '../../src/interaction/profiles.generated.js'
import { radialDerivative } from '../../src/interaction/radialDerivative.js'

const PROFILES = profileNames
const LOCAL = profileNames.filter(name => profileRecords[name].local)
const exponents = [0.5, 1, 1.5, 2, 3]

test('every potential is the integral of its force to 1e-12, for every profile and alpha, logarithm included', () => {
  for (const profile of PROFILES) {
    for (const alpha of exponents) {
      const kernel = cutoffKernel({ N: 1000, delta: 1 / 3, profile, alpha })
      const breaks = [0.1]
      for (const r of [0, 1e-3, 0.05, 0.0999, 0.1, 0.3, 2]) {
        // Beyond R, x = R t^(-1/(alpha-1)) makes the integrand regular for alpha > 1.
        const R = Math.max(r, 1)
        const e = 1 / (alpha - 1)
        const tail = alpha > 1 ? integrate(t => (kernel.magnitude(R * t ** -e) * R * t ** -e * e) / t, 0, 1).value : 0
        const expected = integrate(kernel.magnitude, r, alpha > 1 ? R : 1, { breaks }).value + tail
        expect(Math.abs(kernel.potential(r) - expected)).toBeLessThan(1e-12 * Math.max(1, kernel.potential(0)))
      }
    }
  }
  // Control: the potential of another profile misses by far more.
  const difference =
    cutoffKernel({ N: 1000, delta: 1 / 3 }).potential(0) -
    cutoffKernel({ N: 1000, delta: 1 / 3, profile: 'cubicSpline' }).potential(0)
  expect(Math.abs(difference)).toBeGreaterThan(0.1)
})

test('magnitudeDerivative is the derivative of magnitude on both sides of the cut-off', () => {
  for (const profile of PROFILES) {
    for (const alpha of exponents) {
      const kernel = cutoffKernel({ N: 50, delta: 0.2, profile, alpha })
      const rc = 50 ** -0.2
      for (const s of [0.01, 0.3, 0.5, 0.8, 0.97, 1, 1.001, 2, 50]) {
        const expected = radialDerivative(kernel.magnitude, s * rc, [rc])
        const scale = Math.max(Math.abs(expected), kernel.magnitude(s * rc) / (s * rc))
        expect(Math.abs(kernel.magnitudeDerivative(s * rc) - expected)).toBeLessThan(1e-8 * scale)
      }
    }
  }
})

test('outside the cut-off local profiles are k bit by bit, and plummer is not', () => {
  for (const alpha of exponents) {
    const pure = powerKernel({ alpha })
    for (const s of [1, 1.0001, 1.5, 40, 1e8]) {
      for (const profile of LOCAL) {
        const kernel = cutoffKernel({ N: 1000, delta: 0.3, alpha, profile })
        const r = s * kernel.cutoffRadius
        expect(kernel.magnitude(r)).toBe(pure.magnitude(r))
        expect(kernel.magnitudeDerivative(r)).toBe(pure.magnitudeDerivative(r))
        expect(kernel.potential(r)).toBe(pure.potential(r))
      }
    }
    const softened = cutoffKernel({ N: 1000, delta: 0.3, alpha, profile: 'plummer' })
    expect(softened.cutoffRadius).toBe(Number.POSITIVE_INFINITY)
    expect(softened.magnitude(1) / pure.magnitude(1)).toBeLessThan(0.99)
  }
})

test('no profile exceeds |q|^-alpha, and all are positive', () => {
  for (const profile of PROFILES) {
    for (const alpha of exponents) {
      const kernel = cutoffKernel({ N: 1, delta: 1, profile, alpha })
      const radii = Array.from({ length: 2000 }, (_, i) => (i + 1) / 1000)
      expect(Math.min(...radii.map(kernel.magnitude))).toBeGreaterThan(0)
      expect(Math.max(...radii.map(r => kernel.magnitude(r) * r ** alpha))).toBeLessThanOrEqual(1 + 1e-14)
    }
  }
})

test('the kernel scales with its cut-off: g(r; r_c) = r_c^-alpha g(r/r_c; 1)', () => {
  for (const profile of PROFILES) {
    const unit = cutoffKernel({ N: 1, delta: 1, profile, alpha: 1.5 })
    for (const N of [10, 1e6, 1e12]) {
      const kernel = cutoffKernel({ N, delta: 0.7, profile, alpha: 1.5 })
      const rc = N ** -0.7
      for (const s of [0.2, 0.9, 1.4]) {
        expect(kernel.magnitude(s * rc) / (rc ** -1.5 * unit.magnitude(s))).toBeCloseTo(1, 12)
        expect(kernel.magnitudeDerivative(s * rc) / (rc ** -2.5 * unit.magnitudeDerivative(s))).toBeCloseTo(1, 11)
      }
    }
  }
})

test('delta = Infinity and N = Infinity give the kernel without cut-off, N = 1 and delta = 0 give r_c = 1', () => {
  for (const profile of PROFILES) {
    for (const limit of [
      { N: 10, delta: Number.POSITIVE_INFINITY },
      { N: Number.POSITIVE_INFINITY, delta: 0.3 },
    ]) {
      const kernel = cutoffKernel({ ...limit, profile })
      expect(kernel.cutoffRadius).toBe(0)
      for (const r of [1e-9, 1, 4]) {
        expect(kernel.magnitude(r)).toBe(coulombKernel().magnitude(r))
        expect(kernel.potential(r)).toBe(coulombKernel().potential(r))
      }
    }
  }
  expect(cutoffKernel({ N: 1, delta: 7 }).cutoffRadius).toBe(1)
  expect(cutoffKernel({ N: 99, delta: 0 }).cutoffRadius).toBe(1)
})

test('radii from 1e-300 to 1e300 give finite numbers', () => {
  for (const profile of PROFILES) {
    for (const alpha of exponents) {
      const kernel = cutoffKernel({ N: 1e9, delta: 1, profile, alpha })
      const pure = powerKernel({ alpha })
      for (const r of [0, 1e-300, 1e-20, 1e20, 1e300]) {
        for (const value of [kernel.magnitude(r), kernel.magnitudeDerivative(r), kernel.potential(r)]) {
          expect(Number.isFinite(value)).toBe(true)
        }
      }
      expect(kernel.magnitude(1e300)).toBe(pure.magnitude(1e300))
      const linear = 1e-300 * kernel.magnitudeDerivative(0)
      expect(Math.abs(kernel.magnitude(1e-300) - linear)).toBeLessThanOrEqual(1e-12 * linear)
    }
  }
})

test('bad arguments are named with their value and range', () => {
  const make = (options: Record<string, unknown>): Kernel =>
    cutoffKernel({ N: 10, delta: 0.3, ...options } as { N: number; delta: number })
  expect(() => make({ N: 2.5 })).toThrow('N must be an integer >= 1, got 2.5')
  expect(() => make({ N: 0 })).toThrow('N must be an integer >= 1, got 0')
  expect(() => make({ N: -1 })).toThrow('N must be an integer >= 1, got -1')
  expect(() => make({ N: '10' })).toThrow(TypeError)
  expect(() => make({ N: '10' })).toThrow('N must be an integer >= 1, got "10"')
  expect(() => make({ delta: -0.1 })).toThrow(RangeError)
  expect(() => make({ delta: -0.1 })).toThrow(
    'delta must be a number in [0, Infinity] (Infinity: no cut-off), got -0.1',
  )
  expect(() => make({ delta: Number.NaN })).toThrow('delta must be a number in [0, Infinity]')
  expect(() => make({ delta: 200 })).toThrow(/delta must be a number in \[0, 103\] for N = 10 .* got 200/)
  expect(() => make({ sigma: 2 })).toThrow('sigma must be one of -1, 0, 1, got 2')
  expect(() => make({ alpha: 0 })).toThrow('alpha must be a number with 0 < alpha <= d = 3, got 0')
  expect(() => make({ d: 1 })).toThrow('d must be an integer >= 2, got 1')
  expect(() => make({ profile: 'spline' })).toThrow(
    `profile must be one of ${profileNames.map(name => `"${name}"`).join(', ')}, got "spline"`,
  )
  expect(() => make({ delta: 0.2 })).not.toThrow()
})
