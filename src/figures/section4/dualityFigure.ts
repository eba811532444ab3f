/**
 * Duality (28) in the plane: level lines of the best g, and the optimal pairs, which run down it with slope 1.
 */

import { requireLength } from '../../base/errors.js'
import { maximum, minimum } from '../../base/extent.js'
import { randomStream } from '../../base/random.js'
import { requireShape } from '../../base/shape.js'
import { wassersteinDistance } from '../../transport/assignment/wassersteinDistance.js'
import type { PointCloud } from '../../transport/pointCloud.js'
import type { Figure, ImmediateFigure } from '../theme/figure.js'
import { axis, COLOR, figure, linearSpace, points } from '../theme/theme.js'

/** What {@link dualityFigure} draws. */
export interface DualityData {
  /** Two clouds of equally many points in the plane. */
  readonly X: PointCloud
  readonly Y: PointCloud
  /** An optimal coupling for W_1: point i of X goes to point plan[i] of Y. */
  readonly plan: ArrayLike<number>
  /** A function on the plane with Lipschitz constant 1 that attains the supremum. */
  readonly g: (z: readonly number[]) => number
  readonly provenance: Readonly<Record<string, number | string>>
}

/** g as level lines at equal steps, the optimal pairs across them. */
export function dualityFigure(data: DualityData): Figure {
  requireShape<DualityData>('data', data, {
    X: { n: 'number', d: 'number', x: 'numbers', weights: { optional: 'numbers' } },
    Y: { n: 'number', d: 'number', x: 'numbers', weights: { optional: 'numbers' } },
    plan: 'numbers',
    g: 'function',
    provenance: 'record',
  })
  const { X, Y, plan, g, provenance } = data
  const { n } = X
  requireLength('X.x', X.x, 2 * n)
  requireLength('Y.x', Y.x, 2 * n)
  requireLength('plan', plan, n)
  const at = ({ x }: PointCloud, i: number): [number, number] => [x[i]!, x[n + i]!]
  const all = Array.from({ length: n }, (_, i) => i)
  const [x, y] = [all.map(i => at(X, i)), all.map(i => at(Y, i))]
  const axisOf = (c: 0 | 1): number[] => {
    const values = [...x, ...y].map(z => z[c])
    const [least, most] = [minimum(values), maximum(values)]
    const margin = 0.08 * (most - least || 1)
    return linearSpace(least - margin, most + margin, 121)
  }
  const [across, up] = [axisOf(0), axisOf(1)]
  const legs = (c: 0 | 1): (number | null)[] => all.flatMap(i => [x[i]![c], y[plan[i]!]![c], null])
  const coordinate = (z: [number, number][], c: 0 | 1): number[] => z.map(point => point[c])
  return figure({
    id: 'duality',
    title: 'Duality (28): the best g, and the pairs that it certifies',
    caption:
      'Level lines of a function g with Lipschitz constant 1 for which the mean over X minus the mean over Y is W₁; along every optimal pair g falls at the steepest slope allowed, so that the pairs cross the level lines at right angles.',
    data: [
      {
        type: 'contour',
        name: 'g',
        x: across,
        y: up,
        z: up.map(b => across.map(a => g([a, b]))),
        colorscale: [
          [0, COLOR.low],
          [1, COLOR.high],
        ],
        contours: { size: 0.25 },
        line: { color: COLOR.faint, width: 0.8 },
        colorbar: { title: { text: 'g (length)', side: 'right' }, thickness: 14, len: 0.9 },
        hoverinfo: 'skip',
      },
      {
        type: 'scatter',
        mode: 'lines',
        name: 'optimal pairs',
        x: legs(0),
        y: legs(1),
        line: { color: COLOR.ink, width: 1.8 },
        hoverinfo: 'skip',
      },
      points('X', coordinate(x, 0), coordinate(x, 1), COLOR.blue),
      points('Y', coordinate(y, 0), coordinate(y, 1), COLOR.vermillion, { symbol: 'diamond' }),
    ],
    layout: {
      xaxis: axis('first coordinate (length)', { range: [across[0], across[120]], constrain: 'domain' }),
      yaxis: axis('second coordinate (length)', {
        range: [up[0], up[120]],
        scaleanchor: 'x',
        constrain: 'domain',
      }),
      height: 640,
    },
    table: {
      'g(x_i)': x.map(g),
      'g(y_plan(i))': all.map(i => g(y[plan[i]!]!)),
      '|x_i - y_plan(i)|': all.map(i => Math.hypot(x[i]![0] - y[plan[i]!]![0], x[i]![1] - y[plan[i]!]![1])),
    },
    provenance,
  })
}

/** The figure with its data, for the gallery. */
export const dualityEntry: ImmediateFigure<DualityData> = {
  id: 'duality',
  seen: 'The best Lipschitz function, and the optimal pairs that it certifies (28)',
  data() {
    const [n, seed] = [20, 'gallery/duality']
    const stream = randomStream(seed)
    const X: PointCloud = { n, d: 2, x: Float64Array.from({ length: 2 * n }, () => stream.normal()) }
    const Y: PointCloud = { n, d: 2, x: X.x.map(c => c + 1.3 * stream.normal()) }
    const { plan, dual } = wassersteinDistance(X, Y)
    const distance = (z: readonly number[], j: number): number => Math.hypot(z[0]! - Y.x[j]!, z[1]! - Y.x[n + j]!)
    const g = (z: readonly number[]): number => minimum(Array.from(dual!.v, (v, j) => distance(z, j) - v))
    return { X, Y, plan: plan as Int32Array, g, provenance: { n, seed, mode: 'exact' } }
  },
  draw: dualityFigure,
}
