/**
 * A component of the force of one particle on another of known place: its law tilted by exp(theta h), by quadrature.
 */
import { gaussLegendre } from '../../base/numerics/quadrature.js'
import { wasmCore } from '../../wasm/core.js'

/** The normal law of positions, and the kernel (4). */
export interface StaticProblem {
  /** Standard deviation of each coordinate. */
  readonly sigmaQ: number
  /** r_c = N^-delta. */
  readonly cutoffRadius: number
}

/** What the tilt exp(theta h) makes of the law of h. */
export interface Tilted {
  /** ln M(theta), M = E exp(theta h). */
  readonly logM: number
  /** (ln M)' and (ln M)'', mean and variance of h under the tilt. */
  readonly mean: number
  readonly variance: number
  /** Probability under the tilt that the other particle is nearer than 2 r_c. */
  readonly near: number
}

/** h = k_1(q - Q) for a fixed q and Q of the law. */
export interface TiltedSummand {
  tilted(theta: number): Tilted
  /**
   * theta >= 0 with (ln M)'(theta) = mean, or the largest that is tried, 25 r_c^2; 0 where the mean is below that of no
   * tilt.
   * @param accuracy of theta h, absolute
   */
  saddlepoint(mean: number, accuracy: number): number
}

/**
 * Nodes of the cosine of the angle with the axis, and of the radius up to r_c, 2 r_c, 1.5 sigma behind, and the end.
 */
const ANGULAR = 32
const RADIAL = [16, 16, 16, 32]
/** Standard deviations behind which nothing is seen: e^(-36). */
const REACH = 8.5
/** Of theta sup h: with more, rejection becomes slow. Every theta is exact, the saddlepoint is best. */
const LARGEST = 25

/**
 * The tilted law of h = k_1(q - Q). With Q = q - r w, w on the sphere, w_1 = mu, the density of (r, mu) is
 * (2 pi)^(-1/2) sigma^-3 r^2 exp(-(|q|^2 + r^2)/2 sigma^2 + r q_1 mu/sigma^2) I_0(r |q_perp| sqrt(1 - mu^2)/sigma^2).
 * @param along q_1
 * @param across |(q_2, q_3)|
 * @param refinement multiplies the numbers of nodes, default 1
 */
export function tiltedSummand(
  { sigmaQ, cutoffRadius }: StaticProblem,
  along: number,
  across: number,
  refinement: number = 1,
): TiltedSummand {
  const { exp } = wasmCore()
  // In units of sigma, where a force is sigma^-2 times its number.
  const [a, b, rc] = [along / sigmaQ, across / sigmaQ, cutoffRadius / sigmaQ]
  const unit = 1 / (sigmaQ * sigmaQ)
  const R = Math.hypot(a, b)
  const middle = 2 * rc + 1.5
  const cuts = [0, rc, 2 * rc, middle, Math.max(middle + 1, R + REACH)]
  const angles = gaussLegendre(ANGULAR * refinement)
  const total = RADIAL.reduce((sum, n) => sum + n, 0) * refinement * angles.nodes.length
  const h = new Float64Array(total)
  const weight = new Float64Array(total)
  let count = 0
  let nearNodes = 0
  for (let s = 0; s < RADIAL.length; s++) {
    const rule = gaussLegendre(RADIAL[s]! * refinement)
    const half = 0.5 * (cuts[s + 1]! - cuts[s]!)
    for (let i = 0; i < rule.nodes.length; i++) {
      const r = cuts[s]! + half * (1 + rule.nodes[i]!)
      const size = (s === 0 ? r / (rc * rc * rc) : 1 / (r * r)) * unit
      const radial = (half * rule.weights[i]! * r * r) / Math.sqrt(2 * Math.PI)
      for (let k = 0; k < angles.nodes.length; k++) {
        const mu = angles.nodes[k]!
        const x = r * b * Math.sqrt(1 - mu * mu)
        const density = exp(x + r * a * mu - 0.5 * (R * R + r * r))
        if (density * r * r < 1e-20) continue
        h[count] = size * mu
        weight[count] = radial * angles.weights[k]! * density * scaledI0(x)
        count++
      }
    }
    if (s === 1) nearNodes = count
  }
  const tilted = (theta: number): Tilted => {
    // h <= sup h: no overflow.
    const shift = (theta * unit) / (rc * rc)
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
  const scale = (rc * rc) / unit
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

/** e^-x I_0(x), x >= 0: its series, and Hankel's expansion where that is exact to rounding. */
function scaledI0(x: number): number {
  let [sum, term] = [1, 1]
  if (x < 20) {
    const square = 0.25 * x * x
    for (let k = 1; term > 1e-17 * sum; k++) {
      term *= square / (k * k)
      sum += term
    }
    return sum * wasmCore().exp(-x)
  }
  for (let k = 1; k < 30 && Math.abs(term) > 1e-17; k++) {
    term *= (2 * k - 1) ** 2 / (8 * k * x)
    sum += term
  }
  return sum / Math.sqrt(2 * Math.PI * x)
}
