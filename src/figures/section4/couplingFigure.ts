/**
 * Couplings of two clouds in the plane, side by side: what is minimised in (27) and (29).
 */

import { requireLength } from '../../base/errors.js'
import { maximum, minimum } from '../../base/extent.js'
import { requireShape } from '../../base/shape.js'
import type { PointCloud } from '../../transport/pointCloud.js'
import type { Figure, Trace } from '../theme/figure.js'
import { axis, COLOR, figure, points } from '../theme/theme.js'

/** What {@link couplingFigure} draws. */
export interface CouplingData {
  /** Two clouds of equally many points in the plane. */
  readonly X: PointCloud
  readonly Y: PointCloud
  /** Point i of X goes to point plan[i] of Y. */
  readonly couplings: readonly { readonly name: string; readonly plan: ArrayLike<number> }[]
  readonly provenance: Readonly<Record<string, number | string>>
}

/** One panel a coupling: a line for every pair, the longest one thick, and under it the mean and the largest length. */
export function couplingFigure(input: CouplingData): Figure {
  requireShape<CouplingData>('data', input, {
    X: { n: 'number', d: 'number', x: 'numbers', weights: { optional: 'numbers' } },
    Y: { n: 'number', d: 'number', x: 'numbers', weights: { optional: 'numbers' } },
    couplings: [{ name: 'text', plan: 'numbers' }],
    provenance: 'record',
  })
  const { X, Y, couplings, provenance } = input
  requireLength('X.x', X.x, 2 * X.n)
  requireLength('Y.x', Y.x, 2 * X.n)
  for (const { name, plan } of couplings) requireLength(`plan of ${name}`, plan, X.n)
  const [x, y] = [coordinates(X), coordinates(Y)]
  const ends = [...x, ...y]
  const [left, right] = range(ends.map(([a]) => a))
  const [bottom, top] = range(ends.map(([, b]) => b))
  const data: Trace[] = []
  const layout: Record<string, unknown> = {}
  const annotations: unknown[] = []
  const table: Record<string, number[]> = {}
  const gap = 0.04
  const width = (1 - gap * (couplings.length - 1)) / couplings.length
  for (const [k, { name, plan }] of couplings.entries()) {
    const [suffix, xaxis, yaxis] = k === 0 ? ['', 'x', 'y'] : [`${k + 1}`, `x${k + 1}`, `y${k + 1}`]
    const lengths = x.map(([a, b], i) => Math.hypot(a - y[plan[i]!]![0], b - y[plan[i]!]![1]))
    const most = lengths.indexOf(maximum(lengths))
    const place = { xaxis, yaxis, showlegend: k === 0 }
    const pairs = x.map((_, i) => i).filter(i => i !== most)
    data.push(
      segments('pairs of the coupling', pairs, COLOR.grey, 1.5, place),
      segments('the longest pair', [most], COLOR.vermillion, 3.5, place),
      points(
        'X',
        x.map(([a]) => a),
        x.map(([, b]) => b),
        COLOR.blue,
        place,
      ),
      points(
        'Y',
        y.map(([a]) => a),
        y.map(([, b]) => b),
        COLOR.orange,
        { ...place, symbol: 'diamond' },
      ),
    )
    const start = k * (width + gap)
    const centre = start + width / 2
    layout[`xaxis${suffix}`] = axis('first coordinate (length)', {
      domain: [start, start + width],
      range: [left, right],
      anchor: yaxis,
    })
    layout[`yaxis${suffix}`] = axis(k === 0 ? 'second coordinate (length)' : '', {
      range: [bottom, top],
      anchor: xaxis,
      scaleanchor: xaxis,
      showticklabels: k === 0,
    })
    const mean = lengths.reduce((sum, length) => sum + length, 0) / X.n
    annotations.push({
      text: `<b>${name}</b><br>mean ${mean.toFixed(3)}, largest ${lengths[most]!.toFixed(3)}`,
      showarrow: false,
      xref: 'paper',
      yref: 'paper',
      x: centre,
      y: 1.02,
      xanchor: 'center',
      yanchor: 'bottom',
      font: { size: 13 },
    })
    table[`length, ${name}`] = lengths

    function segments(label: string, who: readonly number[], color: string, w: number, more: object): Trace {
      const line = { color, width: w }
      const [a, b] = [0, 1].map(c => who.flatMap(i => [x[i]![c]!, y[plan[i]!]![c]!, null]))
      return { type: 'scatter', mode: 'lines', name: label, x: a, y: b, line, hoverinfo: 'skip', ...more }
    }
  }
  return figure({
    id: 'coupling',
    title: 'Couplings of two clouds: who goes to whom?',
    caption:
      'The same two clouds in the plane with different couplings; the mean length of the pairs is what W_1 minimises, the longest pair what W_infinity minimises.',
    data,
    layout: { ...layout, annotations, height: 500 },
    table,
    provenance,
  })
}

function coordinates({ n, x }: PointCloud): [number, number][] {
  return Array.from({ length: n }, (_, i) => [x[i]!, x[n + i]!])
}

/** From the least to the largest with a margin. */
function range(values: readonly number[]): [number, number] {
  const [least, most] = [minimum(values), maximum(values)]
  const margin = 0.06 * (most - least || 1)
  return [least - margin, most + margin]
}
