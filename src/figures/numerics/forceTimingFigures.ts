/**
 * The cost of force sums beside their peers: time against N, and time against error, as ratios within one run.
 * Made from the records of `npm run bench -- forces` for docs/performance.md.
 */
import { requireShape } from '../../base/shape.js'
import type { Figure, Trace } from '../theme/figure.js'
import { COLOR, figure, line, logAxis } from '../theme/theme.js'

/** Median time of one contestant, and its relative force error where it was compared with the reference. */
export interface Timing {
  readonly seconds: number
  readonly error?: number
}

/** What was measured, of one run on one machine. */
export interface ForceTimings {
  readonly sizes: readonly { readonly N: number; readonly rows: Readonly<Record<string, Timing>> }[]
  readonly tolerances: { readonly N: number; readonly rows: Readonly<Record<string, Timing>> }
  readonly machine: { readonly cpu: string; readonly node: string }
  readonly date: string
}

interface Style {
  readonly row: string
  readonly name: string
  readonly color: string
  readonly dash: string
  readonly symbol: string
}

const STYLES: readonly Style[] = [
  { row: 'tolerance 5e-5', name: 'this, tolerance 5e-5', color: COLOR.blue, dash: 'solid', symbol: 'circle' },
  { row: 'tolerance 1e-6', name: 'this, tolerance 1e-6', color: COLOR.sky, dash: 'solid', symbol: 'square' },
  { row: 'FMM3D 1e-3', name: 'FMM3D, eps 1e-3', color: COLOR.vermillion, dash: 'dash', symbol: 'diamond' },
  { row: 'FMM3D 1e-4', name: 'FMM3D, eps 1e-4', color: COLOR.orange, dash: 'dash', symbol: 'cross' },
  { row: 'REBOUND tree 0.5', name: 'REBOUND tree, θ = 0.5', color: COLOR.green, dash: 'dot', symbol: 'triangle-up' },
  { row: 'REBOUND direct', name: 'REBOUND direct', color: COLOR.purple, dash: 'dot', symbol: 'triangle-down' },
  { row: 'plain JavaScript', name: 'plain JavaScript', color: COLOR.grey, dash: 'longdash', symbol: 'x' },
  { row: 'NumPy', name: 'NumPy', color: COLOR.ink, dash: 'longdash', symbol: 'star' },
]

/** Lines with markers. */
function series(name: string, x: readonly number[], y: readonly number[], { color, dash, symbol }: Style): Trace {
  return { ...line(name, x, y, color, { dash, width: 2 }), mode: 'lines+markers', marker: { color, symbol, size: 9 } }
}

function provenance({ machine, date }: ForceTimings): Record<string, string> {
  return { mode: 'measured, one thread', CPU: machine.cpu, Node: machine.node, date }
}

/** Time of one force evaluation against N, in units of the plain JavaScript sum at the smallest N of the same run. */
export function forceTimeFigure(timings: ForceTimings): Figure {
  requireShape<ForceTimings>('timings', timings, {
    sizes: [{ N: 'number', rows: 'record' }],
    tolerances: { N: 'number', rows: 'record' },
    machine: { cpu: 'text', node: 'text' },
    date: 'text',
  })
  const { sizes } = timings
  const unit = sizes[0]!.rows['plain JavaScript']!.seconds
  const drawn = STYLES.map(style => {
    const known = sizes.filter(({ rows }) => rows[style.row] !== undefined)
    const N = known.map(size => size.N)
    return { style, N, time: known.map(({ rows }) => rows[style.row]!.seconds / unit) }
  }).filter(({ N }) => N.length > 0)
  const allN = sizes.map(size => size.N)
  const ours = drawn[0]!.time
  const first = ours[ours.length - 1]! / allN[allN.length - 1]!
  return figure({
    id: 'force-time',
    title: 'Forces on N particles: time of one evaluation',
    caption: `Median time of one evaluation of all forces against N, uniform ball, one thread, in units of the plain JavaScript sum at N = ${allN[0]}. Below about 10⁴ particles the direct sum is chosen, above the fast multipole method, whose time grows like N.`,
    data: [
      ...drawn.map(({ style, N, time }) => series(style.name, N, time, style)),
      line(
        'slope 1',
        allN.slice(-4),
        allN.slice(-4).map(N => 0.5 * first * N),
        COLOR.grey,
        { dash: 'dot', width: 1.5 },
      ),
    ],
    layout: {
      xaxis: logAxis('N (number of particles)', allN),
      yaxis: logAxis(
        `time (plain JavaScript at N = ${allN[0]} is 1)`,
        drawn.flatMap(({ time }) => time),
      ),
      height: 600,
    },
    table: {
      N: drawn.flatMap(({ N }) => N),
      contestant: drawn.flatMap(({ style, N }) => N.map(() => style.name)),
      time: drawn.flatMap(({ time }) => time),
    },
    provenance: provenance(timings),
  })
}

const FAMILIES: readonly Style[] = [
  { row: 'tolerance', name: 'this, tolerance 1e-2 … 1e-8', color: COLOR.blue, dash: 'solid', symbol: 'circle' },
  { row: 'FMM3D', name: 'FMM3D, eps 0.5 … 1e-8', color: COLOR.vermillion, dash: 'dash', symbol: 'diamond' },
  { row: 'REBOUND', name: 'REBOUND tree, θ = 1 … 0.3', color: COLOR.green, dash: 'dot', symbol: 'triangle-up' },
]

/** Time against achieved error at one N, in units of this library's time at tolerance 1e-6. */
export function forceErrorFigure(timings: ForceTimings): Figure {
  requireShape<ForceTimings>('timings', timings, {
    sizes: [{ N: 'number', rows: 'record' }],
    tolerances: { N: 'number', rows: 'record' },
    machine: { cpu: 'text', node: 'text' },
    date: 'text',
  })
  const { N, rows } = timings.tolerances
  const unit = rows['tolerance 0.000001']!.seconds
  const drawn = FAMILIES.map(style => {
    const known = Object.entries(rows)
      .filter(([name, { error }]) => name.startsWith(style.row) && error !== undefined)
      .map(([, { seconds, error }]) => ({ error: error!, time: seconds / unit }))
      .sort((a, b) => a.error - b.error)
    return { style, error: known.map(p => p.error), time: known.map(p => p.time) }
  })
  return figure({
    id: 'force-error',
    title: `Forces on ${N.toLocaleString('en-US')} particles: time against error`,
    caption: `Median time of one evaluation against the relative error ‖error‖₂/‖force‖₂, measured against a compensated direct sum on a subset (uniform ball, N = ${N}, one thread); this library at tolerance 1e-6 is 1.`,
    data: drawn.map(({ style, error, time }) => series(style.name, error, time, style)),
    layout: {
      xaxis: logAxis(
        'relative force error (dimensionless)',
        drawn.flatMap(({ error }) => error),
      ),
      yaxis: logAxis(
        'time (this library at tolerance 1e-6 is 1)',
        drawn.flatMap(({ time }) => time),
      ),
    },
    table: {
      contestant: drawn.flatMap(({ style, error }) => error.map(() => style.name)),
      error: drawn.flatMap(({ error }) => error),
      time: drawn.flatMap(({ time }) => time),
    },
    provenance: { ...provenance(timings), N },
  })
}
