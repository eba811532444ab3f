/**
 * How rare it is that the law of large numbers fails at one time, beside three answers that take no samples: Chernoff's
 * bound, Bernstein's bound, and the normal law.
 */
import { requireLength } from '../../base/errors.js'
import { requireShape } from '../../base/shape.js'
import type { Estimate } from '../../base/statistics/estimate.js'
import { forceSummand } from '../../concentration/summand.js'
import { bernsteinBound } from '../../concentration/tailBounds.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'
import { forceNormal } from '../../rare/static/forceNormal.js'
import type { ForceTail } from '../../rare/static/weightedEstimate.js'
import type { Figure, GalleryFigure, Trace } from '../theme/figure.js'
import { axis, COLOR, figure, intervalBars, line, linearSpace, panelTitle, points } from '../theme/theme.js'
import { forceTailRecord } from './forceTailRecord.generated.js'

/** The event max_i |K_i - Kbar_i|_inf >= L for one N. */
export interface ForceTailSeries {
  readonly N: number
  /** Of `forceTail`, by rising L. */
  readonly tails: readonly Pick<ForceTail, 'threshold' | 'value' | 'estimate'>[]
  /** Of `forceChernoff` at the same L: bounds on the probability. */
  readonly chernoff: readonly number[]
  /** L of the two curves. */
  readonly thresholds: readonly number[]
  /** log10 of Bernstein's bound. */
  readonly bernstein: readonly number[]
  /** log10 of what the central limit theorem would make of it. */
  readonly normal: readonly number[]
}

/** What {@link forceTailFigure} draws. */
export interface ForceTailData {
  /** Two or three. */
  readonly series: readonly ForceTailSeries[]
  readonly delta: number
  readonly provenance: Readonly<Record<string, number | string>>
}

/**
 * log10 P against the threshold L, a panel for each N: sampled probabilities with intervals, Chernoff's bound given the
 * place, Bernstein's bound, and the normal law. Points without an interval stand in the table only.
 * @throws TypeError, RangeError for columns that differ in length, a number of panels other than two or three, or a
 * probability outside (0, 1]
 * @example forceTailFigure(data).table.P
 */
export function forceTailFigure(data: ForceTailData): Figure {
  requireShape<ForceTailData>('data', data, { series: 'any', delta: 'number', provenance: 'record' })
  const { series, delta, provenance } = data
  requireShape<readonly (Omit<ForceTailSeries, 'tails'> & { tails: unknown })[]>('data.series', series, [
    { N: 'number', tails: 'any', chernoff: 'numbers', thresholds: 'numbers', bernstein: 'numbers', normal: 'numbers' },
  ])
  if (series.length < 2 || series.length > PLACES.length) {
    throw new RangeError(`data.series must have 2 or ${PLACES.length} entries, got ${series.length}`)
  }
  for (const [k, one] of series.entries()) requireSeries(`data.series[${k}]`, one)
  const rows = series.flatMap(({ N, tails, chernoff }) =>
    tails.map((tail, k) => ({ N, ...tail, chernoff: Math.log10(chernoff[k]!) })),
  )
  const width = (1 - GAP * (series.length - 1)) / series.length
  const start = (k: number): number => k * (width + GAP)
  return figure({
    id: 'force-tail',
    title: 'How rare is a failure of the law of large numbers?',
    caption: `The decimal logarithm of the probability that the force on one of N independent particles is off by L or more in a component (δ = ${delta}), against L: sampled by tilting one particle’s sum, with 95 % intervals, mostly smaller than the points; Chernoff’s bound given the place of the particle; Bernstein’s bound; and what the central limit theorem would guess. Above 0 a bound says nothing.`,
    data: series.flatMap((one, k) => panel(one, PLACES[k]!)),
    layout: {
      ...Object.fromEntries(
        series.flatMap((_, k) => {
          const place = PLACES[k]!
          const domain = [start(k), start(k) + width]
          const x = axis('L  (force per unit mass)', { domain, anchor: `y${place}`, nticks: 4 })
          const y = axis('log<sub>10</sub> P', { anchor: `x${place}`, ...(k > 0 && { matches: 'y' }) })
          return [
            [`xaxis${place}`, x],
            [`yaxis${place}`, y],
          ]
        }),
      ),
      annotations: series.map(({ N }, k) => panelTitle(`<b>N = ${N}</b>`, start(k), width)),
      height: 620,
    },
    table: {
      N: rows.map(({ N }) => N),
      L: rows.map(({ threshold }) => threshold),
      P: rows.map(({ value }) => value),
      low: rows.map(({ estimate }) => estimate?.low ?? 'refused'),
      high: rows.map(({ estimate }) => estimate?.high ?? 'refused'),
      'log10 P': rows.map(({ value }) => Math.log10(value)),
      'log10 Chernoff': rows.map(({ chernoff }) => chernoff),
      'log10 Bernstein': series.flatMap(one => atThresholds(one, one.bernstein)),
      'log10 normal': series.flatMap(one => atThresholds(one, one.normal)),
    },
    provenance,
  })
}

/** Suffixes of the axes. */
const PLACES = ['', '2', '3'] as const
/** Between panels, in parts of the width. */
const GAP = 0.11

function requireSeries(name: string, one: ForceTailSeries): void {
  requireShape<readonly { threshold: number; value: number }[]>(`${name}.tails`, one.tails, [
    { threshold: 'number', value: 'number' },
  ])
  requireLength(`${name}.chernoff`, one.chernoff, one.tails.length)
  requireLength(`${name}.bernstein`, one.bernstein, one.thresholds.length)
  requireLength(`${name}.normal`, one.normal, one.thresholds.length)
  for (const [k, { threshold, value }] of one.tails.entries()) {
    if (!(value > 0 && value <= 1)) {
      throw new RangeError(`${name}.tails[${k}].value must be a probability in (0, 1], got ${value}`)
    }
    if (!one.thresholds.includes(threshold)) {
      throw new RangeError(`${name}.thresholds must hold the threshold ${threshold} of tails[${k}], and do not`)
    }
  }
}

const atThresholds = ({ tails, thresholds }: ForceTailSeries, column: readonly number[]): number[] =>
  tails.map(({ threshold }) => column[thresholds.indexOf(threshold)]!)

function panel({ tails, chernoff, thresholds, bernstein, normal }: ForceTailSeries, place: string): Trace[] {
  const axes = { xaxis: `x${place}`, yaxis: `y${place}`, showlegend: place === '' }
  const shown = tails.flatMap(({ threshold, estimate }) => (estimate === undefined ? [] : [{ threshold, estimate }]))
  const logs = shown.map(({ estimate }) => decimal(estimate))
  return [
    line('Bernstein’s bound', thresholds, bernstein, COLOR.vermillion, { dash: 'dot', ...axes }),
    line(
      'Chernoff’s bound, given the place',
      tails.map(({ threshold }) => threshold),
      chernoff.map(Math.log10),
      COLOR.blue,
      { mode: 'lines+markers', marker: { symbol: 'diamond-open', size: 9 }, ...axes },
    ),
    points(
      'sampled, 95 % interval',
      shown.map(({ threshold }) => threshold),
      logs.map(({ value }) => value),
      COLOR.ink,
      { error_y: intervalBars(logs, { thickness: 1.5 }), ...axes },
    ),
    line('central limit theorem', thresholds, normal, COLOR.green, { dash: 'dash', ...axes }),
  ]
}

const decimal = ({ value, low, high }: Estimate): Record<'value' | 'low' | 'high', number> => ({
  value: Math.log10(value),
  low: Math.log10(low),
  high: Math.log10(high),
})

/** The figure with its data, for the gallery: the recorded rows, and two curves. */
export const forceTailEntry: GalleryFigure<ForceTailData> = {
  id: 'force-tail',
  seen: 'How rare it is that the force on a particle is far from the mean force, and what bounds say',
  async data() {
    const { seed, rows } = forceTailRecord
    const { delta } = rows[0]!
    const sizes = [...new Set(rows.map(({ N }) => N))]
    const series = sizes.map(N => {
      const tails = rows.filter(row => row.N === N)
      const chernoff = tails.map(row => row.chernoff.value)
      return {
        N,
        tails,
        chernoff,
        ...curves(
          N,
          delta,
          tails.map(({ threshold }) => threshold),
        ),
      }
    })
    const samples = [...new Set(rows.map(row => row.samples))].join(', ')
    return { series, delta, provenance: { law: 'gaussian', delta, samples, seed, mode: 'sampled' } }
  },
  draw: forceTailFigure,
}

/** Bernstein's bound as in Proposition 7.2, and the normal law, from below the first threshold to beyond the last. */
function curves(
  N: number,
  delta: number,
  own: readonly number[],
): Pick<ForceTailSeries, 'thresholds' | 'bernstein' | 'normal'> {
  const [first, last] = [own[0]!, own.at(-1)!]
  const margin = (last - first) / 5
  const thresholds = [...linearSpace(first - margin, last + margin, 29), ...own].sort((a, b) => a - b)
  const event = { summand: forceSummand(), logN: Math.log(N), delta, rhoSup: gaussianLaw().rhoSup }
  return {
    thresholds,
    bernstein: thresholds.map(L => bernsteinBound({ ...event, logThreshold: Math.log(L) }) / Math.LN10),
    normal: thresholds.map(forceNormal(N, delta)),
  }
}
