/**
 * The Vlasov-Poisson equation (1) with both signs, and with no force: the highest density against time.
 */

import { requireLength } from '../../base/errors.js'
import type { Estimate } from '../../base/estimate.js'
import { ESTIMATE } from '../../base/estimate.js'
import { maximum } from '../../base/extent.js'
import { requireShape } from '../../base/shape.js'
import type { Figure } from '../theme/figure.js'
import { axis, COLOR, figure, line } from '../theme/theme.js'

/** What {@link bothSignsFigure} draws. */
export interface BothSignsData {
  readonly t: readonly number[]
  /** ||rho_t||_infinity for sigma = 1, Coulomb. */
  readonly repulsive: readonly Estimate[]
  /** The same for sigma = -1, Newton. */
  readonly attractive: readonly Estimate[]
  /** ||rho_t||_infinity without a force, in closed form. */
  readonly free: readonly number[]
  readonly provenance: Readonly<Record<string, number | string>>
}

/**
 * The highest density against time for both signs, and without a force.
 * @throws RangeError unless all columns are as long as t
 */
export function bothSignsFigure(data: BothSignsData): Figure {
  requireShape<BothSignsData>('data', data, {
    t: 'numbers',
    repulsive: [ESTIMATE],
    attractive: [ESTIMATE],
    free: 'numbers',
    provenance: 'record',
  })
  const { t, repulsive, attractive, free, provenance } = data
  requireLength('repulsive', repulsive as unknown as ArrayLike<number>, t.length)
  requireLength('attractive', attractive as unknown as ArrayLike<number>, t.length)
  requireLength('free', free, t.length)
  const values = (estimates: readonly Estimate[]): number[] => estimates.map(({ value }) => value)
  return figure({
    id: 'both-signs',
    title: 'One equation, two signs: the highest density in time',
    caption:
      'The supremum of the density of the same initial law under repulsion, no force and attraction: repulsion spreads the cloud faster than free flight, attraction slower.',
    data: [
      line('attractive, σ = −1 (Newton)', t, values(attractive), COLOR.vermillion),
      line('no force, closed form', t, free, COLOR.ink, { dash: 'dash' }),
      line('repulsive, σ = +1 (Coulomb)', t, values(repulsive), COLOR.blue, { dash: 'dashdot' }),
    ],
    layout: {
      xaxis: axis('t  (units of time)'),
      yaxis: axis('‖ρ<sub>t</sub>‖<sub>∞</sub>  (mass per volume)', { rangemode: 'tozero' }),
    },
    table: {
      t: [...t],
      attractive: values(attractive),
      free: [...free],
      repulsive: values(repulsive),
      'largest half-width': t.map((_, i) =>
        maximum([repulsive[i]!, attractive[i]!].map(({ low, high }) => (high - low) / 2)),
      ),
    },
    provenance,
  })
}
