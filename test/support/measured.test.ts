import { expect, test } from 'vitest'
import { exact } from '../../src/base/statistics/estimate.js'
import type { Claim, MeasureContext } from '../../src/claims/core/claim.js'
import { claimById } from '../../src/claims/core/ledger.js'
import { sharing } from './measured.js'

const of = (seed: string): MeasureContext => ({ seed }) as MeasureContext

test('a measurement is made once for its spec and seed, and is the measurement to the last bit', async () => {
  const seen: string[] = []
  const claim = {
    ...claimById('92'),
    id: 'shared',
    measure: ({ x }: { x: number }, { seed }: MeasureContext) => {
      seen.push(`${x}, ${seed}`)
      return { constants: [], measured: { v: exact(-0, '') } }
    },
  } as unknown as Claim<{ x: number }>
  const first = await sharing(claim).measure({ x: 1 }, of('1'))
  expect(await sharing(claim).measure({ x: 1 }, of('1'))).toEqual(first)
  expect(first).toEqual(claim.measure({ x: 1 }, of('1')))
  expect(Object.is(first.measured.v!.value, -0)).toBe(true)
  await sharing(claim).measure({ x: 2 }, of('1'))
  await sharing(claim).measure({ x: 1 }, of('2'))
  expect(seen).toEqual(['1, 1', '1, 1', '2, 1', '1, 2'])
})

test('all else of the claim is its own, and a failure is the failure of the measurement', async () => {
  const claim = claimById('92')
  expect({ ...sharing(claim), measure: claim.measure }).toEqual(claim)
  await expect(sharing(claim).measure({ from: 0, to: 2 }, of('1'))).rejects.toThrow(/from must be/)
})
