/**
 * Opens the laboratory of a notebook's page when the reader asks for it. Its scripts, style and WebAssembly are loaded
 * then.
 */
import { loadScript, loadStyle } from './loadScript.js'

/** Makes the button of the laboratory on this page work, if there is one. */
export function laboratoryButton(): void {
  const place = document.querySelector<HTMLElement>('[data-lab][data-closed]')
  const button = place?.querySelector('button')
  if (!place || !button) return
  const words = button.textContent
  button.hidden = false
  button.addEventListener('click', () => {
    button.disabled = true
    button.textContent = 'Loading …'
    loadStyle('assets/lab.css')
    // The script mounts what is open when it runs.
    delete place.dataset.closed
    loadScript('assets/lab.js').catch((error: Error) => {
      place.dataset.closed = ''
      button.disabled = false
      button.textContent = `${words} (${error.message})`
    })
  })
}
