/**
 * The one runner of claims: measure every spec, then judge. Pure; the command line, the notebooks and the tests call
 * it.
 */
import { quote } from '../base/errors.js'
import type { Claim, ClaimRecord, Verdict } from './claim.js'

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
export interface RunClaimOptions<Spec> {
  /** Seed of every random stream used, default '1'. */
  readonly seed?: string
  /** What to measure, default the claim's own list. */
  readonly specs?: readonly Spec[]
  /** Called before each measurement with the number done, and at the end with done = total. */
  readonly onProgress?: (done: number, total: number, spec?: Spec) => void
}

/**
 * Measures a claim and judges it. Deterministic: the same claim, specs and seed give the same result.
 * @throws RangeError if specs is empty, or by `measure` for a spec outside its range; TypeError if seed is no string
 * @example runClaim(claimById('3.4'), { seed: '1' }).verdict.status // 'holds'
 */
export function runClaim<Spec>(claim: Claim<Spec>, options: RunClaimOptions<Spec> = {}): ClaimResult<Spec> {
  const { seed = '1', specs = claim.defaults, onProgress } = options
  if (typeof seed !== 'string') throw new TypeError(`seed must be a string, got ${quote(seed)}`)
  if (!Array.isArray(specs)) throw new TypeError(`specs must be an array of specs, got ${quote(specs)}`)
  if (specs.length === 0) throw new RangeError('specs must be an array of length >= 1, got length 0')
  const records = specs.map((spec: Spec, done) => {
    onProgress?.(done, specs.length, spec)
    return claim.measure(spec, seed)
  })
  onProgress?.(specs.length, specs.length)
  return { claim: claim.id, label: claim.label, title: claim.title, seed, records, verdict: claim.judge(records) }
}
