/**
 * Enclosures of the error function, of Lambert's W, of x ln x and of x^k e^-x: the last two for variables that reach 0
 * or infinity, where the factors have no bound.
 */
import { lambertW } from '../numerics/roots.js'
import { PI } from './constants.js'
import { exponential, logarithm, realPower } from './exponential.js'
import { hull, type Interval, interval, minus, negative, nonNegative, over, plus, root, times } from './interval.js'
import { enclosing, type Rational } from './rational.js'

const TWO_BY_ROOT_PI = over(interval(2), root(PI))

/**
 * erf of one double: for tiny x > 0 by $1-x^2\le e^{-s^2}\le1$ on [0, x]; to x = 6 by
 *   $\operatorname{erf}x=\tfrac2{\sqrt\pi}e^{-x^2}\sum_k\frac{2^kx^{2k+1}}{1\cdot3\cdots(2k+1)}$,
 * whose terms t_k are positive with $t_{k+1}/t_k=\frac{2x^2}{2k+3}$, falling in k: what is left out after t_k is at
 * most $t_{k+1}/(1-t_{k+2}/t_{k+1})$, and at most 2 t_{k+1} once the ratio is below 1/2. Beyond 6,
 * $1-\operatorname{erf}x=\tfrac2{\sqrt\pi}\int_x^\infty e^{-s^2}ds\le\tfrac1{x\sqrt\pi}e^{-x^2}\le e^{-x^2}$.
 */
function errorFunctionAt(x: number): Interval {
  if (x === 0) return interval(0)
  if (x < 0) return negative(errorFunctionAt(-x))
  const square = times(interval(x), interval(x))
  const one = interval(1)
  if (x < 2 ** -30) return times(TWO_BY_ROOT_PI, times(interval(x), { lo: minus(one, square).lo, hi: 1 }))
  if (x > 6) return { lo: Math.max(0, minus(one, exponential(negative(square))).lo), hi: 1 }
  let term = interval(x)
  let total = term
  for (let k = 0; k < 1000; k++) {
    const ratio = over(times(interval(2), square), interval(2 * k + 3))
    term = times(term, ratio)
    // What is left out from here on is between this term and twice this term.
    if (ratio.hi < 0.5 && term.hi < total.lo * 2 ** -60) {
      const sum = plus(total, { lo: 0, hi: times(interval(2), term).hi })
      const { lo, hi } = times(times(TWO_BY_ROOT_PI, exponential(negative(square))), sum)
      return { lo, hi: Math.min(1, hi) }
    }
    total = plus(total, term)
  }
  throw new RangeError(`the series of erf(${x}) must end within 1000 terms, got no end`)
}

/** erf a. @example errorFunction({ lo: 0, hi: 0 }) // { lo: 0, hi: 0 } */
export function errorFunction(a: Interval): Interval {
  return { lo: errorFunctionAt(a.lo).lo, hi: errorFunctionAt(a.hi).hi }
}

/**
 * Lambert's W of one double y >= 0. Any w with $we^w\le y$ is at most W(y), and the other way round, as $we^w$
 * increases: an approximation is moved until that is seen.
 */
function lambertAt(y: number): Interval {
  if (y === 0) return interval(0)
  if (y === Number.POSITIVE_INFINITY) return interval(700, y)
  const w = lambertW(y)
  const image = (x: number): Interval => times(interval(x), exponential(interval(x)))
  let [lo, hi] = [w, w]
  for (let step = 2 ** -53; !(image(lo).hi <= y); step = doubled(step, y)) lo = Math.max(0, w * (1 - step) - 2 ** -1074)
  for (let step = 2 ** -53; !(image(hi).lo >= y); step = doubled(step, y)) hi = w * (1 + step) + 2 ** -1074
  return { lo, hi }
}

/** A larger step. @throws RangeError if there is no end */
function doubled(step: number, y: number): number {
  if (!(step < 2)) throw new RangeError(`W(${y}) must be near its approximation, and is not`)
  return 2 * step
}

/** The principal branch W of a >= 0. @example lambert({ lo: 0, hi: 0 }) // { lo: 0, hi: 0 } */
export function lambert(a: Interval): Interval {
  const { lo, hi } = nonNegative('W', a)
  return { lo: lambertAt(lo).lo, hi: lambertAt(hi).hi }
}

/** Both ends' values, and more if a stationary point may lie between. */
function unimodal(a: Interval, at: (x: number) => Interval, top: Interval, value: Interval): Interval {
  const ends = hull(at(a.lo), at(a.hi))
  return top.lo > a.hi || top.hi < a.lo ? ends : hull(ends, value)
}

/**
 * x ln x, continued by 0 at x = 0: falls to -1/e at 1/e, rises from there.
 * @example entropy({ lo: 0, hi: 0 }) // { lo: 0, hi: 0 }
 */
export function entropy(a: Interval): Interval {
  const at = (x: number): Interval => {
    if (x === 0 || x === Number.POSITIVE_INFINITY) return interval(x)
    return times(interval(x), logarithm(interval(x)))
  }
  const least = exponential(interval(-1))
  return unimodal(nonNegative('x ln x', a), at, least, negative(least))
}

/**
 * x^k e^-x for k >= 0, continued by 0 at infinity: rises to k^k e^-k at k, falls from there.
 * @throws RangeError for k < 0
 * @example decay({ lo: 0, hi: 0 }, { n: 1n, d: 1n }) // { lo: 0, hi: 0 }
 */
export function decay(a: Interval, k: Rational): Interval {
  if (k.n < 0n) throw new RangeError(`k must be a number >= 0, got ${k.n}/${k.d}`)
  const at = (x: number): Interval => {
    if (x === Number.POSITIVE_INFINITY) return interval(0)
    const tail = exponential(interval(-x))
    if (k.n === 0n) return tail
    const head = realPower(interval(x), k)
    return times(head, tail)
  }
  const top = enclosing(k)
  const value = k.n === 0n ? interval(1) : times(realPower(top, k), exponential(negative(top)))
  return unimodal(nonNegative('x^k e^-x', a), at, top, value)
}
