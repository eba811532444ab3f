/**
 * The script of every page: interactive figures, the laboratory and the cells of a notebook, search, the
 * cards of statements, the menu of narrow screens.
 */
import { cellButtons } from './cellButtons.js'
import { copyButtons } from './copyButtons.js'
import { figureSteps } from './figureSteps.js'
import { interactiveFigures } from './interactiveFigures.js'
import { laboratoryButton } from './laboratoryButton.js'
import { loadScript } from './loadScript.js'
import { statementCards } from './statementCards.js'

interface SearchWindow {
  readonly mflSearchDialog: { open(): void }
}

async function openSearch(): Promise<void> {
  await loadScript('assets/search.js')
  await loadScript('assets/search-data.js')
  ;(window as unknown as SearchWindow).mflSearchDialog.open()
}

const button = document.querySelector<HTMLButtonElement>('.search-button')!
const search = (): void => {
  openSearch().catch((error: Error) => {
    button.textContent = error.message
  })
}
button.hidden = false
button.addEventListener('click', search)
document.addEventListener('keydown', event => {
  const typing = event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]')
  if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return
  event.preventDefault()
  search()
})

const menu = document.querySelector<HTMLDetailsElement>('.menu')!
menu.addEventListener('keydown', event => {
  if (event.key !== 'Escape') return
  menu.open = false
  menu.querySelector('summary')?.focus()
})

interactiveFigures()
laboratoryButton()
cellButtons()
copyButtons()
figureSteps()
statementCards()
