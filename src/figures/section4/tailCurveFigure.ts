/**
 * The tail of Theorem 4.2's event: how fast the probability falls with N where no frequency reaches, and whether its
 * local exponent grows.
 */
import { requireOneOf } from '../../base/errors.js'
import { requireShape } from '../../base/shape.js'
import { DEVIATION_EVENTS, type DeviationEvent } from '../../rare/deviationScore.js'
import type { TailCurve } from '../../rare/tailCurve.js'
import type { Figure, Trace } from '../theme/figure.js'
import { axis, COLOR, figure, intervalBars, line, logAxis, panelTitle, sizeTicks } from '../theme/theme.js'

/** What {@link tailCurveFigure} draws: the curve of `tailCurve`, for one delta. */
export interface TailCurveData {
  readonly points: TailCurve['points']
  readonly exponents: TailCurve['exponents']
  /** Whose supremum reaches c N^-delta; default 'Delta'. */
  readonly event?: DeviationEvent
  readonly provenance: Readonly<Record<string, number | string>>
}

const STYLES = [
  { color: COLOR.blue, symbol: 'circle', dash: 'solid' },
  { color: COLOR.orange, symbol: 'diamond', dash: 'dash' },
  { color: COLOR.green, symbol: 'square', dash: 'dashdot' },
  { color: COLOR.vermillion, symbol: 'triangle-up', dash: 'dot' },
] as const

/**
 * P(sup Delta >= c N^-delta), or that of |Psi - Phi|_inf, against N with intervals, a curve for each c, and the
 * exponents -d log P/d log N between neighbours. Points without an interval are left out of the picture and stand in
 * the table.
 * @throws RangeError for more than one delta, no point with an interval, or more than four c
 * @example tailCurveFigure(data).table.P
 */
export function tailCurveFigure(data: TailCurveData): Figure {
  requireShape<TailCurveData>('data', data, {
    ...{ points: 'any', exponents: 'any', provenance: 'record', event: { optional: 'any' } },
  })
  const { points, exponents, provenance, event = 'Delta' } = data
  requireOneOf('data.event', event, DEVIATION_EVENTS)
  const size = event === 'Delta' ? 'Δ' : '|Ψ − Φ|∞'
  requireShape<readonly { N: number; delta: number; factor: number; value: number }[]>('data.points', points, [
    { N: 'number', delta: 'number', factor: 'number', value: 'number' },
  ])
  requireShape<readonly { from: number; to: number; factor: number }[]>('data.exponents', exponents, [
    { from: 'number', to: 'number', factor: 'number' },
  ])
  const shown = points.filter(({ estimate }) => estimate !== undefined)
  const deltas = [...new Set(points.map(({ delta }) => delta))]
  const factors = [...new Set(shown.map(({ factor }) => factor))].sort((a, b) => a - b)
  if (deltas.length !== 1) throw new RangeError(`data.points must have one delta, got ${deltas.length}`)
  if (factors.length === 0 || factors.length > STYLES.length) {
    throw new RangeError(`data.points must have intervals for 1 to ${STYLES.length} factors, got ${factors.length}`)
  }
  const sizes = shown.map(({ N }) => N)
  const middle = ({ from, to }: { from: number; to: number }): number => Math.sqrt(from * to)
  return figure({
    id: 'tail-curve',
    title: 'Theorem 4.2: how rare is a bad beginning?',
    caption: `Left: the probability that sup ${size} reaches c N^−δ before T, δ = ${deltas[0]}, against N, by rare-event sampling with 95 % intervals. Right: the local exponent −d log P / d log N between neighbouring N. A power of N would be a straight line on the left and a constant on the right; the theorem says that P falls faster than every power.`,
    data: factors.flatMap((factor, k): Trace[] => {
      const { color, symbol, dash } = STYLES[k]!
      const own = shown.filter(point => point.factor === factor).sort((a, b) => a.N - b.N)
      const local = exponents.filter(exponent => exponent.factor === factor).sort((a, b) => a.from - b.from)
      const marks = { dash, mode: 'lines+markers', marker: { symbol, size: 10 } }
      const name = `c = ${factor}`
      return [
        line(
          name,
          own.map(({ N }) => N),
          own.map(({ value }) => value),
          color,
          {
            ...marks,
            error_y: intervalBars(own.map(({ estimate }) => estimate!)),
          },
        ),
        line(
          name,
          local.map(middle),
          local.map(({ exponent }) => exponent.value),
          color,
          {
            ...marks,
            error_y: intervalBars(local.map(({ exponent }) => exponent)),
            ...{ showlegend: false, xaxis: 'x2', yaxis: 'y2' },
          },
        ),
      ]
    }),
    layout: {
      xaxis: logAxis('N (number of particles)', sizes, { domain: [0, 0.44], ...sizeTicks(sizes) }),
      yaxis: logAxis(
        'probability',
        shown.flatMap(({ estimate }) => [estimate!.low, estimate!.high]),
      ),
      xaxis2: logAxis('N (number of particles)', sizes, {
        domain: [0.58, 1],
        anchor: 'y2',
        matches: 'x',
        ...sizeTicks(sizes),
      }),
      yaxis2: axis('local exponent  (no unit)', { anchor: 'x2', rangemode: 'tozero' }),
      annotations: [panelTitle('<b>probability</b>', 0, 0.44), panelTitle('<b>local exponent</b>', 0.58, 0.42)],
      height: 620,
    },
    table: {
      delta: points.map(({ delta }) => delta),
      c: points.map(({ factor }) => factor),
      N: points.map(({ N }) => N),
      P: points.map(({ value }) => value),
      low: points.map(({ estimate }) => estimate?.low ?? 'refused'),
      high: points.map(({ estimate }) => estimate?.high ?? 'refused'),
    },
    provenance,
  })
}
