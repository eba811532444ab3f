/**
 * Colours of the laboratories' drawings, by role, in the light and in the dark; Okabe and Ito as in all figures.
 */
import { PALETTES } from '../../figures/theme/theme.js'
import { onColoursChange, scheme } from '../page/scheme.js'

/** Colours of one scheme. */
export interface Palette {
  readonly ink: string
  readonly soft: string
  readonly grid: string
  readonly paper: string
  /** In the order in which series take them. */
  readonly series: readonly string[]
  readonly vermillion: string
  readonly blue: string
}

/** The palette of the reader's scheme now. */
export function palette(): Palette {
  const now = scheme()
  const { ink, grid, blue, vermillion, grey, green, purple, orange, ...others } = PALETTES[now]
  // Drawings lie on raised boxes, which in JupyterLab have the colour of its theme.
  const paper = getComputedStyle(document.documentElement).getPropertyValue('--raised').trim() || others.paper
  return {
    ink,
    soft: now === 'dark' ? grey : '#55585e',
    grid,
    paper,
    series: [blue, vermillion, grey, green, purple, orange],
    vermillion,
    blue,
  }
}

/** Calls `redraw` when the reader changes the scheme, or prints. */
export function onSchemeChange(redraw: () => void): void {
  onColoursChange(redraw)
}
