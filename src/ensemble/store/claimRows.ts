/**
 * The record of a claim as rows: one for each number, the full record beside the first.
 */
import type { Estimate } from '../../base/statistics/estimate.js'
import type { ClaimRecord } from '../../claims/core/claim.js'
import type { ClaimJob } from '../plan/job.js'
import { exactJson, type Row } from './jobRecord.js'

/**
 * Columns: claim, spec (JSON), replica, quantity (its key; of a constant key.sharp and key.found), value, low, high
 * (what the estimate says about itself), record (JSON of the claim's record in the first row, which is what `judge`
 * takes; '' in the others).
 */
export function claimRows(
  { claim, spec, replica }: ClaimJob,
  record: ClaimRecord<Record<string, number | string>>,
): Row[] {
  const numbers: [string, Estimate][] = [
    ...record.constants.flatMap(({ name, sharp, attacked }): [string, Estimate][] => [
      [`${name}.sharp`, sharp],
      [`${name}.found`, attacked],
    ]),
    ...Object.entries(record.measured),
  ]
  return numbers.map(
    ([quantity, { value, low, high }], k): Row => ({
      claim,
      spec: JSON.stringify(spec),
      replica,
      quantity,
      value,
      low,
      high,
      record: k === 0 ? exactJson(record) : '',
    }),
  )
}
