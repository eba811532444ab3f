// Distances between measures: Wasserstein distances with certificates.
export {
  type BottleneckAsyncOptions,
  type BottleneckOptions,
  type BottleneckResult,
  bottleneckDistance,
  bottleneckDistanceAsync,
} from './bottleneckDistance.js'
export {
  expectedW1ToLaw,
  expectedW2SquaredToLaw,
  uniformOneSampleW1,
  uniformOneSampleW2Squared,
  uniformTwoSampleW1,
  uniformTwoSampleW2Squared,
} from './closedForms1d.js'
export { distance1d } from './distance1d.js'
export { distance1dToLaw } from './distance1dToLaw.js'
export { distanceBetween, distanceBetweenAsync } from './distanceBetween.js'
export { concentricGaussianDistance, gaussianW2, type NormalLaw, translateDistance } from './gaussianDistances.js'
export type { DistanceNorm } from './kdTree.js'
export {
  type OneSampleBracket,
  type OneSampleOptions,
  oneSampleDistance,
  secondSampleBound,
} from './oneSampleDistance.js'
export { isotropicGaussianLaw, phaseSpaceLaw, productLaw, type SpaceLaw, uniformCubeLaw } from './oneSampleLaw.js'
export {
  nearestAtomBound,
  type PotentialOptions,
  type SamplingOptions,
  semiDiscreteBound,
  semiDiscretePotentials,
} from './oneSampleLower.js'
export { partitionBound } from './partitionBound.js'
export { type PointCloud, phaseCloud } from './pointCloud.js'
export { type ProxyBias, type ProxyBiasOptions, twoSampleBias } from './proxyBias.js'
export { exponentialLaw1d, gaussianLaw1d, type Law1d, paretoLaw1d, uniformLaw1d } from './quantileLaw.js'
export {
  type HallViolator,
  type SparsePlan,
  type TransportDual,
  type TransportPlan,
  type TransportResult,
  type TransportStatus,
  transportGap,
} from './transportResult.js'
export { type BottleneckCheck, verifyBottleneck } from './verifyBottleneck.js'
export { type TransportVerification, verifyTransport } from './verifyTransport.js'
export {
  type TransportProgress,
  type WassersteinAsyncOptions,
  type WassersteinOptions,
  wassersteinDistance,
  wassersteinDistanceAsync,
} from './wassersteinDistance.js'
