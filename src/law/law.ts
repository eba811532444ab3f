/**
 * The interface of an initial law f0 on phase space R^d x R^d, d = 3 or 2: density, its spatial density rho, norms,
 * moments and an exact sampler. Implemented by the built-in laws and by {@link customLaw}.
 */
import type { Configuration } from '../base/configuration.js'
import { quote, requireOneOf } from '../base/errors.js'
import type { RandomStream } from '../base/random.js'
import type { Estimate } from '../base/statistics/estimate.js'
import type { PhaseNodes, PhaseResolution } from './phaseNodes.js'

/** A spatial density that is symmetric about 0. */
export interface RadialDensity {
  /** rho(r), mass per volume, in the plane per area. */
  density(r: number): number
  /** Mass inside radius r; tends to 1. */
  enclosedMass(r: number): number
  /** Radii where the density or a derivative jumps; quadratures break there. */
  readonly breaks: readonly number[]
  /** Radius beyond which there is no mass (Infinity if none). */
  readonly supportRadius: number
  /** A length scale of the density, for quadratures over an infinite range. */
  readonly scale: number
  /** Whether it is constant on the ball of the support's radius, for which the mean field of (4) is a polynomial. */
  readonly uniform?: true
  /**
   * B(t, R) = int_{|n|=1} rho(R e - t n) dn to rounding, e a unit vector: 4 pi times the mean of rho over the
   * sphere of radius t around a point at distance R. For a radial l: l*rho(R) = int_0^inf l(t) t^2 B(t, R) dt.
   */
  monopole?(t: number, R: number): number
  /**
   * A(t, R) = int_{|n|=1} (n.e) rho(R e - t n) dn to rounding.
   * For a force g(t) n: (k*rho)(R e).e = int_0^inf g(t) t^2 A(t, R) dt.
   */
  dipole?(t: number, R: number): number
}

/** A radial density moved to `center` with a weight: one term of a superposition. */
export interface RadialTerm {
  readonly weight: number
  /** Length 3. */
  readonly center: ArrayLike<number>
  readonly radial: RadialDensity
}

/** One Gaussian of a sum on phase space: weight times prod_a N(z_a; mean_a, sigma_a^2). */
export interface GaussianTerm {
  readonly weight: number
  /** Length 2d: position, then momentum. */
  readonly mean: Float64Array
  /** Standard deviations, length 2d. */
  readonly sigma: Float64Array
}

/** A law as the image of standard normal variates, whose distribution is exactly that of the law. */
export interface LatentNormals {
  /** How many independent standard normal variates a particle takes. */
  readonly components: number
  /**
   * Writes the particle that the variates stand for: arithmetic and square roots alone, so that it has the same bits on
   * every engine.
   * @param x length `components`
   * @param q length d
   * @param p length d
   */
  place(x: Float64Array, q: Float64Array, p: Float64Array): void
}

/** A probability density f0(q, p) >= 0 with integral 1. */
export interface Law {
  /** Short name, as in stream keys and stored results. */
  readonly name: string
  /** Dimension of position space, default 3; 2: a planar law. */
  readonly d?: 2 | 3
  /** Formula of f0 as TeX. */
  readonly tex: string
  /** Parameters, for provenance. */
  readonly parameters: Readonly<Record<string, number | string>>
  /** f0(q, p); q, p of length d. */
  density(q: ArrayLike<number>, p: ArrayLike<number>): number
  /** rho(q) = int f0(q, p) dp. */
  spatialDensity(q: ArrayLike<number>): number
  /** ||f0||_infinity. */
  readonly densitySup: number
  /** ||rho||_1 = 1 for a normalised law (a custom law reports what it measured). */
  readonly rhoNorm1: number
  /** ||rho||_infinity. */
  readonly rhoSup: number
  /** int |p|^m f0 dz for m >= 0; Infinity where it diverges. */
  momentumMoment(m: number): number
  /** int |q|^m f0 dz for m >= 0; Infinity where it diverges. */
  positionMoment(m: number): number
  /** int |z|^m f0 dz for m >= 0, |z|^2 = |q|^2 + |p|^2; Infinity where it diverges. */
  phaseMoment(m: number): number
  /** Radii of the smallest centred balls that contain the support in q and in p (Infinity if unbounded). */
  readonly support: { readonly q: number; readonly p: number }
  /** The radial profile of rho, when rho is spherically symmetric about 0. */
  readonly radial?: RadialDensity
  /** rho as a sum of radial densities about several centres, when it is one. */
  readonly superposition?: readonly RadialTerm[]
  /** The points of mass 1/n each, for a law that is an empirical measure. */
  readonly atoms?: Configuration
  /** f0 as a sum of Gaussians whose axes are those of phase space, when it is one. */
  readonly gaussians?: readonly GaussianTerm[]
  /** Positions near which rho may peak, from which maximum searches start (besides 0); length d each. */
  readonly modes?: readonly ArrayLike<number>[]
  /**
   * 'axial': f0 does not change when q and p are turned together about the third axis, nor when both are reflected in a
   * plane through it or in the plane across it. The mean field then has these symmetries at all times.
   */
  readonly symmetry?: 'axial'
  /**
   * For a law that is invariant under rotations of (q, p): its own quadrature of phase space, adapted to its support.
   */
  phaseNodes?(resolution: PhaseResolution): PhaseNodes
  /** The law as the image of standard normal variates, when a map is known: particles then move by small steps. */
  readonly latent?: LatentNormals
  /** What is known about the error of the numbers above that are not closed forms, by name. */
  readonly estimates?: Readonly<Record<string, Estimate>>
  /**
   * N independent draws from f0, exact up to rounding.
   * @param N number of particles, a positive integer
   * @param stream source of randomness; the draws are a function of its key alone
   */
  sample(N: number, stream: RandomStream): Configuration
}

/** A custom law, with what is known about its numbers. */
export interface CustomLaw extends Law {
  /** `normalisation`, `densitySup`, `rhoSup`; computed on first use. */
  readonly estimates: Readonly<Record<'normalisation' | 'densitySup' | 'rhoSup', Estimate>>
  /** The moment of order m of |q|, |p| or |z| with its confidence interval. */
  momentEstimate(variable: 'q' | 'p' | 'z', m: number): Estimate
}

/** What the file of a built-in law exports, and by that the law is in the list. */
export interface LawEntry {
  /** Name of the law. */
  readonly name: string
  /** The law; each parameter that its `parameters` name may be given, and has a default. */
  make(options: object): Law
  /** Whether it is made for the plane too, by the parameter d. */
  readonly planar?: true
}

/** The dimension of a law's position space. @example dimensionOf(gaussianLaw({ d: 2 })) // 2 */
export function dimensionOf(law: Law): 2 | 3 {
  return law.d ?? 3
}

/**
 * Requires a law of one of the dimensions that the caller can treat: a planar law is refused by all who do not name it.
 * @throws TypeError for what is no law, RangeError for one of another dimension
 */
export function requireLaw(law: Law, dimensions: readonly (2 | 3)[] = [3]): void {
  if (typeof law !== 'object' || law === null || typeof law.sample !== 'function') {
    throw new TypeError(`law must be a law, as from gaussianLaw(), got ${quote(law)}`)
  }
  requireOneOf('law.d', dimensionOf(law), dimensions)
}

/**
 * Requires a kernel of the law's dimension; where a law of R^3 stands for its planar marginal, a kernel of the plane
 * too.
 * @throws RangeError
 */
export function requireSameDimension(law: Law, kernel: { readonly d: number }, marginal?: 'marginal'): void {
  const d = dimensionOf(law)
  if (kernel.d === d || (marginal !== undefined && kernel.d === 2)) return
  const allowed = d === 3 && marginal !== undefined ? '2 or 3' : `${d}, as the law is on R^${d}`
  throw new RangeError(`kernel.d must be ${allowed}, got ${kernel.d}`)
}
