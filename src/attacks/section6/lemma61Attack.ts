/**
 * The search for the worst density of Lemma 6.1: the largest ||l*rho||_inf for its norms. Averaging over rotations
 * about the point of evaluation changes neither l*rho there nor the mass and does not raise the height, so
 * {@link searchShells} over free radial densities is a search over all densities; {@link searchBodies} over
 * off-centre spheroids checks it without that argument.
 */
import { type Maximum, maximize, maximizeLocally } from '../../base/numerics/optimize.js'
import { gaussLegendre } from '../../base/numerics/quadrature.js'
import type { RandomStream } from '../../base/random.js'
import { type Cell, type CellMeasure, searchDensity } from '../densitySearch.js'

const BALL = (4 * Math.PI) / 3

/** Where the search over bodies stops; the comparison asks for 1e-6. */
const TOLERANCE = 1e-12

/** A majorant in units of s = N^-gamma: l = inner s^-3 for r < edge s, outer r^-3 from there on. */
export interface MajorantShape {
  /** gamma ln N = ln(1/s), >= 0. */
  readonly logInverseS: number
  readonly inner: number
  readonly edge: number
  readonly outer: number
}

/** The largest quotient ||l*rho||_inf / (||rho||_1 + ||rho||_inf) that a search reached. */
export interface ConvolutionSearch {
  readonly value: number
  /** ||rho||_inf / (||rho||_1 + ||rho||_inf) where it was reached. */
  readonly share: number
}

/** Free radial densities for every share, on adaptive shells. */
export function searchShells(shape: MajorantShape, stream: RandomStream): ConvolutionSearch {
  const quotient = (logOdds: number): number => {
    const share = 1 / (1 + Math.exp(-logOdds))
    return shells(shape, 1 - share, share, stream)
  }
  // The odds m/M of the extremal density are of the order of ln(1/s); a coarse scan finds the right power of e.
  const top = Math.log(2 + 3 * shape.logInverseS) + 3
  let start = top
  let best = Number.NEGATIVE_INFINITY
  for (let x = top; x > -top; x -= 2) {
    const value = quotient(x)
    if (value > best) [best, start] = [value, x]
  }
  const found = maximizeScalar(quotient, start - 2, start + 2)
  return { value: found.value, share: 1 / (1 + Math.exp(-found.x)) }
}

/** Largest int l rho over radial 0 <= rho <= sup with the given mass. */
function shells(shape: MajorantShape, mass: number, sup: number, stream: RandomStream): number {
  const { logInverseS, inner, edge, outer } = shape
  const logEdge = Math.log(edge) - logInverseS
  // Coordinate u: r = edge s (1 + u) for u < 0 and edge s e^u for u > 0.
  const volumeTo = (u: number): number =>
    u <= 0 ? BALL * Math.exp(3 * logEdge) * (1 + u) ** 3 : BALL * Math.exp(3 * (u + logEdge))
  const integralTo = (u: number): number =>
    u <= 0 ? BALL * inner * edge ** 3 * (1 + u) ** 3 : BALL * inner * edge ** 3 + 4 * Math.PI * outer * u
  const measure = ({ low, high }: Cell): CellMeasure => ({
    volume: volumeTo(high[0]!) - volumeTo(low[0]!),
    integral: integralTo(high[0]!) - integralTo(low[0]!),
  })
  // Room for twice the radius of the ball of that mass, and for a shell beyond the core.
  const end = Math.max(2, Math.log(2 * Math.cbrt(mass / sup)) - logEdge)
  const cells: Cell[] = []
  const n = 8
  for (let i = 0; i < n; i++) cells.push({ low: [i / n - 1], high: [(i + 1) / n - 1] })
  // Short cells near the end, where the density decides; below it cells twice as long each time.
  const cuts = [end]
  for (let length = 0.25; cuts[0]! > 0; length = cuts.length > 4 * n ? 2 * length : length) {
    cuts.unshift(Math.max(0, cuts[0]! - length))
  }
  for (let i = 0; i + 1 < cuts.length; i++) cells.push({ low: [cuts[i]!], high: [cuts[i + 1]!] })
  // Each round divides the gap to the supremum by four.
  const rounds = 10
  const { value, mass: kept } = searchDensity({ cells, measure, sup, mass, rounds }, stream)
  return value / (kept + sup)
}

/** Golden-section search: the quotient is a smooth single hump in the odds near its maximum. */
function maximizeScalar(f: (x: number) => number, low: number, high: number): { x: number; value: number } {
  const golden = (Math.sqrt(5) - 1) / 2
  let [a, b] = [low, high]
  let [x1, x2] = [b - golden * (b - a), a + golden * (b - a)]
  let [f1, f2] = [f(x1), f(x2)]
  // Near a maximum the value is flat: an x good to 1e-4 gives the value to 1e-8.
  while (b - a > 1e-4) {
    if (f1 < f2) {
      ;[a, x1, f1] = [x1, x2, f2]
      x2 = a + golden * (b - a)
      f2 = f(x2)
    } else {
      ;[b, x2, f2] = [x2, x1, f1]
      x1 = b - golden * (b - a)
      f1 = f(x1)
    }
  }
  return f1 > f2 ? { x: x1, value: f1 } : { x: x2, value: f2 }
}

/** A spheroid: half axes A along the axis and B across it, its centre at distance `offset` on the axis. */
export interface Body {
  readonly A: number
  readonly B: number
  readonly offset: number
}

/**
 * ||l*rho||(0) / (||rho||_1 + ||rho||_inf) for rho = 1 on a spheroid times any height: the height cancels if the body's
 * volume is ||rho||_1 / ||rho||_inf.
 */
export function bodyQuotient(shape: MajorantShape, { A, B, offset }: Body): number {
  const { nodes, weights } = gaussLegendre(96)
  let value = 0
  for (let i = 0; i < nodes.length; i++) {
    const c = nodes[i]!
    // |(r c - offset)/A|^2 + (r sin)^2/B^2 = 1 along the ray from the origin at cosine c.
    const a = (c / A) ** 2 + (1 - c * c) / (B * B)
    const b = (offset * c) / (A * A)
    const discriminant = b * b - a * ((offset / A) ** 2 - 1)
    if (discriminant <= 0) continue
    const root = Math.sqrt(discriminant)
    const far = (b + root) / a
    if (far <= 0) continue
    value += 0.5 * weights[i]! * (within(shape, far) - within(shape, Math.max(0, (b - root) / a)))
  }
  return value / (1 + BALL * A * B * B)
}

/** The integral of l over the ball of radius r. */
function within({ logInverseS, inner, edge, outer }: MajorantShape, r: number): number {
  const u = r > 0 ? Math.log(r / edge) + logInverseS : Number.NEGATIVE_INFINITY
  return u <= 0 ? BALL * inner * edge ** 3 * Math.exp(3 * u) : BALL * inner * edge ** 3 + 4 * Math.PI * outer * u
}

/** Spheroids of any size, aspect and place: Nelder-Mead over (ln A, ln B/A, offset/A). */
export function searchBodies(
  shape: MajorantShape,
  stream: RandomStream,
  starts: number,
): Maximum & { readonly body: Body } {
  const body = (x: ArrayLike<number>): Body => {
    const A = Math.exp(x[0]!)
    return { A, B: A * Math.exp(x[1]!), offset: x[2]! * A }
  }
  const quotient = (x: Float64Array): number => bodyQuotient(shape, body(x))
  const scale = -0.33 * Math.log(1 + shape.logInverseS)
  let found = maximize(
    quotient,
    s => [scale + s.normal(), 0.5 * s.normal(), 0.5 * s.normal()],
    stream,
    starts,
    0.4,
    TOLERANCE,
  )
  // The kink of the quotient at the surface of the body can hold a simplex up: one more start from its end.
  found = { ...maximizeLocally(quotient, found.x, 0.1, TOLERANCE), evaluations: found.evaluations }
  return { ...found, body: body(found.x) }
}
