/**
 * (13) in one picture: what is left of the weak form of the Vlasov-Poisson equation along N particles, against the
 * step.
 */

import { weakResidual } from '../../attacks/section2/weakResidual.js'
import { requireLength } from '../../base/errors.js'
import { maximum, minimum } from '../../base/extent.js'
import { randomStream } from '../../base/random.js'
import { requireShape } from '../../base/shape.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'
import type { Figure, GalleryFigure } from '../theme/figure.js'
import { COLOR, figure, line, logAxis } from '../theme/theme.js'

/** What {@link weakSolutionFigure} draws. */
export interface WeakSolutionData {
  /** Steps of the integrator (time). */
  readonly step: readonly number[]
  /** Residual of the weak form over the largest change of the observable, with k(0) = 0. */
  readonly residual: readonly number[]
  /** The same with k(0) not 0 in the convolution. */
  readonly withOrigin: readonly number[]
  /** Where it must end: |k(0)/N int int d phi/d p_1 dmu_t dt| over the change. */
  readonly level: number
  /** That k(0), in words. */
  readonly origin: string
  readonly provenance: Readonly<Record<string, number | string>>
}

/**
 * What is left of the weak form (13) along N particles, against the step.
 * @throws RangeError for columns of different lengths
 * @example weakSolutionFigure({ ...data, provenance: { N: 64 } })
 */
export function weakSolutionFigure(data: WeakSolutionData): Figure {
  requireShape<WeakSolutionData>('data', data, {
    step: 'numbers',
    residual: 'numbers',
    withOrigin: 'numbers',
    level: 'number',
    origin: 'text',
    provenance: 'record',
  })
  const { step, residual, withOrigin, level, origin, provenance } = data
  requireLength('residual', residual, step.length)
  requireLength('withOrigin', withOrigin, step.length)
  const [h, r] = [step[0]!, residual[0]!]
  const markers = (symbol: string): Record<string, unknown> => ({ mode: 'lines+markers', marker: { symbol, size: 10 } })
  return figure({
    id: 'weak-solution',
    title: '(13): N particles already solve the equation, weakly',
    caption:
      'What is left of the weak form of (10) along the particles of (5), over the largest change of the observable, against the time step. With k(0) = 0 it is the error of the integrator and falls with the square of the step; with another k(0) the term i = j stays at its predicted level at every step. Of the grey line only the slope is predicted.',
    data: [
      line('k(0) = 0, the convention after (4)', step, residual, COLOR.blue, markers('circle')),
      line(`k(0) = ${origin}: a hypothesis broken on purpose`, step, withOrigin, COLOR.vermillion, {
        dash: 'dash',
        ...markers('square'),
      }),
      line('predicted: the term i = j alone', [minimum(step), maximum(step)], [level, level], COLOR.ink, {
        dash: 'longdash',
        width: 1.5,
      }),
      line(
        'slope 2, the order of leapfrog',
        step,
        step.map(x => 0.4 * r * (x / h) ** 2),
        COLOR.grey,
        { dash: 'dot', width: 1.5 },
      ),
    ],
    layout: {
      xaxis: logAxis('step of the integrator (time)', step),
      yaxis: logAxis('what is left / change of ∫φ dμ  (no unit)', [...residual, ...withOrigin]),
    },
    table: { step: [...step], residual: [...residual], withOrigin: [...withOrigin] },
    provenance,
  })
}

/** The figure with its data, for the gallery. */
export const weakSolutionEntry: GalleryFigure<WeakSolutionData> = {
  id: 'weak-solution',
  seen: 'N particles solve the equation weakly, up to the time step (13)',
  async data() {
    const [N, delta, seed] = [64, 0.3, 'gallery/weak-solution']
    const law = gaussianLaw()
    const kernel = cutoffKernel({ N, delta })
    const Z = law.sample(N, randomStream({ seed, law: law.name, N }))
    const steps = [8, 16, 32, 64, 128, 256]
    const origin = N ** (2 * delta)
    const relative = (k0: number): number[] =>
      steps.map(n => {
        const { residual, change } = weakResidual(Z, kernel, n, k0)
        return Math.abs(residual) / change
      })
    const finest = weakResidual(Z, kernel, steps.at(-1)!)
    return {
      step: steps.map(n => 0.5 / n),
      residual: relative(0),
      withOrigin: relative(origin),
      level: Math.abs((origin / N) * finest.push) / finest.change,
      origin: 'N<sup>2δ</sup>e<sub>1</sub>',
      provenance: { law: law.name, N, delta, seed, mode: 'measured' },
    }
  },
  draw: weakSolutionFigure,
}
