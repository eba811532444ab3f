/**
 * Turns the image of a figure into the interactive figure when the reader asks for it. Plotly is loaded once, with the
 * first.
 */
import { recolour } from '../../figures/theme/recolour.js'
import { PALETTES } from '../../figures/theme/theme.js'
import { loadScript } from './loadScript.js'
import { NARROW } from './narrowScreen.js'
import { onColoursChange, scheme } from './scheme.js'

/** A figure as it is stored. */
export interface PlotlyFigure {
  readonly data: readonly unknown[]
  readonly layout?: Record<string, unknown>
  readonly frames?: readonly { readonly data: readonly unknown[] }[]
  readonly config?: Record<string, unknown>
}

interface PlotlyApi {
  newPlot(node: HTMLElement, data: unknown, layout: unknown, config: unknown): Promise<unknown>
  addFrames(node: HTMLElement, frames: unknown): Promise<unknown>
  purge(node: HTMLElement): void
  react(node: HTMLElement, data: unknown, layout: unknown, config: unknown): Promise<unknown>
}

/** What is on the page, each drawn anew when the scheme changes. */
const live = new Map<HTMLElement, () => Promise<unknown>>()

const stored = new Map<string, PlotlyFigure>()

/** What the script of a stored figure calls. */
function receive(id: string, figure: PlotlyFigure): void {
  stored.set(id, figure)
}

/** Makes the buttons of all figures of the page work. */
export function interactiveFigures(): void {
  Object.assign(window, { mflFigure: receive, mflDraw: drawAlone })
  for (const element of document.querySelectorAll<HTMLElement>('figure.plot')) arm(element)
  onColoursChange(() => {
    for (const [node, redraw] of live) {
      if (node.isConnected) void redraw()
      else live.delete(node)
    }
  })
}

function arm(element: HTMLElement): void {
  const button = element.querySelector<HTMLButtonElement>('.plot-button')!
  const frame = element.querySelector<HTMLElement>('.plot-frame')!
  const image = [...frame.childNodes]
  const words = button.textContent
  let plot: HTMLElement | undefined
  button.hidden = false
  button.addEventListener('click', () => {
    if (plot !== undefined) {
      plotly().purge(plot)
      live.delete(plot)
      plot = undefined
      frame.replaceChildren(...image)
      button.textContent = words
      return
    }
    button.disabled = true
    button.textContent = 'Loading …'
    draw(element, frame).then(
      drawn => {
        plot = drawn
        button.textContent = 'Back to the image'
        button.disabled = false
      },
      (error: unknown) => {
        frame.replaceChildren(...image)
        button.textContent = `${(error as Error).message}. Try again`
        button.disabled = false
      },
    )
  })
}

/** Draws a figure that has no image: one that a cell has just made, and that {@link receive} knows. */
async function drawAlone(element: HTMLElement): Promise<void> {
  element.querySelector('.plot-button')?.remove()
  await draw(element, element.querySelector<HTMLElement>('.plot-frame')!)
}

const plotly = (): PlotlyApi => (window as unknown as { readonly Plotly: PlotlyApi }).Plotly

/**
 * CSS pixels by which a legend of many lines lies on the slider above it, and some for a distance; 0 if it does not.
 */
function overlapOf(node: HTMLElement): number {
  const [slider, legend] = ['.slider-container', '.legend'].map(name =>
    node.querySelector(name)?.getBoundingClientRect(),
  )
  if (slider === undefined || legend === undefined) return 0
  if (slider.bottom <= legend.top || legend.bottom <= slider.top) return 0
  return Math.ceil(slider.bottom - legend.top) + 8
}

/** What Plotly has made of a layout. */
interface Drawn {
  /** CSS pixels of the plot and below it. */
  readonly _size: { readonly h: number; readonly b: number }
  readonly [axis: `yaxis${string}`]: { readonly domain: readonly number[] } | undefined
}

const drawn = (node: HTMLElement): Drawn => (node as unknown as { readonly _fullLayout: Drawn })._fullLayout

/** CSS pixels below panels of equal scales, which get lower with the width. */
function emptyBelow(node: HTMLElement, layout: Record<string, unknown>): number {
  const axes = Object.keys(layout).filter((name): name is `yaxis${string}` => /^yaxis\d*$/.test(name))
  if (!axes.every(name => (layout[name] as { readonly scaleanchor?: string }).scaleanchor !== undefined)) return 0
  const plot = drawn(node)
  const ends = axes.flatMap(name => plot[name]?.domain[0] ?? [])
  return ends.length === 0 ? 0 : Math.floor(Math.min(...ends) * plot._size.h)
}

/** The figure for a phone; undefined where it has no room, and is scrolled. */
async function narrowed(figure: PlotlyFigure, width: number): Promise<PlotlyFigure | undefined> {
  await loadScript('assets/narrow-figure.js')
  const { mflNarrowFigure } = window as unknown as {
    mflNarrowFigure(figure: PlotlyFigure, width: number): PlotlyFigure
  }
  try {
    return mflNarrowFigure(figure, width)
  } catch {
    return undefined
  }
}

async function draw(element: HTMLElement, frame: HTMLElement): Promise<HTMLElement> {
  const id = element.dataset.figure!
  const arrives = stored.has(id) ? undefined : loadScript(`figures/${id}.js`)
  await Promise.all([loadScript('assets/plotly.js'), arrives])
  const narrow = frame.clientWidth < NARROW ? await narrowed(stored.get(id)!, frame.clientWidth) : undefined
  const { data, layout = {}, frames, config } = narrow ?? stored.get(id)!
  // What is drawn changes in place: a view that was turned stays, and nothing flickers.
  const previous = frame.querySelector<HTMLElement>('.plot-live')
  const node = previous ?? document.createElement('div')
  node.className = narrow === undefined ? 'plot-live' : 'plot-live narrow'
  const { width: _, ...flexible } = layout
  if (previous === null) frame.replaceChildren(node)
  // On a phone the bar of tools would lie on the title.
  const tools = narrow === undefined ? {} : { displayModeBar: false }
  const settings = { displaylogo: false, responsive: true, ...config, ...tools }
  const height = narrow === undefined ? Number(element.dataset.height) : layout.height
  let whole: Record<string, unknown> = { ...flexible, autosize: true, height }
  const render = (make: 'newPlot' | 'react'): Promise<unknown> => {
    const coloured = recolour({ data, layout: whole }, PALETTES.light, PALETTES[scheme()])
    return plotly()[make](node, coloured.data, coloured.layout, settings)
  }
  await render(previous === null ? 'newPlot' : 'react')
  const lacking = overlapOf(node)
  if (lacking > 0) {
    const margin = { ...(layout.margin as object | undefined), b: drawn(node)._size.b + lacking }
    whole = { ...whole, height: Number(height) + lacking, margin }
    await render('react')
  }
  const empty = emptyBelow(node, layout)
  if (empty > 0) {
    const panels = drawn(node)._size.h - empty
    whole = { ...whole, height: Number(height) - empty }
    await render('react')
    // Plotly makes room for labels only now, and takes it from the panels.
    const taken = Math.ceil(panels - drawn(node)._size.h)
    if (taken > 0) {
      whole = { ...whole, height: Number(height) - empty + taken }
      await render('react')
    }
  }
  live.set(node, () => render('react'))
  if (frames !== undefined) await plotly().addFrames(node, frames)
  return node
}
