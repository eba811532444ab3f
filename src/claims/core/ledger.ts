/**
 * The ledger: every numbered statement of the paper that is an executable claim, in the paper's order. Read by the
 * command line, the notebooks and docs/claims.md.
 */
import { requireOneOf } from '../../base/errors.js'
import { registeredClaims } from '../registry.generated.js'
import type { Claim } from './claim.js'

/** All claims. */
export const claims: readonly Claim[] = registeredClaims.map(({ member }) => member).sort((a, b) => a.order - b.order)

/**
 * The claim with this id.
 * @throws RangeError for an unknown id, listing the known ones
 * @example claimById('6.1').label // 'Lemma 6.1'
 */
export function claimById(id: string): Claim {
  requireOneOf(
    'id of a claim',
    id,
    claims.map(({ id: known }) => known),
  )
  return claims.find(candidate => candidate.id === id)!
}
