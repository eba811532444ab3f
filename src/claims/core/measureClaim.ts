/**
 * One measurement of a claim as a record: what the claim finds, with its id, the spec, the seed and the hypotheses.
 * Every measurement goes through here: those of the runner, of controls, of ensembles and of figures.
 */
import { requireObject, requireSignal, requireText } from '../../base/errors.js'
import { randomStream } from '../../base/random.js'
import { type Claim, type ClaimRecord, type Measurement, requireClaim } from './claim.js'
import { requireDeclared } from './quantities.js'

/**
 * Measures a claim at one spec.
 * @param seed of every random stream used, default '1'
 * @param signal ends a long measurement when aborted
 * @throws RangeError by `measure` for a spec outside its range, or if something is measured that the claim does not
 * declare; the reason of the signal
 * @example (await measureClaim(claimById('9.2'), { logN: 14, C0: 1, lipschitz: 1 })).constants.length // 2
 */
export async function measureClaim<Spec, Given extends Spec>(
  claim: Claim<Spec>,
  spec: Given,
  seed: string = '1',
  signal?: AbortSignal,
): Promise<ClaimRecord<Spec>> {
  requireClaim('claim', claim)
  requireObject('spec', spec)
  requireText('seed', seed)
  if (signal !== undefined) requireSignal('signal', signal)
  const found = await claim.measure(spec, {
    seed,
    signal,
    stream: (...parameters) => randomStream([`${seed}/claim-${claim.id}`, ...parameters].join('/')),
  })
  requireDeclared(claim.id, claim.quantities, found)
  return recordOf(claim, spec, seed, found)
}

/** The record of what was found at a spec. */
export function recordOf<Spec>(claim: Claim<Spec>, spec: Spec, seed: string, found: Measurement): ClaimRecord<Spec> {
  const hypotheses = claim.hypotheses.map(({ text, test }) => ({ text, satisfied: test(spec) }))
  return { claim: claim.id, spec, seed, ...found, hypotheses }
}
