/**
 * The ledger: every numbered statement of the paper that is an executable claim, in the paper's order. Read by the
 * command line, the notebooks and docs/claims.md.
 */
import { requireKnown } from '../base/errors.js'
import { beyondClaims } from './beyond.js'
import type { Claim } from './claim.js'
import { comparison92 } from './comparison92.js'
import { corollary43 } from './corollary43.js'
import { corollary73B } from './corollary73B.js'
import { corollary73C } from './corollary73C.js'
import { corollary94 } from './corollary94.js'
import { definition21 } from './definition21.js'
import { definition51 } from './definition51.js'
import { definition71 } from './definition71.js'
import { duality28 } from './duality28.js'
import { gronwallBudget } from './gronwallBudget.js'
import { invariance26 } from './invariance26.js'
import { kernelDifference84 } from './kernelDifference84.js'
import { lemma32 } from './lemma32.js'
import { lemma33 } from './lemma33.js'
import { lemma34 } from './lemma34.js'
import { lemma52 } from './lemma52.js'
import { lemma61 } from './lemma61.js'
import { lemma63 } from './lemma63.js'
import { lemma81 } from './lemma81.js'
import { logLipschitz } from './logLipschitz.js'
import { proposition72 } from './proposition72.js'
import { proposition72Moments } from './proposition72Moments.js'
import { proposition91 } from './proposition91.js'
import { proposition91Runs } from './proposition91Runs.js'
import { proposition92 } from './proposition92.js'
import { proposition92Runs } from './proposition92Runs.js'
import { pushForward17 } from './pushForward17.js'
import { remark45 } from './remark45.js'
import { step75 } from './step75.js'
import { steps91 } from './steps91.js'
import { theorem31 } from './theorem31.js'
import { theorem42 } from './theorem42.js'
import { theorem44 } from './theorem44.js'
import { theorem93 } from './theorem93.js'
import { theorem101 } from './theorem101.js'
import { threshold78 } from './threshold78.js'
import { weakSolution13 } from './weakSolution13.js'

/** All claims. */
export const claims: readonly Claim[] = [
  definition21,
  weakSolution13,
  pushForward17,
  theorem31,
  lemma32,
  lemma33,
  lemma34,
  invariance26,
  duality28,
  theorem42,
  corollary43,
  theorem44,
  remark45,
  definition51,
  lemma52,
  lemma61,
  lemma63,
  definition71,
  proposition72,
  proposition72Moments,
  corollary73B,
  corollary73C,
  lemma81,
  gronwallBudget,
  step75,
  threshold78,
  proposition91,
  logLipschitz,
  kernelDifference84,
  proposition91Runs,
  proposition92,
  proposition92Runs,
  theorem93,
  corollary94,
  steps91,
  theorem101,
  comparison92,
  ...beyondClaims,
]

/**
 * The claim with this id.
 * @throws RangeError for an unknown id, listing the known ones
 * @example claimById('6.1').label // 'Lemma 6.1'
 */
export function claimById(id: string): Claim {
  requireKnown(
    'id of a claim',
    id,
    claims.map(({ id: known }) => known),
  )
  return claims.find(candidate => candidate.id === id)!
}
