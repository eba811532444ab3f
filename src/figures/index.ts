// Pure functions from data to Plotly figures.
export { type BeyondNoCutoffData, beyondNoCutoffFigure, type MeasuredExponent } from './beyondNoCutoffFigure.js'
export { type BothSignsData, bothSignsFigure } from './bothSignsFigure.js'
export {
  type ChaosProbabilityData,
  chaosProbabilityFigure,
  type ProbabilityInterval,
} from './chaosProbabilityFigure.js'
export { chaosThreshold, chaosThresholdFigure } from './chaosThresholdFigure.js'
export { claimGallery, drawFigure, figureIds } from './claimGallery.js'
export { convergenceOrderFigure } from './convergenceOrderFigure.js'
export { type CouplingData, couplingFigure } from './couplingFigure.js'
export { cutoffExponentHere, cutoffExponentsFigure, cutoffExponentThere } from './cutoffExponentsFigure.js'
export { type DensityEvolution, type DensityFigureData, densityFigure } from './densityFigure.js'
export { type DensityForAllCutoffsData, densityForAllCutoffsFigure } from './densityForAllCutoffsFigure.js'
export { deviationFigure } from './deviationFigure.js'
export { type DeviationScalingData, deviationScalingFigure, fluctuationExponent } from './deviationScalingFigure.js'
export { type DistanceSplitData, distanceSplitFigure } from './distanceSplitFigure.js'
export { type DualityData, dualityFigure } from './dualityFigure.js'
export type { Drawing, Figure, Trace } from './figure.js'
export { FIGURE_SIZES, type FigureSize, type FigureSizeName, figureForSize } from './figureForSize.js'
export { type ForceFluctuation, forceFluctuationFigure } from './forceFluctuationFigure.js'
export { type ForceTimings, forceErrorFigure, forceTimeFigure, type Timing } from './forceTimingFigures.js'
export { figureGallery } from './gallery.js'
export { type GronwallBudgetData, gronwallBudgetFigure } from './gronwallBudgetFigure.js'
export { type KernelDifferenceData, kernelDifferenceFigure } from './kernelDifferenceFigure.js'
export { type FluctuationCurves, type LawOfLargeNumbers, lawOfLargeNumbersFigure } from './lawOfLargeNumbersFigure.js'
export { type Lemma33Data, lemma33Figure } from './lemma33Figure.js'
export { type ForceConstant, lemma34Figure } from './lemma34Figure.js'
export { type Lemma52Data, lemma52Figure } from './lemma52Figure.js'
export { lemma63Figure, type WorstCaseData } from './lemma63Figure.js'
export { type LipschitzContrast, type LipschitzSeries, lipschitzContrastFigure } from './lipschitzContrastFigure.js'
export { type GrowthData, type GrowthPoint, logGrowthFigure } from './logGrowthFigure.js'
export { type LogLipschitzData, type LogLipschitzSeries, logLipschitzFigure } from './logLipschitzFigure.js'
export { type MarginalsData, marginalsFigure } from './marginalsFigure.js'
export { type CutoffSeries, type MeanFieldCutoffData, meanFieldCutoffFigure } from './meanFieldCutoffFigure.js'
export {
  type MeanFieldStabilityData,
  meanFieldStabilityFigure,
  type StabilitySeries,
} from './meanFieldStabilityFigure.js'
export {
  type ApproximationPanel,
  particleApproximationFigure,
  predictedExponent,
  type SplitPart,
} from './particleApproximationFigure.js'
export { phaseMovieFigure } from './phaseMovieFigure.js'
export { type ProbabilityCurveData, probabilityCurveFigure } from './probabilityCurveFigure.js'
export { type ProductMeasureData, productMeasureFigure } from './productMeasureFigure.js'
export { PROOF_MAP, type ProofNode, proofMapFigure } from './proofMapFigure.js'
export { type PushForwardData, pushForwardFigure } from './pushForwardFigure.js'
export { largestGamma, printedRate, rateAgainstDeltaFigure } from './rateAgainstDeltaFigure.js'
export { rateExponentsFigure } from './rateExponentsFigure.js'
export { regularisedKernelsFigure } from './regularisedKernelsFigure.js'
export { type Remark45Data, remark45Figure } from './remark45Figure.js'
export { inflection, runningMaximumFigure } from './runningMaximumFigure.js'
export { type SamplingDistanceData, samplingDistanceFigure } from './samplingDistanceFigure.js'
export { type SamplingExponentsData, samplingExponentsFigure } from './samplingExponentsFigure.js'
export { type SamplingTailData, samplingTailFigure } from './samplingTailFigure.js'
export { type RateSeries, type WassersteinRates, wassersteinRatesFigure } from './wassersteinRatesFigure.js'
export { type WeakSolutionData, weakSolutionFigure } from './weakSolutionFigure.js'
