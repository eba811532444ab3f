/**
 * An output with controls above it, and the comm between them and the cell's function. One self-contained function; the
 * labextension carries its text, so it uses nothing from outside its own body.
 */
import type { ControlField, controlFields } from './controlFields.js'
import type {
  FrontComm,
  Lumino,
  LuminoWidget,
  MimeModel,
  MimeRenderer,
  Rendermime,
  SessionContext,
} from './frontEnd.js'
import type { NewestOnly, newestOnly } from './newestOnly.js'
import type { InteractAnswer, InteractModel } from './protocol.js'

/** What an output is made with. */
export interface OutputTools {
  readonly mimeType: string
  /** Of the comms. */
  readonly target: string
  readonly lumino: Lumino
  readonly fields: ReturnType<typeof controlFields>
  readonly newestOnly: typeof newestOnly
}

/** The class of the outputs of one notebook. Runs in the browser. */
export function interactOutput(
  { mimeType, target, lumino: { Widget, PanelLayout }, fields: { element, field }, newestOnly: newest }: OutputTools,
  rendermime: Rendermime,
  sessionContext: SessionContext,
): new () => LuminoWidget & { renderModel(model: MimeModel): Promise<void> } {
  /** Milliseconds after which a wait is spoken of. */
  const PATIENCE = 300
  const RESTARTED = 'The kernel was restarted: run the cell again.'

  return class InteractOutput extends Widget {
    #layout = new PanelLayout()
    #status = element('p', { class: 'mfl-interact-status', role: 'status', 'aria-live': 'polite' })
    #error = element('pre', { class: 'mfl-interact-error', role: 'alert' })
    #fields: ControlField[] = []
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
      this.#fields = given.controls.map((control, k) => field(control, state => this.#change(k, state)))
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
          if (comm === this.#comm) this.#offline(this.#restarted ? RESTARTED : 'Run the cell to connect its controls.')
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
      else if (answer.kind === 'error' || answer.reason === 'interrupt') for (const field of this.#fields) field.stop()
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
