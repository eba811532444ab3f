/**
 * Couplings of two clouds, side by side: what is minimised in (27) and (29).
 */

import { requireInteger, requireLength } from '../../base/errors.js'
import { maximum, minimum } from '../../base/extent.js'
import { requireShape } from '../../base/shape.js'
import type { PointCloud } from '../../transport/pointCloud.js'
import type { Figure, Trace } from '../theme/figure.js'
import { axis, COLOR, figure, panelTitle, points } from '../theme/theme.js'

/** What {@link couplingFigure} draws. */
export interface CouplingData {
  /** Two clouds of equally many points, in two dimensions or more. */
  readonly X: PointCloud
  readonly Y: PointCloud
  /** Point i of X goes to point plan[i] of Y. */
  readonly couplings: readonly { readonly name: string; readonly plan: ArrayLike<number> }[]
  readonly provenance: Readonly<Record<string, number | string>>
  /**
   * The two coordinates that are drawn, counted from 0; by default the first two. Lengths are those in all dimensions.
   */
  readonly coordinates?: readonly number[]
  /** What stands at the axes. */
  readonly axes?: readonly string[]
  /** What the axes show, [left, right, bottom, top], for frames of a movie; by default all points. */
  readonly range?: readonly number[]
}

/**
 * One panel a coupling: a line for every pair, the longest one thick, and in it the mean and the largest length.
 * @throws TypeError, RangeError naming what does not fit: lengths, coordinates that the clouds do not have
 * @example couplingFigure({ X: { n: 1, d: 2, x: Float64Array.of(0, 0) }, Y: { n: 1, d: 2, x: Float64Array.of(3, 4) }, couplings: [{ name: 'only', plan: [0] }], provenance: {} }).table['length, only'] // [5]
 */
export function couplingFigure(input: CouplingData): Figure {
  const { couplings, provenance, axes, range, x, y, lengths } = checked(input)
  const ends = [...x, ...y]
  const [left, right, bottom, top] = range ?? [
    ...extent(ends.map(([a]) => a)),
    ...extent(
      ends.map(([, b]) => b),
      HEADROOM,
    ),
  ]
  const data: Trace[] = []
  const layout: Record<string, unknown> = {}
  const annotations: unknown[] = []
  const table: Record<string, number[]> = {}
  const gap = 0.04
  const width = (1 - gap * (couplings.length - 1)) / couplings.length
  for (const [k, { name, plan }] of couplings.entries()) {
    const [suffix, xaxis, yaxis] = k === 0 ? ['', 'x', 'y'] : [`${k + 1}`, `x${k + 1}`, `y${k + 1}`]
    const long = lengths(plan)
    const most = long.indexOf(maximum(long))
    const place = { xaxis, yaxis, showlegend: k === 0 }
    const pairs = x.map((_, i) => i).filter(i => i !== most)
    const cloud = (label: string, of: readonly Point[], color: string, more: object): Trace =>
      points(
        label,
        of.map(([a]) => a),
        of.map(([, b]) => b),
        color,
        { ...place, ...more },
      )
    data.push(
      segments('pairs of the coupling', pairs, COLOR.grey, 1.5, place),
      segments('the longest pair', [most], COLOR.vermillion, 3.5, place),
      cloud('X', x, COLOR.blue, {}),
      cloud('Y', y, COLOR.orange, { symbol: 'diamond' }),
    )
    const mean = long.reduce((sum, length) => sum + length, 0) / x.length
    data.push({
      ...{
        type: 'scatter',
        mode: 'text',
        name: '',
        x: [(left! + right!) / 2],
        y: [top!],
        textposition: 'bottom center',
      },
      ...{ text: [`mean ${mean.toFixed(3)}, largest ${long[most]!.toFixed(3)}`], hoverinfo: 'skip' },
      ...{ ...place, showlegend: false, textfont: { size: 13 } },
    })
    const start = k * (width + gap)
    layout[`xaxis${suffix}`] = axis(axes[0]!, {
      domain: [start, start + width],
      range: [left, right],
      anchor: yaxis,
      constrain: 'domain',
    })
    layout[`yaxis${suffix}`] = axis(k === 0 ? axes[1]!.replace(/ +\(/, '<br>(') : '', {
      range: [bottom, top],
      anchor: xaxis,
      scaleanchor: xaxis,
      // The panel takes the form of its range, below its heading.
      ...{ constrain: 'domain', constraintoward: 'top' },
      showticklabels: k === 0,
    })
    annotations.push(panelTitle(`<b>${name}</b>`, start, width))
    table[`length, ${name}`] = long

    function segments(label: string, who: readonly number[], color: string, w: number, more: object): Trace {
      const line = { color, width: w }
      const [a, b] = [0, 1].map(c => who.flatMap(i => [x[i]![c]!, y[plan[i]!]![c]!, null]))
      return { type: 'scatter', mode: 'lines', name: label, x: a, y: b, line, hoverinfo: 'skip', ...more }
    }
  }
  return figure({
    id: 'coupling',
    title: 'Couplings of two clouds: who goes to whom?',
    caption: `${couplings.length === 1 ? 'Two clouds and a coupling of them' : 'The same two clouds with different couplings'}; the mean length of the pairs is what W₁ minimises, the longest pair what W∞ minimises.`,
    data,
    layout: { ...layout, annotations, height: 500 },
    table,
    provenance,
  })
}

type Point = readonly [number, number]

/** The part of a panel's height above the points that is left for a line of text. */
const HEADROOM = 0.14

interface Checked extends Pick<CouplingData, 'couplings' | 'provenance' | 'range'> {
  readonly axes: readonly string[]
  readonly x: readonly Point[]
  readonly y: readonly Point[]
  readonly lengths: (plan: ArrayLike<number>) => number[]
}

function checked(input: CouplingData): Checked {
  requireShape<CouplingData>('data', input, {
    X: { n: 'number', d: 'number', x: 'numbers', weights: { optional: 'numbers' } },
    Y: { n: 'number', d: 'number', x: 'numbers', weights: { optional: 'numbers' } },
    couplings: [{ name: 'text', plan: 'numbers' }],
    provenance: 'record',
    coordinates: { optional: 'numbers' },
    axes: { optional: ['text'] },
    range: { optional: 'numbers' },
  })
  const { X, Y, couplings, provenance, range } = input
  const { coordinates = [0, 1], axes = ['first coordinate (length)', 'second coordinate (length)'] } = input
  const { n, d } = X
  requireInteger('X.n', n, 1)
  requireInteger('X.d', d, 2)
  requireLength('X.x', X.x, d * n)
  requireLength('Y.x', Y.x, d * n)
  for (const { name, plan } of couplings) {
    requireLength(`plan of ${name}`, plan, n)
    for (let i = 0; i < n; i++) requireInteger(`plan of ${name}[${i}]`, plan[i], 0, n - 1)
  }
  requireLength('coordinates', coordinates, 2)
  for (const [k, c] of coordinates.entries()) requireInteger(`coordinates[${k}]`, c, 0, d - 1)
  if (axes.length !== 2) throw new RangeError(`axes must hold 2 texts, got ${axes.length}`)
  if (range !== undefined) requireLength('range', range, 4)
  const shown = ({ x }: PointCloud): Point[] =>
    Array.from({ length: n }, (_, i) => [x[coordinates[0]! * n + i]!, x[coordinates[1]! * n + i]!])
  const distance = (i: number, j: number): number =>
    Math.hypot(...Array.from({ length: d }, (_, c) => X.x[c * n + i]! - Y.x[c * n + j]!))
  const lengths = (plan: ArrayLike<number>): number[] => Array.from(plan, (j, i) => distance(i, j))
  return { couplings, provenance, axes, range, x: shown(X), y: shown(Y), lengths } as Checked
}

/** From the least to the largest with a margin, and more of it above. */
function extent(values: readonly number[], above: number = 0.06): [number, number] {
  const [least, most] = [minimum(values), maximum(values)]
  const width = most - least || 1
  return [least - 0.06 * width, most + above * width]
}
