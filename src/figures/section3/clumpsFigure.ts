/**
 * Condition (20) broken on purpose: clumps that free flight brings to one point, in the plane of position and momentum,
 * as a movie, beside what they do to the density and to the integral in (20).
 */
import { requireShape } from '../../base/shape.js'
import type { Figure, ImmediateFigure, Trace } from '../theme/figure.js'
import { player } from '../theme/player.js'
import { axis, COLOR, figure, line, linearSpace, logAxis, panelTitle } from '../theme/theme.js'

/** What {@link clumpsFigure} draws. */
export interface ClumpsData {
  /** Times of the frames, rising from 0 to 1. */
  readonly t: readonly number[]
  /** Clumps that are drawn in phase space. */
  readonly shown: number
  /** R of (20): no force exceeds it. */
  readonly R: number
  /** Numbers of clumps, on the right. */
  readonly clumps: readonly number[]
}

const ballVolume = (radius: number): number => (4 / 3) * Math.PI * radius ** 3

/** Points of the outline of a clump. */
const OUTLINE = 25

/**
 * Clump k has $f_0=1$ on balls of radius $2^{-k}$ about $q=(-k,0,0)$ and $p=(k,0,0)$: free flight brings all of them to
 * 0 at t = 1, where the supremum in (20) gives each a ball of radius R in p.
 * @throws TypeError naming the argument
 */
export function clumpsFigure(data: ClumpsData): Figure {
  requireShape<ClumpsData>('data', data, { t: 'numbers', shown: 'number', R: 'number', clumps: 'numbers' })
  const { t, shown, R, clumps } = data
  const ks = Array.from({ length: shown }, (_, k) => k + 1)
  const frame = (m: number): Trace[] => {
    const now = t[m]!
    // A gap after each clump.
    const reach = ks.flatMap(k => [
      [k * (now - 1), k - R * now - 2 ** -k],
      [k * (now - 1), k + R * now + 2 ** -k],
      [null, null],
    ])
    const outlines = ks.flatMap(k => [
      ...linearSpace(0, 2 * Math.PI, OUTLINE).map(angle => {
        const p = k + 2 ** -k * Math.sin(angle)
        return [-k + 2 ** -k * Math.cos(angle) + now * p, p]
      }),
      [null, null],
    ])
    return [reach, outlines].map(
      places => ({ x: places.map(([x]) => x), y: places.map(([, y]) => y) }) as unknown as Trace,
    )
  }
  const last = t.length - 1
  const dress: readonly Record<string, unknown>[] = [
    { name: 'what (20) lets a force of size R do', line: { color: COLOR.vermillion, width: 5 } },
    { name: 'the clumps', line: { color: COLOR.blue, width: 2 }, fill: 'toself' },
  ]
  const sum = (K: number, term: (k: number) => number): number =>
    Array.from({ length: K }, (_, k) => term(k + 1)).reduce((a, b) => a + b, 0)
  const density = clumps.map(K => sum(K, k => ballVolume(2 ** -k)))
  const integral = clumps.map(K => K * ballVolume(R))
  const right = { xaxis: 'x2', yaxis: 'y2', mode: 'lines+markers' }
  const still = frame(last)
  const made = figure({
    id: 'clumps',
    title: 'A bounded law that breaks condition (20)',
    caption: `Left: clumps in the plane of position and momentum, which free flight brings to the origin at t = 1, and the momenta that (20) lets a force of size R = ${R} give them. Right: the density at the origin at t = 1 stays bounded as clumps are added; the integral in (20), counted from below, grows with each.`,
    data: [
      ...dress.map((traits, k): Trace => ({ ...still[k], ...traits, type: 'scatter', mode: 'lines' })),
      line('the integral in (20), at least', clumps, integral, COLOR.vermillion, { dash: 'dash', ...right }),
      line('density, free flight', clumps, density, COLOR.blue, right),
    ],
    layout: {
      xaxis: axis('q₁  (length)', { domain: [0, 0.46], range: [-shown - 0.7, shown / 2] }),
      yaxis: axis('p₁  (momentum)', { range: [0, shown + 1.2] }),
      xaxis2: logAxis('number of clumps', clumps, { domain: [0.6, 1], anchor: 'y2' }),
      yaxis2: logAxis('at the origin, t = 1  (mass / volume)', [...density, ...integral], { anchor: 'x2' }),
      annotations: [panelTitle('<b>phase space</b>', 0, 0.46), panelTitle('<b>more and more clumps</b>', 0.6, 0.4)],
      height: 640,
      ...player(t.map(String), 't = '),
    },
    table: { clumps: [...clumps], density, integral },
    provenance: { law: 'clumps', R, formulas: '(20)', mode: 'free flight' },
  })
  return { ...made, frames: t.map((time, m) => ({ name: String(time), data: frame(m) })) }
}

/** The figure with its data, for the gallery. */
export const clumpsEntry: ImmediateFigure<ClumpsData> = {
  id: 'clumps',
  seen: 'A bounded law that breaks condition (20): clumps that meet',
  data: () => ({
    t: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1],
    shown: 6,
    R: 0.5,
    clumps: [1, 2, 4, 8, 16, 32, 64, 128, 256],
  }),
  draw: clumpsFigure,
}
