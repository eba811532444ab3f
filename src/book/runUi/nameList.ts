/**
 * The list of names that may be written at the caret. The field keeps the focus; the list is steered from there.
 */
import type { CellNames } from '../cellTypes/protocol.js'
import type { Place } from './textMirror.js'

export interface NameList {
  readonly open: boolean
  show(names: CellNames['names'], place: Place): void
  hide(): void
  move(by: number): void
  /** The name that is marked. */
  chosen(): string | undefined
}

let lists = 0

/**
 * @param editor the field, in a positioned frame
 * @param number of the cell
 * @param take called with a name that was pressed
 */
export function nameList(editor: HTMLTextAreaElement, number: number, take: (name: string) => void): NameList {
  const id = `names-${++lists}`
  const list = document.createElement('ul')
  list.id = id
  list.className = 'names'
  list.hidden = true
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', `Names for cell ${number}`)
  editor.after(list)
  editor.setAttribute('aria-autocomplete', 'list')
  editor.setAttribute('aria-controls', id)
  let at = 0
  const mark = (next: number): void => {
    at = next
    for (const [i, option] of [...list.children].entries()) {
      option.setAttribute('aria-selected', String(i === at))
      if (i !== at) continue
      editor.setAttribute('aria-activedescendant', option.id)
      // Only the list scrolls, not the page.
      const { offsetTop, offsetHeight } = option as HTMLElement
      if (offsetTop < list.scrollTop) list.scrollTop = offsetTop
      else if (offsetTop + offsetHeight > list.scrollTop + list.clientHeight)
        list.scrollTop = offsetTop + offsetHeight - list.clientHeight
    }
  }
  const hide = (): void => {
    list.hidden = true
    editor.removeAttribute('aria-activedescendant')
  }
  // The field keeps the focus.
  list.addEventListener('mousedown', event => event.preventDefault())
  list.addEventListener('click', event => {
    const name = (event.target as Element).closest<HTMLElement>('[role=option]')?.dataset.name
    if (name !== undefined) take(name)
  })
  return {
    get open() {
      return !list.hidden
    },
    show: (names, { left, bottom }) => {
      const options = names.map(({ name, kind }, i) => {
        const option = document.createElement('li')
        option.id = `${id}-${i}`
        option.dataset.name = name
        option.setAttribute('role', 'option')
        const word = document.createElement('span')
        word.textContent = kind === 'alias' ? 'import' : kind
        option.append(name, word)
        return option
      })
      list.replaceChildren(...options)
      list.hidden = false
      list.style.top = `${bottom}px`
      const room = editor.offsetWidth - list.offsetWidth
      list.style.left = `${Math.max(0, Math.min(left, room))}px`
      list.scrollTop = 0
      mark(0)
    },
    hide,
    move: by => mark((at + by + list.children.length) % list.children.length),
    chosen: () => (list.hidden ? undefined : (list.children[at] as HTMLElement | undefined)?.dataset.name),
  }
}
