import { expect, test } from 'vitest'
import { integrate } from '../../src/base/quadrature.js'
import type { ClaimRecord } from '../../src/claims/claim.js'
import { fieldLipschitz } from '../../src/claims/fieldSupremum.js'
import { gronwallBudget, NAMES_69 } from '../../src/claims/gronwallBudget.js'
import { kurthRadius } from '../../src/claims/invariance26.js'
import { spreadBound } from '../../src/claims/spreadBound.js'
import { NAMES_42, sizesOf, theorem42 } from '../../src/claims/theorem42.js'
import { theorem44 } from '../../src/claims/theorem44.js'
import { coupledFlow } from '../../src/flow/coupledFlow.js'
import { radialField } from '../../src/flow/radialField.js'
import { cutoffKernel } from '../../src/interaction/cutoffKernel.js'
import { gaussianLaw } from '../../src/law/gaussianLaw.js'
import { kurthLaw } from '../../src/law/kurthLaw.js'
import { meanFieldLipschitz } from '../../src/law/meanFieldLipschitz.js'

test('the radius of Kurth’s law is sqrt((1 + Ht)^2 + (Pt)^2) without interaction, and its energy is conserved with it', () => {
  const free = kurthRadius({ momentum: 0.8, sigma: 0, T: 2, rate: -0.5 })
  expect(free.radius).toBeCloseTo(Math.hypot(1 - 0.5 * 2, 0.8 * 2), 9)
  for (const sigma of [1, -1]) {
    const { radius: R, speed: V } = kurthRadius({ momentum: 0.8, sigma, T: 1 })
    expect(0.5 * V * V + (0.5 * 0.64) / R ** 2 + sigma / R).toBeCloseTo(0.5 * 0.64 + sigma, 10)
  }
})

test('the momenta of Kurth’s law have the second moment that (26) is compared with', () => {
  expect(kurthLaw({ momentumRadius: 0.8 }).momentumMoment(2)).toBeCloseTo(0.6 * 0.64, 9)
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
  const record = await gronwallBudget.measure({ N, delta, sigma: 1, field: 'own' }, 'test')
  const law = gaussianLaw()
  const kernel = cutoffKernel({ N, delta })
  const field = radialField({ law, kernel, T: 1, tolerance: 1e-4 })
  const { columns } = await coupledFlow({
    ...{ law, N, delta, kernel, T: 1, field, outputs: 40, steps: 80, seed: 'test/claim-69', threads: 1 },
    ...{ scheme: 'leapfrog', budget: 'omit' },
  })
  const most = (x: Float64Array): number => x.reduce((a, b) => Math.max(a, b))
  // Mixed precision there, double here: 1e-5 of forces of size 1.
  expect(record.measured[NAMES_69.printed]!.value).toBeCloseTo(most(columns.fluctuation!) * N ** (1 - 2 * delta), 3)
  expect(record.measured[NAMES_69.wide]!.value).toBeCloseTo(most(columns.majorantFluctuation!), 3)
  const ratio = columns.stability!.subarray(1).map((s, k) => s / columns.position![k + 1]!)
  expect(record.measured[NAMES_69.stability]!.value).toBeCloseTo(most(ratio), 2)
})

test('an abort ends a measurement inside its flow', async () => {
  const signal = AbortSignal.abort(new Error('enough'))
  for (const claim of [theorem42, theorem44, gronwallBudget]) {
    await expect(claim.measure(claim.defaults[0]! as never, '1', signal) as Promise<unknown>).rejects.toThrow('enough')
  }
})

test('a record of Theorem 4.2 whose deviation grows makes the verdict say that nothing could be tested', async () => {
  expect(sizesOf({ smallest: 16, largest: 300 })).toEqual([16, 64, 256])
  const spec = { delta: 0.2, sigma: 1, smallest: 16, largest: 64, replicates: 2 } as const
  const record = (await theorem42.measure(spec, 'test')) as ClaimRecord<typeof spec>
  const name = NAMES_42.slope
  const withSlope = (high: number): ClaimRecord<typeof spec> => ({
    ...record,
    measured: { ...record.measured, [name]: { ...record.measured[name]!, high } },
  })
  expect(theorem42.judge([withSlope(-0.1)]).status).toBe('holds with a repaired constant or hypothesis')
  expect(theorem42.judge([withSlope(0.1)]).status).toBe('not testable at these N')
  expect(theorem42.judge([withSlope(Number.NaN)]).status).toBe('not testable at these N')
})
