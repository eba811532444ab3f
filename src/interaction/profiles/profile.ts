/**
 * The radial profiles of the cut-off: what a kernel may look like inside r_c, in units s = r/r_c, g in units of
 * r_c^-alpha. A file of this folder is a profile; the list of them is made from the files. Read by
 * {@link cutoffKernel}; the constants by kernelNorms and checkRegularisation.
 */
import { type Estimate, exact } from '../../base/statistics/estimate.js'
import { inversePowerPotential } from '../inversePower.js'

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
  /** TeX of g(s). */
  readonly tex: string
  /** TeX of k where the profile acts, if that is simpler than by g. */
  readonly kernelTex?: string
  /** The profile acts for s < reach, and is s^-alpha (to rounding) from there on; 1 if local. */
  readonly reach: number
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

/** What the file of a profile exports, under the profile's name, which is that of the file. */
export interface ProfileRecord {
  /** What it is, in a few words. */
  readonly title: string
  /** Whether it is exactly s^-alpha for s >= 1. */
  readonly local: boolean
  /** How many derivatives of the kernel are continuous. The list goes by it, local profiles first. */
  readonly smoothness: number
  /** @param alpha exponent of the singularity, > 0 */
  build(alpha: number): Profile
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
