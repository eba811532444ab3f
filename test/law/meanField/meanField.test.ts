import { expect, test } from 'vitest'
import { integrate } from '../../../src/base/numerics/quadrature.js'
import { erf } from '../../../src/base/numerics/special.js'
import { randomStream } from '../../../src/base/random.js'
import { meanAndStandardError } from '../../../src/base/statistics/statistics.js'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import { type Kernel, kernelForce } from '../../../src/interaction/kernel.js'
import { bumpLaw } from '../../../src/law/bumpLaw.js'
import { customLaw } from '../../../src/law/customLaw.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'
import { gaussianMixtureLaw } from '../../../src/law/gaussianMixtureLaw.js'
import type { Law } from '../../../src/law/law.js'
import { meanField } from '../../../src/law/meanField/meanField.js'
import { shellTheoremField } from '../../../src/law/meanField/radialConvolution.js'
import { plummerLaw } from '../../../src/law/plummerLaw.js'
import { uniformBallField, uniformBallLaw } from '../../../src/law/uniformBallLaw.js'

/** The cut-off kernel (4) of radius a <= 1 (or another profile). */
const cutoff = (a: number, profile: 'truncated' | 'cubicSpline' | 'smooth' | 'plummer' = 'truncated'): Kernel =>
  cutoffKernel({ N: 10, delta: -Math.log10(a), profile })

const laws: Law[] = [
  uniformBallLaw({ radius: 0.8 }),
  gaussianLaw({ sigmaQ: 0.6 }),
  plummerLaw({ scale: 0.7 }),
  bumpLaw({ radius: 1.2 }),
]
const radii = [0.02, 0.3, 0.55, 0.8, 1.05, 1.7, 6]

test('mean fields equal the shell theorem by nested quadrature to 1e-12 of their supremum', () => {
  for (const law of laws) {
    for (const kernel of [
      coulombKernel(),
      cutoff(0.001),
      cutoff(0.25),
      cutoff(0.8),
      cutoff(1),
      cutoff(0.4, 'cubicSpline'),
    ]) {
      const field = meanField(law, kernel)
      const pairs = radii.map(r => [field.radialEstimate!(r), shellTheoremField(law.radial!, kernel, r)] as const)
      const supremum = Math.max(...pairs.map(([closed]) => closed.value))
      for (const [closed, shells] of pairs) {
        expect(Math.abs(closed.value - shells.value) / supremum, `${law.name} ${kernel.tex}`).toBeLessThan(1e-12)
        expect(closed.low).toBeLessThanOrEqual(closed.value)
        expect((closed.high - closed.low) / supremum).toBeLessThan(1e-11)
      }
    }
  }
})

test('the comparison above tells apart fields that differ by one part in 10^9 of the cut-off', () => {
  const field = meanField(laws[1]!, cutoff(0.25))
  const shells = shellTheoremField(laws[1]!.radial!, cutoff(0.25 * (1 + 1e-9)), 0.3)
  expect(Math.abs(field.radial!(0.3) - shells.value)).toBeGreaterThan(1e-12)
})

test('other singularities and softenings: averages over spheres equal shells', () => {
  const kernels = [
    cutoff(0.3, 'smooth'),
    cutoff(0.3, 'plummer'),
    cutoffKernel({ N: 100, delta: 0.3, alpha: 1.5 }),
    cutoffKernel({ N: 100, delta: Number.POSITIVE_INFINITY, alpha: 0.7 }),
  ]
  for (const law of [laws[0]!, laws[1]!]) {
    for (const kernel of kernels) {
      for (const r of [0.3, 1.05]) {
        const value = meanField(law, kernel).radial!(r)
        const shells = shellTheoremField(law.radial!, kernel, r).value
        expect(Math.abs(value / shells - 1), `${law.name} ${kernel.tex}`).toBeLessThan(1e-11)
      }
    }
  }
})

test('closed forms without cut-off: ball, Gaussian, Plummer', () => {
  const ball = meanField(uniformBallLaw({ radius: 2 }), coulombKernel({ sigma: -1 }))
  expect(ball.radial!(1)).toBeCloseTo(-1 / 8, 15)
  expect(ball.radial!(4)).toBeCloseTo(-1 / 16, 15)
  const gauss = meanField(gaussianLaw({ sigmaQ: 0.6 }), coulombKernel())
  for (const r of [0.5, 1, 3]) {
    const x = r / (0.6 * Math.SQRT2)
    const mass = erf(x) - (2 / Math.sqrt(Math.PI)) * x * Math.exp(-x * x)
    expect(gauss.radial!(r) * r * r).toBeCloseTo(mass, 14)
  }
  expect(gauss.radial!(1e-9) / 1e-9).toBeCloseTo(1 / (3 * Math.sqrt(Math.PI / 2) * 0.6 ** 3), 13)
  const plummer = meanField(plummerLaw({ scale: 0.5 }), coulombKernel({ sigma: -1 }))
  const out = new Float64Array(3)
  plummer.force([0.3, 0, -0.4], out)
  expect(Array.from(out)).toEqual([-0.3, -0, 0.4].map(x => expect.closeTo(x / 0.5 ** 1.5, 14)))
  expect(plummer.method).toContain('closed form')
})

test('the Gaussian with cut-off has the closed form of one-dimensional marginals', () => {
  // k^N = k * chi, and a radial density u has the marginal U(x) = 2 pi int_|x|^inf u s ds, so the mass inside r is
  // 2 int_0^r U - 2 r U(r). For a Gaussian and a ball U is a normal density folded with 3 (a^2 - x^2)/(4 a^3).
  const sigma = 0.6
  const phi = (x: number): number => Math.exp(-0.5 * (x / sigma) ** 2) / Math.sqrt(2 * Math.PI) / sigma
  const Phi = (x: number): number => 0.5 * (1 + erf(x / sigma / Math.SQRT2))
  for (const a of [0.5, 1]) {
    const U = (x: number): number => {
      const [low, high] = [x - a, x + a]
      const I0 = Phi(high) - Phi(low)
      const I1 = -(sigma ** 2) * (phi(high) - phi(low))
      const I2 = sigma ** 2 * (I0 - high * phi(high) + low * phi(low))
      return (3 / (4 * a ** 3)) * ((a * a - x * x) * I0 + 2 * x * I1 - I2)
    }
    // int_0^r U by parts of U: its antiderivative in the same terms would be as long; quadrature of the closed U will
    // do.
    for (const r of [0.2, 0.7, 1.3, 2.5]) {
      const mass = 2 * integrate(U, 0, r).value - 2 * r * U(r)
      const field = meanField(gaussianLaw({ sigmaQ: sigma }), cutoff(a))
      expect(Math.abs(field.radial!(r) - mass / (r * r)), `a = ${a}, r = ${r}`).toBeLessThan(1e-12)
    }
  }
})

test('the ball field is symmetric in ball and cut-off, smooth across its pieces, and keeps relative accuracy everywhere', () => {
  for (const [R, a] of [
    [1, 0.3],
    [0.2, 0.7],
    [1, 1],
    [1, 1e-9],
    [1, 1 + 1e-9],
  ] as const) {
    for (const r of [1e-12, 0.01, 0.4, 0.7, 0.8, 1, 1.29, 1.5, 50]) {
      expect(uniformBallField(R, a, r)).toBe(uniformBallField(a, R, r))
    }
    for (const edge of [Math.abs(R - a), R + a].filter(x => x > 1e-6)) {
      const step = uniformBallField(R, a, edge * (1 + 1e-14)) - uniformBallField(R, a, edge * (1 - 1e-14))
      expect(Math.abs(step), `${R} ${a} ${edge}`).toBeLessThan(1e-13 * uniformBallField(R, a, edge) + 4e-14)
    }
  }
  // Equal radii: r - 9 r^2/16 + r^4/32, by hand; the naive evaluation of 1 - (mass outside) loses all digits at 1e-9.
  for (const r of [1e-9, 1e-3, 0.3, 1.4]) {
    expect(uniformBallField(1, 1, r) / (r - (9 * r * r) / 16 + r ** 4 / 32)).toBeCloseTo(1, 13)
  }
  // A cut-off wider than the ball: linear up to a - R, unit mass from a + R on.
  expect(uniformBallField(0.2, 0.7, 0.4)).toBeCloseTo(0.4 / 0.7 ** 3, 14)
  expect(uniformBallField(0.2, 0.7, 0.9)).toBeCloseTo(1 / 0.81, 14)
})

test('the cut-off changes the field of a smooth density by (a^2/10) grad of Delta Phi: order N^(-2 delta), not zero', () => {
  // chi has second moments a^2/5 each axis, so k^N * rho - k * rho = (a^2/10) Delta(k * rho) + O(a^4) = (a^2/10) 4 pi
  // rho'.
  const law = plummerLaw()
  const r = 0.8
  const exactField = meanField(law, coulombKernel()).radial!(r)
  const slope = (law.radial!.density(r + 1e-5) - law.radial!.density(r - 1e-5)) / 2e-5
  for (const a of [0.1, 0.01]) {
    const change = meanField(law, cutoff(a)).radial!(r) - exactField
    expect(change / ((a * a * 4 * Math.PI * slope) / 10)).toBeCloseTo(1, a === 0.1 ? 1 : 3)
  }
})

test('with the cut-off the Plummer law no longer satisfies the virial theorem; without it it does', () => {
  const law = plummerLaw()
  const residual = (kernel: Kernel): number => {
    const field = meanField(law, kernel)
    const integrand = (x: number): number => {
      const r = x / (1 - x)
      return ((4 * Math.PI * r ** 3 * law.radial!.density(r)) / (1 - x) ** 2) * field.radial!(r)
    }
    return law.momentumMoment(2) + integrate(integrand, 0, 1 - 1e-9, { tolerance: 1e-9 }).value
  }
  expect(Math.abs(residual(coulombKernel({ sigma: -1 })))).toBeLessThan(1e-7)
  expect(residual(cutoffKernel({ N: 10, delta: 0.5, sigma: -1 }))).toBeGreaterThan(1e-3)
})

test('the spherical cubature agrees with the radial forms where both apply', () => {
  for (const law of [gaussianLaw({ sigmaQ: 0.6 }), plummerLaw()]) {
    const { radial, ...blind } = law
    expect(radial).toBeDefined()
    for (const kernel of [coulombKernel(), cutoff(0.3)]) {
      for (const q of [
        [0.1, 0.2, -0.1],
        [1, -0.5, 0.7],
      ]) {
        const truth = meanField(law, kernel).estimate(q)
        const cubature = meanField(blind, kernel).estimate(q)
        for (let a = 0; a < 3; a++) {
          const error = Math.abs(cubature[a]!.value - truth[a]!.value)
          expect(error, `${law.name} ${kernel.name} ${q}`).toBeLessThan(1e-7)
          expect(error).toBeLessThanOrEqual(10 * (cubature[a]!.high - cubature[a]!.value) + 1e-11)
        }
      }
    }
  }
})

test('the anisotropic Gaussian equals its one-dimensional integral', () => {
  // k*rho_i = q_i sqrt(2/pi)... from 1/r = (2/sqrt pi) int_0^inf e^{-s^2 r^2} ds: with v_j = sigma_j^2, (k*rho)_i =
  // sqrt(2/pi) q_i int_0^inf u^2/(1 + v_i u^2) prod_j (1 + v_j u^2)^{-1/2} e^{-q_j^2 u^2/(2 (1 + v_j u^2))} du.
  const sigmas = [1, 0.5, 0.75]
  const law = gaussianMixtureLaw({ components: [{ weight: 1, sigmaQ: sigmas }] })
  const q = [0.7, -0.3, 0.4]
  const estimate = meanField(law, coulombKernel()).estimate(q)
  for (let i = 0; i < 3; i++) {
    const integrand = (u: number): number => {
      let product = (u * u) / (1 + sigmas[i]! ** 2 * u * u)
      for (let j = 0; j < 3; j++) {
        const w = 1 + sigmas[j]! ** 2 * u * u
        product *= Math.exp((-q[j]! * q[j]! * u * u) / (2 * w)) / Math.sqrt(w)
      }
      return product
    }
    const truth = Math.sqrt(2 / Math.PI) * q[i]! * integrate(integrand, 0, Number.POSITIVE_INFINITY).value
    expect(Math.abs(estimate[i]!.value - truth)).toBeLessThan(1e-8)
  }
})

test('superpositions add shifted radial fields, and the cubature agrees', () => {
  const law = gaussianMixtureLaw({
    components: [
      { weight: 0.3, meanQ: [1, 0, 0], sigmaQ: 0.5 },
      { weight: 0.7, meanQ: [0, -0.6, 0.2], sigmaQ: 0.9 },
    ],
  })
  const kernel = cutoff(0.3)
  const q = [0.4, 0.3, -0.2]
  const sum = meanField(law, kernel).estimate(q)
  const byHand = new Float64Array(3)
  const part = new Float64Array(3)
  for (const [weight, sigmaQ, center] of [
    [0.3, 0.5, [1, 0, 0]],
    [0.7, 0.9, [0, -0.6, 0.2]],
  ] as const) {
    meanField(gaussianLaw({ sigmaQ }), kernel).force(
      q.map((x, a) => x - center[a]!),
      part,
    )
    for (let a = 0; a < 3; a++) byHand[a] = byHand[a]! + weight * part[a]!
  }
  const { superposition, ...blind } = law
  expect(superposition).toHaveLength(2)
  const cubature = meanField(blind, kernel).estimate(q)
  for (let a = 0; a < 3; a++) {
    expect(sum[a]!.value).toBeCloseTo(byHand[a]!, 15)
    expect(Math.abs(cubature[a]!.value - sum[a]!.value)).toBeLessThan(1e-7)
  }
})

test('a law of samples has the field of the sum over them, near that of the law they came from', () => {
  const law = uniformBallLaw()
  const samples = law.sample(20_000, randomStream('meanField/atoms'))
  const kernel = cutoff(0.5)
  const q = [0.3, 0.1, -0.2]
  const estimate = meanField(customLaw({ name: 'atoms', samples }), kernel).estimate(q)
  const truth = meanField(law, kernel).estimate(q)
  for (let a = 0; a < 3; a++) {
    const terms = Float64Array.from({ length: samples.N }, (_, i) => {
      const x = [0, 1, 2].map(b => q[b]! - samples.q[i + b * samples.N]!)
      return kernelForce(kernel, x, new Float64Array(3))[a]!
    })
    const { mean, standardError } = meanAndStandardError(terms)
    expect(estimate[a]!.value).toBeCloseTo(mean, 12)
    expect(Math.abs(mean - truth[a]!.value) / standardError).toBeLessThan(4)
  }
})

test('no interaction means no field, and bad input is refused', () => {
  const law = uniformBallLaw()
  expect(
    meanField(law, coulombKernel({ sigma: 0 }))
      .estimate([1, 0, 0])
      .map(e => e.value),
  ).toEqual([0, 0, 0])
  expect(() => meanField(law, coulombKernel({ d: 2 }))).toThrow(/kernel.d must be 3, as laws are on R\^3, got 2/)
  expect(() => meanField(law, coulombKernel()).estimate([1, 2])).toThrow(/q must have length 3, got 2/)
  expect(() => meanField(law, coulombKernel()).radial!(-1)).toThrow(/r must be a finite number >= 0, got -1/)
})
