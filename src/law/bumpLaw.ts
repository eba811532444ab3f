/**
 * A smooth law of compact support: the C-infinity bump in position times the one in momentum.
 */
import { requireOptions, requirePositive } from '../base/errors.js'
import { gaussSum } from '../base/numerics/quadrature.js'
import { wasmCore } from '../wasm/core.js'
import type { Law, LawEntry, RadialDensity } from './law.js'
import { lengthOf } from './lengthOf.js'
import { pairMoment, requireMomentOrder } from './moments.js'
import { countsOf, gaussRule, onBoundary, productNodes, requireSpace } from './phaseNodes.js'
import { drawOnSphere, drawParticles } from './sampling.js'

/** Options of {@link bumpLaw}. */
export interface BumpOptions {
  /** Radius of the support in q, > 0, default 1. */
  readonly radius?: number
  /** Radius of the support in p, > 0, default 1. */
  readonly momentumRadius?: number
}

/**
 * f0 = b_R(q) b_P(p) with b_R(x) = exp(-1/(1 - |x|^2/R^2))/(4 pi R^3 I_0) on |x| < R: C-infinity, of compact support.
 * I_m = int_0^1 x^{m+2} e^{-1/(1-x^2)} dx = Gamma((m+3)/2) U((m+3)/2, 0, 1)/(2e) with Tricomi's U, so
 * int |q|^m f0 = R^m I_m/I_0. Sampled by rejection from the uniform ball (29 % accepted, each factor).
 * @throws TypeError, RangeError unless both radii are finite and > 0
 * @example bumpLaw({ radius: 2 }).rhoSup
 */
export function bumpLaw(options: BumpOptions = {}): Law {
  requireOptions<BumpOptions>('bumpLaw', options, { radius: true, momentumRadius: true })
  const { radius = 1, momentumRadius = 1 } = options
  requirePositive('radius', radius)
  requirePositive('momentumRadius', momentumRadius)
  const radial = bumpDensity(radius)
  const momentum = bumpDensity(momentumRadius)
  return {
    name: 'bump',
    tex: 'f_0(q,p)\\propto e^{-1/(1-|q|^2/R^2)}\\,e^{-1/(1-|p|^2/P^2)}\\,1_{|q|<R}\\,1_{|p|<P}',
    parameters: { radius, momentumRadius },
    density: (q, p) => radial.density(lengthOf(q)) * momentum.density(lengthOf(p)),
    spatialDensity: q => radial.density(lengthOf(q)),
    densitySup: radial.density(0) * momentum.density(0),
    rhoNorm1: 1,
    rhoSup: radial.density(0),
    momentumMoment: m => (momentumRadius ** requireMomentOrder(m) * bumpIntegral(m)) / bumpIntegral(0),
    positionMoment: m => (radius ** requireMomentOrder(m) * bumpIntegral(m)) / bumpIntegral(0),
    phaseMoment: m => {
      const shell =
        ({ density }: RadialDensity) =>
        (r: number) =>
          4 * Math.PI * r * r * density(r)
      return pairMoment(shell(radial), radius, shell(momentum), momentumRadius, m)
    },
    support: { q: radius, p: momentumRadius },
    radial,
    phaseNodes: resolution => {
      requireSpace('bump', resolution)
      const core = wasmCore()
      const front = radial.density(0) * momentum.density(0) * core.exp(2)
      const weight = (x: number): number => (x < 1 ? core.exp(-1 / ((1 - x) * (1 + x))) : 0)
      const density = (r: number, v: number): number => front * weight(r / radius) * weight(v / momentumRadius)
      const [n, speedCount] = countsOf(resolution)
      const speeds = gaussRule(speedCount, 0, momentumRadius)
      const radii = gaussRule(n, 0, radius)
      return productNodes(
        { radii, speeds: () => speeds, density, edge: onBoundary(radius, momentumRadius) },
        resolution,
      )
    },
    sample: (N, stream) => {
      const core = wasmCore()
      const drawBump = (R: number, out: Float64Array): void => {
        for (;;) {
          const x = core.cbrt(stream.uniform())
          // e^{1 - 1/(1 - x^2)} = e^{-x^2/(1 - x^2)}, which is 0 where x was rounded to 1.
          if (stream.uniform() < core.exp((-x * x) / ((1 - x) * (1 + x)))) {
            drawOnSphere(R * x, stream, out)
            return
          }
        }
      }
      return drawParticles(N, stream, (q, p) => {
        drawBump(radius, q)
        drawBump(momentumRadius, p)
      })
    },
  }
}

/** The law in the list of those that are built in. */
export const bumpEntry: LawEntry = { name: 'bump', make: bumpLaw }

/**
 * I_m = int_0^1 x^{m+2} e^{-1/(1-x^2)} dx = e^{-1} int_0^inf v^{m+2} (1+v^2)^{-(m+5)/2} e^{-v^2} dv, v = x/sqrt(1-x^2),
 * by the trapezoidal rule in ln v (error below e^{-39}, that of e^{-2 pi d/h} with the strip |Im ln v| < d = pi/4,
 * h = 1/8).
 */
function bumpIntegral(m: number): number {
  const step = 0.125
  let sum = 0
  for (let i = Math.floor(-42 / (m + 3) / step); i <= 2 / step; i++) {
    const v = Math.exp(i * step)
    const v2 = v * v
    sum += Math.exp((m + 3) * (i * step) - 0.5 * (m + 5) * Math.log1p(v2) - v2)
  }
  return (step * sum) / Math.E
}

const PANEL = 0.5
/** Integral over [0, v] of v^2 (1 + v^2)^{-5/2} e^{-v^2}: whole panels stored, the rest of one by Gauss-Legendre. */
const massIntegrand = (v: number): number => v * v * (1 + v * v) ** -2.5 * Math.exp(-v * v)
let panelSums: Float64Array | undefined

function massIntegral(v: number): number {
  if (panelSums === undefined) {
    panelSums = new Float64Array(15)
    for (let i = 0; i < 14; i++) {
      panelSums[i + 1] = panelSums[i]! + gaussSum(massIntegrand, i * PANEL, (i + 1) * PANEL, 20)
    }
  }
  const i = Math.min(14, Math.floor(v / PANEL))
  // Beyond v = 7 the integrand is below e^{-49}.
  return panelSums[i]! + (i < 14 ? gaussSum(massIntegrand, i * PANEL, v, 20) : 0)
}

const CUTS: readonly number[] = [0, 0.2, 0.5, 1]

/**
 * The radial profile of the normalised bump of radius R. Its averages over spheres are smooth integrals over the
 * cosine, by 96 Gauss-Legendre nodes.
 */
export function bumpDensity(R: number): RadialDensity {
  const front = 1 / (4 * Math.PI * R ** 3 * bumpIntegral(0))
  // int over the cosine c of weight(c, w) e^{-1/w}, w = 1 - |r e - t n|^2/R^2, from where the sphere enters the
  // support.
  const average = (t: number, r: number, weight: (c: number, w: number) => number): number => {
    const [smaller, larger] = t < r ? [t, r] : [r, t]
    const entry = Math.max(-1, ((larger - R) * (larger + R) + smaller * smaller) / (2 * r * t))
    if (!(entry < 1)) return 0
    const integrand = (c: number): number => {
      const w = 1 - ((r - t) ** 2 + 2 * r * t * (1 - c)) / (R * R)
      return w > 0 ? weight(c, w) * Math.exp(-1 / w) : 0
    }
    // Panels shrink towards the entry, where every derivative vanishes but the function is not analytic.
    let sum = 0
    for (let i = 0; i < CUTS.length - 1; i++) {
      sum += gaussSum(integrand, entry + CUTS[i]! * (1 - entry), entry + CUTS[i + 1]! * (1 - entry), 32)
    }
    return 2 * Math.PI * front * sum
  }
  const density = (r: number): number => {
    const x = r / R
    return x < 1 ? front * Math.exp(-1 / ((1 - x) * (1 + x))) : 0
  }
  return {
    density,
    enclosedMass: r => {
      const x = r / R
      return x < 1 ? massIntegral(x / Math.sqrt((1 - x) * (1 + x))) / massIntegral(Number.MAX_VALUE) : 1
    },
    breaks: [R],
    supportRadius: R,
    scale: 0.5 * R,
    monopole: (t, r) => (t === 0 || r === 0 ? 4 * Math.PI * density(Math.max(t, r)) : average(t, r, () => 1)),
    // By parts, so that all terms are positive: int c rho dc = -(1/2) int (1 - c^2) d rho/dc dc.
    dipole: (t, r) =>
      t === 0 || r === 0 ? 0 : ((r / R) * t * average(t, r, (c, w) => ((1 - c) * (1 + c)) / (w * w))) / R,
  }
}
