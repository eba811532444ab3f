/**
 * A local profile of which only g and g' are known: what else it has comes from searches and quadratures.
 */

import { gaussSum, integrate } from '../../base/numerics/quadrature.js'
import { estimated, exact } from '../../base/statistics/estimate.js'
import { euclideanGradientNorm, frobeniusGradientNorm, maximumGradientNorm } from '../gradientNorms.js'
import { radialSupremum } from '../radialSupremum.js'
import { localPotential, type Profile, type Supremum, unbounded } from './profile.js'

const PANELS = 32
const ORDER = 24

/**
 * The suprema come from a search, to 1e-12 relative. The potential is a sum of 24-node Gauss rules on panels of width
 * 1/32, summed once; for a g that is analytic on that scale its absolute error is below 1e-14 r_c^(1-alpha).
 * @param value g(s), 0 <= s <= 1, at most s^-alpha and analytic in between or nearly so
 * @param slope g'(s); at s = 1 the limit from inside
 */
export function localProfile(
  alpha: number,
  value: (s: number) => number,
  slope: (s: number) => number,
): Omit<Profile, 'tex' | 'kernelTex'> {
  let drops: Float64Array | undefined
  const drop = (s: number): number => {
    drops ??= panelDrops(value)
    const panel = Math.min(PANELS - 1, Math.floor(s * PANELS))
    return drops[panel + 1]! + gaussSum(value, s, (panel + 1) / PANELS, ORDER)
  }
  const supremum = (f: (s: number) => number): Supremum => {
    const { value: found, at } = radialSupremum(f, 0, 1, [])
    return { value: estimated(found, 1e-12 * found, 'search on a grid, refined'), at }
  }
  return {
    reach: 1,
    value,
    slope,
    potential: localPotential(alpha, drop),
    suprema: d => ({
      force: supremum(value),
      euclidean: supremum(s => euclideanGradientNorm(slope(s), value(s) / s)),
      frobenius: supremum(s => frobeniusGradientNorm(slope(s), value(s) / s, d)),
      maximum: supremum(s => maximumGradientNorm(slope(s), value(s) / s, d)),
    }),
    difference: d => {
      if (alpha >= d) return unbounded('r^-alpha is not integrable at 0')
      const pure = exact(1 / (d - alpha), '')
      const inside = integrate(s => value(s) * s ** (d - 1), 0, 1)
      const error = pure.high - pure.value + inside.high - inside.value
      return estimated(pure.value - inside.value, error, 'adaptive quadrature')
    },
  }
}

/** int_s^1 g at the panel edges s = i/PANELS. */
function panelDrops(g: (s: number) => number): Float64Array {
  const drops = new Float64Array(PANELS + 1)
  for (let i = PANELS - 1; i >= 0; i--) drops[i] = drops[i + 1]! + gaussSum(g, i / PANELS, (i + 1) / PANELS, ORDER)
  return drops
}
