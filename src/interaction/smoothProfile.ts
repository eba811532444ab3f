/**
 * A C^infinity profile of the cut-off: s near 0, s^-alpha from s = 1 on, glued by a function that is flat at both ends.
 */
import { type Estimate, estimated, exact } from '../base/estimate.js'
import { gaussSum, integrate } from '../base/quadrature.js'
import { euclideanGradientNorm, frobeniusGradientNorm, maximumGradientNorm } from './gradientNorms.js'
import { inversePower } from './inversePower.js'
import { localPotential, type Profile, type Supremum, unbounded } from './profiles.js'
import { radialSupremum } from './radialSupremum.js'

// Below this s, h(s) < exp(-799) is 0 in double precision.
const FLAT = 1 / 800
const PANELS = 32
const ORDER = 24

/**
 * g(s) = (1 - h(s)) s + h(s) s^-alpha with h(s) = 1/(1 + exp(1/s - 1/(1-s))): all derivatives of h vanish at 0, all of
 * 1 - h at 1. Its suprema come from a search (1e-12 relative, better than 1e-10); for alpha = 2, d = 3: sup g = 1.9498,
 * Euclidean gradient constant 5.8, see the tests. The potential is a Gauss sum of 24 nodes on panels of width 1/32,
 * summed once, with absolute error below 1e-14 r_c^(1-alpha).
 */
export function smoothProfile(alpha: number): Profile {
  const power = inversePower(alpha)
  const value = (s: number): number => {
    if (s < FLAT) return s
    if (s >= 1) return 1
    const t = 1 / s - 1 / (1 - s)
    return s / (1 + Math.exp(-t)) + power(s) / (1 + Math.exp(t))
  }
  const slope = (s: number): number => {
    if (s < FLAT) return 1
    if (s >= 1) return -alpha
    const t = 1 / s - 1 / (1 - s)
    const h = 1 / (1 + Math.exp(t))
    const rest = 1 / (1 + Math.exp(-t))
    const steepness = h * rest * (1 / (s * s) + 1 / ((1 - s) * (1 - s)))
    return rest + steepness * (power(s) - s) - (alpha * h * power(s)) / s
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
    tex: `\\left(1-h(s)\\right)s + h(s)\\,s^{-${alpha}},\\quad h(s)=\\frac1{1+\\exp\\left(\\frac1s-\\frac1{1-s}\\right)}`,
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
      // |g - s^-alpha| = (s^-alpha - s) - h (s^-alpha - s); the first part has a closed form.
      const whole = 1 / (d - alpha) - 1 / (d + 1)
      const glued = integrate(s => (s < FLAT ? 0 : (value(s) - s) * s ** (d - 1)), 0, 1)
      const error = exact(whole, '').high - whole + glued.high - glued.value
      return estimated(whole - glued.value, error, 'adaptive quadrature')
    },
  }
}

/** int_s^1 g at the panel edges s = i/PANELS. */
function panelDrops(g: (s: number) => number): Float64Array {
  const drops = new Float64Array(PANELS + 1)
  for (let i = PANELS - 1; i >= 0; i--) drops[i] = drops[i + 1]! + gaussSum(g, i / PANELS, (i + 1) / PANELS, ORDER)
  return drops
}
