/**
 * What a bad initial condition of Theorem 4.2 looks like: where the particle began that was thrown off its path, and
 * how far away those were who pushed it.
 */
import { requireShape } from '../../base/shape.js'
import type { TailRecord } from '../../rare/runTail.js'
import type { Figure, Trace } from '../theme/figure.js'
import { axis, COLOR, figure, panelTitle } from '../theme/theme.js'

/** What {@link badBeginningsFigure} draws. */
export interface BadBeginningsData {
  /** Cells of one delta with portraits, as `mfl rare` records them. */
  readonly records: readonly Pick<TailRecord, 'cell' | 'portraits'>[]
  /** |q| and |p| of particles of the law itself. */
  readonly typical: { readonly q: readonly number[]; readonly p: readonly number[] }
  readonly provenance: Readonly<Record<string, number | string>>
}

const STYLES = [
  { color: COLOR.sky, symbol: 'circle' },
  { color: COLOR.blue, symbol: 'diamond' },
  { color: COLOR.green, symbol: 'square' },
  { color: COLOR.orange, symbol: 'triangle-up' },
  { color: COLOR.vermillion, symbol: 'x' },
] as const

/** Distances in units of the cut-off radius, as portraits have them. */
const RANGES = ['0–1', '1–2', '2–4', '4–8', 'beyond']

/**
 * Left: |q| and |p| at t = 0 of the particle that carries the deviation, one point a recorded state, among particles of
 * the law. Right: by distance, the share of its impulse in excess of what an independent cloud would have given.
 * @throws RangeError for no records, more than five, more than one delta, or a record without portraits
 * @source Theorem 4.2; docs/rare-events.md
 * @example badBeginningsFigure(data).table.N
 */
export function badBeginningsFigure(data: BadBeginningsData): Figure {
  requireShape<BadBeginningsData>('data', data, {
    records: 'any',
    typical: { q: 'numbers', p: 'numbers' },
    provenance: 'record',
  })
  requireShape<readonly { cell: { N: number; delta: number }; portraits: object }[]>('data.records', data.records, [
    { cell: { N: 'number', delta: 'number' }, portraits: 'any' },
  ])
  const { records, typical, provenance } = data
  const deltas = [...new Set(records.map(({ cell }) => cell.delta))]
  if (records.length === 0 || records.length > STYLES.length) {
    throw new RangeError(`data.records must be 1 to ${STYLES.length}, got ${records.length}`)
  }
  if (deltas.length !== 1) throw new RangeError(`data.records must have one delta, got ${deltas.length}`)
  const shares = records.map(({ cell, portraits }) => {
    if (portraits.length === 0) throw new RangeError(`data.records must have portraits, got none at N = ${cell.N}`)
    return sharesOf(portraits)
  })
  const places = records.map(({ portraits }, k): Trace => {
    const { color, symbol } = STYLES[k]!
    const [x, y] = [portraits.map(({ q }) => q), portraits.map(({ p }) => p)]
    return {
      type: 'scatter',
      mode: 'markers',
      name: `N = ${records[k]!.cell.N}`,
      x,
      y,
      marker: { color, symbol, size: 8 },
    }
  })
  const bars = records.map((_, k): Trace => {
    const marker = { color: STYLES[k]!.color }
    return { type: 'bar', name: '', x: RANGES, y: shares[k]!, marker, xaxis: 'x2', yaxis: 'y2', showlegend: false }
  })
  const cloud: Trace = {
    type: 'scatter',
    mode: 'markers',
    name: 'particles of the law',
    x: [...typical.q],
    y: [...typical.p],
    marker: { color: COLOR.grey, size: 4, symbol: 'circle-open' },
  }
  return figure({
    id: 'bad-beginnings',
    title: 'Theorem 4.2: what does a bad beginning look like?',
    caption: `Left: place and speed at t = 0 of the particle that carries the largest deviation, in throws at the highest recorded level, among particles of the law${beginning(records, typical)}. Right: how much of its impulse, beyond that of an independent cloud, came from which distance: mostly from one to two cut-off radii, not from the near ones.`,
    data: [cloud, ...places, ...bars],
    layout: {
      xaxis: axis('|q| at t = 0  (length)', { domain: [0, 0.44], rangemode: 'tozero' }),
      yaxis: axis('|p| at t = 0  (length/time)', { rangemode: 'tozero' }),
      xaxis2: axis('distance  (cut-off radii)', { domain: [0.58, 1], anchor: 'y2', type: 'category' }),
      yaxis2: axis('share of the impulse', { anchor: 'x2', rangemode: 'tozero' }),
      annotations: [
        panelTitle('<b>the particle thrown off</b>', 0, 0.44),
        panelTitle('<b>who pushed it</b>', 0.58, 0.42),
      ],
      barmode: 'group',
      height: 620,
    },
    table: {
      N: records.flatMap(({ cell }) => RANGES.map(() => cell.N)),
      'r/r_c': records.flatMap(() => RANGES),
      share: shares.flat(),
    },
    provenance: { ...provenance, delta: deltas[0]! },
  })
}

/** Where the mean rank among particles of the law is below this, one is called near the centre, or slow. */
const LOW = 0.25

/** What the particles have in common, in words for the caption. */
function beginning(records: readonly Pick<TailRecord, 'portraits'>[], typical: BadBeginningsData['typical']): string {
  const seen = records.flatMap(({ portraits }) => portraits)
  const rank = (of: 'q' | 'p'): number =>
    seen.reduce((sum, own) => sum + typical[of].filter(x => x < own[of]).length, 0) / seen.length / typical[of].length
  const words = [rank('q') < LOW ? 'near the centre' : '', rank('p') < LOW ? 'slow' : ''].filter(word => word !== '')
  return words.length === 0 ? '' : `: it begins ${words.join(', and ')}`
}

/** By distance the mean impulse in excess of an independent cloud's, over the mean impulse. */
function sharesOf(portraits: TailRecord['portraits']): number[] {
  const total = portraits.reduce((sum, { impulse }) => sum + impulse.reduce((a, b) => a + b, 0), 0)
  return RANGES.map((_, k) => portraits.reduce((sum, p) => sum + p.impulse[k]! - p.baseline[k]!, 0) / total)
}
