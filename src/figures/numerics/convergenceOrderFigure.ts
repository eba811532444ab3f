/**
 * Order of convergence of the integrators: on a smooth problem, through the corner of kernel (4), and through a smooth
 * cut-off of the same radius.
 */
import { minimum } from '../../base/extent.js'
import { requireShape } from '../../base/shape.js'
import {
  type ConvergenceProblem,
  type ConvergenceSeries,
  convergenceOrders,
} from '../../flow/micro/convergenceOrders.js'
import type { Figure, ImmediateFigure, Trace } from '../theme/figure.js'
import { COLOR, figure, line, logAxis, panelTitle } from '../theme/theme.js'

const SHAPES: Readonly<Record<string, { readonly color: string; readonly symbol: string }>> = {
  leapfrog: { color: COLOR.blue, symbol: 'circle' },
  yoshida4: { color: COLOR.green, symbol: 'square' },
  suzuki4: { color: COLOR.orange, symbol: 'diamond' },
  yoshida6: { color: COLOR.purple, symbol: 'triangle-up' },
}

const PANELS: readonly {
  readonly problem: ConvergenceProblem
  readonly title: string
  readonly domain: readonly [number, number]
  readonly slopes: readonly number[]
}[] = [
  { problem: 'kepler', title: 'Kepler', domain: [0, 0.24], slopes: [2, 4, 6] },
  { problem: 'corner', title: 'corner of (4)', domain: [0.38, 0.62], slopes: [2] },
  { problem: 'smoothCutoff', title: 'smooth cut-off', domain: [0.76, 1], slopes: [2, 4] },
]

/**
 * Errors at the end against the step, one panel a problem, dotted lines with the slopes to compare with.
 * @param series as returned by convergenceOrders
 * @throws RangeError with no series
 */
export function convergenceOrderFigure(series: readonly ConvergenceSeries[]): Figure {
  requireShape<readonly ConvergenceSeries[]>('series', series, [
    {
      problem: 'text',
      scheme: 'text',
      order: 'number',
      step: 'numbers',
      evaluations: 'numbers',
      error: 'numbers',
      fit: 'any',
    },
  ])
  if (series.length === 0) throw new RangeError('series must not be empty')
  const data: Trace[] = []
  const present = PANELS.filter(({ problem }) => series.some(s => s.problem === problem))
  const layout: Record<string, unknown> = {
    height: 620,
    annotations: present.map(({ title, domain: [from, to] }) => panelTitle(`<b>${title}</b>`, from, to - from)),
  }
  for (const [k, { problem, domain, slopes }] of PANELS.entries()) {
    const here = series.filter(s => s.problem === problem)
    if (here.length === 0) continue
    const suffix = k === 0 ? '' : String(k + 1)
    const place = { xaxis: `x${suffix}`, yaxis: `y${suffix}` }
    for (const { scheme, step, error } of here) {
      const { color, symbol } = SHAPES[scheme]!
      const trace = line(scheme, Array.from(step), Array.from(error), color, { ...place, showlegend: k === 0 })
      data.push({ ...trace, mode: 'lines+markers', marker: { color, symbol, size: 8 } })
    }
    for (const order of slopes) {
      const model = here.find(s => s.order === order) ?? here[0]!
      const step = Array.from(model.step)
      // Drawn through the third point of its scheme, from where on the order shows, three times above it.
      const at = Math.min(2, step.length - 1)
      const drawn = step.map(h => 3 * model.error[at]! * (h / step[at]!) ** order)
      const keep = step.map((_, i) => i).filter(i => drawn[i]! > minimum(model.error) && drawn[i]! < 10)
      data.push(
        line(
          `slope ${order}`,
          keep.map(i => step[i]!),
          keep.map(i => drawn[i]!),
          COLOR.grey,
          { dash: order === 2 ? 'dot' : order === 4 ? 'dash' : 'dashdot', width: 1.5, ...place, showlegend: k === 0 },
        ),
      )
    }
    const values = here.flatMap(s => Array.from(s.error))
    layout[`xaxis${suffix}`] = logAxis(
      'step h (time)',
      here.flatMap(s => Array.from(s.step)),
      { domain, ...(k === 0 ? {} : { anchor: `y${suffix}` }) },
    )
    layout[`yaxis${suffix}`] = logAxis(
      k === 0 ? 'largest error of (q, p) at the end' : 'error',
      values,
      k === 0 ? {} : { anchor: `x${suffix}` },
    )
  }
  return figure({
    id: 'convergence-order',
    title: 'Order of the integrators, and what the corner of kernel (4) does to it',
    caption:
      'Error at the final time against the step. Left: Kepler orbits, each scheme at its own order. Middle: two particles that cross the cut-off radius of kernel (4), where the force has a corner: every scheme falls back to order 2. Right: the same start under a smooth cut-off, where the orders return once the step resolves it.',
    data,
    layout,
    table: {
      problem: series.flatMap(s => Array.from(s.step, () => s.problem)),
      scheme: series.flatMap(s => Array.from(s.step, () => s.scheme)),
      step: series.flatMap(s => Array.from(s.step)),
      error: series.flatMap(s => Array.from(s.error)),
    },
    provenance: { mode: 'computed, no sampling' },
  })
}

/** The figure with its data, for the gallery. */
export const convergenceOrderEntry: ImmediateFigure<readonly ConvergenceSeries[]> = {
  id: 'convergence-order',
  seen: 'The order of each integrator, with and without a corner in the force',
  data() {
    // Errors far above rounding, to three digits: the closed orbits they are measured against use the engine's
    // functions.
    const series = convergenceOrders({ steps: [16, 32, 64, 128] })
    return series.map(s => ({ ...s, error: s.error.map(x => Number(x.toPrecision(3))) }))
  },
  draw: convergenceOrderFigure,
}
