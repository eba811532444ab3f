/**
 * (17) in one picture: the mean field flow moves every particle by itself, and composes.
 */

import { aloneAgainstTogether, semigroup } from '../../attacks/section2/aloneAgainstTogether.js'
import { requireLength } from '../../base/errors.js'
import { randomStream } from '../../base/random.js'
import { requireShape } from '../../base/shape.js'
import { radialField } from '../../flow/field/radial/radialField.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'
import type { Figure, GalleryFigure } from '../theme/figure.js'
import { axis, COLOR, figure, line, logAxis, panelTitle } from '../theme/theme.js'

/** What {@link pushForwardFigure} draws. */
export interface PushForwardData {
  /** For each particle, in any order: how far moved alone is from moved among all, by Phi and by Psi (length). */
  readonly aloneByPhi: readonly number[]
  readonly aloneByPsi: readonly number[]
  /** Numbers of steps, and the largest |phi o phi - phi| with them. */
  readonly steps: readonly number[]
  readonly composed: readonly number[]
  readonly provenance: Readonly<Record<string, number | string>>
}

/**
 * The mean field flow moves every particle by itself, and composes.
 * @throws RangeError for columns of different lengths
 * @example pushForwardFigure(data).table.series
 */
export function pushForwardFigure(data: PushForwardData): Figure {
  requireShape<PushForwardData>('data', data, {
    aloneByPhi: 'numbers',
    aloneByPsi: 'numbers',
    steps: 'numbers',
    composed: 'numbers',
    provenance: 'record',
  })
  const { steps, composed, provenance } = data
  requireLength('composed', composed, steps.length)
  requireLength('aloneByPsi', data.aloneByPsi, data.aloneByPhi.length)
  const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b)
  const [phi, psi] = [sorted(data.aloneByPhi), sorted(data.aloneByPsi)]
  const share = phi.map((_, i) => (i + 1) / phi.length)
  const right = { xaxis: 'x2', yaxis: 'y2' }
  return figure({
    id: 'push-forward',
    title: '(17): under Φ every particle goes its own way',
    caption:
      'Left: the share of particles that, moved alone, arrive within a distance of where they arrive among all others. Under Φ the distance is 0 for every particle, to the bit; under Ψ for none. Right: two runs of Φ over half the time composed, against one run; their difference is the error of the steps. Of the grey line only the slope is predicted.',
    data: [
      line('Φ: alone or together, the same', [0, ...phi], [0, ...share], COLOR.blue, {
        line: { color: COLOR.blue, width: 4, shape: 'hv' },
      }),
      line('Ψ: forces of the others are missed', [0, ...psi], [0, ...share], COLOR.vermillion, {
        line: { color: COLOR.vermillion, width: 2.5, shape: 'hv', dash: 'dash' },
      }),
      line('φ<sub>1,½</sub> ∘ φ<sub>½,0</sub> against φ<sub>1,0</sub>', steps, composed, COLOR.blue, {
        mode: 'lines+markers',
        marker: { size: 10, symbol: 'circle' },
        ...right,
      }),
      line(
        'slope −2, the order of leapfrog',
        steps,
        steps.map(n => 0.4 * composed[0]! * (n / steps[0]!) ** -2),
        COLOR.grey,
        { dash: 'dot', width: 1.5, ...right },
      ),
    ],
    layout: {
      xaxis: axis('distance at t = 1, alone against together (length)', {
        domain: [0, 0.44],
        range: [-0.03 * psi.at(-1)!, 1.05 * psi.at(-1)!],
      }),
      yaxis: axis('share of the particles', { range: [-0.03, 1.06] }),
      xaxis2: logAxis('steps on [0, 1]', steps, {
        domain: [0.58, 1],
        anchor: 'y2',
        tickvals: [...steps],
        ticktext: steps.map(String),
      }),
      yaxis2: logAxis('largest difference (length; length / time)', composed, { anchor: 'x2' }),
      annotations: [
        panelTitle('<b>alone or together</b>', 0, 0.44),
        panelTitle('<b>in one go or in two</b>', 0.58, 0.42),
      ],
      height: 620,
    },
    table: {
      series: [...phi.map(() => 'alone by Φ'), ...psi.map(() => 'alone by Ψ'), ...steps.map(() => 'composed')],
      x: [...phi, ...psi, ...steps],
      y: [...share, ...share, ...composed],
    },
    provenance,
  })
}

/** The figure with its data, for the gallery. */
export const pushForwardEntry: GalleryFigure<PushForwardData> = {
  id: 'push-forward',
  seen: 'Particles moved alone and together, under Φ and under Ψ (17)',
  async data() {
    const [N, delta, seed] = [100, 0.3, 'gallery/push-forward']
    const law = gaussianLaw()
    const field = radialField({ law, kernel: cutoffKernel({ N, delta }), T: 1, tolerance: 1e-4 })
    const Z = law.sample(N, randomStream({ seed, law: law.name, N }))
    const steps = [16, 32, 64, 128]
    return {
      aloneByPhi: aloneAgainstTogether(Z, 'Phi', field),
      aloneByPsi: aloneAgainstTogether(Z, 'Psi', field),
      steps,
      composed: steps.map(n => semigroup(Z, field, n)),
      provenance: { law: law.name, N, delta, seed, mode: 'measured' },
    }
  },
  draw: pushForwardFigure,
}
