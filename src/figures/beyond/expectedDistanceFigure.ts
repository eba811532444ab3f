/**
 * E W_1 of a sample and its law: the bound with explicit constants beside measured distances, a dimension a panel.
 */

import { measuredDistance } from '../../attacks/beyond/measuredDistance.js'
import { requireLength } from '../../base/errors.js'
import { maximum, minimum } from '../../base/extent.js'
import { boundOf } from '../../claims/beyond/expectedDistanceClaim.js'
import type { Figure, ImmediateFigure, Trace } from '../theme/figure.js'
import { COLOR, figure, line, logAxis, logSpace, panelTitle, points } from '../theme/theme.js'

/** One dimension. */
export interface ExpectedDistancePanel {
  readonly d: number
  readonly N: readonly number[]
  readonly bound: readonly number[]
  readonly measuredN: readonly number[]
  /** Measured from below and from above; the same where the distance is known. */
  readonly low: readonly number[]
  readonly high: readonly number[]
}

/** The bounds and the brackets. @throws RangeError if columns differ in length */
export function expectedDistanceFigure(
  panels: readonly ExpectedDistancePanel[],
  provenance: Readonly<Record<string, number | string>>,
): Figure {
  const data: Trace[] = []
  const layout: Record<string, unknown> = {}
  const annotations: unknown[] = []
  const gap = 0.11
  const width = (1 - gap * (panels.length - 1)) / panels.length
  const all = panels.flatMap(({ bound, low }) => [...bound, ...low])
  const [least, most] = [Math.log10(0.7 * minimum(all)), Math.log10(1.5 * maximum(all))]
  for (const [k, { d, N, bound, measuredN, low, high }] of panels.entries()) {
    requireLength('bound', bound, N.length)
    requireLength('low', low, measuredN.length)
    requireLength('high', high, measuredN.length)
    const suffix = k === 0 ? '' : `${k + 1}`
    const place = { xaxis: `x${suffix}`, yaxis: `y${suffix}`, showlegend: k === 0 }
    data.push(
      line('bound, every law on the cube', N, bound, COLOR.vermillion, place),
      points('measured, from above', measuredN, high, COLOR.blue, { symbol: 'triangle-down', ...place }),
      points('measured, from below', measuredN, low, COLOR.green, { symbol: 'triangle-up', ...place }),
    )
    const start = k * (width + gap)
    layout[`xaxis${suffix}`] = logAxis('N (sample size)', N, {
      domain: [start, start + width],
      anchor: `y${suffix}`,
      dtick: 1,
    })
    layout[`yaxis${suffix}`] = logAxis(
      k === 0 ? 'E W<sub>1</sub>(μ<sup>N</sup>, f)  (edges of the cube)' : 'E W<sub>1</sub>',
      [...bound, ...low],
      {
        anchor: `x${suffix}`,
        range: [least, most],
        dtick: 1,
      },
    )
    annotations.push(panelTitle(`<b>d = ${d}</b>`, start, width))
  }
  return figure({
    id: 'expected-distance',
    title: 'The expected sampling distance, with every constant',
    caption:
      'Expected distance W₁ of N independent points of the uniform law on the cube to that law, enclosed by measurements, and the bound of the dyadic partition argument with every factor kept, which holds for all laws on the cube.',
    data,
    layout: { ...layout, annotations },
    table: {
      d: panels.flatMap(({ d, measuredN }) => measuredN.map(() => d)),
      N: panels.flatMap(({ measuredN }) => [...measuredN]),
      low: panels.flatMap(({ low }) => [...low]),
      high: panels.flatMap(({ high }) => [...high]),
    },
    provenance,
  })
}

/** The figure with its data, for the gallery. */
export const expectedDistanceEntry: ImmediateFigure<Parameters<typeof expectedDistanceFigure>> = {
  id: 'expected-distance',
  seen: 'The expected sampling distance below a bound without unknown constants',
  data() {
    const seed = 'gallery/expected-distance'
    const N = logSpace(10, 1e5, 41).map(Math.round)
    return [
      [1, 3, 6].map(d => {
        const measuredN = [20, 60, 200, 600]
        const found = measuredN.map(n => measuredDistance({ law: 'cube', d, p: 1, N: n, copies: 1 }, seed))
        return {
          d,
          N,
          bound: N.map(n => boundOf({ law: 'cube', d, p: 1, N: n }).value),
          measuredN,
          low: found.map(({ low }) => low.value),
          high: found.map(({ high }) => high.value),
        }
      }),
      { law: 'uniform cube', p: 1, seed, mode: 'bound exact; sampled' },
    ]
  },
  draw: data => expectedDistanceFigure(...data),
}
