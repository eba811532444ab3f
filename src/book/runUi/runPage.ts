/**
 * Runs the cells of a notebook's page: one after the other, those above first; stops, resets, edits.
 */
import type { NotebookOutput } from '../../notebook/notebookFile.js'
import type { FromFrame } from '../kernel/protocol.js'
import type { PageBar, PageCell, RunPage } from '../page/cellButtons.js'
import { CellEditing } from './cellEditing.js'
import { type CellOutputs, cellOutputs } from './cellOutputs.js'
import { type KernelConnection, kernelConnection } from './kernelConnection.js'
import { type PageControls, pageControls } from './pageControls.js'

/** A cell and what became of it. */
interface RunningCell extends PageCell {
  readonly shown: CellOutputs
  /** What the page had. */
  readonly before: readonly Node[]
  /** Whether its names are in the kernel. */
  ran: boolean
}

/** An answer about a cell that runs. */
type Heard = Exclude<FromFrame, { kind: 'types' | 'comm-msg' | 'comm-close' | 'stage' | 'ready' | 'failed' }>

class PageOfCells implements RunPage {
  readonly #bar: PageBar
  readonly #kernel: KernelConnection
  readonly #controls: PageControls
  readonly #editing: CellEditing
  readonly #cells: readonly RunningCell[]
  /** Those that wait, the first of which runs; a new list is a new run. */
  #queue: readonly number[] = []
  #id = 0
  #started = 0

  constructor(pageCells: readonly PageCell[], bar: PageBar) {
    this.#bar = bar
    this.#kernel = kernelConnection(message => this.#heard(message))
    const { send } = this.#kernel
    this.#controls = pageControls(send, () => this.#idle())
    this.#editing = new CellEditing(pageCells, send, index => this.run(index))
    this.#cells = pageCells.map((cell): RunningCell => {
      const shown = cellOutputs(cell.outputs, this.#controls)
      return { ...cell, shown, before: [...cell.outputs.childNodes], ran: false }
    })
    bar.stop.addEventListener('click', () => this.#stop())
    bar.reset.addEventListener('click', () => this.#reset())
  }

  run(index: number): void {
    if (this.#queue[0] === index) this.#stop()
    else this.#enqueue([...this.#cells.keys()].filter(at => at === index || (at < index && !this.#cells[at]!.ran)))
  }

  all(): void {
    this.#enqueue([...this.#cells.keys()])
  }

  edit(index: number): void {
    if (this.#editing.isOpen(index)) this.#editing.close(index)
    else {
      this.#editing.open(index)
      this.#bar.reset.disabled = false
    }
  }

  /** The outputs of all cells, as a notebook would store them. */
  stored(): NotebookOutput[][] {
    return this.#cells.map(({ shown }) => [...shown.stored()])
  }

  #enqueue(wanted: readonly number[]): void {
    const isIdle = this.#queue.length === 0
    const added = wanted.filter(at => !this.#queue.includes(at))
    for (const at of added) this.#mark(at, 'waiting', 'waiting')
    this.#queue = [...this.#queue, ...added]
    if (isIdle) this.#next()
  }

  #next(): void {
    this.#idle()
    const at = this.#queue[0]
    if (at === undefined) return
    this.#id += 1
    this.#started = performance.now()
    this.#cells[at]!.shown.begin()
    this.#mark(at, 'running', 'running')
    this.#kernel.send({ kind: 'run', id: this.#id, source: this.#editing.text(at) })
  }

  #heard(message: FromFrame): void {
    if (message.kind === 'types') this.#editing.heard(message.message)
    else if (message.kind === 'comm-msg' || message.kind === 'comm-close') this.#controls.heard(message)
    else if (message.kind === 'stage') this.#say(`${message.text} …`)
    else if (message.kind === 'ready') {
      this.#started = performance.now()
      this.#say('')
    } else if (message.kind === 'failed') {
      this.#lose()
      this.#say(`The kernel ended: ${message.message}.`)
    } else this.#answered(message)
  }

  #answered(message: Heard): void {
    const at = this.#queue[0]
    if (message.id !== this.#id || at === undefined) return
    if (message.kind === 'done') this.#done(at, message.error && { output_type: 'error', ...message.error })
    else this.#cells[at]!.shown.show(message)
  }

  #done(at: number, error: Extract<NotebookOutput, { output_type: 'error' }> | undefined): void {
    const cell = this.#cells[at]!
    cell.shown.end(error)
    cell.ran = true
    const waiting = this.#queue.slice(1)
    const left = waiting.length
    if (error === undefined) {
      const seconds = ((performance.now() - this.#started) / 1000).toFixed(1)
      this.#mark(at, 'done', `ran here in ${seconds} s`)
      this.#queue = waiting
      this.#say(left > 0 ? `${left} to run …` : 'Done. The outputs of cells that ran are from this browser.')
    } else {
      this.#mark(at, 'failed', 'failed')
      for (const other of waiting) this.#mark(other, '', '')
      this.#say(left > 0 ? `Cell ${at + 1} failed; the ${left} after it did not run.` : `Cell ${at + 1} failed.`)
      this.#queue = []
    }
    this.#next()
  }

  /** Ends the kernel, and with it all that its cells have named. @returns how many had run */
  #lose(): number {
    this.#kernel.send({ kind: 'stop' })
    this.#id += 1
    const ran = this.#cells.filter(cell => cell.ran).length
    for (const waiting of this.#queue) this.#mark(waiting, '', '')
    const [at] = this.#queue
    if (at !== undefined) {
      this.#cells[at]!.shown.end()
      this.#mark(at, '', 'stopped')
    }
    for (const cell of this.#cells) cell.ran = false
    this.#queue = []
    this.#controls.lost()
    this.#idle()
    return ran
  }

  #stop(): void {
    const at = this.#queue[0]
    if (at === undefined && !this.#controls.busy()) return
    const ran = this.#lose()
    const cellsThatRan = ran === 1 ? 'the cell that had run' : `the ${ran} cells that had run`
    const lost = ran === 0 ? '' : ` What ${cellsThatRan} had named is lost; the outputs stay.`
    const where = at === undefined ? 'Stopped what a control asked for.' : `Stopped in cell ${at + 1}.`
    this.#say(`${where}${lost} The next run starts from the first cell.`)
  }

  #reset(): void {
    this.#lose()
    this.#editing.reset()
    for (const [at, { shown, outputs, before }] of this.#cells.entries()) {
      shown.forget()
      outputs.replaceChildren(...before)
      this.#mark(at, '', '')
    }
    this.#say('Everything is as the notebook stores it.')
  }

  #idle(): void {
    this.#bar.stop.disabled = this.#queue.length === 0 && !this.#controls.busy()
    this.#bar.reset.disabled = false
  }

  #mark(at: number, name: 'waiting' | 'running' | 'done' | 'failed' | '', note: string): void {
    const cell = this.#cells[at]!
    cell.element.dataset.state = name
    cell.note.textContent = note
    const word = name === 'running' ? 'Stop' : 'Run'
    cell.run.textContent = word
    cell.run.setAttribute('aria-label', `${word} cell ${at + 1}`)
  }

  #say(text: string): void {
    this.#bar.status.textContent = text
  }
}

function runPage(pageCells: readonly PageCell[], bar: PageBar): RunPage {
  const page = new PageOfCells(pageCells, bar)
  Object.assign(window, { mflOutputs: () => page.stored() })
  return page
}

Object.assign(window, { mflRunPage: runPage })
