/**
 * A measurement of a claim as rows.
 */
import { claimById } from '../../claims/core/ledger.js'
import { measureClaim } from '../../claims/core/measureClaim.js'
import { type ClaimJob, replicaSeed } from '../plan/job.js'
import { claimRows } from '../store/claimRows.js'
import type { JobRecord } from '../store/jobRecord.js'

/**
 * Measures a claim with {@link replicaSeed}; the columns are those of {@link claimRows}.
 * @throws RangeError for the id of no claim or a spec outside its range
 */
export async function runClaimJob(
  job: ClaimJob,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<JobRecord> {
  const { claim: id, spec, seed, replica } = job
  const record = await measureClaim(claimById(id), spec, replicaSeed(seed, replica), signal)
  const rows = claimRows(job, record)
  if (rows.length === 0) throw new RangeError(`claim must measure a number, claim ${id} measured none`)
  return { rows }
}
