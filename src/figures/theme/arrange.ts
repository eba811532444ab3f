/**
 * Lays a figure out for a size: breaks of its texts, margins, the legend below everything, panels beside or below each
 * other. Nothing is measured; the widths of texts are estimated from above.
 */
import { maximum } from '../../base/extent.js'
import type { Trace } from './figure.js'
import { axisId, axisOf, movePanels, type Panel, type Place, panelsOf } from './panels.js'
import { lineCount, textWidth, wrapText } from './textWidth.js'

type Layout = Record<string, unknown>

/** Sizes of fonts in CSS pixels. */
export interface FontSizes {
  readonly title: number
  /** Axes, labels of ticks, headings of panels. */
  readonly text: number
  readonly legend: number
  /** Seed and parameters below the title. */
  readonly corner: number
}

/** What {@link arrange} is told. */
export interface Sheet {
  /** CSS pixels. */
  readonly width: number
  /** CSS pixels; by default what the figure needs. */
  readonly height?: number | undefined
  readonly fonts: FontSizes
  /**
   * The least width to which a page that shows the figure may squeeze it; texts are broken so that they fit there too.
   */
  readonly narrowest?: number
}

/** What {@link arrange} returns. */
export interface Arranged {
  readonly data: Trace[]
  readonly layout: Layout
  /** The least height at which everything has its place. */
  readonly leastHeight: number
}

/** Height of a line over the size of its font, in Plotly. */
const LINE = 1.3
/** A panel narrower than this many letters goes below its neighbour. */
const LEAST_PANEL = 11
/** The same where a height is asked for that has no room for panels below each other. */
const LEAST_BESIDE = 9
/** Columns of a legend are no narrower than this many letters. */
const LEAST_COLUMN = 16
/** The least height of a panel, in letters. */
const LEAST_HEIGHT = 7
/** Height over width of a panel that stands alone, or below another. */
const ASPECT = { alone: 0.55, small: 0.66, stacked: 0.5, square: 0.85 }

interface Title {
  readonly text?: string
  readonly subtitle?: { readonly text?: string }
}

/** What the parts of a figure take up on a sheet. */
interface Measures {
  readonly heading: string
  readonly corner: string
  readonly top: number
  readonly right: number
  /** The plot's width where the figure is squeezed. */
  readonly squeezed: number
  readonly places: readonly Place[]
  readonly named: Trace[]
  /** Height of everything but the panels. */
  readonly fixed: number
  /** Between panels that stand below each other. */
  readonly between: number
  readonly rows: number
  readonly height: number
  readonly rowHeight: number
}

/** The figure for a sheet. The layout's title and names may hold breaks already; they are made anew. */
export function arrange(data: readonly Trace[], layout: Layout, sheet: Sheet): Arranged {
  const { width, fonts } = sheet
  const panels = panelsOf(layout)
  // How often the title of an upright axis is broken depends on the height of its panel, which depends on those breaks.
  const guess = measure(data, layout, panels, sheet, 0.6 * (sheet.height ?? 0.7 * width))
  const measures = measure(data, layout, panels, sheet, guess.rowHeight)
  const { heading, corner, top, right, squeezed, places, named, fixed, between, rows, height, rowHeight } = measures
  const all = rowHeight * rows + (rows - 1) * between
  const final =
    rows === 1
      ? places
      : panels.map((_, k): Place => {
          const from = (rows - 1 - k) * (rowHeight + between)
          return { x: [0, 1], y: [from / all, (from + rowHeight) / all] }
        })
  const headed: Layout = { ...layout, ...wrapHeadings(layout, panels, places, squeezed, fonts) }
  const moved = panels.length > 1 ? movePanels(headed, panels, final) : headed
  for (const [k, panel] of panels.entries()) {
    const length = squeezed * share(final[k])
    moved[panel.x] = fitAxis(axisOf(moved, panel.x), length, 'x', fonts, rangeOf(data, panel, 'x'))
    moved[panel.y] = fitAxis(axisOf(moved, panel.y), rowHeight, 'y', fonts, rangeOf(data, panel, 'y'))
  }
  const own = (layout.title ?? {}) as Layout
  const below = corner === '' ? {} : { subtitle: { text: corner, font: { ...cornerFont(layout), size: fonts.corner } } }
  return {
    data: named,
    leastHeight: Math.ceil(fixed + rows * LEAST_HEIGHT * fonts.text),
    layout: {
      ...moved,
      title: {
        ...own,
        text: heading,
        x: (0.6 * fonts.text) / width,
        xanchor: 'left',
        xref: 'container',
        y: titleY(heading, height, fonts),
        yanchor: 'top',
        yref: 'container',
        font: { size: fonts.title },
        ...below,
      },
      width,
      height,
      margin: {
        l: Math.round(2 * fonts.text),
        r: Math.round(right),
        t: Math.round(top),
        b: Math.round(0.6 * fonts.text),
      },
      legend: { ...(layout.legend as Layout | undefined), ...legendPlace(fonts) },
    },
  }
}

/** @param rowLength height of a panel, for the breaks of its upright title */
function measure(
  data: readonly Trace[],
  layout: Layout,
  panels: readonly Panel[],
  { width, height, fonts, narrowest = width }: Sheet,
  rowLength: number,
): Measures {
  const { text } = fonts
  const edge = 0.6 * text
  const title = (layout.title ?? {}) as Title
  const heading = wrapText(unwrapped(title.text), narrowest - 3 * edge, fonts.title)
  const corner = wrapText(unwrapped(title.subtitle?.text), narrowest - 3 * edge, fonts.corner)
  const right = 1.6 * text + colorbarWidth(data, fonts)
  const leftOf = (panel: Panel): number => leftWidth(data, layout, panel, fonts, rowLength)
  const plotWidth = Math.max(width - (panels.length === 0 ? text : leftOf(panels[0]!)) - right, 4 * text)
  const places = placesFor(panels, plotWidth, (height === undefined ? LEAST_PANEL : LEAST_BESIDE) * text, fonts, leftOf)
  const stacked = places.length > 1 && places[0]!.x[1] === 1
  const squeezed = plotWidth - width + narrowest
  const lines = headingLines(wrapHeadings(layout, panels, places, squeezed, fonts))
  const above = lines === 0 ? 0 : lines * LINE * text + 0.4 * text
  const cornerHeight = corner === '' ? 0 : (0.8 + lineCount(corner) * LINE) * fonts.corner
  const top =
    edge +
    (lineCount(heading) * LINE + (lineCount(heading) > 1 ? 0.35 : 0)) * fonts.title +
    cornerHeight +
    1.1 * text +
    above
  const named = wrapNames(data, plotWidth, fonts, layout)
  const xTitle = Math.max(
    0,
    maximum(panels.map(({ x }, k) => titleLines(layout, x, squeezed * share(places[k]), text))),
  )
  const axisHeight = (xTitle + 1) * LINE * text + 14 + 0.8 * text
  const between = axisHeight + above
  const rows = stacked ? panels.length : 1
  const fixed = top + legendHeight(named, plotWidth, fonts, layout) + axisHeight + (rows - 1) * between + edge
  const natural = naturalHeight(layout, panels, places, plotWidth, stacked, text)
  const tall = Math.round(height ?? fixed + rows * natural)
  const rowHeight = Math.max((tall - fixed) / rows, 1)
  return { heading, corner, top, right, squeezed, places, named, fixed, between, rows, height: tall, rowHeight }
}

/** Plotly puts the last line of a longer title where it puts the only line of a short one, about. */
export function titleY(heading: string, height: number, { title, text }: FontSizes): number {
  const more = lineCount(heading) - 1
  const raised = more > 0 ? (LINE * more + 0.35) * title : 0
  return 1 - (0.6 * text + raised) / height
}

/** Below everything, whatever the axes above it take up; the plot ends where the legend begins. */
function legendPlace(fonts: FontSizes): Layout {
  return {
    orientation: 'h',
    xref: 'paper',
    x: 0,
    xanchor: 'left',
    yref: 'container',
    y: 0,
    yanchor: 'bottom',
    maxheight: 0.8,
    itemwidth: symbolWidth(fonts),
    font: { size: fonts.legend },
  }
}

const unwrapped = (text: string | undefined): string => (text ?? '').replaceAll('<br>', ' ')

const share = (place: Place | undefined): number => (place === undefined ? 1 : place.x[1] - place.x[0])

function cornerFont(layout: Layout): Layout {
  return ((layout.title as { subtitle?: { font?: Layout } } | undefined)?.subtitle?.font ?? {}) as Layout
}

function titleText(layout: Layout, name: string): string {
  return unwrapped((axisOf(layout, name).title as Title | undefined)?.text).trim()
}

function titleLines(layout: Layout, name: string, length: number, size: number): number {
  return lineCount(wrapText(titleText(layout, name), length, size))
}

/** Width of labels and title to the left of a panel. */
function leftWidth(data: readonly Trace[], layout: Layout, panel: Panel, fonts: FontSizes, rowLength: number): number {
  const { text } = fonts
  const axis = axisOf(layout, panel.y)
  if (axis.visible === false) return text
  const labels = axis.showticklabels === false ? 0 : labelWidth(data, axis, panel, text)
  const lines = titleLines(layout, panel.y, rowLength, text)
  return labels + (lines === 0 ? 0 : (lines + 0.3) * LINE * text) + 18
}

function labelWidth(data: readonly Trace[], axis: Layout, panel: Panel, size: number): number {
  const widest = (texts: readonly string[]): number =>
    texts.reduce((most, text) => Math.max(most, textWidth(text, size)), 0)
  if (Array.isArray(axis.ticktext)) return widest(axis.ticktext.map(String))
  const names = data
    .filter(trace => (trace.yaxis ?? 'y') === axisId(panel.y) && Array.isArray(trace.y))
    .flatMap(trace => (trace.y as unknown[]).filter((value): value is string => typeof value === 'string'))
  if (names.length > 0) return widest(names)
  return widest([axis.type === 'log' ? '10<sup>−10</sup>' : '0.00'])
}

function colorbarWidth(data: readonly Trace[], fonts: FontSizes): number {
  return data.some(trace => trace.colorbar !== undefined) ? 5 * fonts.text : 0
}

/** Beside each other with room for the labels between them, or one below the other. */
function placesFor(
  panels: readonly Panel[],
  plotWidth: number,
  least: number,
  fonts: FontSizes,
  leftOf: (panel: Panel) => number,
): Place[] {
  if (panels.length < 2) return panels.map(() => ({ x: [0, 1], y: [0, 1] }))
  const gaps = panels.slice(1).map((panel, k) => {
    const needed = (leftOf(panel) + 0.8 * fonts.text) / plotWidth
    return Math.max(needed, Math.min(panel.from - panels[k]!.to, 0.14))
  })
  const free = 1 - gaps.reduce((sum, gap) => sum + gap, 0)
  const widths = panels.map(({ from, to }) => to - from)
  const scale = free / widths.reduce((sum, one) => sum + one, 0)
  if (Math.min(...widths) * scale * plotWidth < least) return panels.map(() => ({ x: [0, 1], y: [0, 0.5] }))
  let from = 0
  return widths.map((one, k) => {
    const to = k === widths.length - 1 ? 1 : from + one * scale
    const place: Place = { x: [from, to], y: [0, 1] }
    from = to + (gaps[k] ?? 0)
    return place
  })
}

const isHeading = ({ xref, yref, y }: Layout): boolean => xref === 'paper' && yref === 'paper' && Number(y) >= 1

/** The annotations, headings broken to the width of their panels; breaks that they have stay. */
function wrapHeadings(
  layout: Layout,
  panels: readonly Panel[],
  places: readonly Place[],
  plotWidth: number,
  fonts: FontSizes,
): { readonly annotations: Layout[] } {
  const notes = (layout.annotations as Layout[] | undefined) ?? []
  const annotations = notes.map(note => {
    const k = panels.findIndex(({ from, to }) => Number(note.x) >= from && Number(note.x) <= to)
    if (!isHeading(note) || k < 0) return note
    return { ...note, text: wrapText(String(note.text), share(places[k]) * plotWidth, fonts.text) }
  })
  return { annotations }
}

/** Lines of the highest heading above the panels. */
function headingLines({ annotations }: { readonly annotations: readonly Layout[] }): number {
  return annotations.filter(isHeading).reduce((most, { text }) => Math.max(most, lineCount(String(text))), 0)
}

/** Names broken to the width of the plot, or of a half or a third of it where that makes the legend clearly lower. */
function wrapNames(data: readonly Trace[], plotWidth: number, fonts: FontSizes, layout: Layout): Trace[] {
  const height = (names: readonly Trace[]): number => legendHeight(names, plotWidth, fonts, layout)
  const whole = wrappedTo(plotWidth, data, fonts)
  const narrower = [2, 3]
    .filter(columns => plotWidth / columns > LEAST_COLUMN * fonts.legend)
    .map(columns => wrappedTo(plotWidth / columns, data, fonts))
  return narrower.reduce((best, names) => (height(names) < 0.85 * height(best) ? names : best), whole)
}

function wrappedTo(width: number, data: readonly Trace[], fonts: FontSizes): Trace[] {
  const room = width - symbolWidth(fonts) - 22
  return data.map(trace =>
    typeof trace.name === 'string' && textWidth(unwrapped(trace.name), fonts.legend) > room
      ? { ...trace, name: wrapText(unwrapped(trace.name), room, fonts.legend) }
      : trace,
  )
}

/** Width of the symbol of an entry; Plotly allows no less than 30. */
const symbolWidth = (fonts: FontSizes): number => Math.max(30, 2.1 * fonts.text)

/** Height of the legend: Plotly puts entries into columns as wide as the widest, unless all fit into one row. */
function legendHeight(data: readonly Trace[], plotWidth: number, fonts: FontSizes, layout: Layout): number {
  const shown = data.filter(trace => trace.showlegend !== false && typeof trace.name === 'string' && trace.name !== '')
  const alone = data.length < 2 && layout.showlegend !== true
  if (layout.showlegend === false || shown.length === 0 || alone) return 0
  const { legend: size } = fonts
  const widths = shown.map(({ name }) =>
    String(name)
      .split('<br>')
      .reduce((most, one) => Math.max(most, textWidth(one, size)), 0),
  )
  const heights = shown.map(({ name }) => Math.max(LINE * size * lineCount(String(name)), 16) + 3)
  // Gaps about the symbol and behind the text.
  const more = symbolWidth(fonts) + 15
  const widest = Math.max(...widths) + more
  const oneRow = widths.reduce((sum, width) => sum + width + more, 0) < plotWidth
  const columns = oneRow ? shown.length : Math.max(1, Math.floor((plotWidth + 5) / widest))
  let total = 12
  for (let k = 0; k < shown.length; k += columns) total += Math.max(...heights.slice(k, k + columns))
  return total
}

/** Height of a panel where nothing asks for another. */
function naturalHeight(
  layout: Layout,
  panels: readonly Panel[],
  places: readonly Place[],
  plotWidth: number,
  stacked: boolean,
  text: number,
): number {
  const square = panels.some(({ y }) => axisOf(layout, y).scaleanchor !== undefined)
  if (panels.length === 0 || square) return ASPECT.square * plotWidth * (stacked ? 1 : share(places[0]))
  if (stacked) return ASPECT.stacked * plotWidth
  if (panels.length === 1) return (plotWidth < 28 * text ? ASPECT.small : ASPECT.alone) * plotWidth
  return Math.max(0.4 * plotWidth, 0.9 * share(places[0]) * plotWidth)
}

/** The least and the largest positive number of the data on an axis. */
function rangeOf(data: readonly Trace[], panel: Panel, which: 'x' | 'y'): readonly [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, 0]
  for (const trace of data) {
    if ((trace[`${which}axis`] ?? which) !== axisId(panel[which]) || !Array.isArray(trace[which])) continue
    for (const value of trace[which] as unknown[]) {
      if (typeof value !== 'number' || !(value > 0)) continue
      least = Math.min(least, value)
      most = Math.max(most, value)
    }
  }
  return most > 0 ? [least, most] : [1, 1]
}

/** Title broken to the length of the axis, labels no denser than they can be read. */
function fitAxis(
  axis: Layout,
  length: number,
  which: 'x' | 'y',
  fonts: FontSizes,
  range: readonly [number, number],
): Layout {
  const { text } = fonts
  const title = (axis.title ?? {}) as Layout
  const fitted: Layout = {
    ...axis,
    title: { ...title, text: wrapText(unwrapped(String(title.text ?? '')), length, text) },
  }
  if (axis.visible === false || axis.type === 'category' || axis.tickmode === 'array') return fitted
  if (axis.type === 'log')
    return { ...fitted, ...logTicks(axis, length, which === 'x' ? 3.6 * text : 1.8 * text, fonts, range) }
  if (axis.dtick !== undefined) return fitted
  const most = which === 'x' ? 11 : 8
  return { ...fitted, nticks: Math.max(3, Math.min(most, Math.floor(length / (which === 'x' ? 4.2 : 2.6) / text))) }
}

/** @param each what a label needs along the axis */
function logTicks(
  axis: Layout,
  length: number,
  each: number,
  fonts: FontSizes,
  range: readonly [number, number],
): Layout {
  const own = axis.range as readonly [number, number] | undefined
  const [from, to] = own ?? [Math.log10(range[0]), Math.log10(range[1])]
  const decades = Math.max(Math.abs(to - from), 0.1)
  const decade = length / decades
  if (axis.dtick === 'D2') {
    if (0.3 * decade < each && decades >= 1.2) return { dtick: 1 }
    // Plotly writes 2 and 5 smaller than the rest, on a slide too small.
    return fonts.corner < fonts.text ? {} : digitTicks(from, to)
  }
  if (axis.dtick !== 1 || decade >= each) return {}
  return { dtick: Math.ceil(each / decade), minor: { ticks: 'outside', ticklen: 3, dtick: 1 } }
}

/** Labels at 1, 2 and 5 times the powers of ten between two logarithms and a little beyond. */
function digitTicks(from: number, to: number): Layout {
  const values: number[] = []
  for (let k = Math.floor(from) - 1; k <= Math.ceil(to); k++) {
    for (const digit of [1, 2, 5]) values.push(Number(`${digit}e${k}`))
  }
  const inside = values.filter(value => Math.log10(value) >= from - 0.3 && Math.log10(value) <= to + 0.3)
  return { tickmode: 'array', tickvals: inside, ticktext: inside.map(from < -3 || to > 4 ? digitOf : String) }
}

/** 2 and 5 alone, between powers of ten. */
function digitOf(value: number): string {
  const [digit, power] = value.toExponential().split('e') as [string, string]
  return digit === '1' ? `10<sup>${power.replace('+', '').replace('-', '−')}</sup>` : digit
}
