// Names that version 0.1 exported from 'mean-field-limit' and that are now in the rooms only. They go in version 0.3.

export {
  /** @deprecated Import it from 'mean-field-limit/base'. */
  binomialTail,
  /** @deprecated Import it from 'mean-field-limit/base'. */
  configuration,
  /** @deprecated Import it from 'mean-field-limit/base'. */
  estimated,
  /** @deprecated Import it from 'mean-field-limit/base'. */
  exact,
  /** @deprecated Import it from 'mean-field-limit/base'. */
  gaussLegendre,
  /** @deprecated Import it from 'mean-field-limit/base'. */
  InterruptedError,
  /** @deprecated Import it from 'mean-field-limit/base'. */
  kolmogorovSmirnov,
  /** @deprecated Import it from 'mean-field-limit/base'. */
  lambertW,
  /** @deprecated Import it from 'mean-field-limit/base'. */
  localSlopes,
  /** @deprecated Import it from 'mean-field-limit/base'. */
  maximize,
  /** @deprecated Import it from 'mean-field-limit/base'. */
  maximizeLocally,
  /** @deprecated Import it from 'mean-field-limit/base'. */
  momentumOf,
  /** @deprecated Import it from 'mean-field-limit/base'. */
  onInterrupt,
  /** @deprecated Import it from 'mean-field-limit/base'. */
  positionOf,
  /** @deprecated Import it from 'mean-field-limit/base'. */
  streamKey,
} from './base/index.js'
export {
  /** @deprecated Import it from 'mean-field-limit/claims'. */
  centralConvolution,
  /** @deprecated Import it from 'mean-field-limit/claims'. */
  claimFiles,
  /** @deprecated Import it from 'mean-field-limit/claims'. */
  convolutionSupremum,
  /** @deprecated Import it from 'mean-field-limit/claims'. */
  formula,
  /** @deprecated Import it from 'mean-field-limit/claims'. */
  growthExponent,
  /** @deprecated Import it from 'mean-field-limit/claims'. */
  innerConstant,
  /** @deprecated Import it from 'mean-field-limit/claims'. */
  outerConstant,
  /** @deprecated Import it from 'mean-field-limit/claims'. */
  quotientAtRadius,
  /** @deprecated Import it from 'mean-field-limit/claims'. */
  runClaims,
  /** @deprecated Import it from 'mean-field-limit/claims'. */
  runControls,
  /** @deprecated Import it from 'mean-field-limit/claims'. */
  sharpGrowthConstant,
} from './claims/index.js'
export {
  /** @deprecated Import it from 'mean-field-limit/concentration'. */
  ballSmallBall,
  /** @deprecated Import it from 'mean-field-limit/concentration'. */
  bernsteinThreshold,
  /** @deprecated Import it from 'mean-field-limit/concentration'. */
  deviations,
  /** @deprecated Import it from 'mean-field-limit/concentration'. */
  expectedDistance,
  /** @deprecated Import it from 'mean-field-limit/concentration'. */
  expectedDistanceInCube,
  /** @deprecated Import it from 'mean-field-limit/concentration'. */
  logMomentsOfSum,
  /** @deprecated Import it from 'mean-field-limit/concentration'. */
  momentBound,
  /** @deprecated Import it from 'mean-field-limit/concentration'. */
  powerSummand,
  /** @deprecated Import it from 'mean-field-limit/concentration'. */
  radialTable,
  /** @deprecated Import it from 'mean-field-limit/concentration'. */
  smallBallProbability,
  /** @deprecated Import it from 'mean-field-limit/concentration'. */
  strongEncounters,
} from './concentration/index.js'
export {
  /** @deprecated Import it from 'mean-field-limit/ensemble'. */
  claimSummary,
  /** @deprecated Import it from 'mean-field-limit/ensemble'. */
  coupledTable,
  /** @deprecated Import it from 'mean-field-limit/ensemble'. */
  decodeRecord,
  /** @deprecated Import it from 'mean-field-limit/ensemble'. */
  encodeRecord,
  /** @deprecated Import it from 'mean-field-limit/ensemble'. */
  ensembleCsv,
  /** @deprecated Import it from 'mean-field-limit/ensemble'. */
  ensembleQuery,
  /** @deprecated Import it from 'mean-field-limit/ensemble'. */
  ensembleStatus,
  /** @deprecated Import it from 'mean-field-limit/ensemble'. */
  jobName,
  /** @deprecated Import it from 'mean-field-limit/ensemble'. */
  MEASURE_VERSION,
  /** @deprecated Import it from 'mean-field-limit/ensemble'. */
  packEnsemble,
  /** @deprecated Import it from 'mean-field-limit/ensemble'. */
  planCells,
  /** @deprecated Import it from 'mean-field-limit/ensemble'. */
  planJsonSchema,
  /** @deprecated Import it from 'mean-field-limit/ensemble'. */
  queueExecutor,
  /** @deprecated Import it from 'mean-field-limit/ensemble'. */
  readEnsemble,
  /** @deprecated Import it from 'mean-field-limit/ensemble'. */
  readTable,
  /** @deprecated Import it from 'mean-field-limit/ensemble'. */
  runJob,
  /** @deprecated Import it from 'mean-field-limit/ensemble'. */
  storedField,
  /** @deprecated Import it from 'mean-field-limit/ensemble'. */
  threadsExecutor,
  /** @deprecated Import it from 'mean-field-limit/ensemble'. */
  writeTable,
} from './ensemble/index.js'
export {
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  beyondNoCutoffFigure,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  bothSignsFigure,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  chaosProbabilityFigure,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  chaosThreshold,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  chaosThresholdFigure,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  claimGallery,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  cutoffExponentsFigure,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  densityForAllCutoffsFigure,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  fluctuationExponent,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  forceErrorFigure,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  forceTimeFigure,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  gronwallBudgetFigure,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  inflection,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  kernelDifferenceFigure,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  largestGamma,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  lawOfLargeNumbersFigure,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  lemma33Figure,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  lemma63Figure,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  lipschitzContrastFigure,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  logGrowthFigure,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  logLipschitzFigure,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  marginalsFigure,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  meanFieldCutoffFigure,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  meanFieldStabilityFigure,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  PROOF_MAP,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  particleApproximationFigure,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  predictedExponent,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  productMeasureFigure,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  proofMapFigure,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  pushForwardFigure,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  rateAgainstDeltaFigure,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  remark45Figure,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  runningMaximumFigure,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  samplingDistanceFigure,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  samplingExponentsFigure,
  /** @deprecated Import it from 'mean-field-limit/figures'. */
  weakSolutionFigure,
} from './figures/index.js'
export {
  /** @deprecated Import it from 'mean-field-limit/flow'. */
  chaosDistance,
  /** @deprecated Import it from 'mean-field-limit/flow'. */
  chooseStep,
  /** @deprecated Import it from 'mean-field-limit/flow'. */
  circularOrbit,
  /** @deprecated Import it from 'mean-field-limit/flow'. */
  deviation,
  /** @deprecated Import it from 'mean-field-limit/flow'. */
  ellipticOrbit,
  /** @deprecated Import it from 'mean-field-limit/flow'. */
  fallThroughCutoff,
  /** @deprecated Import it from 'mean-field-limit/flow'. */
  fieldFromBytes,
  /** @deprecated Import it from 'mean-field-limit/flow'. */
  fieldKey,
  /** @deprecated Import it from 'mean-field-limit/flow'. */
  fieldToBytes,
  /** @deprecated Import it from 'mean-field-limit/flow'. */
  fluctuation,
  /** @deprecated Import it from 'mean-field-limit/flow'. */
  forceTolerance,
  /** @deprecated Import it from 'mean-field-limit/flow'. */
  gridField,
  /** @deprecated Import it from 'mean-field-limit/flow'. */
  gridFieldOf,
  /** @deprecated Import it from 'mean-field-limit/flow'. */
  hermiteState,
  /** @deprecated Import it from 'mean-field-limit/flow'. */
  invariantDrift,
  /** @deprecated Import it from 'mean-field-limit/flow'. */
  langevinNoise,
  /** @deprecated Import it from 'mean-field-limit/flow'. */
  majorantField,
  /** @deprecated Import it from 'mean-field-limit/flow'. */
  markersOfLaw,
  /** @deprecated Import it from 'mean-field-limit/flow'. */
  measureOfChaos,
  /** @deprecated Import it from 'mean-field-limit/flow'. */
  NonFiniteStateError,
  /** @deprecated Import it from 'mean-field-limit/flow'. */
  pairAcceleration,
  /** @deprecated Import it from 'mean-field-limit/flow'. */
  radialFieldAsync,
  /** @deprecated Import it from 'mean-field-limit/flow'. */
  radialFieldSteps,
  /** @deprecated Import it from 'mean-field-limit/flow'. */
  readSnapshot,
  /** @deprecated Import it from 'mean-field-limit/flow'. */
  restore,
  /** @deprecated Import it from 'mean-field-limit/flow'. */
  snapshot,
  /** @deprecated Import it from 'mean-field-limit/flow'. */
  stageOffsets,
  /** @deprecated Import it from 'mean-field-limit/flow'. */
  stationaryDrift,
  /** @deprecated Import it from 'mean-field-limit/flow'. */
  stationaryField,
  /** @deprecated Import it from 'mean-field-limit/flow'. */
  stepError,
  /** @deprecated Import it from 'mean-field-limit/flow'. */
  symplecticScheme,
  /** @deprecated Import it from 'mean-field-limit/flow'. */
  typicalThresholds,
} from './flow/index.js'
export {
  /** @deprecated Import it from 'mean-field-limit/forces'. */
  closeForcePool,
  /** @deprecated Import it from 'mean-field-limit/forces'. */
  fluctuationTolerance,
  /** @deprecated Import it from 'mean-field-limit/forces'. */
  majorantSums,
  /** @deprecated Import it from 'mean-field-limit/forces'. */
  mixedErrorBound,
  /** @deprecated Import it from 'mean-field-limit/forces'. */
  planForces,
  /** @deprecated Import it from 'mean-field-limit/forces'. */
  potentialSums,
} from './forces/index.js'
export {
  /** @deprecated Import it from 'mean-field-limit/interaction'. */
  cutoffRadius,
  /** @deprecated Import it from 'mean-field-limit/interaction'. */
  euclideanNorm,
  /** @deprecated Import it from 'mean-field-limit/interaction'. */
  extremalMajorant,
  /** @deprecated Import it from 'mean-field-limit/interaction'. */
  kernelGradient,
} from './interaction/index.js'
export {
  /** @deprecated Import it from 'mean-field-limit/law'. */
  hourglassGradientAtOrigin,
} from './law/index.js'
export {
  /** @deprecated Import it from 'mean-field-limit/notebook'. */
  interruptibleWorker,
  /** @deprecated Import it from 'mean-field-limit/notebook'. */
  renderFigure,
} from './notebook/index.js'
export {
  /** @deprecated Import it from 'mean-field-limit/transport'. */
  bottleneckDistanceAsync,
  /** @deprecated Import it from 'mean-field-limit/transport'. */
  distanceBetweenAsync,
  /** @deprecated Import it from 'mean-field-limit/transport'. */
  expectedW1ToLaw,
  /** @deprecated Import it from 'mean-field-limit/transport'. */
  expectedW2SquaredToLaw,
  /** @deprecated Import it from 'mean-field-limit/transport'. */
  exponentialLaw1d,
  /** @deprecated Import it from 'mean-field-limit/transport'. */
  gaussianLaw1d,
  /** @deprecated Import it from 'mean-field-limit/transport'. */
  isotropicGaussianLaw,
  /** @deprecated Import it from 'mean-field-limit/transport'. */
  nearestAtomBound,
  /** @deprecated Import it from 'mean-field-limit/transport'. */
  partitionBound,
  /** @deprecated Import it from 'mean-field-limit/transport'. */
  phaseSpaceLaw,
  /** @deprecated Import it from 'mean-field-limit/transport'. */
  secondSampleBound,
  /** @deprecated Import it from 'mean-field-limit/transport'. */
  semiDiscreteBound,
  /** @deprecated Import it from 'mean-field-limit/transport'. */
  semiDiscretePotentials,
  /** @deprecated Import it from 'mean-field-limit/transport'. */
  transportGap,
  /** @deprecated Import it from 'mean-field-limit/transport'. */
  uniformTwoSampleW1,
  /** @deprecated Import it from 'mean-field-limit/transport'. */
  uniformTwoSampleW2Squared,
  /** @deprecated Import it from 'mean-field-limit/transport'. */
  wassersteinDistanceAsync,
} from './transport/index.js'
