/**
 * Lemma 8.1 in one picture: a function, its running maximum, and the point where the first case of the printed proof
 * fails.
 */
import { requireNumber } from '../../base/errors.js'
import type { Figure, ImmediateFigure } from '../theme/figure.js'
import { axis, COLOR, figure, line, linearSpace, points } from '../theme/theme.js'

/** g with a flat inflection at t = 1, where g' = 0 and h nevertheless grows: (t - 1)^3, and a dip after t = 2. */
export function inflection(t: number): number {
  requireNumber('t', t, -1e6, 1e6)
  return t <= 2 ? (t - 1) ** 3 : 1 - Math.sin(Math.PI * (t - 2))
}

/** The picture; it has no data but a formula. */
export function runningMaximumFigure(): Figure {
  const t = linearSpace(0, 4, 401)
  const g = t.map(inflection)
  let most = Number.NEGATIVE_INFINITY
  const h = g.map(value => {
    most = Math.max(most, value)
    return most
  })
  return figure({
    id: 'lemma-81-running-maximum',
    title: 'Lemma 8.1: the running maximum and its right derivative',
    caption:
      'A function g and its running maximum h. Where g is at its maximum h grows with it, elsewhere h stands still. At t = 1 the derivative of g is zero and g is at its maximum: the printed proof says that h is constant to the right, but it is not; its right derivative is zero all the same.',
    data: [
      line('g(t)', t, g, COLOR.blue, { dash: 'dash' }),
      line('h(t) = sup<sub>s ≤ t</sub> g(s)', t, h, COLOR.vermillion),
      points('g′ = 0, and h is not constant to the right', [1], [0], COLOR.ink, { symbol: 'diamond', size: 11 }),
    ],
    layout: { xaxis: axis('t  (units of time)'), yaxis: axis('g, h  (no unit)') },
    table: { t, g, h },
    provenance: { formula: '(t − 1)³, then 1 − sin π(t − 2)' },
  })
}

/** The figure with its data, for the gallery. */
export const runningMaximumEntry: ImmediateFigure<void> = {
  id: 'lemma-81-running-maximum',
  seen: 'A function, its running maximum and their derivatives',
  data: () => undefined,
  draw: runningMaximumFigure,
}
