/**
 * Two runs in space side by side, frame by frame: what happens in the one beside what happens in the other.
 */
import { requireOptions, requireText } from '../../base/errors.js'
import { maximum } from '../../base/extent.js'
import type { Figure, Trace } from '../theme/figure.js'
import { player } from '../theme/player.js'
import { figure, panelTitle } from '../theme/theme.js'
import { type CloudRun, cloudFigure, requireCloud } from './cloudFigure.js'

/** Options of {@link cloudPairFigure}. */
export interface CloudPairOptions {
  /** Headings of the two. */
  readonly left: string
  readonly right: string
  /** Of both; default: what {@link cloudFigure} would take for the left one. */
  readonly magnify?: number
}

/** Where the scenes are, as parts of the width. */
const DOMAINS = [
  [0, 0.49],
  [0.51, 1],
] as const

/**
 * The clouds of two runs with the same output times: one magnification, one scale of colours and of lengths.
 * @param left a run as {@link cloudFigure} takes it
 * @param right the one beside it
 * @throws what `cloudFigure` throws; RangeError for other output times
 * @source Theorem 4.2
 * @example
 * const run = await coupledFlow({ law: gaussianLaw(), N: 50, delta: 0.25, T: 1, seed: 1, paths: 50, steps: 40 })
 * const other = await coupledFlow({ law: gaussianLaw(), N: 50, delta: 0.25, T: 1, seed: 2, paths: 50, steps: 40 })
 * cloudPairFigure(run, other, { left: 'seed 1', right: 'seed 2' }).data.length // 14
 */
export function cloudPairFigure(left: CloudRun, right: CloudRun, options: CloudPairOptions): Figure {
  requireOptions<CloudPairOptions>('cloudPairFigure', options, { left: true, right: true, magnify: true })
  requireText('left', options.left)
  requireText('right', options.right)
  requireCloud('left', left)
  requireCloud('right', right)
  const first = cloudFigure(left, options.magnify === undefined ? {} : { magnify: options.magnify })
  const magnify = Number.parseFloat(String(first.provenance.magnified))
  const both = [first, cloudFigure(right, { magnify })]
  const [a, b] = both as [Figure, Figure]
  const names = (one: Figure): string[] => one.frames!.map(({ name }) => name)
  if (names(a).join() !== names(b).join()) {
    throw new RangeError(`right.times must be those of left, got ${names(b).join(', ')} beside ${names(a).join(', ')}`)
  }
  const top = Math.max(...both.map(({ data }) => (data[2]!.marker as { cmax: number }).cmax))
  const reach = Math.max(...both.map(reachOf))
  const data = both.flatMap((one, k) => one.data.map(trace => inScene(trace, k, top)))
  const headings = [options.left, options.right]
  const { seed: _, replica: __, ...common } = a.provenance
  const made = figure({
    id: 'two-clouds',
    title: `Two throws of ${a.provenance.N} particles beside their mean fields, deviations ×${magnify}`,
    caption: `Both flows in space, ${options.left} on the left and ${options.right} on the right, to the same scales: the N-particle flow Ψ, coloured by its deviation from the mean field flow Φ, and Φ itself, open, each particle joined with its partner. Deviations are drawn ${magnify} times as large. The diamonds are the particles that deviate most, by ${largestOf(a)} on the left and ${largestOf(b)} on the right; rings are those that come closest to them in Φ. The boxes are ${(2 * reach).toPrecision(2)} long.`,
    data,
    layout: {
      ...Object.fromEntries(both.map((one, k) => [sceneName(k), sceneOf(one, k, reach)])),
      annotations: headings.map((text, k) => panelTitle(`<b>${text}</b>`, DOMAINS[k]![0], 0.49)),
      uirevision: 'cloud',
      height: 760,
      margin: { l: 10, r: 10, b: 190 },
      legend: { orientation: 'h', x: 0, y: 0, yanchor: 'top', font: { size: 13 } },
      // Below the legend.
      ...player(names(a), 't = ', 'redrawn', undefined, 70),
    },
    table: {
      t: a.table.t!,
      [`largest deviation, ${options.left}`]: a.table['largest deviation']!,
      [`largest deviation, ${options.right}`]: b.table['largest deviation']!,
    },
    provenance: { ...common, seed: both.map(({ provenance: { seed } }) => seed).join(' and ') },
  })
  const frames = a.frames!.map(({ name, data: changes }, n) => ({ name, data: [...changes, ...b.frames![n]!.data] }))
  return { ...made, frames }
}

const sceneName = (k: number): string => (k === 0 ? 'scene' : `scene${k + 1}`)

/** A trace in its scene, with the colours of both; the legend and the colour bar are those of the first. */
function inScene(trace: Trace, k: number, top: number): Trace {
  const { marker, ...rest } = trace as Trace & { readonly marker?: Readonly<Record<string, unknown>> }
  const coloured = marker?.cmax === undefined ? marker : { ...marker, cmax: top, showscale: k === 0 }
  return {
    ...rest,
    ...(coloured === undefined ? {} : { marker: coloured }),
    ...{ scene: sceneName(k), showlegend: k === 0 },
  } as Trace
}

const largestOf = ({ table }: Figure): string =>
  String(Number(maximum(table['largest deviation'] as number[]).toPrecision(2)))

type Scene = Readonly<Record<string, object>>

const reachOf = (one: Figure): number => (one.layout.scene as { xaxis: { range: [number, number] } }).xaxis.range[1]

function sceneOf(one: Figure, k: number, reach: number): object {
  const scene = one.layout.scene as Scene
  const plain = { range: [-reach, reach], nticks: 3, showticklabels: false, title: { text: '' } }
  const axes = ['xaxis', 'yaxis', 'zaxis'].map(name => [name, { ...scene[name], ...plain }])
  const { eye } = scene.camera as { readonly eye: Readonly<Record<string, number>> }
  const camera = { eye: Object.fromEntries(Object.entries(eye).map(([name, value]) => [name, 0.84 * value])) }
  return { ...scene, ...Object.fromEntries(axes), camera, domain: { x: [...DOMAINS[k]!], y: [0, 1] } }
}
