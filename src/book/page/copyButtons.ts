/**
 * The buttons that copy the code of a cell, as it stands there now, and the citation of a page.
 */
import { button, type EditorFrame } from './cellButtons.js'

/** How long a word on what was copied stays, in milliseconds. */
const STAYS = 4000

/** Gives every cell and every citation of the page its button; after those that run cells. */
export function copyButtons(): void {
  let number = 0
  for (const cell of document.querySelectorAll<HTMLElement>('.cell')) {
    const code = cell.querySelector('pre.code')
    if (code === null) continue
    const runs = cell.dataset.clone === undefined
    if (runs) number += 1
    const source = (): string => cell.querySelector<EditorFrame>('.editor')?.mflText?.() ?? code.textContent ?? ''
    const controls = cell.querySelector('.cell-controls')!
    const parts = copyButton('Copy code', runs ? `Copy code of cell ${number}` : 'Copy code', source)
    const last = controls.querySelector('button:last-of-type')
    if (last === null) controls.append(...parts)
    else last.after(...parts)
  }
  for (const citation of document.querySelectorAll<HTMLElement>('.citation')) {
    const text = citation.querySelector('pre')!
    const words = `Copy ${citation.dataset.format}`
    const row = document.createElement('p')
    row.append(...copyButton(words, words, () => text.textContent ?? ''))
    citation.append(row)
  }
}

/** A button, and the place where it says politely what became of it. */
function copyButton(words: string, label: string, source: () => string): readonly [HTMLElement, HTMLElement] {
  const element = button(words, label)
  const status = document.createElement('span')
  status.setAttribute('role', 'status')
  let waiting = 0
  element.addEventListener('click', async () => {
    const copied = await copy(source())
    status.textContent = copied ? 'Copied' : 'The browser does not let this page copy: select the text instead'
    clearTimeout(waiting)
    waiting = window.setTimeout(() => {
      status.textContent = ''
    }, STAYS)
  })
  return [element, status]
}

/** Whether the text is on the clipboard now. Pages from http hosts other than this machine have the older way only. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const focused = document.activeElement
    const field = document.createElement('textarea')
    field.className = 'unseen'
    field.value = text
    document.body.append(field)
    field.select()
    const done = document.execCommand('copy')
    field.remove()
    if (focused instanceof HTMLElement) focused.focus()
    return done
  }
}
