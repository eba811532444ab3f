import { expect, test } from 'vitest'
import { integrate } from '../../../src/base/numerics/quadrature.js'
import { randomStream } from '../../../src/base/random.js'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import { extremalMajorant, lipschitzMajorant } from '../../../src/interaction/lipschitzMajorant.js'
import { bumpLaw } from '../../../src/law/bumpLaw.js'
import { customLaw } from '../../../src/law/customLaw.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'
import { gaussianMixtureLaw } from '../../../src/law/gaussianMixtureLaw.js'
import { hourglassGradientAtOrigin, hourglassLaw } from '../../../src/law/hourglassLaw.js'
import { majorantConvolution } from '../../../src/law/meanField/majorantConvolution.js'
import { meanField } from '../../../src/law/meanField/meanField.js'
import { meanFieldLipschitz, radialGradient } from '../../../src/law/meanField/meanFieldLipschitz.js'
import { plummerLaw } from '../../../src/law/plummerLaw.js'
import { uniformBallLaw } from '../../../src/law/uniformBallLaw.js'

test('radial gradients equal difference quotients of the mean field', () => {
  for (const law of [uniformBallLaw({ radius: 0.8 }), gaussianLaw({ sigmaQ: 0.6 }), plummerLaw(), bumpLaw()]) {
    for (const kernel of [
      coulombKernel(),
      cutoffKernel({ N: 100, delta: 0.3 }),
      cutoffKernel({ N: 9, delta: 0.5, profile: 'plummer' }),
    ]) {
      const F = meanField(law, kernel).radial!
      const gradient = radialGradient(law.radial!, kernel)
      for (const r of [0.15, 0.6, 1.3]) {
        const h = 1e-3
        const quotient = (8 * (F(r + h) - F(r - h)) - (F(r + 2 * h) - F(r - 2 * h))) / (12 * h)
        const { along, across } = gradient(r)
        expect(Math.abs(along.value - quotient), `${law.name} ${kernel.name} ${r}`).toBeLessThan(1e-7)
        expect(across.value).toBeCloseTo(F(r) / r, 14)
      }
      expect(gradient(0).along.value).toBeCloseTo(F(1e-5) / 1e-5, 7)
    }
  }
})

test('Lipschitz constants with a closed form are found: the ball, just outside its edge, and bells at their centre', () => {
  const ball = meanFieldLipschitz(uniformBallLaw({ radius: 0.5 }), coulombKernel())
  expect(ball.estimate.value).toBeCloseTo(16, 11)
  expect(ball.radius).toBeCloseTo(0.5, 12)
  for (const law of [gaussianLaw({ sigmaQ: 0.6 }), plummerLaw({ scale: 2 })]) {
    const { estimate, radius } = meanFieldLipschitz(law, coulombKernel({ sigma: -1 }))
    expect(estimate.value / ((4 * Math.PI * law.rhoSup) / 3)).toBeCloseTo(1, 12)
    expect(radius).toBe(0)
  }
  // A cut-off wider than everything: the kernel is linear on the support's scale, Lipschitz constant near a^-3.
  const wide = meanFieldLipschitz(uniformBallLaw({ radius: 0.1 }), cutoffKernel({ N: 10, delta: 0 }))
  expect(wide.estimate.value).toBeGreaterThan(1)
  expect(wide.estimate.value).toBeLessThan(2)
})

test('the ball with cut-off has no log N growth, the hourglass has, at the printed rate', () => {
  const kernels = [1e3, 1e6].map(N => cutoffKernel({ N, delta: 0.3 }))
  const ball = kernels.map(kernel => meanFieldLipschitz(uniformBallLaw(), kernel).estimate.value)
  expect(ball[1]! - ball[0]!).toBeLessThan(0.6)
  expect(ball[1]!).toBeLessThan(2)
  const hourglass = kernels.map(kernel => meanFieldLipschitz(hourglassLaw(), kernel))
  kernels.forEach((kernel, i) => {
    const closed = Math.abs(hourglassGradientAtOrigin(1, kernel).value)
    const { estimate } = hourglass[i]!
    expect(estimate.high).toBeGreaterThan(closed)
    expect(Math.abs(estimate.value / closed - 1)).toBeLessThan(0.05)
  })
  expect(hourglass[1]!.estimate.value - hourglass[0]!.estimate.value).toBeGreaterThan(4)
})

test('a superposition and a cubature find the same constant', () => {
  const law = gaussianMixtureLaw({
    components: [
      { weight: 0.5, meanQ: [1, 0, 0], sigmaQ: 0.5 },
      { weight: 0.5, meanQ: [-1, 0, 0], sigmaQ: 0.5 },
    ],
  })
  const kernel = cutoffKernel({ N: 100, delta: 0.3 })
  const closed = meanFieldLipschitz(law, kernel)
  const { superposition, ...blind } = law
  expect(superposition).toHaveLength(2)
  const cubature = meanFieldLipschitz(blind, kernel)
  expect(Math.abs(cubature.estimate.value / closed.estimate.value - 1)).toBeLessThan(1e-5)
  expect(() => meanFieldLipschitz(blind, coulombKernel())).toThrow(/cut-off/)
})

test('l*rho at the centre of a ball has the closed form of (47), and the supremum is there', () => {
  for (const [N, delta, R] of [
    [1e6, 0.3, 1],
    [1e4, 1 / 3, 2],
  ] as const) {
    const law = uniformBallLaw({ radius: R })
    const a = 3 * N ** -delta
    for (const [version, A] of [
      ['printed', 1],
      ['repaired', (1 + 3 * Math.sqrt(3)) / 2],
    ] as const) {
      const convolution = majorantConvolution(law, lipschitzMajorant({ N, delta, version }))
      const closed = law.rhoSup * (36 * Math.PI * A + 216 * Math.PI * Math.log(R / a))
      expect(convolution.at([0, 0, 0]).value / closed).toBeCloseTo(1, 12)
      const { estimate, radius } = convolution.supremum()
      expect(estimate.value).toBe(convolution.radial!(0).value)
      expect(radius).toBe(0)
      // Control: a tenth of the radius away it is smaller, and a wrong inner constant shows.
      expect(convolution.radial!(0.5 * R).value).toBeLessThan(0.99 * closed)
      expect(
        Math.abs(closed / (law.rhoSup * (72 * Math.PI * A + 216 * Math.PI * Math.log(R / a))) - 1),
      ).toBeGreaterThan(1e-3)
    }
  }
})

test('l*rho off the centre equals shells of the density', () => {
  // Swapped order: l*rho(R) = int rho(s) (2 pi s/R) int_{|R-s|}^{R+s} l(u) u du ds, with the inner integral in closed
  // form.
  const majorant = extremalMajorant({ N: 1000, gamma: 0.25 })
  const a = majorant.innerRadius
  const primitive = (u: number): number => (u < a ? 0.5 * u * u * majorant.innerValue : 0.5 / a + 1 / a - 1 / u)
  for (const law of [uniformBallLaw(), gaussianLaw({ sigmaQ: 0.6 }), plummerLaw(), bumpLaw()]) {
    const { density, supportRadius } = law.radial!
    for (const R of [0.3, 1.1]) {
      const shell = (s: number): number =>
        density(s) * ((2 * Math.PI * s) / R) * (primitive(R + s) - primitive(Math.abs(R - s)))
      const breaks = [R, R - a, R + a, a - R]
      const truth = integrate(shell, 0, supportRadius, { breaks }).value
      const value = majorantConvolution(law, majorant).radial!(R).value
      expect(Math.abs(value / truth - 1), `${law.name} ${R}`).toBeLessThan(1e-12)
    }
  }
})

test('l*rho without symmetry: cubature equals the superposition', () => {
  const law = gaussianMixtureLaw({
    components: [
      { weight: 0.5, meanQ: [0.8, 0, 0], sigmaQ: 0.5 },
      { weight: 0.5, meanQ: [-0.8, 0, 0], sigmaQ: 0.7 },
    ],
  })
  const { superposition, ...blind } = law
  expect(superposition).toHaveLength(2)
  const majorant = lipschitzMajorant({ N: 1000, delta: 0.3 })
  const q = [0.3, 0.2, 0.1]
  const value = majorantConvolution(law, majorant).at(q).value
  expect(Math.abs(majorantConvolution(blind, majorant).at(q).value / value - 1)).toBeLessThan(1e-7)
  expect(majorantConvolution(law, majorant).supremum().estimate.value).toBeGreaterThan(value)
})

test('bad input is refused', () => {
  const law = uniformBallLaw()
  const atoms = customLaw({ name: 'atoms', samples: law.sample(5, randomStream('x')) })
  expect(() => meanFieldLipschitz(atoms, coulombKernel())).toThrow(/law must have a density/)
  expect(() => majorantConvolution(atoms, lipschitzMajorant({ N: 10, delta: 0.3 }))).toThrow(/law must have a density/)
  expect(() => majorantConvolution(law, lipschitzMajorant({ N: 10, delta: Number.POSITIVE_INFINITY }))).toThrow(
    /finite at r = 0/,
  )
  expect(() => majorantConvolution(law, 3 as never)).toThrow(TypeError)
  expect(() => majorantConvolution(law, lipschitzMajorant({ N: 10, delta: 0.3 })).at([1])).toThrow(
    /q must have length 3/,
  )
  expect(() => meanFieldLipschitz(law, cutoffKernel({ N: 10, delta: Number.POSITIVE_INFINITY, alpha: 2.5 }))).toThrow(
    /alpha <= 2/,
  )
  expect(() => meanFieldLipschitz(law, coulombKernel({ d: 2 }))).toThrow(/kernel.d must be 3/)
})
