/**
 * From the id of a claim to the files in which it lives and is tested: what the ledger prints beside every verdict.
 */
import { registeredClaims } from '../registry.generated.js'
import { claimById } from './ledger.js'

/** Source and test of a claim, as paths in the repository. */
export interface ClaimFiles {
  readonly source: string
  readonly test: string
}

/**
 * Source and test of a claim.
 * @throws RangeError for the id of no claim
 * @example claimFiles('6.1').source // 'src/claims/section6/lemma61.ts'
 */
export function claimFiles(id: string): ClaimFiles {
  const claim = claimById(id)
  const { path } = registeredClaims.find(({ member }) => member === claim)!
  return { source: path, test: `test/claims/${claim.test}.test.ts` }
}
