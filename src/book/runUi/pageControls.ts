/**
 * Controls of cells in the book: the code of the labextension, with what stands in the place of Lumino and JupyterLab
 * here.
 */
import { controlFields } from '../../notebook/interact/controlFields.js'
import type {
  FrontComm,
  LuminoLayout,
  LuminoWidget,
  MimeModel,
  MimeRenderer,
} from '../../notebook/interact/frontEnd.js'
import { interactOutput } from '../../notebook/interact/interactOutput.js'
import { newestOnly } from '../../notebook/interact/newestOnly.js'
import {
  INTERACT_MIME,
  INTERACT_TARGET,
  type InteractAnswer,
  type InteractRequest,
} from '../../notebook/interact/protocol.js'
import { PLOTLY_MIME } from '../../notebook/pictures/labextensionEntry.js'
import type { CommAnswer, CommMessage } from '../kernel/protocol.js'
import { changeShown, drawShown, shownElement } from './shownOutput.js'

/** The controls of a page. */
export interface PageControls {
  /** Controls and what they show, if that is what an output has. */
  output(data: MimeModel['data']): ControlledOutput | undefined
  heard(answer: CommAnswer): void
  /** The kernel has ended, with all that its cells have named. */
  lost(): void
  /** Whether an answer is under way. */
  busy(): boolean
}

/** An output with controls. */
export interface ControlledOutput {
  readonly element: HTMLElement
  dispose(): void
}

/**
 * @param send to the kernel
 * @param changed called when {@link PageControls.busy} may have changed
 */
export function pageControls(send: (message: CommMessage) => void, changed: () => void): PageControls {
  const comms = new Map<string, PageComm>()
  const statusChanged = new Slots<string>()
  let names = 0
  const Output = interactOutput(
    {
      ...{ mimeType: INTERACT_MIME, target: INTERACT_TARGET },
      ...{ lumino: { Widget, PanelLayout }, fields: controlFields(), newestOnly },
    },
    {
      addFactory: () => undefined,
      preferredMimeType: data => FORMS.find(type => data[type] !== undefined),
      createRenderer,
    },
    {
      session: {
        kernel: {
          createComm: target => {
            const name = `comm-${++names}`
            const comm = pageComm(name, target)
            comms.set(name, comm)
            return comm
          },
        },
      },
      ...{ statusChanged, kernelChanged: new Slots<unknown>(), connectionStatusChanged: new Slots<string>() },
    },
  )

  function pageComm(comm: string, target: string): PageComm {
    const made: PageComm = {
      ...{ waits: false, isDisposed: false, onMsg: () => undefined, onClose: () => undefined },
      open: data => send({ kind: 'comm-open', comm, target, data }),
      send: data => {
        if (data.kind === 'state') made.waits = true
        send({ kind: 'comm-msg', comm, data })
        changed()
      },
      close: () => {
        send({ kind: 'comm-close', comm })
        made.dispose()
      },
      dispose: () => {
        made.isDisposed = true
        comms.delete(comm)
        changed()
      },
    }
    return made
  }

  return {
    output: data => {
      if (data[INTERACT_MIME] === undefined) return undefined
      const output = new Output()
      // It says itself what goes wrong.
      void output.renderModel({ data, trusted: true })
      return { element: output.node, dispose: () => output.dispose() }
    },
    heard: ({ kind, comm: name, data }) => {
      const comm = comms.get(name)
      if (comm === undefined) return
      if (kind === 'comm-close') {
        comm.dispose()
        comm.onClose()
        return
      }
      const answer = data as InteractAnswer
      if (answer.kind !== 'ready') comm.waits = false
      comm.onMsg({ content: { data: answer } })
      changed()
    },
    lost: () => {
      statusChanged.emit('restarting')
      comms.clear()
    },
    busy: () => [...comms.values()].some(({ waits }) => waits),
  }
}

interface PageComm extends FrontComm {
  isDisposed: boolean
  /** Whether a state has been sent that nothing has answered. */
  waits: boolean
  send(data: InteractRequest): void
  dispose(): void
}

/** What of an output is shown, the best first. */
const FORMS = [PLOTLY_MIME, 'text/html', 'text/latex', 'image/png', 'text/plain'] as const

/** Lumino's widget, as far as it is needed: a node. */
class Widget implements LuminoWidget {
  readonly node: HTMLElement
  isDisposed = false
  #layout: PanelLayout | undefined

  constructor(options?: { readonly node: HTMLElement }) {
    this.node = options?.node ?? document.createElement('div')
  }

  get layout(): unknown {
    return this.#layout
  }

  set layout(layout: PanelLayout) {
    this.#layout = layout
    layout.parent = this
  }

  addClass(name: string): void {
    this.node.classList.add(name)
  }

  dispose(): void {
    this.isDisposed = true
    this.node.remove()
  }
}

/** Lumino's layout that has one widget below the other. */
class PanelLayout implements LuminoLayout {
  parent: Widget | undefined

  addWidget(widget: LuminoWidget): void {
    this.parent!.node.append(widget.node)
  }

  insertWidget(index: number, widget: LuminoWidget): void {
    const { node } = this.parent!
    node.insertBefore(widget.node, node.children[index] ?? null)
  }
}

/** What listens to a signal. */
class Slots<Value> {
  readonly #slots = new Set<(sender: unknown, value: Value) => void>()

  connect(slot: (sender: unknown, value: Value) => void): void {
    this.#slots.add(slot)
  }

  disconnect(slot: (sender: unknown, value: Value) => void): void {
    this.#slots.delete(slot)
  }

  emit(value: Value): void {
    for (const slot of this.#slots) slot(undefined, value)
  }
}

/** Shows one form of an output; what comes later takes its place, a figure in its own drawing. */
function createRenderer(type: string): MimeRenderer {
  let shown: HTMLElement | undefined
  return Object.assign(new Widget(), {
    async renderModel(this: Widget, { data }: MimeModel): Promise<void> {
      const output = { [type]: data[type], 'text/plain': data['text/plain'] }
      if (shown !== undefined) return changeShown(shown, output)
      shown = shownElement(output)
      this.node.append(shown)
      await drawShown(shown, output)
    },
  })
}
