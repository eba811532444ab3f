// Generated from the files of src/figures by scripts/registries.mjs (npm run build).
import type { GalleryFigure } from './theme/figure.js'
import { phasePlaneEntry } from './section2/phasePlaneFigure.js'
import { pushForwardEntry } from './section2/pushForwardFigure.js'
import { weakSolutionEntry } from './section2/weakSolutionFigure.js'
import { densityForAllCutoffsEntry } from './section3/densityForAllCutoffsFigure.js'
import { lemma33Entry } from './section3/lemma33Figure.js'
import { chaosProbabilityEntry } from './section4/chaosProbabilityFigure.js'
import { marginalsEntry } from './section4/marginalsFigure.js'
import { particleApproximationEntry } from './section4/particleApproximationFigure.js'
import { productMeasureEntry } from './section4/productMeasureFigure.js'
import { remark45Entry } from './section4/remark45Figure.js'
import { tubesEntry } from './section4/tubesFigure.js'
import { forceTailEntry } from './section7/forceTailFigure.js'
import { gronwallBudgetEntry } from './section8/gronwallBudgetFigure.js'
import { samplingDistanceEntry } from './section9/samplingDistanceFigure.js'
import { samplingExponentsEntry } from './section9/samplingExponentsFigure.js'

/** Every figure of src/figures that takes runs or records of claims, by path. */
export const awaitedFigures: readonly GalleryFigure[] = [
  phasePlaneEntry,
  pushForwardEntry,
  weakSolutionEntry,
  densityForAllCutoffsEntry,
  lemma33Entry,
  chaosProbabilityEntry,
  marginalsEntry,
  particleApproximationEntry,
  productMeasureEntry,
  remark45Entry,
  tubesEntry,
  forceTailEntry,
  gronwallBudgetEntry,
  samplingDistanceEntry,
  samplingExponentsEntry,
]
