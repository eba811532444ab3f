/**
 * A chart of a laboratory: curves and points on linear or logarithmic axes, drawn by uPlot on a canvas.
 */
import uPlot from 'uplot'
import type { Series } from '../labs/protocol.js'
import { onSchemeChange, palette } from './palette.js'

/** How a series looks. Series differ by dash or marker, never by colour alone. */
export interface SeriesLook {
  /** Name of the series in the results. */
  readonly name: string
  readonly mark: 'solid' | 'dash' | 'dot' | 'points'
  /** Number of its colour in the palette. */
  readonly color: number
}

/** What a chart shows. */
export interface ChartSpec {
  readonly title: string
  /** Quantity and unit. */
  readonly xLabel: string
  readonly yLabel: string
  readonly scale: 'linear' | 'log'
  readonly series: readonly SeriesLook[]
  /** Left end of the x axis, e.g. 0. */
  readonly xFrom?: number
}

export interface Chart {
  readonly element: HTMLElement
  /** Draws these; a series that is missing stays empty. `xTo`: the right end of the axis while a curve is growing. */
  show(series: readonly Series[], xTo?: number): void
}

const DASH: Readonly<Record<SeriesLook['mark'], number[]>> = { solid: [], dash: [9, 5], dot: [2, 4], points: [] }
/** The marker of a series in the legend. */
const BORDER: Readonly<Record<SeriesLook['mark'], string>> = {
  solid: 'solid',
  dash: 'dashed',
  dot: 'dotted',
  points: 'solid',
}
const HEIGHT = 290

/** An empty chart. */
export function chart(spec: ChartSpec): Chart {
  const element = document.createElement('figure')
  element.className = 'lab-chart'
  const caption = document.createElement('figcaption')
  caption.textContent = spec.title
  const host = document.createElement('div')
  host.className = 'lab-plot'
  host.setAttribute('role', 'img')
  host.setAttribute('aria-label', `${spec.title}: ${spec.yLabel} against ${spec.xLabel}`)
  element.append(caption, host)
  let latest: { readonly series: readonly Series[]; readonly xTo: number | undefined } | undefined
  let plot: uPlot | undefined
  let stale = false
  const draw = (): void => {
    stale = host.clientWidth === 0
    if (latest === undefined || stale) return
    const { series, xTo } = latest
    const data = merged(spec, series)
    plot?.destroy()
    plot = new uPlot(options(spec, host.clientWidth, xTo), data, host)
  }
  onSchemeChange(draw)
  new ResizeObserver(() => {
    if (stale || (plot !== undefined && plot.width !== host.clientWidth)) draw()
  }).observe(host)
  return {
    element,
    show: (series, xTo) => {
      latest = { series, xTo }
      draw()
    },
  }
}

/** All series on one list of abscissae, with gaps (undefined) where a series has no point. */
function merged({ series: looks }: ChartSpec, series: readonly Series[]): uPlot.AlignedData {
  const tables = looks.map(({ name }): uPlot.AlignedData => {
    const found = series.find(candidate => candidate.name === name)
    if (found === undefined) return [[], []]
    const order = Array.from(found.x.keys()).sort((a, b) => found.x[a]! - found.x[b]!)
    return [order.map(i => found.x[i]!), order.map(i => found.y[i]!)]
  })
  return uPlot.join(tables)
}

function options(spec: ChartSpec, width: number, xTo: number | undefined): uPlot.Options {
  const { ink, grid, paper, series: colors } = palette()
  const log = spec.scale === 'log'
  const axis = (label: string, size: number): uPlot.Axis => ({
    label,
    labelSize: 24,
    labelFont: '13px system-ui, "DejaVu Sans", sans-serif',
    font: '12px system-ui, "DejaVu Sans", sans-serif',
    stroke: ink,
    size,
    grid: { stroke: grid, width: 1 },
    ticks: { stroke: grid, width: 1 },
    ...(log ? { values: (_plot: uPlot, splits: number[]) => splits.map(power) } : {}),
  })
  const range = (_plot: uPlot, low: number, high: number): [number, number] => [
    spec.xFrom ?? low,
    xTo ?? (high > low ? high : low + 1),
  ]
  return {
    width,
    height: HEIGHT,
    scales: log
      ? { x: { time: false, distr: 3 }, y: { distr: 3 } }
      : { x: { time: false, range }, y: { range: (_plot, _low, high) => [0, high > 0 ? 1.08 * high : 1] } },
    axes: [axis(spec.xLabel, 40), axis(spec.yLabel, 62)],
    legend: { live: false, markers: { width: 3, dash: (_plot, i) => BORDER[spec.series[i - 1]?.mark ?? 'solid'] } },
    cursor: { drag: { x: false, y: false }, points: { show: false } },
    series: [
      {},
      ...spec.series.map(({ name, mark, color }): uPlot.Series => {
        const stroke = colors[color]!
        return mark === 'points'
          ? {
              label: name,
              stroke,
              width: 0,
              paths: () => null,
              points: { show: true, size: 4, stroke, fill: paper, width: 1.2 },
            }
          : { label: name, stroke, width: 2.2, dash: DASH[mark], spanGaps: true, points: { show: false } }
      }),
    ],
  }
}

/** Powers of ten as such; what is between stays unlabelled. */
function power(value: number | null): string {
  if (value === null) return ''
  const exponent = Math.round(Math.log10(value))
  if (Math.abs(value / 10 ** exponent - 1) > 1e-9) return ''
  return exponent >= -2 && exponent <= 3
    ? String(Number((10 ** exponent).toPrecision(1)))
    : `10${String(exponent)
        .replace('-', '⁻')
        .replace(/\d/g, digit => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]!)}`
}
