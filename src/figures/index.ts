// Pure functions from data to Plotly figures.
export { type BeyondNoCutoffData, beyondNoCutoffFigure, type MeasuredExponent } from './beyond/beyondNoCutoffFigure.js'
export { claimGallery, drawFigure, figureGallery, figureIds } from './gallery.js'
export { convergenceOrderFigure } from './numerics/convergenceOrderFigure.js'
export { type ForceTimings, forceErrorFigure, forceTimeFigure, type Timing } from './numerics/forceTimingFigures.js'
export { type BothSignsData, bothSignsFigure } from './section2/bothSignsFigure.js'
export { closingCutoffFigure, cutoffRadiusFigure } from './section2/closingCutoffFigure.js'
export { type PhasePlaneData, phasePlaneFigure } from './section2/phasePlaneFigure.js'
export { type PushForwardData, pushForwardFigure } from './section2/pushForwardFigure.js'
export { regularisedKernelsFigure } from './section2/regularisedKernelsFigure.js'
export { type WeakSolutionData, weakSolutionFigure } from './section2/weakSolutionFigure.js'
export { type DensityEvolution, type DensityFigureData, densityFigure } from './section3/densityFigure.js'
export { type DensityForAllCutoffsData, densityForAllCutoffsFigure } from './section3/densityForAllCutoffsFigure.js'
export { type Lemma33Data, lemma33Figure } from './section3/lemma33Figure.js'
export { type ForceConstant, lemma34Figure } from './section3/lemma34Figure.js'
export { type BadBeginningsData, badBeginningsFigure } from './section4/badBeginningsFigure.js'
export {
  type ChaosProbabilityData,
  chaosProbabilityFigure,
  type ProbabilityInterval,
} from './section4/chaosProbabilityFigure.js'
export { type CloudOptions, type CloudRun, cloudFigure } from './section4/cloudFigure.js'
export { type CloudPairOptions, cloudPairFigure } from './section4/cloudPairFigure.js'
export { type CouplingData, couplingFigure } from './section4/couplingFigure.js'
export { deviationFigure } from './section4/deviationFigure.js'
export {
  type DeviationScalingData,
  deviationScalingFigure,
  fluctuationExponent,
} from './section4/deviationScalingFigure.js'
export { type DistanceSharesData, distanceSharesFigure } from './section4/distanceSharesFigure.js'
export { type DistanceSplitData, distanceSplitFigure } from './section4/distanceSplitFigure.js'
export { type DualityData, dualityFigure } from './section4/dualityFigure.js'
export { type MarginalsData, marginalsFigure } from './section4/marginalsFigure.js'
export {
  type ApproximationPanel,
  particleApproximationFigure,
  predictedExponent,
  type SplitPart,
} from './section4/particleApproximationFigure.js'
export { phaseMovieFigure } from './section4/phaseMovieFigure.js'
export { type ProbabilityCurveData, probabilityCurveFigure } from './section4/probabilityCurveFigure.js'
export { type ProductMeasureData, productMeasureFigure } from './section4/productMeasureFigure.js'
export { PROOF_MAP, type ProofNode, proofMapFigure } from './section4/proofMapFigure.js'
export { largestGamma, printedRate, rateAgainstDeltaFigure } from './section4/rateAgainstDeltaFigure.js'
export { type Remark45Data, remark45Figure } from './section4/remark45Figure.js'
export { type SplittingData, type SplittingStage, splittingFigure } from './section4/splittingFigure.js'
export { type TailCurveData, tailCurveFigure } from './section4/tailCurveFigure.js'
export { type TubesData, tubesFigure } from './section4/tubesFigure.js'
export { chaosThreshold, chaosThresholdFigure } from './section5/chaosThresholdFigure.js'
export { type Lemma52Data, lemma52Figure } from './section5/lemma52Figure.js'
export { lemma63Figure, type WorstCaseData } from './section6/lemma63Figure.js'
export {
  type LipschitzContrast,
  type LipschitzSeries,
  lipschitzContrastFigure,
} from './section6/lipschitzContrastFigure.js'
export { type GrowthData, type GrowthPoint, logGrowthFigure } from './section6/logGrowthFigure.js'
export { type ForceFluctuation, forceFluctuationFigure } from './section7/forceFluctuationFigure.js'
export { type ForceTailData, type ForceTailSeries, forceTailFigure } from './section7/forceTailFigure.js'
export {
  type FluctuationCurves,
  type LawOfLargeNumbers,
  lawOfLargeNumbersFigure,
} from './section7/lawOfLargeNumbersFigure.js'
export { type GronwallBudgetData, gronwallBudgetFigure } from './section8/gronwallBudgetFigure.js'
export { inflection, runningMaximumFigure } from './section8/runningMaximumFigure.js'
export { type KernelDifferenceData, kernelDifferenceFigure } from './section9/kernelDifferenceFigure.js'
export { type LogLipschitzData, type LogLipschitzSeries, logLipschitzFigure } from './section9/logLipschitzFigure.js'
export { type CutoffSeries, type MeanFieldCutoffData, meanFieldCutoffFigure } from './section9/meanFieldCutoffFigure.js'
export {
  type MeanFieldStabilityData,
  meanFieldStabilityFigure,
  type StabilitySeries,
} from './section9/meanFieldStabilityFigure.js'
export { rateExponentsFigure } from './section9/rateExponentsFigure.js'
export { type SamplingDistanceData, samplingDistanceFigure } from './section9/samplingDistanceFigure.js'
export { type SamplingExponentsData, samplingExponentsFigure } from './section9/samplingExponentsFigure.js'
export { type SamplingTailData, samplingTailFigure } from './section9/samplingTailFigure.js'
export { type WassersteinRates, wassersteinRatesFigure } from './section9/wassersteinRatesFigure.js'
export { cutoffExponentHere, cutoffExponentsFigure, cutoffExponentThere } from './section10/cutoffExponentsFigure.js'
export type { Drawing, Figure, Trace } from './theme/figure.js'
export { FIGURE_SIZES, type FigureSize, type FigureSizeName, figureForSize } from './theme/figureForSize.js'
export { type MovieOptions, movieFigure } from './theme/movieFigure.js'
