/**
 * The rate of Theorem 4.4 against the cut-off exponent: the printed (38), which tends to 0 near delta = 1/3 only, and
 * what its proof gives.
 */
import { requireNumber } from '../../base/errors.js'
import type { Figure, ImmediateFigure } from '../theme/figure.js'
import { axis, COLOR, figure, line, linearSpace, points } from '../theme/theme.js'

/** sup of the gammas that Theorem 4.4 admits: min{1/6, 1/(2p), delta}. @example largestGamma(0.1, 1) // 0.1 */
export function largestGamma(delta: number, p: number): number {
  requireNumber('delta', delta, 0, Number.MAX_VALUE, 'a finite number >= 0')
  requireNumber('p', p, 1, Number.POSITIVE_INFINITY)
  return Math.min(1 / 6, 1 / (2 * p), delta)
}

/** The exponent of N in (38) at that gamma, -gamma + 1 - 3 delta. @example printedRate(5 / 18, 1) // 0 */
export function printedRate(delta: number, p: number): number {
  return 1 - 3 * delta - largestGamma(delta, p)
}

/** The picture for p <= 3; it has no data but the formulas. */
export function rateAgainstDeltaFigure(): Figure {
  const p = 1
  const delta = linearSpace(0, 1 / 3, 201)
  const printed = delta.map(d => printedRate(d, p))
  const repaired = delta.map(d => -largestGamma(d, p))
  return figure({
    id: 'rate-against-delta',
    title: 'The rate of Theorem 4.4: for which δ does it tend to zero?',
    caption:
      'The exponent of N in the rate, at the largest γ that is admitted: above 0 the printed bound grows with N. It falls below 0 for δ > 5/18 only; the proof gives the lower curve for every δ below 1/3.',
    data: [
      line('printed: −γ + 1 − 3δ', delta, printed, COLOR.vermillion),
      line('what the proof gives: −γ + ε', delta, repaired, COLOR.blue, { dash: 'dash' }),
      line('0: no convergence above', [0, 1 / 3], [0, 0], COLOR.grey, { dash: 'longdashdot', width: 1.5 }),
      points('δ = 5/18', [5 / 18], [0], COLOR.ink, { symbol: 'diamond', size: 11 }),
    ],
    layout: {
      xaxis: axis('δ, cut-off exponent  (no unit)', { range: [0, 0.337] }),
      yaxis: axis('exponent of N in the rate  (no unit)', { range: [-0.25, 1.05] }),
    },
    table: { delta, printed, repaired },
    provenance: { formulas: '(38)', p: '1 to 3' },
  })
}

/** The figure with its data, for the gallery. */
export const rateAgainstDeltaEntry: ImmediateFigure<void> = {
  id: 'rate-against-delta',
  seen: 'For which δ the rate of Theorem 4.4 tends to zero',
  data: () => undefined,
  draw: rateAgainstDeltaFigure,
}
