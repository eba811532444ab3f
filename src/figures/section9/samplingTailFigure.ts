/**
 * Heavy tails in Theorem 9.3: the probability of large sampling distances, and the moment term that takes over.
 */

import { requireLength } from '../../base/errors.js'
import { requireShape } from '../../base/shape.js'
import type { Figure } from '../theme/figure.js'
import { COLOR, figure, line, logAxis, points } from '../theme/theme.js'

/** What {@link samplingTailFigure} draws. */
export interface SamplingTailData {
  readonly N: number
  readonly series: readonly {
    readonly name: string
    /** xi over the median of W_1. */
    readonly ratio: readonly number[]
    /** P[W_1 > xi], estimated; zeros are left out. */
    readonly probability: readonly number[]
    /** What the moment term N (N xi)^-alpha gives at the same places, for heavy tails. */
    readonly moment?: readonly number[]
  }[]
  /** Number of samples behind each probability. */
  readonly replicates: number
  readonly provenance: Readonly<Record<string, number | string>>
}

const STYLES = [
  { color: COLOR.vermillion, symbol: 'square' },
  { color: COLOR.blue, symbol: 'circle' },
]

/** Log-log: power laws are straight, Gaussian tails fall off. Bars are two standard errors. */
export function samplingTailFigure(data: SamplingTailData): Figure {
  requireShape<SamplingTailData>('data', data, {
    N: 'number',
    series: [{ name: 'text', ratio: 'numbers', probability: 'numbers', moment: { optional: 'numbers' } }],
    replicates: 'number',
    provenance: 'record',
  })
  const { N, series, replicates, provenance } = data
  for (const { name, ratio, probability } of series) requireLength(name, probability, ratio.length)
  const ratios = series.flatMap(({ ratio }) => [...ratio])
  return figure({
    id: 'sampling-tails',
    title: `How unlikely is a bad sample? N = ${N} points on the line`,
    caption:
      'Probability that the distance W₁ of a sample from its law exceeds a multiple of its median: for a law with bounded support it falls off ever more steeply, for a heavy-tailed one it follows the moment term of Theorem 9.3, a power law.',
    data: series.flatMap(({ name, ratio, probability, moment }, i) => {
      const { color, symbol } = STYLES[i % STYLES.length]!
      const keep = ratio.map((_, k) => k).filter(k => probability[k]! > 0)
      const at = (values: readonly number[]): number[] => keep.map(k => values[k]!)
      const error = at(probability).map(q => 2 * Math.sqrt((q * (1 - q)) / replicates))
      const measured = points(`${name}, measured`, at(ratio), at(probability), color, {
        symbol,
        error_y: { type: 'data', array: error, thickness: 1.3 },
      })
      if (moment === undefined) return [measured]
      const far = ratio.map((_, k) => k).filter(k => moment[k]! < 0.5)
      const [x, y] = [far.map(k => ratio[k]!), far.map(k => moment[k]!)]
      return [measured, line('moment term N (Nξ)<sup>−α</sup>', x, y, COLOR.ink, { dash: 'dash', width: 1.8 })]
    }),
    layout: {
      xaxis: logAxis('ξ / median of W<sub>1</sub>  (no unit)', ratios),
      yaxis: logAxis('P[W<sub>1</sub> > ξ]', [1, 1 / replicates], { range: [-4.4, 0.15] }),
    },
    table: {
      law: series.flatMap(({ name, ratio }) => ratio.map(() => name)),
      ratio: ratios,
      probability: series.flatMap(({ probability }) => [...probability]),
    },
    provenance,
  })
}
