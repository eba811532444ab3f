/**
 * Whether the page is dark now: as the reader's system says, and never on paper.
 */
import type { Scheme } from '../../figures/theme/theme.js'

const dark = matchMedia('(prefers-color-scheme: dark)')
const paper = matchMedia('print')
let printing = false

/** The scheme of what is drawn by scripts, the same as that of the style sheets. */
export function scheme(): Scheme {
  return dark.matches && !paper.matches && !printing ? 'dark' : 'light'
}

/** Calls `redraw` when the reader changes the scheme, before the page is printed and after. */
export function onColoursChange(redraw: () => void): void {
  dark.addEventListener('change', redraw)
  paper.addEventListener('change', redraw)
  addEventListener('beforeprint', () => {
    printing = true
    redraw()
  })
  addEventListener('afterprint', () => {
    printing = false
    redraw()
  })
}
