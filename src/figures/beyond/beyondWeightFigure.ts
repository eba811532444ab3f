/**
 * The weight of positions in Delta: the rate that Gronwall's step gives for each, and the N_0 that follows.
 */

import { lipschitzAt } from '../../attacks/section8/chaosThreshold.js'
import { requireLength } from '../../base/errors.js'
import { beyondWeight, weightThreshold } from '../../claims/beyond/beyondWeight.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'
import type { Figure, ImmediateFigure } from '../theme/figure.js'
import { axis, COLOR, figure, line, linearSpace, logAxis, logSpace, panelTitle } from '../theme/theme.js'

/** What {@link beyondWeightFigure} draws. */
export interface BeyondWeightData {
  /** Weights in units of sqrt K. */
  readonly weight: readonly number[]
  /** Rates in units of sqrt K. */
  readonly rate: readonly number[]
  readonly delta: readonly number[]
  /** log10 N_0 on the grid of delta. */
  readonly series: readonly { readonly name: string; readonly log10N0: readonly number[] }[]
  readonly provenance: Readonly<Record<string, number | string>>
}

const STYLES = [
  { color: COLOR.vermillion, dash: 'solid' },
  { color: COLOR.blue, dash: 'dash' },
  { color: COLOR.green, dash: 'dot' },
]

/** Left: rate against weight; right: log10 N_0 against delta. */
export function beyondWeightFigure({ weight, rate, delta, series, provenance }: BeyondWeightData): Figure {
  requireLength('rate', rate, weight.length)
  for (const { name, log10N0 } of series) requireLength(name, log10N0, delta.length)
  return figure({
    id: 'beyond-weight',
    title: 'Which weight of positions against momenta?',
    caption:
      'Left: the growth rate of w|Ψ¹−Φ¹| + |Ψ²−Φ²| by Gronwall’s step is least at w = √K. Right: the N from which the theorem speaks, for the printed weight, for the best one, and for the best one with Lipschitz constant 1 in place of that of the proof.',
    data: [
      line('max{w, K/w} / √K', weight, rate, COLOR.ink),
      ...series.map(({ name, log10N0 }, i) => {
        const { color, dash } = STYLES[i % STYLES.length]!
        return line(name, delta, log10N0, color, { dash, xaxis: 'x2', yaxis: 'y2' })
      }),
    ],
    layout: {
      xaxis: logAxis('w / √K  (no unit)', weight, { domain: [0, 0.42] }),
      yaxis: logAxis('rate / √K  (no unit)', rate),
      xaxis2: axis('δ (cut-off radius N<sup>−δ</sup>)', { domain: [0.58, 1], anchor: 'y2' }),
      yaxis2: logAxis(
        'log<sub>10</sub> N<sub>0</sub>',
        series.flatMap(({ log10N0 }) => log10N0),
        { anchor: 'x2' },
      ),
      annotations: [panelTitle('<b>rate</b>', 0, 0.42), panelTitle('<b>N<sub>0</sub></b>', 0.58, 0.42)],
    },
    table: { delta: [...delta], ...Object.fromEntries(series.map(({ name, log10N0 }) => [name, [...log10N0]])) },
    provenance,
  })
}

/** The figure with its data, for the gallery. */
export const beyondWeightEntry: ImmediateFigure<BeyondWeightData> = {
  id: 'beyond-weight',
  seen: 'Which weight of positions against momenta grows least',
  data() {
    const weight = logSpace(0.05, 20, 81)
    const delta = linearSpace(0.02, 0.3, 29)
    const m = gaussianLaw().rhoSup
    const N0 = (K: (L: number, d: number) => number, w: (L: number, d: number) => number): number[] =>
      delta.map(
        d =>
          weightThreshold(
            L => K(L, d),
            L => w(L, d),
            d,
            1,
          ).value,
      )
    const proof = (L: number, d: number): number => lipschitzAt(L, d, m)
    return {
      weight,
      rate: weight.map(w => beyondWeight.bound.evaluate({ w, K: 1 })),
      delta,
      series: [
        { name: 'K of the proof, w = √log N', log10N0: N0(proof, L => Math.sqrt(L)) },
        { name: 'K of the proof, w = √K', log10N0: N0(proof, (L, d) => Math.sqrt(proof(L, d))) },
        {
          name: 'K = 1, w = 1',
          log10N0: N0(
            () => 1,
            () => 1,
          ),
        },
      ],
      provenance: { law: 'gaussian', T: 1, beta: '(1 − δ)/2', mode: 'derived' },
    }
  },
  draw: beyondWeightFigure,
}
