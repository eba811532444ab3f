/**
 * The density of the mean field solution in time: profiles, and its supremum for several cut-offs (Lemma 3.2).
 */

import { maximum } from '../../base/extent.js'
import { requireShape } from '../../base/shape.js'
import { ESTIMATE, type Estimate } from '../../base/statistics/estimate.js'
import { radialField } from '../../flow/field/radial/radialField.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'
import type { Figure, ImmediateFigure } from '../theme/figure.js'
import { axis, COLOR, figure, line, linearSpace, logAxis } from '../theme/theme.js'

/** One mean field solution. */
export interface DensityEvolution {
  readonly name: string
  readonly t: readonly number[]
  /** ||rho_t||_infinity at these times. */
  readonly supremum: readonly Estimate[]
}

/** What {@link densityFigure} draws. */
export interface DensityFigureData {
  /** Radii of the profiles. */
  readonly r: readonly number[]
  /** rho_t(r) at a few times, of one solution. */
  readonly profiles: readonly { readonly t: number; readonly density: readonly number[] }[]
  readonly evolutions: readonly DensityEvolution[]
  readonly law: string
  readonly sigma: number
}

const COLORS = [COLOR.ink, COLOR.blue, COLOR.green, COLOR.orange, COLOR.vermillion, COLOR.purple]
const OVERLAID = [COLOR.sky, COLOR.ink, COLOR.vermillion, COLOR.green]
const DASHES = ['solid', 'dash', 'dot', 'dashdot', 'longdash', 'longdashdot']

/**
 * Left: profiles at a few times; right: the supremum against time, one line for each N.
 * @throws RangeError without data
 */
export function densityFigure(data: DensityFigureData): Figure {
  requireShape<DensityFigureData>('data', data, {
    r: 'numbers',
    profiles: [{ t: 'number', density: 'numbers' }],
    evolutions: [{ name: 'text', t: 'numbers', supremum: [ESTIMATE] }],
    law: 'text',
    sigma: 'number',
  })
  const { r, profiles, evolutions, law, sigma } = data
  if (profiles.length === 0 || evolutions.length === 0)
    throw new RangeError('profiles and evolutions must not be empty')
  const right = { xaxis: 'x2', yaxis: 'y2' }
  const densities = profiles.flatMap(({ density }) => density.filter(x => x > 0))
  const highest = maximum(densities)
  return figure({
    id: 'density-in-time',
    title: `The density in time: ${law}, ${sigma > 0 ? 'repulsive' : sigma < 0 ? 'attractive' : 'free'}`,
    caption: `The density ρ of the mean field solution against radius at a few times, and its supremum against time for a few N; Lemma 3.2 bounds it for all N at once (${law}).`,
    data: [
      ...profiles.map(({ t, density }, k) =>
        line(`ρ at t = ${t}`, r, density, COLORS[k % COLORS.length]!, { dash: DASHES[k % DASHES.length] }),
      ),
      // Curves that lie on each other: the first is drawn widest, so that all can be seen.
      ...evolutions.map(({ name, t, supremum }, k) =>
        line(
          `‖ρ‖<sub>∞</sub>, ${name}`,
          t,
          supremum.map(e => e.value),
          OVERLAID[k % OVERLAID.length]!,
          { dash: k === 0 ? 'solid' : DASHES[k], width: k === 0 ? 7 : 2.5, ...right },
        ),
      ),
    ],
    layout: {
      xaxis: axis('|q| (length)', { domain: [0, 0.44] }),
      yaxis: logAxis('ρ<sub>t</sub> (mass / length³)', densities, {
        range: [Math.log10(highest) - 4, Math.log10(highest) + 0.2],
      }),
      xaxis2: axis('time t', { domain: [0.58, 1], anchor: 'y2' }),
      yaxis2: axis('‖ρ<sub>t</sub>‖<sub>∞</sub> (mass / length³)', { anchor: 'x2', rangemode: 'tozero' }),
      height: 600,
    },
    table: {
      name: evolutions.flatMap(e => e.t.map(() => e.name)),
      t: evolutions.flatMap(e => [...e.t]),
      supremum: evolutions.flatMap(e => e.supremum.map(x => x.value)),
      high: evolutions.flatMap(e => e.supremum.map(x => x.high)),
    },
    provenance: { law, sigma, mode: 'quadrature, no sampling' },
  })
}

/** The figure with its data, for the gallery. */
export const densityEntry: ImmediateFigure<DensityFigureData> = {
  id: 'density-in-time',
  seen: 'The density of the mean field solution against radius and time',
  data() {
    const law = gaussianLaw()
    const sizes = [100, Number.POSITIVE_INFINITY]
    const fields = sizes.map(N => radialField({ law, kernel: cutoffKernel({ N, delta: 0.25 }), T: 2, tolerance: 1e-3 }))
    const t = linearSpace(0, 2, 21)
    const r = linearSpace(0.05, 4, 80)
    return {
      r,
      profiles: [0, 0.5, 1, 2].map(time => ({ t: time, density: r.map(x => fields[0]!.density(time, [x, 0, 0])) })),
      evolutions: fields.map((field, k) => ({
        name: k === 0 ? 'N = 100' : 'no cut-off',
        t,
        supremum: t.map(time => field.densitySup(time)),
      })),
      law: law.name,
      sigma: 1,
    }
  },
  draw: densityFigure,
}
