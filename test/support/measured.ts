/** The records of claims, each measured once in a run of the tests, whatever number of test files looks at it. */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import type { Claim } from '../../src/claims/core/claim.js'
import { once } from './once.js'

/**
 * The claim, with records that are measured once for the same spec and seed: a copy by structured clone, which keeps every bit
 * and refuses functions.
 */
export function sharing<Spec>(claim: Claim<Spec>): Claim<Spec> {
  type Measure = Claim<Spec>['measure']
  const measure = async (...args: Parameters<Measure>): Promise<Awaited<ReturnType<Measure>>> => {
    const key = createHash('sha256').update(JSON.stringify(args)).digest('hex')
    const folder = await once(`records/${claim.id}/${key}`, async into => {
      writeFileSync(join(into, 'record'), serialize(await claim.measure(...args)))
    })
    return deserialize(readFileSync(join(folder, 'record')))
  }
  return { ...claim, measure }
}
