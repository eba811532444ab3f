/**
 * Moments that several laws share: of |z|^2 = |q|^2 + |p|^2 for independent q and p, and of Gaussian quadratic forms.
 */
import { requireNumber } from '../base/errors.js'
import { integrate } from '../base/numerics/quadrature.js'
import { gamma } from '../base/numerics/special.js'

/** The order of a moment: a finite number >= 0. @throws RangeError */
export function requireMomentOrder(m: number): number {
  return requireNumber('m', m, 0, Number.MAX_VALUE, 'a finite number >= 0')
}

/** int |x|^m over the uniform distribution on the ball of radius R in R^3: 3 R^m / (m + 3). */
export function ballMoment(R: number, m: number): number {
  return (3 * R ** requireMomentOrder(m)) / (m + 3)
}

/**
 * E (r^2 + s^2)^{m/2} for independent uniform points of the balls of radius R and P in R^3. In polar coordinates
 * (r, s) = t (cos, sin), u = tan:
 *   9/(m+6) [ R^{m+3} P^{-3} int_0^{P/R} u^2 (1+u^2)^{m/2} du + P^{m+3} R^{-3} int_0^{R/P} u^2 (1+u^2)^{m/2} du ],
 * a polynomial for even m and a smooth one-dimensional integral otherwise.
 */
export function ballPairMoment(R: number, P: number, m: number): number {
  requireMomentOrder(m)
  const integral = (end: number): number =>
    integrate(u => u * u * (1 + u * u) ** (m / 2), 0, end, { tolerance: 1e-15, breaks: [1].filter(u => u < end) }).value
  return (9 / (m + 6)) * ((R ** (m + 3) * integral(P / R)) / P ** 3 + (P ** (m + 3) * integral(R / P)) / R ** 3)
}

/**
 * E (r^2 + s^2)^{m/2} for independent r in [0, R] and s in [0, P] with the given smooth densities, by nested adaptive
 * quadrature in polar coordinates (relative tolerance 1e-13).
 */
export function pairMoment(
  densityR: (r: number) => number,
  R: number,
  densityP: (s: number) => number,
  P: number,
  m: number,
): number {
  requireMomentOrder(m)
  const corner = Math.atan2(P, R)
  const alongRay = (angle: number): number => {
    const cos = Math.cos(angle)
    const sin = Math.sin(angle)
    const end = angle < corner ? R / cos : P / sin
    const integrand = (t: number): number => t ** (m + 1) * densityR(t * cos) * densityP(t * sin)
    return integrate(integrand, 0, end, { breaks: [0.5 * end] }).value
  }
  return integrate(alongRay, 0, Math.PI / 2, { breaks: [corner] }).value
}

/**
 * E |X|^m for X with independent normal components of the given means and standard deviations (all > 0).
 * Even m: from the cumulants kappa_n = 2^{n-1} (n-1)! sum_i (v_i^n + n mu_i^2 v_i^{n-1}) of Q = |X|^2. Otherwise, with
 * n = floor(m/2) + 2 and a = n - m/2: E Q^{m/2} = 1/Gamma(a) int_0^inf t^{a-1} E[Q^n e^{-tQ}] dt, where the expectation
 * is that of Q^n under the tilted normal of variance v/(1+2tv) and mean mu/(1+2tv); by the trapezoidal rule in ln t,
 * which converges geometrically.
 * @example quadraticFormMoment([0, 0, 0], [1, 1, 1], 2) // 3
 */
export function quadraticFormMoment(means: ArrayLike<number>, deviations: ArrayLike<number>, m: number): number {
  requireMomentOrder(m)
  const d = means.length
  if (m === 0) return 1
  // E[Q^n e^{-tQ}]
  const tilted = (n: number, t: number): number => {
    let logLaplace = 0
    const cumulants = new Float64Array(n + 1)
    for (let i = 0; i < d; i++) {
      const variance = deviations[i]! ** 2
      const shrink = 1 / (1 + 2 * t * variance)
      logLaplace += 0.5 * Math.log(shrink) - t * means[i]! ** 2 * shrink
      const v = variance * shrink
      const mean2 = (means[i]! * shrink) ** 2
      let factor = 1
      for (let k = 1; k <= n; k++) {
        cumulants[k] = cumulants[k]! + factor * v ** (k - 1) * (v + k * mean2)
        factor *= 2 * k
      }
    }
    const raw = new Float64Array(n + 1)
    raw[0] = 1
    for (let k = 1; k <= n; k++) {
      let binomial = 1
      for (let j = 1; j <= k; j++) {
        raw[k] = raw[k]! + binomial * cumulants[j]! * raw[k - j]!
        binomial *= (k - j) / j
      }
    }
    return raw[n]! * Math.exp(logLaplace)
  }
  if (m % 2 === 0) return tilted(m / 2, 0)
  const n = Math.floor(m / 2) + 2
  const a = n - m / 2
  // In units where E Q = 1; the integrand is e^{a x} for x -> -inf and decays like e^{-(m + d) x / 2} for x -> inf.
  const size = tilted(1, 0)
  const step = 0.125
  const start = Math.floor(-40 / a / step)
  const end = Math.ceil(90 / (m + d) / step) + 80 + Math.ceil(Math.log(largestRatio(size, deviations)) / step)
  let sum = 0
  for (let i = start; i <= end; i++) {
    const t = Math.exp(i * step) / size
    sum += t ** a * tilted(n, t)
  }
  return (sum * step) / gamma(a)
}

function largestRatio(size: number, deviations: ArrayLike<number>): number {
  let smallest = Number.POSITIVE_INFINITY
  for (let i = 0; i < deviations.length; i++) smallest = Math.min(smallest, deviations[i]! ** 2)
  return Math.max(1, size / smallest)
}
