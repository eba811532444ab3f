// Numerics that know no physics: random streams, quadrature, statistics, estimates.

export { type BulkStream, bulkStream } from './bulkStream.js'
export { type CitationFormat, cite } from './cite.js'
export { type Configuration, configuration, momentumOf, positionOf } from './configuration.js'
export type { Sigma } from './errors.js'
export { InterruptedError, interruptible, onInterrupt } from './interrupt.js'
export { type FlowDemand, requireAffordable, WORK_LIMITS, type WorkLimits } from './limits.js'
export { type Maximum, maximize, maximizeLocally } from './numerics/optimize.js'
export { gaussLegendre, type IntegrationOptions, integrate, type QuadratureRule } from './numerics/quadrature.js'
export { findRoot, lambertW, lambertWofExp } from './numerics/roots.js'
export type { BarOption, Report } from './progress.js'
export { type RandomStream, randomStream, type StreamName, streamKey } from './random.js'
export type { RareRun, Schedule } from './rare/climb.js'
export { autoregression, blockAutoregression, type Move, movesOf, resampling } from './rare/moves.js'
export type { RareCheckpoint, SavedClimb } from './rare/rareCheckpoint.js'
export { type RareOptions, type RareProbabilities, rareProbabilities } from './rare/rareProbabilities.js'
export { normalStates, type StateLaw } from './rare/stateLaw.js'
export type { TailEstimate } from './rare/tailEstimate.js'
export {
  type BootstrapSlope,
  type BootstrapSlopeOptions,
  bootstrapSlope,
  median,
  type ReplicateStatistic,
} from './statistics/bootstrapSlope.js'
export { binomialTail, clopperPearson } from './statistics/clopperPearson.js'
export { type Estimate, type EstimateKind, estimated, exact } from './statistics/estimate.js'
export { type LocalSlope, localSlopes } from './statistics/localSlopes.js'
export {
  type KolmogorovSmirnov,
  kolmogorovSmirnov,
  type LogLogSlope,
  logLogSlope,
  type MeanAndStandardError,
  meanAndStandardError,
} from './statistics/statistics.js'
export { studentQuantile } from './statistics/studentQuantile.js'
export type { Step, TurnOptions } from './steps.js'
