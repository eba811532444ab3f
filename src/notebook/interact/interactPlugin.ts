/**
 * The JupyterLab side of {@link interact}: controls above outputs, and the comm between them and the cell's function. One
 * self-contained function; the labextension carries its text, so it uses nothing from outside its own body.
 */
import type { ShownControl } from './controls.js'
import type { NewestOnly, newestOnly } from './newestOnly.js'
import type { InteractAnswer, InteractModel, InteractRequest } from './protocol.js'

/** What this file needs of Lumino. */
export interface LuminoWidget {
  readonly node: HTMLElement
  readonly isDisposed: boolean
  layout: unknown
  addClass(name: string): void
  dispose(): void
}
interface LuminoLayout {
  addWidget(widget: LuminoWidget): void
  insertWidget(index: number, widget: LuminoWidget): void
}
export interface Lumino {
  readonly Widget: new (options?: { readonly node: HTMLElement }) => LuminoWidget
  readonly PanelLayout: new () => LuminoLayout
}

/** What this file needs of JupyterLab. */
interface MimeModel {
  readonly data: Readonly<Record<string, unknown>>
  readonly trusted: boolean
}
interface MimeRenderer extends LuminoWidget {
  renderModel(model: MimeModel & { readonly metadata: object; setData(): void }): Promise<void>
}
interface Rendermime {
  addFactory(factory: object, rank: number): void
  preferredMimeType(data: MimeModel['data'], safe: 'any' | 'ensure'): string | undefined
  createRenderer(mimeType: string): MimeRenderer
}
interface Signal<Value> {
  connect(slot: (sender: unknown, value: Value) => void): void
  disconnect(slot: (sender: unknown, value: Value) => void): void
}
interface FrontComm {
  onMsg: (message: { readonly content: { readonly data: InteractAnswer } }) => void
  onClose: () => void
  readonly isDisposed: boolean
  open(data: unknown): unknown
  send(data: InteractRequest): unknown
  close(): unknown
  dispose(): void
}
interface SessionContext {
  readonly session: { readonly kernel: { createComm(target: string): FrontComm } | null } | null
  readonly kernelChanged: Signal<unknown>
  readonly statusChanged: Signal<string>
  readonly connectionStatusChanged: Signal<string>
}
interface Application {
  readonly docRegistry: {
    addWidgetExtension(widget: string, extension: object): void
  }
}

/** What comes along into the browser. */
export interface InteractTools {
  readonly name: string
  readonly mimeType: string
  readonly target: string
  readonly lumino: Lumino
  readonly newestOnly: typeof newestOnly
}

/** The plugin: gives every notebook a renderer that knows the notebook's kernel. Runs in the browser. */
export function interactPlugin({ name, mimeType, target, lumino, newestOnly: newest }: InteractTools): object {
  const { Widget, PanelLayout } = lumino
  /** Milliseconds after which a wait is spoken of. */
  const PATIENCE = 300
  let ids = 0

  const css = `
.mfl-interact-form { display: flex; flex-wrap: wrap; gap: 6px 24px; align-items: center; margin: 4px 0; padding: 4px 8px;
  color: var(--jp-ui-font-color1); font-family: var(--jp-ui-font-family); font-size: var(--jp-ui-font-size1); }
.mfl-interact-control { display: flex; gap: 8px; align-items: center; }
.mfl-interact-control input[type='range'] { width: 180px; accent-color: var(--jp-brand-color1); }
.mfl-interact-control input[type='checkbox'] { accent-color: var(--jp-brand-color1); }
.mfl-interact-value { min-width: 4em; font-variant-numeric: tabular-nums; }
.mfl-interact-control select, .mfl-interact-control button { color: var(--jp-ui-font-color1);
  background: var(--jp-layout-color1); border: 1px solid var(--jp-border-color1); border-radius: 2px; padding: 2px 8px; font: inherit; }
.mfl-interact-control :focus-visible { outline: 2px solid var(--jp-brand-color1); outline-offset: 2px; }
.mfl-interact-status { margin: 0; padding: 0 8px; min-height: 1.5em; color: var(--jp-ui-font-color2);
  font-family: var(--jp-ui-font-family); font-size: var(--jp-ui-font-size1); }
.mfl-interact-error { margin: 4px 8px; padding: 4px 8px; white-space: pre-wrap; color: var(--jp-content-font-color1);
  background: var(--jp-rendermime-error-background); }
.mfl-interact-error:empty { display: none; }`

  /**
   * Arrows and letters are the controls' own, though the notebook would take them for its commands; combinations such as
   * Ctrl+S and Shift+Enter are the notebook's. It listens on the document and asks the attribute of what has the focus.
   */
  function ownKeys(event: KeyboardEvent): void {
    const { target: focused } = event
    if (!(focused instanceof Element) || focused.closest('.mfl-interact-form') === null) return
    const theirs = event.ctrlKey || event.metaKey || event.altKey || event.key === 'Escape'
    const runs = event.shiftKey && event.key === 'Enter'
    focused.toggleAttribute('data-lm-suppress-shortcuts', !theirs && !runs)
  }

  function addStyle(): void {
    if (document.getElementById('mfl-interact-style')) return
    const style = document.createElement('style')
    style.id = 'mfl-interact-style'
    style.textContent = css
    document.head.appendChild(style)
  }

  function element<Tag extends keyof HTMLElementTagNameMap>(
    tag: Tag,
    attributes: Readonly<Record<string, string>> = {},
    ...children: readonly (Node | string)[]
  ): HTMLElementTagNameMap[Tag] {
    const made = document.createElement(tag)
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
    made.append(...children)
    return made
  }

  /** One control in the page. */
  interface Field {
    readonly node: HTMLElement
    show(state: number): void
    enable(on: boolean): void
    /** What was asked for is drawn. */
    drawn(): void
    /** Stops what runs by itself. */
    stop(): void
  }

  function sliderField(control: ShownControl, changed: (state: number) => void): Field {
    const { label, texts } = control
    const id = `mfl-interact-${++ids}`
    const last = texts.length - 1
    const input = element('input', { id, type: 'range', min: '0', max: String(last), step: '1', name: control.name })
    // A reader of the screen has the value from the slider itself.
    const output = element('span', { class: 'mfl-interact-value', 'aria-hidden': 'true' })
    const show = (state: number): void => {
      input.value = String(state)
      input.setAttribute('aria-valuetext', texts[state]!)
      output.textContent = texts[state]!
    }
    const move = (state: number): void => {
      show(state)
      changed(state)
    }
    const node = element('div', { class: 'mfl-interact-control' }, element('label', { for: id }, label), input, output)
    if (control.kind !== 'player') {
      input.addEventListener('input', () => move(Number(input.value)))
      const enable = (on: boolean): void => {
        input.disabled = !on
      }
      return { node, show, enable, drawn: () => undefined, stop: () => undefined }
    }
    const pause = 1000 / (control.rate ?? 10)
    let playing = false
    let asked = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    const play = element('button', { type: 'button', 'aria-label': `play ${label}` }, '▶')
    const set = (on: boolean): void => {
      playing = on
      clearTimeout(timer)
      play.textContent = on ? '❚❚' : '▶'
      play.setAttribute('aria-label', `${on ? 'pause' : 'play'} ${label}`)
    }
    const step = (): void => {
      const at = Number(input.value)
      if (at === last) set(false)
      else {
        asked = performance.now()
        move(at + 1)
      }
    }
    play.addEventListener('click', () => {
      set(!playing)
      if (!playing) return
      asked = performance.now()
      const at = Number(input.value)
      move(at === last ? 0 : at + 1)
    })
    input.addEventListener('input', () => {
      set(false)
      move(Number(input.value))
    })
    node.prepend(play)
    return {
      node,
      show,
      enable(on) {
        input.disabled = !on
        play.disabled = !on
        if (!on) set(false)
      },
      drawn() {
        if (!playing) return
        clearTimeout(timer)
        timer = setTimeout(step, Math.max(0, pause - (performance.now() - asked)))
      },
      stop: () => set(false),
    }
  }

  function choiceField({ name: key, label, texts }: ShownControl, changed: (state: number) => void): Field {
    const id = `mfl-interact-${++ids}`
    const select = element('select', { id, name: key }, ...texts.map(text => element('option', {}, text)))
    select.addEventListener('change', () => changed(select.selectedIndex))
    return {
      node: element('div', { class: 'mfl-interact-control' }, element('label', { for: id }, label), select),
      show(state) {
        select.selectedIndex = state
      },
      enable(on) {
        select.disabled = !on
      },
      drawn: () => undefined,
      stop: () => undefined,
    }
  }

  function checkboxField({ name: key, label }: ShownControl, changed: (state: number) => void): Field {
    const id = `mfl-interact-${++ids}`
    const box = element('input', { id, type: 'checkbox', name: key })
    box.addEventListener('change', () => changed(box.checked ? 1 : 0))
    return {
      node: element('div', { class: 'mfl-interact-control' }, box, element('label', { for: id }, label)),
      show(state) {
        box.checked = state === 1
      },
      enable(on) {
        box.disabled = !on
      },
      drawn: () => undefined,
      stop: () => undefined,
    }
  }

  function buttonField({ name: key, label }: ShownControl, changed: (state: number) => void): Field {
    let pressed = 0
    const button = element('button', { type: 'button', name: key }, label)
    button.addEventListener('click', () => changed(++pressed))
    return {
      node: element('div', { class: 'mfl-interact-control' }, button),
      show(state) {
        pressed = state
      },
      enable(on) {
        button.disabled = !on
      },
      drawn: () => undefined,
      stop: () => undefined,
    }
  }

  const makers = {
    slider: sliderField,
    player: sliderField,
    choice: choiceField,
    checkbox: checkboxField,
    button: buttonField,
  }

  function rendererOf(rendermime: Rendermime, sessionContext: SessionContext) {
    return class InteractOutput extends Widget {
      #layout = new PanelLayout()
      #status = element('p', { class: 'mfl-interact-status', role: 'status', 'aria-live': 'polite' })
      #error = element('pre', { class: 'mfl-interact-error', role: 'alert' })
      #fields: Field[] = []
      #heads: LuminoWidget[] = []
      #outputs: { readonly type: string; readonly widget: MimeRenderer }[] = []
      #model: InteractModel | undefined
      #trusted = false
      /** What the controls show, and what the outputs were made of. */
      #state: readonly number[] = []
      #drawn: readonly number[] = []
      /** Whether the reader moved a control of this page: then the page knows better than the kernel what is wanted. */
      #moved = false
      #restarted = false
      #comm: FrontComm | undefined
      #wait: ReturnType<typeof setTimeout> | undefined
      #requests: NewestOnly<readonly number[]> = newest({
        send: (seq, state) => {
          this.#asked = state
          this.#waiting()
          this.#comm?.send({ kind: 'state', seq, state })
        },
        newer: seq => void this.#comm?.send({ kind: 'newer', seq }),
      })
      #asked: readonly number[] = []

      constructor() {
        super()
        addStyle()
        this.addClass('mfl-interact')
        this.layout = this.#layout
        sessionContext.kernelChanged.connect(this.#onKernel)
        sessionContext.statusChanged.connect(this.#onStatus)
        sessionContext.connectionStatusChanged.connect(this.#onConnection)
      }

      async renderModel(model: MimeModel): Promise<void> {
        const given = model.data[mimeType] as InteractModel
        this.#model = given
        this.#trusted = model.trusted
        for (const field of this.#fields) field.stop()
        for (const head of this.#heads.splice(0)) head.dispose()
        const form = element('form', { class: 'mfl-interact-form', 'aria-label': 'controls' })
        form.addEventListener('submit', event => event.preventDefault())
        this.#fields = given.controls.map((control, k) =>
          makers[control.kind](control, state => this.#change(k, state)),
        )
        form.append(...this.#fields.map(({ node }) => node))
        this.#heads = [form, this.#status, this.#error].map(node => new Widget({ node }))
        this.#heads.forEach((head, k) => {
          this.#layout.insertWidget(k, head)
        })
        this.#state = given.controls.map(({ start }) => start)
        this.#drawn = this.#state
        this.#moved = false
        this.#show(this.#state)
        this.#enable(false)
        const { [mimeType]: _, ...forms } = model.data
        await this.#draw([{ ...forms, 'text/plain': given.first }, ...(given.more ?? [])])
        if (!this.isDisposed) this.#connect()
      }

      #show(state: readonly number[]): void {
        this.#fields.forEach((field, k) => {
          field.show(state[k]!)
        })
      }

      #enable(on: boolean): void {
        this.node.dataset.mflState = on ? 'ready' : 'offline'
        for (const field of this.#fields) field.enable(on)
      }

      #say(text: string): void {
        clearTimeout(this.#wait)
        if (this.#status.textContent !== text) this.#status.textContent = text
      }

      #waiting(): void {
        clearTimeout(this.#wait)
        this.#wait = setTimeout(() => this.#say('The kernel is busy.'), PATIENCE)
      }

      #change(k: number, state: number): void {
        this.#moved = true
        this.#state = this.#state.map((old, i) => (i === k ? state : old))
        this.#requests.offer(this.#state)
      }

      #offline(text: string): void {
        this.#requests.reset()
        this.#enable(false)
        this.#say(text)
      }

      #connect(): void {
        // What was asked over an older connection is never answered.
        this.#requests.reset()
        this.#forget()
        const kernel = sessionContext.session?.kernel
        if (!kernel || !this.#model) {
          this.#offline('No kernel runs: this is the stored output.')
          return
        }
        const { view, controls } = this.#model
        try {
          const comm = kernel.createComm(target)
          this.#comm = comm
          comm.onMsg = message => void this.#heard(comm, message.content.data)
          comm.onClose = () => {
            if (comm === this.#comm)
              this.#offline(this.#restarted ? RESTARTED : 'Run the cell to connect its controls.')
          }
          this.#waiting()
          comm.open({ view, controls })
        } catch (error) {
          this.#offline(`No connection to the kernel: ${error instanceof Error ? error.message : String(error)}`)
        }
      }

      #forget(): void {
        const comm = this.#comm
        this.#comm = undefined
        if (comm && !comm.isDisposed) comm.dispose()
      }

      async #heard(comm: FrontComm, answer: InteractAnswer): Promise<void> {
        if (comm !== this.#comm) return
        if (answer.kind === 'ready') {
          this.#say('')
          this.#enable(true)
          if (!this.#moved) this.#state = answer.state
          this.#show(this.#state)
          if (this.#state.join() !== this.#drawn.join()) this.#requests.offer(this.#state)
          return
        }
        if (!this.#requests.awaits(answer.seq)) return
        const asked = this.#asked
        if (answer.kind === 'outputs') {
          this.#error.textContent = ''
          this.#drawn = asked
          await this.#draw(answer.outputs).catch(error => {
            this.#error.textContent = String(error)
          })
          this.#say(`Shown: ${this.#words(asked)}`)
        } else if (answer.kind === 'error') {
          this.#say(`An error at ${this.#words(asked)}`)
          this.#error.textContent = answer.traceback.join('\n')
        } else if (answer.reason === 'interrupt') {
          this.#say('Interrupted.')
        }
        // Whoever plays goes on from what was drawn, and stops where nothing was.
        this.#requests.answered(answer.seq)
        if (answer.kind === 'outputs') for (const field of this.#fields) field.drawn()
        else if (answer.kind === 'error' || answer.reason === 'interrupt')
          for (const field of this.#fields) field.stop()
      }

      #words(state: readonly number[]): string {
        return this.#model!.controls.map(({ label, kind, texts }, k) =>
          kind === 'button' ? `${label}: ${state[k]}` : `${label} = ${texts[state[k]!]}`,
        ).join(', ')
      }

      /** In place where the form of an output is what it was. */
      async #draw(outputs: readonly MimeModel['data'][]): Promise<void> {
        for (const { widget } of this.#outputs.splice(outputs.length)) widget.dispose()
        const trusted = this.#trusted
        for (const [k, data] of outputs.entries()) {
          const type = rendermime.preferredMimeType(data, trusted ? 'any' : 'ensure')
          if (type === undefined) continue
          let shown = this.#outputs[k]
          if (shown?.type !== type) {
            shown?.widget.dispose()
            shown = { type, widget: rendermime.createRenderer(type) }
            this.#outputs[k] = shown
            this.#layout.insertWidget(this.#heads.length + k, shown.widget)
          }
          await shown.widget.renderModel({ data, trusted, metadata: {}, setData: () => undefined })
        }
      }

      #onKernel = (): void => {
        // JupyterLab says so after a restart too, when nothing of this cell is left in the kernel.
        if (this.#model && !this.#restarted) this.#connect()
      }

      #onStatus = (_: unknown, status: string): void => {
        if (status !== 'restarting' && status !== 'autorestarting') return
        this.#restarted = true
        this.#forget()
        this.#offline(RESTARTED)
      }

      #onConnection = (_: unknown, status: string): void => {
        if (status === 'connected' && this.#comm !== undefined) this.#connect()
      }

      override dispose(): void {
        if (this.isDisposed) return
        clearTimeout(this.#wait)
        for (const field of this.#fields) field.stop()
        sessionContext.kernelChanged.disconnect(this.#onKernel)
        sessionContext.statusChanged.disconnect(this.#onStatus)
        sessionContext.connectionStatusChanged.disconnect(this.#onConnection)
        const comm = this.#comm
        this.#comm = undefined
        try {
          if (comm && !comm.isDisposed) comm.close()
        } catch {
          // The kernel is gone.
        }
        super.dispose()
      }
    }
  }
  const RESTARTED = 'The kernel was restarted: run the cell again.'

  return {
    id: `${name}:interact`,
    description: 'Controls of notebook cells that call the kernel.',
    autoStart: true,
    activate(app: Application): void {
      window.addEventListener('keydown', ownKeys, true)
      app.docRegistry.addWidgetExtension('Notebook', {
        createNew(
          panel: { readonly content: { readonly rendermime: Rendermime } },
          context: { readonly sessionContext: SessionContext },
        ) {
          const { rendermime } = panel.content
          const Renderer = rendererOf(rendermime, context.sessionContext)
          // Before the figure that stands beside the controls for places that don't know them.
          rendermime.addFactory({ safe: true, mimeTypes: [mimeType], createRenderer: () => new Renderer() }, -10)
          return {
            isDisposed: false,
            dispose() {
              this.isDisposed = true
            },
          }
        },
      })
    },
  }
}
