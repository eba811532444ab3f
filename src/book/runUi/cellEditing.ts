/**
 * Editing the cells of a page: the code becomes a field, and an editor that knows types once that is there.
 */
import type { FromTypes } from '../cellTypes/protocol.js'
import type { ToFrame } from '../kernel/protocol.js'
import type { EditorFrame, PageCell } from '../page/cellButtons.js'
import { loadScript } from '../page/loadScript.js'
import type { TypedEditor, TypedEditors } from './typedEditor.js'

/** A cell that is being edited. */
interface OpenCell {
  /** Holds the text, whether it is on the page or an editor is in its place. */
  readonly field: HTMLTextAreaElement
  readonly frame: HTMLElement
  typed?: TypedEditor
}

export class CellEditing {
  readonly #cells: readonly PageCell[]
  readonly #send: (message: ToFrame) => void
  readonly #run: (index: number) => void
  readonly #open = new Map<number, OpenCell>()
  /** Loaded at the first edit. */
  #editors: Promise<TypedEditors> | undefined

  /** @param send to the kernel's frame @param run called with the cell where the key for it was pressed */
  constructor(cells: readonly PageCell[], send: (message: ToFrame) => void, run: (index: number) => void) {
    this.#cells = cells
    this.#send = send
    this.#run = run
  }

  isOpen(index: number): boolean {
    return this.#open.has(index)
  }

  /** The code of a cell as it stands on the page. */
  text(index: number): string {
    return this.#open.get(index)?.field.value ?? this.#cells[index]!.code.textContent ?? ''
  }

  /** Puts a field in the place of the code. */
  open(index: number): void {
    const { code, edit } = this.#cells[index]!
    const field = document.createElement('textarea')
    field.value = this.text(index)
    field.rows = field.value.split('\n').length + 1
    field.spellcheck = false
    field.autocapitalize = 'off'
    field.setAttribute('aria-label', `Code of cell ${index + 1}; Control with Enter runs it`)
    field.addEventListener('keydown', event => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey || event.shiftKey)) return
      event.preventDefault()
      this.#run(index)
    })
    const frame: EditorFrame = document.createElement('div')
    frame.className = 'editor'
    frame.mflText = () => field.value
    frame.append(field)
    code.replaceWith(frame)
    edit.textContent = 'Undo edit'
    edit.setAttribute('aria-label', `Undo edit of cell ${index + 1}`)
    field.focus()
    const cell: OpenCell = { field, frame }
    this.#open.set(index, cell)
    void this.#withTypes(index, cell)
  }

  /** Shows the code again that the notebook stores. */
  close(index: number): void {
    const cell = this.#open.get(index)
    if (cell === undefined) return
    const { code, edit } = this.#cells[index]!
    this.#open.delete(index)
    cell.typed?.close()
    cell.frame.replaceWith(code)
    edit.textContent = 'Edit'
    edit.setAttribute('aria-label', `Edit cell ${index + 1}`)
  }

  /** Ends the worker of the types, and shows all cells as they were. */
  reset(): void {
    this.#send({ kind: 'end-types' })
    void this.#editors?.then(editors => editors.end())
    for (const index of [...this.#open.keys()]) this.close(index)
  }

  /** What the worker of the types says. */
  heard(message: FromTypes): void {
    void this.#editors?.then(editors => editors.heard(message))
  }

  /** The field works at once, and without types where they cannot be had. */
  async #withTypes(index: number, cell: OpenCell): Promise<void> {
    const { note } = this.#cells[index]!
    this.#editors ??= loadEditors(this.#send)
    try {
      const { attach } = await this.#editors
      if (this.#open.get(index) !== cell) return
      cell.typed = attach({
        field: cell.field,
        controls: note.parentElement!,
        number: index + 1,
        above: () => Array.from({ length: index }, (_, k) => this.text(k)),
        run: () => this.#run(index),
      })
    } catch {
      this.#editors = undefined
      note.textContent = 'without types: their script could not be loaded'
    }
  }
}

async function loadEditors(send: (message: ToFrame) => void): Promise<TypedEditors> {
  await loadScript('assets/typed-editor.js')
  const { mflTypedEditors } = window as unknown as { mflTypedEditors(to: typeof send): TypedEditors }
  return mflTypedEditors(send)
}
