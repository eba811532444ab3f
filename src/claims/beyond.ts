/**
 * The claims that go beyond the paper: the last rows of the ledger.
 */
import { beyondNoCutoff } from './beyondNoCutoff.js'
import { beyondWeight } from './beyondWeight.js'
import type { Claim } from './claim.js'
import { expectedDistanceClaim } from './expectedDistanceClaim.js'

/** In the order of docs/claims.md, section 'Beyond the paper'. */
export const beyondClaims: readonly Claim[] = [beyondNoCutoff, beyondWeight, expectedDistanceClaim]
