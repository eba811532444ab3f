/**
 * Theorem 4.2 as it is measured: the probability that particles leave the cut-off radius of their mean field flow,
 * against N.
 */

import { quote } from '../../base/errors.js'
import { requireShape } from '../../base/shape.js'
import type { PointSummary } from '../../ensemble/store/ensembleSummary.js'
import type { Figure, Trace } from '../theme/figure.js'
import { POINT_SUMMARY } from '../theme/pointSummary.js'
import { axis, COLOR, figure, line, logAxis, panelTitle, points, sizeTicks } from '../theme/theme.js'

/** What {@link probabilityCurveFigure} draws. */
export interface ProbabilityCurveData {
  /** Of one law and sign; those without cut-off are left out. */
  readonly points: readonly PointSummary[]
  /** Panels, at most three; default: all times of the points. */
  readonly times?: readonly number[]
  readonly seed: string
}

/** Curves differ by colour, marker and dash. */
const STYLES = [
  { color: COLOR.blue, symbol: 'circle', dash: 'solid' },
  { color: COLOR.orange, symbol: 'diamond', dash: 'dash' },
  { color: COLOR.vermillion, symbol: 'square', dash: 'dot' },
  { color: COLOR.green, symbol: 'triangle-up', dash: 'dashdot' },
  { color: COLOR.purple, symbol: 'cross', dash: 'longdash' },
] as const

/**
 * P_0(sup over [0, t] of |Psi - Phi|_inf >= N^-delta) against N with Clopper-Pearson bands, one panel for each t, one
 * curve for each delta. 0 of n events is a point at 0 with a band up to its upper limit, never an empty place.
 * @throws RangeError for points of several laws or signs, no points with a cut-off, more than three times or five
 * deltas
 * @example probabilityCurveFigure({ ...ensembleSummary(await readEnsemble(path)), seed: '08' })
 */
export function probabilityCurveFigure(data: ProbabilityCurveData): Figure {
  requireShape<ProbabilityCurveData>('data', data, {
    points: [POINT_SUMMARY],
    times: { optional: 'numbers' },
    seed: 'text',
  })
  const { seed } = data
  const known = data.points.filter(({ outside }) => outside !== undefined)
  const times = data.times ?? [...new Set(known.map(({ t }) => t))].sort((a, b) => a - b)
  const deltas = [...new Set(known.map(({ delta }) => Number(delta)))].sort((a, b) => a - b)
  requireOne(
    'law',
    known.map(({ law }) => law),
  )
  requireOne(
    'sigma',
    known.map(({ sigma }) => sigma),
  )
  if (times.length > 3) throw new RangeError(`times must be at most 3, got ${times.length}`)
  if (deltas.length > STYLES.length) throw new RangeError(`points must have at most 5 deltas, got ${deltas.length}`)
  const { law, sigma } = known[0]!
  const width = times.length === 1 ? 1 : (1 - 0.07 * (times.length - 1)) / times.length
  const curves = times.flatMap((t, panel) =>
    deltas.flatMap((delta, k) => {
      const own = known.filter(point => point.t === t && Number(point.delta) === delta).sort((a, b) => a.N - b.N)
      return curve(own, delta, STYLES[k]!, panel)
    }),
  )
  const layout: Record<string, unknown> = {}
  times.forEach((_, panel) => {
    const number = panel === 0 ? '' : String(panel + 1)
    const start = panel * (width + 0.07)
    const N = known.map(point => point.N)
    layout[`xaxis${number}`] = logAxis('N (number of particles)', N, {
      domain: [start, start + width],
      anchor: `y${number}`,
      ...sizeTicks(N),
    })
    layout[`yaxis${number}`] = axis(panel === 0 ? 'probability' : ' ', {
      range: [-0.03, 1.03],
      anchor: `x${number}`,
      ...(panel === 0 ? {} : { matches: 'y', showticklabels: false }),
    })
  })
  const rows = known.filter(({ t }) => times.includes(t))
  return figure({
    id: 'probability-curve',
    title: 'Theorem 4.2: do N particles stay within N<sup>−δ</sup> of their mean field flow?',
    caption: `Probability that the largest coordinate of Ψ − Φ reaches N^−δ before t, against N (${law}, σ = ${sigma}): relative frequencies with Clopper–Pearson bands of level ${rows[0]!.outside!.level}. Theorem 4.2 speaks of N beyond all that can be drawn: for δ < 1/3 the limit is 0; here a curve shows only whether it falls, stays or rises.`,
    data: curves,
    layout: {
      ...layout,
      annotations: times.map((t, panel) => panelTitle(`t ≤ ${t}`, panel * (width + 0.07), width)),
    },
    table: {
      t: rows.map(({ t }) => t),
      delta: rows.map(({ delta }) => Number(delta)),
      N: rows.map(({ N }) => N),
      replicates: rows.map(({ replicates }) => replicates),
      probability: rows.map(({ outside }) => outside!.value),
      low: rows.map(({ outside }) => outside!.low),
      high: rows.map(({ outside }) => outside!.high),
    },
    provenance: { law, sigma, seed, mode: 'measured' },
  })
}

function curve(
  own: readonly PointSummary[],
  delta: number,
  { color, symbol, dash }: (typeof STYLES)[number],
  panel: number,
): Trace[] {
  if (own.length === 0) return []
  const number = panel === 0 ? '' : String(panel + 1)
  const place = { xaxis: `x${number}`, yaxis: `y${number}`, legendgroup: `${delta}` }
  const N = own.map(point => point.N)
  const of = (key: 'low' | 'high' | 'value'): number[] => own.map(({ outside }) => outside![key])
  const edge = { width: 0, showlegend: false, hoverinfo: 'skip', ...place }
  return [
    line('', N, of('low'), color, edge),
    line('', N, of('high'), color, { ...edge, fill: 'tonexty', fillcolor: `${color}26` }),
    line('', N, of('value'), color, { dash, showlegend: false, hoverinfo: 'skip', ...place }),
    points(`δ = ${delta}`, N, of('value'), color, { symbol, showlegend: panel === 0, ...place }),
  ]
}

function requireOne(name: string, values: readonly (string | number)[]): void {
  const different = [...new Set(values)]
  if (different.length !== 1) {
    throw new RangeError(`points must have one ${name}, got ${different.length === 0 ? 'none' : different.map(quote)}`)
  }
}
