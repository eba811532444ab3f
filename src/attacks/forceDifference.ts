/**
 * Difference quotients of a kernel without cancellation: what the attacks on Lemma 6.3 and Definition 2.1 maximise.
 */
import { maximize } from '../base/numerics/optimize.js'
import type { RandomStream } from '../base/random.js'
import { type Kernel, kernelForce, maximumNorm } from '../interaction/kernel.js'

/** The norms of R^3 in which the claims are stated and used. */
export type VectorNorm = 'euclidean' | 'maximum'

/** |x| or |x|_inf. The squares must not overflow: this is a hot path, and Math.hypot is ten times as slow. */
export function vectorNorm(norm: VectorNorm, x: ArrayLike<number>): number {
  if (norm === 'maximum') return maximumNorm(x)
  let sum = 0
  for (let a = 0; a < x.length; a++) sum += x[a]! * x[a]!
  return Math.sqrt(sum)
}

/**
 * The direction e in which |e|_inf / |e| is largest, which is 1 along an axis: what the claims that hold in both norms
 * attack.
 */
export function searchAxis(stream: RandomStream): { readonly value: number; readonly direction: readonly number[] } {
  const start = (s: RandomStream): number[] => [s.normal(), s.normal(), s.normal()]
  const { value, x } = maximize(e => maximumNorm(e) / Math.hypot(...e), start, stream, 4, 0.5)
  return { value, direction: Array.from(x, e => e / Math.hypot(...x)) }
}

/**
 * Smallest |xi| in units of the cut-off radius for which the plain difference of two forces is used: its rounding
 * error 1e-16 then stays below 1e-11 of the quotient.
 */
export const SMALLEST_PLAIN_STEP = 1e-4

/**
 * k(q) - k(q + xi). Where both points lie outside the cut-off it is sigma [ q (r^-p - s^-p) - xi s^-p ], p = alpha + 1,
 * r = |q|, s = |q + xi|, with r^-p - s^-p = -r^-p expm1(-p ln(s/r)) and ln(s/r) = log1p((2 q.xi + |xi|^2)/r^2)/2: good
 * to rounding however small xi is. Elsewhere it is the plain difference.
 * @param out where to write, length d
 * @returns whether the result is good to 1e-11: false for a plain difference with |xi| below {@link
 * SMALLEST_PLAIN_STEP} r_c
 */
export function forceDifference(
  kernel: Kernel,
  q: ArrayLike<number>,
  xi: ArrayLike<number>,
  out: Float64Array,
): boolean {
  const { d, alpha, sigma, cutoffRadius } = kernel
  let r2 = 0
  let change = 0
  for (let a = 0; a < d; a++) {
    r2 += q[a]! * q[a]!
    change += (2 * q[a]! + xi[a]!) * xi[a]!
  }
  const edge = cutoffRadius * cutoffRadius
  if (r2 >= edge && r2 + change >= edge && r2 > 0 && r2 + change > 0) {
    const p = alpha + 1
    const far = sigma * r2 ** (-0.5 * p)
    const ratio = Math.expm1(-0.5 * p * Math.log1p(change / r2))
    for (let a = 0; a < d; a++) out[a] = -far * (q[a]! * ratio + xi[a]! * (1 + ratio))
    return true
  }
  const there = new Float64Array(d)
  const moved = Float64Array.from({ length: d }, (_, a) => q[a]! + xi[a]!)
  kernelForce(kernel, q, out)
  kernelForce(kernel, moved, there)
  for (let a = 0; a < d; a++) out[a] = out[a]! - there[a]!
  return maximumNorm(xi) >= SMALLEST_PLAIN_STEP * Math.min(cutoffRadius, 1)
}
