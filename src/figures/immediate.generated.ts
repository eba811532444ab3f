// Generated from the files of src/figures by scripts/registries.mjs (npm run build).
import type { ImmediateFigure } from './theme/figure.js'
import { beyondAlphaEntry } from './beyond/beyondAlphaFigure.js'
import { beyondNoCutoffEntry } from './beyond/beyondNoCutoffFigure.js'
import { beyondWeightEntry } from './beyond/beyondWeightFigure.js'
import { expectedDistanceEntry } from './beyond/expectedDistanceFigure.js'
import { planeFluctuationsEntry } from './beyond/planeFluctuationsFigure.js'
import { convergenceOrderEntry } from './numerics/convergenceOrderFigure.js'
import { bothSignsEntry } from './section2/bothSignsFigure.js'
import { closingCutoffEntry } from './section2/closingCutoffFigure.js'
import { regularisedKernelsEntry } from './section2/regularisedKernelsFigure.js'
import { clumpsEntry } from './section3/clumpsFigure.js'
import { densityEntry } from './section3/densityFigure.js'
import { lemma34Entry } from './section3/lemma34Figure.js'
import { dualityEntry } from './section4/dualityFigure.js'
import { proofMapEntry } from './section4/proofMapFigure.js'
import { rateAgainstDeltaEntry } from './section4/rateAgainstDeltaFigure.js'
import { chaosThresholdEntry } from './section5/chaosThresholdFigure.js'
import { lemma52Entry } from './section5/lemma52Figure.js'
import { lemma63Entry } from './section6/lemma63Figure.js'
import { lipschitzContrastEntry } from './section6/lipschitzContrastFigure.js'
import { logGrowthEntry } from './section6/logGrowthFigure.js'
import { forceDistributionEntry } from './section7/forceDistributionFigure.js'
import { lawOfLargeNumbersEntry } from './section7/lawOfLargeNumbersFigure.js'
import { runningMaximumEntry } from './section8/runningMaximumFigure.js'
import { kernelDifferenceEntry } from './section9/kernelDifferenceFigure.js'
import { logLipschitzEntry } from './section9/logLipschitzFigure.js'
import { meanFieldCutoffEntry } from './section9/meanFieldCutoffFigure.js'
import { meanFieldStabilityEntry } from './section9/meanFieldStabilityFigure.js'
import { cutoffExponentsEntry } from './section10/cutoffExponentsFigure.js'
import { milderForceEntry } from './section10/milderForceFigure.js'

/** Every figure of src/figures whose data is there at once, by path. */
export const immediateFigures: readonly ImmediateFigure[] = [
  beyondAlphaEntry,
  beyondNoCutoffEntry,
  beyondWeightEntry,
  expectedDistanceEntry,
  planeFluctuationsEntry,
  convergenceOrderEntry,
  bothSignsEntry,
  closingCutoffEntry,
  regularisedKernelsEntry,
  clumpsEntry,
  densityEntry,
  lemma34Entry,
  dualityEntry,
  proofMapEntry,
  rateAgainstDeltaEntry,
  chaosThresholdEntry,
  lemma52Entry,
  lemma63Entry,
  lipschitzContrastEntry,
  logGrowthEntry,
  forceDistributionEntry,
  lawOfLargeNumbersEntry,
  runningMaximumEntry,
  kernelDifferenceEntry,
  logLipschitzEntry,
  meanFieldCutoffEntry,
  meanFieldStabilityEntry,
  cutoffExponentsEntry,
  milderForceEntry,
]
