// The public table of contents.

// Numerics that know no physics.
export {
  type BootstrapSlope,
  type BootstrapSlopeOptions,
  bootstrapSlope,
  median,
  type ReplicateStatistic,
} from './base/bootstrapSlope.js'
export {
  type CitationFormat,
  cite,
} from './base/cite.js'
export { binomialTail, clopperPearson } from './base/clopperPearson.js'
export { type Configuration, configuration, momentumOf, positionOf } from './base/configuration.js'
export type { Sigma } from './base/errors.js'
export { type Estimate, type EstimateKind, estimated, exact } from './base/estimate.js'
export { InterruptedError, interruptible, onInterrupt } from './base/interrupt.js'
export { type LocalSlope, localSlopes } from './base/localSlopes.js'
export { type Maximum, maximize, maximizeLocally } from './base/optimize.js'
export { gaussLegendre, type IntegrationOptions, integrate, type QuadratureRule } from './base/quadrature.js'
export { type RandomStream, randomStream, type StreamName, streamKey } from './base/random.js'
export { findRoot, lambertW, lambertWofExp } from './base/roots.js'
export {
  type KolmogorovSmirnov,
  kolmogorovSmirnov,
  type LogLogSlope,
  logLogSlope,
  type MeanAndStandardError,
  meanAndStandardError,
} from './base/statistics.js'
// The statements of the paper as executable claims.
export type {
  Claim,
  ClaimRecord,
  ConstantComparison,
  Control,
  Expectation,
  Hypothesis,
  ImmediateClaim,
  Verdict,
  VerdictBasis,
  VerdictStatus,
} from './claims/claim.js'
export { type ClaimFiles, claimFiles } from './claims/claimFiles.js'
export { type ControlResult, runControls } from './claims/controls.js'
export type { VectorNorm } from './claims/forceDifference.js'
export { type Formula, formula } from './claims/formula.js'
export { claimById, claims } from './claims/ledger.js'
export type { StoredClaim, StoredLedger, StoredRecord } from './claims/ledgerRecord.js'
export {
  type ConvolutionSupremum,
  convolutionSupremum,
  type MajorantParameters,
  sharpGrowthConstant,
} from './claims/lemma61Constants.js'
export { centralConvolution, growthExponent } from './claims/lemma61Growth.js'
export { innerConstant, type OuterConstant, outerConstant, quotientAtRadius } from './claims/lemma63Constants.js'
export { type ClaimResult, type RunClaimOptions, runClaim, runClaims } from './claims/runClaim.js'
// The law of large numbers of section 7.
export { type EncounterOptions, strongEncounters } from './concentration/closeEncounters.js'
export {
  type ExpectedDistanceOptions,
  expectedDistance,
  expectedDistanceInCube,
} from './concentration/expectedDistance.js'
export { type CrossingOptions, lastCrossing, normalMaximumMedian } from './concentration/extrapolation.js'
export {
  deviations,
  type FluctuationOptions,
  type Fluctuations,
  measureFluctuations,
} from './concentration/fluctuations.js'
export { logMomentsOfSum } from './concentration/momentsOfSum.js'
export type { PairSource } from './concentration/pairSource.js'
export { type RadialTable, radialTable } from './concentration/radialTable.js'
export { type SecondMoments, secondMoments } from './concentration/secondMoments.js'
export { type BallSum, ballSmallBall, type SumShape, smallBallProbability } from './concentration/smallBall.js'
export { forceSummand, majorantSummand, powerSummand, type Summand } from './concentration/summand.js'
export {
  bernsteinBound,
  bernsteinThreshold,
  type MomentBound,
  momentBound,
  type TailEvent,
} from './concentration/tailBounds.js'
export { admissibleDelta, type TailProblem, tailConstant } from './concentration/tailConstant.js'
export { type ClaimSummary, claimSummary } from './ensemble/claimSummary.js'
// Stored results, and ensembles of them.
export { coupledTable } from './ensemble/coupledTable.js'
export { ensembleCsv } from './ensemble/ensembleCsv.js'
export { ensembleQuery, type QueryRow } from './ensemble/ensembleQuery.js'
export { type EnsembleStatus, ensembleStatus } from './ensemble/ensembleStatus.js'
export {
  type EnsembleSummary,
  ensembleSummary,
  type PointSummary,
  type SlopeSummary,
} from './ensemble/ensembleSummary.js'
export type { Deliveries, Executor, RunOptions, Sink } from './ensemble/executor.js'
export { storedField } from './ensemble/fieldStore.js'
export { inlineExecutor } from './ensemble/inlineExecutor.js'
export {
  type ClaimJob,
  type CoupledJob,
  type DeltaSpec,
  type Job,
  jobName,
  type LawSpec,
  MEASURE_VERSION,
  type Quantity,
} from './ensemble/job.js'
export type { JobPoolOptions } from './ensemble/jobPool.js'
export { decodeRecord, encodeRecord, type JobRecord, type JobResult, type Row } from './ensemble/jobRecord.js'
export type { RunState } from './ensemble/liveRuns.js'
export { packagedEnsemble } from './ensemble/packagedEnsemble.js'
export { packEnsemble, readEnsemble } from './ensemble/packedEnsemble.js'
export { type Column, readTable, type Table, writeTable } from './ensemble/parquetTable.js'
export type { StoredJob } from './ensemble/partFile.js'
export {
  type ClaimPlan,
  type CoupledPlan,
  type Plan,
  type Precision,
  parsePlan,
  planJsonSchema,
  type StoppingRule,
} from './ensemble/plan.js'
export { type Cell, planCells } from './ensemble/planCells.js'
export { type QueueExecutorOptions, queueExecutor } from './ensemble/queueExecutor.js'
export { recordedLedger } from './ensemble/recordedLedger.js'
export type { RunJobOptions } from './ensemble/runCoupledJob.js'
export { type EnsembleProgress, type RunEnsembleOptions, runEnsemble } from './ensemble/runEnsemble.js'
export { runJob } from './ensemble/runJob.js'
export type { Shard } from './ensemble/shard.js'
export { type EnsembleResults, type EnsembleStore, type Failure, openStore } from './ensemble/store.js'
export { threadsExecutor } from './ensemble/threadsExecutor.js'
// Figures: pure functions from data to Plotly.
export { type BeyondNoCutoffData, beyondNoCutoffFigure, type MeasuredExponent } from './figures/beyondNoCutoffFigure.js'
export { type BothSignsData, bothSignsFigure } from './figures/bothSignsFigure.js'
export {
  type ChaosProbabilityData,
  chaosProbabilityFigure,
  type ProbabilityInterval,
} from './figures/chaosProbabilityFigure.js'
export { chaosThreshold, chaosThresholdFigure } from './figures/chaosThresholdFigure.js'
export { claimGallery, drawFigure, figureIds } from './figures/claimGallery.js'
export { convergenceOrderFigure } from './figures/convergenceOrderFigure.js'
export { type CouplingData, couplingFigure } from './figures/couplingFigure.js'
export { cutoffExponentHere, cutoffExponentsFigure, cutoffExponentThere } from './figures/cutoffExponentsFigure.js'
export { type DensityEvolution, type DensityFigureData, densityFigure } from './figures/densityFigure.js'
export { type DensityForAllCutoffsData, densityForAllCutoffsFigure } from './figures/densityForAllCutoffsFigure.js'
export { deviationFigure } from './figures/deviationFigure.js'
export {
  type DeviationScalingData,
  deviationScalingFigure,
  fluctuationExponent,
} from './figures/deviationScalingFigure.js'
export { type DistanceSplitData, distanceSplitFigure } from './figures/distanceSplitFigure.js'
export { type DualityData, dualityFigure } from './figures/dualityFigure.js'
export type { Figure, Trace } from './figures/figure.js'
export { FIGURE_SIZES, type FigureSize, type FigureSizeName, figureForSize } from './figures/figureForSize.js'
export { type ForceFluctuation, forceFluctuationFigure } from './figures/forceFluctuationFigure.js'
export { type ForceTimings, forceErrorFigure, forceTimeFigure, type Timing } from './figures/forceTimingFigures.js'
export { figureGallery } from './figures/gallery.js'
export { type GronwallBudgetData, gronwallBudgetFigure } from './figures/gronwallBudgetFigure.js'
export { type KernelDifferenceData, kernelDifferenceFigure } from './figures/kernelDifferenceFigure.js'
export {
  type FluctuationCurves,
  type LawOfLargeNumbers,
  lawOfLargeNumbersFigure,
} from './figures/lawOfLargeNumbersFigure.js'
export { type Lemma33Data, lemma33Figure } from './figures/lemma33Figure.js'
export { type ForceConstant, lemma34Figure } from './figures/lemma34Figure.js'
export { type Lemma52Data, lemma52Figure } from './figures/lemma52Figure.js'
export { lemma63Figure, type WorstCaseData } from './figures/lemma63Figure.js'
export {
  type LipschitzContrast,
  type LipschitzSeries,
  lipschitzContrastFigure,
} from './figures/lipschitzContrastFigure.js'
export { type GrowthData, type GrowthPoint, logGrowthFigure } from './figures/logGrowthFigure.js'
export { type LogLipschitzData, type LogLipschitzSeries, logLipschitzFigure } from './figures/logLipschitzFigure.js'
export { type MarginalsData, marginalsFigure } from './figures/marginalsFigure.js'
export { type CutoffSeries, type MeanFieldCutoffData, meanFieldCutoffFigure } from './figures/meanFieldCutoffFigure.js'
export {
  type MeanFieldStabilityData,
  meanFieldStabilityFigure,
  type StabilitySeries,
} from './figures/meanFieldStabilityFigure.js'
export {
  type ApproximationPanel,
  particleApproximationFigure,
  predictedExponent,
  type SplitPart,
} from './figures/particleApproximationFigure.js'
export { phaseMovieFigure } from './figures/phaseMovieFigure.js'
export { type ProbabilityCurveData, probabilityCurveFigure } from './figures/probabilityCurveFigure.js'
export { type ProductMeasureData, productMeasureFigure } from './figures/productMeasureFigure.js'
export { PROOF_MAP, type ProofNode, proofMapFigure } from './figures/proofMapFigure.js'
export { type PushForwardData, pushForwardFigure } from './figures/pushForwardFigure.js'
export { largestGamma, printedRate, rateAgainstDeltaFigure } from './figures/rateAgainstDeltaFigure.js'
export { rateExponentsFigure } from './figures/rateExponentsFigure.js'
export { regularisedKernelsFigure } from './figures/regularisedKernelsFigure.js'
export { type Remark45Data, remark45Figure } from './figures/remark45Figure.js'
export { inflection, runningMaximumFigure } from './figures/runningMaximumFigure.js'
export { type SamplingDistanceData, samplingDistanceFigure } from './figures/samplingDistanceFigure.js'
export { type SamplingExponentsData, samplingExponentsFigure } from './figures/samplingExponentsFigure.js'
export { type SamplingTailData, samplingTailFigure } from './figures/samplingTailFigure.js'
export {
  type RateSeries,
  type WassersteinRates,
  wassersteinRatesFigure,
} from './figures/wassersteinRatesFigure.js'
export { type WeakSolutionData, weakSolutionFigure } from './figures/weakSolutionFigure.js'
// The two flows.
export { type ChooseStepOptions, chooseStep } from './flow/chooseStep.js'
export type { ChosenStep, StepTrial } from './flow/chosenStep.js'
export {
  type ConvergenceOptions,
  type ConvergenceProblem,
  type ConvergenceSeries,
  convergenceOrders,
} from './flow/convergenceOrders.js'
// The two flows together, and the mean field they need.
export { type CoupledFlowOptions, type CoupledRun, type CoupledState, coupledFlow } from './flow/coupledFlow.js'
export type { CoupledRecords } from './flow/coupledRecords.js'
export { hermiteState, type Knot, stateAt } from './flow/denseOutput.js'
export { type Deviation, deviation } from './flow/deviation.js'
export type { ErrorBudget } from './flow/errorBudget.js'
export { type EvolvingFieldOptions, evolvingField, type FieldSolver } from './flow/evolveField.js'
// Mean fields in time.
export type { EvolvingField } from './flow/evolvingField.js'
export { circularOrbit, type ExactOrbit, ellipticOrbit, fallThroughCutoff } from './flow/exactOrbits.js'
// Stationary fields, and fields as bytes.
export { fieldFromBytes, fieldToBytes } from './flow/fieldBytes.js'
export { type FieldIdentity, fieldKey } from './flow/fieldKey.js'
export { type Fluctuation, type FluctuationInput, fluctuation, typicalThresholds } from './flow/fluctuation.js'
export { type GridFieldOptions, type GridLimits, type GridResolution, gridField } from './flow/gridField.js'
export { type GridErrors, type GridField, type GridTable, gridFieldOf } from './flow/gridFieldTable.js'
export {
  type InvariantDrift,
  type Invariants,
  type InvariantsOptions,
  invariantDrift,
  invariants,
} from './flow/invariants.js'
export { type LangevinNoise, type LangevinNoiseOptions, langevinNoise } from './flow/langevinNoise.js'
export { majorantField } from './flow/majorantField.js'
export { markersOfLaw } from './flow/markersOfLaw.js'
export { type MeanFieldFlowOptions, meanFieldFlow } from './flow/meanFieldFlow.js'
export {
  type ChaosRate,
  type ChaosRecord,
  chaosDistance,
  type MeasureOfChaos,
  type MeasureOfChaosOptions,
  measureOfChaos,
} from './flow/measureOfChaos.js'
export { type MicroscopicFlowOptions, microscopicFlow } from './flow/microscopicFlow.js'
export { NonFiniteStateError } from './flow/nonFiniteState.js'
export {
  type ExternalForce,
  forceTolerance,
  type PairAcceleration,
  type PairAccelerationOptions,
  pairAcceleration,
} from './flow/pairAcceleration.js'
export { type ParticleField, type ParticleFieldOptions, particleField } from './flow/particleField.js'
export {
  type Acceleration,
  type ParticleStepper,
  type ParticleStepperOptions,
  particleStepper,
} from './flow/particleStepper.js'
export {
  type RadialField,
  type RadialFieldAsyncOptions,
  type RadialFieldOptions,
  radialField,
  radialFieldAsync,
  radialFieldSteps,
} from './flow/radialField.js'
export type { RadialErrors, RadialProgress } from './flow/radialRecord.js'
export {
  readSnapshot,
  restore,
  type SnapshotContent,
  type SnapshotParameters,
  type SteppedState,
  snapshot,
} from './flow/snapshot.js'
export {
  type StationaryDrift,
  type StationaryDriftOptions,
  type StationaryFieldOptions,
  stationaryDrift,
  stationaryField,
} from './flow/stationaryField.js'
export { type StepError, type StepErrorOptions, stepError } from './flow/stepError.js'
export { type SchemeName, type SymplecticScheme, stageOffsets, symplecticScheme } from './flow/symplecticScheme.js'
export type { FlowRecord, Trajectory } from './flow/trajectory.js'
// Force sums.
export { fluctuationTolerance } from './forces/fluctuationTolerance.js'
export { closeForcePool } from './forces/forcePool.js'
export { forces, planForces } from './forces/forces.js'
export { type ForceAsyncOptions, forcesAsync } from './forces/forcesAsync.js'
export { mixedErrorBound } from './forces/mixedError.js'
export { majorantSums, potentialSums } from './forces/pairSums.js'
export type { ForcePoints, TargetsAndSources } from './forces/points.js'
export type {
  ForceArithmetic,
  ForceMethod,
  ForceOptions,
  ForcePlan,
  ForcePrecision,
  ForceResult,
} from './forces/types.js'
// Kernels.
export {
  type ConditionCheck,
  checkRegularisation,
  type GradientConditionCheck,
  type RegularisationCheck,
} from './interaction/checkRegularisation.js'
export { coulombKernel } from './interaction/coulombKernel.js'
export { type CustomKernelOptions, customKernel } from './interaction/customKernel.js'
export { type CutoffKernelOptions, cutoffKernel } from './interaction/cutoffKernel.js'
export { cutoffRadius } from './interaction/cutoffRadius.js'
export type { GradientNorm } from './interaction/gradientNorms.js'
export { euclideanNorm, type Kernel, kernelForce, kernelGradient, maximumNorm } from './interaction/kernel.js'
export { type KernelNorms, kernelNorms } from './interaction/kernelNorms.js'
export {
  extremalMajorant,
  type LipschitzMajorantOptions,
  lipschitzMajorant,
  type RadialMajorant,
} from './interaction/lipschitzMajorant.js'
export { type PowerKernelOptions, powerKernel } from './interaction/powerKernel.js'
export type { ProfileName } from './interaction/profiles.js'
// Initial laws and their mean fields.
export { type BumpOptions, bumpLaw } from './law/bumpLaw.js'
export { type CustomDensityOptions, customLaw } from './law/customLaw.js'
export type { CustomSamplesOptions } from './law/empiricalLaw.js'
export { type GaussianOptions, gaussianLaw } from './law/gaussianLaw.js'
export { type GaussianComponent, type GaussianMixtureOptions, gaussianMixtureLaw } from './law/gaussianMixtureLaw.js'
export { type HourglassOptions, hourglassGradientAtOrigin, hourglassLaw } from './law/hourglassLaw.js'
export type { Envelope } from './law/importanceSampling.js'
export { type KurthOptions, kurthLaw } from './law/kurthLaw.js'
export type { CustomLaw, Law, RadialDensity, RadialTerm } from './law/law.js'
export { lawByName, lawNames } from './law/lawByName.js'
export { type MajorantConvolution, majorantConvolution, type RadialFunction } from './law/majorantConvolution.js'
export { type MeanField, meanField } from './law/meanField.js'
export { type MeanFieldLipschitz, meanFieldLipschitz } from './law/meanFieldLipschitz.js'
export type { PhaseNodes, PhaseResolution } from './law/phaseNodes.js'
export { type PlummerOptions, plummerLaw } from './law/plummerLaw.js'
export { type UniformBallOptions, uniformBallLaw } from './law/uniformBallLaw.js'
export type { ImageFormat } from './notebook/imageService.js'
// Notebook cells and image files.
export { interruptibleWorker } from './notebook/interruptibleWorker.js'
export { type Progress, type ProgressOptions, progress, tracked } from './notebook/progress.js'
export { type ExportFormat, exportFigure, type ImageSize, renderFigure } from './notebook/renderFigure.js'
export { show } from './notebook/show.js'
export { type TableColumns, type TableOptions, type TableValue, table } from './notebook/table.js'
export { tex } from './notebook/tex.js'
export { type CardClaim, verdictCard } from './notebook/verdictCard.js'
// Distances between measures.
export {
  type BottleneckAsyncOptions,
  type BottleneckOptions,
  type BottleneckResult,
  bottleneckDistance,
  bottleneckDistanceAsync,
} from './transport/bottleneckDistance.js'
export {
  expectedW1ToLaw,
  expectedW2SquaredToLaw,
  uniformOneSampleW1,
  uniformOneSampleW2Squared,
  uniformTwoSampleW1,
  uniformTwoSampleW2Squared,
} from './transport/closedForms1d.js'
export { distance1d } from './transport/distance1d.js'
export { distance1dToLaw } from './transport/distance1dToLaw.js'
export { distanceBetween, distanceBetweenAsync } from './transport/distanceBetween.js'
export {
  concentricGaussianDistance,
  gaussianW2,
  type NormalLaw,
  translateDistance,
} from './transport/gaussianDistances.js'
export type { DistanceNorm } from './transport/kdTree.js'
export {
  type OneSampleBracket,
  type OneSampleOptions,
  oneSampleDistance,
  secondSampleBound,
} from './transport/oneSampleDistance.js'
export {
  isotropicGaussianLaw,
  phaseSpaceLaw,
  productLaw,
  type SpaceLaw,
  uniformCubeLaw,
} from './transport/oneSampleLaw.js'
export {
  nearestAtomBound,
  type PotentialOptions,
  type SamplingOptions,
  semiDiscreteBound,
  semiDiscretePotentials,
} from './transport/oneSampleLower.js'
export { partitionBound } from './transport/partitionBound.js'
export { type PointCloud, phaseCloud } from './transport/pointCloud.js'
export { type ProxyBias, type ProxyBiasOptions, twoSampleBias } from './transport/proxyBias.js'
export { exponentialLaw1d, gaussianLaw1d, type Law1d, paretoLaw1d, uniformLaw1d } from './transport/quantileLaw.js'
export type {
  HallViolator,
  SparsePlan,
  TransportDual,
  TransportPlan,
  TransportResult,
  TransportStatus,
} from './transport/transportResult.js'
export { transportGap } from './transport/transportResult.js'
export { type BottleneckCheck, verifyBottleneck } from './transport/verifyBottleneck.js'
export { type TransportVerification, verifyTransport } from './transport/verifyTransport.js'
export {
  type TransportProgress,
  type WassersteinAsyncOptions,
  type WassersteinOptions,
  wassersteinDistance,
  wassersteinDistanceAsync,
} from './transport/wassersteinDistance.js'
export type { GridShape } from './wasm/grid.js'
