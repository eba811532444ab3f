/** The records of claims, each measured once in a run of the tests, whatever number of test files looks at it. */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import type { Claim, MeasureContext, Measurement } from '../../src/claims/core/claim.js'
import { once } from './once.js'

/**
 * The claim, with measurements that are made once for the same spec and seed: a copy by structured clone, which keeps every bit
 * and refuses functions.
 */
export function sharing<Spec>(claim: Claim<Spec>): Claim<Spec> {
  const measure = async (spec: Spec, context: MeasureContext): Promise<Measurement> => {
    const key = createHash('sha256')
      .update(JSON.stringify([spec, context.seed]))
      .digest('hex')
    const folder = await once(`records/${claim.id}/${key}`, async into => {
      writeFileSync(join(into, 'record'), serialize(await claim.measure(spec, context)))
    })
    return deserialize(readFileSync(join(folder, 'record'))) as Measurement
  }
  return { ...claim, measure }
}
