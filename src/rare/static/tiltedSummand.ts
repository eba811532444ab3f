/**
 * A term of known place: its law tilted by exp(theta h), by quadrature.
 */
import { wasmCore } from '../../wasm/core.js'
import type { TiltedPair } from './tiltedPair.js'

/** What the tilt exp(theta h) makes of the law of h. */
export interface Tilted {
  /** ln M(theta), M = E exp(theta h). */
  readonly logM: number
  /** (ln M)' and (ln M)'', mean and variance of h under the tilt. */
  readonly mean: number
  readonly variance: number
  /** Probability under the tilt that the other particle is near. */
  readonly near: number
}

/** h for a fixed q and Q of the law. */
export interface TiltedSummand {
  tilted(theta: number): Tilted
  /**
   * theta >= 0 with (ln M)'(theta) = mean, or the largest that is tried, 25 times the scale; 0 where the mean is below
   * that of no tilt.
   * @param accuracy of theta h, absolute
   */
  saddlepoint(mean: number, accuracy: number): number
}

/** Of theta in units of its scale: with more, rejection becomes slow. Every theta is exact, the saddlepoint is best. */
const LARGEST = 25

/**
 * The tilted law of h.
 * @param along q_1
 * @param across |(q_2, q_3)|
 * @param refinement multiplies the numbers of nodes, default 1
 */
export function tiltedSummand(pair: TiltedPair, along: number, across: number, refinement: number = 1): TiltedSummand {
  const { exp } = wasmCore()
  const { scale } = pair
  const { h, weight, count, near: nearNodes } = pair.nodes(along, across, refinement)
  const tilted = (theta: number): Tilted => {
    // No overflow.
    const shift = pair.largest(theta)
    let [M, first, second, near] = [0, 0, 0, 0]
    for (let n = 0; n < count; n++) {
      const e = weight[n]! * exp(theta * h[n]! - shift)
      M += e
      first += e * h[n]!
      second += e * h[n]! * h[n]!
      if (n === nearNodes - 1) near = M
    }
    const mean = first / M
    return { logM: Math.log(M) + shift, mean, variance: second / M - mean * mean, near: near / M }
  }
  return {
    tilted,
    saddlepoint: (mean, accuracy) => {
      const free = tilted(0)
      const gain = mean - free.mean
      if (!(gain > 0)) return 0
      let [low, high] = [0, LARGEST * scale]
      let theta = Math.min(gain / free.variance, 6 * scale)
      for (let step = 0; step < 60; step++) {
        const at = tilted(theta)
        if (at.mean > mean) high = theta
        else low = theta
        // Newton's step for ln of what the mean has gained, which is nearly linear, in what is known to contain the
        // root.
        const gained = at.mean - free.mean
        const wanted = theta + (Math.log(gain / gained) * gained) / at.variance
        const next = wanted > low && wanted < high ? wanted : 0.5 * (low + high)
        const change = Math.abs(next - theta)
        theta = next
        if (change <= accuracy * scale) break
      }
      return theta
    },
  }
}
