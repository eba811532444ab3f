/**
 * The claims that go beyond the paper: the last rows of the ledger.
 */

import type { Claim } from '../core/claim.js'
import { beyondAlpha } from './beyondAlpha.js'
import { beyondCutoffs } from './beyondCutoffs.js'
import { beyondDimension2 } from './beyondDimension2.js'
import { beyondNoCutoff } from './beyondNoCutoff.js'
import { beyondRegularisations } from './beyondRegularisations.js'
import { beyondWeight } from './beyondWeight.js'
import { expectedDistanceClaim } from './expectedDistanceClaim.js'

/** In the order of docs/claims.md, section 'Beyond the paper'. */
export const beyondClaims: readonly Claim[] = [
  beyondNoCutoff,
  beyondWeight,
  beyondAlpha,
  beyondRegularisations,
  beyondDimension2,
  beyondCutoffs,
  expectedDistanceClaim,
]
