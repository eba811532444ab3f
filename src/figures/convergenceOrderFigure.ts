/**
 * Order of convergence of the integrators: on a smooth problem, and on one that crosses the corner of kernel (4).
 */
import type { Figure } from './figure.js'
import { COLOR, figure, line, logAxis } from './theme.js'

/** Errors of one scheme on one problem for several steps. */
export interface ConvergenceSeries {
  readonly scheme: string
  /** Order of the scheme for smooth forces. */
  readonly order: number
  readonly problem: 'smooth' | 'corner'
  /** Steps h. */
  readonly step: readonly number[]
  /** Largest error of a coordinate at the end, for each step. */
  readonly error: readonly number[]
}

const SHAPES: Readonly<Record<string, { readonly color: string; readonly symbol: string }>> = {
  leapfrog: { color: COLOR.blue, symbol: 'circle' },
  yoshida4: { color: COLOR.green, symbol: 'square' },
  suzuki4: { color: COLOR.orange, symbol: 'diamond' },
  yoshida6: { color: COLOR.purple, symbol: 'triangle-up' },
}

/** @throws RangeError with no series */
export function convergenceOrderFigure(series: readonly ConvergenceSeries[]): Figure {
  if (series.length === 0) throw new RangeError('series must not be empty')
  const traces = series.map(({ scheme, problem, step, error }) => {
    const { color, symbol } = SHAPES[scheme] ?? { color: COLOR.ink, symbol: 'x' }
    const right = problem === 'corner' ? { xaxis: 'x2', yaxis: 'y2', showlegend: false } : {}
    return { ...line(scheme, step, error, color, right), mode: 'lines+markers', marker: { color, symbol, size: 8 } }
  })
  const slopes = [
    { order: 2, problem: 'smooth' },
    { order: 4, problem: 'smooth' },
    { order: 6, problem: 'smooth' },
    { order: 2, problem: 'corner' },
  ].flatMap(({ order, problem }) => {
    const model = series.find(s => s.problem === problem && s.order === order)
    if (model === undefined) return []
    const { step, error } = model
    // Through the point of the longest step, shifted up a little so that it can be told from the data.
    const first = step.indexOf(Math.max(...step))
    const drawn = step.map(h => 3 * error[first]! * (h / step[first]!) ** order)
    const floor = Math.min(...error)
    const kept = step.map((h, k) => ({ h, y: drawn[k]! })).filter(({ y }) => y > floor)
    const right = problem === 'corner' ? { xaxis: 'x2', yaxis: 'y2' } : {}
    return [
      line(
        `slope ${order}`,
        kept.map(k => k.h),
        kept.map(k => k.y),
        COLOR.grey,
        { dash: 'dot', width: 1.5, showlegend: problem === 'smooth', ...right },
      ),
    ]
  })
  const of = (problem: string, key: 'step' | 'error'): number[] =>
    series.filter(s => s.problem === problem).flatMap(s => s[key])
  return figure({
    id: 'convergence-order',
    title: 'Order of the integrators, and what the corner of kernel (4) does to it',
    caption:
      'Error at the final time against the step. Left: a smooth problem, each scheme at its own order. Right: two particles that cross the cut-off radius, where the force of kernel (4) has a corner and high orders are lost.',
    data: [...traces, ...slopes],
    layout: {
      xaxis: logAxis('step h (time), smooth force', of('smooth', 'step'), { domain: [0, 0.44] }),
      yaxis: logAxis('largest error of a coordinate (length)', of('smooth', 'error')),
      xaxis2: logAxis('step h (time), corner crossed', of('corner', 'step'), { domain: [0.58, 1], anchor: 'y2' }),
      yaxis2: logAxis('largest error of a coordinate (length)', of('corner', 'error'), { anchor: 'x2' }),
    },
    table: {
      scheme: series.flatMap(s => s.step.map(() => s.scheme)),
      problem: series.flatMap(s => s.step.map(() => s.problem)),
      step: series.flatMap(s => [...s.step]),
      error: series.flatMap(s => [...s.error]),
    },
    provenance: { mode: 'computed, no sampling' },
  })
}
