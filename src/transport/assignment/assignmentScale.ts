/**
 * A common power of two that brings two clouds into reach of floating point: scaling by it is exact, and no cost
 * overflows or loses its digits.
 */
import type { PointCloud } from '../pointCloud.js'

/**
 * A power of two s with |x - y| <= s for all points of both clouds (not much larger than it must be); 1 if all are one.
 */
export function assignmentScale(X: PointCloud, Y: PointCloud): number {
  // Halved, so that the extent of coordinates near the largest double stays finite.
  let half = 0
  for (let a = 0; a < X.d; a++) {
    let low = Number.POSITIVE_INFINITY
    let high = Number.NEGATIVE_INFINITY
    for (const { n, x } of [X, Y]) {
      for (let k = a * n; k < (a + 1) * n; k++) {
        const v = 0.5 * x[k]!
        if (v < low) low = v
        if (v > high) high = v
      }
    }
    half = Math.max(half, high - low)
  }
  if (half === 0) return 1
  const wanted = 2 * Math.ceil(Math.sqrt(X.d))
  // The ends keep 1/s, and s times anything below 1, a normal double.
  let s = 1
  while (s < half && s < 2 ** 1000) s *= 2
  while (0.5 * s >= half && s > 2 ** -1000) s *= 0.5
  for (let factor = 1; factor < wanted && s < 2 ** 1020; factor *= 2) s *= 2
  return s
}

/** The points in units of `scale`, point by point (coordinate a of point i at i * d + a), in the given order. */
export function scaledPoints({ n, d, x }: PointCloud, scale: number, order: Int32Array, out: Float64Array): void {
  const factor = 1 / scale
  for (let i = 0; i < n; i++) {
    const from = order[i]!
    for (let a = 0; a < d; a++) out[i * d + a] = x[a * n + from]! * factor
  }
}

/**
 * In which units dual potentials are handed out: those of the clouds (unit 1, factor scale^p) where scale^p is exact
 * and far from the ends of the range, those of the solver (unit `scale`, factor 1) otherwise.
 */
export function dualUnits(scale: number, p: number): { factor: number; unit: number } {
  let exponent = 0
  for (let s = scale; s > 1; s /= 2) exponent++
  for (let s = scale; s < 1; s *= 2) exponent--
  if (!Number.isInteger(p) || Math.abs(exponent * p) > 400) return { factor: 1, unit: scale }
  let factor = 1
  for (let k = 0; k < p; k++) factor *= scale
  return { factor, unit: 1 }
}
