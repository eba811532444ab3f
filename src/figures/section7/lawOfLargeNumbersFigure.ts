/**
 * Section 7 in one picture: the fluctuations of forces and of the majorant against N, beside the thresholds of
 * Definition 7.1.
 */

import { sourceOf } from '../../attacks/section7/sampledFluctuations.js'
import { requireLength } from '../../base/errors.js'
import { requireShape } from '../../base/shape.js'
import { median } from '../../base/statistics/bootstrapSlope.js'
import { meanAndStandardError } from '../../base/statistics/statistics.js'
import { normalMaximumMedian } from '../../concentration/extrapolation.js'
import { measureFluctuations } from '../../concentration/fluctuations.js'
import { secondMoments } from '../../concentration/secondMoments.js'
import { uniformBallLaw } from '../../law/uniformBallLaw.js'
import type { Figure, ImmediateFigure } from '../theme/figure.js'
import { COLOR, figure, line, logAxis, points } from '../theme/theme.js'

/** The fluctuations of one sum; lines on the grid `N`, measurements on the grid `measuredN`. */
export interface FluctuationCurves {
  readonly N: readonly number[]
  /** Exact root mean square of one particle's deviation. */
  readonly exact: readonly number[]
  /** Median of the largest deviation if it were normal with that root mean square. */
  readonly typicalMaximum: readonly number[]
  /** The printed threshold. */
  readonly threshold: readonly number[]
  /** Exponent of N in the limit. */
  readonly limit: number
  readonly measuredN: readonly number[]
  /** Measured root mean square. */
  readonly rms: readonly number[]
  /** Measured median of the largest deviation. */
  readonly maximum: readonly number[]
}

/** What {@link lawOfLargeNumbersFigure} draws. */
export interface LawOfLargeNumbers {
  /** K - Kbar, for B_t. */
  readonly force: FluctuationCurves
  /** L - Lbar, for C_t. */
  readonly majorant: FluctuationCurves
  readonly delta: number
  readonly law: string
  readonly seed: string
}

/**
 * Fluctuations of forces and of the majorant against N, beside the thresholds of Definition 7.1.
 * @throws RangeError if columns differ in length
 */
export function lawOfLargeNumbersFigure(data: LawOfLargeNumbers): Figure {
  requireShape<LawOfLargeNumbers>('data', data, {
    force: {
      N: 'numbers',
      exact: 'numbers',
      typicalMaximum: 'numbers',
      threshold: 'numbers',
      limit: 'number',
      measuredN: 'numbers',
      rms: 'numbers',
      maximum: 'numbers',
    },
    majorant: {
      N: 'numbers',
      exact: 'numbers',
      typicalMaximum: 'numbers',
      threshold: 'numbers',
      limit: 'number',
      measuredN: 'numbers',
      rms: 'numbers',
      maximum: 'numbers',
    },
    delta: 'number',
    law: 'text',
    seed: 'text',
  })
  const { force, majorant, delta, law, seed } = data
  return figure({
    id: 'law-of-large-numbers',
    title: 'Which thresholds do independent particles meet?',
    caption: `Fluctuations of the force (left) and of the majorant (right) on independent particles (${law}, δ = ${delta}): measured, exact, and the thresholds of Definition 7.1. The threshold of B falls faster than the fluctuation; the median of the largest is below the threshold 1 of C from about N = 10^9 on.`,
    data: [...panel(force, ''), ...panel(majorant, '2')],
    layout: {
      xaxis: logAxis('N (number of particles)', force.N, { domain: [0, 0.44], dtick: 2 }),
      yaxis: logAxis('|K − K̄|  (force per unit mass)', [...force.threshold, ...force.typicalMaximum]),
      xaxis2: logAxis('N (number of particles)', majorant.N, { domain: [0.58, 1], anchor: 'y2', dtick: 2 }),
      yaxis2: logAxis('|L − L̄|  (1 / length³)', [...majorant.exact, ...majorant.typicalMaximum], { anchor: 'x2' }),
    },
    table: {
      sum: [...force.measuredN.map(() => 'force'), ...majorant.measuredN.map(() => 'majorant')],
      N: [...force.measuredN, ...majorant.measuredN],
      rms: [...force.rms, ...majorant.rms],
      medianOfMaximum: [...force.maximum, ...majorant.maximum],
    },
    provenance: { law, delta, seed, mode: 'sampled; exact by quadrature' },
  })
}

function panel(curves: FluctuationCurves, axes: '' | '2'): ReturnType<typeof line>[] {
  const { N, exact, typicalMaximum, threshold, limit, measuredN, rms, maximum } = curves
  for (const [name, column] of Object.entries({ exact, typicalMaximum, threshold }))
    requireLength(name, column, N.length)
  for (const [name, column] of Object.entries({ rms, maximum })) requireLength(name, column, measuredN.length)
  const place = { xaxis: `x${axes}`, yaxis: `y${axes}`, showlegend: axes === '' }
  const [lastN, last] = [N.at(-1)!, exact.at(-1)!]
  return [
    line('rms, exact', N, exact, COLOR.blue, place),
    line('median of max, if normal', N, typicalMaximum, COLOR.green, { dash: 'dashdot', ...place }),
    line(
      'limiting power of N',
      N,
      N.map(n => last * (n / lastN) ** limit),
      COLOR.grey,
      { dash: 'dash', width: 1.5, ...place },
    ),
    line('printed threshold', N, threshold, COLOR.vermillion, { dash: 'dot', ...place }),
    points('rms, measured', measuredN, rms, COLOR.ink, place),
    points('median of max, measured', measuredN, maximum, COLOR.ink, { symbol: 'diamond-open', ...place }),
  ]
}

/** The figure with its data, for the gallery. */
export const lawOfLargeNumbersEntry: ImmediateFigure<LawOfLargeNumbers> = {
  id: 'law-of-large-numbers',
  seen: 'Fluctuations of independent particles, and the thresholds of Definition 7.1',
  data() {
    const delta = 0.2
    const seed = 'gallery/law-of-large-numbers'
    const law = uniformBallLaw()
    const N = Array.from({ length: 22 }, (_, k) => Math.round(32 * 10 ** (k / 2)))
    const measuredN = [32, 128, 512, 2048]
    const curves = (set: 'B' | 'C'): FluctuationCurves => {
      const exact = N.map(n => Math.sqrt(secondMoments(law, sourceOf(set, n, delta), 1e-6).deviation(n).value))
      const found = measuredN.map(n =>
        measureFluctuations(law, sourceOf(set, n, delta), { N: n, replicates: n > 1000 ? 20 : 60, seed }),
      )
      return {
        N,
        exact,
        typicalMaximum: exact.map((value, k) => value * normalMaximumMedian(Math.log(N[k]!))),
        threshold: N.map(n => (set === 'B' ? n ** (2 * delta - 1) : 1)),
        limit: set === 'B' ? -(1 - delta) / 2 : -(1 - 3 * delta) / 2,
        measuredN,
        rms: found.map(({ meanSquare }) => Math.sqrt(meanAndStandardError(meanSquare).mean)),
        maximum: found.map(({ maximum }) => median(maximum)),
      }
    }
    return { force: curves('B'), majorant: curves('C'), delta, law: 'uniform ball', seed }
  },
  draw: lawOfLargeNumbersFigure,
}
