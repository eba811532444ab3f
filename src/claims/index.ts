// The statements of the paper as executable claims.
export type {
  Claim,
  ClaimRecord,
  ConstantComparison,
  ConstantEvidence,
  Control,
  Expectation,
  Hypothesis,
  ImmediateClaim,
  Verdict,
  VerdictBasis,
  VerdictStatus,
} from './claim.js'
export { type ClaimFiles, claimFiles } from './claimFiles.js'
export { type ControlResult, runControls } from './controls.js'
export type { VectorNorm } from './forceDifference.js'
export { type Formula, formula } from './formula.js'
export { claimById, claims } from './ledger.js'
export type { StoredClaim, StoredLedger, StoredRecord } from './ledgerRecord.js'
export {
  type ConvolutionSupremum,
  convolutionSupremum,
  type MajorantParameters,
  sharpGrowthConstant,
} from './lemma61Constants.js'
export { centralConvolution, growthExponent } from './lemma61Growth.js'
export { innerConstant, type OuterConstant, outerConstant, quotientAtRadius } from './lemma63Constants.js'
export {
  type ClaimResult,
  type RunClaimOptions,
  type RunClaimsOptions,
  runClaim,
  runClaims,
} from './runClaim.js'
