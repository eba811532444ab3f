/**
 * Makes any figure move: the same figure for several values of one parameter, as frames under a slider.
 */
import { quote, requireArray, requireFunction, requireText } from '../../base/errors.js'
import { type Figure, requireFigure, type Trace } from './figure.js'
import { player } from './player.js'
import { figure } from './theme.js'

/** Texts of {@link movieFigure}; what is left out is that of the last frame. */
export interface MovieOptions {
  readonly id?: string
  readonly title?: string
  readonly caption?: string
}

/**
 * A figure whose slider runs through `values`; a still image shows the last. Axes whose range a figure leaves open get one that
 * holds what all frames show, so that they stand still. The table has a column for the parameter and those of every frame.
 * @param name of the parameter, as it stands before the slider
 * @param values of it, in order
 * @param draw the figure for one of them: always the same traces, with the same annotations
 * @throws TypeError, RangeError for no value, and for a frame whose traces or annotations are not those of the first
 * @example movieFigure('δ', [0.1, 0.3], delta => regularisedKernelsFigure([cutoffKernel({ N: 1000, delta })], 1000 ** -delta)).frames.length // 2
 */
export function movieFigure<Value extends number | string>(
  name: string,
  values: readonly Value[],
  draw: (value: Value) => Figure,
  texts: MovieOptions = {},
): Figure {
  requireText('name', name)
  requireArray('values', values)
  requireFunction('draw', draw)
  if (values.length === 0) throw new RangeError('values must hold at least one value, got none')
  const figures = values.map(value => {
    const one = draw(value)
    requireFigure(one)
    return one
  })
  const [first, last] = [figures[0]!, figures.at(-1)!]
  for (const [k, one] of figures.entries()) {
    for (const [what, of] of SAME) {
      if (of(one) === of(first)) continue
      throw new RangeError(`draw(${quote(values[k])}) must have the ${what} of draw(${quote(values[0])}), and has not`)
    }
  }
  const labels = values.map(String)
  // Margins and legend are laid out anew, since the slider takes room below.
  const {
    title,
    margin: _,
    legend: __,
    ...layout
  } = last.layout as Figure['layout'] & {
    readonly title?: string | { readonly text?: string }
  }
  const heading = texts.title ?? (typeof title === 'object' ? title.text : title) ?? ''
  const made = figure({
    id: texts.id ?? last.id,
    title: heading,
    caption: texts.caption ?? last.caption,
    data: last.data,
    layout: { ...layout, ...openRanges(figures), ...player(labels, `${name} = `) },
    table: tableOf(name, values, figures),
    provenance: last.provenance,
  })
  return { ...made, frames: figures.map(({ data }, k) => ({ name: labels[k]!, data })) }
}

const SAME: readonly (readonly [what: string, of: (figure: Figure) => string])[] = [
  ['traces', ({ data }) => JSON.stringify(data.map(({ type, mode, xaxis, yaxis }) => [type, mode, xaxis, yaxis]))],
  ['annotations', ({ layout }) => JSON.stringify(layout.annotations ?? [])],
]

/** Axes of the last figure that have no range, with one that holds the points of all. */
function openRanges(figures: readonly Figure[]): Record<string, object> {
  const { layout, data } = figures.at(-1)!
  const found: Record<string, object> = {}
  for (const letter of ['x', 'y'] as const) {
    for (const id of new Set(data.map(trace => (trace[`${letter}axis`] as string | undefined) ?? letter))) {
      const key = `${letter}axis${id.slice(1)}`
      const axis = (layout[key] ?? {}) as { readonly range?: readonly unknown[]; readonly type?: string }
      if (axis.range !== undefined && !axis.range.includes(null)) continue
      const shown = figures.flatMap(figure => pointsOn(figure.data, letter, id))
      const scaled = axis.type === 'log' ? shown.filter(x => x > 0).map(Math.log10) : shown
      if (scaled.length === 0) continue
      const [low, high] = scaled.reduce(([a, b], x) => [Math.min(a, x), Math.max(b, x)], [Infinity, -Infinity])
      const margin = 0.05 * (high! - low! || 1)
      const [from, to] = axis.range ?? [null, null]
      found[key] = { ...axis, range: [from ?? low! - margin, to ?? high! + margin] }
    }
  }
  return found
}

function pointsOn(data: readonly Trace[], letter: 'x' | 'y', id: string): number[] {
  return data
    .filter(trace => ((trace[`${letter}axis`] as string | undefined) ?? letter) === id)
    .flatMap(trace => (Array.isArray(trace[letter]) ? (trace[letter] as unknown[]) : []))
    .filter((x): x is number => typeof x === 'number' && Number.isFinite(x))
}

/** The tables of the frames below each other. */
function tableOf<Value extends number | string>(
  name: string,
  values: readonly Value[],
  figures: readonly Figure[],
): Figure['table'] {
  const rows = figures.map(({ table }) => Math.max(0, ...Object.values(table).map(column => column.length)))
  const columns = [...new Set(figures.flatMap(({ table }) => Object.keys(table)))]
  return {
    [name]: values.flatMap((value, k) => new Array<number | string>(rows[k]!).fill(value)),
    ...Object.fromEntries(
      columns.map(column => [
        column,
        figures.flatMap(({ table }, k) => Array.from({ length: rows[k]! }, (_, i) => table[column]?.[i] ?? '')),
      ]),
    ),
  }
}
