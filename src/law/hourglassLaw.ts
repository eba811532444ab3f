/**
 * The hourglass: constant density on the double cone |q_3| > |q|/sqrt 3 inside a ball, where d_3 k_3 keeps one sign.
 * The density for which the Lipschitz constant of k^N_delta * rho really grows like log N.
 */
import { requireOptions, requirePositive } from '../base/errors.js'
import { integrate } from '../base/numerics/quadrature.js'
import { type Estimate, estimated, exact } from '../base/statistics/estimate.js'
import { type Kernel, requireKernel } from '../interaction/kernel.js'
import { wasmCore } from '../wasm/core.js'
import type { Law, LawEntry } from './law.js'
import { lengthOf } from './lengthOf.js'
import { ballMoment, ballPairMoment } from './moments.js'
import { drawInBall, drawParticles, writeDirection } from './sampling.js'
import { isUniformlySmeared } from './uniformBallLaw.js'

/** Options of {@link hourglassLaw}. */
export interface HourglassOptions {
  /** Radius of the ball that cuts the double cone, > 0, default 1. */
  readonly radius?: number
  /** Radius of the ball of momenta, > 0, default 1. */
  readonly momentumRadius?: number
}

/** Cosine of the half opening angle of the cone: where 1 - 3 cos^2 changes sign. */
const COSINE: number = 1 / Math.sqrt(3)

/**
 * f0 constant on {|q| < R, |q_3| > |q|/sqrt 3} x {|p| < P}: rho = 3/(4 pi R^3 (1 - 1/sqrt 3)) on the double cone.
 * |q| and |p| have the moments of uniform balls. Sampled by |q| = R u^{1/3} and a uniform cosine in +-(1/sqrt 3, 1).
 * @throws TypeError, RangeError unless both radii are finite and > 0
 * @example hourglassLaw().rhoSup // 0.56484...
 */
export function hourglassLaw(options: HourglassOptions = {}): Law {
  requireOptions<HourglassOptions>('hourglassLaw', options, { radius: true, momentumRadius: true })
  const { radius = 1, momentumRadius = 1 } = options
  requirePositive('radius', radius)
  requirePositive('momentumRadius', momentumRadius)
  const rho0 = hourglassDensity(radius)
  const densitySup = (rho0 * 3) / (4 * Math.PI * momentumRadius ** 3)
  const inside = (q: ArrayLike<number>): boolean => {
    const r = lengthOf(q)
    return r < radius && Math.abs(q[2]!) > r * COSINE
  }
  return {
    name: 'hourglass',
    tex: 'f_0(q,p)\\propto 1_{|q|<R}\\,1_{|q_3|>|q|/\\sqrt3}\\,1_{|p|<P}',
    parameters: { radius, momentumRadius },
    density: (q, p) => (inside(q) && lengthOf(p) < momentumRadius ? densitySup : 0),
    spatialDensity: q => (inside(q) ? rho0 : 0),
    densitySup,
    rhoNorm1: 1,
    rhoSup: rho0,
    momentumMoment: m => ballMoment(momentumRadius, m),
    positionMoment: m => ballMoment(radius, m),
    phaseMoment: m => ballPairMoment(radius, momentumRadius, m),
    support: { q: radius, p: momentumRadius },
    symmetry: 'axial',
    sample: (N, stream) => {
      const core = wasmCore()
      return drawParticles(N, stream, (q, p) => {
        const r = radius * core.cbrt(stream.uniform())
        const u = 2 * stream.uniform() - 1
        const cosine = COSINE + (1 - COSINE) * Math.abs(u)
        writeDirection(r, u < 0 ? -cosine : cosine, stream, q)
        drawInBall(momentumRadius, stream, p)
      })
    },
  }
}

/** The law in the list of those that are built in. */
export const hourglassEntry: LawEntry = { name: 'hourglass', make: hourglassLaw }

/** The constant value of rho on the hourglass of the given radius. */
function hourglassDensity(radius: number): number {
  return 3 / (4 * Math.PI * radius ** 3 * (1 - COSINE))
}

/**
 * d/dq_3 (k*rho)_3 at the origin for the hourglass of radius R: with rho_0 = ||rho||_inf and kernel sigma g(r) q/r,
 *   4 pi sigma rho_0 [ (1/3)(1 - 3^{-3/2}) g(R) R^2 - 2 3^{-3/2} int_0^R g(r) r dr ],
 * from d_3 k_3 = sigma (g' c^2 + (g/r)(1 - c^2)) integrated over the cone, c the cosine to the axis, g' by parts.
 * For the cut-off kernel (4), r_c = N^{-delta} <= R, that is
 *   sigma rho_0 [ (4 pi/3)(1 - 1/sqrt 3) - (8 pi/(3 sqrt 3)) ln(R/r_c) ],
 * whose absolute value grows like (8 pi/(3 sqrt 3)) rho_0 delta ln N; for r_c > R all mass is inside and it is
 * sigma r_c^{-3}. The derivatives across the axis follow from the trace, the integral of div k: they are half of
 * 4 pi sigma rho_0 (1 - 1/sqrt 3) g(R) R^2 minus this.
 * @param radius R > 0
 * @param kernel in d = 3 with g(r) r integrable at 0, that is with a cut-off or alpha < 2
 * @throws RangeError for another dimension, or for alpha >= 2 without cut-off (the derivative does not exist)
 * @example hourglassGradientAtOrigin(1, cutoffKernel({ N: 1e6, delta: 0.3 })).value
 */
export function hourglassGradientAtOrigin(radius: number, kernel: Kernel): Estimate {
  requireKernel(kernel)
  requirePositive('radius', radius)
  const { alpha, cutoffRadius, d, sigma } = kernel
  if (d !== 3) throw new RangeError(`kernel.d must be 3, got ${d}`)
  if (alpha >= 2 && !(cutoffRadius > 0)) {
    throw new RangeError(`kernel must have a cut-off or alpha < 2, got alpha = ${alpha} and no cut-off`)
  }
  const front = 4 * Math.PI * sigma * hourglassDensity(radius)
  if (isUniformlySmeared(kernel)) {
    if (cutoffRadius >= radius) return exact(sigma / cutoffRadius ** 3, 'closed form: linear kernel')
    const bracket = (1 - COSINE) / 3 - (2 / 3) * COSINE * Math.log(radius / cutoffRadius)
    return exact(front * bracket, 'closed form', 1e-14)
  }
  const g = kernel.magnitude
  const integral = integrate(r => g(r) * r, 0, radius, { breaks: kernel.breaks })
  const boundary = ((1 - COSINE / 3) / 3) * g(radius) * radius * radius
  const value = front * (boundary - (2 / 3) * COSINE * integral.value)
  const error = Math.abs(front) * ((integral.high - integral.value) * COSINE + 8 * Number.EPSILON * boundary)
  return estimated(value, error, 'closed form in one adaptive quadrature')
}
