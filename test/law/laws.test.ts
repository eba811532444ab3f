import { expect, test } from 'vitest'
import { gaussSum, integrate } from '../../src/base/numerics/quadrature.js'
import { cutoffKernel } from '../../src/interaction/cutoffKernel.js'
import { kernelGradient } from '../../src/interaction/kernel.js'
import { gaussianMixtureLaw } from '../../src/law/gaussianMixtureLaw.js'
import { hourglassGradientAtOrigin, hourglassLaw } from '../../src/law/hourglassLaw.js'
import type { Law } from '../../src/law/law.js'
import { lawByName, lawNames } from '../../src/law/lawByName.js'
import { plummerLaw } from '../../src/law/plummerLaw.js'
import { uniformBallLaw } from '../../src/law/uniformBallLaw.js'

/** Laws whose density depends on |q| and |p| only, with parameters that are not 1. */
const isotropic: Law[] = [
  lawByName('uniform-ball', { radius: 1.3, momentumRadius: 0.6 }),
  lawByName('gaussian', { sigmaQ: 0.7, sigmaP: 1.8 }),
  lawByName('plummer', { scale: 1.4 }),
  lawByName('bump', { radius: 2, momentumRadius: 0.7 }),
]

/** int w(|q|, |p|) f0 d^6z from the density alone. */
function average(law: Law, w: (r: number, v: number) => number): number {
  const outer = (r: number): number => {
    // Plummer's density ends at the escape speed, which depends on r.
    const limit = law.name === 'plummer' ? Math.sqrt(2 / Math.hypot(r, 1.4)) : law.support.p
    const inner = (v: number): number => v * v * w(r, v) * law.density([0, 0, r], [v, 0, 0])
    // (limit^2 - v^2)^{7/2} and the like: the substitution v = limit sin makes them smooth.
    const value = Number.isFinite(limit)
      ? integrate(x => limit * Math.cos(x) * inner(limit * Math.sin(x)), 0, Math.PI / 2).value
      : integrate(inner, 0, Number.POSITIVE_INFINITY, { breaks: [1, 4] }).value
    return 16 * Math.PI ** 2 * r * r * value
  }
  const { q } = law.support
  return integrate(outer, 0, q, { breaks: Number.isFinite(q) ? [] : [1, 4] }).value
}

test('closed norms, moments and spatial densities equal quadratures of the density', () => {
  for (const law of isotropic) {
    const relative = (value: number, truth: number): number => Math.abs(value / truth - 1)
    expect(
      relative(
        law.rhoNorm1,
        average(law, () => 1),
      ),
      law.name,
    ).toBeLessThan(1e-12)
    for (const m of [0, 0.5, 1, 3.5]) {
      expect(
        relative(
          law.momentumMoment(m),
          average(law, (_, v) => v ** m),
        ),
        `${law.name} p ${m}`,
      ).toBeLessThan(1e-12)
      if (law.name === 'plummer' && m > 1) continue
      expect(
        relative(
          law.positionMoment(m),
          average(law, r => r ** m),
        ),
        `${law.name} q ${m}`,
      ).toBeLessThan(1e-12)
      const z = average(law, (r, v) => Math.hypot(r, v) ** m)
      expect(relative(law.phaseMoment(m), z), `${law.name} z ${m}`).toBeLessThan(2e-12)
    }
    for (const r of [0, 0.3, 1]) {
      const inner = (x: number): number => {
        const P = law.name === 'plummer' ? Math.sqrt(2 / Math.hypot(r, 1.4)) : Math.min(law.support.p, 30)
        const v = P * Math.sin(x)
        return 4 * Math.PI * v * v * P * Math.cos(x) * law.density([r, 0, 0], [0, v, 0])
      }
      const rho = integrate(inner, 0, Math.PI / 2).value
      expect(relative(law.spatialDensity([0, r, 0]), rho), `${law.name} rho(${r})`).toBeLessThan(1e-12)
      expect(law.radial!.density(r)).toBe(law.spatialDensity([0, 0, r]))
    }
    expect(law.rhoSup).toBe(law.spatialDensity([0, 0, 0]))
    expect(law.densitySup / law.density([0, 0, 0], [0, 0, 0])).toBeCloseTo(1, 13)
  }
})

test('the quadrature above sees a moment that is off by one part in 10^9', () => {
  const law = isotropic[0]!
  expect(Math.abs((law.momentumMoment(3) * (1 + 1e-9)) / average(law, (_, v) => v ** 3) - 1)).toBeGreaterThan(5e-10)
})

test('enclosed masses and averages over spheres equal quadratures of the radial density', () => {
  for (const law of isotropic) {
    const { density, enclosedMass, breaks, monopole, dipole, supportRadius } = law.radial!
    for (const r of [1e-3, 0.2, 0.9, 1.7, 6]) {
      const mass = integrate(s => 4 * Math.PI * s * s * density(s), 0, r, { breaks }).value
      expect(Math.abs(enclosedMass(r) / mass - 1), `${law.name} M(${r})`).toBeLessThan(1e-12)
    }
    for (const [t, R] of [
      [0.01, 0.5],
      [0.5, 0.01],
      [0.8, 0.8],
      [0.3, 1.2],
      [1.5, 0.6],
      [2.5, 3],
    ] as const) {
      const at = (c: number): number => density(Math.sqrt(Math.max(0, R * R + t * t - 2 * R * t * c)))
      const edge = (R * R + t * t - supportRadius ** 2) / (2 * R * t)
      const over = (weight: (c: number) => number): number =>
        2 * Math.PI * integrate(c => weight(c) * at(c), -1, 1, { breaks: [edge].filter(Number.isFinite) }).value
      const scale = 4 * Math.PI * density(0)
      expect(Math.abs(monopole!(t, R) - over(() => 1)) / scale, `${law.name} B(${t}, ${R})`).toBeLessThan(1e-13)
      expect(Math.abs(dipole!(t, R) - over(c => c)) / scale, `${law.name} A(${t}, ${R})`).toBeLessThan(1e-13)
    }
  }
})

test("Plummer's moments diverge exactly where its tail says so", () => {
  const law = plummerLaw()
  expect(law.positionMoment(1.999)).toBeGreaterThan(100)
  for (const m of [2, 2.5, 3, 7]) {
    expect(law.positionMoment(m)).toBe(Number.POSITIVE_INFINITY)
    expect(law.phaseMoment(m)).toBe(Number.POSITIVE_INFINITY)
    expect(law.momentumMoment(m)).toBeLessThan(2)
  }
  expect(law.momentumMoment(2)).toBeCloseTo((3 * Math.PI) / 32, 14)
  // The truncated second moment grows like 3 ln r: the integral really diverges.
  const truncated = (r: number): number =>
    integrate(s => 3 * s ** 4 * (1 + s * s) ** -2.5, 0, r, { breaks: [1, 10] }).value
  expect(truncated(1e4) - truncated(1e3)).toBeCloseTo(3 * Math.log(10), 4)
})

test('the Plummer law is the steady state: virial ratio 1 and Jeans equation hold for sigma = -1', () => {
  for (const b of [0.5, 1, 3]) {
    const law = plummerLaw({ scale: b })
    const force = (r: number): number => -r / (r * r + b * b) ** 1.5
    const virial = integrate(
      r => 4 * Math.PI * r ** 3 * law.radial!.density(r) * force(r),
      0,
      Number.POSITIVE_INFINITY,
    ).value
    expect(law.momentumMoment(2) / -virial).toBeCloseTo(1, 12)
    // Pressure rho <p_1^2> from the density: its gradient balances rho F.
    const pressure = (r: number): number => {
      const limit = Math.sqrt(2 / Math.hypot(r, b))
      const integrand = (x: number): number => {
        const v = limit * Math.sin(x)
        return ((4 * Math.PI) / 3) * v ** 4 * law.density([r, 0, 0], [v, 0, 0]) * limit * Math.cos(x)
      }
      return integrate(integrand, 0, Math.PI / 2).value
    }
    const r = 0.8 * b
    const h = 1e-3 * b
    const slope = (8 * (pressure(r + h) - pressure(r - h)) - (pressure(r + 2 * h) - pressure(r - 2 * h))) / (12 * h)
    expect(slope / (law.radial!.density(r) * force(r))).toBeCloseTo(1, 8)
  }
})

test('mixture moments, norms and suprema equal cubatures of the density', () => {
  const law = gaussianMixtureLaw()
  const directions = (f: (n: readonly number[]) => number): number => {
    let sum = 0
    for (let j = 0; j < 96; j++) {
      const phi = (Math.PI * (j + 0.5)) / 48
      sum += gaussSum(
        c => f([Math.sqrt(1 - c * c) * Math.cos(phi), Math.sqrt(1 - c * c) * Math.sin(phi), c]),
        -1,
        1,
        48,
      )
    }
    return (sum * Math.PI) / 48
  }
  for (const m of [0, 1, 2, 3.5]) {
    const shell = (r: number): number => r ** (m + 2) * directions(n => law.spatialDensity(n.map(x => r * x)))
    let sum = 0
    for (let a = 0; a < 10; a += 2) sum += gaussSum(shell, a, a + 2, 24)
    expect(Math.abs(law.positionMoment(m) / sum - 1), `m = ${m}`).toBeLessThan(1e-9)
  }
  // By hand: E |z|^2 = sum w (|mu|^2 + sum sigma^2).
  const second = 0.6 * (1 + 0.25 + 1.8125 + 0.5) + 0.4 * (2.5 + 0.5625 + 0.0625 + 1.61 + 0.4725)
  expect(law.phaseMoment(2)).toBeCloseTo(second, 13)
  const { densitySup, rhoSup } = law.estimates!
  expect(rhoSup!.value).toBeGreaterThanOrEqual(law.spatialDensity([-1, 0, 0]))
  expect(rhoSup!.high).toBeGreaterThan(rhoSup!.value)
  expect(densitySup!.kind).toBe('certified')
  let largest = 0
  for (let x = -2; x <= 2.5; x += 0.02) {
    for (let y = -0.5; y <= 1; y += 0.05) largest = Math.max(largest, law.spatialDensity([x, y, 0]))
  }
  expect(largest).toBeLessThanOrEqual(law.rhoSup)
  expect(largest).toBeGreaterThan(0.998 * law.rhoSup)
})

test('a mixture of concentric components has exact suprema and is radial when isotropic', () => {
  const law = gaussianMixtureLaw({ components: [{ weight: 0.25 }, { weight: 0.75, sigmaQ: 2, sigmaP: [1, 2, 3] }] })
  expect(law.estimates!.densitySup!.kind).toBe('exact')
  expect(law.densitySup).toBeCloseTo(law.density([0, 0, 0], [0, 0, 0]), 16)
  expect(law.radial!.density(0.7)).toBeCloseTo(law.spatialDensity([0.7, 0, 0]), 16)
  const shifted = gaussianMixtureLaw({ components: [{ weight: 1, meanQ: [1, 0, 0] }] })
  expect(shifted.radial).toBeUndefined()
  expect(shifted.superposition).toHaveLength(1)
})

test('the hourglass has mass 1 and the closed gradient at its origin', () => {
  const law = hourglassLaw({ radius: 1.5 })
  const fraction = gaussSum(c => law.spatialDensity([0.9 * Math.sqrt(1 - c * c), 0, 0.9 * c]), 1 / Math.sqrt(3), 1, 8)
  expect((2 * 2 * Math.PI * fraction * 1.5 ** 3) / 3).toBeCloseTo(1, 13)
  expect(law.spatialDensity([1, 0, 0.7])).toBe(0)
  for (const profile of ['truncated', 'cubicSpline', 'plummer'] as const) {
    for (const delta of [0, 0.2, 0.35]) {
      for (const radius of [0.5, 1.5]) {
        const kernel = cutoffKernel({ N: 1000, delta, profile, sigma: -1 })
        const out = new Float64Array(9)
        const rho0 = hourglassLaw({ radius }).rhoSup
        const shell = (r: number): number =>
          4 *
          Math.PI *
          r *
          r *
          rho0 *
          gaussSum(c => kernelGradient(kernel, [r * Math.sqrt(1 - c * c), 0, r * c], out)[8]!, 1 / Math.sqrt(3), 1, 8)
        const breaks = kernel.breaks.map(t => t)
        const truth = integrate(shell, 0, radius, { breaks }).value
        const estimate = hourglassGradientAtOrigin(radius, kernel)
        expect(Math.abs(estimate.value - truth) / Math.abs(truth), `${profile} ${delta} ${radius}`).toBeLessThan(1e-11)
      }
    }
  }
  // Growth: the slope in ln N is -(8 pi/(3 sqrt 3)) rho_0 delta.
  const at = (N: number): number => hourglassGradientAtOrigin(1, cutoffKernel({ N, delta: 0.3 })).value
  const slope = (at(1e9) - at(1e6)) / Math.log(1e3)
  expect(slope).toBeCloseTo(((-8 * Math.PI) / (3 * Math.sqrt(3))) * hourglassLaw().rhoSup * 0.3, 12)
  expect(() => hourglassGradientAtOrigin(1, cutoffKernel({ N: 10, delta: Number.POSITIVE_INFINITY }))).toThrow(
    /cut-off/,
  )
})

test('lawByName(law.name, law.parameters) is the same law', () => {
  expect(lawNames.length).toBeGreaterThan(6)
  const z = [0.3, -0.2, 0.5]
  for (const law of [...isotropic, ...lawNames.map(name => lawByName(name))]) {
    const again = lawByName(law.name, law.parameters)
    expect(again.parameters).toEqual(law.parameters)
    expect(again.density(z, z)).toBe(law.density(z, z))
    expect(again.tex).toBe(law.tex)
  }
})

test('bad input is refused by name, value and range', () => {
  expect(() => lawByName('plumer')).toThrow(/law must be one of "bump", .*"uniform-ball", got "plumer"/)
  expect(() => lawByName('toString')).toThrow(RangeError)
  expect(() => lawByName('plummer', { radius: 1 })).toThrow(
    /parameters of plummer must be one of "scale", got "radius"/,
  )
  expect(() => uniformBallLaw({ radius: -1 })).toThrow(/radius must be a finite number > 0, got -1/)
  expect(() => lawByName('gaussian', { sigmaQ: 'x' })).toThrow(TypeError)
  expect(() => plummerLaw({ scale: Number.POSITIVE_INFINITY })).toThrow(RangeError)
  expect(() => plummerLaw().positionMoment(-1)).toThrow(/m must be a finite number >= 0, got -1/)
  expect(() => gaussianMixtureLaw({ components: [] })).toThrow(/at least one/)
  expect(() => gaussianMixtureLaw({ components: [{ weight: 0.5 }] })).toThrow(/add up to 1, got 0.5/)
  expect(() => gaussianMixtureLaw({ components: [{ weight: 1, sigmaP: [1, 0, 1] }] })).toThrow(
    /components\[0\].sigmaP\[1\] must be a finite number > 0, got 0/,
  )
  expect(() => gaussianMixtureLaw({ components: [{ weight: 1, meanQ: [1, 2] }] })).toThrow(/length 3, got 2/)
  expect(() => gaussianMixtureLaw({ components: 'nonsense' })).toThrow(TypeError)
})
