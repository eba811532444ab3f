/**
 * The buttons that run the cells of a notebook's page. Nothing is loaded before one of them is pressed; then another
 * script takes over.
 */
import { loadScript } from './loadScript.js'

/** A cell of the page with its controls. */
export interface PageCell {
  readonly element: HTMLElement
  /** Holds the code, coloured. */
  readonly code: HTMLElement
  readonly outputs: HTMLElement
  readonly run: HTMLButtonElement
  readonly edit: HTMLButtonElement
  /** What became of the cell, in words. */
  readonly note: HTMLElement
}

/** The controls of all cells, below the title. */
export interface PageBar {
  readonly all: HTMLButtonElement
  readonly stop: HTMLButtonElement
  readonly reset: HTMLButtonElement
  readonly status: HTMLElement
}

/** What the script that takes over offers. */
export interface RunPage {
  /** Runs a cell, and those above it that have not run. */
  run(index: number): void
  all(): void
  edit(index: number): void
}

/** What stands in the place of the code while it is edited. */
export interface EditorFrame extends HTMLElement {
  /** The code as it stands there now. */
  mflText?(): string
}

/** Gives every cell its buttons, and the page those for all cells. */
export function cellButtons(): void {
  const elements = [...document.querySelectorAll<HTMLElement>('.cell:not([data-clone])')]
  const title = document.querySelector('main h1')
  const cells = elements.flatMap((element, i) => withButtons(element, i + 1) ?? [])
  if (cells.length === 0 || title === null) return
  const bar = pageBar()
  title.after(bar.element)
  let taken: Promise<RunPage> | undefined
  const takeOver = (what: (page: RunPage) => void): void => {
    bar.status.textContent = 'Loading …'
    taken ??= load(cells, bar)
    taken.then(
      page => {
        if (bar.status.textContent === 'Loading …') bar.status.textContent = ''
        what(page)
      },
      (error: Error) => {
        taken = undefined
        bar.status.textContent = error.message
      },
    )
  }
  bar.all.addEventListener('click', () => takeOver(page => page.all()))
  for (const [i, { run, edit }] of cells.entries()) {
    run.addEventListener('click', () => takeOver(page => page.run(i)))
    edit.addEventListener('click', () => takeOver(page => page.edit(i)))
  }
}

async function load(cells: readonly PageCell[], bar: PageBar): Promise<RunPage> {
  await loadScript('assets/katex.js')
  await loadScript('assets/run.js')
  return (window as unknown as { mflRunPage(cells: readonly PageCell[], bar: PageBar): RunPage }).mflRunPage(cells, bar)
}

export function button(text: string, label: string = text): HTMLButtonElement {
  const element = document.createElement('button')
  element.type = 'button'
  element.textContent = text
  if (label !== text) element.setAttribute('aria-label', label)
  return element
}

function withButtons(element: HTMLElement, number: number): PageCell | undefined {
  const code = element.querySelector<HTMLElement>('pre.code')
  const outputs = element.querySelector<HTMLElement>('.outputs')
  if (code === null || outputs === null) return undefined
  const controls = document.createElement('div')
  controls.className = 'cell-controls'
  const run = button('Run', `Run cell ${number}`)
  const edit = button('Edit', `Edit cell ${number}`)
  const note = document.createElement('span')
  controls.append(run, edit, note)
  outputs.before(controls)
  return { element, code, outputs, run, edit, note }
}

function pageBar(): PageBar & { readonly element: HTMLElement } {
  const element = document.createElement('div')
  element.className = 'run-bar'
  element.setAttribute('role', 'group')
  element.setAttribute('aria-label', 'The cells of this page')
  const [all, stop, reset] = [button('Run all'), button('Stop'), button('Reset')]
  stop.disabled = true
  reset.disabled = true
  const status = document.createElement('p')
  status.setAttribute('role', 'status')
  element.append(all, stop, reset, status)
  return { element, all, stop, reset, status }
}
