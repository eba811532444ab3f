/**
 * How the deviation of the particles from their mean field flow falls with N, beside the radius that Theorem 4.2
 * allows.
 */
import { requireDelta } from '../../base/errors.js'
import { maximum, minimum } from '../../base/extent.js'
import { requireShape } from '../../base/shape.js'
import { ESTIMATE } from '../../base/statistics/estimate.js'
import type { PointSummary, SlopeSummary } from '../../ensemble/store/ensembleSummary.js'
import type { Figure, Trace } from '../theme/figure.js'
import { POINT_SUMMARY } from '../theme/pointSummary.js'
import { COLOR, figure, intervalBars, line, logAxis, panelTitle, points, sizeTicks } from '../theme/theme.js'

/** What {@link deviationScalingFigure} draws. */
export interface DeviationScalingData {
  /** Of one law and sign, with the mean of `sup`. */
  readonly points: readonly PointSummary[]
  readonly slopes: readonly SlopeSummary[]
  /** Which time. */
  readonly t: number
  /**
   * The exponent of N that is expected for a cut-off, default {@link fluctuationExponent}, and what it is, for the
   * legend.
   */
  readonly predicted?: {
    /** From delta to the exponent. */
    readonly exponent: (delta: number) => number
    readonly name: string
  }
  readonly seed: string
}

/**
 * The exponent of the force fluctuation, -(1 - min(delta, 1/3))/2: the deviation if it were the fluctuation of one
 * instant times the time. An instant's fluctuation comes from near particles, which do not stay near: the deviation
 * falls at least as fast, but for logarithms.
 */
export function fluctuationExponent(delta: number): number {
  requireDelta(delta)
  return -(1 - Math.min(delta, 1 / 3)) / 2
}

/**
 * Mean of sup |Psi - Phi|_inf over [0, t] with bootstrap intervals against N, one panel for each delta (at most four):
 * the fitted power with its interval, the predicted one through the last point, and N^-delta.
 * @throws RangeError if there are no points at t, or more than four deltas
 * @example deviationScalingFigure({ ...ensembleSummary(await readEnsemble(path)), t: 1, seed: '08' })
 */
export function deviationScalingFigure(data: DeviationScalingData): Figure {
  requireShape<DeviationScalingData>('data', data, {
    points: [POINT_SUMMARY],
    slopes: [{ law: 'text', delta: 'any', sigma: 'number', t: 'number', column: 'text', slope: ESTIMATE }],
    t: 'number',
    predicted: { optional: { exponent: 'function', name: 'text' } },
    seed: 'text',
  })
  const { t, seed, slopes } = data
  const { exponent, name } = data.predicted ?? { exponent: fluctuationExponent, name: 'fluctuation of the force' }
  const known = data.points.filter(point => point.t === t && point.means.sup !== undefined)
  if (known.length === 0) throw new RangeError(`points must hold means of sup at t = ${t}, got none`)
  const deltas = [...new Set(known.map(({ delta }) => delta))].sort((a, b) => Number(a) - Number(b))
  if (deltas.length > 4) throw new RangeError(`points must have at most 4 deltas, got ${deltas.length}`)
  const { law, sigma } = known[0]!
  const gap = 0.05
  const width = (1 - gap * (deltas.length - 1)) / deltas.length
  const traces: Trace[] = []
  const layout: Record<string, unknown> = {}
  const titles: Record<string, unknown>[] = []
  const all = known.flatMap(({ N, delta, means }) => [means.sup!.low, means.sup!.high, ...radius(N, Number(delta))])
  deltas.forEach((delta, panel) => {
    const own = known.filter(point => point.delta === delta).sort((a, b) => a.N - b.N)
    const number = panel === 0 ? '' : String(panel + 1)
    const start = panel * (width + gap)
    const place = { xaxis: `x${number}`, yaxis: `y${number}`, showlegend: panel === 0 }
    const N = own.map(point => point.N)
    const mean = own.map(({ means }) => means.sup!.value)
    const slope = slopes.find(
      entry => entry.t === t && entry.delta === delta && entry.column === 'sup' && entry.law === law,
    )?.slope
    const [lastN, last] = [N.at(-1)!, mean.at(-1)!]
    // The fitted line passes through the mean point of the logarithms.
    const centre = (values: readonly number[]): number =>
      values.reduce((sum, value) => sum + Math.log(value), 0) / values.length
    const fitted = (n: number): number => Math.exp(centre(mean) + slope!.value * (Math.log(n) - centre(N)))
    traces.push(
      ...(delta === 'Infinity'
        ? []
        : [
            line(
              'N<sup>−δ</sup> (Theorem 4.2)',
              N,
              N.map(n => n ** -delta),
              COLOR.vermillion,
              { dash: 'dot', ...place },
            ),
          ]),
      line(
        `predicted: ${name}`,
        N,
        N.map(n => last * (n / lastN) ** exponent(Number(delta))),
        COLOR.grey,
        { dash: 'dash', width: 1.5, ...place },
      ),
      ...(slope === undefined ? [] : [line('fitted power', N, N.map(fitted), COLOR.blue, place)]),
      points('mean of sup |Ψ − Φ|<sub>∞</sub>', N, mean, COLOR.ink, {
        error_y: intervalBars(
          own.map(({ means }) => means.sup!),
          { color: COLOR.ink },
        ),
        ...place,
      }),
    )
    layout[`xaxis${number}`] = logAxis('N', N, {
      domain: [start, start + width],
      anchor: `y${number}`,
      ...sizeTicks(N),
    })
    layout[`yaxis${number}`] = logAxis(panel === 0 ? 'sup |Ψ − Φ|<sub>∞</sub>  (length; length / time)' : '', all, {
      anchor: `x${number}`,
      range: [Math.log10(minimum(all)) - 0.05, Math.log10(maximum(all)) + 0.05],
      ...decimalTicks(all),
      ...(panel === 0 ? {} : { matches: 'y', showticklabels: false, title: { text: ' ' } }),
    })
    const heading = delta === 'Infinity' ? 'no cut-off' : `δ = ${delta}`
    const fit =
      slope === undefined ? '' : `<br>exponent ${short(slope.value)}<br>[${short(slope.low)}, ${short(slope.high)}]`
    titles.push(panelTitle(`${heading}${fit}`, start, width))
  })
  const sorted = [...known].sort((a, b) => Number(a.delta) - Number(b.delta) || a.N - b.N)
  return figure({
    id: 'deviation-scaling',
    title: `How far N particles are from their mean field flow by t\u00a0=\u00a0${t}`,
    caption: `Mean over replicates of the largest coordinate of Ψ − Φ before t = ${t}, against N (${law}, σ = ${sigma}), with bootstrap intervals, a fitted power of N and a predicted one through the last point, beside the radius N^−δ of Theorem 4.2. Where the points bend, the fitted exponent is a mean over the range, not a limit.`,
    data: traces,
    layout: { ...layout, annotations: titles, height: 600 },
    table: {
      delta: sorted.map(({ delta }) => (delta === 'Infinity' ? 'none' : delta)),
      N: sorted.map(({ N }) => N),
      replicates: sorted.map(({ replicates }) => replicates),
      mean: sorted.map(({ means }) => means.sup!.value),
      low: sorted.map(({ means }) => means.sup!.low),
      high: sorted.map(({ means }) => means.sup!.high),
    },
    provenance: { law, sigma, t, seed, mode: 'measured' },
  })
}

/** 1, 2 and 5 times powers of ten, written out: in less than a decade no label would tell which. */
function decimalTicks(values: readonly number[]): Record<string, unknown> {
  const [low, high] = [minimum(values) * 0.9, maximum(values) * 1.1]
  const ticks: number[] = []
  for (let k = Math.floor(Math.log10(low)); k <= Math.log10(high); k++) {
    ticks.push(...[1, 2, 5].map(digit => Number(`${digit}e${k}`)).filter(tick => tick >= low && tick <= high))
  }
  return { tickmode: 'array', tickvals: ticks, ticktext: ticks.map(String) }
}

const radius = (N: number, delta: number): number[] => (Number.isFinite(delta) ? [N ** -delta] : [])

const short = (x: number): string => x.toFixed(2).replace('-', '−')
