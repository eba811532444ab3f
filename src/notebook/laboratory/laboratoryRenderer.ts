/**
 * The JupyterLab side of {@link lab}: a frame of the same host in which the laboratory's own page script runs, with its
 * worker, its style, and the colours of the theme. One self-contained function; the labextension carries its text, so
 * it uses nothing from outside its own body.
 */
import type { LuminoWidget } from '../interact/frontEnd.js'
import type { LabModel } from './protocol.js'

/** What comes along into the browser. */
export interface LaboratoryTools {
  readonly name: string
  readonly mimeType: string
  readonly names: readonly string[]
  /** The folder of the laboratories' scripts and styles, with its slash. */
  readonly base: string
}

/** What JupyterLab makes a renderer from. Runs in the browser. */
export function laboratoryRenderer(
  { name, mimeType, names, base }: LaboratoryTools,
  Widget: new () => LuminoWidget,
): object {
  /** Pixels before the laboratory has told how high it is. */
  const FIRST_HEIGHT = 400

  const live = new Set<{ paint(): void }>()
  new MutationObserver(() => {
    for (const output of live) output.paint()
  }).observe(document.body, { attributeFilter: ['data-jp-theme-light', 'data-jp-theme-name'] })

  /** Variables of the laboratory's style, and where JupyterLab's theme has them. */
  const COLOURS = {
    '--paper': '--jp-layout-color0',
    '--raised': '--jp-layout-color0',
    '--ink': '--jp-content-font-color1',
    '--soft': '--jp-ui-font-color2',
    '--line': '--jp-border-color2',
    '--link': '--jp-content-link-color',
    '--blue': '--jp-brand-color1',
    '--sans': '--jp-ui-font-family',
  }

  /** Nothing but the laboratory's own files. The worker's file has the server's policy. */
  function page(lab: string): string {
    const { origin } = new URL(base)
    const policy = [
      "default-src 'none'",
      `script-src ${origin} 'wasm-unsafe-eval'`,
      `worker-src ${origin}`,
      `style-src ${origin} 'unsafe-inline'`,
      'img-src data: blob:',
      "base-uri 'none'",
      "form-action 'none'",
    ]
    return `<!doctype html><html lang="en-GB"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy.join('; ')}"><title>${lab}</title>
<link rel="stylesheet" href="${base}assets/lab-output.css"><script defer src="${base}assets/lab.js"></script>
</head><body><div class="laboratory-place" data-lab="${lab}" data-closed></div></body></html>`
  }

  class LaboratoryOutput extends Widget {
    #frame: HTMLIFrameElement | undefined
    /**
     * What the controls say: JupyterLab takes cells out of its page and puts them back, and a frame then begins anew.
     */
    #setting = ''
    #shown = ''
    #watch: { disconnect(): void }[] = []

    constructor() {
      super()
      this.addClass('mfl-lab')
      this.node.style.overflow = 'auto'
      live.add(this)
    }

    async renderModel(model: { readonly data: Readonly<Record<string, unknown>> }): Promise<void> {
      const given = model.data[mimeType] as Partial<LabModel> | null
      const text = JSON.stringify(given)
      if (text === this.#shown) return
      this.#shown = text
      this.#stop()
      const lab = names.find(known => known === given?.name)
      if (lab === undefined)
        return this.#fail(`there is no laboratory ${JSON.stringify(given?.name)}, only ${names.join(', ')}`)
      this.#setting = JSON.stringify(given?.state ?? {})
      const frame = document.createElement('iframe')
      frame.title = `laboratory ${lab}`
      Object.assign(frame.style, { display: 'block', width: '100%', height: `${FIRST_HEIGHT}px`, border: '0' })
      frame.addEventListener('load', () => this.#open(frame))
      frame.srcdoc = page(lab)
      this.#frame = frame
      this.node.replaceChildren(frame)
    }

    #open(frame: HTMLIFrameElement): void {
      this.#forget()
      const scope = frame.contentWindow as (Window & { mflLaboratory?: { open(place: HTMLElement): void } }) | null
      const place = frame.contentDocument?.querySelector<HTMLElement>('.laboratory-place')
      if (frame !== this.#frame || !place) return
      if (!scope?.mflLaboratory) {
        this.#fail(`its scripts could not be loaded from ${base}`)
        return
      }
      this.paint()
      place.dataset.setting = this.#setting
      scope.mflLaboratory.open(place)
      const settings = new MutationObserver(() => {
        this.#setting = place.dataset.setting ?? this.#setting
      })
      settings.observe(place, { attributeFilter: ['data-setting'] })
      const { body } = frame.contentDocument!
      const sizes = new ResizeObserver(() => {
        // A cell out of sight has no height.
        const height = Math.ceil(body.getBoundingClientRect().height)
        if (height > 0) frame.style.height = `${height}px`
      })
      sizes.observe(body)
      this.#watch = [settings, sizes]
    }

    /** In the colours of the theme. */
    paint(): void {
      const root = this.#frame?.contentDocument?.documentElement
      if (!root) return
      const theme = getComputedStyle(document.body)
      for (const [own, theirs] of Object.entries(COLOURS)) {
        const value = theme.getPropertyValue(theirs).trim()
        if (value !== '') root.style.setProperty(own, value)
      }
      const scheme = document.body.dataset.jpThemeLight === 'false' ? 'dark' : 'light'
      root.style.colorScheme = scheme
      root.dataset.scheme = scheme
    }

    #fail(reason: string): void {
      this.#stop()
      const message = document.createElement('pre')
      message.className = 'mfl-lab-error'
      message.setAttribute('role', 'alert')
      message.style.whiteSpace = 'pre-wrap'
      message.textContent = `The laboratory could not be shown: ${reason}`
      this.node.replaceChildren(message)
    }

    #forget(): void {
      for (const observer of this.#watch.splice(0)) observer.disconnect()
    }

    /** With its document the frame's worker ends. */
    #stop(): void {
      this.#forget()
      this.#frame?.remove()
      this.#frame = undefined
    }

    override dispose(): void {
      if (this.isDisposed) return
      live.delete(this)
      this.#stop()
      super.dispose()
    }
  }

  return {
    id: `${name}:laboratory`,
    description: 'Shows the live laboratories of mean-field-limit in the outputs of cells.',
    dataType: 'json',
    rendererFactory: {
      // What is stored is a name and the settings of controls, both checked: the scripts are those that were installed.
      safe: true,
      mimeTypes: [mimeType],
      defaultRank: 0,
      createRenderer: () => new LaboratoryOutput(),
    },
    rank: 0,
  }
}
