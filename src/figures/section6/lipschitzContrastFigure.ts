/**
 * The true Lipschitz constant of the mean force against N, for densities where it does and does not grow.
 */
import { requireShape } from '../../base/shape.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import { lipschitzMajorant } from '../../interaction/lipschitzMajorant.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'
import { hourglassGradientAtOrigin, hourglassLaw } from '../../law/hourglassLaw.js'
import type { Law } from '../../law/law.js'
import { majorantConvolution } from '../../law/meanField/majorantConvolution.js'
import { meanFieldLipschitz } from '../../law/meanField/meanFieldLipschitz.js'
import { uniformBallLaw } from '../../law/uniformBallLaw.js'
import type { Figure, ImmediateFigure } from '../theme/figure.js'
import { COLOR, figure, line, logAxis, points } from '../theme/theme.js'

/** A density and its Lipschitz constants. */
export interface LipschitzSeries {
  readonly name: string
  /** Lipschitz constant of k^N_delta * rho divided by ||rho||_inf at each N. */
  readonly values: readonly number[]
}

/** What {@link lipschitzContrastFigure} draws. */
export interface LipschitzContrast {
  readonly N: readonly number[]
  readonly delta: number
  readonly series: readonly LipschitzSeries[]
  /** ||l^N_delta * rho||_inf / ||rho||_inf for one of the densities: what the proof pays. */
  readonly majorant: LipschitzSeries
}

/**
 * The true Lipschitz constant of the mean force against N, beside what the proof pays.
 * @throws RangeError if a series has another length than N
 */
export function lipschitzContrastFigure(data: LipschitzContrast): Figure {
  requireShape<LipschitzContrast>('data', data, {
    N: 'numbers',
    delta: 'number',
    series: [{ name: 'text', values: 'numbers' }],
    majorant: { name: 'text', values: 'numbers' },
  })
  const { N, delta, series, majorant } = data
  for (const { name, values } of [...series, majorant]) {
    if (values.length !== N.length) throw new RangeError(`${name} must have length ${N.length}, got ${values.length}`)
  }
  const colors = [COLOR.blue, COLOR.green, COLOR.vermillion, COLOR.purple]
  const symbols = ['circle', 'square', 'diamond', 'triangle-up']
  const traces = series.map(({ name, values }, i) => {
    const color = colors[i % colors.length]!
    return points(name, N, values, color, {
      symbol: symbols[i % symbols.length],
      mode: 'lines+markers',
      line: { color, width: 2 },
    })
  })
  return figure({
    id: 'lipschitz-contrast',
    title: 'Does the mean force lose its Lipschitz constant as N grows?',
    caption:
      'The Lipschitz constant of the mean force over the largest density: level for the Gaussian and nearly so for the ball, still rising at the largest N for the double cone (like log N, which a picture cannot tell from a small power); the majorant of the proof is far above all of them.',
    data: [...traces, line(`majorant: ${majorant.name}`, N, majorant.values, COLOR.ink, { dash: 'dash' })],
    layout: {
      xaxis: logAxis('N (number of particles)', N),
      yaxis: logAxis('Lip(k<sup>N</sup><sub>δ</sub>∗ρ) / ‖ρ‖<sub>∞</sub>  (no unit)', majorant.values, { dtick: 1 }),
    },
    table: Object.fromEntries([
      ['N', [...N]],
      ...[...series, majorant].map(s => [s.name, [...s.values]] as [string, number[]]),
    ]),
    provenance: { delta, sigma: 1, mode: 'quadrature, no sampling' },
  })
}

/** The figure with its data, for the gallery. */
export const lipschitzContrastEntry: ImmediateFigure<LipschitzContrast> = {
  id: 'lipschitz-contrast',
  seen: 'The Lipschitz constant of the mean force as N grows, beside the majorant',
  data() {
    const delta = 0.3
    const N = [1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8]
    const kernels = N.map(n => cutoffKernel({ N: n, delta }))
    const lipschitz = (law: Law): number[] =>
      kernels.map(kernel => meanFieldLipschitz(law, kernel).estimate.value / law.rhoSup)
    const ball = uniformBallLaw()
    return {
      N,
      delta,
      series: [
        { name: 'Gaussian', values: lipschitz(gaussianLaw()) },
        { name: 'uniform ball', values: lipschitz(ball) },
        {
          name: 'double cone, at its tip',
          values: kernels.map(kernel => Math.abs(hourglassGradientAtOrigin(1, kernel).value) / hourglassLaw().rhoSup),
        },
      ],
      majorant: {
        name: 'l∗ρ for the uniform ball',
        values: N.map(n => {
          const majorant = lipschitzMajorant({ N: n, delta, version: 'printed' })
          return majorantConvolution(ball, majorant).supremum().estimate.value / ball.rhoSup
        }),
      },
    }
  },
  draw: lipschitzContrastFigure,
}
