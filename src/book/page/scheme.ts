/**
 * Whether the page is dark now: as the reader's system says, or the page that frames this one in data-scheme of the
 * root; never on paper.
 */
import type { Scheme } from '../../figures/theme/theme.js'

const dark = matchMedia('(prefers-color-scheme: dark)')
const paper = matchMedia('print')
const root = document.documentElement
let printing = false

/** The scheme of what is drawn by scripts, the same as that of the style sheets. */
export function scheme(): Scheme {
  const framed = root.dataset.scheme
  const wanted = framed === undefined ? dark.matches : framed === 'dark'
  return wanted && !paper.matches && !printing ? 'dark' : 'light'
}

/** Calls `redraw` when the reader changes the scheme, before the page is printed and after. */
export function onColoursChange(redraw: () => void): void {
  dark.addEventListener('change', redraw)
  paper.addEventListener('change', redraw)
  // JupyterLab hides its page while it changes the theme, and nothing has a width then.
  new MutationObserver(() => requestAnimationFrame(redraw)).observe(root, { attributeFilter: ['data-scheme'] })
  addEventListener('beforeprint', () => {
    printing = true
    redraw()
  })
  addEventListener('afterprint', () => {
    printing = false
    redraw()
  })
}
