/**
 * Views of a figure: what a step of the text shows in it. In a notebook a step of a list begins with an empty element,
 * `<span data-view="frame: 0.45"></span>`, which Jupyter and GitHub do not show; in the book the figure above the list
 * changes with the step that is read.
 */
import { quote } from '../../../base/errors.js'
import type { StoredFigure } from './figureFiles.js'

type Trace = Readonly<Record<string, unknown>>

/** How much is left of what a step is not about. */
const FADED = 0.12

/**
 * The figure as a step of the text shows it.
 * @param view `frame: NAME` of a movie, `panel: 2`, or `lines: WORDS | WORDS`, those whose names hold the words;
 * several with a semicolon between
 * @throws RangeError naming the view, and what the figure has
 */
export function viewedFigure(figure: StoredFigure, view: string): StoredFigure {
  return view.split(';').reduce((seen, part) => {
    const [, kind = '', value = ''] = /^\s*(frame|panel|lines):\s*(\S.*?)\s*$/.exec(part) ?? []
    if (kind === 'frame') return atFrame(seen, value)
    if (kind === 'panel') return lit(seen, view, trace => panelOf(trace) === (value === '1' ? '' : value))
    if (kind === 'lines') return lit(seen, view, byName(seen, view, value.split('|')))
    throw new RangeError(`view must be frame: NAME, panel: NUMBER or lines: WORDS | WORDS, got ${quote(view)}`)
  }, figure)
}

function atFrame(figure: StoredFigure, name: string): StoredFigure {
  const frames = figure.frames ?? []
  const index = frames.findIndex(frame => frame.name === name)
  if (index < 0) {
    const names = frames.map(frame => frame.name).join(', ')
    throw new RangeError(`view must be a frame of figure ${figure.id} (${names || 'it has none'}), got ${quote(name)}`)
  }
  const { data: changed, traces = changed.map((_, k) => k) } = frames[index]!
  const data = figure.data.map((trace, k) => {
    const at = traces.indexOf(k)
    return at < 0 ? trace : { ...(trace as Trace), ...(changed[at] as Trace) }
  })
  const { sliders = [], ...layout } = figure.layout ?? {}
  const moved = (sliders as readonly Trace[]).map(slider => ({ ...slider, active: index }))
  return { ...figure, data, layout: { ...layout, ...(moved.length === 0 ? {} : { sliders: moved }) } }
}

/** The end of the name of a trace's axis or scene: '' for the first panel. */
function panelOf({ xaxis = 'x', scene }: Trace): string {
  return String(scene ?? xaxis).replace(/^(x|scene)/, '')
}

function byName(figure: StoredFigure, view: string, words: readonly string[]): (trace: Trace) => boolean {
  const nameOf = ({ name = '' }: Trace): string => String(name).replace(/<[^>]*>/g, '')
  const wanted = words.map(word => word.trim())
  for (const word of wanted) {
    if (figure.data.some(trace => nameOf(trace as Trace).includes(word))) continue
    const names = [...new Set(figure.data.map(trace => quote(nameOf(trace as Trace))))].join(', ')
    throw new RangeError(`view ${quote(view)} must name lines of figure ${figure.id}, which has ${names}`)
  }
  return trace => wanted.some(word => nameOf(trace).includes(word))
}

/** All else is faded. */
function lit(figure: StoredFigure, view: string, about: (trace: Trace) => boolean): StoredFigure {
  if (!figure.data.some(trace => about(trace as Trace))) {
    throw new RangeError(`view ${quote(view)} must be about something in figure ${figure.id}, and is about nothing`)
  }
  const data = figure.data.map(trace => (about(trace as Trace) ? trace : { ...(trace as Trace), opacity: FADED }))
  return { ...figure, data }
}

/** A view of a page, in the order of the page. */
export interface PageView {
  readonly figure: string
  readonly view: string
  /** Name of its image, without an end. */
  readonly image: string
}

const PARTS = /data-figure="([\w-]+)"|<span data-view="([^"]*)"><\/span>/g

/** The views of a page: each is of the figure above it. @throws RangeError for a view without a figure above it */
export function viewsOf(html: string): PageView[] {
  const views: PageView[] = []
  let figure: string | undefined
  for (const [, id, view] of html.matchAll(PARTS)) {
    if (id !== undefined) figure = id
    else if (figure === undefined) throw new RangeError(`view ${quote(view)} must stand below a figure`)
    else views.push({ figure, view: view!, image: `figures/${figure}.view-${views.length + 1}` })
  }
  return views
}

/** The page with the images of its views where the script of the page finds them. */
export function withViews(html: string): string {
  const views = viewsOf(html)
  let next = 0
  return html.replace(PARTS, (whole, id) => {
    if (id !== undefined) return whole
    const { figure, image } = views[next++]!
    return `<span class="view" data-of="${figure}" data-image="${image}"></span>`
  })
}
