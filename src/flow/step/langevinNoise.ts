/**
 * The noise of Remark 4.5.2: Brownian paths with a named stream, for dp = (F - gamma p) dt + sqrt(2 D) dW. The same
 * path can drive Psi and Phi, and runs of different steps see the same path.
 */

import { quote, requireInteger, requireNumber, requireOptions, requirePositive } from '../../base/errors.js'
import { randomStream, type StreamName, streamKey } from '../../base/random.js'
import { requireShape } from '../../base/shape.js'
import { wasmCore } from '../../wasm/core.js'

/** What names and sizes a path. */
export interface LangevinNoiseOptions {
  /** A full key, or its parts; the parts get the stream 'noise'. */
  readonly key: string | Omit<StreamName, 'stream'>
  /** Number of particles. */
  readonly N: number
  /** Dimension, default 3. */
  readonly d?: number
  /** D >= 0: the momentum of a free particle spreads like <|p_a|^2> = 2 D t. */
  readonly diffusion: number
  /** gamma >= 0, default 0: no friction. */
  readonly friction?: number
  /** The path is defined on [0, T]. */
  readonly T: number
  /** Number of steps of the finest grid on which the path is drawn; runs use a divisor of it. */
  readonly resolution: number
}

/** A Brownian path for N particles, drawn again wherever it is asked for, so that it takes no memory. */
export interface LangevinNoise {
  readonly key: string
  readonly N: number
  readonly d: number
  readonly diffusion: number
  readonly friction: number
  readonly T: number
  readonly resolution: number
  /**
   * What the noise adds over [t, t + h], t = n h, with the force left out: p -> decay p + P, q -> q + glide p + Q.
   * @param n step number, 0 ... steps-1
   * @param steps number of steps of [0, T]; divides the resolution
   * @param P where the momentum increments are written, length d*N
   * @param Q where the position increments are written, length d*N
   */
  increments(n: number, steps: number, P: Float64Array, Q: Float64Array): void
  /** e^(-gamma h) and (1 - e^(-gamma h))/gamma for h = T/steps. */
  propagator(steps: number): { readonly decay: number; readonly glide: number }
}

/** Most fine steps: a coarse step adds up all fine ones in it. */
const FINEST = 1e9

/**
 * The noise of dq = p dt, dp = (F - gamma p) dt + sqrt(2 D) dW with independent Brownian motions W for all coordinates.
 * Over one fine step h the pair P = sqrt(2D) int e^(-gamma (h-s)) dW_s, Q = sqrt(2D) int (1 - e^(-gamma (h-s)))/gamma
 * dW_s is Gaussian with Var P = 2 D h phi(2 gamma h), Cov(P, Q) = D h^2 phi(gamma h)^2, Var Q = 2 D h^3 psi(gamma h),
 * phi(x) = (1 - e^-x)/x, psi(x) = (x - 2(1 - e^-x) + (1 - e^-2x)/2)/x^3, and is drawn from exactly this law. Longer
 * steps compose fine ones: P = e^(-gamma h2) P1 + P2, Q = Q1 + (1 - e^(-gamma h2))/gamma P1 + Q2. So a path is the
 * same, up to rounding, for every number of steps that divides the resolution, and free motion is exact for every step.
 * Fine step n takes its numbers from the stream `key/n`: any step can be drawn at any time.
 * @throws TypeError, RangeError naming the argument out of range
 * @source Remark 4.5.2; Chandrasekhar 1943, doi:10.1103/RevModPhys.15.1
 * @example langevinNoise({ key: '1/demo/noise', N: 100, diffusion: 0.1, T: 1, resolution: 64 }).propagator(64).decay // 1
 */
export function langevinNoise(options: LangevinNoiseOptions): LangevinNoise {
  requireOptions<LangevinNoiseOptions>('langevinNoise', options, {
    key: true,
    N: true,
    d: true,
    diffusion: true,
    friction: true,
    T: true,
    resolution: true,
  })
  const { N, d = 3, diffusion, friction = 0, T, resolution } = options
  requireInteger('N', N, 1)
  requireInteger('d', d, 1)
  requireNumber('diffusion', diffusion, 0, Number.MAX_VALUE, 'a finite number >= 0')
  requireNumber('friction', friction, 0, Number.MAX_VALUE, 'a finite number >= 0')
  requirePositive('T', T)
  requireInteger('resolution', resolution, 1)
  if (resolution > FINEST) requireInteger('resolution', resolution, 1, FINEST)
  if (typeof options.key !== 'string' && (typeof options.key !== 'object' || options.key === null)) {
    throw new TypeError(`key must be a string or {seed, law, N, ...}, got ${quote(options.key)}`)
  }
  const key = typeof options.key === 'string' ? options.key : streamKey({ ...options.key, stream: 'noise' })
  const size = d * N
  const fine = T / resolution
  const spreadP = Math.sqrt(2 * diffusion * fine * phi(2 * friction * fine))
  const covariance = diffusion * fine * fine * phi(friction * fine) * phi(friction * fine)
  const slope = spreadP === 0 ? 0 : covariance / spreadP
  const rest = 2 * diffusion * fine * fine * fine * psi(friction * fine) - slope * slope
  const spreadQ = Math.sqrt(Math.max(0, rest))
  const decayFine = wasmCore().exp(-friction * fine)
  const glideFine = fine * phi(friction * fine)
  return {
    key,
    N,
    d,
    diffusion,
    friction,
    T,
    resolution,
    increments(n, steps, P, Q) {
      const ratio = stepRatio(steps, resolution)
      requireInteger('n', n, 0, steps - 1)
      P.fill(0)
      Q.fill(0)
      if (diffusion === 0) return
      for (let f = n * ratio; f < (n + 1) * ratio; f++) {
        const stream = randomStream(`${key}/${f}`)
        for (let k = 0; k < size; k++) {
          const first = stream.normal()
          const second = stream.normal()
          const before = P[k]!
          Q[k] = Q[k]! + glideFine * before + slope * first + spreadQ * second
          P[k] = decayFine * before + spreadP * first
        }
      }
    },
    propagator(steps) {
      stepRatio(steps, resolution)
      const h = T / steps
      return { decay: wasmCore().exp(-friction * h), glide: h * phi(friction * h) }
    },
  }
}

function stepRatio(steps: number, resolution: number): number {
  requireInteger('steps', steps, 1)
  if (resolution % steps !== 0) {
    throw new RangeError(`steps must divide the resolution ${resolution} of the noise, got ${steps}`)
  }
  return resolution / steps
}

/** (1 - e^-x)/x for x >= 0. */
function phi(x: number): number {
  if (x > 1) return (1 - wasmCore().exp(-x)) / x
  // sum_k (-x)^k/(k+1)!; 20 terms leave 1/21! < 1e-19 at x = 1.
  let term = 1
  let sum = 1
  for (let k = 1; k < 20; k++) {
    term *= -x / (k + 1)
    sum += term
  }
  return sum
}

/** (x - 2 (1 - e^-x) + (1 - e^-2x)/2)/x^3 for x >= 0, 1/3 at 0. */
function psi(x: number): number {
  if (x > 1) {
    const e = wasmCore().exp(-x)
    return (x - 2 * (1 - e) + (1 - e * e) / 2) / (x * x * x)
  }
  // sum_{k>=3} (-1)^(k+1) (2^(k-1) - 2) x^(k-3)/k!; the term k = 30 is below 1e-23 at x = 1.
  let sum = 0
  let factor = 1 / 6
  let power = 4
  for (let k = 3; k < 31; k++) {
    sum += factor * (power - 2)
    factor *= -x / (k + 1)
    power *= 2
  }
  return sum
}

/** Requires what a flow is told of its noise; undefined: none. @throws TypeError, RangeError */
export function requireNoise(noise: unknown): void {
  if (noise === undefined) return
  requireShape<{ diffusion: number; friction?: number }>('noise', noise, {
    diffusion: 'number',
    friction: { optional: 'number' },
  })
}
