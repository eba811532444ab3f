/**
 * Lemma 6.3 against the worst case: the largest difference quotient of kernel (4) at each radius beside the printed
 * and the repaired majorant.
 */

import { searchQuotient } from '../../attacks/section6/lemma63Attack.js'
import { quotientAtRadius } from '../../attacks/section6/lemma63Constants.js'
import { maximum, minimum } from '../../base/extent.js'
import { randomStream } from '../../base/random.js'
import { requireShape } from '../../base/shape.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import { lipschitzMajorant } from '../../interaction/lipschitzMajorant.js'
import type { Figure, ImmediateFigure } from '../theme/figure.js'
import { axis, COLOR, figure, line, linearSpace, logAxis, points } from '../theme/theme.js'

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

/** The figure with its data, for the gallery. */
export const lemma63Entry: ImmediateFigure<WorstCaseData> = {
  id: 'lemma-63-worst-case',
  seen: 'Where the printed majorant of Lemma 6.3 is too small',
  data() {
    // In units of the cut-off radius (N = 1): kernel (4) is homogeneous, so nothing depends on N and delta.
    const seed = 'gallery/lemma-63'
    const kernel = cutoffKernel({ N: 1, delta: 0 })
    const inside = [0.1, 0.3, 0.5, 0.7, 0.9, 0.999]
    const outside = Array.from({ length: 25 }, (_, i) => 1.001 + (i * i) / 220)
    const far = [2.9999, 3.0001, 3.9, 4.1, 4.4, 4.8, 5.2, 5.6, 6]
    const radius = [...inside, ...outside, ...far].sort((a, b) => a - b)
    const collar = linearSpace(1, 3, 101)
    const value = (version: 'printed' | 'repaired'): number[] => {
      const majorant = lipschitzMajorant({ N: 1, delta: 0, version })
      return radius.map(r => majorant.value(r))
    }
    return {
      radius,
      quotient: radius.map(r => searchQuotient(kernel, 1, 'maximum', r, 10, randomStream(`${seed}/${r}`), 1e-5).value),
      closedForm: { radius: collar, quotient: collar.map(r => quotientAtRadius(r, 'maximum')) },
      printed: value('printed'),
      repaired: value('repaired'),
      seed,
    }
  },
  draw: lemma63Figure,
}
