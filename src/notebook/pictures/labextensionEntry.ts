/**
 * The JupyterLab side of figures: a renderer for application/vnd.plotly.v1+json, written as one self-contained
 * function; and the place where JupyterLab finds the controls of cells and the laboratories. The installer writes its
 * source text into a file, so it may use nothing from outside its own body.
 */
import type { recolour } from '../../figures/theme/recolour.js'
import type { Palette, Scheme } from '../../figures/theme/theme.js'
import type { Lumino, LuminoWidget } from '../interact/frontEnd.js'
import type { InteractFunctions, InteractTools, interactPlugin } from '../interact/interactPlugin.js'
import type { LaboratoryTools, laboratoryRenderer } from '../laboratory/laboratoryRenderer.js'

/** What this file needs of Plotly. */
interface PlotlyApi {
  react(node: HTMLElement, figure: unknown): Promise<unknown>
  purge(node: HTMLElement): void
  Plots: { resize(node: HTMLElement): Promise<unknown> | undefined }
}

interface MimeModel {
  readonly data: Readonly<Record<string, unknown>>
}

/** One package's versions in the webpack share scope. */
type Shared = Readonly<Record<string, { get(): Promise<() => Lumino> }>>

export interface EntryOptions {
  /** Colours of figures, as stored and on a dark page. */
  readonly palettes: Readonly<Record<Scheme, Palette>>
  /** The labextension's name: JupyterLab looks its container up by it. */
  readonly name: string
  /** File name of plotly.js, next to the entry. */
  readonly plotly: string
  /** Names of the controls of cells. */
  readonly interact: Pick<InteractTools, 'mimeType' | 'target'>
  /** The laboratories; `base` is relative to the entry. */
  readonly laboratory: Omit<LaboratoryTools, 'name'>
}

/** Functions that come along as text. */
export interface EntryFunctions extends InteractFunctions {
  readonly recolour: typeof recolour
  readonly interactPlugin: typeof interactPlugin
  readonly laboratoryRenderer: typeof laboratoryRenderer
}

/** The MIME type of Plotly figures in notebooks. */
export const PLOTLY_MIME: string = 'application/vnd.plotly.v1+json'

/**
 * Registers the federated container that JupyterLab 4 and Notebook 7 load. Runs in the browser.
 *
 * Plotly is fetched when the first figure is drawn. A figure that Plotly can't draw shows the error's text. Figures
 * take the colours of JupyterLab's theme, also when it changes.
 */
export function labextensionEntry(options: EntryOptions, functions: EntryFunctions): void {
  const { recolour: colour } = functions
  const mimeType = 'application/vnd.plotly.v1+json'
  const script = document.currentScript as HTMLScriptElement | null
  const beside = (path: string): string => new URL(path, script ? script.src : document.baseURI).href
  const plotlyUrl = beside(options.plotly)
  let shareScope: Record<string, Shared> = {}
  let plotly: Promise<PlotlyApi> | undefined

  const live = new Set<{ restyle(): void }>()
  // JupyterLab says in an attribute of the body whether its theme is light; other themes of one kind differ in
  // variables only.
  new MutationObserver(() => {
    for (const output of live) output.restyle()
  }).observe(document.body, { attributeFilter: ['data-jp-theme-light', 'data-jp-theme-name'] })

  /** The palette of the theme, with the theme's own colours for text and lines. */
  function palette(): Palette {
    const chosen = options.palettes[document.body.dataset.jpThemeLight === 'false' ? 'dark' : 'light']
    const style = getComputedStyle(document.body)
    const own = (name: string, otherwise: string): string => style.getPropertyValue(name).trim() || otherwise
    return {
      ...chosen,
      ink: own('--jp-content-font-color1', chosen.ink),
      grid: own('--jp-border-color2', chosen.grid),
      paper: own('--jp-layout-color0', chosen.paper),
    }
  }

  function loadPlotly(): Promise<PlotlyApi> {
    plotly ??= new Promise((resolve, reject) => {
      const element = document.createElement('script')
      element.onload = () => resolve((window as unknown as { Plotly: PlotlyApi }).Plotly)
      element.onerror = () => {
        plotly = undefined
        element.remove()
        reject(new Error(`plotly.js could not be loaded from ${plotlyUrl}`))
      }
      element.src = plotlyUrl
      document.head.appendChild(element)
    })
    return plotly
  }

  async function lumino(): Promise<Lumino> {
    const versions = Object.values(shareScope['@lumino/widgets'] ?? {})
    const shared = versions[versions.length - 1]
    if (!shared) throw new Error(`${options.name}: this application shares no @lumino/widgets`)
    return (await shared.get())()
  }

  function rendererOf(Widget: new () => LuminoWidget) {
    return class PlotlyOutput extends Widget {
      #host = document.createElement('div')
      #width = 0
      #api: PlotlyApi | undefined
      #gone = false
      #figure:
        | {
            readonly data: unknown[]
            readonly layout: Record<string, unknown>
            readonly config: object
            readonly frames: unknown[]
          }
        | undefined
      // Every change of width comes here: window, side bar, cell moved to its own panel.
      #observer = new ResizeObserver(() => this.#resize())

      constructor() {
        super()
        this.addClass('mfl-plotly')
        this.node.style.overflow = 'auto'
        this.node.appendChild(this.#host)
        this.#observer.observe(this.node)
        live.add(this)
      }

      async renderModel(model: MimeModel): Promise<void> {
        try {
          const figure = model.data[mimeType] as {
            data?: unknown
            layout?: Record<string, unknown>
            config?: Record<string, unknown>
            frames?: unknown[]
          } | null
          if (typeof figure !== 'object' || figure === null || !Array.isArray(figure.data)) {
            throw new TypeError('this output is not a Plotly figure: it has no list of traces in "data"')
          }
          const api = await loadPlotly()
          if (this.#gone) return
          this.#api = api
          const layout = { ...figure.layout }
          // The height is fixed before drawing, so that the page below does not jump and resizing changes widths only.
          const height = typeof layout.height === 'number' ? layout.height : 450
          this.#host.style.height = `${height}px`
          if (typeof layout.width === 'number') this.#host.style.width = `${layout.width}px`
          // In less, Plotly piles the legend up over the axes and leaves it there when the page is widened: scroll
          // sideways instead.
          else this.#host.style.minWidth = '600px'
          this.#width = this.node.clientWidth
          const config = { displaylogo: false, ...figure.config }
          // Frames that a figure before this one had are forgotten, also where this one has none.
          const frames = Array.isArray(figure.frames) ? figure.frames : []
          this.#figure = { data: figure.data, layout, config, frames }
          await this.#draw(api)
        } catch (error) {
          this.#fail(error)
        }
      }

      async #draw(api: PlotlyApi): Promise<void> {
        const { data, layout, config, frames } = this.#figure!
        const coloured = colour({ data, layout }, options.palettes.light, palette())
        await api.react(this.#host, { ...coloured, config, frames })
      }

      restyle(): void {
        if (this.#api && this.#figure) this.#draw(this.#api).catch(error => this.#fail(error))
      }

      #fail(error: unknown): void {
        const message = document.createElement('pre')
        message.className = 'mfl-plotly-error'
        message.setAttribute('role', 'alert')
        message.style.whiteSpace = 'pre-wrap'
        message.textContent = `The figure could not be drawn: ${error instanceof Error ? error.message : String(error)}`
        this.#host.style.height = 'auto'
        this.#host.replaceChildren(message)
      }

      #resize(): void {
        const width = this.node.clientWidth
        // A hidden cell has width 0, and a redraw at width 0 would leave an empty plot behind.
        if (!this.#api || width === 0 || width === this.#width || !this.#host.classList.contains('js-plotly-plot'))
          return
        this.#width = width
        Promise.resolve(this.#api.Plots.resize(this.#host)).catch(error => this.#fail(error))
      }

      override dispose(): void {
        if (!this.#gone) {
          this.#gone = true
          this.#observer.disconnect()
          live.delete(this)
          this.#api?.purge(this.#host)
        }
        super.dispose()
      }
    }
  }

  const container = {
    init(scope: Record<string, Shared>): void {
      shareScope = scope
    },
    async get(module: string): Promise<() => unknown> {
      const widgets = await lumino()
      if (module === './interact') {
        const { interactPlugin } = functions
        const controls = interactPlugin({ name: options.name, lumino: widgets, ...functions, ...options.interact })
        return () => ({ __esModule: true, default: controls })
      }
      const Renderer = rendererOf(widgets.Widget)
      const plugin = {
        id: `${options.name}:plugin`,
        description: 'Renders Plotly figures with the plotly.js that was installed with the laboratory.',
        dataType: 'json',
        rendererFactory: {
          // Plotly's own renderers say the same: a figure is data, and Plotly sanitises the markup in its texts.
          safe: true,
          mimeTypes: [mimeType],
          // Before text/html, images and plain text, which come along for places that run no scripts.
          defaultRank: 0,
          createRenderer: () => new Renderer(),
        },
        rank: 0,
      }
      const { name, laboratory } = options
      const laboratories = functions.laboratoryRenderer(
        { name, ...laboratory, base: beside(laboratory.base) },
        widgets.Widget,
      )
      return () => ({ __esModule: true, default: [plugin, laboratories] })
    },
  }
  const scope = window as unknown as { _JUPYTERLAB?: Record<string, unknown> }
  scope._JUPYTERLAB ??= {}
  scope._JUPYTERLAB[options.name] = container
}
