/**
 * A C^infinity profile of the cut-off: s near 0, s^-alpha from s = 1 on, glued by a function that is flat at both ends.
 */
import { type Estimate, estimated, exact } from '../base/estimate.js'
import { gaussSum, integrate } from '../base/quadrature.js'
import { euclideanGradientNorm, frobeniusGradientNorm, maximumGradientNorm } from './gradientNorms.js'
import { localPotential, type Profile, type Supremum, unbounded } from './profiles.js'
import { radialSupremum } from './radialSupremum.js'

// Below this s, h(s) < exp(-799) is 0 in double precision.
const FLAT = 1 / 800
const PANELS = 32
const ORDER = 24

/**
 * g(s) = s^(1 - (alpha+1) h(s)) with h(s) = 1/(1 + exp(1/s - 1/(1-s))): the exponent runs from 1 to -alpha, and all
 * derivatives of h vanish at 0, all of 1 - h at 1. (Gluing the exponents keeps the gradient at half of what gluing the
 * functions, (1-h) s + h s^-alpha, gives.) Since the exponent is >= -alpha, g <= s^-alpha.
 *
 * The suprema come from a search, to 1e-12 relative. For alpha = 2, d = 3: sup g = 1.80320 at s = 0.65897; gradient
 * 5.11038 in the Euclidean, 6.08487 in the maximum norm. The potential is a sum of 24-node Gauss rules on panels of
 * width 1/32, summed once; its absolute error is below 1e-14 r_c^(1-alpha).
 */
export function smoothProfile(alpha: number): Profile {
  const value = (s: number): number => {
    if (s < FLAT) return s
    if (s >= 1) return 1
    const h = 1 / (1 + Math.exp(1 / s - 1 / (1 - s)))
    return s ** (1 - (alpha + 1) * h)
  }
  const slope = (s: number): number => {
    if (s < FLAT) return 1
    if (s >= 1) return -alpha
    const t = 1 / s - 1 / (1 - s)
    const h = 1 / (1 + Math.exp(t))
    // 1 - h from its own formula: it decides the slope near s = 1.
    const steepness = (h / (1 + Math.exp(-t))) * (1 / (s * s) + 1 / ((1 - s) * (1 - s)))
    return s ** (-(alpha + 1) * h) * (1 - (alpha + 1) * (h + steepness * s * Math.log(s)))
  }
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
    name: 'smooth',
    tex: `s^{1-${alpha + 1}h(s)},\\quad h(s)=\\frac1{1+\\exp\\left(\\frac1s-\\frac1{1-s}\\right)}`,
    reach: 1,
    local: true,
    value,
    slope,
    potential: localPotential(alpha, drop),
    suprema: d => ({
      force: supremum(value),
      euclidean: supremum(s => euclideanGradientNorm(slope(s), value(s) / s)),
      frobenius: supremum(s => frobeniusGradientNorm(slope(s), value(s) / s, d)),
      maximum: supremum(s => maximumGradientNorm(slope(s), value(s) / s, d)),
    }),
    difference: (d): Estimate => {
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
