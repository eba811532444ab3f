/**
 * Where an array of coordinates stops being finite: asked after every drift, force and step.
 */

/** The first particle with an entry that is not finite in x (length d*N, structure of arrays), -1 if there is none. */
export function firstNonFinite(x: Float64Array, N: number): number {
  let sum = 0
  // The difference is 0 for finite numbers and NaN for all others.
  for (let k = 0; k < x.length; k++) sum += x[k]! - x[k]!
  if (sum === 0) return -1
  let first = N
  for (let k = 0; k < x.length; k++) if (x[k]! - x[k]! !== 0) first = Math.min(first, k % N)
  return first
}
