/**
 * One output of a cell that runs here, in the best of its forms; a figure is drawn by the script of the page.
 */
import type { NotebookOutput, OutputData } from '../../notebook/notebookFile.js'
import { PLOTLY_MIME } from '../../notebook/pictures/labextensionEntry.js'
import { outputHtml } from '../site/outputHtml.js'

interface FigureWindow {
  mflFigure(id: string, figure: unknown): void
  mflDraw(element: HTMLElement): Promise<void>
}

let figures = 0

const htmlOf = (output: NotebookOutput, id: string): string =>
  outputHtml(output, { figureId: () => id, files: [], onError: () => undefined })

/** An output as an element, its figure still to be drawn. */
export function outputElement(output: NotebookOutput): HTMLElement {
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
  element.innerHTML = htmlOf(output, `run-${++figures}`)
  return element
}

const displayed = (data: OutputData): NotebookOutput => ({ output_type: 'display_data', data, metadata: {} })

/** What is displayed, as an element; {@link drawShown} draws its figure. */
export function shownElement(data: OutputData): HTMLElement {
  const element = outputElement(displayed(data))
  const frame = element.querySelector('figure.plot .plot-frame')
  if (frame !== null) frame.textContent = 'Drawing …'
  return element
}

/** Draws the figure of what is displayed, if it is one: where one is drawn already, in its place. */
export async function drawShown(element: HTMLElement, data: OutputData): Promise<void> {
  const figure = element.querySelector<HTMLElement>('figure.plot')
  if (figure === null) return
  const { mflFigure, mflDraw } = window as unknown as FigureWindow
  mflFigure(figure.dataset.figure!, data[PLOTLY_MIME])
  try {
    await mflDraw(figure)
  } catch (error) {
    figure.querySelector('.plot-frame')!.textContent = (error as Error).message
  }
}

/** Puts other data of the same form into an element: a figure into the drawing that is there, with its caption. */
export async function changeShown(element: HTMLElement, data: OutputData): Promise<void> {
  const figure = element.querySelector<HTMLElement>('figure.plot')
  if (figure === null) {
    element.innerHTML = htmlOf(displayed(data), '')
    return
  }
  const fresh = document.createElement('div')
  fresh.innerHTML = htmlOf(displayed(data), figure.dataset.figure!)
  figure.dataset.height = fresh.querySelector<HTMLElement>('figure.plot')!.dataset.height
  figure.querySelector('figcaption > span')!.replaceWith(fresh.querySelector('figcaption > span')!)
  await drawShown(element, data)
}
