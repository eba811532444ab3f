/**
 * Theorem 9.3 measured: sampling distances against N in several dimensions, each beside the slope that (87) predicts.
 */

import { requireLength } from '../../base/errors.js'
import { requireShape } from '../../base/shape.js'
import { ESTIMATE } from '../../base/statistics/estimate.js'
import type { RateSeries } from '../../transport/sample/samplingRate.js'
import type { Figure, Trace } from '../theme/figure.js'
import { COLOR, figure, line, logAxis, panelTitle, points } from '../theme/theme.js'

/** What {@link wassersteinRatesFigure} draws. */
export interface WassersteinRates {
  readonly law: string
  readonly series: readonly RateSeries[]
  readonly provenance: Readonly<Record<string, number | string>>
}

const STYLES = [
  { color: COLOR.blue, symbol: 'circle' },
  { color: COLOR.vermillion, symbol: 'square' },
  { color: COLOR.green, symbol: 'diamond' },
]

/** One panel a dimension, one colour and marker an order p; the dashed lines have the predicted slopes. */
export function wassersteinRatesFigure(input: WassersteinRates): Figure {
  requireShape<WassersteinRates>('data', input, {
    law: 'text',
    series: [{ n: 'number', p: 'number', N: 'numbers', distance: 'numbers', slope: ESTIMATE, predicted: 'number' }],
    provenance: 'record',
  })
  const { law, series, provenance } = input
  for (const { n, p, N, distance } of series) requireLength(`distance of n = ${n}, p = ${p}`, distance, N.length)
  const dimensions = [...new Set(series.map(({ n }) => n))]
  const orders = [...new Set(series.map(({ p }) => p))].sort((a, b) => a - b)
  const data: Trace[] = []
  const layout: Record<string, unknown> = {}
  const annotations: unknown[] = []
  const gap = 0.075
  const width = (1 - gap * (dimensions.length - 1)) / dimensions.length
  const named = new Set<number>()
  for (const [k, n] of dimensions.entries()) {
    const [suffix, xaxis, yaxis] = k === 0 ? ['', 'x', 'y'] : [`${k + 1}`, `x${k + 1}`, `y${k + 1}`]
    const here = series.filter(s => s.n === n)
    for (const { p, N, distance, predicted } of here) {
      const { color, symbol } = STYLES[orders.indexOf(p) % STYLES.length]!
      const place = { xaxis, yaxis, legendgroup: `p${p}`, showlegend: !named.has(p) }
      named.add(p)
      const start = distance[0]!
      data.push(
        points(`W<sub>${p}</sub>, measured`, N, Array.from(distance), color, { symbol, ...place }),
        line(
          `slope by (87), p = ${p}`,
          N,
          N.map(size => start * (size / N[0]!) ** predicted),
          color,
          { dash: 'dash', width: 1.6, ...place },
        ),
      )
    }
    const start = k * (width + gap)
    layout[`xaxis${suffix}`] = logAxis(
      'N (sample size)',
      here.flatMap(s => [...s.N]),
      { domain: [start, start + width], anchor: yaxis, dtick: 1, minor: { ticks: 'outside', ticklen: 3, dtick: 'D1' } },
    )
    layout[`yaxis${suffix}`] = logAxis(
      k === 0 ? '(E W<sub>p</sub><sup>p</sup>)<sup>1/p</sup>  (length)' : '',
      here.flatMap(s => Array.from(s.distance)),
      { anchor: xaxis },
    )
    annotations.push(panelTitle(`<b>n = ${n}</b>`, start, width))
  }
  return figure({
    id: 'sampling-distance',
    title: `How fast samples come close to their law: ${law}`,
    caption: `Distance of N random points from their law (${law}) against N in dimensions ${dimensions.join(', ')}, markers, beside lines of the slope that the bound (87) predicts through the first marker; (87) is a bound for every law, so that markers may fall faster.`,
    data,
    layout: { ...layout, annotations },
    table: {
      n: series.flatMap(s => s.N.map(() => s.n)),
      p: series.flatMap(s => s.N.map(() => s.p)),
      N: series.flatMap(s => [...s.N]),
      distance: series.flatMap(s => Array.from(s.distance)),
    },
    provenance,
  })
}
