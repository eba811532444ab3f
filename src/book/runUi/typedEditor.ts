/**
 * What TypeScript knows of a cell while it is edited: names at the caret, errors below their places and in words, and
 * what a name is. It comes in the place of a plain field, which works without it.
 */
import type { CellMark, FromTypes, TypesAnswers, TypesQuestion } from '../cellTypes/protocol.js'
import type { ToFrame } from '../kernel/protocol.js'
import { type CodeEditor, codeEditor } from './codeEditor.js'
import { type WrongList, wrongList } from './wrongList.js'

/** A cell that is being edited. */
export interface EditedCell {
  /** Alone in its frame, with the text of the cell; it leaves the page, and goes on holding the text. */
  readonly field: HTMLTextAreaElement
  /** The buttons and words below the cell. */
  readonly controls: HTMLElement
  /** From 1. */
  readonly number: number
  /** The cells above as they are now. */
  above(): string[]
  run(): void
}

export interface TypedEditor {
  close(): void
}

/** The editors of a page, which share the worker of the types. */
export interface TypedEditors {
  attach(cell: EditedCell): TypedEditor
  heard(message: FromTypes): void
  /** Nothing that was asked is answered any more: the worker has ended. */
  end(): void
}

/** How long nobody must type before a cell is checked, in milliseconds. */
const REST = 400

/** Said of a cell that has no errors. */
const KEYS = 'no errors; Control with Space offers names, with I it says what one is'

type Ask = <W extends TypesQuestion['what']>(
  question: Extract<TypesQuestion, { what: W }> | { what: W; cells: string[]; at: number },
) => Promise<TypesAnswers[W] | 'none'>

/** @param send to the frame of the kernel, which holds the worker of the types too */
function typedEditors(send: (message: ToFrame) => void): TypedEditors {
  const waiting = new Map<number, (answer: never) => void>()
  const open = new Set<{ check(): void; without(message: string): void }>()
  let id = 0
  let failed: string | undefined
  const settle = (): void => {
    for (const answer of waiting.values()) (answer as (answer: 'none') => void)('none')
    waiting.clear()
  }
  const ask: Ask = question => {
    if (failed !== undefined) return Promise.resolve('none')
    id += 1
    send({ kind: 'types', message: { id, question: question as TypesQuestion } })
    return new Promise(resolve => waiting.set(id, resolve))
  }
  return {
    attach: cell => {
      const editor = new TypedCell(cell, ask, () => {
        // What stands above a cell has changed with this one.
        for (const each of open) each.check()
      })
      open.add(editor)
      if (failed !== undefined) editor.without(failed)
      else editor.check()
      return {
        close: () => {
          open.delete(editor)
          editor.close()
        },
      }
    },
    heard: message => {
      if (message.kind === 'answer') {
        waiting.get(message.id)?.(message.answer as never)
        waiting.delete(message.id)
        return
      }
      failed = message.message
      settle()
      for (const each of open) each.without(message.message)
    },
    end: () => {
      failed = undefined
      settle()
    },
  }
}

/** One cell with types: its editor, what is wrong in it in words, and a note. */
class TypedCell {
  readonly #cell: EditedCell
  readonly #ask: Ask
  readonly #editor: CodeEditor
  readonly #note = document.createElement('span')
  readonly #wrong: WrongList
  #closed = false
  /** Nobody has typed for a while. */
  #rest = 0

  /** @param changed is told that the cell has, and with it what stands above others */
  constructor(cell: EditedCell, ask: Ask, changed: () => void) {
    const { field, controls, number, run } = cell
    this.#cell = cell
    this.#ask = ask
    const label = field.getAttribute('aria-label')!
    const focused = document.activeElement === field
    this.#editor = codeEditor({
      label,
      text: field.value,
      selection: { anchor: field.selectionStart, head: field.selectionEnd },
      run,
      changed: () => {
        field.value = this.#editor.text()
        this.#wrong.show(this.#editor.marks(), field.value)
        changed()
      },
      complete: at => this.#asked({ what: 'complete', cells: this.#cells(), at }),
      describe: at => this.#asked({ what: 'describe', cells: this.#cells(), at }),
    })
    this.#wrong = wrongList(number, mark => this.#editor.select(mark))
    field.parentElement!.after(this.#wrong.element)
    // The page goes on reading the field.
    field.replaceWith(this.#editor.element)
    if (focused) this.#editor.focus()
    // A reader of the screen is told when its words change.
    this.#note.setAttribute('role', 'status')
    this.#note.className = 'types-note'
    this.#note.textContent = 'types: loading …'
    controls.append(this.#note)
  }

  check(): void {
    clearTimeout(this.#rest)
    this.#rest = window.setTimeout(() => void this.#check(), REST)
  }

  without(message: string): void {
    clearTimeout(this.#rest)
    this.#show([])
    this.#note.textContent = `without types: ${message}`
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#rest)
    this.#editor.close()
    this.#note.remove()
    this.#wrong.element.remove()
  }

  #cells(): string[] {
    return [...this.#cell.above(), this.#editor.text()]
  }

  #show(marks: readonly CellMark[]): void {
    this.#editor.mark(marks)
    this.#wrong.show(marks, this.#editor.text())
  }

  /** An answer, unless it comes too late. */
  async #asked<W extends 'complete' | 'describe'>(question: {
    what: W
    cells: string[]
    at: number
  }): Promise<TypesAnswers[W] | undefined> {
    const found = await this.#ask(question)
    return found === 'none' || this.#closed ? undefined : found
  }

  async #check(): Promise<void> {
    const asked = this.#editor.text()
    const found = await this.#ask({ what: 'check', cells: this.#cells() })
    if (found === 'none' || this.#closed || this.#editor.text() !== asked) return
    this.#show(found)
    const errors = found.length === 1 ? '1 error' : `${found.length} errors`
    this.#note.textContent = found.length === 0 ? KEYS : `${errors}; F8 leads to the next`
  }
}

Object.assign(window, { mflTypedEditors: typedEditors })
