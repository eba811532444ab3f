/**
 * Lemma 6.1 in one picture: l*rho against N beside a logarithm and the root of a logarithm, and the local exponent
 * that tells the two apart.
 */

import { convolutionSupremum } from '../../attacks/section6/lemma61Constants.js'
import { centralConvolution } from '../../attacks/section6/lemma61Growth.js'
import { requireShape } from '../../base/shape.js'
import { ESTIMATE, type Estimate } from '../../base/statistics/estimate.js'
import { uniformBallLaw } from '../../law/uniformBallLaw.js'
import type { Figure, ImmediateFigure } from '../theme/figure.js'
import { axis, COLOR, figure, line, logAxis, points } from '../theme/theme.js'

/** One measured point. */
export interface GrowthPoint {
  /** log10 N, so that astronomically large N fit. */
  readonly log10N: number
  /** ||l*rho||_inf for the fixed density, with its error. */
  readonly value: Estimate
  /** The largest possible value of ||l*rho||_inf over all densities with the same ||rho||_1 + ||rho||_inf. */
  readonly supremum: number
}

/** What {@link logGrowthFigure} draws. */
export interface GrowthData {
  readonly points: readonly GrowthPoint[]
  /** Name of the density. */
  readonly law: string
  readonly gamma: number
  readonly c: number
}

/**
 * l*rho against N beside a logarithm and its root, and the local exponent that tells the two apart.
 * @param data at least three points, ordered by N
 * @throws RangeError with fewer
 */
export function logGrowthFigure(data: GrowthData): Figure {
  requireShape<GrowthData>('data', data, {
    points: [{ log10N: 'number', value: ESTIMATE, supremum: 'number' }],
    law: 'text',
    gamma: 'number',
    c: 'number',
  })
  const { points: measured, law, gamma, c } = data
  if (measured.length < 3) throw new RangeError(`points must have length >= 3, got ${measured.length}`)
  const logN = measured.map(point => point.log10N)
  const value = measured.map(point => point.value.value)
  const last = measured.length - 1
  // Both growths are drawn through the last point: only the shape is compared.
  const end = measured[last]!
  const linear = logN.map(x => (end.value.value * x) / end.log10N)
  const root = logN.map(x => end.value.value * Math.sqrt(x / end.log10N))
  const middle = logN.slice(0, last).map((x, i) => Math.sqrt(x * logN[i + 1]!))
  const exponent = middle.map((_, i) => Math.log(value[i + 1]! / value[i]!) / Math.log(logN[i + 1]! / logN[i]!))
  const errors = measured.map(point => 0.5 * (point.value.high - point.value.low))
  return figure({
    id: 'log-growth',
    title: 'Lemma 6.1: the growth is log N, not √(log N)',
    caption: `The convolution of the majorant with a fixed density (${law}) grows like log N: its local exponent in log N tends to 1, while the printed root would keep it at 1/2.`,
    data: [
      line(
        'largest over all ρ of this norm (exact)',
        logN,
        measured.map(point => point.supremum),
        COLOR.green,
        { dash: 'dashdot' },
      ),
      line('∝ log N', logN, linear, COLOR.blue, { dash: 'dash' }),
      line('∝ √log N, as printed', logN, root, COLOR.vermillion, { dash: 'dot' }),
      points(`measured, ρ = ${law}`, logN, value, COLOR.ink, {
        error_y: { type: 'data', array: errors, visible: true, thickness: 1 },
      }),
      points('local exponent', middle, exponent, COLOR.ink, {
        symbol: 'diamond',
        xaxis: 'x2',
        yaxis: 'y2',
        showlegend: false,
      }),
      line('1', [logN[0]!, logN[last]!], [1, 1], COLOR.blue, {
        dash: 'dash',
        xaxis: 'x2',
        yaxis: 'y2',
        showlegend: false,
      }),
      line('1/2', [logN[0]!, logN[last]!], [0.5, 0.5], COLOR.vermillion, {
        dash: 'dot',
        xaxis: 'x2',
        yaxis: 'y2',
        showlegend: false,
      }),
    ],
    layout: {
      xaxis: logAxis('log<sub>10</sub> N', logN, { domain: [0, 0.52] }),
      yaxis: logAxis('‖l∗ρ‖<sub>∞</sub> / c  (mass / length³)', value),
      xaxis2: logAxis('log<sub>10</sub> N', logN, { domain: [0.64, 1], anchor: 'y2' }),
      yaxis2: axis('local exponent of ‖l∗ρ‖<sub>∞</sub> in log N', { anchor: 'x2', range: [0.3, 1.1] }),
    },
    table: {
      log10N: logN,
      value,
      low: measured.map(point => point.value.low),
      high: measured.map(point => point.value.high),
      supremum: measured.map(point => point.supremum),
    },
    provenance: { law, gamma: Number(gamma.toPrecision(4)), c, mode: 'quadrature, no sampling' },
  })
}

/** The figure with its data, for the gallery. */
export const logGrowthEntry: ImmediateFigure<GrowthData> = {
  id: 'log-growth',
  seen: 'The majorant against a density grows like log N (Lemma 6.1)',
  data() {
    const [gamma, c] = [0.3, 1]
    const rho = uniformBallLaw().radial!
    const norm = 1 + uniformBallLaw().rhoSup
    const points = [1, 2, 4, 8, 16, 32, 64, 128, 256].map(log10N => {
      const logN = log10N * Math.LN10
      // For densities with the same ||rho||_1 + ||rho||_inf as the ball.
      const supremum = convolutionSupremum({ logN, gamma, c }).value * norm
      return { log10N, value: centralConvolution({ logN, gamma, c }, rho), supremum }
    })
    return { points, law: 'uniform ball', gamma, c }
  },
  draw: logGrowthFigure,
}
