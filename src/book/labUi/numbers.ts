/**
 * The table of numbers below a laboratory's drawings. Each cell keeps all digits in `data-value`.
 */
import { type Quantity, readable } from '../labs/protocol.js'

export interface Numbers {
  readonly element: HTMLElement
  show(quantities: readonly Quantity[], note: string): void
}

/** An empty table. */
export function numbers(): Numbers {
  const element = document.createElement('div')
  element.className = 'lab-numbers scroll'
  element.tabIndex = 0
  element.setAttribute('role', 'region')
  element.setAttribute('aria-label', 'numbers')
  const table = document.createElement('table')
  const note = document.createElement('p')
  element.append(table, note)
  return {
    element,
    show: (quantities, text) => {
      table.replaceChildren(...quantities.map(row))
      note.textContent = text
    },
  }
}

function row({ key, label, value, unit, evidence }: Quantity): HTMLTableRowElement {
  const tr = document.createElement('tr')
  const name = document.createElement('th')
  name.scope = 'row'
  name.textContent = label
  const number = document.createElement('td')
  number.className = 'number'
  number.dataset.quantity = key
  number.dataset.value = String(value)
  number.title = String(value)
  number.textContent = `${readable(value)}${unit === '' ? '' : ` ${unit}`}`
  const why = document.createElement('td')
  why.textContent = evidence
  tr.append(name, number, why)
  return tr
}
