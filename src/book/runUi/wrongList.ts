/**
 * What is wrong in a cell, in words below its field: each a button that leads to its place.
 */
import type { CellMark } from '../cellTypes/protocol.js'

export interface WrongList {
  readonly element: HTMLElement
  show(marks: readonly CellMark[], text: string): void
}

/** @param number of the cell @param go called with the mark that was pressed */
export function wrongList(number: number, go: (mark: CellMark) => void): WrongList {
  const element = document.createElement('ul')
  element.className = 'wrong-list'
  element.hidden = true
  element.setAttribute('aria-label', `Errors in cell ${number}`)
  return {
    element,
    show: (marks, text) => {
      element.hidden = marks.length === 0
      const items = marks.map(mark => {
        const lines = text.slice(0, mark.from).split('\n')
        const button = document.createElement('button')
        button.type = 'button'
        button.textContent = `Line ${lines.length}, column ${lines.at(-1)!.length + 1}: ${mark.message}`
        button.addEventListener('click', () => go(mark))
        const item = document.createElement('li')
        item.append(button)
        return item
      })
      element.replaceChildren(...items)
    },
  }
}
