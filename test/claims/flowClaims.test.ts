import { describe, expect, test } from 'vitest'
import { fieldLipschitz } from '../../src/attacks/fieldSupremum.js'
import { spreadBound } from '../../src/attacks/section3/spreadBound.js'
import { sizesOf, type Theorem42Spec } from '../../src/attacks/section4/chaosSamples.js'
import { chaosTail } from '../../src/attacks/section4/chaosTail.js'
import { integrate } from '../../src/base/numerics/quadrature.js'
import { logLogSlope, meanAndStandardError } from '../../src/base/statistics/statistics.js'
import type { Claim, ClaimRecord } from '../../src/claims/core/claim.js'
import { measureClaim, recordOf } from '../../src/claims/core/measureClaim.js'
import { invariance26 } from '../../src/claims/section4/invariance26.js'
import { measurementOf42, theorem42 } from '../../src/claims/section4/theorem42.js'
import { theorem44 } from '../../src/claims/section4/theorem44.js'
import { gronwallBudget } from '../../src/claims/section8/gronwallBudget.js'
import { measureFluctuations } from '../../src/concentration/fluctuations.js'
import { recordedLedger } from '../../src/ensemble/store/recordedLedger.js'
import { coupledFlow } from '../../src/flow/coupled/coupledFlow.js'
import { radialField } from '../../src/flow/field/radial/radialField.js'
import { kurthRadius } from '../../src/flow/micro/exactBalls.js'
import { cutoffKernel } from '../../src/interaction/cutoffKernel.js'
import { gaussianLaw } from '../../src/law/gaussianLaw.js'
import { kurthLaw } from '../../src/law/kurthLaw.js'
import { meanFieldLipschitz } from '../../src/law/meanField/meanFieldLipschitz.js'
import { normalQuantile } from '../../src/transport/line/quantileNormal.js'

test('the momenta of Kurth’s law have the second moment that (26) is compared with', async () => {
  expect(kurthLaw({ momentumRadius: 0.8 }).momentumMoment(2)).toBeCloseTo(0.6 * 0.64, 9)
  const spec = { law: 'kurth', sigma: 1, samples: 100, particles: 'independent' } as const
  const { radius: R, speed: V } = kurthRadius({ momentumRadius: 0.8, sigma: 1, t: 1 })
  const { measured } = await measureClaim(invariance26, spec, 'test')
  expect(measured.known!.value).toBeCloseTo(0.6 * (V * V + 0.64 / R ** 2) * R ** -3, 9)
})

test('the spread of momenta by h is bounded by the integral over the widened law', () => {
  for (const h of [0, 0.3, 2]) {
    const gauss = (p: number): number => (2 * Math.PI) ** -1.5 * Math.exp(-0.5 * Math.max(0, p - h) ** 2)
    const integral = integrate(p => 4 * Math.PI * p * p * gauss(p), 0, h + 12, { breaks: [h] }).value
    expect(spreadBound('gaussian', h)).toBeCloseTo(gaussianLaw().rhoSup * integral, 10)
    expect(spreadBound('uniform-ball', h)).toBeCloseTo((3 / (4 * Math.PI)) * (1 + h) ** 3, 12)
  }
})

test('the Lipschitz constant of a field on a grid of radii is that of the static mean field at t = 0', () => {
  const [law, kernel] = [gaussianLaw(), cutoffKernel({ N: 100, delta: 0.3 })]
  const field = radialField({ law, kernel, T: 0.1, tolerance: 1e-6 })
  expect(fieldLipschitz(field, 0) / meanFieldLipschitz(law, kernel).estimate.value).toBeCloseTo(1, 2)
})

test('the terms of the Gronwall budget are those that the coupled run records by itself', async () => {
  const [N, delta] = [64, 0.3]
  const record = await measureClaim(gronwallBudget, { N, delta, sigma: 1, field: 'own' }, 'test')
  const law = gaussianLaw()
  const kernel = cutoffKernel({ N, delta })
  const field = radialField({ law, kernel, T: 1, tolerance: 1e-4 })
  const { columns } = await coupledFlow({
    ...{ law, N, delta, kernel, T: 1, field, outputs: 40, steps: 80, seed: 'test/claim-69', threads: 1 },
    ...{ scheme: 'leapfrog', budget: 'omit' },
  })
  const most = (x: Float64Array): number => x.reduce((a, b) => Math.max(a, b))
  // Mixed precision there, double here: 1e-5 of forces of size 1.
  expect(record.measured.printed!.value).toBeCloseTo(most(columns.fluctuation!) * N ** (1 - 2 * delta), 3)
  expect(record.measured.wide!.value).toBeCloseTo(most(columns.majorantFluctuation!), 3)
  const ratio = columns.stability!.subarray(1).map((s, k) => s / columns.position![k + 1]!)
  expect(record.measured.stability!.value).toBeCloseTo(most(ratio), 2)
})

test('an abort ends a measurement inside its flow', async () => {
  const signal = AbortSignal.abort(new Error('enough'))
  for (const claim of [theorem42, theorem44, gronwallBudget] as unknown as Claim[]) {
    await expect(measureClaim(claim, claim.defaults[0]!, '1', signal)).rejects.toThrow('enough')
  }
})

/** A record of given deviations. */
const recordOf42 = (spec: Theorem42Spec, samples: readonly Float64Array[], seed: string): ClaimRecord<Theorem42Spec> =>
  recordOf(theorem42, spec, seed, measurementOf42(spec, samples, seed))

describe('the judge of Theorem 4.2', () => {
  const specs: Theorem42Spec[] = [
    { delta: 0.2, sigma: 1, smallest: 64, largest: 1024, replicates: 24 },
    { delta: 0.3, sigma: -1, smallest: 64, largest: 1024, replicates: 24 },
  ]
  /**
   * Deviations whose median falls like N^-exponent, with the scatter of those that are measured, about a fifth, at even
   * quantiles.
   */
  const deviations = (spec: Theorem42Spec, exponent: number): Float64Array[] =>
    sizesOf(spec).map(N =>
      Float64Array.from(
        { length: spec.replicates },
        (_, k) => 0.4 * N ** -exponent * Math.exp(0.2 * normalQuantile((k + 0.5) / spec.replicates)),
      ),
    )
  const judged = (spec: Theorem42Spec, exponent: number): string =>
    theorem42.judge([recordOf42(spec, deviations(spec, exponent), 'test')]).status

  test('accepts deviations that fall as measured, and refuses them N^0.1 and N^0.19 times as large, or far too small', () => {
    expect(sizesOf({ smallest: 16, largest: 300 })).toEqual([16, 64, 256])
    for (const spec of specs) {
      expect(judged(spec, 0.3)).toBe('holds with a repaired constant or hypothesis')
      for (const epsilon of [0.1, 0.19, 0.4]) expect(judged(spec, 0.3 - epsilon)).toBe('not testable at these N')
      expect(judged(spec, 0.3 + 0.3)).toBe('not testable at these N')
      const record = recordOf42(spec, deviations(spec, 0.3), 'test')
      const slope = { ...record.measured.slope!, low: Number.NaN, high: Number.NaN }
      const blank = { ...record, measured: { ...record.measured, slope: slope } }
      expect(theorem42.judge([blank]).status).toBe('not testable at these N')
    }
  })

  test('withdraws when sampling and frequencies of the same event contradict each other, and says what was sampled', () => {
    const [, spec] = specs
    const record = recordOf42(spec!, deviations(spec!, 0.3), 'test')
    const seen = record.measured.event_64!
    const withTail = (low: number, high: number): ReturnType<typeof theorem42.judge> => {
      const tail = { ...seen, value: (low + high) / 2, low, high }
      return theorem42.judge([{ ...record, measured: { ...record.measured, tail_64: tail } }])
    }
    expect(withTail(1e-3, 2e-3).status).toBe('holds with a repaired constant or hypothesis')
    expect(withTail(1e-3, 2e-3).reason).toMatch(/by rare-event sampling \$P_0=0\.0015\$ at \$N=64\$/)
    expect(withTail(seen.high * 1.1, seen.high * 1.2)).toMatchObject({ status: 'not contradicted at these N' })
    expect(withTail(seen.high * 1.1, seen.high * 1.2).reason).toMatch(/rare-event sampling and in/)
  })

  test('has sampled the event of (30) where it is rare: its local exponent grows', async () => {
    const { records } = recordedLedger().claims.find(({ id }) => id === '4.2')!
    const { measured } = records.find(({ spec }) => spec.tailStates !== undefined)!
    for (const N of [16, 32, 64]) expect(measured[`tail_${N}`]![0]).toBeLessThan(0.01)
    const [, , earlier] = measured.decay_32!
    const [, later] = measured.decay_64!
    expect(later).toBeGreaterThan(earlier)
    await expect(chaosTail({ delta: 0.3, sigma: 1 }, 99, 'test')).rejects.toThrow(/states must be an integer/)
  })

  test('refuses exactly those factors N^epsilon that its record says it can detect', () => {
    for (const spec of specs) {
      const { value } = recordOf42(spec, deviations(spec, 0.3), 'test').measured.detects!
      expect(value).toBeGreaterThan(0.01)
      expect(value).toBeLessThan(0.1)
      expect(judged(spec, 0.3 - value + 0.001)).toBe('holds with a repaired constant or hypothesis')
      expect(judged(spec, 0.3 - value - 0.001)).toBe('not testable at these N')
    }
  })

  test('would refuse the recorded deviations times N^0.1 and N^0.19, while N^0.05 is within their noise', () => {
    const { records } = recordedLedger().claims.find(({ id }) => id === '4.2')!
    for (const { spec, measured } of records) {
      const [, low, high] = measured.slope!
      const limit = Math.min(measured.predicted![0], -Number(spec.delta))
      expect(low).toBeLessThanOrEqual(limit)
      expect(high).toBeGreaterThan(-0.5)
      expect(low + 0.1).toBeGreaterThan(limit)
      expect(low + 0.05).toBeLessThanOrEqual(limit)
    }
  })

  test('compares with the exact fluctuation: its exponent is that of sampled forces on independent particles', () => {
    const [spec] = specs
    const predicted = recordOf42(spec!, deviations(spec!, 0.3), 'test').measured.predicted!.value
    const rms = sizesOf(spec!).map(N => {
      const kernel = cutoffKernel({ N, delta: 0.2 })
      const { meanSquare } = measureFluctuations(gaussianLaw(), kernel, { N, replicates: 24, seed: 'rms' })
      return Math.sqrt(meanAndStandardError(meanSquare).mean * Math.log(N))
    })
    // 1 % of a mean square at the ends of ln 16.
    expect(Math.abs(logLogSlope(sizesOf(spec!), rms).slope - predicted)).toBeLessThan(0.01)
  })

  test('prints the N_0 of row (78) as printed, with the constant 54 of the paper', () => {
    const { measured } = recordOf42(specs[0]!, deviations(specs[0]!, 0.3), 'test')
    const C0 = 2 * ((4 * Math.PI) / 3) * 54 * 1.6 * (1 + (2 * Math.PI) ** -1.5)
    expect(measured.N0!.value / (((C0 + 1) / 0.4) ** 2 / Math.LN10)).toBeCloseTo(1, 12)
    expect(measured.N0!.value / 1.613e6).toBeCloseTo(1, 3)
    expect(measured.repaired!.value).toBeGreaterThan(4 * measured.N0!.value)
  })
})
