/**
 * Opens a laboratory of a notebook's page when the reader asks for it. Its scripts, style and WebAssembly are loaded
 * then.
 */
import type { LaboratoryWindow } from '../labUi/labPage.js'
import { loadScript, loadStyle } from './loadScript.js'

/** Makes the buttons of the laboratories on this page work. */
export function laboratoryButton(): void {
  for (const place of document.querySelectorAll<HTMLElement>('[data-lab][data-closed]')) {
    const button = place.querySelector('button')
    if (button !== null) opens(button, place)
  }
}

function opens(button: HTMLButtonElement, place: HTMLElement): void {
  const words = button.textContent
  button.hidden = false
  button.addEventListener('click', () => {
    button.disabled = true
    button.textContent = 'Loading …'
    loadStyle('assets/lab.css')
    loadScript('assets/lab.js').then(
      () => {
        delete place.dataset.closed
        ;(window as unknown as LaboratoryWindow).mflLaboratory.open(place)
      },
      (error: Error) => {
        button.disabled = false
        button.textContent = `${words} (${error.message})`
      },
    )
  })
}
