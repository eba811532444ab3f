/**
 * The one theme of all figures: colour-blind safe (Okabe and Ito), legible on paper and on a projector, with units
 * on every axis and seed, mode and parameters in the corner.
 */
import type { Figure, Trace } from './figure.js'

/** Okabe-Ito colours by role. Roles also differ by dash or marker, never by colour alone. */
export const COLOR: Readonly<
  Record<'ink' | 'blue' | 'orange' | 'green' | 'vermillion' | 'purple' | 'sky' | 'grey', string>
> = {
  ink: '#1a1a1a',
  blue: '#0072b2',
  orange: '#e69f00',
  green: '#009e73',
  vermillion: '#d55e00',
  purple: '#cc79a7',
  sky: '#56b4e9',
  grey: '#7f7f7f',
}

/** An axis with a title (quantity and unit) and optional type, range and further Plotly attributes. */
export function axis(title: string, extra: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    title: { text: title, standoff: 8 },
    showline: true,
    linecolor: COLOR.ink,
    mirror: true,
    ticks: 'outside',
    gridcolor: '#e4e4e4',
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
  const decades = Math.log10(Math.max(...positive) / Math.min(...positive))
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
 * @example points('measured', N, values, COLOR.blue, { error_y: intervalBars(estimates) })
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

/** Dresses traces in the theme: fonts, margins, legend below the plot, provenance in the lower right corner. */
export function figure({ id, title, caption, data, layout, table, provenance }: FigureParts): Figure {
  const corner = Object.entries(provenance)
    .map(([name, value]) => `${name} ${value}`)
    .join(' · ')
  const { annotations = [], ...rest } = layout
  return {
    id,
    caption,
    data,
    table,
    provenance,
    layout: {
      title: { text: title, x: 0.02, xanchor: 'left', y: 0.97, yanchor: 'top', font: { size: 19 } },
      font: { family: 'DejaVu Sans, Arial, Helvetica, sans-serif', size: 14, color: COLOR.ink },
      paper_bgcolor: 'white',
      plot_bgcolor: 'white',
      width: 940,
      height: 560,
      margin: { l: 80, r: 30, t: 64, b: 140 },
      legend: { orientation: 'h', x: 0, y: -0.18, yanchor: 'top', font: { size: 13 } },
      hovermode: 'closest',
      ...rest,
      annotations: [
        ...(annotations as unknown[]),
        {
          text: corner,
          showarrow: false,
          xref: 'paper',
          yref: 'paper',
          x: 1,
          y: -0.37,
          xanchor: 'right',
          yanchor: 'bottom',
          font: { size: 10, color: COLOR.grey },
        },
      ],
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
