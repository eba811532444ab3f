/**
 * The radial profiles of the cut-off: what a kernel may look like inside r_c, in units s = r/r_c, g in units of
 * r_c^-alpha. Read by {@link cutoffKernel}; the constants by kernelNorms and checkRegularisation.
 */
import { type Estimate, estimated, exact } from '../base/estimate.js'
import { integrate } from '../base/quadrature.js'
import { euclideanGradientNorm, frobeniusGradientNorm, maximumGradientNorm } from './gradientNorms.js'
import { inversePower, inversePowerPotential } from './inversePower.js'

/** Names of the built-in profiles. */
export type ProfileName = 'truncated' | 'cubicSpline' | 'smooth' | 'plummer'

/** A supremum and where it is attained or approached. */
export interface Supremum {
  readonly value: Estimate
  /** s = r/r_c. */
  readonly at: number
}

/** Suprema of the force and of its gradient in three norms, where the profile acts. */
export interface ProfileSuprema {
  readonly force: Supremum
  readonly euclidean: Supremum
  readonly frobenius: Supremum
  readonly maximum: Supremum
}

/** A profile g(s) for one exponent alpha. */
export interface Profile {
  readonly name: ProfileName
  /** TeX of g(s). */
  readonly tex: string
  /** The profile acts for s < reach, and is s^-alpha (to rounding) from there on. */
  readonly reach: number
  /** Whether it is exactly s^-alpha for s >= 1. */
  readonly local: boolean
  /** g(s), 0 <= s <= reach; at s = 1 the limit from inside. */
  value(s: number): number
  /** g'(s), 0 <= s <= reach; at s = 1 the limit from inside. */
  slope(s: number): number
  /** The potential at r for cut-off radius rc, for sigma = 1. */
  potential(r: number, rc: number): number
  /** Suprema over s < 1 if local, over all s otherwise. @param d dimension */
  suprema(d: number): ProfileSuprema
  /** int |g(s) - s^-alpha| s^(d-1) ds over s > 0; Infinity where it diverges. @param d dimension */
  difference(d: number): Estimate
}

/** Infinity as an Estimate. */
export function unbounded(method: string): Estimate {
  const value = Number.POSITIVE_INFINITY
  return { value, low: value, high: value, kind: 'exact', method }
}

/**
 * The potential of a local profile: the pure one outside, continued inwards by drop(s) = int_s^1 g.
 */
export function localPotential(alpha: number, drop: (s: number) => number): (r: number, rc: number) => number {
  const outer = inversePowerPotential(alpha)
  return (r, rc) => (r >= rc ? outer(r) : outer(rc) + rc ** (1 - alpha) * drop(r / rc))
}

/** The largest of several values, each with its place. */
export function largest(method: string, candidates: readonly (readonly [value: number, at: number])[]): Supremum {
  const [value, at] = candidates.reduce((best, next) => (next[0] > best[0] ? next : best))
  return { value: exact(value, method), at }
}

/** Profile (4): g(s) = s, the force of a homogeneous ball. It jumps in slope at s = 1, from 1 to -alpha. */
export function truncatedProfile(alpha: number): Profile {
  const closed = (value: number): Supremum => largest('closed form', [[value, 0]])
  return {
    name: 'truncated',
    tex: 's',
    reach: 1,
    local: true,
    value: s => s,
    slope: () => 1,
    potential: localPotential(alpha, s => (1 - s) * (1 + s) * 0.5),
    // The gradient is the identity.
    suprema: d => ({
      force: largest('closed form', [[1, 1]]),
      euclidean: closed(1),
      frobenius: closed(Math.sqrt(d)),
      maximum: closed(1),
    }),
    difference: d =>
      alpha < d ? exact(1 / (d - alpha) - 1 / (d + 1), 'closed form') : unbounded('r^-alpha is not integrable at 0'),
  }
}

/**
 * The odd cubic that meets s^-alpha with its slope at s = 1: g(s) = ((alpha+3) s - (alpha+1) s^3)/2, a C^1 kernel.
 *
 * sup g = (alpha+3) s_0/3 at s_0^2 = (alpha+3)/(3(alpha+1)), the root of g'. Both g' and g/s are affine in x = s^2, so
 * every norm of the gradient is convex in x and largest at s = 0, where the gradient is (alpha+3)/2 times the
 * identity, or as s -> 1, where it is that of s^-alpha. In the Euclidean norm: max((alpha+3)/2, alpha).
 * As a function of x, g/s is the tangent at x = 1 of the convex x^(-(alpha+1)/2), so g <= s^-alpha.
 */
export function cubicSplineProfile(alpha: number): Profile {
  const top = Math.sqrt((alpha + 3) / (3 * (alpha + 1)))
  const middle = (alpha + 3) / 2
  const ends = (norm: (a: number, b: number) => number): Supremum =>
    largest('closed form', [
      [norm(middle, middle), 0],
      [norm(-alpha, 1), 1],
    ])
  return {
    name: 'cubicSpline',
    tex: `\\tfrac12\\left(${alpha + 3}\\,s - ${alpha + 1}\\,s^3\\right)`,
    reach: 1,
    local: true,
    value: s => 0.5 * s * (alpha + 3 - (alpha + 1) * s * s),
    slope: s => 0.5 * (alpha + 3 - 3 * (alpha + 1) * s * s),
    potential: localPotential(alpha, s => 0.125 * (1 - s * s) * (2 * (alpha + 3) - (alpha + 1) * (1 + s * s))),
    suprema: d => ({
      force: largest('closed form', [[((alpha + 3) * top) / 3, top]]),
      euclidean: ends(euclideanGradientNorm),
      frobenius: ends((a, b) => frobeniusGradientNorm(a, b, d)),
      maximum: ends((a, b) => maximumGradientNorm(a, b, d)),
    }),
    difference: d =>
      alpha < d
        ? exact(1 / (d - alpha) - ((alpha + 3) / (d + 1) - (alpha + 1) / (d + 3)) / 2, 'closed form')
        : unbounded('r^-alpha is not integrable at 0'),
  }
}

/**
 * Plummer's softening g(s) = s (1 + s^2)^(-m), m = (alpha+1)/2: satisfies iii) and iv) but nowhere ii), being below
 * s^-alpha by the relative amount m s^-2 at large s. The control of the checks.
 *
 * With u = s^2/(1+s^2), g' = (1-u)^m (1 - 2 m u) and g/s = (1-u)^m. sup g at u = 1/(2m), that is s = alpha^(-1/2).
 * Gradient norms, as functions of u: Euclidean, largest at u = 0 (the negative part of g' reaches less than
 * 2 e^(-3/2)); Frobenius squared, (1-u)^(2m) ((1-2mu)^2 + d - 1), stationary at
 * 4m(m+1) u^2 - (8m+2) u + d + 2 = 0; maximum norm, (1-u)^m (1 + (sqrt d - 1) m u) for m u <= 1, stationary at
 * (k-1)/(k(m+1)) with k = sqrt d - 1, and (1-u)^m ((sqrt d + 1) m u - 1) beyond, stationary at (k+1)/(k(m+1)) with
 * k = sqrt d + 1. The largest of these candidates, u = 0 among them, is the supremum.
 */
export function plummerProfile(alpha: number): Profile {
  const m = (alpha + 1) / 2
  const outer = inversePowerPotential(alpha)
  const among = (norm: (a: number, b: number) => number, points: readonly number[]): Supremum =>
    largest(
      'closed form',
      [0, ...points.filter(u => u > 0 && u < 1)].map(u => {
        const b = (1 - u) ** m
        return [norm(b * (1 - 2 * m * u), b), Math.sqrt(u / (1 - u))]
      }),
    )
  return {
    name: 'plummer',
    tex: `\\frac{s}{(1+s^2)^{${m}}}`,
    // Here m s^-2 is far below one unit in the last place for every alpha in use.
    reach: 1e10,
    local: false,
    value: s => s * (1 + s * s) ** -m,
    slope: s => (1 + s * s) ** (-m - 1) * (1 - alpha * s * s),
    potential: (r, rc) => outer(Math.hypot(r, rc)) - (alpha > 1 ? 0 : outer(Math.hypot(1, rc))),
    suprema: d => {
      const root = Math.sqrt(d)
      const discriminant = (8 * m + 2) ** 2 - 16 * m * (m + 1) * (d + 2)
      return {
        force: largest('closed form', [[alpha ** (alpha / 2) * (alpha + 1) ** -m, alpha ** -0.5]]),
        euclidean: among(euclideanGradientNorm, []),
        frobenius: among(
          (a, b) => frobeniusGradientNorm(a, b, d),
          discriminant < 0 ? [] : [(8 * m + 2 + Math.sqrt(discriminant)) / (8 * m * (m + 1))],
        ),
        maximum: among(
          (a, b) => maximumGradientNorm(a, b, d),
          [(root - 2) / ((root - 1) * (m + 1)), (root + 2) / ((root + 1) * (m + 1))],
        ),
      }
    },
    difference: d => {
      if (alpha >= d) return unbounded('r^-alpha is not integrable at 0')
      if (alpha <= d - 2) return unbounded('s^-alpha - g decays like s^(-alpha-2), not integrable at infinity')
      const power = inversePower(alpha)
      // s^-alpha - g = s^-alpha (1 - (1 + s^-2)^-m), without cancellation.
      const gap = (s: number): number => -power(s) * Math.expm1(-m * Math.log1p(s ** -2)) * s ** (d - 1)
      // Powers that make both ends regular: s = t^(1/(d-alpha)) on (0, 1), s = t^(-1/(alpha+2-d)) on (1, infinity).
      const near = 1 / (d - alpha)
      const far = 1 / (alpha + 2 - d)
      const inner = integrate(t => gap(t ** near) * near * t ** (near - 1), 0, 1)
      const tail = integrate(t => gap(t ** -far) * far * t ** (-far - 1), 0, 1)
      const value = inner.value + tail.value
      return estimated(value, inner.high - inner.value + tail.high - tail.value, 'adaptive quadrature')
    },
  }
}
