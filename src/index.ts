// The public table of contents.
export { type Configuration, configuration, momentumOf, positionOf } from './base/configuration.js'
export type { Sigma } from './base/errors.js'
export { type Estimate, type EstimateKind, estimated, exact } from './base/estimate.js'
export { type RandomStream, randomStream, type StreamName, streamKey } from './base/random.js'
export type {
  Claim,
  ClaimRecord,
  ConstantComparison,
  Hypothesis,
  Verdict,
  VerdictBasis,
  VerdictStatus,
} from './claims/claim.js'
export { type Formula, formula } from './claims/formula.js'
export type { Figure, Trace } from './figures/figure.js'
export { euclideanNorm, type Kernel, kernelForce, kernelGradient, maximumNorm } from './interaction/kernel.js'
export type { Law, RadialDensity } from './law/law.js'
