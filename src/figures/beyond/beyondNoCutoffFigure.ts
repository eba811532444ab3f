/**
 * Beyond Theorem 4.2 in one picture: how the largest deviation of the two flows falls for smaller cut-offs, and the law
 * of strong encounters that is left without.
 */

import { requireLength } from '../../base/errors.js'
import { minimum } from '../../base/extent.js'
import { requireShape } from '../../base/shape.js'
import { beyondNoCutoff } from '../../claims/beyond/beyondNoCutoff.js'
import { strongEncounters } from '../../concentration/closeEncounters.js'
import type { Figure, ImmediateFigure } from '../theme/figure.js'
import { axis, COLOR, figure, intervalBars, line, linearSpace, panelTitle, points } from '../theme/theme.js'

/** A measured exponent with its interval. */
export interface MeasuredExponent {
  readonly delta: number
  readonly sigma: number
  readonly value: number
  readonly low: number
  readonly high: number
}

/** What {@link beyondNoCutoffFigure} draws. */
export interface BeyondNoCutoffData {
  readonly delta: readonly number[]
  /** Predicted exponent of the largest deviation on that grid. */
  readonly predicted: readonly number[]
  readonly measured: readonly MeasuredExponent[]
  /** Changes of a momentum. */
  readonly kick: readonly number[]
  /** 1 - e^-Lambda on that grid. */
  readonly probability: readonly number[]
  /** Shares of samples without cut-off whose largest deviation exceeds a kick. */
  readonly frequencies: readonly {
    readonly name: string
    readonly kick: readonly number[]
    readonly share: readonly number[]
  }[]
  readonly provenance: Readonly<Record<string, number | string>>
}

const SIGNS = [
  { sigma: 1, name: 'measured, σ = +1', color: COLOR.blue, symbol: 'circle' },
  { sigma: -1, name: 'measured, σ = −1', color: COLOR.vermillion, symbol: 'square' },
]

/** Left: exponents against delta; right: the distribution of the largest momentum change without cut-off. */
export function beyondNoCutoffFigure(data: BeyondNoCutoffData): Figure {
  requireShape<BeyondNoCutoffData>('data', data, {
    delta: 'numbers',
    predicted: 'numbers',
    measured: [{ delta: 'number', sigma: 'number', value: 'number', low: 'number', high: 'number' }],
    kick: 'numbers',
    probability: 'numbers',
    frequencies: [{ name: 'text', kick: 'numbers', share: 'numbers' }],
    provenance: 'record',
  })
  const { delta, predicted, measured, kick, probability, frequencies, provenance } = data
  requireLength('predicted', predicted, delta.length)
  requireLength('probability', probability, kick.length)
  const right = { xaxis: 'x2', yaxis: 'y2' }
  const exponents = SIGNS.flatMap(({ sigma, name, color, symbol }) => {
    const here = measured.filter(row => row.sigma === sigma)
    if (here.length === 0) return []
    return points(
      name,
      here.map(row => row.delta),
      here.map(row => row.value),
      color,
      {
        symbol,
        error_y: intervalBars(here),
      },
    )
  })
  return figure({
    id: 'beyond-no-cutoff',
    title: 'Smaller cut-offs, and none: what becomes of |Ψ − Φ|?',
    caption:
      'Left: exponent e of the largest deviation N^−e against the cut-off exponent δ, as predicted, beside the exponent δ that Theorem 4.2 asks for: the lines cross at 1/3. Right: without cut-off the probability that some particle’s momentum is changed by more than x, by a formula without N.',
    data: [
      line('e(δ), predicted', delta, predicted, COLOR.ink),
      line('δ, as in Theorem 4.2', [0, 0.6], [0, 0.6], COLOR.grey, { dash: 'dash' }),
      ...exponents,
      line('1 − e<sup>−Λ(x)</sup>, any N', kick, probability, COLOR.green, right),
      ...frequencies.map(({ name, kick: x, share }, i) =>
        line(name, x, share, [COLOR.purple, COLOR.orange, COLOR.sky][i % 3]!, {
          dash: ['dot', 'dashdot', 'dash'][i % 3],
          width: 2,
          ...right,
        }),
      ),
    ],
    layout: {
      xaxis: axis('δ (cut-off radius N<sup>−δ</sup>)', { domain: [0, 0.45], range: [0, 1.25] }),
      yaxis: axis('e in max<sub>i</sub>|Ψ²<sub>i</sub> − Φ²<sub>i</sub>| ~ N<sup>−e</sup>  (no unit)', {
        range: [Math.min(-0.05, minimum(measured.map(({ low }) => low - 0.03))), 0.65],
      }),
      xaxis2: axis('x (change of a momentum; length / time)', { domain: [0.58, 1], anchor: 'y2', range: [0, 1.5] }),
      yaxis2: axis('probability that the largest exceeds x', { anchor: 'x2', range: [0, 1.05] }),
      annotations: [panelTitle('<b>with cut-off</b>', 0, 0.45), panelTitle('<b>without</b>', 0.58, 0.42)],
      height: 640,
    },
    table: {
      kick: [...kick],
      probability: [...probability],
    },
    provenance,
  })
}

/** The figure with its data, for the gallery. */
export const beyondNoCutoffEntry: ImmediateFigure<BeyondNoCutoffData> = {
  id: 'beyond-no-cutoff',
  seen: 'What smaller cut-offs, and none, do to the largest deviation',
  // The measured exponents take flows, which are not at hand at once: notebooks add them.
  data() {
    const delta = linearSpace(0, 1.2, 121)
    const kick = linearSpace(0.05, 1.5, 60)
    return {
      delta,
      predicted: delta.map(d => beyondNoCutoff.formulas.exponent!.evaluate({ delta: d })),
      measured: [],
      kick,
      probability: kick.map(x => -Math.expm1(-strongEncounters({ kick: x, T: 1 }).value)),
      frequencies: [],
      provenance: { law: 'gaussian', T: 1, mode: 'derived' },
    }
  },
  draw: beyondNoCutoffFigure,
}
