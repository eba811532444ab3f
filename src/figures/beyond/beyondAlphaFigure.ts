/**
 * Weaker singularities: the cut-offs that (92) and (94) allow, and those for which the flow keeps |Psi - Phi| below
 * N^-delta.
 */
import { requireLength } from '../../base/errors.js'
import { beyondAlpha } from '../../claims/beyond/beyondAlpha.js'
import { comparison92 } from '../../claims/section10/comparison92.js'
import type { Figure, ImmediateFigure } from '../theme/figure.js'
import { axis, COLOR, figure, line, linearSpace } from '../theme/theme.js'

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

/** The figure with its data, for the gallery. */
export const beyondAlphaEntry: ImmediateFigure<BeyondAlphaData> = {
  id: 'beyond-alpha',
  seen: 'How small the cut-off may be for weaker singularities',
  data() {
    const alpha = linearSpace(0.02, 2, 100)
    const from1 = linearSpace(1, 1.99, 100)
    return {
      alpha,
      here: alpha.map(a => comparison92.bound.evaluate({ alpha: a })),
      hauray: { alpha: from1, delta: from1.map(a => Math.min(a > 1 ? 1 / (a - 1) : 1e9, 5 / a) / 6) },
      keeps: alpha.map(a => beyondAlpha.formulas.keeps!.evaluate({ alpha: a })),
      provenance: { mode: 'derived; the dotted line heuristic' },
    }
  },
  draw: beyondAlphaFigure,
}
