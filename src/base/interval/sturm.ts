/**
 * Real algebraic numbers: the one root of a rational polynomial in an interval with rational ends, found and enclosed
 * by counting sign changes (Sturm), exactly.
 */
import { type Interval, intersection } from './interval.js'
import {
  compare,
  difference,
  enclosing,
  product,
  quotient,
  type Rational,
  rational,
  rationalText,
  sum,
} from './rational.js'

/** Coefficients from the constant one on, the last not 0. */
export type Polynomial = readonly Rational[]

const ZERO = rational(0n)
const isZero = (a: Rational): boolean => a.n === 0n

function trimmed(p: Polynomial): Polynomial {
  let length = p.length
  while (length > 0 && isZero(p[length - 1]!)) length--
  return p.slice(0, length)
}

/** p(x), exactly. @example polynomialAt([rational(1n)], rational(5n)).n === 1n // true */
export function polynomialAt(p: Polynomial, x: Rational): Rational {
  return p.reduceRight((value, c) => sum(c, product(x, value)), ZERO)
}

const derivative = (p: Polynomial): Polynomial => p.slice(1).map((c, k) => product(c, rational(BigInt(k + 1))))

function remainder(a: Polynomial, b: Polynomial): Polynomial {
  let rest = a
  while (rest.length >= b.length) {
    const factor = quotient(rest.at(-1)!, b.at(-1)!)
    const shift = rest.length - b.length
    rest = trimmed(rest.map((c, k) => (k < shift ? c : difference(c, product(factor, b[k - shift]!)))).slice(0, -1))
  }
  return rest
}

/** Sturm's sequence p, p', then negated remainders. */
function sturmSequence(p: Polynomial): Polynomial[] {
  const sequence = [trimmed(p), trimmed(derivative(p))]
  while (sequence.at(-1)!.length > 1) {
    const next = remainder(sequence.at(-2)!, sequence.at(-1)!).map(c => difference(ZERO, c))
    if (next.length === 0) break
    sequence.push(next)
  }
  return sequence.filter(q => q.length > 0)
}

function changes(sequence: readonly Polynomial[], x: Rational): number {
  const signs = sequence.map(p => compare(polynomialAt(p, x), ZERO)).filter(s => s !== 0)
  return signs.slice(1).filter((s, k) => s !== signs[k]).length
}

/**
 * How many different real roots a polynomial has in (a, b), neither of which is one (Sturm's theorem, for which roots
 * may be multiple).
 * @throws RangeError if p is constant, or p(a) = 0, or p(b) = 0
 * @example rootsBetween([-2n, 0n, 1n].map(n => ({ n, d: 1n })), { n: 0n, d: 1n }, { n: 2n, d: 1n }) // 1
 */
export function rootsBetween(p: Polynomial, a: Rational, b: Rational): number {
  if (trimmed(p).length < 2) throw new RangeError('the polynomial must have a degree >= 1, got a constant')
  for (const [name, end] of [['a', a] as const, ['b', b] as const]) {
    if (isZero(polynomialAt(p, end))) {
      throw new RangeError(`the polynomial must not be 0 at ${name}, got ${name} = ${rationalText(end)}`)
    }
  }
  const sequence = sturmSequence(p)
  return changes(sequence, a) - changes(sequence, b)
}

/**
 * The one root of a polynomial in (a, b), whose ends are none, in an interval of relative width below 1e-15.
 * @throws RangeError unless there is exactly one
 * @example algebraic([-4n, 0n, 1n].map(n => ({ n, d: 1n })), { n: 1n, d: 1n }, { n: 4n, d: 1n }).lo < 2.1 // true
 */
export function algebraic(p: Polynomial, a: Rational, b: Rational): Interval {
  const count = compare(a, b) < 0 ? rootsBetween(p, a, b) : 0
  if (count !== 1) throw new RangeError(`the polynomial must have one root in (a, b), got ${count}`)
  const sequence = sturmSequence(p)
  const before = changes(sequence, a)
  let [lo, hi] = [a, b]
  const half = rational(1n, 2n)
  for (let step = 0; step < 1200; step++) {
    const [left, right] = [enclosing(lo), enclosing(hi)]
    if (right.hi - left.lo <= 2 ** -51 * Math.max(Math.abs(left.lo), Math.abs(right.hi))) break
    const middle = product(half, sum(lo, hi))
    if (isZero(polynomialAt(p, middle))) return enclosing(middle)
    // The root is in (lo, middle) if the count from a changes there.
    if (before - changes(sequence, middle) === 1) hi = middle
    else lo = middle
  }
  return intersection({ lo: enclosing(lo).lo, hi: enclosing(hi).hi }, { lo: enclosing(a).lo, hi: enclosing(b).hi })
}
