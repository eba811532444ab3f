/**
 * The exponents of Theorem 9.3: measured slopes with their intervals against the order p, beside those of (87).
 */
import { requireInteger } from '../../base/errors.js'
import { maximum } from '../../base/extent.js'
import { requireShape } from '../../base/shape.js'
import { ESTIMATE } from '../../base/statistics/estimate.js'
import type { Figure, Trace } from '../theme/figure.js'
import { axis, COLOR, figure, line, panelTitle, points } from '../theme/theme.js'
import type { WassersteinRates } from './wassersteinRatesFigure.js'

const STYLES = [
  { color: COLOR.blue, symbol: 'circle', shift: -0.07 },
  { color: COLOR.vermillion, symbol: 'square', shift: 0.07 },
]

/**
 * One panel a dimension; the line is gamma = min(1/n, 1/(2p)), N^-gamma the size of W_p at which (87) stops being
 * small.
 */
export function rateExponentsFigure(laws: readonly WassersteinRates[]): Figure {
  requireShape<readonly WassersteinRates[]>('laws', laws, [
    {
      law: 'text',
      series: [{ n: 'number', p: 'number', N: 'numbers', distance: 'numbers', slope: ESTIMATE, predicted: 'number' }],
      provenance: 'record',
    },
  ])
  requireInteger('laws.length', laws.length, 1)
  const all = laws.flatMap(({ series }) => series)
  const dimensions = [...new Set(all.map(({ n }) => n))].sort((a, b) => a - b)
  const largest = maximum(all.map(({ p }) => p))
  const orders = Array.from({ length: 81 }, (_, i) => 0.7 + (i / 80) * (largest - 0.4))
  const top = 1.1 * maximum(all.map(({ slope }) => -slope.low))
  const data: Trace[] = []
  const layout: Record<string, unknown> = {}
  const annotations: unknown[] = []
  const gap = 0.03
  const width = (1 - gap * (dimensions.length - 1)) / dimensions.length
  for (const [k, n] of dimensions.entries()) {
    const [suffix, xaxis, yaxis] = k === 0 ? ['', 'x', 'y'] : [`${k + 1}`, `x${k + 1}`, `y${k + 1}`]
    const place = { xaxis, yaxis, showlegend: k === 0 }
    data.push(
      line(
        'bound (87): min{1/n, 1/(2p)}',
        orders,
        orders.map(p => Math.min(1 / n, 1 / (2 * p))),
        COLOR.ink,
        place,
      ),
    )
    for (const [i, { law, series }] of laws.entries()) {
      const { color, symbol, shift } = STYLES[i % STYLES.length]!
      const here = series.filter(s => s.n === n)
      data.push(
        points(
          `${law}, 95 % interval`,
          here.map(({ p }) => p + shift),
          here.map(({ slope }) => -slope.value),
          color,
          {
            symbol,
            ...place,
            error_y: {
              type: 'data',
              array: here.map(({ slope }) => slope.value - slope.low),
              arrayminus: here.map(({ slope }) => slope.high - slope.value),
              thickness: 1.5,
            },
          },
        ),
      )
    }
    const start = k * (width + gap)
    layout[`xaxis${suffix}`] = axis('p (order)', {
      domain: [start, start + width],
      anchor: yaxis,
      range: [0.6, largest + 0.4],
      dtick: 1,
    })
    layout[`yaxis${suffix}`] = axis(k === 0 ? 'γ in W<sub>p</sub> ~ N<sup>−γ</sup>  (no unit)' : '', {
      anchor: xaxis,
      range: [0, top],
      showticklabels: k === 0,
    })
    annotations.push(panelTitle(`<b>n = ${n}</b>`, start, width))
  }
  return figure({
    id: 'sampling-exponents',
    title: 'Measured rates against the exponents of (87)',
    caption:
      'Measured exponents of the sampling distance with bootstrap intervals against the order p in each dimension, beside the exponent of the bound (87); the law with two separated parts comes down to the line where p > n/2, the connected one keeps above it.',
    data,
    layout: { ...layout, annotations },
    table: {
      law: laws.flatMap(({ law, series }) => series.map(() => law)),
      n: all.map(({ n }) => n),
      p: all.map(({ p }) => p),
      measured: all.map(({ slope }) => -slope.value),
      low: all.map(({ slope }) => -slope.high),
      high: all.map(({ slope }) => -slope.low),
      predicted: all.map(({ predicted }) => -predicted),
    },
    provenance: laws[0]!.provenance,
  })
}
