/**
 * Theorem 4.2 as its claim measures it: how often, and by how much, particles reach the cut-off radius from their mean
 * field flow.
 */

import { sizesOf, type Theorem42Spec } from '../../attacks/section4/chaosSamples.js'
import { requireShape } from '../../base/shape.js'
import { runClaim } from '../../claims/core/runClaim.js'
import { theorem42 } from '../../claims/section4/theorem42.js'
import type { Figure, GalleryFigure } from '../theme/figure.js'
import { axis, COLOR, figure, intervalBars, line, logAxis, panelTitle, sizeTicks } from '../theme/theme.js'

/** A probability with its interval. */
export interface ProbabilityInterval {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** What {@link chaosProbabilityFigure} draws. */
export interface ChaosProbabilityData {
  /** One series for each cut-off exponent and sign. */
  readonly series: readonly {
    readonly delta: number
    readonly sigma: number
    readonly N: readonly number[]
    /** P_0[sup |Psi - Phi|_inf >= N^-delta] with its interval. */
    readonly probability: readonly ProbabilityInterval[]
    /** Median of sup |Psi - Phi|_inf over N^-delta. */
    readonly ratio: readonly number[]
  }[]
  /** Level of the intervals. */
  readonly level: number
  readonly provenance: Readonly<Record<string, number | string>>
}

const STYLES = [
  { color: COLOR.blue, symbol: 'circle', dash: 'solid' },
  { color: COLOR.orange, symbol: 'diamond', dash: 'dash' },
  { color: COLOR.vermillion, symbol: 'square', dash: 'dot' },
] as const

/**
 * How often particles reach the cut-off radius from their mean field flow, and by how much, against N.
 * @throws RangeError for no series or more than three
 * @example chaosProbabilityFigure(data).table.probability
 */
export function chaosProbabilityFigure(data: ChaosProbabilityData): Figure {
  requireShape<ChaosProbabilityData>('data', data, {
    series: [
      {
        delta: 'number',
        sigma: 'number',
        N: 'numbers',
        probability: [{ value: 'number', low: 'number', high: 'number' }],
        ratio: 'numbers',
      },
    ],
    level: 'number',
    provenance: 'record',
  })
  const { series, level, provenance } = data
  if (series.length === 0 || series.length > STYLES.length) {
    throw new RangeError(`series must have length 1 to ${STYLES.length}, got ${series.length}`)
  }
  const right = { xaxis: 'x2', yaxis: 'y2' }
  const sizes = series.flatMap(({ N }) => N)
  // Points of several series at one N, side by side.
  const beside = (N: readonly number[], k: number): number[] => N.map(n => n * 1.07 ** (k - (series.length - 1) / 2))
  return figure({
    id: 'chaos-probability',
    title: 'Theorem 4.2: who reaches the cut-off radius?',
    caption: `Left: the probability that |Ψ − Φ|∞ reaches N^−δ before t = 1, against N, with Clopper–Pearson intervals of level ${level}. Right: the median of the largest deviation in units of N^−δ, beside N^((3δ−1)/2), the exponent that fluctuations give in the limit. By the theorem it falls below every number in the end for δ < 1/3, of which these N show no more than the beginning; for δ = 0.7 it rises. The bound T C_β N^−β of (30) is not drawn: C_β is not given, and N₀ has millions of digits.`,
    data: series.flatMap(({ delta, sigma, N, probability, ratio }, k) => {
      const { color, symbol, dash } = STYLES[k]!
      const value = probability.map(p => p.value)
      const name = `δ = ${delta}, σ = ${sigma > 0 ? '+' : '−'}1`
      return [
        line(name, beside(N, k), value, color, {
          dash,
          mode: 'lines+markers',
          marker: { symbol, size: 10 },
          error_y: intervalBars(probability),
        }),
        line(name, N, ratio, color, {
          dash,
          mode: 'lines+markers',
          marker: { symbol, size: 10 },
          showlegend: false,
          ...right,
        }),
        line(
          'N<sup>(3δ−1)/2</sup> through the first point',
          N,
          N.map(n => ratio[0]! * (n / N[0]!) ** ((3 * delta - 1) / 2)),
          color,
          { dash: 'dot', width: 1.2, showlegend: k === 0, ...right },
        ),
      ]
    }),
    layout: {
      xaxis: logAxis('N (number of particles)', sizes, { domain: [0, 0.44], ...sizeTicks(sizes) }),
      yaxis: axis('probability', { range: [-0.04, 1.04] }),
      xaxis2: logAxis('N (number of particles)', sizes, { domain: [0.58, 1], anchor: 'y2', ...sizeTicks(sizes) }),
      yaxis2: logAxis(
        'sup |Ψ − Φ|<sub>∞</sub> / N<sup>−δ</sup>, median  (no unit)',
        series.flatMap(({ ratio }) => ratio),
        { anchor: 'x2' },
      ),
      annotations: [panelTitle('<b>how often</b>', 0, 0.44), panelTitle('<b>how near</b>', 0.58, 0.42)],
      height: 620,
    },
    table: {
      delta: series.flatMap(({ delta, N }) => N.map(() => delta)),
      sigma: series.flatMap(({ sigma, N }) => N.map(() => sigma)),
      N: sizes,
      probability: series.flatMap(({ probability }) => probability.map(p => p.value)),
      low: series.flatMap(({ probability }) => probability.map(p => p.low)),
      high: series.flatMap(({ probability }) => probability.map(p => p.high)),
      ratio: series.flatMap(({ ratio }) => ratio),
    },
    provenance,
  })
}

/** The figure with its data, for the gallery. */
export const chaosProbabilityEntry: GalleryFigure<ChaosProbabilityData> = {
  id: 'chaos-probability',
  seen: 'How often the deviation reaches the cut-off radius, against N',
  async data() {
    const seed = '1'
    const specs: Theorem42Spec[] = [...theorem42.defaults, ...theorem42.controls.map(({ spec }) => spec)]
    const { records } = await runClaim(theorem42, { seed, specs })
    return {
      series: records.map(({ spec, measured }) => ({
        delta: spec.delta,
        sigma: spec.sigma,
        N: sizesOf(spec),
        probability: sizesOf(spec).map(N => measured[`event_${N}`]!),
        ratio: sizesOf(spec).map(N => measured[`ratio_${N}`]!.value),
      })),
      level: 0.95,
      provenance: { law: 'gaussian', T: 1, replicates: specs[0]!.replicates, seed, mode: 'measured' },
    }
  },
  draw: chaosProbabilityFigure,
}
