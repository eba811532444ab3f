import { expect, test } from 'vitest'
import { radiusFound, searchQuotient } from '../../src/attacks/section6/lemma63Attack.js'
import {
  failureRadius,
  innerConstant,
  outerConstant,
  quotientAtRadius,
} from '../../src/attacks/section6/lemma63Constants.js'
import { randomStream } from '../../src/base/random.js'
import { exact } from '../../src/base/statistics/estimate.js'
import type { ClaimRecord } from '../../src/claims/core/claim.js'
import { measureClaim } from '../../src/claims/core/measureClaim.js'
import { type Lemma63Spec, lemma63 } from '../../src/claims/section6/lemma63.js'
import { cutoffKernel } from '../../src/interaction/cutoffKernel.js'
import { kernelForce, maximumNorm } from '../../src/interaction/kernel.js'
import { lipschitzMajorant } from '../../src/interaction/lipschitzMajorant.js'

const SEED = 'test'
const record: ClaimRecord<Lemma63Spec> = await measureClaim(
  lemma63,
  { N: 1000, delta: 1 / 3, profile: 'truncated' },
  SEED,
)
const unitKernel = cutoffKernel({ N: 1, delta: 0 })
const norms = { euclidean: (v: number[]) => Math.hypot(...v), maximum: (v: number[]) => maximumNorm(v) } as const

/** The plain quotient, from two forces: independent of the search's own arithmetic. */
function quotient(norm: keyof typeof norms, q: readonly number[], xi: readonly number[]): number {
  const there = q.map((x, a) => x + xi[a]!)
  const a = kernelForce(unitKernel, q, new Float64Array(3))
  const b = kernelForce(unitKernel, there, new Float64Array(3))
  return norms[norm](Array.from(a, (x, i) => x - b[i]!)) / norms[norm]([...xi])
}

test('the outer constants are attained at their stated inputs', () => {
  for (const norm of ['euclidean', 'maximum'] as const) {
    const { value, q, xi } = outerConstant(norm)
    // Half an ulp may put q + xi inside the cut-off, where the force is continuous.
    expect(Math.hypot(...q) ** 3 * quotient(norm, q, xi)).toBeCloseTo(value, 11)
    expect(Math.hypot(...q)).toBeGreaterThanOrEqual(3)
    expect(norms[norm]([...xi])).toBe(2)
  }
  expect(outerConstant('maximum').value).toBeCloseTo(36.525875561, 9)
})

test('the outer constant in the maximum norm is the largest of its one-parameter family', () => {
  let largest = 0
  for (let i = 0; i <= 20000; i++) {
    const phi = (0.5 * Math.PI * i) / 20000
    const P = 13 + 4 * (Math.cos(phi) + Math.SQRT2 * Math.sin(phi))
    largest = Math.max(largest, 0.5 * Math.cos(phi) * (P ** 1.5 - 1) - 1)
  }
  const { value } = outerConstant('maximum')
  expect(largest).toBeLessThanOrEqual(value)
  expect(largest).toBeGreaterThan(value * (1 - 1e-7))
})

test('the quotient at a given radius starts at the inner constant, ends below 1, and the search meets it', () => {
  for (const norm of ['euclidean', 'maximum'] as const) {
    expect(quotientAtRadius(1, norm)).toBeCloseTo(innerConstant(norm), 12)
    for (const radius of [1.2, 2.1, 3]) {
      const found = searchQuotient(unitKernel, 1, norm, radius, 12, randomStream(`${norm}/${radius}`), 1e-10)
      expect(found.value / quotientAtRadius(radius, norm) - 1).toBeCloseTo(0, 6)
    }
  }
  expect(failureRadius('euclidean')).toBeCloseTo((1 + Math.sqrt(5)) / 2, 12)
  expect(failureRadius('maximum')).toBeCloseTo(2.270946736929, 10)
  expect(() => quotientAtRadius(3.1, 'maximum')).toThrow(/radius must be/)
})

test('the search meets the sharp constants to 1e-6 from below', () => {
  for (const { sharp, attacked } of record.constants) {
    expect(attacked.value).toBeLessThanOrEqual(sharp.value * (1 + 1e-12))
    expect(attacked.value).toBeGreaterThanOrEqual(sharp.value * (1 - 1e-6))
  }
})

test('everything scales with N^-delta', () => {
  const kernel = cutoffKernel({ N: 1_000_000, delta: 0.3 })
  const unit = 1_000_000 ** -0.3
  for (const norm of ['euclidean', 'maximum'] as const) {
    const found = searchQuotient(kernel, unit, norm, 'outer', 12, randomStream('scale'), 1e-10)
    expect(found.value / outerConstant(norm).value - 1).toBeCloseTo(0, 6)
    expect(radiusFound(found)).toBeGreaterThanOrEqual(3 * (1 - 1e-12))
    expect(norms[norm]([...found.xi])).toBeLessThan(2)
  }
})

test('random pairs respect the repaired majorant in both norms, and violate the printed one', () => {
  const stream = randomStream('pairs')
  const scales = { N: 1, delta: 0 }
  const printed = lipschitzMajorant({ ...scales, version: 'printed' })
  const repaired = {
    euclidean: lipschitzMajorant({ ...scales, version: 'repaired', norm: 'euclidean' }),
    maximum: lipschitzMajorant({ ...scales, version: 'repaired', norm: 'maximum' }),
  }
  const outer = { euclidean: outerConstant('euclidean').value, maximum: outerConstant('maximum').value }
  const broken = { printed: 0, repaired: 0, outer: 0 }
  for (let i = 0; i < 20000; i++) {
    const direction = [stream.normal(), stream.normal(), stream.normal()]
    const radius = 6 * stream.uniform()
    const q = direction.map(x => (radius * x) / Math.hypot(...direction))
    for (const norm of ['euclidean', 'maximum'] as const) {
      const raw = [stream.normal(), stream.normal(), stream.normal()]
      const length = 2 * stream.uniform()
      const xi = raw.map(x => (length * x) / norms[norm](raw))
      // The plain difference is good to 1e-12 for all but the shortest xi.
      const value = quotient(norm, q, xi) * (1 - 1e-9)
      if (value > repaired[norm].value(radius)) broken.repaired++
      if (radius >= 3 && value * radius ** 3 > outer[norm]) broken.outer++
      if (norm === 'maximum' && value > printed.value(radius)) broken.printed++
    }
  }
  expect(broken).toMatchObject({ repaired: 0, outer: 0 })
  expect(broken.printed).toBeGreaterThan(10)
})

test('the inner constant in the maximum norm is the largest row sum of 1 - 3 n n^T', () => {
  let largest = 0
  for (let i = 0; i <= 1000; i++) {
    for (let j = 0; j <= 1000; j++) {
      const theta = (0.5 * Math.PI * i) / 1000
      const phi = (0.5 * Math.PI * j) / 1000
      const [a, b, c] = [Math.cos(theta), Math.sin(theta) * Math.cos(phi), Math.sin(theta) * Math.sin(phi)]
      largest = Math.max(largest, Math.abs(1 - 3 * a * a) + 3 * a * b + 3 * a * c)
    }
  }
  expect(largest).toBeLessThanOrEqual(innerConstant('maximum') + 1e-12)
  expect(largest).toBeGreaterThan(innerConstant('maximum') - 1e-5)
})

test('the verdict follows from the records', () => {
  const verdict = lemma63.judge([record])
  expect(verdict).toMatchObject({ status: 'fails as printed', basis: 'derivation' })
  expect(verdict.repair).toMatch(/3\.0981/)
  expect(verdict.counterExample!.quotientOverPrintedBound).toBeCloseTo((1 - 1 / 1.21) / 0.1, 10)
  const mild = { ...record, measured: { ...record.measured, example: exact(0.9, 'forged') } }
  // The explicit example gone, the search's own pair still decides, by measurement.
  expect(lemma63.judge([mild])).toMatchObject({ status: 'fails as printed', basis: 'measured' })
  const quiet = {
    ...mild,
    constants: record.constants.map(c => ({
      ...c,
      sharp: exact(c.printed!, 'forged'),
      attacked: exact(c.printed!, 'forged'),
    })),
  }
  expect(lemma63.judge([quiet]).status).toBe('not contradicted at these N')
  const weak = {
    ...record,
    constants: record.constants.map(c => ({ ...c, attacked: exact(0.5 * c.attacked.value, 'forged') })),
  }
  expect(lemma63.judge([weak]).repair).toBeUndefined()
  const outer = {
    ...record,
    constants: record.constants.map(c => (c.printed === 54 ? { ...c, attacked: exact(55, 'forged') } : c)),
  }
  expect(lemma63.judge([outer]).reason).toMatch(/exceeded at/)
  expect(lemma63.judge([{ ...record, hypotheses: [{ text: '', satisfied: false }] }]).status).toBe(
    'not testable at these N',
  )
})

test('a bad spec is refused by name', async () => {
  const spec = { N: 1000, delta: 1 / 3, profile: 'truncated' } as const
  await expect(measureClaim(lemma63, { ...spec, N: 2.5 }, '1')).rejects.toThrow(/N must be an integer >= 1, got 2.5/)
  await expect(measureClaim(lemma63, { ...spec, delta: -1 }, '1')).rejects.toThrow(/delta must be/)
  await expect(measureClaim(lemma63, { ...spec, delta: Number.POSITIVE_INFINITY }, '1')).rejects.toThrow(
    /delta must be/,
  )
  await expect(measureClaim(lemma63, { ...spec, profile: 'round' as 'smooth' }, '1')).rejects.toThrow(
    /profile must be one of/,
  )
})
