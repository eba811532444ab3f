/**
 * What an ensemble of claim measurements says: the verdict on all records, and the range of each number over the
 * replicates.
 */

import { maximum, minimum } from '../../base/extent.js'
import { median } from '../../base/statistics/bootstrapSlope.js'
import type { ClaimRecord } from '../../claims/core/claim.js'
import { claimById } from '../../claims/core/ledger.js'
import type { ClaimJob } from '../plan/job.js'
import { planCells, requireResults } from '../plan/planCells.js'
import { countedReplicates } from '../plan/stoppingRule.js'
import { parseExactJson } from './jobRecord.js'
import type { EnsembleResults } from './store.js'

/** What an ensemble says of one claim. */
export interface ClaimSummary {
  readonly claim: string
  /** The claim's own judgement on the records of all specs and replicates; 'no records yet' before the first. */
  readonly verdict: string
  readonly reason: string
  readonly quantities: readonly {
    readonly spec: string
    readonly quantity: string
    readonly replicates: number
    readonly lowest: number
    readonly median: number
    readonly highest: number
  }[]
}

/**
 * The verdict on all records of each claim, and the range of its numbers over the replicates.
 * @throws RangeError for an ensemble of coupled runs
 */
export function claimSummary(store: EnsembleResults): ClaimSummary[] {
  requireResults('store', store)
  const { plan } = store
  if (plan.kind !== 'claim') throw new RangeError('the ensemble must be one of claims, got coupled runs')
  const cells = planCells(plan).map(cell => ({
    job: cell.job(0) as ClaimJob,
    replicates: countedReplicates(store, cell).stored.map(({ rows }) => rows),
  }))
  return plan.claims.map(({ id }): ClaimSummary => {
    const own = cells.filter(({ job }) => job.claim === id)
    const records = own.flatMap(({ replicates }) =>
      replicates.map(rows => parseExactJson(String(rows[0]!.record)) as ClaimRecord<Record<string, number | string>>),
    )
    const verdict = records.length === 0 ? undefined : claimById(id).judge(records)
    const quantities = own.flatMap(({ job, replicates }) => {
      const values = new Map<string, number[]>()
      for (const rows of replicates) {
        for (const { quantity, value } of rows) {
          values.set(String(quantity), [...(values.get(String(quantity)) ?? []), Number(value)])
        }
      }
      const spec = Object.entries(job.spec)
        .map(([key, value]) => `${key} = ${value}`)
        .join(', ')
      return [...values].map(([quantity, sample]) => ({
        spec,
        quantity,
        replicates: sample.length,
        lowest: minimum(sample),
        median: median(sample),
        highest: maximum(sample),
      }))
    })
    return { claim: id, verdict: verdict?.status ?? 'no records yet', reason: verdict?.reason ?? '', quantities }
  })
}
