/**
 * Homogeneous balls whose radius is known for all times: oracles for solvers of (1). Read by the claim on (24)-(26),
 * notebooks and tests.
 */
import { requireNumber, requireOneOf, requireOptions, requirePositive, type Sigma } from '../../base/errors.js'
import { findRoot } from '../../base/numerics/roots.js'
import type { KurthOptions } from '../../law/kurthLaw.js'
import { wasmCore } from '../../wasm/core.js'

/** The motion of a homogeneous ball at one time. */
export interface BallMotion {
  /** R(t). */
  readonly radius: number
  /** R'(t). */
  readonly speed: number
}

/** {@link kurthRadius} at a time. */
export interface KurthRadiusOptions extends KurthOptions {
  /** 1, -1, or 0 for free motion. */
  readonly sigma: Sigma
  /** Time, >= 0 and finite. */
  readonly t: number
}

/**
 * The radius of Kurth's law (`kurthLaw`) under (1), kernel (2) without cut-off: R'' = (R_0 P)^2/R^3 + sigma/R^2,
 * R(0) = R_0, R'(0) = H R_0. By Runge and Kutta's method of order 4, with twice as many steps until nothing changes.
 * @returns R(t) and R'(t), with the error that the last doubling shows, relative to max{R, |R'|}
 * @throws TypeError, RangeError naming the argument
 * @source Kurth 1978, doi:10.1090/qam/508773
 * @example kurthRadius({ momentumRadius: 1, sigma: -1, t: 3 }).radius // 1: stationary
 */
export function kurthRadius(options: KurthRadiusOptions): BallMotion & { readonly error: number } {
  requireOptions<KurthRadiusOptions>('kurthRadius', options, {
    radius: true,
    rate: true,
    momentumRadius: true,
    sigma: true,
    t: true,
  })
  const { radius: R0 = 1, rate: H = 0 } = options
  requirePositive('radius', R0)
  const { momentumRadius: P = 1 / Math.sqrt(R0), sigma, t } = options
  requirePositive('momentumRadius', P)
  requireNumber('rate', H, -Number.MAX_VALUE, Number.MAX_VALUE, 'a finite number')
  requireOneOf('sigma', sigma, [1, -1, 0])
  requireNumber('t', t, 0, Number.MAX_VALUE, 'a finite number >= 0')
  const spin = (R0 * P) ** 2
  let before = rungeKutta(R0, H * R0, spin, sigma, t, 64)
  for (let steps = 128; ; steps *= 2) {
    const now = rungeKutta(R0, H * R0, spin, sigma, t, steps)
    const change = Math.abs(now.radius - before.radius) + Math.abs(now.speed - before.speed)
    // Order 4: the finer of two is 15 times nearer.
    const error = change / 15 / Math.max(now.radius, Math.abs(now.speed))
    if (error < 1e-13 || steps >= 1 << 17) return { ...now, error }
    before = now
  }
}

function rungeKutta(R0: number, V0: number, spin: number, sigma: number, t: number, steps: number): BallMotion {
  const pull = (R: number): number => (spin / R + sigma) / (R * R)
  let [R, V] = [R0, V0]
  const h = t / steps
  for (let n = 0; n < steps; n++) {
    const [a1, b1] = [V, pull(R)]
    const [a2, b2] = [V + 0.5 * h * b1, pull(R + 0.5 * h * a1)]
    const [a3, b3] = [V + 0.5 * h * b2, pull(R + 0.5 * h * a2)]
    const [a4, b4] = [V + h * b3, pull(R + h * a3)]
    R += (h / 6) * (a1 + 2 * a2 + 2 * a3 + a4)
    V += (h / 6) * (b1 + 2 * b2 + 2 * b3 + b4)
  }
  return { radius: R, speed: V }
}

/** {@link coldBallRadius} at a time. */
export interface ColdBallOptions {
  /** R_0 > 0, default 1. */
  readonly radius?: number
  readonly sigma: Sigma
  /** Time, >= 0; before the collapse for sigma = -1. */
  readonly t: number
}

/**
 * A homogeneous ball of mass 1 that starts at rest, under the kernel (2) without cut-off: it stays homogeneous, every
 * particle moves along its radius as q(t) = q(0) R(t)/R_0, and R'' = sigma/R^2 (for sigma = 0 it stays). In closed form
 * with T = (R_0^3/8)^(1/2):
 *   sigma = 1:  R = R_0 (1 + cosh u)/2, t = T (u + sinh u);
 *   sigma = -1: R = R_0 (1 + cos u)/2, t = T (u + sin u), collapse at u = pi.
 * @returns R(t) and R'(t), to rounding
 * @throws TypeError, RangeError naming the argument; for t from {@link coldCollapseTime} on if sigma = -1
 * @source energy R'^2/2 + sigma/R = sigma/R_0 of the shell of radius R
 * @example coldBallRadius({ sigma: -1, t: Math.sqrt(1 / 8) * (Math.PI / 2 + 1) }).radius // 0.5
 */
export function coldBallRadius(options: ColdBallOptions): BallMotion {
  requireOptions<ColdBallOptions>('coldBallRadius', options, { radius: true, sigma: true, t: true })
  const { radius: R0 = 1, sigma, t } = options
  requirePositive('radius', R0)
  requireOneOf('sigma', sigma, [1, -1, 0])
  requireNumber('t', t, 0, Number.MAX_VALUE, 'a finite number >= 0')
  const end = coldCollapseTime(R0)
  if (sigma === -1 && !(t < end)) throw new RangeError(`t must be before the collapse at ${end}, got ${t}`)
  const { sin, cos, exp } = wasmCore()
  const x = t / Math.sqrt(R0 ** 3 / 8)
  if (x === 0 || sigma === 0) return { radius: R0, speed: 0 }
  const unit = Math.sqrt(2 / R0)
  if (sigma === -1) {
    const u = findRoot(v => v + sin(v) - x, 0, Math.PI)
    return { radius: 0.5 * R0 * (1 + cos(u)), speed: (-unit * sin(u)) / (1 + cos(u)) }
  }
  // sinh u >= u + u^3/6 bounds the root from above by x/2, and u + sinh u >= sinh u by ln(2x + 1).
  const sinh = (v: number): number => (v < 1e-2 ? v * (1 + (v * v) / 6 + v ** 4 / 120) : 0.5 * (exp(v) - exp(-v)))
  const u = findRoot(v => v + sinh(v) - x, 0, (x < 1 ? x / 2 : Math.min(x / 2, Math.log(2 * x + 1))) * (1 + 1e-12))
  const half = sinh(u / 2)
  // (1 + cosh u)/2 = 1 + sinh^2(u/2), and sinh u/(1 + cosh u) = tanh(u/2).
  return { radius: R0 * (1 + half * half), speed: (unit * half) / Math.sqrt(1 + half * half) }
}

/**
 * When the cold ball with sigma = -1 has fallen to a point: pi (R_0^3/8)^(1/2).
 * @example coldCollapseTime(1) // 1.1107...
 */
export function coldCollapseTime(radius: number): number {
  return Math.PI * Math.sqrt(requirePositive('radius', radius) ** 3 / 8)
}
