/**
 * The ledger: every numbered statement of the paper that is an executable claim, in the paper's order. Read by the
 * command line, the notebooks and docs/claims.md.
 */
import { quote } from '../base/errors.js'
import type { Claim } from './claim.js'
import { definition21 } from './definition21.js'
import { lemma34 } from './lemma34.js'
import { lemma61 } from './lemma61.js'
import { lemma63 } from './lemma63.js'

/** All claims. */
export const claims: readonly Claim[] = [definition21, lemma34, lemma61, lemma63]

/**
 * The claim with this id.
 * @throws RangeError for an unknown id, listing the known ones
 * @example claimById('6.1').label // 'Lemma 6.1'
 */
export function claimById(id: string): Claim {
  const claim = claims.find(candidate => candidate.id === id)
  if (claim === undefined) {
    throw new RangeError(
      `claim must be one of ${claims.map(({ id: known }) => quote(known)).join(', ')}, got ${quote(id)}`,
    )
  }
  return claim
}
