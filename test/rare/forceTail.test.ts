import { describe, expect, test } from 'vitest'
import { randomStream } from '../../src/base/random.js'
import { meanAndStandardError } from '../../src/base/statistics/statistics.js'
import { secondMoments } from '../../src/concentration/secondMoments.js'
import { forceSummand } from '../../src/concentration/summand.js'
import { bernsteinBound } from '../../src/concentration/tailBounds.js'
import { cutoffKernel } from '../../src/interaction/cutoffKernel.js'
import { gaussianLaw } from '../../src/law/gaussianLaw.js'
import { meanField } from '../../src/law/meanField/meanField.js'
import { forceChernoff } from '../../src/rare/static/forceChernoff.js'
import { forcePair } from '../../src/rare/static/forcePair.js'
import { forceTail } from '../../src/rare/static/forceTail.js'
import { staticEvent } from '../../src/rare/static/staticEvent.js'
import { tiltedSummand } from '../../src/rare/static/tiltedSummand.js'
import { weightedEstimate } from '../../src/rare/static/weightedEstimate.js'
import { expectDrawnAsTilted } from './drawnAsTilted.js'
import { forceFrequencies } from './forceFrequencies.js'
import { forceUnion } from './forceUnion.js'

const N = 6
const delta = 0.25
const rc = N ** -delta
const problem = { sigmaQ: 1, cutoffRadius: rc }

describe('the tilted law of a component of the force', () => {
  const kernel = cutoffKernel({ N, delta })

  test('has mass 1, the mean field as its mean, and the variance of the second moments, where it is not tilted', () => {
    const law = gaussianLaw({ sigmaQ: 1.3 })
    const of = { sigmaQ: 1.3, cutoffRadius: rc }
    for (const r of [0.2, 1.1, 3]) {
      const [radial, across] = [
        tiltedSummand(forcePair(of), r, 0).tilted(0),
        tiltedSummand(forcePair(of), 0, r).tilted(0),
      ]
      expect(radial.logM).toBeCloseTo(0, 12)
      expect(across.mean).toBeCloseTo(0, 12)
      expect(radial.mean).toBeCloseTo(meanField(law, kernel).radial!(r), 9)
      expect(radial.variance + 2 * across.variance).toBeCloseTo(secondMoments(law, kernel).variance(r).value, 8)
    }
  })

  test('has the moment generating function that independent draws have, and drawn by rejection the mean of the tilt', () => {
    const [a, b, theta] = [0.6, 0.5, 4 * rc * rc]
    const tilt = tiltedSummand(forcePair(problem), a, b).tilted(theta)
    const { logM } = tilt
    const stream = randomStream('generating function')
    const values: number[] = []
    for (let k = 0; k < 40_000; k++) {
      const [x, y, z] = [a - stream.normal(), b - stream.normal(), -stream.normal()]
      values.push(Math.exp((theta * x) / Math.max(rc, Math.hypot(x, y, z)) ** 3))
    }
    const plain = meanAndStandardError(values)
    expect(Math.abs(Math.exp(logM) - plain.mean)).toBeLessThan(4 * plain.standardError)
    // The control: one more summand would be seen.
    expect(Math.abs(Math.exp(2 * logM) - plain.mean)).toBeGreaterThan(10 * plain.standardError)
    expectDrawnAsTilted(forcePair(problem), [a, b], theta, tilt, 'tilted draws')
  })

  test('has its saddlepoint where the mean is the one that is asked for', () => {
    const summand = tiltedSummand(forcePair(problem), 0.5, 0.3)
    const wanted = summand.tilted(0).mean + 0.5
    expect(summand.tilted(summand.saddlepoint(wanted, 1e-9)).mean).toBeCloseTo(wanted, 8)
    expect(summand.saddlepoint(wanted - 1, 1e-9)).toBe(0)
  })
})

describe('forceTail', () => {
  test('is the frequency of direct sums, which the union bound is not', async () => {
    const thresholds = [0.4, 1]
    const plain = forceFrequencies(staticEvent({ N, delta }), thresholds, 30_000, 'frequencies')
    const tails = await forceTail({ N, delta, thresholds, samples: 1200, seed: 1, bar: 'hide' })
    for (const [t, { estimate, value, union, refused, effectiveSize }] of tails.entries()) {
      expect(refused).toEqual([])
      const p = plain[t]!
      const error = Math.hypot(Math.sqrt((p * (1 - p)) / 30_000), value / Math.sqrt(effectiveSize))
      expect(Math.abs(value - p)).toBeLessThan(3.5 * error)
      expect(estimate!.low < value && value < estimate!.high).toBe(true)
      // The control: without the division by C. Two particles feel one another.
      if (t === 0) expect(union - p).toBeGreaterThan(6 * error)
    }
  })

  test('scales: twice the length is four times less force', async () => {
    const common = { N, samples: 100, seed: 2, bar: 'hide' } as const
    const small = await forceTail({ ...common, delta: 0.5, law: gaussianLaw({ sigmaQ: 0.5 }), thresholds: [4] })
    const large = await forceTail({
      ...common,
      delta: 0.5 - Math.log(2) / Math.log(N),
      law: gaussianLaw(),
      thresholds: [1],
    })
    const spread = Math.hypot(1 / Math.sqrt(small[0]!.effectiveSize), 1 / Math.sqrt(large[0]!.effectiveSize))
    expect(Math.abs(Math.log(small[0]!.value / large[0]!.value))).toBeLessThan(4 * spread)
  })

  test('gives the same bits for the same seed, whatever stands beside a threshold', async () => {
    const common = { N: 4, delta, samples: 100, seed: 3, bar: 'hide' } as const
    const [one] = await forceTail({ ...common, thresholds: [1] })
    const two = await forceTail({ ...common, thresholds: [0.5, 1] })
    expect(two[1]).toEqual(one)
  })

  test('refuses an interval and says why', async () => {
    const common = { N: 4, delta, seed: 1, bar: 'hide' } as const
    // Beyond (N - 1)/N times the largest force on either side nothing is.
    const [none] = await forceTail({ ...common, thresholds: [5], samples: 100 })
    expect(none).toMatchObject({ value: 0, hits: 0, refused: ['none of 100 samples reached the threshold'] })
    expect(none!.estimate).toBeUndefined()
    const one = (logWeight: number) => ({ logWeight, overlap: 1, along: 0, across: 0 })
    const heavy = weightedEstimate([...Array.from({ length: 999 }, () => one(-900)), one(-895)], 1000, 1, 0.95, '1')
    expect(heavy.refused.join()).toMatch(/an effective size of 57 is too small.*one sample carries 13 % of the sum/)
    expect(heavy.estimate).toBeUndefined()
  })

  test('heeds a signal and names what is wrong before any work', async () => {
    const good = { N: 4, delta, thresholds: [1], seed: 1 }
    await expect(forceTail({ ...good, signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough')
    await expect(forceTail({ ...good, thresholds: [1, 0] })).rejects.toThrow(/thresholds\[1\] must be .* > 0, got 0/)
    await expect(forceTail({ ...good, thresholds: [] })).rejects.toThrow(/at least one/)
    await expect(forceTail({ ...good, N: 1 })).rejects.toThrow(/N must be an integer in \[2, 4096\]/)
    await expect(forceTail({ ...good, law: { ...gaussianLaw(), name: 'other' } })).rejects.toThrow(/Gaussian/)
    await expect(forceChernoff({ N: 4, delta, threshold: -1 })).rejects.toThrow(/threshold must be/)
  })
})

test("at 1e-6 the union bound is that of inverted generating functions, and Chernoff's lies above, below Bernstein's", async () => {
  const [tail] = await forceTail({ N: 64, delta, thresholds: [0.6], samples: 1500, seed: 1, bar: 'hide' })
  expect(tail!.refused).toEqual([])
  const exact = forceUnion(staticEvent({ N: 64, delta }), 0.6)
  expect(exact).toBeLessThan(5e-6)
  expect(Math.abs(tail!.union / exact - 1)).toBeLessThan(3.5 / Math.sqrt(tail!.effectiveSize))
  const bound = await forceChernoff({ N: 64, delta, threshold: 0.6, bar: 'hide' })
  expect(bound.low).toBeGreaterThan(tail!.estimate!.high)
  expect(bound.low).toBeGreaterThan(exact)
  const logN = Math.log(64)
  const event = { summand: forceSummand(), logN, delta, rhoSup: gaussianLaw().rhoSup, logThreshold: Math.log(0.6) }
  expect(Math.log(bound.high)).toBeLessThan(bernsteinBound(event) - 2)
})
