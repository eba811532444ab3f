/**
 * The cut-off exponents that section 10 compares: (92) of this paper, (94) of Hauray and Jabin, and how far the method
 * closes, against the exponent alpha of the singularity.
 */
import { requireNumber } from '../../base/errors.js'
import type { Figure, ImmediateFigure } from '../theme/figure.js'
import { axis, COLOR, figure, line, linearSpace, points } from '../theme/theme.js'

/** (92): 1/(1 + alpha). @example cutoffExponentHere(2) // 1/3 */
export function cutoffExponentHere(alpha: number): number {
  requireNumber('alpha', alpha, 0, Number.MAX_VALUE, 'a finite number >= 0')
  return 1 / (1 + alpha)
}

/** (94): min{1/(alpha - 1), 5/alpha}/6, for 1 <= alpha < 2. @example cutoffExponentThere(1) // 5/6 */
export function cutoffExponentThere(alpha: number): number {
  requireNumber('alpha', alpha, 1, 2)
  return Math.min(1 / (alpha - 1), 5 / alpha) / 6
}

/** The picture; it has no data but the formulas. */
export function cutoffExponentsFigure(): Figure {
  const all = linearSpace(0, 2, 201)
  const upper = linearSpace(1, 2, 101)
  const here = all.map(cutoffExponentHere)
  const there = upper.map(cutoffExponentThere)
  return figure({
    id: 'cutoff-exponents',
    title: 'Which cut-off N<sup>−δ</sup> a theorem allows, against the singularity |q|<sup>−α</sup>',
    caption:
      'Below a line the theorem allows the cut-off; higher is better. (94) allows the smaller cut-off below α = 7/5, (92) above. Where α < 1, (92) exceeds 1/2, and there the central limit theorem stops the method.',
    data: [
      line('(92), this paper', all, here, COLOR.blue),
      line('(94), Hauray and Jabin', upper, there, COLOR.vermillion, { dash: 'dash' }),
      line('where the method closes, if lower', [0, 1], [0.5, 0.5], COLOR.purple, { dash: 'dot', width: 3 }),
      line('1/3: distance of nearest neighbours', [0, 2], [1 / 3, 1 / 3], COLOR.grey, { dash: 'longdashdot' }),
      points('crossing at 7/5, where both are 5/12', [7 / 5], [5 / 12], COLOR.ink, { symbol: 'diamond', size: 11 }),
    ],
    layout: {
      xaxis: axis('α, exponent of the singularity  (no unit)', { range: [0, 2.02] }),
      yaxis: axis('largest δ  (no unit)', { range: [0, 1.05] }),
    },
    table: { alpha: all, '(92)': here, '(94)': all.map(alpha => (alpha < 1 ? '' : cutoffExponentThere(alpha))) },
    provenance: { formulas: '(92), (94)' },
  })
}

/** The figure with its data, for the gallery. */
export const cutoffExponentsEntry: ImmediateFigure<void> = {
  id: 'cutoff-exponents',
  seen: 'The cut-off that each theorem allows, against the singularity',
  data: () => undefined,
  draw: cutoffExponentsFigure,
}
