/**
 * The ledger: every numbered statement of the paper that is an executable claim, in the paper's order. Read by the
 * command line, the notebooks and docs/claims.md.
 */
import { requireOneOf } from '../../base/errors.js'
import { beyondClaims } from '../beyond/beyond.js'
import { definition21 } from '../section2/definition21.js'
import { pushForward17 } from '../section2/pushForward17.js'
import { weakSolution13 } from '../section2/weakSolution13.js'
import { lemma32 } from '../section3/lemma32.js'
import { lemma33 } from '../section3/lemma33.js'
import { lemma34 } from '../section3/lemma34.js'
import { theorem31 } from '../section3/theorem31.js'
import { corollary43 } from '../section4/corollary43.js'
import { duality28 } from '../section4/duality28.js'
import { invariance26 } from '../section4/invariance26.js'
import { remark45 } from '../section4/remark45.js'
import { theorem42 } from '../section4/theorem42.js'
import { theorem44 } from '../section4/theorem44.js'
import { definition51 } from '../section5/definition51.js'
import { lemma52 } from '../section5/lemma52.js'
import { lemma61 } from '../section6/lemma61.js'
import { lemma63 } from '../section6/lemma63.js'
import { corollary73B } from '../section7/corollary73B.js'
import { corollary73C } from '../section7/corollary73C.js'
import { definition71 } from '../section7/definition71.js'
import { proposition72 } from '../section7/proposition72.js'
import { proposition72Moments } from '../section7/proposition72Moments.js'
import { gronwallBudget } from '../section8/gronwallBudget.js'
import { lemma81 } from '../section8/lemma81.js'
import { step75 } from '../section8/step75.js'
import { threshold78 } from '../section8/threshold78.js'
import { corollary94 } from '../section9/corollary94.js'
import { kernelDifference84 } from '../section9/kernelDifference84.js'
import { logLipschitz } from '../section9/logLipschitz.js'
import { proposition91 } from '../section9/proposition91.js'
import { proposition91Runs } from '../section9/proposition91Runs.js'
import { proposition92 } from '../section9/proposition92.js'
import { proposition92Runs } from '../section9/proposition92Runs.js'
import { steps91 } from '../section9/steps91.js'
import { theorem93 } from '../section9/theorem93.js'
import { comparison92 } from '../section10/comparison92.js'
import { theorem101 } from '../section10/theorem101.js'
import type { Claim } from './claim.js'

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
  requireOneOf(
    'id of a claim',
    id,
    claims.map(({ id: known }) => known),
  )
  return claims.find(candidate => candidate.id === id)!
}
