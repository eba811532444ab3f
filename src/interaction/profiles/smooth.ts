/**
 * A C^infinity profile of the cut-off: s near 0, s^-alpha from s = 1 on, glued by a function that is flat at both ends.
 */
import { localProfile } from './localProfile.js'
import type { ProfileRecord } from './profile.js'

// Below this s, h(s) < exp(-799) is 0 in double precision.
const FLAT = 1 / 800

/**
 * g(s) = s^(1 - (alpha+1) h(s)) with h(s) = 1/(1 + exp(1/s - 1/(1-s))): the exponent runs from 1 to -alpha, and all
 * derivatives of h vanish at 0, all of 1 - h at 1. (Gluing the exponents keeps the gradient at half of what gluing the
 * functions, (1-h) s + h s^-alpha, gives.) Since the exponent is >= -alpha, g <= s^-alpha.
 *
 * For alpha = 2, d = 3: sup g = 1.80320 at s = 0.65897; gradient 5.11038 in the Euclidean, 6.08487 in the maximum norm.
 */
export const smooth: ProfileRecord = {
  title: 'smooth',
  local: true,
  smoothness: Number.POSITIVE_INFINITY,
  build(alpha) {
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
    const tex = `s^{1-${alpha + 1}h(s)},\\quad h(s)=\\frac1{1+\\exp\\left(\\frac1s-\\frac1{1-s}\\right)}`
    return { tex, ...localProfile(alpha, value, slope) }
  },
}
