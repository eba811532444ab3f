/**
 * (84): the L1 norm of what the cut-off takes from the force, against the cut-off radius.
 */

import { requireLength } from '../../base/errors.js'
import { requireShape } from '../../base/shape.js'
import { cutoffKernel, profileNames } from '../../interaction/cutoffKernel.js'
import { cutoffRadius } from '../../interaction/cutoffRadius.js'
import { kernelNorms } from '../../interaction/kernelNorms.js'
import { type ProfileName, profileRecords } from '../../interaction/profiles.generated.js'
import type { Figure, ImmediateFigure } from '../theme/figure.js'
import { COLOR, figure, line, logAxis, points } from '../theme/theme.js'

/** What {@link kernelDifferenceFigure} draws. */
export interface KernelDifferenceData {
  /** Cut-off radii N^-delta. */
  readonly radius: readonly number[]
  /** ||k^N_delta - k||_1 at these radii, by quadrature, for regularisations by name. */
  readonly profiles: readonly { readonly name: string; readonly norm: readonly number[] }[]
}

const STYLES = [
  { color: COLOR.blue, symbol: 'circle' },
  { color: COLOR.green, symbol: 'square' },
  { color: COLOR.orange, symbol: 'diamond' },
]

/**
 * The norm (84) of what the cut-off takes from the force, beside the printed and the sharp bound.
 * @throws RangeError if the columns differ in length
 */
export function kernelDifferenceFigure(data: KernelDifferenceData): Figure {
  requireShape<KernelDifferenceData>('data', data, { radius: 'numbers', profiles: [{ name: 'text', norm: 'numbers' }] })
  const { radius, profiles } = data
  for (const { name, norm } of profiles) requireLength(name, norm, radius.length)
  const printed = radius.map(r => 4 * Math.PI * r)
  const sharp = radius.map(r => 3 * Math.PI * r)
  return figure({
    id: 'kernel-difference',
    title: 'What the cut-off takes from the force: (84)',
    caption:
      'The L1 norm of the difference between the cut-off kernel and the Coulomb kernel against the cut-off radius: 3 pi times the radius for (4), below the printed 4 pi, and less for smoother profiles.',
    data: [
      line('printed: 4π N<sup>−δ</sup>', radius, printed, COLOR.vermillion, { dash: 'dash' }),
      line('3π N<sup>−δ</sup>, in closed form', radius, sharp, COLOR.ink),
      ...profiles.map(({ name, norm }, i) => {
        const { color, symbol } = STYLES[i % STYLES.length]!
        return points(`${name}, quadrature`, radius, norm, color, { symbol })
      }),
    ],
    layout: {
      xaxis: logAxis('N<sup>−δ</sup>  (length)', radius),
      yaxis: logAxis('‖k<sup>N</sup><sub>δ</sub> − k‖<sub>1</sub>  (length)', [...printed, ...sharp]),
    },
    table: { radius: [...radius], printed, sharp, ...Object.fromEntries(profiles.map(p => [p.name, [...p.norm]])) },
    provenance: { kernel: '(4) and profiles', method: 'quadrature' },
  })
}

/** The figure with its data, for the gallery. */
export const kernelDifferenceEntry: ImmediateFigure<KernelDifferenceData> = {
  id: 'kernel-difference',
  seen: 'What each cut-off takes from the force, in the L¹ norm (84)',
  data() {
    const N = [1e1, 1e2, 1e3, 1e4, 1e5, 1e6]
    const delta = 0.25
    const norm = (profile: ProfileName): number[] =>
      N.map(n => kernelNorms(cutoffKernel({ N: n, delta, profile })).l1Difference!.value)
    return {
      radius: N.map(n => cutoffRadius(n, delta)),
      profiles: profileNames.filter(name => profileRecords[name].local).map(name => ({ name, norm: norm(name) })),
    }
  },
  draw: kernelDifferenceFigure,
}
