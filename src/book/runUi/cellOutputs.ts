/**
 * The outputs of a cell that runs here, shown as those that the notebook stores.
 */
import { joined } from '../../notebook/multilineText.js'
import type { NotebookOutput } from '../../notebook/notebookFile.js'
import type { FromKernel } from '../kernel/protocol.js'
import type { PageControls } from './pageControls.js'
import { drawShown, outputElement, shownElement } from './shownOutput.js'

/** The outputs of one cell. */
export interface CellOutputs {
  /** Takes away what is shown, as soon as there is something new. */
  begin(): void
  show(message: Extract<FromKernel, { kind: 'stream' | 'display' }>): void
  /** Ends a run. @param error its traceback */
  end(error?: Extract<NotebookOutput, { output_type: 'error' }>): void
  /** Of the last run, as a notebook would store them. */
  stored(): readonly NotebookOutput[]
  /** Ends what its controls are connected to; the elements are taken away by who put others there. */
  forget(): void
}

interface Shown {
  output: NotebookOutput
  readonly display: string | undefined
  element: HTMLElement
  /** Of controls: ends their connection. */
  dispose(): void
}

/** @param place the element of the outputs */
export function cellOutputs(place: HTMLElement, controls: PageControls): CellOutputs {
  let list: Shown[] = []
  let old = false
  const clear = (): void => {
    if (!old) return
    old = false
    forget()
    place.replaceChildren()
  }
  const forget = (): void => {
    for (const shown of list) shown.dispose()
    list = []
  }
  const made = (output: NotebookOutput): Pick<Shown, 'element' | 'dispose'> => {
    const data = output.output_type === 'display_data' ? output.data : undefined
    const controlled = data && controls.output(data)
    if (controlled !== undefined) return controlled
    const element = data === undefined ? outputElement(output) : shownElement(data)
    if (data !== undefined) void drawShown(element, data)
    return { element, dispose: () => undefined }
  }
  const add = (output: NotebookOutput, display?: string): void => {
    clear()
    const shown = { output, display, ...made(output) }
    list.push(shown)
    place.append(shown.element)
  }
  const replace = (shown: Shown, output: NotebookOutput): void => {
    const { element, dispose } = made(output)
    shown.dispose()
    shown.element.replaceWith(element)
    Object.assign(shown, { output, element, dispose })
  }
  return {
    begin: () => {
      old = true
    },
    show: message => {
      if (message.kind === 'stream') {
        const last = old ? undefined : list.at(-1)
        const { name, text } = message
        if (last?.output.output_type === 'stream' && last.output.name === name) {
          replace(last, { output_type: 'stream', name, text: joined(last.output.text) + text })
        } else add({ output_type: 'stream', name, text })
        return
      }
      const output: NotebookOutput = { output_type: 'display_data', data: message.data, metadata: {} }
      const known = message.update ? list.find(({ display }) => display === message.display) : undefined
      if (known !== undefined && !old) replace(known, output)
      else add(output, message.display)
    },
    end: error => {
      clear()
      if (error !== undefined) add(error)
    },
    stored: () => list.map(({ output }) => output),
    forget,
  }
}
