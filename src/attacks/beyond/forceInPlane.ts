/**
 * Samples of the force on independent particles in the plane. Used by the claim on d = 2 and its figure.
 */

import type { RandomStream } from '../../base/random.js'
import { forces } from '../../forces/forces.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'

/** Positions of N points of the unit disc, each draw repeated; structure of arrays. */
export function disc(N: number, copies: number, stream: RandomStream): Float64Array {
  const q = new Float64Array(2 * N)
  for (let i = 0; i < N; i++) {
    if (i % copies !== 0) {
      q[i] = q[i - 1]!
      q[N + i] = q[N + i - 1]!
      continue
    }
    let [x, y] = [1, 1]
    while (x * x + y * y > 1) [x, y] = [2 * stream.uniform() - 1, 2 * stream.uniform() - 1]
    q[i] = x
    q[N + i] = y
  }
  return q
}

/** The largest |K - Kbar| of one sample of independent particles, over those with |q| < 1 - r_c, where Kbar(q) = q. */
export function largestInPlane(N: number, delta: number, stream: RandomStream): number {
  const kernel = cutoffKernel({ N, delta, d: 2 })
  const q = disc(N, 1, stream)
  const { force } = forces(q, kernel, { tolerance: 1e-9 })
  let largest = 0
  for (let i = 0; i < N; i++) {
    if (Math.hypot(q[i]!, q[N + i]!) >= 1 - kernel.cutoffRadius) continue
    largest = Math.max(largest, Math.hypot(force[i]! - q[i]!, force[N + i]! - q[N + i]!))
  }
  return largest
}
