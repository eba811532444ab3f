/**
 * What TypeScript knows of a cell while it is edited: names at the caret, errors below their places and in words, and
 * what a name is. It comes after the field, which works without it.
 */
import { likeliest } from '../cellTypes/likeliest.js'
import { moveMarks } from '../cellTypes/moveMarks.js'
import type {
  CellDescription,
  CellMark,
  CellNames,
  FromTypes,
  TypesAnswers,
  TypesQuestion,
} from '../cellTypes/protocol.js'
import type { ToFrame } from '../kernel/protocol.js'
import { type NameList, nameList } from './nameList.js'
import { type TextMirror, textMirror } from './textMirror.js'
import { type WrongList, wrongList } from './wrongList.js'

/** A cell that is being edited. */
export interface EditedCell {
  /** Alone in a positioned frame. */
  readonly editor: HTMLTextAreaElement
  /** The buttons and words below the cell. */
  readonly controls: HTMLElement
  /** From 1. */
  readonly number: number
  /** The cells above as they are now. */
  above(): string[]
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

/** How long a pointer must rest on a name. */
const POINTED = 350

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

/** One cell with types: its marks, the names that are offered, the card that says what a name is. */
class TypedCell {
  readonly #cell: EditedCell
  readonly #editor: HTMLTextAreaElement
  readonly #ask: Ask
  readonly #changed: () => void
  readonly #mirror: TextMirror
  readonly #note = words('span', 'types-note', 'types: loading …')
  readonly #card = words('div', 'type-card', '')
  readonly #wrong: WrongList
  readonly #names: NameList
  #marks: readonly CellMark[] = []
  #text: string
  #closed = false
  /** Timers: nobody has typed, and the pointer has not moved, for a while. */
  #rest = 0
  #pointed = 0
  /** The names that are offered, and where what they replace begins. */
  #from = 0
  #offered: CellNames['names'] = []
  /** One question for names at a time: who types fast is answered at the end. */
  #offering = false
  #next: { readonly wanted: boolean } | undefined

  /** @param changed is told that the cell has, and with it what stands above others */
  constructor(cell: EditedCell, ask: Ask, changed: () => void) {
    const { editor, controls, number } = cell
    this.#cell = cell
    this.#editor = editor
    this.#ask = ask
    this.#changed = changed
    this.#text = editor.value
    this.#mirror = textMirror(editor)
    this.#wrong = wrongList(number, mark => this.#select(mark))
    controls.append(this.#note)
    this.#card.hidden = true
    editor.after(this.#card)
    editor.parentElement!.after(this.#wrong.element)
    this.#draw()
    this.#names = nameList(editor, number, name => this.#take(name))
    this.#listen()
  }

  check(): void {
    clearTimeout(this.#rest)
    this.#rest = window.setTimeout(() => void this.#check(), REST)
  }

  without(message: string): void {
    clearTimeout(this.#rest)
    this.#marks = []
    this.#draw()
    this.#wrong.show(this.#marks, this.#text)
    this.#names.hide()
    this.#hideCard()
    this.#note.textContent = `without types: ${message}`
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#rest)
    this.#hideCard()
    this.#note.remove()
    this.#wrong.element.remove()
  }

  #listen(): void {
    const editor = this.#editor
    editor.addEventListener('input', () => this.#input())
    editor.addEventListener('keydown', event => this.#key(event))
    editor.addEventListener('mousemove', event => this.#pointer(event))
    editor.addEventListener('mouseleave', ({ relatedTarget }) => {
      // The card may be pointed at, to read and to copy what it says.
      if (relatedTarget instanceof Node && this.#card.contains(relatedTarget)) clearTimeout(this.#pointed)
      else this.#hideCard()
    })
    this.#card.addEventListener('mouseleave', () => this.#hideCard())
    editor.addEventListener('blur', () => this.#names.hide())
    editor.addEventListener('scroll', () => {
      this.#names.hide()
      this.#hideCard()
    })
  }

  #cells(): string[] {
    return [...this.#cell.above(), this.#editor.value]
  }

  #select(mark: CellMark): void {
    this.#editor.focus()
    this.#editor.setSelectionRange(mark.from, mark.to)
  }

  #draw(): void {
    this.#mirror.draw(this.#marks)
    if (this.#marks.length > 0) this.#editor.setAttribute('aria-invalid', 'true')
    else this.#editor.removeAttribute('aria-invalid')
  }

  async #check(): Promise<void> {
    const asked = this.#editor.value
    const found = await this.#ask({ what: 'check', cells: this.#cells() })
    if (found === 'none' || this.#closed || this.#editor.value !== asked) return
    this.#marks = found
    this.#draw()
    this.#wrong.show(found, asked)
    const errors = found.length === 1 ? '1 error' : `${found.length} errors`
    this.#note.textContent = found.length === 0 ? KEYS : `${errors}; F8 leads to the next`
  }

  #take(name: string): void {
    const editor = this.#editor
    this.#names.hide()
    editor.focus()
    editor.setSelectionRange(this.#from, editor.selectionEnd)
    // The way to write that can be undone with the keyboard.
    if (!document.execCommand('insertText', false, name)) {
      editor.setRangeText(name, this.#from, editor.selectionEnd, 'end')
      editor.dispatchEvent(new Event('input'))
    }
    this.#names.hide()
  }

  /** @param wanted whether the reader has asked for names, so that they are offered anywhere */
  async #offer(wanted: boolean): Promise<void> {
    if (this.#offering) {
      this.#next = { wanted }
      return
    }
    this.#offering = true
    await this.#offerNow(wanted)
    this.#offering = false
    const then = this.#next
    this.#next = undefined
    if (then !== undefined && !this.#closed) void this.#offer(then.wanted)
  }

  async #offerNow(wanted: boolean): Promise<void> {
    const editor = this.#editor
    const at = editor.selectionEnd
    const written = /[\p{ID_Continue}$]*$/u.exec(editor.value.slice(0, at))![0]
    if (!wanted && (/^\d/.test(written) || (written === '' && editor.value[at - 1] !== '.'))) return this.#names.hide()
    const asked = editor.value
    const found = await this.#ask({ what: 'complete', cells: this.#cells(), at })
    if (found === 'none' || this.#closed || editor.value !== asked || editor.selectionEnd !== at) return
    this.#from = found?.from ?? at
    this.#offered = found?.names ?? []
    this.#showNames(this.#offered, written)
  }

  #showNames(names: CellNames['names'], written: string): void {
    // A name that stands there already needs no offer.
    const only = names.length === 1 && names[0]!.name === written
    if (names.length === 0 || only) this.#names.hide()
    else {
      this.#hideCard()
      this.#names.show(names, this.#mirror.placeOf(this.#from))
    }
  }

  /** Until newer names are there, those that are offered are the ones that go on as what is written now. */
  #narrow(): void {
    if (!this.#names.open) return
    const written = this.#editor.value.slice(this.#from, this.#editor.selectionEnd)
    this.#showNames(/^[\p{ID_Continue}$]+$/u.test(written) ? likeliest(this.#offered, written) : [], written)
  }

  #hideCard(): void {
    clearTimeout(this.#pointed)
    this.#card.hidden = true
    this.#card.replaceChildren()
  }

  async #describe(at: number): Promise<void> {
    const asked = this.#editor.value
    const found = await this.#ask({ what: 'describe', cells: this.#cells(), at })
    if (found === 'none' || this.#closed || this.#editor.value !== asked) return
    const here = this.#marks.filter(mark => mark.from <= at && at <= mark.to)
    if (found === undefined && here.length === 0) return this.#hideCard()
    this.#names.hide()
    this.#showCard(found, here, found?.from ?? at)
  }

  #showCard(found: CellDescription | undefined, here: readonly CellMark[], at: number): void {
    const card = this.#card
    const parts = here.map(({ message }) => paragraph(message, 'message'))
    if (found !== undefined) {
      const type = document.createElement('code')
      type.textContent = found.type
      parts.push(type)
      if (found.sentence !== '') parts.push(paragraph(found.sentence, 'sentence'))
    }
    card.replaceChildren(...parts)
    card.hidden = false
    const { left, bottom } = this.#mirror.placeOf(at)
    card.style.top = `${bottom}px`
    card.style.left = `${Math.max(0, Math.min(left, this.#editor.offsetWidth - card.offsetWidth))}px`
  }

  #input(): void {
    this.#marks = moveMarks(this.#marks, this.#text, this.#editor.value)
    this.#text = this.#editor.value
    this.#hideCard()
    this.#draw()
    this.#wrong.show(this.#marks, this.#text)
    this.#changed()
    this.#narrow()
    void this.#offer(false)
  }

  #key(event: KeyboardEvent): void {
    const { key } = event
    const names = this.#names
    const command = event.ctrlKey || event.metaKey
    if (key === 'Escape' && (names.open || !this.#card.hidden)) {
      names.hide()
      this.#hideCard()
    } else if (key === 'F8' && this.#marks.length > 0) {
      const at = this.#editor.selectionStart
      this.#select(this.#marks.find(mark => mark.from > at) ?? this.#marks[0]!)
    } else if (command && key === ' ') void this.#offer(true)
    else if (command && key.toLowerCase() === 'i') void this.#describe(this.#editor.selectionStart)
    else if (names.open && !command && !event.altKey && !event.shiftKey) {
      if (key === 'ArrowDown') names.move(1)
      else if (key === 'ArrowUp') names.move(-1)
      else if (key === 'Enter' || key === 'Tab') this.#take(names.chosen()!)
      else {
        if (/^(Arrow|Home|End|Page)/.test(key)) names.hide()
        return
      }
    } else {
      if (command) names.hide()
      return
    }
    event.preventDefault()
  }

  #pointer({ clientX, clientY }: MouseEvent): void {
    clearTimeout(this.#pointed)
    this.#pointed = window.setTimeout(() => {
      const at = this.#mirror.offsetAt(clientX, clientY)
      if (at === undefined || this.#names.open) this.#hideCard()
      else void this.#describe(at)
    }, POINTED)
  }
}

/** An element whose words a reader of the screen is told when they change. */
function words(tag: 'span' | 'div', name: string, text: string): HTMLElement {
  const element = document.createElement(tag)
  element.setAttribute('role', 'status')
  element.className = name
  element.textContent = text
  return element
}

function paragraph(text: string, name: string): HTMLElement {
  const element = document.createElement('p')
  element.className = name
  element.textContent = text
  return element
}

Object.assign(window, { mflTypedEditors: typedEditors })
