/**
 * The outputs of a cell that runs here, shown as those that the notebook stores.
 */
import { joined } from '../../notebook/multilineText.js'
import type { NotebookOutput } from '../../notebook/notebookFile.js'
import { PLOTLY_MIME } from '../../notebook/pictures/labextensionEntry.js'
import type { FromKernel } from '../kernel/protocol.js'
import { outputHtml } from '../site/outputHtml.js'

/** The outputs of one cell. */
export interface CellOutputs {
  /** Takes away what is shown, as soon as there is something new. */
  begin(): void
  show(message: Extract<FromKernel, { kind: 'stream' | 'display' }>): void
  /** Ends a run. @param error its traceback */
  end(error?: Extract<NotebookOutput, { output_type: 'error' }>): void
  /** Of the last run, as a notebook would store them. */
  stored(): readonly NotebookOutput[]
}

interface Shown {
  output: NotebookOutput
  readonly display: string | undefined
  element: HTMLElement
}

interface FigureWindow {
  mflFigure(id: string, figure: unknown): void
  mflDraw(element: HTMLElement): Promise<void>
}

let figures = 0

/** @param place the element of the outputs */
export function cellOutputs(place: HTMLElement): CellOutputs {
  let list: Shown[] = []
  let old = false
  const clear = (): void => {
    if (!old) return
    old = false
    list = []
    place.replaceChildren()
  }
  const add = (output: NotebookOutput, display?: string): void => {
    clear()
    const element = elementOf(output)
    list.push({ output, display, element })
    place.append(element)
    drawn(output, element)
  }
  const replace = (shown: Shown, output: NotebookOutput): void => {
    const element = elementOf(output)
    shown.element.replaceWith(element)
    Object.assign(shown, { output, element })
    drawn(output, element)
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
  }
}

/** One output, in the best of its forms. */
function elementOf(output: NotebookOutput): HTMLElement {
  const id = `run-${++figures}`
  const element = document.createElement('div')
  element.className = 'output-here'
  if (output.output_type === 'error') {
    const text = document.createElement('pre')
    text.className = 'output stderr'
    text.tabIndex = 0
    text.textContent = output.traceback.join('\n')
    element.append(text)
    return element
  }
  element.innerHTML = outputHtml(output, { figureId: () => id, files: [], onError: () => undefined })
  return element
}

/** Draws the figure of an output, if it is one. */
function drawn(output: NotebookOutput, element: HTMLElement): void {
  const figure = element.querySelector<HTMLElement>('figure.plot')
  if (figure === null || output.output_type !== 'display_data') return
  const { mflFigure, mflDraw } = window as unknown as FigureWindow
  mflFigure(figure.dataset.figure!, output.data[PLOTLY_MIME])
  const frame = figure.querySelector('.plot-frame')!
  frame.textContent = 'Drawing …'
  mflDraw(figure).catch((error: Error) => {
    frame.textContent = error.message
  })
}
