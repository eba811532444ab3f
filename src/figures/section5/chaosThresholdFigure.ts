/**
 * From which N on Definition 5.1 and (78) say something: log10 N against the cut-off exponent.
 */
import { requireNumber } from '../../base/errors.js'
import type { Figure, ImmediateFigure } from '../theme/figure.js'
import { axis, COLOR, figure, line, linearSpace } from '../theme/theme.js'

/**
 * log10 of the N beyond which J_0 < 1: (lambda T/(1 - 3 delta))^2/ln 10, and with a typical additive term
 * N^(delta - beta), beta -> (1 - delta)/2, four times as much.
 * @source (40)
 * @example chaosThreshold(0.3, 1) // 43.429...
 */
export function chaosThreshold(delta: number, lambdaT: number): number {
  requireNumber('delta', delta, 0, 1 / 3 - Number.EPSILON, 'a number in [0, 1/3)')
  requireNumber('lambdaT', lambdaT, 0, Number.MAX_VALUE, 'a finite number >= 0')
  return (lambdaT / (1 - 3 * delta)) ** 2 / Math.LN10
}

/** The picture; it has no data but the formulas. */
export function chaosThresholdFigure(): Figure {
  const delta = linearSpace(0, 0.32, 129)
  const curves = [
    { name: 'λT = 1', lambdaT: 1, color: COLOR.blue, dash: 'solid' },
    { name: 'λT = 10', lambdaT: 10, color: COLOR.orange, dash: 'dash' },
    { name: 'λT = 100', lambdaT: 100, color: COLOR.vermillion, dash: 'dot' },
  ].map(curve => ({ ...curve, printed: delta.map(d => chaosThreshold(d, curve.lambdaT)) }))
  const repaired = delta.map(d => 4 * chaosThreshold(d, 1))
  return figure({
    id: 'chaos-threshold',
    title: 'From which N on does the measure of chaos start below 1?',
    caption:
      'The logarithm of the N beyond which J is below 1 at time 0, so that the process of Definition 5.1 says anything, against the cut-off exponent: with the constants of the proof lambda T is above 1000, off this picture.',
    data: [
      ...curves.map(({ name, printed, color, dash }) => line(name, delta, printed, color, { dash })),
      line('λT = 1, with a typical B<sub>t</sub>', delta, repaired, COLOR.purple, { dash: 'dashdot' }),
      line('80: atoms in the universe', [0, 0.32], [80, 80], COLOR.grey, { dash: 'longdashdot', width: 1.5 }),
    ],
    layout: {
      xaxis: axis('δ, cut-off exponent  (no unit)', { range: [0, 0.325] }),
      yaxis: axis('log<sub>10</sub> N  (no unit)', { type: 'log', dtick: 1 }),
    },
    table: {
      delta,
      ...Object.fromEntries(curves.map(({ lambdaT, printed }) => [`lambda T = ${lambdaT}`, printed])),
      'lambda T = 1, typical': repaired,
    },
    provenance: { formulas: '(40)' },
  })
}

/** The figure with its data, for the gallery. */
export const chaosThresholdEntry: ImmediateFigure<void> = {
  id: 'chaos-threshold',
  seen: 'From which N on the measure of chaos starts below 1',
  data: () => undefined,
  draw: chaosThresholdFigure,
}
