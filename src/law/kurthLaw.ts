/**
 * Kurth's law: the phase-space density whose Vlasov-Poisson solution is known exactly for all times, a homogeneous ball
 * of radius R(t). An oracle for solvers. It is not in L^infinity, so the paper's theorems do not cover it.
 */
import { requireNumber, requireOptions, requirePositive } from '../base/errors.js'
import { gaussSum } from '../base/numerics/quadrature.js'
import { wasmCore } from '../wasm/core.js'
import type { Law, LawEntry } from './law.js'
import { lengthOf } from './lengthOf.js'
import { ballMoment, requireMomentOrder } from './moments.js'
import {
  countsOf,
  gaussRule,
  type PhaseEdge,
  type PhaseNodes,
  type PhaseResolution,
  requireSpace,
} from './phaseNodes.js'
import { drawInBall, drawParticles } from './sampling.js'
import { uniformBallDensity } from './uniformBallLaw.js'

/** Options of {@link kurthLaw}. */
export interface KurthOptions {
  /** Radius of the ball of positions, > 0, default 1. */
  readonly radius?: number
  /**
   * Largest speed P in the co-moving frame, > 0, default radius^{-1/2}, which is stationary for sigma = -1 without
   * cut-off.
   */
  readonly momentumRadius?: number
  /** H: momenta are moved by H q, so that R'(0) = H R(0). Default 0. */
  readonly rate?: number
}

/**
 * With x = q/R and u = (p - H q)/P,
 *   f0 = 3/(4 pi^3 R^3 P^3) (1 - |x|^2 - |u|^2 + |x cross u|^2)^{-1/2} where that is positive and |x cross u| < 1.
 * For every sigma (kernel (2), d = 3) the solution stays of this form, rho_t uniform on the ball of radius R(t),
 *   R'' = (R P)^2/R^3 + sigma/R^2 with the initial R P, R(0) = R, R'(0) = H R.
 * Derivation: inside, q'' = sigma q/R^3. Put q = R X, dtau = dt/R^2: then X'' = -(R^3 R'' - sigma R) X in tau, a
 * rotation of (X, X') with the frequency R(0) P, and the law of (x, u) is invariant under rotations of the pair.
 *
 * f0 is unbounded (densitySup = Infinity): it is outside the hypotheses of Theorems 3.1 and 4.2 and serves as an oracle
 * only. Sampled exactly: |x| = U^{1/3}; given x, u across x is uniform in the unit disc, u_t, and u along x is
 * ((1 - |x|^2)(1 - |u_t|^2))^{1/2} cos(angle) with a uniform angle.
 * The moments of |p| and |z| are quadratures: to rounding for even orders, to 2e-7 for odd ones.
 * @throws TypeError, RangeError unless radius and momentumRadius are finite and > 0 and rate is finite
 * @source Kurth, Quart. Appl. Math. 36 (1978) 325, doi:10.1090/qam/508773
 * @example kurthLaw().spatialDensity([0.5, 0, 0]) // 3/(4 pi)
 */
export function kurthLaw(options: KurthOptions = {}): Law {
  requireOptions<KurthOptions>('kurthLaw', options, { radius: true, momentumRadius: true, rate: true })
  const { radius: R = 1, rate: H = 0 } = options
  requirePositive('radius', R)
  const { momentumRadius: P = 1 / Math.sqrt(R) } = options
  requirePositive('momentumRadius', P)
  requireNumber('rate', H, -Number.MAX_VALUE, Number.MAX_VALUE, 'a finite number')
  const radial = uniformBallDensity(R)
  const front = 3 / (4 * Math.PI ** 3 * R ** 3 * P ** 3)
  return {
    name: 'kurth',
    tex: 'f_0(q,p)=\\tfrac{3}{4\\pi^3R^3P^3}\\left(1-|x|^2-|u|^2+|x\\times u|^2\\right)_+^{-1/2},\\ x=\\tfrac qR,\\ u=\\tfrac{p-Hq}{P}',
    parameters: { radius: R, momentumRadius: P, rate: H },
    density: (q, p) => {
      let xx = 0
      let uu = 0
      let xu = 0
      for (let a = 0; a < 3; a++) {
        const x = q[a]! / R
        const u = (p[a]! - H * q[a]!) / P
        xx += x * x
        uu += u * u
        xu += x * u
      }
      const cross = xx * uu - xu * xu
      const inside = 1 - xx - uu + cross
      return xx < 1 && cross < 1 && inside > 0 ? front / Math.sqrt(inside) : 0
    },
    spatialDensity: q => radial.density(lengthOf(q)),
    densitySup: Number.POSITIVE_INFINITY,
    rhoNorm1: 1,
    rhoSup: radial.density(0),
    momentumMoment: m => mean((_, pr, pt) => power(pr * pr + pt * pt, requireMomentOrder(m)), R, P, H),
    positionMoment: m => ballMoment(R, m),
    phaseMoment: m => mean((r, pr, pt) => power(r * r + pr * pr + pt * pt, requireMomentOrder(m)), R, P, H),
    support: { q: R, p: momentumSupport(R, P, H) },
    radial,
    phaseNodes: resolution => kurthPhaseNodes(R, P, H, resolution),
    sample: (N, stream) => {
      const core = wasmCore()
      const x = new Float64Array(3)
      return drawParticles(N, stream, (q, p) => {
        drawInBall(1, stream, x)
        const r = Math.sqrt(x[0]! * x[0]! + x[1]! * x[1]! + x[2]! * x[2]!)
        const ut2 = stream.uniform()
        const angle = 2 * Math.PI * stream.uniform()
        const along = Math.sqrt((1 - r) * (1 + r) * (1 - ut2)) * core.cos(2 * Math.PI * stream.uniform())
        // A frame (e, f, g) with e = x/r: f and g across it, from the axis that x is least along.
        const e: Vector = r > 0 ? [x[0]! / r, x[1]! / r, x[2]! / r] : [1, 0, 0]
        const [f, g] = frame(e)
        const [c, s] = [Math.sqrt(ut2) * core.cos(angle), Math.sqrt(ut2) * core.sin(angle)]
        for (let a = 0; a < 3; a++) {
          q[a] = R * x[a]!
          p[a] = H * q[a]! + P * (along * e[a]! + c * f[a]! + s * g[a]!)
        }
      })
    },
  }
}

/** The law in the list of those that are built in. */
export const kurthEntry: LawEntry = { name: 'kurth', make: kurthLaw }

type Vector = readonly [number, number, number]

/** Two unit vectors that complete e to an orthonormal basis. */
function frame(e: Vector): readonly [Vector, Vector] {
  const [x, y, z] = e
  // The branchless construction of Duff et al. 2017, J. Comput. Graph. Tech. 6(1).
  const sign = z < 0 ? -1 : 1
  const a = -1 / (sign + z)
  const b = x * y * a
  return [
    [1 + sign * x * x * a, sign * b, -sign * x],
    [b, sign + y * y * a, -y],
  ]
}

/** |v|^m from |v|^2. */
function power(square: number, m: number): number {
  return m === 2 ? square : square ** (m / 2)
}

/**
 * The rule: Gauss in |x| (uniform ball), Gauss in s = |u_t| with weight 2 s, Gauss-Chebyshev in u_r. Functions of
 * |q(t)| are even in u_r, so the square root in its amplitude does no harm.
 */
function kurthPhaseNodes(R: number, P: number, H: number, resolution: PhaseResolution): PhaseNodes {
  requireSpace('kurth', resolution)
  const [radii, along, cosineCount] = countsOf(resolution)
  // Where |q(t)| is small decides the part across q, which is more for a core than the phase along it.
  const graded = resolution.graded === true
  const [cosines, across] = graded ? [Math.ceil(0.65 * along), Math.ceil(1.5 * cosineCount)] : [along, cosineCount]
  const core = wasmCore()
  const rule = gaussRule(radii, 0, 1)
  const turn = gaussRule(across, 0, 1)
  const cosine = Float64Array.from({ length: cosines }, (_, k) => core.cos((Math.PI * (k + 0.5)) / cosines))
  const edge = boundary(R, P, H)
  const size = radii * across * cosines + edge.length
  const nodes = {
    r: new Float64Array(size),
    pr: new Float64Array(size),
    pt: new Float64Array(size),
    mass: new Float64Array(size),
    missing: 0,
    compact: true,
    edges: true,
  }
  let at = 0
  const put = (r: number, pr: number, pt: number, mass: number): void => {
    nodes.r[at] = r
    nodes.pr[at] = pr
    nodes.pt[at] = pt
    nodes.mass[at++] = mass
  }
  for (let i = 0; i < radii; i++) {
    const x = rule.nodes[i]!
    for (let j = 0; j < across; j++) {
      const ut = turn.nodes[j]!
      const amplitude = Math.sqrt((1 - x) * (1 + x) * (1 - ut) * (1 + ut))
      const mass = (3 * x * x * rule.weights[i]! * 2 * ut * turn.weights[j]!) / cosines
      for (let k = 0; k < cosines; k++) put(R * x, H * R * x + P * amplitude * cosine[k]!, P * ut, mass)
    }
  }
  for (const [r, pr, pt] of edge) put(r, pr, pt, 0)
  return nodes
}

/** At |q| = R the support is p = H q + P u, u across q, |u| <= 1. */
function boundary(R: number, P: number, H: number): PhaseEdge {
  return [0, 0.25, 0.5, 0.75, 1].map(u => [R, H * R, P * u] as const)
}

/**
 * int g f0 by the same parametrisation, 48 nodes each way: to rounding for even moments, to 2e-7 for |p|, which is not
 * smooth at 0.
 */
function mean(g: (r: number, pr: number, pt: number) => number, R: number, P: number, H: number): number {
  return gaussSum(
    x =>
      3 *
      x *
      x *
      gaussSum(
        ut =>
          2 *
          ut *
          gaussSum(
            c => {
              const along = Math.sqrt((1 - x) * (1 + x) * (1 - ut) * (1 + ut)) * Math.cos(Math.PI * c)
              return g(R * x, H * R * x + P * along, P * ut)
            },
            0,
            1,
            48,
          ),
        0,
        1,
        48,
      ),
    0,
    1,
    48,
  )
}

/**
 * The largest |p|: at |q| = x R the speeds reach H x R + P sqrt(1 - x^2) along q and (H^2 x^2 R^2 + P^2)^{1/2} across.
 */
function momentumSupport(R: number, P: number, H: number): number {
  // Both are at most (H^2 R^2 + P^2)^{1/2}; attained at |x| = 1 across q.
  return Math.sqrt(H * R * (H * R) + P * P)
}
