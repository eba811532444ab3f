/**
 * What TypeScript knows of a cell while it is edited: names at the caret, errors below their places and in words, and
 * what a name is. It comes after the field, which works without it.
 */
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
import { nameList } from './nameList.js'
import { textMirror } from './textMirror.js'
import { wrongList } from './wrongList.js'

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
      const editor = typed(cell, ask, () => {
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

function typed(
  { editor, controls, number, above }: EditedCell,
  ask: Ask,
  changed: () => void,
): TypedEditor & { check(): void; without(message: string): void } {
  const mirror = textMirror(editor)
  const note = document.createElement('span')
  note.setAttribute('role', 'status')
  note.className = 'types-note'
  note.textContent = 'types: loading …'
  controls.append(note)
  const card = document.createElement('div')
  card.className = 'type-card'
  card.setAttribute('role', 'status')
  card.hidden = true
  editor.after(card)
  let marks: readonly CellMark[] = []
  let text = editor.value
  let closed = false
  let rest = 0
  let pointed = 0
  /** Of the names that are offered: where what they replace begins. */
  let from = 0
  const cells = (): string[] => [...above(), editor.value]
  const select = (mark: CellMark): void => {
    editor.focus()
    editor.setSelectionRange(mark.from, mark.to)
  }
  const wrong = wrongList(number, select)
  editor.parentElement!.after(wrong.element)
  const draw = (): void => {
    mirror.draw(marks)
    if (marks.length > 0) editor.setAttribute('aria-invalid', 'true')
    else editor.removeAttribute('aria-invalid')
  }
  draw()

  async function check(): Promise<void> {
    const asked = editor.value
    const found = await ask({ what: 'check', cells: cells() })
    if (found === 'none' || closed || editor.value !== asked) return
    marks = found
    draw()
    wrong.show(marks, asked)
    const errors = marks.length === 1 ? '1 error' : `${marks.length} errors`
    note.textContent = marks.length === 0 ? KEYS : `${errors}; F8 leads to the next`
  }

  const take = (name: string): void => {
    names.hide()
    editor.focus()
    editor.setSelectionRange(from, editor.selectionEnd)
    // The way to write that can be undone with the keyboard.
    if (!document.execCommand('insertText', false, name)) {
      editor.setRangeText(name, from, editor.selectionEnd, 'end')
      editor.dispatchEvent(new Event('input'))
    }
    names.hide()
  }
  const names = nameList(editor, number, take)

  /** One question for names at a time: who types fast is answered at the end. */
  let offering = false
  let next: { readonly wanted: boolean } | undefined
  /** @param wanted whether the reader has asked for names, so that they are offered anywhere */
  async function offer(wanted: boolean): Promise<void> {
    if (offering) {
      next = { wanted }
      return
    }
    offering = true
    await offerNow(wanted)
    offering = false
    const then = next
    next = undefined
    if (then !== undefined && !closed) void offer(then.wanted)
  }
  async function offerNow(wanted: boolean): Promise<void> {
    const at = editor.selectionEnd
    const written = /[\p{ID_Continue}$]*$/u.exec(editor.value.slice(0, at))![0]
    if (!wanted && (/^\d/.test(written) || (written === '' && editor.value[at - 1] !== '.'))) return names.hide()
    const asked = editor.value
    const found = await ask({ what: 'complete', cells: cells(), at })
    if (found === 'none' || closed || editor.value !== asked || editor.selectionEnd !== at) return
    // A name that stands there already needs no offer.
    const only = found?.names.length === 1 && found.names[0]!.name === written
    if (found === undefined || found.names.length === 0 || only) return names.hide()
    showNames(found)
  }
  const showNames = (found: CellNames): void => {
    from = found.from
    hideCard()
    names.show(found.names, mirror.placeOf(from))
  }

  const hideCard = (): void => {
    clearTimeout(pointed)
    card.hidden = true
    card.replaceChildren()
  }
  async function describe(at: number): Promise<void> {
    const asked = editor.value
    const found = await ask({ what: 'describe', cells: cells(), at })
    if (found === 'none' || closed || editor.value !== asked) return
    const here = marks.filter(mark => mark.from <= at && at <= mark.to)
    if (found === undefined && here.length === 0) return hideCard()
    names.hide()
    showCard(found, here, found?.from ?? at)
  }
  const showCard = (found: CellDescription | undefined, here: readonly CellMark[], at: number): void => {
    const parts = here.map(({ message }) => paragraph(message, 'message'))
    if (found !== undefined) {
      const type = document.createElement('code')
      type.textContent = found.type
      parts.push(type)
      if (found.sentence !== '') parts.push(paragraph(found.sentence, 'sentence'))
    }
    card.replaceChildren(...parts)
    card.hidden = false
    const { left, bottom } = mirror.placeOf(at)
    card.style.top = `${bottom}px`
    card.style.left = `${Math.max(0, Math.min(left, editor.offsetWidth - card.offsetWidth))}px`
  }

  const onInput = (): void => {
    marks = moveMarks(marks, text, editor.value)
    text = editor.value
    hideCard()
    draw()
    wrong.show(marks, text)
    changed()
    void offer(false)
  }
  const onKey = (event: KeyboardEvent): void => {
    const { key } = event
    const command = event.ctrlKey || event.metaKey
    if (key === 'Escape' && (names.open || !card.hidden)) {
      names.hide()
      hideCard()
    } else if (key === 'F8' && marks.length > 0) {
      const at = editor.selectionStart
      select(marks.find(mark => mark.from > at) ?? marks[0]!)
    } else if (command && key === ' ') void offer(true)
    else if (command && key.toLowerCase() === 'i') void describe(editor.selectionStart)
    else if (names.open && !command && !event.altKey && !event.shiftKey) {
      if (key === 'ArrowDown') names.move(1)
      else if (key === 'ArrowUp') names.move(-1)
      else if (key === 'Enter' || key === 'Tab') take(names.chosen()!)
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
  const onMove = ({ clientX, clientY }: MouseEvent): void => {
    clearTimeout(pointed)
    pointed = window.setTimeout(() => {
      const at = mirror.offsetAt(clientX, clientY)
      if (at === undefined || names.open) hideCard()
      else void describe(at)
    }, POINTED)
  }
  const onLeave = ({ relatedTarget }: MouseEvent): void => {
    // The card may be pointed at, to read and to copy what it says.
    if (relatedTarget instanceof Node && card.contains(relatedTarget)) clearTimeout(pointed)
    else hideCard()
  }
  editor.addEventListener('input', onInput)
  editor.addEventListener('keydown', onKey)
  editor.addEventListener('mousemove', onMove)
  editor.addEventListener('mouseleave', onLeave)
  card.addEventListener('mouseleave', hideCard)
  editor.addEventListener('blur', () => names.hide())
  editor.addEventListener('scroll', () => {
    names.hide()
    hideCard()
  })
  return {
    check: () => {
      clearTimeout(rest)
      rest = window.setTimeout(() => void check(), REST)
    },
    without: message => {
      clearTimeout(rest)
      marks = []
      draw()
      wrong.show(marks, text)
      names.hide()
      hideCard()
      note.textContent = `without types: ${message}`
    },
    close: () => {
      closed = true
      clearTimeout(rest)
      hideCard()
      note.remove()
      wrong.element.remove()
    },
  }
}

function paragraph(text: string, name: string): HTMLElement {
  const element = document.createElement('p')
  element.className = name
  element.textContent = text
  return element
}

Object.assign(window, { mflTypedEditors: typedEditors })
