import { expect, test } from 'vitest'
import { configuration } from '../../src/base/configuration.js'
import { type RandomStream, randomStream } from '../../src/base/random.js'
import { kolmogorovSmirnov } from '../../src/base/statistics/statistics.js'
import { customLaw } from '../../src/law/customLaw.js'
import { gaussianLaw } from '../../src/law/gaussianLaw.js'
import type { Envelope } from '../../src/law/importanceSampling.js'
import type { Law } from '../../src/law/law.js'
import { uniformBallLaw } from '../../src/law/uniformBallLaw.js'

/** A law as the envelope of another. */
function envelopeOf(law: Law, bound: number): Envelope {
  return {
    density: (q, p) => law.density(q, p),
    bound,
    sample: stream => {
      const { q, p } = law.sample(1, stream)
      return { q, p }
    },
  }
}

const wide = gaussianLaw({ sigmaQ: 1, sigmaP: 1 })
const narrow = gaussianLaw({ sigmaQ: 0.8, sigmaP: 0.9 })
/** sup narrow/wide = (0.8 * 0.9)^-3, at 0. */
const bound = 0.72 ** -3

test('a density under an envelope: norms, moments and sup agree with the closed forms inside their intervals', () => {
  const law = customLaw({ name: 'narrow', density: narrow.density, envelope: envelopeOf(wide, bound * (1 + 1e-9)) })
  expect(law.estimates.normalisation.low).toBeLessThan(1)
  expect(law.estimates.normalisation.high).toBeGreaterThan(1)
  expect(Math.abs(law.rhoNorm1 - 1)).toBeLessThan(0.03)
  for (const m of [0, 1, 2, 3]) {
    for (const [variable, truth, value] of [
      ['q', narrow.positionMoment(m), law.positionMoment(m)],
      ['p', narrow.momentumMoment(m), law.momentumMoment(m)],
      ['z', narrow.phaseMoment(m), law.phaseMoment(m)],
    ] as const) {
      const estimate = law.momentEstimate(variable, m)
      const half = estimate.high - estimate.value
      expect(value).toBe(estimate.value)
      // The interval is 2.58 standard errors; 24 of them are looked at.
      expect(Math.abs(value - truth), `${variable} ${m}`).toBeLessThanOrEqual(1.5 * half)
      expect(half).toBeLessThan(0.03 * truth + 1e-12)
    }
  }
  expect(law.densitySup / narrow.densitySup).toBeCloseTo(1, 10)
  expect(law.spatialDensity([0.3, 0, 0.4]) / narrow.spatialDensity([0.3, 0, 0.4])).toBeCloseTo(1, 6)
  expect(law.rhoSup / narrow.rhoSup).toBeCloseTo(1, 4)
  expect(law.estimates.densitySup.kind).toBe('estimated')
})

test('rejection under the envelope samples the density, and without rejection it would not', () => {
  const law = customLaw({ name: 'narrow', density: narrow.density, envelope: envelopeOf(wide, bound * (1 + 1e-9)) })
  const n = 5000
  const radius = (Z: { q: Float64Array }): Float64Array =>
    Float64Array.from({ length: n }, (_, i) => Math.hypot(Z.q[i]!, Z.q[i + n]!, Z.q[i + 2 * n]!))
  const cdf = narrow.radial!.enclosedMass
  expect(kolmogorovSmirnov(radius(law.sample(n, randomStream('1/custom'))), cdf).pValue).toBeGreaterThan(1e-3)
  expect(kolmogorovSmirnov(radius(wide.sample(n, randomStream('1/custom'))), cdf).pValue).toBeLessThan(1e-6)
  expect(law.sample(10, randomStream('1/a'))).toEqual(law.sample(10, randomStream('1/a')))
})

test('a density that does not integrate to 1 is refused with the integral, or rescaled on request', () => {
  const density = (q: ArrayLike<number>, p: ArrayLike<number>): number => 0.5 * narrow.density(q, p)
  const envelope = envelopeOf(wide, bound)
  expect(() => customLaw({ name: 'half', density, envelope })).toThrow(
    /must integrate to 1, got 0\.(49|50)\d+ with standard error 0\.00\d+ .*'rescale'/,
  )
  const law = customLaw({ name: 'half', density, envelope, normalisation: 'rescale', radial: narrow.radial! })
  expect(law.rhoNorm1).toBeCloseTo(1, 14)
  expect(law.density([0, 0, 0], [0, 0, 0]) / narrow.densitySup).toBeCloseTo(1, 1)
  expect(law.estimates.normalisation.value).toBeCloseTo(0.5, 1)
})

test('an envelope that is too low is caught at the probes and while sampling, with the point and the ratio', () => {
  expect(() => customLaw({ name: 'low', density: narrow.density, envelope: envelopeOf(wide, 1.1) })).toThrow(
    /at most envelope.bound = 1.1 times envelope.density, got (1\.[1-9]|2\.)\d+ times at q = \(.*\), p = \(.*\)/,
  )
  // A spike that the probes miss: present only after the law was made.
  let spiked = false
  const ball = uniformBallLaw()
  const law = customLaw({
    name: 'spike',
    density: (q, p) => (spiked ? 3 : 1) * ball.density(q, p),
    envelope: envelopeOf(ball, 1),
  })
  expect(law.sample(10, randomStream('1/x')).N).toBe(10)
  spiked = true
  expect(() => law.sample(10, randomStream('1/x'))).toThrow(/got 3 times at q/)
})

test('a moment that one draw dominates says so', () => {
  // |q|^-4 tails under themselves: the second moment diverges.
  const tail: Envelope = {
    bound: 1,
    sample: (stream: RandomStream) => ({ q: [1 / (1 - stream.uniform()) ** 2, 0, 0], p: [0, 0, 0] }),
    density: () => 1,
  }
  const law = customLaw({ name: 'tail', density: () => 1, envelope: tail })
  expect(law.momentEstimate('q', 2).method).toContain('may diverge')
  const calm = customLaw({ name: 'calm', density: narrow.density, envelope: envelopeOf(wide, bound * (1 + 1e-9)) })
  expect(calm.momentEstimate('q', 2).method).not.toContain('may diverge')
})

test('a law of samples resamples them, has their moments, and refuses to know a density', () => {
  const samples = uniformBallLaw().sample(50, randomStream('1/source'))
  const law = customLaw({ name: 'resampled', samples })
  const Z = law.sample(20_000, randomStream('1/resampled'))
  const counts = new Map<number, number>()
  for (let i = 0; i < Z.N; i++) counts.set(Z.q[i]!, (counts.get(Z.q[i]!) ?? 0) + 1)
  expect([...counts.keys()].sort()).toEqual([...samples.q.subarray(0, 50)].sort())
  // Chi-square with 49 degrees of freedom: below 95 with probability 1 - 1e-4.
  const chi2 = [...counts.values()].reduce((sum, c) => sum + (c - 400) ** 2 / 400, 0)
  expect(chi2).toBeLessThan(95)
  expect(chi2).toBeGreaterThan(20)
  let second = 0
  for (let i = 0; i < 150; i++) second += samples.p[i]! ** 2 / 50
  expect(law.momentumMoment(2)).toBeCloseTo(second, 13)
  expect(law.densitySup).toBe(Number.POSITIVE_INFINITY)
  expect(() => law.density([0, 0, 0], [0, 0, 0])).toThrow(/density of the law "resampled" is not known/)
  expect(() => law.spatialDensity([0, 0, 0])).toThrow(/spatial density of the law "resampled" is not known/)
})

test('bad input is refused by name', () => {
  const envelope = envelopeOf(wide, bound)
  const { density } = narrow
  expect(() => customLaw(3 as never)).toThrow(TypeError)
  expect(() => customLaw({ name: 'a/b', density, envelope })).toThrow(/name must be a non-empty string without/)
  expect(() => customLaw({ name: 'x', density: 1 as never, envelope })).toThrow(/density must be a function, got 1/)
  expect(() => customLaw({ name: 'x', density, envelope: undefined as never })).toThrow(/envelope must be/)
  expect(() => customLaw({ name: 'x', density, envelope: { ...envelope, bound: -1 } })).toThrow(
    /envelope.bound must be/,
  )
  expect(() => customLaw({ name: 'x', density: () => -1, envelope })).toThrow(/finite number >= 0, got -1 at q = /)
  expect(() => customLaw({ name: 'x', density, envelope, normalisation: 'yes' as never })).toThrow(/"check", "rescale"/)
  expect(() => customLaw({ name: 'x', samples: configuration(2, 4) })).toThrow(/samples.d must be one of 2, 3, got 4/)
  expect(() => customLaw({ name: 'x', samples: { ...configuration(2), p: new Float64Array(5) } })).toThrow(
    /samples.p must have length 6, got 5/,
  )
  const broken = configuration(2)
  broken.q[3] = Number.NaN
  expect(() => customLaw({ name: 'x', samples: broken })).toThrow(/samples.q\[3\] must be a finite number, got NaN/)
})
