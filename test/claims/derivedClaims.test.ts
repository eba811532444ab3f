import { expect, test } from 'vitest'
import { exact } from '../../src/base/statistics/estimate.js'
import type { ClaimRecord } from '../../src/claims/core/claim.js'
import { derivedVerdict } from '../../src/claims/core/derived.js'
import { claimById, claims } from '../../src/claims/core/ledger.js'
import { measureClaim } from '../../src/claims/core/measureClaim.js'
import { runClaim } from '../../src/claims/core/runClaim.js'
import { sharing } from '../support/measured.js'

type Record_ = ClaimRecord<{ readonly [name: string]: number | string }>

/** The claims that rest on a derivation and compare what they measure with a bound. */
const ids = [
  '13',
  '17',
  '26',
  '3.1',
  '86',
  '4.5',
  '3.3',
  '28',
  '4.3',
  '40',
  '8.1',
  '75',
  '78',
  '9.1',
  'log-lipschitz',
  '84',
  '9.2',
  '9.3',
  '9.4',
  '91',
  '92',
]
/**
 * The records of the defaults and of the negative controls, as the tests of the ledger and of all controls measure
 * them.
 */
const measured = async (id: string): Promise<Record_[]> => {
  const claim = sharing(claimById(id))
  const controls = { seed: 'controls', specs: claim.controls.map(({ spec }) => spec) }
  return [...(await runClaim(claim)).records, ...(await runClaim(claim, controls)).records]
}
const records = new Map<string, Record_[]>()
for (const id of ids) records.set(id, await measured(id))

test('under its hypotheses every claim measures at most its bound, and more where a hypothesis is broken on purpose', () => {
  for (const [id, list] of records) {
    const broken = list.filter(({ hypotheses }) => hypotheses.some(({ satisfied }) => !satisfied))
    const kept = list.filter(record => !broken.includes(record))
    expect(broken.length, id).toBeGreaterThan(0)
    expect(kept.length, id).toBeGreaterThan(0)
    for (const { measured } of kept) expect(measured.overBound!.low, id).toBeLessThanOrEqual(1 + 1e-12)
    for (const { measured } of broken) expect(measured.overBound!.low, id).toBeGreaterThan(1)
  }
})

test('a broken hypothesis that is passed off as satisfied turns the verdict', () => {
  for (const [id, list] of records) {
    const forged = list.map(record => ({
      ...record,
      hypotheses: record.hypotheses.map(({ text }) => ({ text, satisfied: true })),
    }))
    expect(claimById(id).judge(list).status, id).not.toBe('not testable at these N')
    expect(claimById(id).judge(forged), id).toMatchObject({ status: 'fails as printed', basis: 'measured' })
  }
})

test('with no record under the hypotheses nothing can be said', () => {
  for (const [id, list] of records) {
    const broken = list.filter(({ hypotheses }) => hypotheses.some(({ satisfied }) => !satisfied))
    expect(claimById(id).judge(broken).status, id).toBe('not testable at these N')
    expect(claimById(id).judge([]).status, id).toBe('not testable at these N')
  }
})

/** What `exact` would refuse, as a broken search might leave it. */
const NOT_A_NUMBER = { ...exact(0, 'forged'), value: Number.NaN, low: Number.NaN, high: Number.NaN }

test('a constant derived 1 % too small is caught, and a search that stops 1 % short is noticed', async () => {
  for (const id of [...ids, '5.2', '10.1']) {
    const claim = claimById(id)
    const list = records.get(id) ?? (await measured(id))
    if (list.every(({ constants }) => constants.length === 0)) continue
    const scaled = (sharp: number, attacked: number): Record_[] =>
      list.map(record => ({
        ...record,
        constants: record.constants.map(constant => ({
          ...constant,
          sharp: exact(constant.sharp.value * sharp, 'forged'),
          attacked: Number.isNaN(attacked) ? NOT_A_NUMBER : exact(constant.attacked.value * attacked, 'forged'),
        })),
      }))
    for (const forged of [scaled(0.99, 1), scaled(1, 0.99), scaled(1, Number.NaN)]) {
      const { status, basis } = claim.judge(forged)
      expect([status, basis], id).toEqual(['not contradicted at these N', 'measured'])
    }
  }
})

test('a measured quotient that is no number never passes', () => {
  const [record] = records.get('92')!
  const nan = { ...record!, measured: { overBound: NOT_A_NUMBER } }
  expect(derivedVerdict([nan], () => ({ status: 'holds', basis: 'derivation', reason: '' })).status).toBe(
    'fails as printed',
  )
})

test('bad specs are refused by name', async () => {
  const refuse: readonly [string, Record<string, number | string>, RegExp][] = [
    ['3.3', { law: 'odd', R: 1, T: 1 }, /law must be one of/],
    ['3.3', { law: 'thermal', R: 0, T: 1 }, /R must be/],
    ['28', { n: 9, d: 6, norm: 'same' }, /n must be/],
    ['4.3', { k: 3, N: 10, law: 'gaussian', particles: 'product' }, /k must be/],
    ['4.3', { k: 1, N: 10, law: 'gaussian', particles: 'equal' }, /k must be 2/],
    ['40', { delta: -1, lambdaT: 1 }, /delta must be/],
    ['5.2', { norm: 'euclidean', N: 1 }, /N must be/],
    ['8.1', { path: 'odd' }, /path must be one of/],
    ['75', { delta: 0.3, reach: 0 }, /reach must be/],
    ['78', { law: 'gaussian', delta: 0.3, T: 0 }, /T must be/],
    ['84', { profile: 'truncated', N: 10, delta: Number.POSITIVE_INFINITY }, /delta must be/],
    ['9.1', { logN: 0.5, C0: 1, normInf: 1 }, /logN must be/],
    ['9.2', { logN: 1, C0: 0, lipschitz: 1 }, /C0 must be/],
    ['9.3', { law: 'uniform', N: 1, gamma: 0.5 }, /N must be/],
    ['9.4', { p: 0.5, k: 4, gamma: 0.1 }, /p must be/],
    ['91', { p: 1, delta: 0, C0T: 1 }, /delta must be/],
    ['10.1', { alpha: 2, delta: 0.3, gamma: 0.1 }, /alpha must be/],
    ['92', { from: 0, to: 2 }, /from must be/],
    ['13', { N: 0, delta: 0.3, origin: 'zero' }, /N must be/],
    ['17', { N: 10, delta: 0, flow: 'Phi' }, /delta must be/],
    ['26', { law: 'kurth', sigma: 1, samples: 10, particles: 'independent' }, /samples must be/],
    ['3.1', { law: 'odd', sigma: 1, T: 1 }, /law must be one of/],
    ['3.2', { law: 'gaussian', sigma: 1, delta: 0.3, T: 0 }, /T must be/],
    ['81', { delta: 0, sigma: 1, N: 100, signs: 'same' }, /delta must be/],
    ['86', { N: 100, delta: 0.3, sigma: 1, p: 1, flows: 'three' }, /flows must be one of/],
    ['log-lipschitz', { density: 'worst', log10Distance: 1 }, /log10Distance must be/],
  ]
  for (const [id, spec, message] of refuse)
    await expect(measureClaim(claimById(id), spec, '1'), id).rejects.toThrow(message)
  expect(claims.length).toBeGreaterThan(refuse.length)
})

test('bad specs of claims that take a promise are refused by name as well', async () => {
  const refuse: readonly [string, Record<string, number | string>, RegExp][] = [
    ['69', { N: 10, delta: 0, sigma: 1, field: 'own' }, /delta must be/],
    ['4.2', { delta: 0.3, sigma: 1, smallest: 64, largest: 64, replicates: 2 }, /largest must be at least 4 times/],
    ['4.4', { law: 'cube', N: 10, delta: 0.3, sigma: 1, p: 1, k: 6 }, /law must be one of/],
    ['4.5', { N: 10, delta: 0.3, added: 'salt' }, /added must be one of/],
  ]
  for (const [id, spec, message] of refuse) {
    await expect(measureClaim(claimById(id), spec, '1'), id).rejects.toThrow(message)
  }
})
