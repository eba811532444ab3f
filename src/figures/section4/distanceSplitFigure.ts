/**
 * The split (42)-(44) measured: the three pieces of W_p(mu^N_t, f_t) against N.
 */

import { requireShape } from '../../base/shape.js'
import type { Estimate } from '../../base/statistics/estimate.js'
import type { PointSummary } from '../../ensemble/store/ensembleSummary.js'
import type { Figure, Trace } from '../theme/figure.js'
import { POINT_SUMMARY } from '../theme/pointSummary.js'
import { axis, COLOR, figure, intervalBars, line, logAxis, sizeTicks } from '../theme/theme.js'

/** What {@link distanceSplitFigure} draws. */
export interface DistanceSplitData {
  /** Of one law, sign and cut-off exponent, with the means of `W1PsiPhi`, `W1PhiSecond`, `W1Cutoff` (or W2). */
  readonly points: readonly PointSummary[]
  /** Order of the distance. */
  readonly p: 1 | 2
  readonly seed: string
}

/** One of the three pieces of the split. */
export interface SplitPiece {
  /** After W1 or W2 in the columns of ensembles. */
  readonly key: string
  readonly name: string
  readonly color: string
  readonly symbol: string
  readonly dash: string
}

const PIECES: readonly SplitPiece[] = [
  { key: 'PhiSecond', name: '(43) sampling, two samples', color: COLOR.orange, symbol: 'diamond', dash: 'dash' },
  { key: 'PsiPhi', name: '(42) particles to mean field flow', color: COLOR.blue, symbol: 'circle', dash: 'solid' },
  { key: 'Cutoff', name: '(44) cut-off', color: COLOR.green, symbol: 'square', dash: 'dot' },
]

/** The three pieces with their means at each point. @throws RangeError if one is missing */
export function splitPieces(
  points: readonly PointSummary[],
  p: number,
): (SplitPiece & { readonly means: readonly Estimate[] })[] {
  return PIECES.map(piece => ({
    ...piece,
    means: points.map(({ means }) => {
      const mean = means[`W${p}${piece.key}`]
      if (mean === undefined) throw new RangeError(`points must hold means of W${p}${piece.key}`)
      return mean
    }),
  }))
}

/**
 * The three pieces of (42)-(44) against N, each with its slope.
 * @throws RangeError if there are no points, or a piece is missing
 */
export function distanceSplitFigure(data: DistanceSplitData): Figure {
  requireShape<DistanceSplitData>('data', data, {
    points: [POINT_SUMMARY],
    p: 'number',
    seed: 'text',
  })
  const { points, p, seed } = data
  if (points.length === 0) throw new RangeError('points must not be empty')
  const sorted = [...points].sort((a, b) => a.N - b.N)
  const N = sorted.map(point => point.N)
  const pieces = splitPieces(sorted, p)
  const { law, delta, sigma, t } = sorted[0]!
  const traces: Trace[] = pieces.map(({ name, color, symbol, dash, means }) =>
    line(
      name,
      N,
      means.map(({ value }) => value),
      color,
      {
        dash,
        mode: 'lines+markers',
        marker: { symbol, size: 9 },
        error_y: intervalBars(means),
      },
    ),
  )
  const last = pieces[0]!.means.at(-1)!.value
  traces.push(
    line(
      'N<sup>−1/6</sup> through the last point',
      N,
      N.map(n => last * (n / N.at(-1)!) ** (-1 / 6)),
      COLOR.grey,
      { dash: 'longdashdot', width: 1.5 },
    ),
  )
  return figure({
    id: 'distance-split',
    title: `The three pieces of W<sub>${p}</sub>(μ<sup>N</sup><sub>t</sub>, f<sub>t</sub>), δ = ${delta}`,
    caption: `Means over replicates of the three distances of the split (42) to (44) at t = ${t} (${law}, σ = ${sigma}), exact optimal transport in phase space, with bootstrap intervals: sampling dwarfs the dynamics.`,
    data: traces,
    layout: {
      xaxis: logAxis('N (number of particles)', N, sizeTicks(N)),
      yaxis: axis(`W<sub>${p}</sub>  (units of phase space)`, { type: 'log' }),
    },
    table: {
      N,
      ...Object.fromEntries(
        pieces.flatMap(({ key, means }) => [
          [key, means.map(({ value }) => value)],
          [`${key} low`, means.map(({ low }) => low)],
          [`${key} high`, means.map(({ high }) => high)],
        ]),
      ),
    },
    provenance: { law, sigma, delta, t, seed, mode: 'measured' },
  })
}
