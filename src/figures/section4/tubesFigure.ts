/**
 * Theorem 4.2 in one picture: how far each particle's path is from its path in the mean field, in the tube that the
 * theorem allows, among ever more particles.
 */
import { quote, requireNumber } from '../../base/errors.js'
import { maximum } from '../../base/extent.js'
import { requireShape } from '../../base/shape.js'
import { measureTubes, type Tube, type Tubes } from '../../flow/coupled/tubes.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'
import type { Figure, GalleryFigure, Trace } from '../theme/figure.js'
import { player } from '../theme/player.js'
import { axis, COLOR, figure, panelTitle, translucent } from '../theme/theme.js'
import { shareOf } from './tubesAnimation.js'

/** What {@link tubesFigure} draws. */
export interface TubesData extends Tubes {
  /** The delta that a still image shows; by default the first. */
  readonly shown?: number
}

/** More panels are too narrow. */
const MOST_PANELS = 5
/** Between panels, as a part of the width. */
const GAP = 0.03

/**
 * A panel for each N, all to one scale, and a frame for each delta: the tube of radius N^-delta, the deviations of the
 * same particles in all panels, that of the particle which deviates most, and the strip that all N keep to.
 * @throws TypeError, RangeError naming what of the data is wrong: more than five N, a delta without all of them
 * @source Theorem 4.2
 * @example
 * const some = await measureTubes({ law: gaussianLaw(), N: [8, 16], delta: [0.2], T: 0.5, seed: 1, particles: 8, steps: 40 })
 * tubesFigure(some).table.N // [8, 16]
 */
export function tubesFigure(data: TubesData): Figure {
  const { law, sigma, T, seed, times, runs, shown } = requireTubes(data)
  const sizes = [...new Set(runs.map(({ N }) => N))]
  const deltas = [...new Set(runs.map(({ delta }) => delta))]
  const still = shown === undefined ? 0 : deltas.indexOf(shown)
  const rows = deltas.map(delta => sizes.map(N => runs.find(run => run.N === N && run.delta === delta)))
  if (sizes.length > MOST_PANELS)
    throw new RangeError(`data.runs must have at most ${MOST_PANELS} N, got ${sizes.length}`)
  if (still < 0) throw new RangeError(`data.shown must be a delta of the runs, got ${quote(shown)}`)
  if (rows.flat().includes(undefined)) throw new RangeError('data.runs must have all N for each delta')
  const tubes = rows as Tube[][]
  const most = Math.max(...runs.map(({ N }) => N))
  const reach = 1.25 * maximum(runs.flatMap(({ radius, largest }) => [radius, ...largest]))
  const width = (1 - GAP * (sizes.length - 1)) / sizes.length
  const from = (k: number): number => k * (width + GAP)
  const axes = sizes.flatMap((_, k): [string, object][] => [
    [
      `xaxis${nameOf(k)}`,
      axis('time t', { domain: [from(k), from(k) + width], anchor: `y${nameOf(k)}`, range: [0, T] }),
    ],
    [
      `yaxis${nameOf(k)}`,
      axis('Ψ¹ − Φ¹  (length)', {
        anchor: `x${nameOf(k)}`,
        range: [-reach, reach],
        showticklabels: k === 0,
      }),
    ],
  ])
  const frames = tubes.map((row, j) => ({
    name: deltaText(deltas[j]!),
    data: row.flatMap((tube, k) => tracesOf(tube, times, k, -0.91 * reach)),
  }))
  const shares = tubes[still]!.map(tube => `${shareOf(tube)} of it at N = ${tube.N}`).join(', ')
  const count = runs[0]!.paths.length
  const made = figure({
    id: 'theorem-tubes',
    title: 'Theorem 4.2: each particle in a tube about its path in the mean field',
    caption: `Every curve is one particle: its path among N particles less its path in the mean field, which is the middle line made straight, in the coordinate that gets largest; to scale, not magnified. The tube has the cut-off radius N^−δ, which the theorem allows. The same ${count} particles in all panels, in red the one of all N that deviates most, shaded the strip that all N keep to. At δ = ${deltaText(deltas[still]!)} the largest deviation is ${shares}. Below δ = 1/3 deviations shrink faster than the tube, above it more slowly.`,
    data: frames[still]!.data,
    layout: {
      ...Object.fromEntries(axes),
      annotations: sizes.map((N, k) => panelTitle(`<b>N = ${N}</b>`, from(k), width)),
      height: 760,
      margin: { b: 200 },
      ...(deltas.length > 1
        ? player(
            frames.map(({ name }) => name),
            'δ = ',
            'redrawn',
            still,
          )
        : {}),
    },
    table: {
      delta: runs.map(({ delta }) => delta),
      N: runs.map(({ N }) => N),
      radius: runs.map(({ radius }) => radius),
      largest: runs.map(({ largest }) => maximum(largest)),
      'largest/radius': runs.map(({ largest, radius }) => maximum(largest) / radius),
      error: runs.map(({ error }) => error),
    },
    provenance: {
      law,
      force: sigma === 1 ? 'repulsion' : sigma === -1 ? 'attraction' : 'none',
      particles: `the first N of ${most}`,
      seed,
      mode: 'measured',
    },
  })
  // Times stay from frame to frame.
  const moving = frames.map(({ name, data }) => ({
    name,
    data: data.map(({ y, text }) => ({ y, ...(text === undefined ? {} : { text }) }) as unknown as Trace),
  }))
  return deltas.length > 1 ? { ...made, frames: moving } : made
}

/** 1/3 as such. */
const deltaText = (delta: number): string => (Math.abs(delta - 1 / 3) < 1e-9 ? '1/3' : String(delta))

const nameOf = (panel: number): string => (panel === 0 ? '' : String(panel + 1))

/** Tube, strip, particles, the one that deviates most, and how much of the tube that is. */
function tracesOf(
  { radius, largest, paths, worstPath }: Tube,
  times: readonly number[],
  k: number,
  foot: number,
): Trace[] {
  const t = [...times]
  const back = [...t].reverse()
  const place = { xaxis: `x${nameOf(k)}`, yaxis: `y${nameOf(k)}`, showlegend: k === 0 }
  const area = (name: string, half: readonly number[], color: string, edge: string): Trace => ({
    ...{ type: 'scatter', mode: 'lines', name, fill: 'toself', fillcolor: color, hoverinfo: 'skip' },
    ...{ x: [...t, ...back], y: [...half, ...[...half].reverse().map(x => -x)], line: { color: edge, width: 1.2 } },
    ...place,
  })
  const lines = (name: string, list: readonly (readonly number[])[], color: string, width: number): Trace => ({
    ...{ type: 'scatter', mode: 'lines', name, line: { color, width }, ...place },
    x: list.flatMap((_, i): (number | null)[] => (i === 0 ? t : [null, ...t])),
    y: list.flatMap((path, i): (number | null)[] => (i === 0 ? [...path] : [null, ...path])),
  })
  const part = Math.round((100 * maximum(largest)) / radius)
  return [
    area(
      'tube of radius N<sup>−δ</sup>',
      t.map(() => radius),
      translucent(COLOR.sky, 0.25),
      COLOR.sky,
    ),
    area('all N particles', largest, translucent(COLOR.blue, 0.18), translucent(COLOR.blue, 0.35)),
    lines(`${paths.length} particles, the same in all panels`, paths, translucent(COLOR.blue, 0.55), 0.9),
    lines('the one that deviates most', [worstPath], COLOR.vermillion, 2.4),
    {
      ...{ type: 'scatter', mode: 'text', name: '', x: [t.at(-1)! / 2], y: [foot], textposition: 'middle center' },
      ...{ text: [`${part} % of N<sup>−δ</sup>`], hoverinfo: 'skip', ...place, showlegend: false },
      textfont: { size: 14 },
    },
  ]
}

function requireTubes(data: TubesData): TubesData {
  requireShape<TubesData>('data', data, {
    ...{ law: 'text', sigma: 'number', T: 'number', seed: 'any', times: 'numbers', shown: { optional: 'number' } },
    runs: [
      {
        ...{ N: 'number', delta: 'number', radius: 'number', largest: 'numbers', paths: ['numbers'] },
        ...{ worst: 'number', worstPath: 'numbers', error: 'number' },
      },
    ],
  })
  if (data.runs.length === 0) throw new RangeError('data.runs must hold at least one run, got none')
  if (data.times.length === 0) throw new RangeError('data.times must hold at least one time, got none')
  for (const [k, { largest, worstPath, paths, radius }] of data.runs.entries()) {
    requireNumber(`data.runs[${k}].radius`, radius, Number.MIN_VALUE, Number.MAX_VALUE)
    for (const path of [largest, worstPath, ...paths]) {
      if (path.length === data.times.length) continue
      throw new RangeError(`data.runs[${k}] must have ${data.times.length} times on each path, got ${path.length}`)
    }
  }
  return data
}

/** The figure with its data, for the gallery: small clouds, one throw. */
export const tubesEntry: GalleryFigure<TubesData> = {
  id: 'theorem-tubes',
  seen: 'Theorem 4.2: each particle in a tube about its path in the mean field, for growing N',
  async data() {
    const options = { N: [16, 64, 256], delta: [0.15, 0.45], T: 2, seed: 1, particles: 8, outputs: 6, steps: 36 }
    return measureTubes({ law: gaussianLaw(), ...options, bar: 'hide' })
  },
  draw: tubesFigure,
}
