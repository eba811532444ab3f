/**
 * The Vlasov-Poisson equation (1) with both signs, and with no force: the highest density against time.
 */

import { requireLength, type Sigma } from '../../base/errors.js'
import { maximum } from '../../base/extent.js'
import { requireShape } from '../../base/shape.js'
import { ESTIMATE, type Estimate } from '../../base/statistics/estimate.js'
import { radialField } from '../../flow/field/radial/radialField.js'
import { coulombKernel } from '../../interaction/coulombKernel.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'
import type { Figure, ImmediateFigure } from '../theme/figure.js'
import { axis, COLOR, figure, line, linearSpace } from '../theme/theme.js'

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

/** The figure with its data, for the gallery. */
export const bothSignsEntry: ImmediateFigure<BothSignsData> = {
  id: 'both-signs',
  seen: 'The highest density under repulsion, no force and attraction',
  data() {
    const law = gaussianLaw()
    const t = linearSpace(0, 2, 21)
    const supremum = (sigma: Sigma): Estimate[] => {
      const field = radialField({ law, kernel: coulombKernel({ sigma }), T: 2, tolerance: 1e-3 })
      return t.map(time => field.densitySup(time))
    }
    return {
      t,
      repulsive: supremum(1),
      attractive: supremum(-1),
      // A Gaussian of width 1 in position and momentum has width (1 + t^2)^(1/2) after free flight.
      free: t.map(time => (2 * Math.PI * (1 + time * time)) ** -1.5),
      provenance: { law: law.name, method: 'radial quadrature', tolerance: 1e-3 },
    }
  },
  draw: bothSignsFigure,
}
