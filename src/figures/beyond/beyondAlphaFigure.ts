/**
 * Weaker singularities: the cut-offs that (92) and (94) allow, and those for which the flow keeps |Psi - Phi| below N^-delta.
 */
import { requireLength } from '../../base/errors.js'
import type { Figure } from '../theme/figure.js'
import { axis, COLOR, figure, line } from '../theme/theme.js'

/** What {@link beyondAlphaFigure} draws. */
export interface BeyondAlphaData {
  readonly alpha: readonly number[]
  readonly here: readonly number[]
  /** (94) on its own grid, alpha in [1, 2). */
  readonly hauray: { readonly alpha: readonly number[]; readonly delta: readonly number[] }
  readonly keeps: readonly number[]
  readonly provenance: Readonly<Record<string, number | string>>
}

/** Largest delta against alpha. */
export function beyondAlphaFigure({ alpha, here, hauray, keeps, provenance }: BeyondAlphaData): Figure {
  requireLength('here', here, alpha.length)
  requireLength('keeps', keeps, alpha.length)
  requireLength('hauray.delta', hauray.delta, hauray.alpha.length)
  return figure({
    id: 'beyond-alpha',
    title: 'How small may the cut-off be for weaker singularities?',
    caption:
      'Largest cut-off exponent against the singularity α: by (92), by (94), and where the largest deviation of the two flows is expected to stay below N^−δ. Not drawn: for α < 2 the deviation itself is expected to tend to 0 for every δ and without cut-off.',
    data: [
      line('(92), Theorem 10.1', alpha, here, COLOR.blue),
      line('(94), Hauray and Jabin', hauray.alpha, hauray.delta, COLOR.vermillion, { dash: 'dash' }),
      line('|Ψ − Φ|<sub>∞</sub> < N<sup>−δ</sup> expected: min{1/2, 1/(2α − 1)}', alpha, keeps, COLOR.green, {
        dash: 'dot',
        width: 3.5,
      }),
    ],
    layout: {
      xaxis: axis('α (k ~ |q|<sup>−α</sup>)', { range: [0, 2] }),
      yaxis: axis('largest δ (cut-off radius N<sup>−δ</sup>)', { range: [0, 1] }),
    },
    table: { alpha: [...alpha], '(92)': [...here], expected: [...keeps] },
    provenance,
  })
}
