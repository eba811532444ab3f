/**
 * The potential of a radial kernel that is known by its magnitude alone: quadratures where the table is made,
 * polynomials where it is read. Pair sums ask for the potential of every pair, and a quadrature takes as long as
 * thousands of them.
 */

import { integrate } from '../base/numerics/quadrature.js'
import type { Estimate } from '../base/statistics/estimate.js'

/** Chebyshev points of a piece: g is interpolated with degree 15. */
const NODES = 16
const angles = Array.from({ length: NODES }, (_, j) => (Math.PI * (j + 0.5)) / NODES)
const points = angles.map(Math.cos)
const cosines = angles.map((_, k) => angles.map(angle => Math.cos(k * angle) / NODES))
/**
 * Points of a piece, in [-1, 1], where it is compared with the quadrature: whatever is missed of g between shows at -1.
 */
const CHECKS = [-1, 0.31]
/** Halvings of half an octave before a piece is left to the quadrature: a jump that no break tells. */
const DEEPEST = 16
/** Panels of the quadratures within a piece. */
const PANELS = 200

/** The stated error of {@link tabulatedPotential}, relative to |V(r)| + r g(r). */
export const POTENTIAL_ERROR = 1e-12

/** V on (a, b]: a polynomial, or V(b) to which a quadrature is added each time. */
interface Piece {
  readonly a: number
  readonly b: number
  /** V(b). */
  readonly right: number
  /** V(a). */
  readonly left: number
  /** Chebyshev coefficients of V; undefined: no table. */
  readonly coefficients: Float64Array | undefined
}

/** What is tabulated. */
interface TabulatedRadial {
  /** The magnitude, r > 0, without sign. */
  readonly g: (r: number) => number
  /** V by quadrature, without sign; asked for at `from` and beyond. */
  readonly quadrature: (r: number) => number
  /** Below this radius the table goes on from its own values. */
  readonly from: number
  /** Radii where g or a derivative jumps, increasing. */
  readonly breaks: readonly number[]
  /** V is asked for at 0 < r < end, from <= end. */
  readonly end: number
}

/**
 * V(r) = V(b) + int_r^b g on each half of an octave (a, b], made when it is first asked for: V(b) is the value of the
 * next piece, or from `from` on a quadrature, and the rest the integral of the Chebyshev interpolant of g. Each piece
 * is compared with a quadrature of g at two points, and halved until they differ by less than 2.5e-13 of the piece's
 * integral and twice the error that the quadrature states. Pieces add up with one sign, so that V is within 1e-12 (|V|
 * + r g). What does not get there within 16 halvings (a jump of g that is not among `breaks`) goes on being computed by
 * quadrature, from the end of its piece.
 * @example tabulatedPotential({ g: r => r ** -2, quadrature: r => 1 / r, from: 1, breaks: [], end: Infinity })(0.5) // 2
 */
export function tabulatedPotential(radial: TabulatedRadial): (r: number) => number {
  const table = new Map<number, readonly Piece[]>()
  const at = (panel: number): readonly Piece[] => {
    let known = table.get(panel)
    if (known !== undefined) return known
    // From the outside inwards, each panel going on from the one before.
    let first = panel
    while (!table.has(first) && startOf(first + 1) < radial.from) first++
    for (let next = first; next >= panel; next--) {
      known = table.get(next)
      if (known !== undefined) continue
      const end = Math.min(startOf(next + 1), radial.end)
      known = piecesOf(radial, startOf(next), end, end < radial.from ? table.get(next + 1)![0]!.left : undefined)
      table.set(next, known)
    }
    return known!
  }
  // The panel that was read last, as neighbours in a sum are often near.
  let lastPanel = Number.NaN
  let last: readonly Piece[] = []
  return r => {
    const panel = panelOf(r)
    if (panel !== lastPanel) {
      last = at(panel)
      lastPanel = panel
    }
    let k = 0
    while (k < last.length - 1 && r > last[k]!.b) k++
    const { a, b, right, coefficients } = last[k]!
    if (coefficients !== undefined) return clenshaw(coefficients, (2 * r - a - b) / (b - a))
    return right + within(radial, r, b).value
  }
}

const bits = new Float64Array(1)
const words = new Uint32Array(bits.buffer)
/** The half of a double that holds the exponent. */
const HIGH = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0

/** The exponent and one digit of the mantissa: two panels an octave, the same on every engine. */
function panelOf(r: number): number {
  bits[0] = r
  return words[HIGH]! >>> 19
}

/** Where a panel begins; the next one begins where it ends. */
function startOf(panel: number): number {
  words[HIGH] = panel << 19
  words[1 - HIGH] = 0
  return bits[0]!
}

function within({ g, breaks }: TabulatedRadial, a: number, b: number): Estimate {
  return integrate(g, a, b, { breaks, maxPanels: PANELS })
}

/** The pieces of (a, b] from left to right. @param known V(b), where it is */
function piecesOf(radial: TabulatedRadial, a: number, b: number, known: number | undefined): readonly Piece[] {
  const edges = [a, ...radial.breaks.filter(edge => edge > a && edge < b), b]
  const pieces: Piece[] = []
  let right = known ?? radial.quadrature(b)
  const add = (from: number, to: number, depth: number): void => {
    const found = fitted(radial, from, to, right)
    const middle = 0.5 * (from + to)
    if (found === undefined && depth < DEEPEST && middle > from && middle < to) {
      add(middle, to, depth + 1)
      add(from, middle, depth + 1)
      return
    }
    const left = found === undefined ? right + within(radial, from, to).value : clenshaw(found, -1)
    pieces.unshift({ a: from, b: to, left, right, coefficients: found })
    right = left
  }
  for (let k = edges.length - 1; k > 0; k--) add(edges[k - 1]!, edges[k]!, 0)
  return pieces
}

/** The coefficients of V on (a, b], or undefined where they miss the quadrature. */
function fitted(radial: TabulatedRadial, a: number, b: number, right: number): Float64Array | undefined {
  const half = 0.5 * (b - a)
  const middle = 0.5 * (a + b)
  const values = points.map(x => radial.g(middle + half * x))
  const slope = new Float64Array(NODES + 2)
  for (let k = 0; k < NODES; k++) {
    for (let j = 0; j < NODES; j++) slope[k] = slope[k]! + cosines[k]![j]! * values[j]!
    if (k > 0) slope[k] = 2 * slope[k]!
  }
  // The antiderivative of sum c_k T_k has the coefficients (c_(k-1) - c_(k+1))/(2k), with c_0 counted twice; V falls.
  const coefficients = new Float64Array(NODES + 1)
  let atEnd = 0
  for (let k = 1; k <= NODES; k++) {
    const before = k === 1 ? 2 * slope[0]! : slope[k - 1]!
    coefficients[k] = (-half * (before - slope[k + 1]!)) / (2 * k)
    atEnd += coefficients[k]!
  }
  coefficients[0] = -atEnd
  for (const x of CHECKS) {
    const { value, high } = within(radial, x === -1 ? a : middle + half * x, b)
    const allowed = 0.25 * POTENTIAL_ERROR * value + 2 * (high - value) + Number.EPSILON * Math.abs(right) + TINY
    if (!(Math.abs(clenshaw(coefficients, x) - value) <= allowed)) return undefined
  }
  coefficients[0] = coefficients[0]! + right
  return coefficients
}

/** Below this nothing is compared. */
const TINY = 1e-300

/** sum c_k T_k(x). */
function clenshaw(c: Float64Array, x: number): number {
  let [older, newer] = [0, 0]
  for (let k = c.length - 1; k > 0; k--) {
    const next = c[k]! + 2 * x * newer - older
    older = newer
    newer = next
  }
  return c[0]! + x * newer - older
}
