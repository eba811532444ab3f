import { describe, expect, it } from 'vitest'
import { stepsFor } from '../../src/attacks/beyond/beyondFlows.js'
import { largestInPlane } from '../../src/attacks/beyond/forceInPlane.js'
import { integrate } from '../../src/base/numerics/quadrature.js'
import { randomStream } from '../../src/base/random.js'
import { exact } from '../../src/base/statistics/estimate.js'
import { beyondAlpha } from '../../src/claims/beyond/beyondAlpha.js'
import { beyondCutoffs, nearPairs } from '../../src/claims/beyond/beyondCutoffs.js'
import { beyondDimension2 } from '../../src/claims/beyond/beyondDimension2.js'
import { beyondNoCutoff } from '../../src/claims/beyond/beyondNoCutoff.js'
import { beyondRegularisations } from '../../src/claims/beyond/beyondRegularisations.js'
import { beyondWeight, largestGrowth } from '../../src/claims/beyond/beyondWeight.js'
import { expectedDistanceClaim, gaussianShells } from '../../src/claims/beyond/expectedDistanceClaim.js'
import type { ClaimRecord } from '../../src/claims/core/claim.js'
import { measureClaim } from '../../src/claims/core/measureClaim.js'
import { runClaim } from '../../src/claims/core/runClaim.js'
import { comparison92 } from '../../src/claims/section10/comparison92.js'

describe('No cut-off', () => {
  it('predicts exponents that join at 1/4, 1/3 and 1, and exceed delta only below 1/3', () => {
    const e = (delta: number): number => beyondNoCutoff.formulas.exponent!.evaluate({ delta })
    expect([0, 0.25, 1 / 3, 0.5, 1, 2].map(e)).toEqual([0.5, 0.5, expect.closeTo(1 / 3, 12), 0.25, 0, 0])
    for (let delta = 0.01; delta < 1.5; delta += 0.01) expect(e(delta) > delta).toBe(delta < 1 / 3)
  })

  it('withdraws when the largest deviation falls or frequencies exclude the encounters', async () => {
    const specs = [{ delta: 'none', sigma: 1, alpha: 2, least: 8, most: 16, replicates: 6, T: 0.5 }] as const
    const { records } = await runClaim(beyondNoCutoff, { specs, seed: 'test' })
    const forged = (name: string, value: number): ClaimRecord<(typeof specs)[number]>[] =>
      records.map(record => ({
        ...record,
        spec: specs[0],
        measured: { ...record.measured, [name]: exact(value, 'forged') },
      }))
    expect(beyondNoCutoff.judge(records)).toMatchObject({ status: 'not contradicted at these N', basis: 'measured' })
    expect(beyondNoCutoff.judge(forged('largest', 0.5)).status).toBe('fails as printed')
    expect(beyondNoCutoff.judge(forged('frequency', 0.9)).status).toBe('fails as printed')
    expect(beyondNoCutoff.judge(forged('typical', 0)).status).toBe('fails as printed')
    expect(beyondNoCutoff.judge([]).status).toBe('not testable at these N')
  })

  it('takes an even number of steps that grows with the smallest radius', () => {
    expect(stepsFor(100, Number.POSITIVE_INFINITY, 1)).toBe(800)
    expect(stepsFor(100, 0.5, 1)).toBe(120)
    expect(stepsFor(4, 0, 1)).toBe(48)
  })
})

describe('The weight', () => {
  it('grows like e^y at the best weight exactly, and within the envelope at any other', () => {
    expect(largestGrowth(1)).toBeCloseTo(1, 8)
    for (const r of [0.01, 0.3, 3, 100]) expect(largestGrowth(r)).toBeLessThanOrEqual(1)
    for (const r of [0.3, 3]) {
      const { growth, envelope } = beyondWeight.formulas
      expect(growth!.evaluate({ r, y: 2 })).toBeLessThanOrEqual(envelope!.evaluate({ r, y: 2 }))
    }
  })

  it('breaks when the coefficient exceeds K', () => {
    expect(largestGrowth(1, 4)).toBeGreaterThan(10)
  })
})

describe('Expected distances', () => {
  it('has shells of the normal law that add up to 1', () => {
    for (const d of [1, 3, 6]) {
      const masses = gaussianShells(d)
      expect(masses.reduce((sum, f) => sum + f, 0)).toBeCloseTo(1, 14)
      expect(Math.min(...masses)).toBeGreaterThanOrEqual(0)
    }
  })

  it('holds for independent points and is broken by copies, which a forged record shows', async () => {
    const specs = [
      { law: 'cube', d: 1, p: 1, N: 200, copies: 1 },
      { law: 'cube', d: 1, p: 1, N: 200, copies: 100 },
    ] as const
    const { records, verdict } = await runClaim(expectedDistanceClaim, { specs, seed: 'test' })
    expect(verdict).toMatchObject({ status: 'holds', basis: 'proved' })
    const forged = records.map(record => ({ ...record, hypotheses: [] }))
    expect(expectedDistanceClaim.judge(forged).status).toBe('fails as printed')
  })
})

describe('Weaker singularities', () => {
  it('reduces to the exponent for Coulomb at alpha = 2, and keeps N^-delta beyond (92) only for 1 < alpha < 2', () => {
    const e = (alpha: number, delta: number): number => beyondAlpha.bound.evaluate({ alpha, delta })
    for (const delta of [0.4, 0.7, 1]) {
      expect(e(2, delta)).toBeCloseTo(beyondNoCutoff.formulas.exponent!.evaluate({ delta }), 12)
    }
    expect(e(1.8, 1)).toBeCloseTo(2 - 1.8, 12)
    const keeps = (alpha: number): number => beyondAlpha.formulas.keeps!.evaluate({ alpha })
    for (const alpha of [1.1, 1.5, 1.9]) expect(keeps(alpha)).toBeGreaterThan(comparison92.bound.evaluate({ alpha }))
    for (const alpha of [0.3, 0.9]) expect(keeps(alpha)).toBeLessThan(comparison92.bound.evaluate({ alpha }))
  })
})

describe('Other regularisations', () => {
  it('has fluctuations at N = 1e15 that are the limit to 1e-3, for every profile', async () => {
    for (const spec of beyondRegularisations.defaults) {
      const { measured } = await measureClaim(beyondRegularisations, { ...spec, replicates: 10, N: 64 }, 'test')
      // The next order is N^-delta = 3e-5 times a logarithm.
      expect(Math.abs(measured.limit!.value - 1)).toBeLessThan(1e-3)
    }
  })
})

describe('The plane', () => {
  it('has the exact second moment at the centre, from the integral of |k|^2', () => {
    const [N, delta] = [1000, 0.4]
    const rc = N ** -delta
    const square = integrate(r => (2 * r ** 3) / rc ** 4, 0, rc).value + integrate(r => 2 / r, rc, 1).value
    expect(beyondDimension2.bound.evaluate({ N, delta }) ** 2 * N).toBeCloseTo(square, 10)
  })

  it('has a mean force q inside the disc: with it the largest deviation falls, with another it would not', () => {
    const stream = randomStream('plane')
    expect(largestInPlane(2000, 0.3, stream)).toBeLessThan(0.2)
    expect(largestInPlane(20, 0.3, stream)).toBeGreaterThan(0.2)
  })
})

describe('Near pairs', () => {
  it('are as many as free motion says, at any N, in the plane and in space', () => {
    for (const [d, N] of [
      [2, 50],
      [2, 200],
      [3, 100],
    ] as const) {
      const { low, high } = nearPairs(d, N, 150, 1, 'test')
      expect(low).toBeLessThanOrEqual(1)
      expect(high).toBeGreaterThanOrEqual(1)
    }
  })

  it('withdraw when counted wrongly', async () => {
    const spec = { d: 2, least: 32, most: 64, replicates: 0, clouds: 50, copies: 1 } as const
    const record = await measureClaim(beyondCutoffs, spec, 'test')
    expect(beyondCutoffs.judge([record])).toMatchObject({ status: 'not contradicted at these N', basis: 'literature' })
    const forged = Object.fromEntries(Object.keys(record.measured).map(name => [name, exact(2, 'forged')]))
    expect(beyondCutoffs.judge([{ ...record, measured: forged }]).status).toBe('fails as printed')
    expect(beyondCutoffs.judge([]).status).toBe('not testable at these N')
  })
})
