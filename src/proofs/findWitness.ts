/**
 * A point where f is large: a search on a grid, then with ever smaller steps, then Newton's iteration. Nothing is
 * proved here; the witness is what a certificate is checked with.
 */
import { interval } from '../base/interval/interval.js'
import { compare, enclosing, fromNumber, parseRational, type Rational } from '../base/interval/rational.js'
import type { Steps } from '../base/steps.js'
import type { Variable } from './certificate.js'
import { valueOrNothing } from './expression.js'
import { isInDomain, jetOn, type Problem } from './rules.js'

/** Points of the grid on a side, for 1, 2 and 3 variables. */
const GRID = [1024, 64, 24]

/**
 * The coordinates of the witness as rationals in texts.
 * @param start fractions of a point to begin at, in place of the grid
 */
export function* findWitness(
  problem: Problem,
  variables: readonly Variable[],
  start?: readonly number[],
): Steps<readonly string[]> {
  const n = variables.length
  const texts = (t: readonly number[]): string[] => t.map((fraction, i) => coordinateText(variables[i]!, fraction))
  const value = (t: readonly number[]): number => valueAt(problem, variables, texts(t).map(parseRational))
  const size = GRID[n - 1]!
  let best = { t: variables.map(() => 0.5), value: Number.NEGATIVE_INFINITY }
  const consider = (t: readonly number[]): boolean => {
    if (t.some(fraction => fraction < 0 || fraction > 1)) return false
    const found = value(t)
    if (!(found > best.value)) return false
    best = { t: [...t], value: found }
    return true
  }
  if (start !== undefined) consider(start)
  for (let k = 0; start === undefined && k < (size + 1) ** n; k++) {
    consider(variables.map((_, i) => (Math.floor(k / (size + 1) ** i) % (size + 1)) / size))
    if (k % 64 === 0) yield { fraction: 0, stage: 'search' }
  }
  if (best.value === Number.NEGATIVE_INFINITY) throw new RangeError('the domain must have a point, and none was found')
  for (let step = 1 / size; step > 1e-9; step /= 2) {
    const around = directions(n).map(
      direction => () => consider(best.t.map((fraction, i) => fraction + step * direction[i]!)),
    )
    while (around.some(move => move()));
    yield { fraction: 0, stage: 'search' }
  }
  for (let step = 0; step < 4; step++) {
    const next = newton(problem, variables, best.t)
    if (next === undefined || next.some(fraction => !(fraction >= 0 && fraction <= 1))) break
    if (!(value(next) >= best.value - 1e-13 * Math.abs(best.value))) break
    best = { t: next, value: Math.max(best.value, value(next)) }
  }
  return texts(best.t)
}

/** The middle of f's enclosure; -Infinity outside the domain. */
function valueAt(problem: Problem, variables: readonly Variable[], x: readonly Rational[]): number {
  if (!isInDomain(problem, variables, x)) return Number.NEGATIVE_INFINITY
  const found = valueOrNothing(() => problem.value(x.map(enclosing)))
  const middle = found === undefined ? Number.NaN : 0.5 * (found.lo + found.hi)
  return Number.isFinite(middle) ? middle : Number.NEGATIVE_INFINITY
}

/** The coordinate at a fraction of a range: the end itself, or a double within. */
function coordinateText({ lo, hi }: Variable, t: number): string {
  if (t === 0) return lo
  if (t === 1) return hi
  const [a, b] = [enclosing(parseRational(lo)), enclosing(parseRational(hi))]
  const x = a.lo + t * (b.lo - a.lo)
  const exact = fromNumber(x)
  if (compare(exact, parseRational(lo)) < 0) return lo
  return compare(exact, parseRational(hi)) > 0 ? hi : String(x)
}

/** All directions of sides and diagonals. */
function directions(n: number): number[][] {
  const all = Array.from({ length: 3 ** n }, (_, k) =>
    Array.from({ length: n }, (__, i) => (Math.floor(k / 3 ** i) % 3) - 1),
  )
  return all.filter(direction => direction.some(x => x !== 0))
}

/** A step of Newton's iteration for a stationary point in the free variables; variables at an end stay there. */
function newton(problem: Problem, variables: readonly Variable[], t: readonly number[]): number[] | undefined {
  const x = t.map((fraction, i) => Number(enclosing(parseRational(coordinateText(variables[i]!, fraction))).lo))
  const jet = jetOn(
    problem,
    x.map(point => interval(point)),
    2,
  )
  if (jet === undefined) return undefined
  const free = t.flatMap((fraction, i) => (fraction > 0 && fraction < 1 ? [i] : []))
  const middle = ({ lo, hi }: { lo: number; hi: number }): number => 0.5 * (lo + hi)
  const h = (i: number, j: number): number => {
    const [a, b] = [Math.max(i, j), Math.min(i, j)]
    return middle(jet.hessian[(a * (a + 1)) / 2 + b]!)
  }
  const step = solve(free.map(i => [...free.map(j => h(i, j)), -middle(jet.gradient[i]!)]))
  if (step === undefined) return undefined
  return t.map((fraction, i) => {
    const k = free.indexOf(i)
    if (k < 0) return fraction
    const [lo, hi] = [variables[i]!.lo, variables[i]!.hi].map(text => enclosing(parseRational(text)).lo) as [
      number,
      number,
    ]
    return fraction + step[k]! / (hi - lo)
  })
}

/** Gauss's elimination of rows [matrix | right side]; nothing if it is singular. */
function solve(rows: number[][]): number[] | undefined {
  const n = rows.length
  for (let i = 0; i < n; i++) {
    const pivot = rows
      .slice(i)
      .reduce((best, row, k) => (Math.abs(row[i]!) > Math.abs(rows[best]![i]!) ? i + k : best), i)
    ;[rows[i], rows[pivot]] = [rows[pivot]!, rows[i]!]
    if (!(Math.abs(rows[i]![i]!) > 0)) return undefined
    for (let k = 0; k < n; k++) {
      if (k === i) continue
      const factor = rows[k]![i]! / rows[i]![i]!
      rows[k] = rows[k]!.map((entry, j) => entry - factor * rows[i]![j]!)
    }
  }
  return rows.map((row, i) => row[n]! / row[i]!)
}
