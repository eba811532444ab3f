// What `import … from 'mean-field-limit'` means in a browser: all of ./index.ts that needs no file system and no
// kernel.

export type * from './base/index.js'
export {
  bootstrapSlope,
  cite,
  clopperPearson,
  findRoot,
  integrate,
  interruptible,
  lambertWofExp,
  logLogSlope,
  meanAndStandardError,
  median,
  randomStream,
} from './base/index.js'
export type * from './claims/index.js'
export { claimById, claims, runClaim } from './claims/index.js'
export type * from './concentration/index.js'
export {
  admissibleDelta,
  bernsteinBound,
  forceSummand,
  lastCrossing,
  majorantSummand,
  measureFluctuations,
  normalMaximumMedian,
  secondMoments,
  tailConstant,
} from './concentration/index.js'
export type * from './figures/index.js'
export {
  convergenceOrderFigure,
  couplingFigure,
  cutoffExponentHere,
  cutoffExponentThere,
  densityFigure,
  deviationFigure,
  deviationScalingFigure,
  distanceSplitFigure,
  drawFigure,
  dualityFigure,
  figureGallery,
  figureIds,
  forceFluctuationFigure,
  lemma34Figure,
  lemma52Figure,
  phaseMovieFigure,
  phasePlaneFigure,
  printedRate,
  probabilityCurveFigure,
  rateExponentsFigure,
  regularisedKernelsFigure,
  samplingTailFigure,
  wassersteinRatesFigure,
} from './figures/index.js'
export type * from './flow/index.js'
export {
  coldBallRadius,
  convergenceOrders,
  coupledFlow,
  coupledRun,
  evolvingField,
  fieldFor,
  invariants,
  kurthRadius,
  meanFieldFlow,
  microscopicFlow,
  particleField,
  particleStepper,
  phasePlane,
  phaseSpaceDensity,
  radialField,
  shellForce,
  stateAt,
  system,
} from './flow/index.js'
export type * from './forces/index.js'
export { forces, forcesAsync } from './forces/index.js'
export type * from './interaction/index.js'
export {
  checkRegularisation,
  coulombKernel,
  customKernel,
  cutoffKernel,
  kernelForce,
  kernelNorms,
  lipschitzMajorant,
  maximumNorm,
  powerKernel,
} from './interaction/index.js'
export type * from './law/index.js'
export {
  bumpLaw,
  customLaw,
  gaussianLaw,
  gaussianMixtureLaw,
  hourglassLaw,
  kurthLaw,
  lawByName,
  lawNames,
  majorantConvolution,
  meanField,
  meanFieldLipschitz,
  plummerLaw,
  uniformBallLaw,
} from './law/index.js'
export type * from './proofs/index.js'
export type * from './rare/index.js'
export type * from './transport/index.js'
export {
  bottleneckDistance,
  concentricGaussianDistance,
  distance1d,
  distance1dToLaw,
  distanceBetween,
  gaussianW2,
  oneSampleDistance,
  paretoLaw1d,
  phaseCloud,
  productLaw,
  provedDistance,
  translateDistance,
  twoSampleBias,
  uniformCubeLaw,
  uniformLaw1d,
  uniformOneSampleW1,
  uniformOneSampleW2Squared,
  verifyBottleneck,
  verifyTransport,
  wassersteinDistance,
} from './transport/index.js'
