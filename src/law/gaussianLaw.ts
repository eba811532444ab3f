/**
 * The isotropic Gaussian law, the thermal state of Lemma 3.3: unbounded support, all moments finite.
 */
import { requireOneOf, requireOptions, requirePositive } from '../base/errors.js'
import { chi3Cdf, gamma, scaledBesselI0, scaledBesselI1 } from '../base/numerics/special.js'
import { wasmCore } from '../wasm/core.js'
import type { Law, LawEntry, RadialDensity } from './law.js'
import { lengthInPlane, lengthOf } from './lengthOf.js'
import { quadraticFormMoment, requireMomentOrder } from './moments.js'
import { countsOf, gaussRule, type PhaseNodes, type PhaseResolution, productNodes } from './phaseNodes.js'
import { drawParticles } from './sampling.js'

/** Options of {@link gaussianLaw}. */
export interface GaussianOptions {
  /** Standard deviation of each coordinate of q, > 0, default 1. */
  readonly sigmaQ?: number
  /** Standard deviation of each coordinate of p, > 0, default 1. */
  readonly sigmaP?: number
  /** Dimension of position space, default 3; 2: a planar law. */
  readonly d?: 2 | 3
}

/**
 * The isotropic Gaussian f0 = (2 pi sigma_q sigma_p)^{-d} exp(-|q|^2/2 sigma_q^2 - |p|^2/2 sigma_p^2).
 * int |q|^m f0 = (sqrt 2 sigma_q)^m Gamma((m+d)/2)/Gamma(d/2). Sampled by Box-Muller normals.
 * @throws TypeError, RangeError unless both deviations are finite and > 0, and d is 2 or 3
 * @example gaussianLaw({ sigmaP: 2 }).momentumMoment(2) // 12
 */
export function gaussianLaw(options: GaussianOptions = {}): Law {
  requireOptions<GaussianOptions>('gaussianLaw', options, { sigmaQ: true, sigmaP: true, d: true })
  const { sigmaQ = 1, sigmaP = 1, d = 3 } = options
  requirePositive('sigmaQ', sigmaQ)
  requirePositive('sigmaP', sigmaP)
  requireOneOf<2 | 3>('d', d, [2, 3])
  const radial = d === 3 ? gaussianDensity(sigmaQ) : planarGaussianDensity(sigmaQ)
  const momentum = d === 3 ? gaussianDensity(sigmaP) : planarGaussianDensity(sigmaP)
  const size = d === 3 ? lengthOf : lengthInPlane
  const deviations = [sigmaQ, sigmaP].flatMap(sigma => new Array<number>(d).fill(sigma))
  return {
    name: 'gaussian',
    ...(d === 3 ? {} : { d }),
    tex: `f_0(q,p)=(2\\pi\\sigma_q\\sigma_p)^{-${d}}\\,e^{-|q|^2/2\\sigma_q^2-|p|^2/2\\sigma_p^2}`,
    parameters: d === 3 ? { sigmaQ, sigmaP } : { sigmaQ, sigmaP, d },
    density: (q, p) => radial.density(size(q)) * momentum.density(size(p)),
    spatialDensity: q => radial.density(size(q)),
    densitySup: radial.density(0) * momentum.density(0),
    rhoNorm1: 1,
    rhoSup: radial.density(0),
    momentumMoment: m => gaussianMoment(sigmaP, m, d),
    positionMoment: m => gaussianMoment(sigmaQ, m, d),
    phaseMoment: m => quadraticFormMoment(new Float64Array(2 * d), deviations, m),
    support: { q: Number.POSITIVE_INFINITY, p: Number.POSITIVE_INFINITY },
    radial,
    phaseNodes: resolution => gaussianPhaseNodes(sigmaQ, sigmaP, resolution),
    latent: {
      components: 2 * d,
      place: (x, q, p) => {
        for (let a = 0; a < d; a++) {
          q[a] = sigmaQ * x[a]!
          p[a] = sigmaP * x[d + a]!
        }
      },
    },
    sample: (N, stream) =>
      drawParticles(
        N,
        stream,
        (q, p) => {
          for (let a = 0; a < d; a++) q[a] = sigmaQ * stream.normal()
          for (let a = 0; a < d; a++) p[a] = sigmaP * stream.normal()
        },
        d,
      ),
  }
}

/** The law in the list of those that are built in. */
export const gaussianEntry: LawEntry = { name: 'gaussian', make: gaussianLaw, planar: true }

/** E |x|^m for a centred normal vector in R^d with the given deviation of each coordinate. */
function gaussianMoment(sigma: number, m: number, d: 2 | 3): number {
  return ((Math.SQRT2 * sigma) ** requireMomentOrder(m) * gamma((m + d) / 2)) / gamma(d / 2)
}

/**
 * The radial profile of the centred normal density. Averages over a sphere of radius t around a point at distance R:
 * B = 4 pi rho(|R - t|) e^{-x} i_0(x), A = 4 pi rho(|R - t|) e^{-x} i_1(x), x = R t/sigma^2.
 * Enclosed mass erf(x) - (2/sqrt pi) x e^{-x^2}, x = r/(sqrt 2 sigma).
 */
export function gaussianDensity(sigma: number): RadialDensity {
  const rho0 = (2 * Math.PI) ** -1.5 / sigma ** 3
  const density = (r: number): number => rho0 * Math.exp(-0.5 * (r / sigma) ** 2)
  return {
    density,
    enclosedMass: r => chi3Cdf(r / sigma),
    breaks: [],
    supportRadius: Number.POSITIVE_INFINITY,
    scale: sigma,
    monopole: (t, R) => 4 * Math.PI * density(R - t) * scaledBesselI0((R / sigma) * (t / sigma)),
    dipole: (t, R) => 4 * Math.PI * density(R - t) * scaledBesselI1((R / sigma) * (t / sigma)),
  }
}

/** The radial profile of the centred normal density in the plane; enclosed mass 1 - e^{-r^2/2 sigma^2}. */
function planarGaussianDensity(sigma: number): RadialDensity {
  const rho0 = 1 / (2 * Math.PI) / sigma ** 2
  return {
    density: r => rho0 * Math.exp(-0.5 * (r / sigma) ** 2),
    enclosedMass: r => -Math.expm1(-0.5 * (r / sigma) ** 2),
    breaks: [],
    supportRadius: Number.POSITIVE_INFINITY,
    scale: sigma,
  }
}

/** Gauss rules in |q| and |p| up to where the tail is left out. */
function gaussianPhaseNodes(sigmaQ: number, sigmaP: number, resolution: PhaseResolution): PhaseNodes {
  const { d, tail } = resolution
  const [radii, speedCount] = countsOf(resolution)
  const core = wasmCore()
  // P(|X| > x) is e^{-x^2/2} in d = 2 and below 2 max(1, x) e^{-x^2/2} in d = 3; a quarter of the tail each.
  let cut = 3
  for (let i = 0; i < 20; i++) cut = Math.sqrt(2 * core.log(Math.max(10, (8 * cut) / tail)))
  const scaled = (sigma: number, n: number): ReturnType<typeof gaussRule> => {
    const { nodes, weights } = gaussRule(n, 0, cut)
    return { nodes: nodes.map(x => sigma * x), weights: weights.map(w => sigma * w) }
  }
  const speeds = scaled(sigmaP, speedCount)
  const front = d === 3 ? 1 / (2 * Math.PI * sigmaQ * sigmaP) ** 3 : 1 / (2 * Math.PI * sigmaQ * sigmaP) ** 2
  const density = (r: number, v: number): number =>
    front * core.exp(-0.5 * ((r / sigmaQ) * (r / sigmaQ) + (v / sigmaP) * (v / sigmaP)))
  return productNodes({ radii: scaled(sigmaQ, radii), speeds: () => speeds, density }, resolution)
}
