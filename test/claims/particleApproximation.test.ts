import { describe, expect, it } from 'vitest'
import { hourglassField, worstDifference } from '../../src/attacks/section9/logLipschitzAttack.js'
import { integrate } from '../../src/base/numerics/quadrature.js'
import { findRoot } from '../../src/base/numerics/roots.js'
import { randomStream } from '../../src/base/random.js'
import { measureClaim } from '../../src/claims/core/measureClaim.js'
import { corollary94 } from '../../src/claims/section9/corollary94.js'
import { kernelDifference84 } from '../../src/claims/section9/kernelDifference84.js'
import { logLipschitz } from '../../src/claims/section9/logLipschitz.js'
import { proposition91 } from '../../src/claims/section9/proposition91.js'
import { proposition92 } from '../../src/claims/section9/proposition92.js'
import { steps91 } from '../../src/claims/section9/steps91.js'
import { theorem93 } from '../../src/claims/section9/theorem93.js'
import { comparison92 } from '../../src/claims/section10/comparison92.js'
import { theorem101 } from '../../src/claims/section10/theorem101.js'
import { coulombKernel } from '../../src/interaction/coulombKernel.js'
import { cutoffKernel } from '../../src/interaction/cutoffKernel.js'
import { gaussianLaw } from '../../src/law/gaussianLaw.js'
import { hourglassGradientAtOrigin, hourglassLaw } from '../../src/law/hourglassLaw.js'
import { meanField } from '../../src/law/meanField/meanField.js'
import { uniformBallLaw } from '../../src/law/uniformBallLaw.js'

describe('(84)', () => {
  it('is 3 pi for the kernel (4) by direct integration, and the profiles lie between 0 and k', () => {
    expect(integrate(r => 4 * Math.PI * (1 - r ** 3), 0, 1).value).toBeCloseTo(3 * Math.PI, 12)
    for (const profile of ['truncated', 'cubicSpline', 'smooth'] as const) {
      const kernel = cutoffKernel({ N: 1000, delta: 1 / 3, profile })
      for (let x = 0.005; x < 1; x += 0.005) {
        const r = 0.1 * x
        expect(kernel.magnitude(r) * r * r, profile).toBeGreaterThanOrEqual(0)
        expect(kernel.magnitude(r) * r * r, profile).toBeLessThanOrEqual(1 + 1e-12)
      }
    }
  })

  it('as a force on a smooth density is -(2 pi/5) N^(-2 delta) grad rho to leading order, not of order N^-delta', () => {
    const law = gaussianLaw()
    const kernel = cutoffKernel({ N: 1_000_000, delta: 1 / 3 })
    const missing = meanField(law, coulombKernel()).radial!(1) - meanField(law, kernel).radial!(1)
    const slope = -law.radial!.density(1)
    expect(missing / (-((2 * Math.PI) / 5) * 1e-4 * slope)).toBeCloseTo(1, 3)
  })

  it('at the edge of a ball reaches 3 pi/4 of half a ball, up to curvature', () => {
    const law = uniformBallLaw()
    const kernel = cutoffKernel({ N: 1_000_000, delta: 1 / 2 })
    const missing = meanField(law, coulombKernel()).radial!(1) - meanField(law, kernel).radial!(1)
    expect(Math.abs(missing) / (law.rhoSup * 1e-3)).toBeCloseTo((3 * Math.PI) / 4, 2)
    expect(kernelDifference84.formulas.force!.evaluate({ N: 1e6, delta: 0.5, rho: 1 })).toBeCloseTo(
      0.75e-3 * Math.PI,
      12,
    )
  })
})

describe('the log-Lipschitz bound', () => {
  it('has the coefficient with which the derivative at the centre of the hourglass grows', () => {
    const slope = (N: number): number => hourglassGradientAtOrigin(1, cutoffKernel({ N, delta: 1 / 3 })).value
    const perLog = (slope(1e9) - slope(1e6)) / Math.log(10) / hourglassLaw().rhoSup
    expect(Math.abs(perLog)).toBeCloseTo(logLipschitz.formulas.coefficient!.evaluate({}), 8)
  })

  it('integrates the worst density as random points do', () => {
    const stream = randomStream('worst')
    const R = 3
    let sum = 0
    let squares = 0
    const draws = 200_000
    for (let i = 0; i < draws; i++) {
      const r = R * Math.cbrt(stream.uniform())
      const along = r * (2 * stream.uniform() - 1)
      const [a, b] = [Math.sqrt(r * r - along + 0.25), Math.sqrt(r * r + along + 0.25)]
      const w = Math.max(0, -((0.5 - along) / a ** 3 + (0.5 + along) / b ** 3))
      // The poles are cut at 30, for a finite variance.
      const value = Math.min(w, 30)
      sum += value
      squares += value * value
    }
    const volume = ((4 * Math.PI) / 3) * R ** 3
    const mean = (volume * sum) / draws
    const error = (volume * Math.sqrt(squares / draws)) / Math.sqrt(draws)
    const exact = worstDifference(R)
    // What the cut takes from c/s^2 at each pole: 2 pi int_0^1 dc int (c - 30 s^2) ds over s^2 < c/30 = (8 pi/15)
    // 30^-1/2. The other pole adds about 1 to 30: a few per cent of that.
    const poles = (2 * (8 * Math.PI)) / 15 / Math.sqrt(30)
    expect(Math.abs(exact - mean - poles)).toBeLessThan(4 * error + 0.1 * poles)
  })

  it('has the field of the hourglass on its axis that the cubature has, and the slope at 0 of the closed form', () => {
    const [, , along] = meanField(hourglassLaw(), coulombKernel()).estimate([0, 0, 0.5])
    expect(hourglassField(0.5)).toBeGreaterThan(along!.low)
    expect(hourglassField(0.5)).toBeLessThan(along!.high)
    // F(h)/h = -(8 pi/(3 sqrt 3)) rho_0 ln(1/h) + const.
    const slope = (h: number): number => hourglassField(h) / h / hourglassLaw().rhoSup
    expect((slope(1e-4) - slope(1e-8)) / Math.log(1e4)).toBeCloseTo(logLipschitz.formulas.coefficient!.evaluate({}), 6)
  })

  it('bounds the differences of the field of a ball, and would not with a hundredth of its constant', () => {
    const field = meanField(uniformBallLaw(), coulombKernel()).radial!
    const C = (d: number): number => logLipschitz.bound.evaluate({ d, m: uniformBallLaw().rhoSup, M: 1 })
    let worst = 0
    for (const r of [0, 0.5, 0.999, 1, 1.5]) {
      for (const d of [1e-6, 1e-3, 0.1, 1]) worst = Math.max(worst, Math.abs(field(r + d) - field(r)) / C(d))
    }
    expect(worst).toBeLessThan(1)
    expect(worst).toBeGreaterThan(0.01)
  })
})

describe('Proposition 9.1', () => {
  it('finds the mean value quotient b (b + 1)/(b^3 + 2) at the root of b^4 + 2 b^3 - 4 b - 2', async () => {
    const b = findRoot(x => x ** 4 + 2 * x ** 3 - 4 * x - 2, 1, 2)
    const record = await measureClaim(proposition91, { logN: 10, C0: 32, normInf: 1 }, 'test')
    const name = 'meanValue'
    expect(record.measured[name]!.value).toBeCloseTo((b * (b + 1)) / (b ** 3 + 2), 6)
  })
})

describe('Proposition 9.2', () => {
  it('is mended by the norm (log N |q|^2 + |p|^2)^(1/2), which no trajectory outgrows', () => {
    const stream = randomStream('norm')
    for (let trial = 0; trial < 200; trial++) {
      const w = Math.sqrt(Math.log(4) + 20 * stream.uniform())
      const C0 = 1 + 30 * stream.uniform()
      const K = C0 * w * w
      const n = (q: number, p: number): number => Math.hypot(w * q, p)
      let [q, p] = [stream.normal(), stream.normal()]
      const start = n(q, p)
      // A force whose factor jumps at random in [-K, K]: small explicit steps.
      const h = 1e-3 / w / C0
      for (let step = 1; step <= 300; step++) {
        const k = K * (2 * stream.uniform() - 1)
        ;[q, p] = [q + h * p + 0.5 * h * h * k * q, p + h * k * q + 0.5 * h * h * k * p]
      }
      expect(n(q, p)).toBeLessThanOrEqual(start * Math.exp(300 * h * 0.5 * (1 + C0) * w) * (1 + 1e-6))
    }
  })

  it('states the step that fails with its factor', async () => {
    const record = await measureClaim(proposition92, { logN: 8, C0: 2, lipschitz: 1 }, 'test')
    expect(record.constants[0]!.sharp.value).toBeCloseTo(3, 12)
    expect(record.constants[0]!.printed).toBeCloseTo(Math.sqrt(8), 12)
    expect(proposition92.judge([record])).toMatchObject({ status: 'holds', basis: 'derivation' })
  })
})

describe('Theorem 9.3', () => {
  it('never says more than that it is not contradicted', async () => {
    const record = await measureClaim(theorem93, { law: 'uniform', N: 50, gamma: 0.6 }, 'test')
    expect(theorem93.judge([record])).toMatchObject({ status: 'not contradicted at these N', basis: 'literature' })
  })
})

describe('Corollary 9.4 and (91)', () => {
  it('has an epsilon with which the moment term has the printed exponent, exactly', () => {
    const stream = randomStream('epsilon')
    for (let trial = 0; trial < 100; trial++) {
      const p = 1 + 4 * stream.uniform()
      const k = 2 * p * (1 + stream.uniform())
      const gamma = stream.uniform() / (2 * p)
      const epsilon = corollary94.formulas.epsilon!.evaluate({ p, k, gamma })
      expect(epsilon).toBeGreaterThan(0)
      expect(epsilon).toBeLessThan(k)
      expect(1 - ((1 - p * gamma) * (k - epsilon)) / p).toBeCloseTo(1 - k / (2 * p), 12)
    }
  })

  it('needs delta > 5/18 for p <= 3 and (2p - 1)/(6p) beyond', () => {
    const least = (p: number): number => steps91.formulas.smallest!.evaluate({ p })
    expect(least(1)).toBeCloseTo(5 / 18, 14)
    expect(least(3)).toBeCloseTo(5 / 18, 14)
    expect(least(10)).toBeCloseTo(19 / 60, 14)
    for (const p of [1, 2, 3, 4, 10, 100]) {
      const rate = (delta: number): number => 1 - 3 * delta - Math.min(1 / 6, 1 / (2 * p), delta)
      expect(rate(least(p) + 1e-9)).toBeLessThan(0)
      expect(rate(least(p) - 1e-9)).toBeGreaterThan(0)
    }
  })

  it('bounds the tail of the counter-example from below', () => {
    // P(|q| > R) for the density (8/pi^2)(1 + r^2)^-4, by quadrature, against (32/(5 pi)) R^-5 (1 + R^-2)^-4.
    const mass = integrate(r => (32 / Math.PI) * r * r * (1 + r * r) ** -4, 0, Number.POSITIVE_INFINITY).value
    expect(mass).toBeCloseTo(1, 10)
    const R = 10
    const tail = integrate(r => (32 / Math.PI) * r * r * (1 + r * r) ** -4, R, Number.POSITIVE_INFINITY).value
    expect(tail).toBeLessThan((32 / (5 * Math.PI)) * R ** -5)
    expect(tail).toBeGreaterThan((32 / (5 * Math.PI)) * R ** -5 * (1 + R ** -2) ** -4)
  })
})

describe('Theorem 10.1 and (92)', () => {
  it('measures the fluctuation that the closed form says', async () => {
    const { measured } = await measureClaim(theorem101, { alpha: 0.5, delta: 0.6, gamma: 0.1 }, 'test')
    const sampled = measured.sampled!
    expect(sampled.low).toBeLessThan(1)
    expect(sampled.high).toBeGreaterThan(1)
  })

  it('lets the method close for alpha >= 1 wherever (92) holds, and for alpha < 1 only below 1/2', () => {
    const closes = (alpha: number): number => theorem101.formulas.closes!.evaluate({ alpha })
    for (const alpha of [1, 1.3, 1.9]) expect(closes(alpha)).toBe(comparison92.bound.evaluate({ alpha }))
    for (const alpha of [0.2, 0.9]) expect(closes(alpha)).toBeLessThan(comparison92.bound.evaluate({ alpha }))
  })
})
