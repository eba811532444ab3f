/** The records of claims, each measured once in a run of the tests, whatever number of test files looks at it. */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { vi } from 'vitest'
import type { Claim, MeasureContext, Measurement } from '../../src/claims/core/claim.js'
import { once } from './once.js'

/** How often the measurements that {@link sharing} gave here had evaluated the bound of a claim. */
export const boundEvaluations = (id: string): number => counted.get(id) ?? 0
const counted = new Map<string, number>()

interface Shared {
  readonly found: Measurement
  /** How often its claim's bound was evaluated. */
  readonly evaluations: number
}

/**
 * The claim, with measurements that are made once for the same spec and seed: a copy by structured clone, which keeps
 * every bit and refuses functions.
 */
export function sharing<Spec>(claim: Claim<Spec>): Claim<Spec> {
  const measure = async (spec: Spec, context: MeasureContext): Promise<Measurement> => {
    const key = createHash('sha256')
      .update(JSON.stringify([spec, context.seed]))
      .digest('hex')
    const folder = await once(`records/${claim.id}/${key}`, async into => {
      const evaluate = vi.spyOn(claim.bound, 'evaluate')
      const found = await claim.measure(spec, context)
      const shared: Shared = { found, evaluations: evaluate.mock.calls.length }
      evaluate.mockRestore()
      writeFileSync(join(into, 'record'), serialize(shared))
    })
    const { found, evaluations } = deserialize(readFileSync(join(folder, 'record'))) as Shared
    counted.set(claim.id, boundEvaluations(claim.id) + evaluations)
    return found
  }
  return { ...claim, measure }
}
