/**
 * The Plummer sphere: the isotropic steady state of the Newtonian (sigma = -1) Vlasov-Poisson system with a closed form
 * on every level. It is a steady state for k, not for k^N_delta, whose field differs by O(N^{-2 delta}).
 */
import { requireOptions, requirePositive } from '../base/errors.js'
import { gaussSum, integrate } from '../base/numerics/quadrature.js'
import { beta } from '../base/numerics/special.js'
import { wasmCore } from '../wasm/core.js'
import type { Law, LawEntry, RadialDensity } from './law.js'
import { lengthOf } from './lengthOf.js'
import { requireMomentOrder } from './moments.js'
import { countsOf, gaussRule, type PhaseNodes, type PhaseResolution, productNodes, requireSpace } from './phaseNodes.js'
import { drawOnSphere, drawParticles, placeInBall } from './sampling.js'

/** Options of {@link plummerLaw}. */
export interface PlummerOptions {
  /** Plummer's length b, > 0, default 1. */
  readonly scale?: number
}

/**
 * The Plummer law of total mass 1 and length b: with psi(r) = (r^2 + b^2)^{-1/2} and E = |p|^2/2 - psi(|q|),
 *   f0 = 24 sqrt 2/(7 pi^3) b^2 (-E)_+^{7/2},   rho = 3/(4 pi b^3) (1 + r^2/b^2)^{-5/2},
 *   k*rho = sigma q/(r^2 + b^2)^{3/2}.
 * sup f0 = 24 sqrt 2/(7 pi^3) b^{-3/2}; |p| <= sqrt(2/b), the escape speed, so (20) holds by Lemma 3.3 and every moment
 * in p is finite, as Theorem 3.1 asks. rho falls like r^{-5}: int |q|^m f0 and int |z|^m f0 are finite only for m < 2,
 * so Theorem 4.4 and Theorem 9.3, which ask for some k > 2p >= 2, do not apply, nor does Theorem 10.1 (compact
 * support). Sampled by r = b (u^{-2/3} - 1)^{-1/2} and rejection for |p|.
 * @throws TypeError, RangeError unless scale is finite and > 0
 * @source Plummer 1911, doi:10.1093/mnras/71.5.460; Aarseth, Henon and Wielen 1974
 * @example plummerLaw().momentumMoment(2) // 3 pi/32
 */
export function plummerLaw(options: PlummerOptions = {}): Law {
  requireOptions<PlummerOptions>('plummerLaw', options, { scale: true })
  const { scale: b = 1 } = options
  requirePositive('scale', b)
  const radial = plummerDensity(b)
  const front = ((24 * Math.SQRT2) / (7 * Math.PI ** 3)) * b * b
  const depth = (r: number): number => 1 / Math.hypot(r, b)
  return {
    name: 'plummer',
    tex: 'f_0(q,p)=\\tfrac{24\\sqrt2}{7\\pi^3}\\,b^2\\left(\\tfrac1{\\sqrt{|q|^2+b^2}}-\\tfrac{|p|^2}2\\right)_+^{7/2}',
    parameters: { scale: b },
    density: (q, p) => front * Math.max(0, depth(lengthOf(q)) - 0.5 * lengthOf(p) ** 2) ** 3.5,
    spatialDensity: q => radial.density(lengthOf(q)),
    densitySup: front * b ** -3.5,
    rhoNorm1: 1,
    rhoSup: radial.density(0),
    momentumMoment: m => {
      requireMomentOrder(m)
      // E (2 psi)^{m/2} times E x^m for the speed x in units of the escape speed, of density x^2 (1 - x^2)^{7/2}.
      return ((2 / b) ** (m / 2) * 1.5 * beta(1.5, 1 + m / 4) * beta((m + 3) / 2, 4.5)) / beta(1.5, 4.5)
    },
    positionMoment: m => positionMoment(b, m),
    phaseMoment: m => phaseMoment(b, m),
    support: { q: Number.POSITIVE_INFINITY, p: Math.sqrt(2 / b) },
    radial,
    phaseNodes: resolution => plummerPhaseNodes(b, front, resolution),
    // rho is a multivariate t law with two degrees of freedom, q/b = (x_1, x_2, x_3)/|(x_4, x_5)|; in units of the
    // escape speed p is three coordinates of a uniform point on the sphere in R^12, of density (1 - |y|^2)^{7/2}.
    latent: {
      components: 17,
      place: (x, q, p) => {
        const factor = b / Math.sqrt(x[3]! * x[3]! + x[4]! * x[4]!)
        for (let a = 0; a < 3; a++) q[a] = factor * x[a]!
        const square = q[0]! * q[0]! + q[1]! * q[1]! + q[2]! * q[2]!
        placeInBall(Math.sqrt(2 / Math.sqrt(square + b * b)), x, 5, 12, p)
      },
    },
    sample: (N, stream) => {
      const core = wasmCore()
      return drawParticles(N, stream, (q, p) => {
        const u = stream.uniform()
        const c = core.cbrt(u)
        // (u^{-2/3} - 1)^{-1/2} = c/sqrt(1 - c^2), with 1 - c from 1 - c^3 = 1 - u: c itself may round to 1.
        const r = (b * c) / Math.sqrt(((1 - u) * (1 + c)) / (1 + c + c * c))
        drawOnSphere(r, stream, q)
        drawOnSphere(Math.sqrt(2 / Math.sqrt(r * r + b * b)) * escapeFraction(stream.uniform), stream, p)
      })
    },
  }
}

/** The law in the list of those that are built in. */
export const plummerEntry: LawEntry = { name: 'plummer', make: plummerLaw }

/**
 * The speed in units of the escape speed, of density proportional to x^2 (1 - x^2)^{7/2}, by rejection (47 % accepted).
 */
function escapeFraction(uniform: () => number): number {
  for (;;) {
    const x = uniform()
    const y = (1 - x) * (1 + x)
    // The maximum, at x^2 = 2/9, is 0.09220...
    if (0.0923 * uniform() < x * x * y * y * y * Math.sqrt(y)) return x
  }
}

/** E |q|^m = (3/2) b^m Gamma((m+3)/2) Gamma(1 - m/2)/Gamma(5/2) for m < 2. */
function positionMoment(b: number, m: number): number {
  requireMomentOrder(m)
  return m < 2 ? 1.5 * b ** m * beta((m + 3) / 2, 1 - m / 2) : Number.POSITIVE_INFINITY
}

/** E |z|^m = E |q|^m + E[(|q|^2 + |p|^2)^{m/2} - |q|^m]; the second term by quadrature in ln r and x = sin(angle). */
function phaseMoment(b: number, m: number): number {
  const closed = positionMoment(b, m)
  if (!Number.isFinite(closed) || m === 0) return closed
  const normal = beta(1.5, 4.5) / 2
  const inner = (r: number): number => {
    const speed2 = 2 / Math.hypot(r, b)
    const excess = (angle: number): number => {
      const s2 = Math.sin(angle) ** 2
      const v2 = speed2 * s2
      // Written so that it does not cancel where r is large.
      const gain =
        v2 < r * r ? r ** m * Math.expm1(0.5 * m * Math.log1p(v2 / (r * r))) : (r * r + v2) ** (m / 2) - r ** m
      return s2 * (1 - s2) ** 4 * gain
    }
    return integrate(excess, 0, Math.PI / 2, { tolerance: 1e-13, breaks: [r / Math.sqrt(speed2)] }).value / normal
  }
  const integrand = (y: number): number => {
    const x2 = Math.exp(2 * y)
    return 3 * x2 * Math.exp(y) * (1 + x2) ** -2.5 * inner(b * Math.exp(y))
  }
  let sum = 0
  for (let left = -14; left < 16; left += 2) sum += gaussSum(integrand, left, left + 2, 24)
  return closed + sum
}

/**
 * The radial profile of the Plummer sphere. With m = sqrt((R-t)^2 + b^2) and p = sqrt((R+t)^2 + b^2):
 * B = 2 b^2 (p^2 + p m + m^2)/((p + m) (p m)^3),   A = 8 b^2 R t ((p + m)^2 + p m)/(p m (p + m))^3.
 */
export function plummerDensity(b: number): RadialDensity {
  const rho0 = 3 / (4 * Math.PI * b ** 3)
  return {
    density: r => rho0 * (1 + (r / b) ** 2) ** -2.5,
    enclosedMass: r => (r / Math.hypot(r, b)) ** 3,
    breaks: [],
    supportRadius: Number.POSITIVE_INFINITY,
    scale: b,
    monopole: (t, R) => {
      const m = Math.hypot(R - t, b)
      const p = Math.hypot(R + t, b)
      return (2 * (b / (p * m)) ** 2 * (p * p + p * m + m * m)) / ((p + m) * p * m)
    },
    dipole: (t, R) => {
      const m = Math.hypot(R - t, b)
      const p = Math.hypot(R + t, b)
      const s = p + m
      return 8 * (b / (p * m)) ** 2 * (R / s) * (t / s) * ((s * s + p * m) / (p * m * s))
    },
  }
}

/**
 * Gauss rules in x with r = 3 b x/(1 - x^2), and in the angle of v = (escape speed) sin(angle): the whole law, nothing
 * is cut off. The square of the escape speed falls linearly in 1 - x, so that means over directions are smooth in x up
 * to infinity.
 */
function plummerPhaseNodes(b: number, front: number, resolution: PhaseResolution): PhaseNodes {
  requireSpace('plummer', resolution)
  const core = wasmCore()
  const [n, speeds] = countsOf(resolution)
  const rule = gaussRule(n, 0, 1)
  const angle = gaussRule(speeds, 0, Math.PI / 2)
  const sine = angle.nodes.map(a => core.sin(a))
  const cosine = angle.nodes.map(a => core.cos(a))
  const escapeSpeed = (r: number): number => Math.sqrt(2 / Math.sqrt(r * r + b * b))
  const radii = { nodes: new Float64Array(n), weights: new Float64Array(n) }
  rule.nodes.forEach((x, i) => {
    const u = (1 - x) * (1 + x)
    radii.nodes[i] = (3 * b * x) / u
    radii.weights[i] = (rule.weights[i]! * 3 * b * (1 + x * x)) / (u * u)
  })
  const nodes = productNodes(
    {
      radii,
      speeds: r => ({
        nodes: sine.map(t => escapeSpeed(r) * t),
        weights: angle.weights.map((w, i) => escapeSpeed(r) * w * cosine[i]!),
      }),
      density: (r, v) => {
        const bound = Math.max(0, 1 / Math.sqrt(r * r + b * b) - 0.5 * v * v)
        return front * bound * bound * bound * Math.sqrt(bound)
      },
    },
    resolution,
  )
  return { ...nodes, tails: true }
}
