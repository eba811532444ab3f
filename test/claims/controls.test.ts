import { expect, test } from 'vitest'
import type { ClaimRecord } from '../../src/claims/core/claim.js'
import { type ControlResult, judgeControl, runControls } from '../../src/claims/core/controls.js'
import { claimById, claims } from '../../src/claims/core/ledger.js'
import { measureClaim } from '../../src/claims/core/measureClaim.js'
import { sharing } from '../support/measured.js'

const results = new Map<string, ControlResult[]>()
for (const claim of claims) results.set(claim.id, await runControls(sharing(claim), 'controls'))

test('every claim has a negative control whose spec violates a hypothesis, and reports its failure', () => {
  for (const [id, list] of results) {
    expect(list.length, id).toBeGreaterThan(0)
    for (const { reported, broken, ...rest } of list) {
      expect(broken.length, `${id}: ${rest.text}`).toBeGreaterThan(0)
      expect(reported, `${id}: ${JSON.stringify(rest)}`).toBe(true)
    }
  }
})

test('the same check reports nothing where the hypotheses hold: a control on an admissible record is not reported', async () => {
  for (const id of ['3.3', '84', '9.2', '6.1']) {
    const claim = claimById(id)
    const control = claim.controls[0]!
    const record = (await measureClaim(claim, claim.defaults[0]!, 'controls')) as ClaimRecord
    const quantity = Object.keys(record.measured)[0]!
    expect(judgeControl({ ...control, expect: { quantity, above: -1e300 } }, record), id).toMatchObject({
      broken: [],
      reported: false,
    })
  }
})

test('a control whose quantity stays on the wrong side, or is no number, is not reported', () => {
  const record = (value: number): ClaimRecord => ({
    ...{ claim: '0', spec: {}, seed: '1', constants: [] },
    measured: { x: { value, low: value, high: value, kind: 'exact', method: '' } },
    hypotheses: [{ text: 'h', satisfied: false }],
  })
  const above = { text: '', spec: {}, expect: { quantity: 'x', above: 1 } }
  const below = { text: '', spec: {}, expect: { quantity: 'x', below: 1 } }
  expect([0.5, 1, 2, Number.NaN].map(x => judgeControl(above, record(x)).reported)).toEqual([false, false, true, false])
  expect([0.5, 1, 2, Number.NaN].map(x => judgeControl(below, record(x)).reported)).toEqual([true, false, false, false])
  expect(judgeControl({ text: '', spec: {}, expect: { quantity: 'x' } }, record(2)).reported).toBe(false)
  expect(() => judgeControl({ ...above, expect: { quantity: 'y', above: 1 } }, record(2))).toThrow(/names "y"/)
})
