/**
 * The split (42)-(44) as stacked bars: what the distance of the particles to the solution is made of.
 */
import { requireShape } from '../../base/shape.js'
import type { PointSummary } from '../../ensemble/store/ensembleSummary.js'
import type { Figure, Trace } from '../theme/figure.js'
import { POINT_SUMMARY } from '../theme/pointSummary.js'
import { axis, figure } from '../theme/theme.js'
import { type DistanceSplitData, splitPieces } from './distanceSplitFigure.js'

/** What {@link distanceSharesFigure} draws: as {@link DistanceSplitData}, of any number of cut-offs. */
export interface DistanceSharesData extends Omit<DistanceSplitData, 'points'> {
  /** Of one law and sign. */
  readonly points: readonly PointSummary[]
}

/**
 * A bar for each cut-off and N, made of the means of the three pieces.
 * @throws TypeError, RangeError if there are no points, or a piece is missing
 */
export function distanceSharesFigure(data: DistanceSharesData): Figure {
  requireShape<DistanceSharesData>('data', data, { points: [POINT_SUMMARY], p: 'number', seed: 'text' })
  const { points, p, seed } = data
  if (points.length === 0) throw new RangeError('points must not be empty')
  const sorted = [...points].sort((a, b) => Number(a.delta) - Number(b.delta) || a.N - b.N)
  const pieces = splitPieces(sorted, p)
  const { law, sigma, t } = sorted[0]!
  const sums = sorted.map((_, k) => pieces.reduce((sum, { means }) => sum + means[k]!.value, 0))
  const sampling = pieces.find(({ key }) => key === 'PhiSecond')!
  const others = sorted.map((_, k) => 1 - sampling.means[k]!.value / sums[k]!)
  const percent = (x: number): string => `${(100 * x).toPrecision(2)} %`
  return figure({
    id: 'distance-shares',
    title: `What W<sub>${p}</sub>(μ<sup>N</sup><sub>t</sub>, f<sub>t</sub>) is made of`,
    caption: `The means of the three distances of the split (42) to (44) at t = ${t} (${law}, σ = ${sigma}), stacked, for each cut-off and N; above each bar, what the dynamics and the cut-off make of it together: ${percent(Math.min(...others))} to ${percent(Math.max(...others))}. All else is sampling.`,
    data: pieces.map(
      ({ name, color, means }, k): Trace => ({
        type: 'bar',
        name,
        x: [sorted.map(({ delta }) => `δ = ${delta}`), sorted.map(({ N }) => String(N))],
        y: means.map(({ value }) => value),
        marker: { color },
        // Above the bar, on the piece that is drawn last.
        ...(k === pieces.length - 1 && { text: others.map(percent), textposition: 'outside', cliponaxis: false }),
      }),
    ),
    layout: {
      barmode: 'stack',
      xaxis: axis('N (number of particles)', { type: 'multicategory', dtick: 1 }),
      yaxis: axis(`W<sub>${p}</sub>  (units of phase space)`, { range: [0, 1.12 * Math.max(...sums)] }),
    },
    table: {
      delta: sorted.map(({ delta }) => Number(delta)),
      N: sorted.map(({ N }) => N),
      ...Object.fromEntries(pieces.map(({ key, means }) => [key, means.map(({ value }) => value)])),
      others,
    },
    provenance: { law, sigma, t, seed, mode: 'measured' },
  })
}
