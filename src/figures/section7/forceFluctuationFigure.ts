/**
 * The first look: how far the force of N random particles is from the mean force, against N.
 */

import { requireLength } from '../../base/errors.js'
import { requireShape } from '../../base/shape.js'
import type { Figure } from '../theme/figure.js'
import { COLOR, figure, line, logAxis, points } from '../theme/theme.js'

/** What {@link forceFluctuationFigure} draws. */
export interface ForceFluctuation {
  readonly N: readonly number[]
  /** Root mean square of |K_N(x) - K(x)| over replicates, force per unit mass. */
  readonly measured: readonly number[]
  /** Standard errors of `measured`. */
  readonly standardError: readonly number[]
  /** The exact root mean square, from the variance of one summand. */
  readonly predicted: readonly number[]
  readonly delta: number
  readonly law: string
  readonly seed: string
  readonly replicates: number
}

/**
 * How far the force of N random particles is from the mean force, against N.
 * @throws RangeError if the columns differ in length
 */
export function forceFluctuationFigure(data: ForceFluctuation): Figure {
  requireShape<ForceFluctuation>('data', data, {
    N: 'numbers',
    measured: 'numbers',
    standardError: 'numbers',
    predicted: 'numbers',
    delta: 'number',
    law: 'text',
    seed: 'text',
    replicates: 'number',
  })
  const { N, measured, standardError, predicted, delta, law, seed, replicates } = data
  requireLength('measured', measured, N.length)
  requireLength('standardError', standardError, N.length)
  requireLength('predicted', predicted, N.length)
  const first = predicted[0]!
  const last = predicted[predicted.length - 1]!
  return figure({
    id: 'force-fluctuation',
    title: 'Why a mean field: the force of N random particles',
    caption: `Root mean square deviation of the force of N random particles from the mean force at one point, with 95 % error bars, beside its exact value; it falls like N to the power −(1 − δ)/2 at leading order, because the cut-off shrinks with N (${law}, δ = ${delta}).`,
    data: [
      line('exact (variance of one summand)', N, predicted, COLOR.blue),
      line(
        'slope −1/2 for comparison',
        N,
        N.map(n => first * Math.sqrt(N[0]! / n)),
        COLOR.grey,
        { dash: 'dot', width: 1.5 },
      ),
      line(
        'slope −(1−δ)/2, leading order',
        N,
        N.map(n => last * (N[N.length - 1]! / n) ** ((1 - delta) / 2)),
        COLOR.green,
        { dash: 'dash', width: 1.5 },
      ),
      points('measured, 95 % interval', N, measured, COLOR.vermillion, {
        error_y: { type: 'data', array: standardError.map(s => 1.96 * s), visible: true, thickness: 1.5 },
      }),
    ],
    layout: {
      xaxis: logAxis('N (number of particles)', N),
      yaxis: logAxis('rms |K<sub>N</sub> − k∗ρ|  (force per unit mass)', measured),
    },
    table: { N: [...N], measured: [...measured], standardError: [...standardError], predicted: [...predicted] },
    provenance: { law, delta, seed, replicates, mode: 'sampled' },
  })
}
