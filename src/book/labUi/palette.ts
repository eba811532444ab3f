/**
 * Colours of the laboratories' drawings, by role, in the light and in the dark; Okabe and Ito as in all figures.
 */
import { COLOR } from '../../figures/theme.js'

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

const LIGHT: Palette = {
  ink: COLOR.ink,
  soft: '#55585e',
  grid: '#e4e4e4',
  paper: '#ffffff',
  series: [COLOR.blue, COLOR.vermillion, COLOR.grey, COLOR.green, COLOR.purple, COLOR.orange],
  vermillion: COLOR.vermillion,
  blue: COLOR.blue,
}

const DARK: Palette = {
  ink: '#e6e4df',
  soft: '#a6a9af',
  grid: '#33373d',
  paper: '#1e2125',
  series: [COLOR.sky, '#f08a55', '#a6a9af', '#4cc9a0', '#e0a3c6', '#f0b840'],
  vermillion: '#f08a55',
  blue: COLOR.sky,
}

const dark = matchMedia('(prefers-color-scheme: dark)')

/** The palette of the reader's scheme now. */
export function palette(): Palette {
  return dark.matches ? DARK : LIGHT
}

/** Calls `redraw` when the reader changes the scheme. */
export function onSchemeChange(redraw: () => void): void {
  dark.addEventListener('change', redraw)
}
