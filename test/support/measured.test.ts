import { expect, test } from 'vitest'
import { exact } from '../../src/base/estimate.js'
import type { Claim } from '../../src/claims/core/claim.js'
import { claimById } from '../../src/claims/core/ledger.js'
import { runClaim } from '../../src/claims/core/runClaim.js'
import { sharing } from './measured.js'

test('a record is measured once for its spec and seed, and is the record to the last bit', async () => {
  const seen: number[] = []
  const measure = ({ x }: { x: number }) => {
    seen.push(x)
    return { claim: 'shared', spec: { x }, seed: '1', constants: [], measured: { v: exact(-0, '') }, hypotheses: [] }
  }
  const claim = { ...claimById('92'), id: 'shared', judge: () => ({ status: 'holds' }), measure } as unknown as Claim<{
    x: number
  }>
  const run = (from: Claim<{ x: number }>, x: number, seed: string) => runClaim(from, { specs: [{ x }], seed })
  const first = await run(sharing(claim), 1, '1')
  expect(await run(sharing(claim), 1, '1')).toEqual(first)
  expect(first).toEqual(await run(claim, 1, '1'))
  expect(Object.is(Object.values(first.records[0]!.measured)[0]!.value, -0)).toBe(true)
  await run(sharing(claim), 2, '1')
  await run(sharing(claim), 1, '2')
  expect(seen).toEqual([1, 1, 2, 1])
})

test('all else of the claim is its own, and a failure is the failure of the measurement', async () => {
  const claim = claimById('92')
  expect({ ...sharing(claim), measure: claim.measure }).toEqual(claim)
  await expect(runClaim(sharing(claim), { specs: [{ from: 0, to: 2 }] })).rejects.toThrow(/from must be/)
})
