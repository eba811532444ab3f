/**
 * Proposition 9.1 in numbers: how far the flow with the cut-off is from the one without, against N, and how far below
 * (80) that is.
 */

import { cutoffRuns } from '../../attacks/section9/cutoffRuns.js'
import { requireLength } from '../../base/errors.js'
import { requireShape } from '../../base/shape.js'
import { ESTIMATE, type Estimate, estimated } from '../../base/statistics/estimate.js'
import { logLogSlope } from '../../base/statistics/statistics.js'
import { proposition91Runs } from '../../claims/section9/proposition91Runs.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'
import type { Figure, ImmediateFigure, Trace } from '../theme/figure.js'
import { axis, COLOR, figure, line, logAxis, panelTitle, sizeTicks } from '../theme/theme.js'

/** One cut-off exponent and sign. */
export interface CutoffSeries {
  readonly delta: number
  readonly sigma: 1 | -1
  /** Increasing. */
  readonly N: readonly number[]
  /** sup |z^N(1) - z(1)| over the characteristics, an upper bound of W_inf, at each N. */
  readonly distance: readonly number[]
  /** Measured exponent of that in N. */
  readonly exponent: Estimate
  /** log10 of N^-delta e^{2 t C_0 sqrt(log N)} at t = 1, at each N. */
  readonly log10Bound: readonly number[]
}

/** What {@link meanFieldCutoffFigure} draws. */
export interface MeanFieldCutoffData {
  readonly series: readonly CutoffSeries[]
  /** The control: the same distance between flows with forces of opposite sign. */
  readonly opposite: { readonly N: readonly number[]; readonly distance: readonly number[] }
  readonly provenance: Readonly<Record<string, number | string>>
}

const STYLES = [
  { color: COLOR.blue, symbol: 'circle' },
  { color: COLOR.green, symbol: 'square' },
  { color: COLOR.purple, symbol: 'diamond' },
]

/**
 * Left: measured distances, N^(-2 delta) through the last of them and N^-delta; right: the same beside (80), in powers
 * of ten.
 * @throws RangeError if there are no series, or columns differ in length
 * @source Proposition 9.1, (80)-(84)
 */
export function meanFieldCutoffFigure(input: MeanFieldCutoffData): Figure {
  requireShape<MeanFieldCutoffData>('data', input, {
    series: [
      {
        delta: 'number',
        sigma: 'number',
        N: 'numbers',
        distance: 'numbers',
        exponent: ESTIMATE,
        log10Bound: 'numbers',
      },
    ],
    opposite: { N: 'numbers', distance: 'numbers' },
    provenance: 'record',
  })
  const { series, opposite, provenance } = input
  if (series.length === 0 || series.length > STYLES.length) {
    throw new RangeError(`series must be 1 to ${STYLES.length}, got ${series.length}`)
  }
  requireLength('opposite.distance', opposite.distance, opposite.N.length)
  const data: Trace[] = []
  const right = { xaxis: 'x2', yaxis: 'y2', showlegend: false }
  const all = series.flatMap(({ N }) => [...N])
  const log10 = (values: readonly number[]): number[] => values.map(Math.log10)
  for (const [k, { delta, sigma, N, distance, exponent, log10Bound }] of series.entries()) {
    requireLength(`distance of delta = ${delta}`, distance, N.length)
    requireLength(`log10Bound of delta = ${delta}`, log10Bound, N.length)
    const { color, symbol } = STYLES[k]!
    const marks = { mode: 'markers', marker: { color, symbol, size: 10 } }
    const half = Math.max(exponent.high - exponent.value, exponent.value - exponent.low)
    data.push(
      line(
        `δ = ${delta}, σ = ${sigma > 0 ? '+1' : '−1'}: measured, N<sup>${signed(exponent.value)} ± ${half.toPrecision(1)}</sup>`,
        N,
        distance,
        color,
        marks,
      ),
      line(
        `predicted: N<sup>−2δ</sup> = N<sup>${signed(-2 * delta)}</sup>`,
        N,
        N.map(n => distance.at(-1)! * (n / N.at(-1)!) ** (-2 * delta)),
        color,
        { width: 1.8 },
      ),
      line(
        'N<sup>−δ</sup>, without the exponential',
        N,
        N.map(n => n ** -delta),
        color,
        { dash: 'dash', width: 2 },
      ),
      line('', N, log10(distance), color, { ...marks, ...right }),
      line('(80), C<sub>0</sub> = 8π(1 + ‖ρ‖<sub>∞</sub>)', N, log10Bound, color, {
        dash: 'dashdot',
        ...right,
        showlegend: true,
      }),
    )
  }
  data.push(
    line('control: forces of opposite sign', opposite.N, opposite.distance, COLOR.vermillion, {
      mode: 'markers',
      marker: { color: COLOR.vermillion, symbol: 'x', size: 9 },
    }),
  )
  const ticks = sizeTicks(all)
  return figure({
    id: 'mean-field-cutoff',
    title: 'Proposition 9.1: what does the cut-off cost the mean field?',
    caption:
      'Left: the largest distance at t = 1 between characteristics of the mean field with and without cut-off, from the same 1000 points: an upper bound of W∞ that falls like N^−2δ, not N^−δ, for this smooth law. With forces of opposite sign nothing falls. Right: the same in powers of ten beside the bound (80) with the smallest C₀ that its proof allows.',
    data,
    layout: {
      xaxis: logAxis('N (cut-off radius N<sup>−δ</sup>)', all, { domain: [0, 0.44], ...ticks }),
      yaxis: logAxis('distance of the flows  (units of phase space)', [1e-4, 1]),
      xaxis2: logAxis('N (cut-off radius N<sup>−δ</sup>)', all, { domain: [0.58, 1], anchor: 'y2', ...ticks }),
      yaxis2: axis('log<sub>10</sub> of distance and bound', { anchor: 'x2' }),
      annotations: [
        panelTitle('<b>measured and predicted</b>', 0, 0.44),
        panelTitle('<b>beside the bound</b>', 0.58, 0.42),
      ],
      height: 640,
    },
    table: {
      delta: series.flatMap(({ delta, N }) => N.map(() => delta)),
      sigma: series.flatMap(({ sigma, N }) => N.map(() => sigma)),
      N: all,
      distance: series.flatMap(({ distance }) => [...distance]),
      'log10 of (80)': series.flatMap(({ log10Bound }) => [...log10Bound]),
      exponent: series.flatMap(({ exponent, N }) => N.map(() => exponent.value)),
    },
    provenance,
  })
}

function signed(value: number): string {
  return `${value < 0 ? '−' : ''}${Math.abs(Number(value.toFixed(3)))}`
}

/** The figure with its data, for the gallery. */
export const meanFieldCutoffEntry: ImmediateFigure<MeanFieldCutoffData> = {
  id: 'mean-field-cutoff',
  seen: 'What the cut-off costs the mean field (Proposition 9.1)',
  data() {
    // Seed and parameters of the ledger.
    const seed = '1'
    const C0 = 8 * Math.PI * (1 + gaussianLaw().rhoSup)
    const first = { delta: 0.3, sigma: 1, N: 6400, signs: 'same' } as const
    const control = cutoffRuns({ ...first, signs: 'opposite' }, seed, [64, 1])
    return {
      series: [first, { delta: 0.2, sigma: -1, N: 64_000, signs: 'same' } as const].map(spec => {
        const runs = cutoffRuns(spec, seed)
        const N = runs.map(run => run.N)
        const distance = runs.map(run => run.distance)
        const { slope, standardError } = logLogSlope(N, distance)
        return {
          delta: spec.delta,
          sigma: spec.sigma,
          N,
          distance,
          exponent: estimated(slope, standardError, 'least squares, standard error'),
          log10Bound: N.map(n => Math.log10(proposition91Runs.bound.evaluate({ N: n, delta: spec.delta, t: 1, C0 }))),
        }
      }),
      opposite: { N: control.map(run => run.N), distance: control.map(run => run.distance) },
      provenance: { law: 'gaussian', t: 1, points: 1000, seed, mode: 'measured' },
    }
  },
  draw: meanFieldCutoffFigure,
}
