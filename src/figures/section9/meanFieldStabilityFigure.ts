/**
 * Proposition 9.2 in time: how far one mean field flow drives two clouds apart, beside the sharp factor and the printed
 * one.
 */

import { cloudRatios } from '../../attacks/section9/cloudRatios.js'
import { requireLength } from '../../base/errors.js'
import { maximum, minimum } from '../../base/extent.js'
import { requireShape } from '../../base/shape.js'
import { proposition92Runs } from '../../claims/section9/proposition92Runs.js'
import type { Figure, ImmediateFigure, Trace } from '../theme/figure.js'
import { axis, COLOR, figure, intervalBars, line, linearSpace, logAxis, panelTitle } from '../theme/theme.js'

/** One field and order of the distance; each column has one value for each time. */
export interface StabilitySeries {
  readonly N: number
  readonly sigma: 1 | -1
  readonly p: 1 | 2
  /** W_p(t)/W_p(0) for each pair of independent samples. */
  readonly samples: readonly (readonly number[])[]
  /** The same for a cloud and its translate in the direction that is stretched most. */
  readonly translate: readonly number[]
  /** Largest possible factor for the Lipschitz constant of this field. */
  readonly sharp: readonly number[]
  /** sqrt(log N) e^{t C_0 sqrt(log N)} of (85) with C_0 = 1, the least that is allowed. */
  readonly printed: readonly number[]
}

/** What {@link meanFieldStabilityFigure} draws. */
export interface MeanFieldStabilityData {
  /** Increasing, from 0. */
  readonly t: readonly number[]
  readonly series: readonly StabilitySeries[]
  /**
   * The control: the ratio for a cloud and its translate that move in fields of opposite sign, with the parameters of
   * the first series.
   */
  readonly twoFlows: readonly number[]
  readonly provenance: Readonly<Record<string, number | string>>
}

const STYLES = [
  { color: COLOR.blue, symbol: 'circle', dash: 'solid', aside: -0.008 },
  { color: COLOR.green, symbol: 'square', dash: 'dot', aside: 0.008 },
]

/**
 * Left: ratios near 1 and the sharp factor; right: the same on a logarithmic axis, with (85) and the control.
 * @throws RangeError if there are no series or more than two, or columns differ in length
 * @source Proposition 9.2, (85), (86)
 */
export function meanFieldStabilityFigure(input: MeanFieldStabilityData): Figure {
  requireShape<MeanFieldStabilityData>('data', input, {
    t: 'numbers',
    series: [
      {
        N: 'number',
        sigma: 'number',
        p: 'number',
        samples: ['numbers'],
        translate: 'numbers',
        sharp: 'numbers',
        printed: 'numbers',
      },
    ],
    twoFlows: 'numbers',
    provenance: 'record',
  })
  const { t, series, twoFlows, provenance } = input
  if (series.length === 0 || series.length > STYLES.length) {
    throw new RangeError(`series must be 1 to ${STYLES.length}, got ${series.length}`)
  }
  requireLength('twoFlows', twoFlows, t.length)
  const right = { xaxis: 'x2', yaxis: 'y2', showlegend: false }
  const data: Trace[] = []
  for (const [k, { p, samples, translate, sharp, printed }] of series.entries()) {
    requireLength('translate', translate, t.length)
    requireLength('sharp', sharp, t.length)
    requireLength('printed', printed, t.length)
    for (const pair of samples) requireLength('samples', pair, t.length)
    const { color, symbol, dash, aside } = STYLES[k]!
    // Markers of two series at one time stand side by side.
    const beside = t.map(time => time + aside)
    const name = `W<sub>${p}</sub>`
    const least = t.map((_, i) => minimum(samples.map(pair => pair[i]!)))
    const most = t.map((_, i) => maximum(samples.map(pair => pair[i]!)))
    const middle = t.map((_, i) => samples.reduce((sum, pair) => sum + pair[i]! / samples.length, 0))
    const marks = (open: string): Record<string, unknown> => ({
      mode: 'markers',
      marker: { color, symbol: `${symbol}${open}`, size: 9, line: { color, width: 2 } },
    })
    data.push(
      {
        ...line(`${name}: ${samples.length} pairs of samples`, beside, middle, color, marks('')),
        error_y: intervalBars(
          middle.map((value, i) => ({ value, low: least[i]!, high: most[i]! })),
          { thickness: 1.5 },
        ),
      },
      line(`${name}: cloud and translate`, beside, translate, color, marks('-open')),
      line(`${name}: sharp factor`, t, sharp, color, { dash, width: 3 }),
      line('', beside, middle, color, { ...marks(''), ...right }),
      line('', beside, translate, color, { ...marks('-open'), ...right }),
      line('', t, sharp, color, { dash, width: 3, ...right }),
      line(`${name}: (85), C<sub>0</sub> = 1`, t, printed, color, { dash: 'dash', ...right, showlegend: true }),
    )
  }
  data.push(
    line('control: two flows', t, twoFlows, COLOR.vermillion, {
      mode: 'markers',
      marker: { color: COLOR.vermillion, symbol: 'x', size: 9 },
      ...right,
      showlegend: true,
    }),
  )
  const top = maximum(series.flatMap(({ sharp }) => [...sharp]))
  const all = [...twoFlows, ...series.flatMap(({ printed }) => [...printed])]
  return figure({
    id: 'mean-field-stability',
    title: 'Proposition 9.2: how much does the mean field flow spread a distance?',
    caption: `Distance of two clouds that move in one mean field flow, over their distance at t = 0, by exact optimal transport (${series.map(({ p, sigma, N }) => `W${p}: σ = ${sigma > 0 ? '+1' : '−1'}, N = ${N}`).join('; ')}). Independent samples hardly part, mean and range are shown; a cloud and its translate in the worst direction come near the sharp factor, the norm of exp t(0 1; K 0) for the measured Lipschitz constant K; the printed factor (85) is above it even for the smallest constant that it allows. Two clouds in flows of opposite sign break both.`,
    data,
    layout: {
      xaxis: axis('t  (time)', { domain: [0, 0.44] }),
      yaxis: axis('W<sub>p</sub>(t) / W<sub>p</sub>(0)  (no unit)', { range: [0.9, 1.05 * top] }),
      xaxis2: axis('t  (time)', { domain: [0.58, 1], anchor: 'y2' }),
      yaxis2: logAxis('W<sub>p</sub>(t) / W<sub>p</sub>(0)  (no unit)', [1, ...all], { anchor: 'x2' }),
      annotations: [
        panelTitle('<b>one flow</b>', 0, 0.44),
        panelTitle('<b>the printed bound, and two flows</b>', 0.58, 0.42),
      ],
      height: 600,
    },
    table: {
      t: [...t],
      ...Object.fromEntries(
        series.flatMap(({ N, p, samples, translate, sharp, printed }) => [
          ...samples.map((pair, i) => [`W${p}, N = ${N}, samples ${i + 1}`, [...pair]] as const),
          [`W${p}, N = ${N}, translate`, [...translate]] as const,
          [`W${p}, N = ${N}, sharp`, [...sharp]] as const,
          [`W${p}, N = ${N}, printed`, [...printed]] as const,
        ]),
      ),
      'two flows': [...twoFlows],
    },
    provenance,
  })
}

/** The figure with its data, for the gallery. */
export const meanFieldStabilityEntry: ImmediateFigure<MeanFieldStabilityData> = {
  id: 'mean-field-stability',
  seen: 'How much the mean field flow spreads a distance (Proposition 9.2)',
  data() {
    // Seed and parameters of the ledger, whose pair of samples is the first.
    const seed = '1'
    const t = linearSpace(0, 1, 9)
    const later = t.slice(1)
    const first = { N: 100, delta: 0.3, sigma: 1, p: 1, flows: 'one' } as const
    const second = { N: 300, delta: 0.3, sigma: -1, p: 2, flows: 'one' } as const
    return {
      t,
      series: [first, second].map(spec => {
        const pairs = [0, 1, 2].map(pair => cloudRatios(spec, seed, later, pair))
        const { K, translate } = pairs[0]!
        const logN = Math.log(spec.N)
        return {
          ...spec,
          samples: pairs.map(({ samples }) => [1, ...samples]),
          translate: [1, ...translate],
          sharp: t.map(time => proposition92Runs.formulas.sharp!.evaluate({ W: 1, K, t: time })),
          printed: t.map(time => proposition92Runs.bound.evaluate({ W: 1, logN, C0: 1, t: time })),
        }
      }),
      twoFlows: [1, ...cloudRatios({ ...first, flows: 'two' }, seed, later).translate],
      provenance: { law: 'gaussian', delta: 0.3, seed, mode: 'measured' },
    }
  },
  draw: meanFieldStabilityFigure,
}
