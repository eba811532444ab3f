/**
 * What (10) does to a density: on a plane of phase space, two clusters that attract each other wind up, and no value
 * changes.
 */
import { requireLength } from '../../base/errors.js'
import { requireShape } from '../../base/shape.js'
import { type PhasePlane, phasePlane } from '../../flow/density/phasePlane.js'
import { radialFieldAsync } from '../../flow/field/radial/radialField.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import { customLaw } from '../../law/customLaw.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'
import type { Law } from '../../law/law.js'
import type { Figure, GalleryFigure, Trace } from '../theme/figure.js'
import { player } from '../theme/player.js'
import { axis, COLOR, figure, panelTitle } from '../theme/theme.js'

/** What {@link phasePlaneFigure} draws. */
export interface PhasePlaneData {
  readonly plane: PhasePlane
  readonly provenance: Readonly<Record<string, number | string>>
}

/** Colours of f/sup f: in either scheme from what is behind to what is in front; faint filaments are seen too. */
const SCALE = [
  [0, COLOR.paper],
  [0.06, COLOR.shade],
  [0.45, COLOR.blue],
  [1, COLOR.ink],
]
/** Levels that are stored, a byte each. */
const LEVELS = 255

/**
 * The first time beside all of them, one after the other; a still image shows the last.
 * @throws TypeError, RangeError naming what of the data is wrong
 * @example phasePlaneFigure({ plane: await phasePlane(field, { times: [0, 1], reach: { q: 2, p: 2 } }), provenance: {} })
 */
export function phasePlaneFigure(data: PhasePlaneData): Figure {
  requireShape<PhasePlaneData>('data', data, {
    plane: {
      ...{ times: 'numbers', q: 'numbers', p: 'numbers', sup: 'number' },
      values: ['numbers'],
      errors: 'any',
    },
    provenance: 'record',
  })
  const { plane, provenance } = data
  const { times, q, p, values, sup, errors } = plane
  requireLength('data.plane.values', values as unknown as ArrayLike<number>, times.length)
  requireLength('data.plane.errors', errors as unknown as ArrayLike<number>, times.length)
  for (const [n, f] of values.entries()) requireLength(`data.plane.values[${n}]`, f, q.length * p.length)
  const levels = (n: number): object => ({
    dtype: 'u1',
    bdata: base64(values[n]!.map(f => Math.round((LEVELS * f) / sup))),
    shape: `${p.length}, ${q.length}`,
  })
  const heat = (n: number, extra: object): Trace => ({
    type: 'heatmap',
    ...{ x0: q[0]!, dx: q[1]! - q[0]!, y0: p[0]!, dy: p[1]! - p[0]! },
    ...{ z: levels(n), zmin: 0, zmax: LEVELS, colorscale: SCALE, zsmooth: 'best' },
    ...{ hovertemplate: 'q₁ %{x:.2f}, p₁ %{y:.2f}<extra></extra>' },
    ...extra,
  })
  const label = (n: number): string => times[n]!.toFixed(2)
  const last = times.length - 1
  const left = { domain: [0, 0.46], range: [q[0]!, q.at(-1)!], showgrid: false, nticks: 5 }
  const right = { domain: [0.54, 1], range: left.range, showgrid: false, nticks: 5, anchor: 'y2' }
  const across = { range: [p[0]!, p.at(-1)!], showgrid: false }
  const made = figure({
    id: 'phase-plane',
    title: 'Streams wind up, and no value of f changes',
    caption: `The density f in phase space on the plane of q₁ and p₁, other coordinates 0: left at t = ${label(0)}, right later. It is carried along characteristics: every colour on the right came from the left or from beside the plane, none is new, and the filaments grow finer without end.`,
    data: [
      heat(last, {
        ...{ xaxis: 'x2', yaxis: 'y2' },
        colorbar: {
          title: { text: 'f / sup f' },
          ...{ tickvals: [0, 0.25, 0.5, 0.75, 1].map(x => LEVELS * x), ticktext: ['0', '¼', '½', '¾', '1'] },
          ...{ x: 1.01, xanchor: 'left', thickness: 14 },
        },
      }),
      heat(0, { showscale: false }),
    ],
    layout: {
      xaxis: axis('q₁ (length)', left),
      yaxis: axis('p₁ (length / time)', across),
      xaxis2: axis('q₁ (length)', right),
      yaxis2: axis('p₁ (length / time)', { ...across, anchor: 'x2' }),
      annotations: [
        panelTitle(`<b>t = ${label(0)}</b>`, 0, 0.46),
        panelTitle(`<b>later (still: t = ${label(last)})</b>`, 0.54, 0.46),
      ],
      height: 600,
      margin: { b: 150, r: 90 },
      ...player(Array.from(times.keys(), label), 't = ', 'redrawn'),
    },
    table: {
      t: Array.from(times),
      'largest f / sup f': values.map(f => f.reduce((most, x) => Math.max(most, x), 0) / sup),
      'error / sup f, at most': errors.map(({ high }) => high / sup),
    },
    provenance,
  })
  return {
    ...made,
    frames: Array.from(times.keys(), n => ({
      name: label(n),
      data: [{ type: 'heatmap', z: levels(n) }],
    })),
  }
}

/** Bytes as text, in pieces that fit into a call. */
function base64(bytes: ArrayLike<number>): string {
  const PIECE = 4096
  let text = ''
  for (let from = 0; from < bytes.length; from += PIECE) {
    text += String.fromCharCode(...Array.prototype.slice.call(bytes, from, from + PIECE))
  }
  return btoa(text)
}

/** Length of the shell's law, and deviation of its momenta. */
const [S, THETA] = [0.5, 0.35]

/**
 * A cool shell about 0, f_0 = |q|^4/(15 s^4) times a Gaussian: its line through the centre meets it in two clusters.
 */
function shellLaw(): Law {
  const inner = gaussianLaw({ sigmaQ: S, sigmaP: THETA })
  const outer = gaussianLaw({ sigmaQ: Math.SQRT2 * S, sigmaP: THETA })
  const factor = (q: ArrayLike<number>): number => ((q[0]! ** 2 + q[1]! ** 2 + q[2]! ** 2) / (S * S)) ** 2 / 15
  return customLaw({
    name: 'shell',
    density: (q, p) => factor(q) * inner.density(q, p),
    spatialDensity: q => factor(q) * inner.spatialDensity(q),
    // sup x^4 exp(-x^2/4) 2^(3/2)/15, at x^2 = 8, is 1.634.
    envelope: { sample: stream => outer.sample(1, stream), density: outer.density, bound: 1.64 },
    parameters: { length: S, sigmaP: THETA },
  })
}

/** The figure with its data, for the gallery. */
export const phasePlaneEntry: GalleryFigure<PhasePlaneData> = {
  id: 'phase-plane',
  seen: 'The density in phase space winds up along the characteristics (10)',
  async data() {
    const [N, delta, T] = [1000, 0.25, 6]
    const law = shellLaw()
    const field = await radialFieldAsync({ law, kernel: cutoffKernel({ N, delta, sigma: -1 }), T, tolerance: 1e-2 })
    const times = Array.from({ length: 9 }, (_, k) => (k * T) / 8)
    const plane = await phasePlane(field, { times, reach: { q: 2, p: 2 }, points: 128, rate: 16 })
    return { plane, provenance: { law: law.name, N, delta, sigma: -1, field: 'radial', mode: 'measured' } }
  },
  draw: phasePlaneFigure,
}
