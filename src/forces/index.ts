// Force sums over N bodies: direct, and by the fast multipole method.
export { type FluctuationToleranceOptions, fluctuationTolerance } from './fluctuationTolerance.js'
export { closeForcePool } from './forcePool.js'
export { forces, planForces } from './forces.js'
export { type ForceAsyncOptions, forcesAsync } from './forcesAsync.js'
export { mixedErrorBound } from './mixedError.js'
export { majorantSums, potentialSums } from './pairSums.js'
export type { ForcePoints, TargetsAndSources } from './points.js'
export type { ForceArithmetic, ForceMethod, ForceOptions, ForcePlan, ForcePrecision, ForceResult } from './types.js'
