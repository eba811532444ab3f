/**
 * The one theme of all figures: colour-blind safe (Okabe and Ito), legible on paper and on a projector, with units
 * on every axis and seed, mode and parameters in the corner.
 */
import { maximum, minimum } from '../../base/extent.js'
import { arrange, type FontSizes } from './arrange.js'
import type { Figure, Trace } from './figure.js'
import { provenanceText } from './provenanceText.js'

/** Colours by role. */
export interface Palette {
  readonly ink: string
  readonly blue: string
  readonly orange: string
  readonly green: string
  readonly vermillion: string
  readonly purple: string
  readonly sky: string
  readonly grey: string
  /** What everything is drawn on, where it is not transparent. */
  readonly paper: string
  readonly grid: string
  /** Arrows and level lines. */
  readonly faint: string
  /** Filled boxes, and the ends of a scale of heights. */
  readonly shade: string
  readonly low: string
  readonly high: string
}

/** What a reader's screen is set to. */
export type Scheme = 'light' | 'dark'

/**
 * Okabe-Ito colours by role, and the same roles on a dark ground, where every one has a contrast of 4.5 at least. Roles
 * also differ by dash or marker, never by colour alone. Stored figures have the light ones.
 */
export const PALETTES: Readonly<Record<Scheme, Palette>> = {
  light: {
    ink: '#1a1a1a',
    blue: '#0072b2',
    orange: '#e69f00',
    green: '#009e73',
    vermillion: '#d55e00',
    purple: '#cc79a7',
    sky: '#56b4e9',
    grey: '#7f7f7f',
    paper: '#ffffff',
    grid: '#e4e4e4',
    faint: '#8c8c8c',
    shade: '#cfe6f5',
    low: '#f7fbff',
    high: '#8fb8d8',
  },
  dark: {
    ink: '#e6e4df',
    blue: '#4da3e0',
    orange: '#f0b840',
    green: '#4cc9a0',
    vermillion: '#f08a55',
    purple: '#e0a3c6',
    sky: '#a9dcff',
    grey: '#a6a9af',
    paper: '#1e2125',
    grid: '#3b4047',
    faint: '#8d9299',
    shade: '#1d3b50',
    low: '#1b2229',
    high: '#3c6a8c',
  },
}

/** The colours that figures are made with. */
export const COLOR: Palette = PALETTES.light

/**
 * A colour of the palette that lets through what is below it.
 * @example translucent(COLOR.blue, 0.2) // 'rgba(0,114,178,0.2)'
 */
export function translucent(color: string, opacity: number): string {
  const parts = [1, 3, 5].map(k => Number.parseInt(color.slice(k, k + 2), 16))
  return `rgba(${parts.join(',')},${opacity})`
}

/** An axis with a title (quantity and unit) and optional type, range and further Plotly attributes. */
export function axis(title: string, extra: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    title: { text: title, standoff: 8 },
    showline: true,
    linecolor: COLOR.ink,
    mirror: true,
    ticks: 'outside',
    ticklabelstandoff: 2,
    gridcolor: COLOR.grid,
    zeroline: false,
    automargin: true,
    exponentformat: 'power',
    ...extra,
  }
}

/** A logarithmic axis: decades labelled, or 1-2-5 steps when it spans fewer than three decades. */
export function logAxis(
  title: string,
  values: readonly number[],
  extra: Record<string, unknown> = {},
): Record<string, unknown> {
  const positive = values.filter(value => value > 0)
  const decades = Math.log10(maximum(positive) / minimum(positive))
  const steps = decades < 3 ? { dtick: 'D2' } : { dtick: 1, minor: { ticks: 'outside', ticklen: 3, dtick: 'D1' } }
  return axis(title, { type: 'log', ...steps, ...extra })
}

/** Ticks at the sizes that were measured, at most four of them, from the largest down in equal strides. */
export function sizeTicks(N: readonly number[]): Record<string, unknown> {
  const sizes = [...new Set(N)].sort((a, b) => a - b)
  const stride = Math.ceil(sizes.length / 4)
  const ticks = sizes.filter((_, k) => (sizes.length - 1 - k) % stride === 0)
  return { tickmode: 'array', tickvals: ticks, ticktext: ticks.map(String) }
}

/** A line trace. */
export function line(
  name: string,
  x: readonly number[],
  y: readonly number[],
  color: string,
  extra: Record<string, unknown> = {},
): Trace {
  const { dash = 'solid', width = 2.5, ...rest } = extra
  return { type: 'scatter', mode: 'lines', name, x: [...x], y: [...y], line: { color, dash, width }, ...rest }
}

/** A marker trace. */
export function points(
  name: string,
  x: readonly number[],
  y: readonly number[],
  color: string,
  extra: Record<string, unknown> = {},
): Trace {
  const { symbol = 'circle', size = 9, ...rest } = extra
  return { type: 'scatter', mode: 'markers', name, x: [...x], y: [...y], marker: { color, symbol, size }, ...rest }
}

/**
 * Error bars from intervals, for `error_x` or `error_y` of points at their values.
 * @param style further attributes, as thickness and colour
 * @example points('measured', [10, 100], [0.3, 0.1], COLOR.blue).mode // 'markers'
 */
export function intervalBars(
  intervals: readonly { readonly value: number; readonly low: number; readonly high: number }[],
  style: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    type: 'data',
    symmetric: false,
    array: intervals.map(({ value, high }) => high - value),
    arrayminus: intervals.map(({ value, low }) => value - low),
    ...style,
  }
}

/** A heading above a panel that takes up [start, start + width] of the width; text may hold HTML. */
export function panelTitle(text: string, start: number, width: number): Record<string, unknown> {
  return {
    text,
    showarrow: false,
    xref: 'paper',
    yref: 'paper',
    x: start + width / 2,
    y: 1.01,
    xanchor: 'center',
    yanchor: 'bottom',
  }
}

/** What a figure function supplies; the theme adds the rest. */
export interface FigureParts {
  readonly id: string
  readonly title: string
  readonly caption: string
  readonly data: Trace[]
  readonly layout: Record<string, unknown>
  readonly table: Record<string, (number | string)[]>
  readonly provenance: Record<string, number | string>
}

/** Size and fonts of a figure that asks for no other, in CSS pixels. */
export const STANDARD: Readonly<{ width: number; height: number; fonts: FontSizes }> = {
  width: 940,
  height: 560,
  fonts: { title: 19, text: 14, legend: 13, corner: 11 },
}

/** The least width of an interactive figure, in CSS pixels; in less, pages scroll sideways. */
export const NARROWEST: number = 600

/**
 * Dresses traces in the theme: fonts, margins, provenance below the title, the legend below everything. A layout may
 * set its own width, height and margin; a legend with a place inside of the axes keeps it.
 */
export function figure({ id, title, caption, data, layout, table, provenance }: FigureParts): Figure {
  const { width = STANDARD.width, height = STANDARD.height, margin, legend, ...rest } = layout
  const { fonts } = STANDARD
  const dressed = {
    font: { family: 'DejaVu Sans, Arial, Helvetica, sans-serif', size: fonts.text, color: COLOR.ink },
    paper_bgcolor: COLOR.paper,
    plot_bgcolor: COLOR.paper,
    hovermode: 'closest',
    ...rest,
    title: { text: title, subtitle: { text: provenanceText(provenance), font: { color: COLOR.grey } } },
  }
  const sheet = { width: Number(width), height: Number(height), fonts, narrowest: Math.min(Number(width), NARROWEST) }
  const arranged = arrange(data, dressed, sheet)
  return {
    id,
    caption,
    data: arranged.data,
    table,
    provenance,
    layout: {
      ...arranged.layout,
      ...(margin === undefined ? {} : { margin: { ...(arranged.layout.margin as object), ...(margin as object) } }),
      ...(legend === undefined ? {} : { legend }),
    },
  }
}

/** n points from a to b, evenly spaced in the logarithm. */
export function logSpace(a: number, b: number, n: number): number[] {
  return Array.from({ length: n }, (_, i) => Math.exp(Math.log(a) + (i / (n - 1)) * Math.log(b / a)))
}

/** n points from a to b, evenly spaced. */
export function linearSpace(a: number, b: number, n: number): number[] {
  return Array.from({ length: n }, (_, i) => a + (i / (n - 1)) * (b - a))
}
