/**
 * Makes any figure move: the same figure for several values of one parameter, as frames under a slider.
 */
import { quote, requireArray, requireFunction, requireOneOf, requireOptions, requireText } from '../../base/errors.js'
import { maximum, minimum } from '../../base/extent.js'
import { type Figure, requireFigure, type Trace } from './figure.js'
import { PLAYER_HEIGHT, player } from './player.js'
import { axis, figure, STANDARD } from './theme.js'

/** Options of {@link movieFigure}; texts that are left out are those of the frame that a still image shows. */
export interface MovieOptions<Value> {
  /** The value whose frame a still image shows, by default the last. */
  readonly still?: Value
  readonly id?: string
  readonly title?: string
  readonly caption?: string
}

/**
 * A figure whose slider runs through `values`. Axes whose range a figure leaves open get one that
 * holds what all frames show, so that they stand still. The table has a column for the
 * parameter and those of every frame; provenance that differs from frame to frame is left out.
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
  options: MovieOptions<Value> = {},
): Figure {
  requireText('name', name)
  requireArray('values', values)
  requireFunction('draw', draw)
  requireOptions<MovieOptions<Value>>('movieFigure', options, { still: true, id: true, title: true, caption: true })
  if (values.length === 0) throw new RangeError('values must hold at least one value, got none')
  for (const key of ['id', 'title', 'caption'] as const) if (options[key] !== undefined) requireText(key, options[key])
  const { still: shown = values.at(-1)! } = options
  requireOneOf('still', shown, values)
  const figures = values.map(value => {
    const one = draw(value)
    requireFigure(one, `draw(${quote(value)})`)
    return one
  })
  const first = figures[0]!
  for (const [k, one] of figures.entries()) {
    for (const [what, of] of SAME) {
      if (of(one) === of(first)) continue
      throw new RangeError(`draw(${quote(values[k])}) must have the ${what} of draw(${quote(values[0])}), and has not`)
    }
  }
  const still = values.indexOf(shown)
  const frame = figures[still]!
  const labels = values.map(String)
  // Lines and points of the plane are all that Plotly moves by itself.
  const motion = frame.data.every(({ type }) => type === 'scatter') ? 'moved' : 'redrawn'
  // Margins and legend are laid out anew, since the slider takes room below.
  const {
    title,
    margin: _,
    legend: __,
    ...layout
  } = frame.layout as Figure['layout'] & {
    readonly title?: string | { readonly text?: string }
  }
  const made = figure({
    id: options.id ?? frame.id,
    title: options.title ?? (typeof title === 'object' ? title.text : title) ?? '',
    caption: options.caption ?? frame.caption,
    data: frame.data,
    layout: {
      ...layout,
      ...axesOf(frame, figures),
      ...player(labels, `${name} = `, motion, still),
      // The axes keep the height that they have without a player.
      height: ((frame.layout.height as number | undefined) ?? STANDARD.height) + PLAYER_HEIGHT,
    },
    table: tableOf(name, values, figures),
    provenance: {
      ...Object.fromEntries(
        Object.entries(frame.provenance).filter(([key, value]) =>
          figures.every(({ provenance }) => provenance[key] === value),
        ),
      ),
      [name]: `${labels[0]} to ${labels.at(-1)}`,
    },
  })
  return { ...made, frames: figures.map(({ data }, k) => ({ name: labels[k]!, data })) }
}

const SAME: readonly (readonly [what: string, of: (figure: Figure) => string])[] = [
  ['traces', ({ data }) => JSON.stringify(data.map(({ type, mode, xaxis, yaxis }) => [type, mode, xaxis, yaxis]))],
  ['annotations', ({ layout }) => JSON.stringify(layout.annotations ?? [])],
]

/** The axes, dressed where they are plain; those that have no range get one that holds the points of all frames. */
function axesOf({ data, layout }: Figure, figures: readonly Figure[]): Record<string, object> {
  const found: Record<string, object> = {}
  for (const letter of ['x', 'y'] as const) {
    for (const id of new Set(data.filter(inPlane).map(trace => axisOf(trace, letter)))) {
      const key = `${letter}axis${id.slice(1)}`
      const given = (layout[key] ?? {}) as Axis
      const text = (typeof given.title === 'object' ? given.title.text : given.title) ?? ''
      const dressed = given.automargin === undefined ? axis(text, { ...given, title: { text, standoff: 8 } }) : given
      found[key] = { ...dressed, ...openRange(given, shownOn(figures, letter, id)) }
    }
  }
  return found
}

interface Axis {
  readonly title?: string | { readonly text?: string }
  readonly automargin?: boolean
  readonly range?: readonly (number | null)[]
  readonly type?: string
}

/** The range in which all points lie, with a margin, where an axis leaves it open. */
function openRange({ range, type }: Axis, shown: readonly number[]): { readonly range?: readonly number[] } {
  if (range !== undefined && !range.includes(null)) return {}
  const scaled = type === 'log' ? shown.filter(x => x > 0).map(Math.log10) : shown
  if (scaled.length === 0) return {}
  const [low, high] = [minimum(scaled), maximum(scaled)]
  const margin = 0.05 * (high - low || 1)
  return { range: [range?.[0] ?? low - margin, range?.[1] ?? high + margin] }
}

/** Whether a trace has axes; those in space have scenes. */
const inPlane = ({ type }: Trace): boolean => !/3d$|^surface$/.test(type)

const axisOf = (trace: Trace, letter: 'x' | 'y'): string => (trace[`${letter}axis`] as string | undefined) ?? letter

const shownOn = (figures: readonly Figure[], letter: 'x' | 'y', id: string): number[] =>
  figures
    .flatMap(({ data }) => data.filter(trace => axisOf(trace, letter) === id))
    .flatMap(trace => (Array.isArray(trace[letter]) ? (trace[letter] as unknown[]) : []))
    .filter((x): x is number => typeof x === 'number' && Number.isFinite(x))

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
