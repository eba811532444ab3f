/**
 * The negative controls of claims: runs with a hypothesis broken on purpose, which the check must report. A check that
 * can't fail confirms nothing. Called by the command line and by the test of all claims.
 */
import { requireSignal, requireText } from '../../base/errors.js'
import type { Estimate } from '../../base/statistics/estimate.js'
import { type Claim, type ClaimRecord, type Control, requireClaim } from './claim.js'
import { measureClaim } from './measureClaim.js'

/** What a control left behind: plain data. */
export interface ControlResult<Spec = Record<string, number | string>> {
  readonly text: string
  readonly spec: Spec
  /** Hypotheses that the spec violates, in words. */
  readonly broken: readonly string[]
  /** What was measured, its name, and the sentence that it has to obey. */
  readonly quantity: string
  readonly measured: Estimate
  readonly expected: string
  /** Whether the failure was reported: a hypothesis is seen to be violated, and the quantity lies where it must. */
  readonly reported: boolean
}

/**
 * Measures every control of a claim.
 * @param seed of every random stream used, default '1'
 * @throws RangeError if a record lacks the quantity that its control names; the signal's reason
 * @example (await runControls(claimById('9.2'))).every(({ reported }) => reported) // true
 */
export async function runControls<Spec>(
  claim: Claim<Spec>,
  seed: string = '1',
  signal?: AbortSignal,
): Promise<ControlResult<Spec>[]> {
  requireClaim('claim', claim)
  requireText('seed', seed)
  if (signal !== undefined) requireSignal('signal', signal)
  const results: ControlResult<Spec>[] = []
  for (const control of claim.controls) {
    // A pause, so that a signal can be raised.
    await new Promise(resume => setTimeout(resume))
    signal?.throwIfAborted()
    results.push(judgeControl(control, await measureClaim(claim, control.spec, seed, signal)))
  }
  return results
}

/**
 * Whether this record reports the failure that the control expects.
 * @throws RangeError if the record lacks a quantity that the control names
 */
export function judgeControl<Spec>(control: Control<Spec>, record: ClaimRecord<Spec>): ControlResult<Spec> {
  const { quantity, above, below } = control.expect
  const measured = quantityOf(record, quantity)
  const broken = record.hypotheses.filter(({ satisfied }) => !satisfied).map(({ text }) => text)
  const limit = (side: number | string): Estimate =>
    typeof side === 'string'
      ? quantityOf(record, side)
      : { value: side, low: side, high: side, kind: 'exact', method: '' }
  const isAbove = above === undefined || measured.low > limit(above).high
  const isBelow = below === undefined || measured.high < limit(below).low
  const expected = [
    ...(above === undefined ? [] : [`above ${above}`]),
    ...(below === undefined ? [] : [`below ${below}`]),
  ].join(' and ')
  return {
    text: control.text,
    spec: control.spec,
    broken,
    quantity,
    measured,
    expected,
    reported: broken.length > 0 && expected !== '' && isAbove && isBelow,
  }
}

function quantityOf<Spec>(record: ClaimRecord<Spec>, name: string): Estimate {
  const found = record.measured[name] ?? record.constants.find(constant => constant.name === name)?.attacked
  if (found === undefined) {
    throw new RangeError(`a control names ${JSON.stringify(name)}, which the record of ${record.claim} does not have`)
  }
  return found
}
