/**
 * Uniform in a ball of positions times uniform in a ball of momenta: bounded, compactly supported, and the density
 * whose mean field under the cut-off kernel (4) is a polynomial piece by piece.
 */
import { requireOptions, requirePositive } from '../base/errors.js'
import { gaussSum } from '../base/numerics/quadrature.js'
import { profileOf } from '../interaction/cutoffKernel.js'
import type { Kernel } from '../interaction/kernel.js'
import { wasmCore } from '../wasm/core.js'
import type { Law, LawEntry, RadialDensity } from './law.js'
import { lengthOf } from './lengthOf.js'
import { ballMoment, ballPairMoment } from './moments.js'
import { countsOf, gaussRule, onBoundary, type PhaseNodes, type PhaseResolution, productNodes } from './phaseNodes.js'
import { drawInBall, drawParticles, placeInBall } from './sampling.js'

/** Options of {@link uniformBallLaw}. */
export interface UniformBallOptions {
  /** Radius of the ball of positions, > 0, default 1. */
  readonly radius?: number
  /** Radius of the ball of momenta, > 0, default 1. */
  readonly momentumRadius?: number
}

/**
 * The uniform law on {|q| < R} x {|p| < P}: f0 = (4 pi/3)^{-2} (R P)^{-3} there, rho = 3/(4 pi R^3) on {|q| < R}.
 * All moments are finite: int |q|^m f0 = 3 R^m/(m+3). Sampled by |q| = R u^{1/3}.
 * @throws TypeError, RangeError unless both radii are finite and > 0
 * @example uniformBallLaw({ radius: 2 }).positionMoment(2) // 2.4
 */
export function uniformBallLaw(options: UniformBallOptions = {}): Law {
  requireOptions<UniformBallOptions>('uniformBallLaw', options, { radius: true, momentumRadius: true })
  const { radius = 1, momentumRadius = 1 } = options
  requirePositive('radius', radius)
  requirePositive('momentumRadius', momentumRadius)
  const rho0 = 3 / (4 * Math.PI * radius ** 3)
  const densitySup = (rho0 * 3) / (4 * Math.PI * momentumRadius ** 3)
  return {
    name: 'uniform-ball',
    tex: 'f_0(q,p)=\\left(\\tfrac{4\\pi}{3}\\right)^{-2}(RP)^{-3}\\,1_{|q|<R}\\,1_{|p|<P}',
    parameters: { radius, momentumRadius },
    density: (q, p) => (lengthOf(q) < radius && lengthOf(p) < momentumRadius ? densitySup : 0),
    spatialDensity: q => (lengthOf(q) < radius ? rho0 : 0),
    densitySup,
    rhoNorm1: 1,
    rhoSup: rho0,
    momentumMoment: m => ballMoment(momentumRadius, m),
    positionMoment: m => ballMoment(radius, m),
    phaseMoment: m => ballPairMoment(radius, momentumRadius, m),
    support: { q: radius, p: momentumRadius },
    radial: uniformBallDensity(radius),
    phaseNodes: resolution => ballPhaseNodes(radius, momentumRadius, resolution),
    // Five variates each: three coordinates of a uniform point on the sphere in R^5 are uniform in the ball of R^3.
    latent: {
      components: 10,
      place: (x, q, p) => {
        placeInBall(radius, x, 0, 5, q)
        placeInBall(momentumRadius, x, 5, 5, p)
      },
    },
    sample: (N, stream) =>
      drawParticles(N, stream, (q, p) => {
        drawInBall(radius, stream, q)
        drawInBall(momentumRadius, stream, p)
      }),
  }
}

/** The law in the list of those that are built in. */
export const uniformBallEntry: LawEntry = { name: 'uniform-ball', make: uniformBallLaw }

/** The radial profile of the uniform probability density on the ball of radius R. */
export function uniformBallDensity(R: number): RadialDensity {
  const rho0 = 3 / (4 * Math.PI * R ** 3)
  // The cosine at which the sphere of radius t around a point at distance x leaves the ball, clamped to [-1, 1].
  const exitCosine = (t: number, x: number): number => {
    if (t === 0 || x === 0) return Math.max(t, x) < R ? -1 : 1
    const [smaller, larger] = t < x ? [t, x] : [x, t]
    return Math.min(1, Math.max(-1, ((larger - R) * (larger + R) + smaller * smaller) / (2 * x * t)))
  }
  return {
    density: r => (r < R ? rho0 : 0),
    enclosedMass: r => Math.min(1, r / R) ** 3,
    breaks: [R],
    supportRadius: R,
    scale: R,
    uniform: true,
    monopole: (t, x) => 2 * Math.PI * rho0 * (1 - exitCosine(t, x)),
    dipole: (t, x) => {
      const c = exitCosine(t, x)
      return Math.PI * rho0 * (1 - c) * (1 + c)
    },
  }
}

/**
 * |k^N_delta * rho| at distance r from the centre, rho uniform on the ball of radius R and the kernel (4) with cut-off
 * a (a = 0: Coulomb), d = 3. Since k^N_delta = k * (uniform probability on the ball of radius a), it is M(r)/r^2 with M
 * the mass that the convolution u of two uniform balls has inside r. With b = |R - a|, c = R + a and m, M the smaller
 * and the larger radius: u = 3/(4 pi M^3) for s < b and the lens of two spheres over both volumes for b < s < c, so
 * that
 *   M(r) = (min(r, b)/M)^3 + 3/(16 a^3 R^3) int_b^{min(r, c)} s (c - s)^2 ((s - b)(s + 3b) + 4 m s) ds.
 * The integrand is a polynomial of degree 5, integrated exactly by three Gauss-Legendre nodes, and every term is
 * positive: no cancellation, for any ratio of a to R.
 * @example uniformBallField(1, 0, 2) // 1/4
 */
export function uniformBallField(R: number, a: number, r: number): number {
  const larger = Math.max(R, a)
  const b = Math.abs(R - a)
  const c = R + a
  if (r >= c) return 1 / (r * r)
  if (r <= b) return r / larger ** 3
  const m = Math.min(R, a)
  const lens = (s: number): number => s * (c - s) ** 2 * ((s - b) * (s + 3 * b) + 4 * m * s)
  // The cube of a tiny radius alone could underflow, so it is divided out one factor at a time.
  const mass = (b / larger) ** 3 + ((3 / (16 * larger ** 3)) * gaussSum(lens, b, r, 3)) / m / m / m
  return mass / (r * r)
}

/** Whether the kernel is Coulomb's or the cut-off kernel (4) in d = 3, so that the closed form of the ball applies. */
export function isUniformlySmeared(kernel: Kernel): boolean {
  if (kernel.d !== 3 || kernel.alpha !== 2) return false
  return kernel.cutoffRadius === 0 || profileOf(kernel)?.profile.name === 'truncated'
}

/**
 * Gauss rules on the two balls; in d = 2 their shadows, of density (3/2 pi R^3) sqrt(R^2 - r^2), in r = R sin(angle).
 */
function ballPhaseNodes(R: number, P: number, resolution: PhaseResolution): PhaseNodes {
  const { d } = resolution
  const [radii, speedCount] = countsOf(resolution)
  const edge = onBoundary(R, P)
  if (d === 3) {
    const speeds = gaussRule(speedCount, 0, P)
    const value = (3 / (4 * Math.PI)) ** 2 / (R * R * R * P * P * P)
    const rule = { radii: gaussRule(radii, 0, R), speeds: () => speeds, density: () => value, edge }
    return { ...productNodes(rule, resolution), edges: true }
  }
  const core = wasmCore()
  const shadow = (radius: number, n: number): { nodes: Float64Array; weights: Float64Array } => {
    const { nodes, weights } = gaussRule(n, 0, Math.PI / 2)
    return {
      nodes: nodes.map(a => radius * core.sin(a)),
      weights: weights.map((w, i) => (1.5 * w * core.cos(nodes[i]!) ** 2) / (Math.PI * radius)),
    }
  }
  const speeds = shadow(P, speedCount)
  return productNodes({ radii: shadow(R, radii), speeds: () => speeds, density: () => 1, edge }, resolution)
}
