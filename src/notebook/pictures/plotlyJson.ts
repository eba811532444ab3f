/**
 * A figure as the Plotly JSON that notebooks store: plain arrays, short numbers.
 */
import type { Figure } from '../../figures/theme/figure.js'

interface PlotlyJson {
  readonly data: unknown[]
  readonly layout: Record<string, unknown>
  /** Of an animation. */
  readonly frames?: unknown[]
}

/**
 * Significant digits kept. A screen shows four; eight leave room to zoom in 10 000 times, at half the bytes of a
 * full double. `figure.table` and the CSV export keep every digit.
 */
const DIGITS = 8

/** Numbers shortened, typed arrays as arrays, and what JSON has no word for (NaN, infinities) as null: a gap. */
function plain(value: unknown): unknown {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return null
    return Number.isInteger(value) ? value : Number(value.toPrecision(DIGITS))
  }
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return Array.from(value as unknown as ArrayLike<number>, plain)
  }
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, entry]) => entry !== undefined && typeof entry !== 'function')
        .map(([key, entry]) => [key, plain(entry)]),
    )
  }
  return value
}

/** The figure's traces, layout and frames as plain, small JSON. @throws TypeError if it has no list of traces */
export function plotlyJson(figure: Figure): PlotlyJson {
  if (!Array.isArray(figure?.data)) throw new TypeError('figure must have a list of traces in "data"')
  const data = plain(figure.data) as unknown[]
  const layout = plain(figure.layout ?? {}) as Record<string, unknown>
  return figure.frames === undefined ? { data, layout } : { data, layout, frames: plain(figure.frames) as unknown[] }
}
