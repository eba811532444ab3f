/**
 * Lemma 6.3 against the worst case: the largest difference quotient of kernel (4) at each radius beside the printed
 * and the repaired majorant.
 */
import { maximum, minimum } from '../../base/extent.js'
import { requireShape } from '../../base/shape.js'
import type { Figure } from '../theme/figure.js'
import { axis, COLOR, figure, line, logAxis, points } from '../theme/theme.js'

/** What {@link lemma63Figure} draws. */
export interface WorstCaseData {
  /** |q| N^delta, increasing. */
  readonly radius: readonly number[]
  /** sup over directions and |xi|_inf < 2 N^-delta of the quotient in the maximum norm, times N^(-3 delta). */
  readonly quotient: readonly number[]
  /** The printed majorant (47) times N^(-3 delta). */
  readonly printed: readonly number[]
  /** The repaired majorant times N^(-3 delta). */
  readonly repaired: readonly number[]
  /** The closed form of the quotient in 1 <= |q| N^delta <= 3, at some of these radii. */
  readonly closedForm: { readonly radius: readonly number[]; readonly quotient: readonly number[] }
  readonly seed: string
}

/** The largest difference quotient at each radius beside the printed and the repaired majorant. */
export function lemma63Figure(data: WorstCaseData): Figure {
  requireShape<WorstCaseData>('data', data, {
    radius: 'numbers',
    quotient: 'numbers',
    printed: 'numbers',
    repaired: 'numbers',
    closedForm: { radius: 'numbers', quotient: 'numbers' },
    seed: 'text',
  })
  const { radius, quotient, printed, repaired, closedForm, seed } = data
  // A quotient that equals the bound to rounding does not break it.
  const broken = radius.filter((_, i) => quotient[i]! > printed[i]! * (1 + 1e-6))
  const [from, to] = [minimum(broken), maximum(broken)]
  return figure({
    id: 'lemma-63-worst-case',
    title: 'Lemma 6.3: the printed majorant is too small just outside the cut-off',
    caption:
      'The worst difference quotient found at each radius, against the majorant as printed and as repaired; the shaded radii violate the printed inequality.',
    data: [
      line('repaired majorant', radius, repaired, COLOR.green, { dash: 'dashdot' }),
      line('majorant l as printed (47)', radius, printed, COLOR.vermillion, { dash: 'dash' }),
      line('closed form', closedForm.radius, closedForm.quotient, COLOR.blue),
      points('worst quotient found by the search', radius, quotient, COLOR.ink, { size: 6 }),
    ],
    layout: {
      xaxis: axis('|q| N<sup>δ</sup>  (no unit)', { range: [0, radius[radius.length - 1]] }),
      yaxis: logAxis('|k(q) − k(q+ξ)|<sub>∞</sub> / |ξ|<sub>∞</sub> · N<sup>−3δ</sup>', [...quotient, ...repaired]),
      shapes:
        broken.length === 0
          ? []
          : [
              {
                type: 'rect',
                xref: 'x',
                yref: 'paper',
                x0: from,
                x1: to,
                y0: 0,
                y1: 1,
                fillcolor: COLOR.orange,
                opacity: 0.18,
                line: { width: 0 },
                layer: 'below',
              },
            ],
    },
    table: { radius: [...radius], quotient: [...quotient], printed: [...printed], repaired: [...repaired] },
    provenance: { seed, norm: 'maximum', mode: 'multi-start search' },
  })
}
