/**
 * A measurement of a claim as rows: one for each number, the full record beside the first.
 */
import type { Estimate } from '../base/estimate.js'
import type { ClaimRecord } from '../claims/claim.js'
import { claimById } from '../claims/ledger.js'
import { type ClaimJob, replicaSeed } from './job.js'
import { exactJson, type JobRecord, type Row } from './jobRecord.js'

/**
 * Measures a claim with {@link replicaSeed}. Columns: claim, spec (JSON), quantity, value, low, high (what the estimate says
 * about itself), record (JSON of the claim's record in the first row, which is what `judge` takes; '' in the others).
 * @throws RangeError for the id of no claim or a spec outside its range
 */
export async function runClaimJob(
  { claim: id, spec, seed, replica }: ClaimJob,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<JobRecord> {
  const claim = claimById(id)
  const record = (await claim.measure(spec, replicaSeed(seed, replica), signal)) as ClaimRecord<typeof spec>
  const numbers: [string, Estimate][] = [
    ...record.constants.flatMap(({ name, sharp, attacked }): [string, Estimate][] => [
      [`${name}: sharp`, sharp],
      [`${name}: largest found`, attacked],
    ]),
    ...Object.entries(record.measured),
  ]
  if (numbers.length === 0) throw new RangeError(`claim must measure a number, claim ${id} measured none`)
  const rows = numbers.map(
    ([quantity, { value, low, high }], k): Row => ({
      claim: id,
      spec: JSON.stringify(spec),
      replica,
      quantity,
      value,
      low,
      high,
      record: k === 0 ? exactJson(record) : '',
    }),
  )
  return { rows }
}
