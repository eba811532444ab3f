// Distances between measures: Wasserstein distances with certificates.

export {
  type HallViolator,
  type SparsePlan,
  type TransportDual,
  type TransportPlan,
  type TransportResult,
  type TransportStatus,
  transportGap,
} from './assignment/transportResult.js'
export { type TransportVerification, verifyTransport } from './assignment/verifyTransport.js'
export {
  type TransportProgress,
  type WassersteinAsyncOptions,
  type WassersteinOptions,
  wassersteinDistance,
  wassersteinDistanceAsync,
} from './assignment/wassersteinDistance.js'
export {
  type BottleneckAsyncOptions,
  type BottleneckOptions,
  type BottleneckResult,
  bottleneckDistance,
  bottleneckDistanceAsync,
} from './bottleneck/bottleneckDistance.js'
export type { DistanceNorm } from './bottleneck/kdTree.js'
export { type BottleneckCheck, verifyBottleneck } from './bottleneck/verifyBottleneck.js'
export { distanceBetween, distanceBetweenAsync } from './distanceBetween.js'
export {
  expectedW1ToLaw,
  expectedW2SquaredToLaw,
  uniformOneSampleW1,
  uniformOneSampleW2Squared,
  uniformTwoSampleW1,
  uniformTwoSampleW2Squared,
} from './line/closedForms1d.js'
export { distance1d } from './line/distance1d.js'
export { distance1dToLaw } from './line/distance1dToLaw.js'
export { concentricGaussianDistance, gaussianW2, type NormalLaw, translateDistance } from './line/gaussianDistances.js'
export {
  exponentialLaw1d,
  gaussianLaw1d,
  type Law1d,
  paretoLaw1d,
  twoPartsLaw1d,
  uniformLaw1d,
} from './line/quantileLaw.js'
export { type PointCloud, phaseCloud } from './pointCloud.js'
export { distanceCertificate } from './proof/distanceCertificate.js'
export { type ProvedDistance, provedDistance } from './proof/provedDistance.js'
export {
  type OneSampleAsyncOptions,
  type OneSampleBracket,
  type OneSampleOptions,
  oneSampleDistance,
  oneSampleDistanceAsync,
  secondSampleBound,
} from './sample/oneSampleDistance.js'
export {
  isotropicGaussianLaw,
  phaseSpaceLaw,
  productLaw,
  type SpaceLaw,
  uniformCubeLaw,
} from './sample/oneSampleLaw.js'
export {
  nearestAtomBound,
  type PotentialOptions,
  type SamplingOptions,
  semiDiscreteBound,
  semiDiscretePotentials,
} from './sample/oneSampleLower.js'
export { partitionBound } from './sample/partitionBound.js'
export { type ProxyBias, type ProxyBiasOptions, twoSampleBias } from './sample/proxyBias.js'
export { type RateSeries, type SamplingRateOptions, samplingRate } from './sample/samplingRate.js'
