import { expect, test } from 'vitest'
import { type Estimate, exact } from '../../src/base/statistics/estimate.js'
import type { Claim } from '../../src/claims/core/claim.js'
import { declareClaim } from '../../src/claims/core/declareClaim.js'
import { claimById } from '../../src/claims/core/ledger.js'
import { measureClaim } from '../../src/claims/core/measureClaim.js'

const quantities = { first: 'the first', at_: 'the value at *' } as const
const rest = { ...(claimById('9.2') as Claim<object>), hypotheses: [], quantities }
const one = exact(1, 'counted')
const constants: [] = []

test('a claim that measures what it declares has the right type, keys with parameters among it', async () => {
  const claim: Claim<object> = declareClaim({
    ...rest,
    measure: () => ({ constants, measured: { first: one, at_7: one, overBound: one } }),
  })
  expect(Object.keys((await measureClaim(claim, {})).measured)).toEqual(['first', 'at_7', 'overBound'])
})

test('another key is an error of type, in every way out of measure, at once or as a promise', async () => {
  // @ts-expect-error 'second' is not declared
  const wrong: Claim<object> = declareClaim({ ...rest, measure: () => ({ constants, measured: { second: one } }) })
  const late: Claim<object> = declareClaim({
    ...rest,
    // @ts-expect-error 'second' is not declared
    measure: async () =>
      Math.PI < 4 ? { constants, measured: { second: one } } : { constants, measured: { first: one } },
  })
  for (const claim of [wrong, late]) await expect(measureClaim(claim, {})).rejects.toThrow('"second"')
})

test('a key that is made while measuring is refused when it is found', async () => {
  const measured: Record<string, Estimate> = { [`second_${7}`]: one }
  const claim: Claim<object> = declareClaim({ ...rest, measure: () => ({ constants, measured }) })
  await expect(measureClaim(claim, {})).rejects.toThrow('"second_7"')
})
