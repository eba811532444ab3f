/**
 * The one runner of claims: measure every spec, then judge. The command line, the notebooks and the tests call
 * it.
 */

import { quote, requireArray, requireOptions } from '../../base/errors.js'
import { withInterrupts } from '../../base/interrupt.js'
import { type BarOption, type Report, reporting } from '../../base/progress.js'
import { type Claim, type ClaimRecord, requireClaim, type Verdict } from './claim.js'
import { measureClaim } from './measureClaim.js'
import { withCertificates } from './withCertificates.js'

/** What running a claim leaves behind: plain data, with everything that the verdict rests on. */
export interface ClaimResult<Spec = Record<string, number | string>> {
  /** Id of the claim. */
  readonly claim: string
  readonly label: string
  readonly title: string
  readonly seed: string
  readonly records: readonly ClaimRecord<Spec>[]
  readonly verdict: Verdict
}

/** Options of {@link runClaim}. */
export interface RunClaimOptions<Spec> extends BarOption {
  /** Seed of every random stream used, default '1'. */
  readonly seed?: string
  /** What to measure, default the claim's own list. */
  readonly specs?: readonly Spec[]
  /** Called before each measurement with the number done, and at the end with done = total. */
  readonly onProgress?: (done: number, total: number, spec?: Spec) => void
  /** Ends the run when aborted: at once inside a flow, before the next measurement otherwise. */
  readonly signal?: AbortSignal
}

/**
 * Measures a claim and judges it. Deterministic: the same claim, specs and seed give the same result.
 * @throws RangeError if specs is empty, or by `measure` for a spec outside its range; TypeError if seed is no string;
 * the signal's reason when that is aborted
 * @example (await runClaim(claimById('3.4'), { seed: '1' })).verdict.status // 'holds'
 */
export async function runClaim<Spec>(
  claim: Claim<Spec>,
  options: RunClaimOptions<Spec> = {},
): Promise<ClaimResult<Spec>> {
  requireOptions<RunClaimOptions<Spec>>('runClaim', options, {
    bar: true,
    seed: true,
    specs: true,
    onProgress: 'function',
    signal: 'signal',
  })
  requireClaim('claim', claim)
  return withInterrupts(options, heeding =>
    reporting(`claim ${claim?.label}`, heeding, report => resultOf(claim, heeding, report)),
  )
}

async function resultOf<Spec>(
  claim: Claim<Spec>,
  options: RunClaimOptions<Spec>,
  report: Report,
): Promise<ClaimResult<Spec>> {
  const { seed = '1', specs = claim.defaults, onProgress, signal } = options
  if (typeof seed !== 'string') throw new TypeError(`seed must be a string, got ${quote(seed)}`)
  if (!Array.isArray(specs)) throw new TypeError(`specs must be an array of specs, got ${quote(specs)}`)
  if (specs.length === 0) throw new RangeError('specs must be an array of length >= 1, got length 0')
  const records: ClaimRecord<Spec>[] = []
  for (const spec of specs as readonly Spec[]) {
    onProgress?.(records.length, specs.length, spec)
    // A pause, so that a signal can be raised between measurements that take no promise.
    await new Promise(resume => setTimeout(resume))
    signal?.throwIfAborted()
    const left = specs.length - records.length - 1
    const name = `measurement ${records.length + 1} of ${specs.length}`
    records.push(await report.stage(name, 1, left, () => measureClaim(claim, spec, seed, signal)))
  }
  onProgress?.(specs.length, specs.length)
  const { id, label, title } = claim
  return { claim: id, label, title, seed, records, verdict: withCertificates(claim, claim.judge(records)) }
}

/** Options of {@link runClaims}. */
export interface RunClaimsOptions extends Pick<RunClaimOptions<unknown>, 'seed' | 'signal' | 'bar'> {
  /** Called before each claim with the number done, and at the end with done = total. */
  readonly onProgress?: (done: number, total: number, claim?: Claim) => void
}

/**
 * Runs several claims, one after the other.
 * @example await runClaims(claims, { seed: '1' })
 */
export async function runClaims(chosen: readonly Claim[], options: RunClaimsOptions = {}): Promise<ClaimResult[]> {
  requireOptions<RunClaimsOptions>('runClaims', options, {
    bar: true,
    seed: true,
    signal: 'signal',
    onProgress: 'function',
  })
  requireArray('chosen', chosen)
  for (const [k, claim] of chosen.entries()) requireClaim(`chosen[${k}]`, claim)
  return withInterrupts(options, heeding => reporting('claims', heeding, report => resultsOf(chosen, heeding, report)))
}

async function resultsOf(chosen: readonly Claim[], options: RunClaimsOptions, report: Report): Promise<ClaimResult[]> {
  const { onProgress, ...rest } = options
  const results: ClaimResult[] = []
  for (const claim of chosen) {
    onProgress?.(results.length, chosen.length, claim)
    const left = chosen.length - results.length - 1
    results.push(await report.stage(claim.label, 1, left, () => runClaim(claim, rest)))
  }
  onProgress?.(chosen.length, chosen.length)
  return results
}
