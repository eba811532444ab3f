import { expect, test } from 'vitest'
import { integrate } from '../../../src/base/numerics/quadrature.js'
import {
  beta,
  chi3Cdf,
  erf,
  gamma,
  normalCdf,
  scaledBesselI0,
  scaledBesselI1,
} from '../../../src/base/numerics/special.js'

test('Gamma, Beta and erf equal their integrals', () => {
  for (const x of [0.5, 1.25, 2, 3.5, 7.1]) {
    // t = u^4 makes the integrand smooth at 0 for x >= 1/2.
    const integral = integrate(u => 4 * u ** (4 * x - 1) * Math.exp(-(u ** 4)), 0, 5).value
    expect(Math.abs(gamma(x) / integral - 1), `Gamma(${x})`).toBeLessThan(1e-12)
    expect(beta(2, x) * x * (x + 1)).toBeCloseTo(1, 13)
  }
  const half = integrate(s => 2 * Math.sin(s) ** 2 * Math.cos(s) ** 8, 0, Math.PI / 2).value
  expect(beta(1.5, 4.5) / half).toBeCloseTo(1, 13)
  for (const x of [-1, 0.01, 0.7, 2, 4]) {
    const integral = (2 / Math.sqrt(Math.PI)) * integrate(t => Math.exp(-t * t), 0, x).value
    expect(Math.abs(erf(x) / integral - 1)).toBeLessThan(1e-13)
  }
  expect(normalCdf(1.959963984540054)).toBeCloseTo(0.975, 14)
})

test('chi3Cdf keeps relative accuracy from 1e-8 to 10, where the textbook form loses it', () => {
  const density = (t: number): number => Math.sqrt(2 / Math.PI) * t * t * Math.exp(-0.5 * t * t)
  for (const x of [1e-8, 1e-3, 0.1, 1, 1.99, 2.01, 4, 10]) {
    expect(Math.abs(chi3Cdf(x) / integrate(density, 0, x).value - 1), `${x}`).toBeLessThan(1e-13)
  }
  const naive = erf(1e-4 / Math.SQRT2) - Math.sqrt(2 / Math.PI) * 1e-4 * Math.exp(-0.5e-8)
  expect(Math.abs(naive / chi3Cdf(1e-4) - 1)).toBeGreaterThan(1e-9)
})

test('scaled Bessel functions equal their integrals over the cosine, on both sides of the switch', () => {
  for (const x of [0, 1e-6, 0.5, 1.99, 2.01, 30, 1000]) {
    const over = (weight: (c: number) => number): number =>
      0.5 * integrate(c => weight(c) * Math.exp(-x * (1 - c)), -1, 1, { tolerance: 1e-14 }).value
    expect(Math.abs(scaledBesselI0(x) - over(() => 1))).toBeLessThan(1e-14)
    expect(Math.abs(scaledBesselI1(x) - over(c => c))).toBeLessThan(1e-14)
  }
  expect(scaledBesselI1(1e-8) / 1e-8).toBeCloseTo((1 / 3) * (1 - 1e-8), 15)
})
