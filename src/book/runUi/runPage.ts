/**
 * Runs the cells of a notebook's page: one after the other, those above first; stops, resets, edits.
 */
import type { NotebookOutput } from '../../notebook/notebookFile.js'
import type { FromFrame } from '../kernel/protocol.js'
import type { PageBar, PageCell, RunPage } from '../page/cellButtons.js'
import { loadScript } from '../page/loadScript.js'
import { type CellOutputs, cellOutputs } from './cellOutputs.js'
import { kernelConnection } from './kernelConnection.js'
import { pageControls } from './pageControls.js'
import type { TypedEditor, TypedEditors } from './typedEditor.js'

/** A cell and what became of it. */
interface RunningCell extends PageCell {
  readonly shown: CellOutputs
  /** What the page had. */
  readonly before: readonly Node[]
  /** Whether its names are in the kernel. */
  ran: boolean
  editor: HTMLTextAreaElement | undefined
  /** What knows the types in it, once that is there. */
  typed: TypedEditor | undefined
}

function runPage(pageCells: readonly PageCell[], bar: PageBar): RunPage {
  const kernel = kernelConnection(heard)
  const controls = pageControls(kernel.send, idle)
  const cells = pageCells.map(
    (cell): RunningCell => ({
      ...cell,
      shown: cellOutputs(cell.outputs, controls),
      before: [...cell.outputs.childNodes],
      ran: false,
      editor: undefined,
      typed: undefined,
    }),
  )
  /** Those that wait, the first of which runs; a new list is a new run. */
  let queue: number[] = []
  let id = 0
  let started = 0
  const source = ({ editor, code }: RunningCell): string => editor?.value ?? code.textContent ?? ''
  /** Loaded at the first edit. */
  let editors: Promise<TypedEditors> | undefined
  const loadEditors = async (): Promise<TypedEditors> => {
    await loadScript('assets/typed-editor.js')
    const { mflTypedEditors } = window as unknown as { mflTypedEditors(send: typeof kernel.send): TypedEditors }
    return mflTypedEditors(kernel.send)
  }
  /** The field works at once, and without types where they cannot be had. */
  async function withTypes(cell: RunningCell, index: number): Promise<void> {
    const { editor } = cell
    editors ??= loadEditors()
    try {
      const { attach } = await editors
      const above = (): string[] => cells.slice(0, index).map(source)
      if (editor !== undefined && cell.editor === editor)
        cell.typed = attach({
          field: editor,
          controls: cell.note.parentElement!,
          number: index + 1,
          above,
          run: () => page.run(index),
        })
    } catch {
      editors = undefined
      cell.note.textContent = 'without types: their script could not be loaded'
    }
  }
  const state = (cell: RunningCell, name: 'waiting' | 'running' | 'done' | 'failed' | '', note: string): void => {
    cell.element.dataset.state = name
    cell.note.textContent = note
    const number = cells.indexOf(cell) + 1
    const word = name === 'running' ? 'Stop' : 'Run'
    cell.run.textContent = word
    cell.run.setAttribute('aria-label', `${word} cell ${number}`)
  }
  const say = (text: string): void => {
    bar.status.textContent = text
  }
  function idle(): void {
    bar.stop.disabled = queue.length === 0 && !controls.busy()
    bar.reset.disabled = false
  }

  function next(): void {
    idle()
    const at = queue[0]
    if (at === undefined) return
    const cell = cells[at]!
    id += 1
    started = performance.now()
    cell.shown.begin()
    state(cell, 'running', 'running')
    kernel.send({ kind: 'run', id, source: source(cell) })
  }

  function heard(message: FromFrame): void {
    if (message.kind === 'types') void editors?.then(({ heard }) => heard(message.message))
    else if (message.kind === 'comm-msg' || message.kind === 'comm-close') controls.heard(message)
    else if (message.kind === 'stage') say(`${message.text} …`)
    else if (message.kind === 'ready') {
      started = performance.now()
      say('')
    } else if (message.kind === 'failed') {
      lose()
      say(`The kernel ended: ${message.message}.`)
    } else if (message.id === id && queue.length > 0) {
      if (message.kind === 'done') done(message.error && { output_type: 'error', ...message.error })
      else cells[queue[0]!]!.shown.show(message)
    }
  }

  function done(error: Extract<NotebookOutput, { output_type: 'error' }> | undefined): void {
    const at = queue[0]!
    const cell = cells[at]!
    cell.shown.end(error)
    cell.ran = true
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    if (error === undefined) {
      state(cell, 'done', `ran here in ${seconds} s`)
      queue = queue.slice(1)
      say(queue.length > 0 ? `${queue.length} to run …` : 'Done. The outputs of cells that ran are from this browser.')
    } else {
      state(cell, 'failed', 'failed')
      for (const waiting of queue.slice(1)) state(cells[waiting]!, '', '')
      const left = queue.length - 1
      say(left > 0 ? `Cell ${at + 1} failed; the ${left} after it did not run.` : `Cell ${at + 1} failed.`)
      queue = []
    }
    next()
  }

  /** Ends the kernel, and with it all that its cells have named. @returns how many had run */
  function lose(): number {
    kernel.send({ kind: 'stop' })
    id += 1
    const ran = cells.filter(cell => cell.ran).length
    for (const waiting of queue) state(cells[waiting]!, '', '')
    const [at] = queue
    if (at !== undefined) {
      cells[at]!.shown.end()
      state(cells[at]!, '', 'stopped')
    }
    for (const cell of cells) cell.ran = false
    queue = []
    controls.lost()
    idle()
    return ran
  }

  const stop = (): void => {
    const at = queue[0]
    if (at === undefined && !controls.busy()) return
    const ran = lose()
    const cellsThatRan = ran === 1 ? 'the cell that had run' : `the ${ran} cells that had run`
    const lost = ran === 0 ? '' : ` What ${cellsThatRan} had named is lost; the outputs stay.`
    const where = at === undefined ? 'Stopped what a control asked for.' : `Stopped in cell ${at + 1}.`
    say(`${where}${lost} The next run starts from the first cell.`)
  }
  bar.stop.addEventListener('click', stop)
  bar.reset.addEventListener('click', () => {
    lose()
    kernel.send({ kind: 'end-types' })
    void editors?.then(each => each.end())
    for (const cell of cells) {
      restore(cell)
      cell.shown.forget()
      cell.outputs.replaceChildren(...cell.before)
      state(cell, '', '')
    }
    say('Everything is as the notebook stores it.')
  })
  const enqueue = (wanted: readonly number[]): void => {
    const isIdle = queue.length === 0
    const added = wanted.filter(at => !queue.includes(at))
    for (const at of added) state(cells[at]!, 'waiting', 'waiting')
    queue = [...queue, ...added]
    if (isIdle) next()
  }
  Object.assign(window, { mflOutputs: () => cells.map(({ shown }) => shown.stored()) })
  const page: RunPage = {
    run: index => {
      if (queue[0] === index) stop()
      else enqueue([...cells.keys()].filter(at => at === index || (at < index && !cells[at]!.ran)))
    },
    all: () => enqueue([...cells.keys()]),
    edit: index => {
      const cell = cells[index]!
      if (cell.editor === undefined) {
        edit(cell, index, () => page.run(index))
        bar.reset.disabled = false
        void withTypes(cell, index)
      } else restore(cell)
    },
  }
  return page
}

/** Puts a field in the place of the code. */
function edit(cell: RunningCell, index: number, run: () => void): void {
  const editor = document.createElement('textarea')
  editor.value = cell.code.textContent ?? ''
  editor.rows = editor.value.split('\n').length + 1
  editor.spellcheck = false
  editor.autocapitalize = 'off'
  editor.setAttribute('aria-label', `Code of cell ${index + 1}; Control with Enter runs it`)
  editor.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey || event.shiftKey)) return
    event.preventDefault()
    run()
  })
  const frame = document.createElement('div')
  frame.className = 'editor'
  frame.append(editor)
  cell.code.replaceWith(frame)
  cell.editor = editor
  cell.edit.textContent = 'Undo edit'
  cell.edit.setAttribute('aria-label', `Undo edit of cell ${index + 1}`)
  editor.focus()
}

function restore(cell: RunningCell): void {
  if (cell.editor === undefined) return
  cell.typed?.close()
  cell.typed = undefined
  cell.element.querySelector('.editor')!.replaceWith(cell.code)
  cell.editor = undefined
  cell.edit.textContent = 'Edit'
  cell.edit.setAttribute('aria-label', cell.run.getAttribute('aria-label')!.replace('Run', 'Edit'))
}

Object.assign(window, { mflRunPage: runPage })
