import { expect, test } from 'vitest'
import { forceRatio, searchForce, starShape } from '../../src/attacks/section3/lemma34Attack.js'
import { integrate } from '../../src/base/numerics/quadrature.js'
import { randomStream } from '../../src/base/random.js'
import { exact } from '../../src/base/statistics/estimate.js'
import type { ClaimRecord, ConstantComparison } from '../../src/claims/core/claim.js'
import { contradictsSharp, isWeak } from '../../src/claims/core/evidence.js'
import { measureClaim } from '../../src/claims/core/measureClaim.js'
import { type Lemma34Spec, lemma34 } from '../../src/claims/section3/lemma34.js'

const SHARP = ((4 * Math.PI) / 5) * (15 / (4 * Math.PI)) ** (1 / 3)
const SIGNED = ((8 * Math.PI) / 5) * (15 / (8 * Math.PI)) ** (1 / 3)
const record: ClaimRecord<Lemma34Spec> = await measureClaim(
  lemma34,
  { norm1: 64, normInf: 1, charge: 'positive' },
  'test',
)

/** The record with its constants changed, as a broken search or a wrong derivation would leave it. */
const forged = (change: (constant: ConstantComparison) => Partial<ConstantComparison>): ClaimRecord<Lemma34Spec> => ({
  ...record,
  constants: record.constants.map(constant => ({ ...constant, ...change(constant) })),
})

test('the sharp constant is that of the lobe |q|^3 < L^2 z, by quadrature in cylindrical coordinates', () => {
  // At height z the lobe reaches the distance (L^2 z)^(1/3) from the origin; L = 1.
  const mass = integrate(z => Math.PI * (z ** (2 / 3) - z * z), 0, 1).value
  const force = integrate(z => 2 * Math.PI * (1 - z ** (2 / 3)), 0, 1).value
  expect(forceRatio({ mass, sup: 1, force })).toBeCloseTo(SHARP, 10)
  expect(lemma34.formulas.sharp!.evaluate({})).toBeCloseTo(SHARP, 14)
  // Both lobes, with the sign of z: twice the mass and twice the force.
  expect(forceRatio({ mass: 2 * mass, sup: 1, force: 2 * force })).toBeCloseTo(SIGNED, 10)
  expect(lemma34.formulas.sharpSigned!.evaluate({})).toBeCloseTo(SIGNED, 14)
})

test('free search meets the sharp constant to 1e-6 from below, at any scale and from any start', () => {
  for (const [mass, sup, seed] of [
    [1, 1, 'a'],
    [64, 3, 'b'],
    [1e-9, 1e6, 'c'],
  ] as const) {
    const { ratio, behind, length, halfWidth } = searchForce({ mass, sup, rounds: 7 }, randomStream(seed))
    expect(ratio).toBeLessThanOrEqual(SHARP * (1 + 1e-12))
    expect(ratio).toBeGreaterThanOrEqual(SHARP * (1 - 1e-6))
    // The lobe: length L = (15/(4 pi))^(1/3), largest half width L (4/27)^(1/4) at cos^2 = 1/3, nothing behind.
    const L = (15 / (4 * Math.PI)) ** (1 / 3)
    expect(length).toBeCloseTo(L, 2)
    expect(halfWidth).toBeCloseTo(L * (4 / 27) ** 0.25, 2)
    expect(behind).toBeLessThan(1e-9)
  }
  const { ratio } = searchForce({ mass: 1, sup: 1, rounds: 6, charge: 'signed' }, randomStream('d'))
  expect(ratio).toBeLessThanOrEqual(SIGNED * (1 + 1e-12))
  expect(ratio).toBeGreaterThanOrEqual(SIGNED * (1 - 1e-5))
})

test('a constant 1 % too small is caught, and a crippled search is noticed', () => {
  const found = record.constants[0]!
  expect(contradictsSharp(found)).toBe(false)
  expect(isWeak(found)).toBe(false)
  expect(contradictsSharp({ ...found, sharp: exact(0.99 * SHARP, 'wrong') })).toBe(true)
  const { ratio } = searchForce({ mass: 1, sup: 1, rounds: 2 }, randomStream('a'))
  expect(isWeak({ ...found, attacked: exact(ratio, 'crippled') })).toBe(true)
})

test('random densities stay below the sharp constant', () => {
  const stream = randomStream('shapes')
  let largest = 0
  for (let i = 0; i < 200; i++) {
    const coefficients = Array.from({ length: 5 }, () => stream.normal())
    const shape = starShape(c =>
      Math.max(
        0,
        coefficients.reduce((sum, a, k) => sum + a * c ** k, 0),
      ),
    )
    if (shape.mass > 1e-6) largest = Math.max(largest, forceRatio(shape))
  }
  expect(largest).toBeLessThan(SHARP)
  expect(largest).toBeGreaterThan(0.8 * SHARP)
})

test('the printed R is a misprint: its split exceeds the stated bound for a mass of 64 or 1/64, not for 1 or 8', () => {
  const { split, printedR, mendedR } = lemma34.formulas
  const excess = (R: typeof printedR, norm1: number): number => {
    const norms = { norm1, normInf: 1 }
    return split!.evaluate({ ...norms, R: R!.evaluate(norms) }) / lemma34.bound.evaluate(norms)
  }
  expect(excess(printedR, 64)).toBeCloseTo(9 / 8, 12)
  expect(excess(printedR, 1 / 64)).toBeCloseTo(9 / 4, 12)
  expect(excess(printedR, 1)).toBeCloseTo(1, 12)
  // Between 1 and ((1 + sqrt 5)/2)^6 the misprint happens to do better.
  expect(excess(printedR, 8)).toBeLessThan(1)
  expect(excess(printedR, ((1 + Math.sqrt(5)) / 2) ** 6)).toBeCloseTo(1, 12)
  for (const norm1 of [1 / 64, 1, 8, 64]) expect(excess(mendedR, norm1)).toBeCloseTo(1, 12)
})

test('the bounds are ordered: printed > best split > bathtub with |k| > sharp > every explicit density', () => {
  const { measured } = record
  const [{ printed, sharp, attacked }] = record.constants as [ConstantComparison]
  const bounds = [printed!, measured.bestSplit!.value, measured.bathtubOfModulus!.value, sharp.value]
  expect(bounds).toEqual([...bounds].sort((a, b) => b - a))
  const densities = ['spheroid', 'ball', 'halfBall', 'gaussianLaw', 'plummerLaw'].map(name => measured[name]!.value)
  for (const value of [attacked.value, ...densities]) expect(value).toBeLessThanOrEqual(SHARP * (1 + 1e-12))
  expect(record.measured.bestSplit!.value).toBeCloseTo(3 * (2 * Math.PI) ** (2 / 3), 10)
  // The unit ball pulls at its surface with 4 pi/3.
  expect(record.measured.uniformBallLaw!.value).toBeCloseTo(((4 * Math.PI) / 3) ** (2 / 3), 8)
})

test('the cut-off does not raise the constant, and leaves it untouched for large lobes', () => {
  const ratio = (cutoff: number): number => searchForce({ mass: 1, sup: 1, rounds: 6, cutoff }, randomStream('e')).ratio
  expect(ratio(0.5)).toBeLessThan(0.6 * SHARP)
  expect(ratio(1e-3)).toBeLessThan(SHARP)
  expect(ratio(1e-3)).toBeGreaterThan(0.99 * SHARP)
})

test('the verdict follows from the records', () => {
  expect(lemma34.judge([record])).toMatchObject({ status: 'holds', basis: 'derivation' })
  expect(lemma34.judge([record]).reason).toMatch(/2\.666042028.*misprint/)
  const beyond = lemma34.judge([forged(() => ({ attacked: exact(11, 'forged') }))])
  expect(beyond).toMatchObject({ status: 'fails as printed', counterExample: { norm1: 64 } })
  expect(lemma34.judge([forged(() => ({ attacked: exact(2.7, 'forged') }))]).status).toBe('not contradicted at these N')
  expect(lemma34.judge([forged(() => ({ attacked: exact(2.6, 'forged') }))]).status).toBe('not contradicted at these N')
  // What `exact` would refuse, as a broken search might leave it.
  const nan = { ...exact(0, 'forged'), value: Number.NaN, low: Number.NaN, high: Number.NaN }
  expect(lemma34.judge([forged(() => ({ attacked: nan }))]).status).not.toBe('holds')
  const signed = { ...record, hypotheses: [{ text: '', satisfied: false }] }
  expect(lemma34.judge([signed]).status).toBe('not testable at these N')
  const noMisprint = { ...record, measured: { printedSplit: exact(1, 'forged') } }
  expect(lemma34.judge([noMisprint]).reason).not.toMatch(/misprint/)
})

test('charges of both signs break the hypothesis and exceed the constant for one sign', async () => {
  const signed = await measureClaim(lemma34, { norm1: 1, normInf: 1, charge: 'signed' }, 'test')
  expect(signed.hypotheses.some(({ satisfied }) => !satisfied)).toBe(true)
  expect(signed.constants[0]!.attacked.value).toBeGreaterThan(1.5 * SHARP)
})

test('a bad spec is refused by name', async () => {
  await expect(measureClaim(lemma34, { norm1: 0, normInf: 1, charge: 'positive' }, '1')).rejects.toThrow(
    /norm1 must be/,
  )
  await expect(measureClaim(lemma34, { norm1: 1, normInf: Number.NaN, charge: 'positive' }, '1')).rejects.toThrow(
    /normInf must be/,
  )
  const charge = 'odd' as 'signed'
  await expect(measureClaim(lemma34, { norm1: 1, normInf: 1, charge }, '1')).rejects.toThrow(
    /charge must be one of .* got "odd"/,
  )
})
