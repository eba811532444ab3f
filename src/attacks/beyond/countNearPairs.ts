/**
 * Encounters of particles that move freely, q + p t with standard normal q and p. Used by the claim on the cut-offs of
 * later papers.
 */
import type { RandomStream } from '../../base/random.js'

/** The clouds whose pairs are counted. */
export interface FreeClouds {
  readonly d: number
  readonly N: number
  readonly clouds: number
  /** Each independent particle is there so many times, with places 1e-9 apart; 1: all are independent. */
  readonly copies: number
  readonly distance: number
}

/** The pairs, over all clouds, that come nearer than a distance at some time in [0, 1]. */
export function countNearPairs({ d, N, clouds, copies, distance }: FreeClouds, stream: RandomStream): number {
  const [q, p] = [new Float64Array(d * N), new Float64Array(d * N)]
  let count = 0
  for (let cloud = 0; cloud < clouds; cloud++) {
    for (let i = 0; i < N; i++) {
      for (let a = 0; a < d; a++) {
        const copied = i % copies !== 0
        const at = d * i + a
        q[at] = copied ? q[at - d]! + 1e-9 : stream.normal()
        p[at] = copied ? p[at - d]! : stream.normal()
      }
    }
    for (let i = 0; i < N; i++) {
      for (let j = 0; j < i; j++) if (closest(q, p, d * i, d * j, d) < distance ** 2) count++
    }
  }
  return count
}

/** The least square of the distance of two particles, whose coordinates start at i and j, over [0, 1]. */
function closest(q: Float64Array, p: Float64Array, i: number, j: number, d: number): number {
  let [x2, xv, v2] = [0, 0, 0]
  for (let a = 0; a < d; a++) {
    const x = q[i + a]! - q[j + a]!
    const v = p[i + a]! - p[j + a]!
    x2 += x * x
    xv += x * v
    v2 += v * v
  }
  const t = v2 > 0 ? Math.min(1, Math.max(0, -xv / v2)) : 0
  return x2 + t * (2 * xv + t * v2)
}
