// The law of large numbers of section 7, with computed constants.
export { type EncounterOptions, strongEncounters } from './closeEncounters.js'
export {
  type ExpectedDistanceAsyncOptions,
  type ExpectedDistanceOptions,
  expectedDistance,
  expectedDistanceAsync,
  expectedDistanceInCube,
} from './expectedDistance.js'
export { type CrossingOptions, lastCrossing, normalMaximumMedian } from './extrapolation.js'
export { deviations, type FluctuationOptions, type Fluctuations, measureFluctuations } from './fluctuations.js'
export { logMomentsOfSum } from './momentsOfSum.js'
export type { PairSource } from './pairSource.js'
export { type RadialTable, radialTable } from './radialTable.js'
export { type SecondMoments, secondMoments } from './secondMoments.js'
export { type BallSum, ballSmallBall, type SumShape, smallBallProbability } from './smallBall.js'
export { forceSummand, majorantSummand, powerSummand, type Summand } from './summand.js'
export { bernsteinBound, bernsteinThreshold, type MomentBound, momentBound, type TailEvent } from './tailBounds.js'
export { admissibleDelta, type TailProblem, tailConstant } from './tailConstant.js'
