/**
 * Lemma 3.2 in one picture: the density in time for several cut-offs at once, below one bound.
 */

import { requireLength } from '../../base/errors.js'
import { maximum } from '../../base/extent.js'
import { requireShape } from '../../base/shape.js'
import { lemma32, SPREAD_32 } from '../../claims/section3/lemma32.js'
import { radialField } from '../../flow/field/radial/radialField.js'
import { coulombKernel } from '../../interaction/coulombKernel.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'
import type { Figure, GalleryFigure } from '../theme/figure.js'
import { axis, COLOR, figure, line, linearSpace, logAxis, panelTitle } from '../theme/theme.js'

/** What {@link densityForAllCutoffsFigure} draws. */
export interface DensityForAllCutoffsData {
  /** Times, and for each N (infinite: no cut-off) ||rho^N_t||_inf + ||rho^N_t||_1 there. */
  readonly t: readonly number[]
  readonly runs: readonly { readonly N: number; readonly sum: readonly number[] }[]
  /** The bound by (20) with the measured force, at those times. */
  readonly bound: readonly number[]
  /** For each cut-off exponent: N and | ||rho^N_T||_inf - ||rho_T||_inf |. */
  readonly approach: readonly {
    readonly delta: number
    readonly N: readonly number[]
    readonly difference: readonly number[]
  }[]
  readonly provenance: Readonly<Record<string, number | string>>
}

const STYLES = [
  { color: COLOR.vermillion, dash: 'dot' },
  { color: COLOR.orange, dash: 'dashdot' },
  { color: COLOR.green, dash: 'dash' },
  { color: COLOR.blue, dash: 'solid' },
] as const

const APPROACH = [
  { color: COLOR.purple, symbol: 'circle', dash: 'dot' },
  { color: COLOR.sky, symbol: 'square', dash: 'dash' },
] as const

/**
 * The highest density in time for several cut-offs, below one bound.
 * @throws RangeError for columns of different lengths, more than four runs or two exponents
 * @example densityForAllCutoffsFigure(data)
 */
export function densityForAllCutoffsFigure(data: DensityForAllCutoffsData): Figure {
  requireShape<DensityForAllCutoffsData>('data', data, {
    t: 'numbers',
    runs: [{ N: 'number', sum: 'numbers' }],
    bound: 'numbers',
    approach: [{ delta: 'number', N: 'numbers', difference: 'numbers' }],
    provenance: 'record',
  })
  const { t, runs, bound, approach, provenance } = data
  requireLength('bound', bound, t.length)
  for (const { sum } of runs) requireLength('sum', sum, t.length)
  if (approach.length > APPROACH.length) {
    throw new RangeError(`approach must be at most ${APPROACH.length}, got ${approach.length}`)
  }
  if (runs.length > STYLES.length) throw new RangeError(`runs must be at most ${STYLES.length}, got ${runs.length}`)
  const right = { xaxis: 'x2', yaxis: 'y2' }
  const all = approach.flatMap(({ difference }) => difference)
  const N = approach.flatMap(row => row.N)
  return figure({
    id: 'density-for-all-cutoffs',
    title: 'Lemma 3.2: one bound of the density for all cut-offs',
    caption:
      'Left: the largest density plus its mass, against time, for several N and without cut-off, below the bound that (20) gives with the largest force measured over all of them. Right: how far the largest density at the final time is from the one without cut-off, against N: it falls like the square of the cut-off radius, so a supremum over all N is one over few.',
    data: [
      ...runs.map(({ N: n, sum }, k) =>
        line(Number.isFinite(n) ? `N = ${n}` : 'no cut-off', t, sum, STYLES[k]!.color, { dash: STYLES[k]!.dash }),
      ),
      line('C<sub>ρ</sub>(t) by (20)', t, bound, COLOR.ink, { dash: 'longdash' }),
      ...approach.flatMap(({ delta, N: n, difference }, k) => [
        line(`δ = ${delta}`, n, difference, APPROACH[k]!.color, {
          mode: 'lines+markers',
          marker: { symbol: APPROACH[k]!.symbol, size: 10 },
          ...right,
        }),
        line(
          `slope −2δ = −${2 * delta}`,
          n,
          n.map(x => 0.5 * difference.at(-1)! * (x / n.at(-1)!) ** (-2 * delta)),
          COLOR.grey,
          { dash: APPROACH[k]!.dash, width: 1.5, ...right },
        ),
      ]),
    ],
    layout: {
      xaxis: axis('time t', { domain: [0, 0.44] }),
      yaxis: axis('‖ρ<sup>N</sup><sub>t</sub>‖<sub>∞</sub> (1 / length³) + mass 1'),
      xaxis2: logAxis('N', N, { domain: [0.58, 1], anchor: 'y2' }),
      yaxis2: logAxis('difference of ‖ρ‖<sub>∞</sub> at T (1 / length³)', all, { anchor: 'x2' }),
      annotations: [
        panelTitle('<b>below one bound</b>', 0, 0.44),
        panelTitle('<b>how fast to the limit</b>', 0.58, 0.42),
      ],
      height: 640,
    },
    table: {
      series: [
        ...runs.flatMap(({ N: n }) => t.map(() => `sum, N = ${n}`)),
        ...t.map(() => 'bound'),
        ...approach.flatMap(({ delta, N: n }) => n.map(() => `difference, delta = ${delta}`)),
      ],
      x: [...runs.flatMap(() => [...t]), ...t, ...N],
      y: [...runs.flatMap(({ sum }) => [...sum]), ...bound, ...all],
    },
    provenance,
  })
}

/** The figure with its data, for the gallery. */
export const densityForAllCutoffsEntry: GalleryFigure<DensityForAllCutoffsData> = {
  id: 'density-for-all-cutoffs',
  seen: 'One bound of the density for all cut-offs (Lemma 3.2)',
  async data() {
    const [T, sigma] = [1.5, -1] as const
    const law = gaussianLaw({ sigmaP: SPREAD_32 })
    const solve = (N: number, delta: number) =>
      radialField({
        law,
        kernel: Number.isFinite(N) ? cutoffKernel({ N, delta, sigma }) : coulombKernel({ sigma }),
        T,
        tolerance: 1e-4,
      })
    const t = linearSpace(0, T, 16)
    const limit = solve(Number.POSITIVE_INFINITY, 0)
    const runs = [1, 10, 100].map(N => ({ N, field: solve(N, 0.3) }))
    const all = [...runs, { N: Number.POSITIVE_INFINITY, field: limit }]
    const strongest = maximum(all.map(({ field }) => field.scale))
    const end = limit.densitySup(T).value
    return {
      t,
      runs: all.map(({ N, field }) => ({ N, sum: t.map(time => 1 + field.densitySup(time).value) })),
      bound: t.map(time => lemma32.bound.evaluate({ h: (strongest * time) / SPREAD_32, m: law.rhoSup })),
      approach: [0.15, 0.3].map(delta => {
        const N = [10, 100, 1000]
        return { delta, N, difference: N.map(n => Math.abs(solve(n, delta).densitySup(T).value - end)) }
      }),
      provenance: { law: `${law.name}, momenta of width ${SPREAD_32}`, sigma, delta: 0.3, mode: 'radial quadrature' },
    }
  },
  draw: densityForAllCutoffsFigure,
}
