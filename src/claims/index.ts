// The statements of the paper as executable claims.

export type { VectorNorm } from '../attacks/forceDifference.js'
export {
  type ConvolutionSupremum,
  convolutionSupremum,
  type MajorantParameters,
  sharpGrowthConstant,
} from '../attacks/section6/lemma61Constants.js'
export { centralConvolution, growthExponent } from '../attacks/section6/lemma61Growth.js'
export {
  innerConstant,
  type OuterConstant,
  outerConstant,
  quotientAtRadius,
} from '../attacks/section6/lemma63Constants.js'
export { type Formula, formula } from '../base/formula.js'
export type {
  Claim,
  ClaimRecord,
  ConstantComparison,
  ConstantEvidence,
  Control,
  Expectation,
  Hypothesis,
  ImmediateClaim,
  MeasureContext,
  Measurement,
  ProofBox,
  Quantities,
  ShownBound,
  Verdict,
  VerdictBasis,
  VerdictStatus,
} from './core/claim.js'
export { type ClaimFiles, claimFiles } from './core/claimFiles.js'
export { type ControlResult, runControls } from './core/controls.js'
export { claimById, claims } from './core/ledger.js'
export type { StoredClaim, StoredLedger, StoredRecord } from './core/ledgerRecord.js'
export { measureClaim } from './core/measureClaim.js'
export { quantityText } from './core/quantities.js'
export {
  type ClaimResult,
  type RunClaimOptions,
  type RunClaimsOptions,
  runClaim,
  runClaims,
} from './core/runClaim.js'
export type { CertifiedNumber } from './core/withCertificates.js'
