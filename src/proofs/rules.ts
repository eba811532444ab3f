/**
 * The rules that settle a box of a cover: each an upper bound of f on it. docs/proofs.md has why each is sound.
 */
import { intervals } from '../base/interval/arithmetic.js'
import { hull, type Interval, minus, plus, power, times, WHOLE, ZERO } from '../base/interval/interval.js'
import { type Jet, jets, variableJet } from '../base/interval/jets.js'
import { compare, enclosing, parseRational, type Rational } from '../base/interval/rational.js'
import { rationals } from '../base/interval/rationals.js'
import { type Box, type Coordinates, coordinates, isCorner } from './box.js'
import type { Variable } from './certificate.js'
import { type Evaluated, type Expression, evaluator, type Names, valueOrNothing } from './expression.js'

/** Leaves: by values, mean value form, Taylor form, concavity, exact value of a point, outside the domain. */
export type Rule = 'v' | 'm' | 't' | 'c' | 'e' | 'o'

/** A function over a domain, in all arithmetics. */
export interface Problem {
  readonly n: number
  readonly coordinates: Coordinates
  readonly value: Evaluated<Interval>
  readonly exact: Evaluated<Rational>
  readonly slope: Evaluated<Jet>
  readonly bend: Evaluated<Jet>
  readonly where: readonly Evaluated<Interval>[]
  readonly whereExact: readonly Evaluated<Rational>[]
}

/** The problem of a formula over a domain. @throws RangeError for a name that stands for nothing */
export function problemOf(
  variables: readonly Variable[],
  expression: Expression,
  where: readonly Expression[],
  names: Omit<Names, 'variables'>,
): Problem {
  const all = { ...names, variables: variables.map(({ name }) => name) }
  const n = variables.length
  return {
    n,
    coordinates: coordinates(variables),
    value: evaluator(expression, intervals, all),
    exact: evaluator(expression, rationals, all),
    slope: evaluator(expression, jets(n, 1), all),
    bend: evaluator(expression, jets(n, 2), all),
    where: where.map(condition => evaluator(condition, intervals, all)),
    whereExact: where.map(condition => evaluator(condition, rationals, all)),
  }
}

/** The jet of f over a box. */
export function jetOn(problem: Problem, x: readonly Interval[], order: 1 | 2): Jet | undefined {
  const variables = x.map((side, i) => variableJet(side, i, problem.n, order))
  return valueOrNothing(() => (order === 1 ? problem.slope : problem.bend)(variables))
}

/** Whether a box has no point of the domain. */
export function isOutside(problem: Problem, box: Box): boolean {
  const x = problem.coordinates.of(box)
  return problem.where.some(condition => (valueOrNothing(() => condition(x))?.hi ?? 0) < 0)
}

const middleOf = (box: Box): Box =>
  box.map(([from, to]) => {
    const middle = 0.5 * (from + to)
    return [middle, middle] as const
  })

const NONE = Number.POSITIVE_INFINITY
const HALF: Interval = { lo: 0.5, hi: 0.5 }

/**
 * The upper bound that a rule gives on a box; Infinity if it gives none.
 * @param witness exact coordinates of a point, for concavity
 */
export function upperBound(problem: Problem, rule: Rule, box: Box, witness: readonly Rational[]): number {
  const x = problem.coordinates.of(box)
  if (rule === 'v') return valueOrNothing(() => problem.value(x))?.hi ?? NONE
  if (rule === 'm') return meanBound(problem, box, x)
  if (rule === 't') return taylorBound(problem, box, x)
  return rule === 'c' ? concaveBound(problem, box, x, witness) : NONE
}

/** f(c) + sum_i f_i(B) (B_i - c_i), c the middle of the box. */
function meanBound(problem: Problem, box: Box, x: readonly Interval[]): number {
  const c = problem.coordinates.of(middleOf(box))
  const centre = valueOrNothing(() => problem.value(c))
  const over = jetOn(problem, x, 1)
  if (centre === undefined || over === undefined) return NONE
  return along(centre, over.gradient, x, c).hi
}

/** value + sum_i g_i (x_i - c_i). */
function along(value: Interval, g: readonly Interval[], x: readonly Interval[], c: readonly Interval[]): Interval {
  return g.reduce((sum, slope, i) => plus(sum, times(slope, minus(x[i]!, c[i]!))), value)
}

/** f(c) + grad f(c).(x - c) + (x - c).H(B)(x - c)/2. */
function taylorBound(problem: Problem, box: Box, x: readonly Interval[]): number {
  const c = problem.coordinates.of(middleOf(box))
  const centre = jetOn(problem, c, 1)
  const over = jetOn(problem, x, 2)
  if (centre === undefined || over === undefined) return NONE
  const gap = x.map((side, i) => minus(side, c[i]!))
  let bend = ZERO
  for (let i = 0, k = 0; i < problem.n; i++) {
    for (let j = 0; j <= i; j++, k++) {
      const h = over.hessian[k]!
      // Off the diagonal d_ij stands for d_ji too.
      bend = plus(bend, i === j ? times(times(HALF, h), power(gap[i]!, 2)) : times(h, times(gap[i]!, gap[j]!)))
    }
  }
  return plus(along(centre.value, centre.gradient, x, c), bend).hi
}

/**
 * f(w) + grad f(w).(x - w), if the Hessian is negative semi-definite on the hull of the box and the witness w, in the
 * variables that differ between them.
 */
function concaveBound(problem: Problem, box: Box, x: readonly Interval[], witness: readonly Rational[]): number {
  const w = witness.map(enclosing)
  const active = box.flatMap(([from, to], i) =>
    from === to && compare(problem.coordinates.exact(i, from), witness[i]!) === 0 ? [] : [i],
  )
  const over = jetOn(
    problem,
    x.map((side, i) => hull(side, w[i]!)),
    2,
  )
  const centre = jetOn(problem, w, 1)
  if (over === undefined || centre === undefined) return NONE
  const h = (i: number, j: number): Interval => {
    const [a, b] = [active[Math.max(i, j)]!, active[Math.min(i, j)]!]
    return over.hessian[(a * (a + 1)) / 2 + b]!
  }
  if (!isNegative(active.length, h)) return NONE
  const flat = x.map((_, i) => (active.includes(i) ? centre.gradient[i]! : ZERO))
  return along(centre.value, flat, x, w).hi
}

/**
 * Whether every symmetric matrix of an interval matrix is negative definite: leading minors of its negative
 * (Sylvester).
 */
function isNegative(n: number, h: (i: number, j: number) => Interval): boolean {
  if (n === 0) return true
  if (n === 1) return h(0, 0).hi <= 0
  const two = minus(times(h(0, 0), h(1, 1)), power(h(0, 1), 2))
  if (!(h(0, 0).hi < 0 && two.lo > 0)) return false
  return n === 2 || (n === 3 && determinant(h).hi < 0)
}

function determinant(h: (i: number, j: number) => Interval): Interval {
  const minor = (a: number, b: number): Interval => minus(times(h(1, a), h(2, b)), times(h(1, b), h(2, a)))
  return plus(minus(times(h(0, 0), minor(1, 2)), times(h(0, 1), minor(0, 2))), times(h(0, 2), minor(0, 1)))
}

/** f at a point that a box is, exactly; nothing if it is no point or f is not rational there. */
export function exactValue(problem: Problem, box: Box): Rational | undefined {
  if (!isCorner(box)) return undefined
  return valueOrNothing(() => problem.exact(box.map(([t], i) => problem.coordinates.exact(i, t))))
}

/** Whether f is monotone on a box in its i-th variable: -1 falling, 1 rising, 0 not known. */
export function trend(gradient: readonly Interval[], i: number): -1 | 0 | 1 {
  const { lo, hi } = gradient[i] ?? WHOLE
  return hi <= 0 ? -1 : lo >= 0 ? 1 : 0
}

/** A witness as rationals, and whether it is in the domain. */
export function isInDomain(problem: Problem, variables: readonly Variable[], witness: readonly Rational[]): boolean {
  const inside = variables.every(
    ({ lo, hi }, i) => compare(parseRational(lo), witness[i]!) <= 0 && compare(witness[i]!, parseRational(hi)) <= 0,
  )
  const x = witness.map(enclosing)
  return (
    inside &&
    problem.where.every((condition, k) => {
      const exact = valueOrNothing(() => problem.whereExact[k]!(witness))
      return exact !== undefined ? exact.n >= 0n : (valueOrNothing(() => condition(x))?.lo ?? -1) >= 0
    })
  )
}
