/**
 * Closed intervals of real numbers, with outward rounding: the result of an operation contains every result for numbers
 * of its operands. An infinite end says that there is no bound on that side; infinity itself is no member. Where an
 * operation is undefined for some members (a root of a negative number, a quotient by 0), the others count; if it is
 * defined for none, it throws.
 *
 * The operations of IEEE 754 (+, -, *, /, square root) round correctly; each end is moved to a neighbour of the
 * rounded result, see {@link above}; that of a sum only if it was rounded. Products with 0 are exact.
 */
import { above, below } from './neighbours.js'

/** The real numbers x with lo <= x <= hi. */
export interface Interval {
  readonly lo: number
  readonly hi: number
}

/** All real numbers. */
export const WHOLE: Interval = { lo: Number.NEGATIVE_INFINITY, hi: Number.POSITIVE_INFINITY }
export const ZERO: Interval = { lo: 0, hi: 0 }
export const ONE: Interval = { lo: 1, hi: 1 }

/** The interval of one double, or from one to another. @example interval(1, 2) // { lo: 1, hi: 2 } */
export function interval(lo: number, hi: number = lo): Interval {
  return { lo, hi }
}

/** Whether it is the number 0 alone. */
const isZero = (a: Interval): boolean => a.lo === 0 && a.hi === 0

/** Whether it is one number alone. @example isPoint({ lo: 1, hi: 1 }) // true */
export function isPoint(a: Interval): boolean {
  return a.lo === a.hi
}

/** The smallest interval that holds both. @example hull({ lo: 0, hi: 1 }, { lo: 2, hi: 3 }) // { lo: 0, hi: 3 } */
export function hull(a: Interval, b: Interval): Interval {
  return { lo: Math.min(a.lo, b.lo), hi: Math.max(a.hi, b.hi) }
}

/**
 * What two intervals have in common, both of which hold the number in question.
 * @throws RangeError if that is nothing
 * @example intersection({ lo: 0, hi: 2 }, { lo: 1, hi: 3 }) // { lo: 1, hi: 2 }
 */
export function intersection(a: Interval, b: Interval): Interval {
  const [lo, hi] = [Math.max(a.lo, b.lo), Math.min(a.hi, b.hi)]
  if (!(lo <= hi)) throw new RangeError(`intervals must meet, got [${a.lo}, ${a.hi}] and [${b.lo}, ${b.hi}]`)
  return { lo, hi }
}

/** -a, exactly. @example negative({ lo: 1, hi: 2 }) // { lo: -2, hi: -1 } */
export function negative(a: Interval): Interval {
  return { lo: 0 - a.hi, hi: 0 - a.lo }
}

/**
 * What rounding took from s = fl(x + y): x + y - s, exactly (Knuth's two-sum), NaN after an overflow.
 * @source D. E. Knuth, The Art of Computer Programming 2, 4.2.2, theorem B
 */
function sumError(x: number, y: number, s: number): number {
  const part = s - x
  return x - (s - part) + (y - part)
}

/** A sum rounded down: moved only if it was rounded up. */
function downPlus(x: number, y: number): number {
  const s = x + y
  return sumError(x, y, s) >= 0 ? s : below(s)
}

function upPlus(x: number, y: number): number {
  const s = x + y
  return sumError(x, y, s) <= 0 ? s : above(s)
}

/** a + b; exact where it can be. @example plus({ lo: 0.5, hi: 0.5 }, { lo: 1, hi: 2 }) // { lo: 1.5, hi: 2.5 } */
export function plus(a: Interval, b: Interval): Interval {
  if (isZero(a)) return b
  return isZero(b) ? a : { lo: downPlus(a.lo, b.lo), hi: upPlus(a.hi, b.hi) }
}

/** a - b. @example minus({ lo: 1, hi: 2 }, { lo: 0, hi: 0 }) // { lo: 1, hi: 2 } */
export function minus(a: Interval, b: Interval): Interval {
  return plus(a, negative(b))
}

/** Whether a product or quotient of two numbers that are not 0 is negative. */
const isNegative = (x: number, y: number): boolean => x < 0 !== y < 0

/** Bounds of a rounded product or quotient of known sign, which an underflow does not change. */
const downSigned = (z: number, negativeSign: boolean): number => (negativeSign ? below(z) : Math.max(0, below(z)))
const upSigned = (z: number, negativeSign: boolean): number => (negativeSign ? Math.min(0, above(z)) : above(z))

/** Bounds of the product of two ends; 0 times an infinite end is 0, as infinity is no member. */
const downTimes = (x: number, y: number): number => (x === 0 || y === 0 ? 0 : downSigned(x * y, isNegative(x, y)))
const upTimes = (x: number, y: number): number => (x === 0 || y === 0 ? 0 : upSigned(x * y, isNegative(x, y)))

/** Bounds of the quotient of two ends, y not 0: by an infinite end it is as near to 0 as one likes. */
const downOver = (x: number, y: number): number =>
  x === 0 || Math.abs(y) === Number.POSITIVE_INFINITY ? 0 : downSigned(x / y, isNegative(x, y))
const upOver = (x: number, y: number): number =>
  x === 0 || Math.abs(y) === Number.POSITIVE_INFINITY ? 0 : upSigned(x / y, isNegative(x, y))

/**
 * a b: its ends are among the four products of ends.
 * @example times({ lo: 0, hi: 0 }, { lo: -Infinity, hi: 1 }) // { lo: 0, hi: 0 }
 */
export function times(a: Interval, b: Interval): Interval {
  if (isZero(a) || isZero(b)) return ZERO
  if (a.lo >= 0 && b.lo >= 0) return { lo: downTimes(a.lo, b.lo), hi: upTimes(a.hi, b.hi) }
  return {
    lo: Math.min(downTimes(a.lo, b.lo), downTimes(a.lo, b.hi), downTimes(a.hi, b.lo), downTimes(a.hi, b.hi)),
    hi: Math.max(upTimes(a.lo, b.lo), upTimes(a.lo, b.hi), upTimes(a.hi, b.lo), upTimes(a.hi, b.hi)),
  }
}

/**
 * 1/a; half a line if 0 is an end of a, the whole line if it lies inside.
 * @throws RangeError for a = 0
 */
function inverse(a: Interval): Interval {
  if (isZero(a)) throw new RangeError('a divisor must hold a number that is not 0, got [0, 0]')
  if (a.lo < 0 && a.hi > 0) return WHOLE
  const lo = a.hi === 0 ? Number.NEGATIVE_INFINITY : below(1 / a.hi)
  const hi = a.lo === 0 ? Number.POSITIVE_INFINITY : above(1 / a.lo)
  // The sign is kept where 1/Infinity or an underflow is 0.
  return a.lo >= 0 ? { lo: Math.max(0, lo), hi } : { lo, hi: Math.min(0, hi) }
}

/**
 * a/b.
 * @throws RangeError for b = 0
 * @example over({ lo: 1, hi: 1 }, { lo: 0, hi: 2 }).hi === Infinity // true
 */
export function over(a: Interval, b: Interval): Interval {
  if (isZero(a) && !isZero(b)) return ZERO
  if (b.lo <= 0 && b.hi >= 0) return times(a, inverse(b))
  return {
    lo: Math.min(downOver(a.lo, b.lo), downOver(a.lo, b.hi), downOver(a.hi, b.lo), downOver(a.hi, b.hi)),
    hi: Math.max(upOver(a.lo, b.lo), upOver(a.lo, b.hi), upOver(a.hi, b.lo), upOver(a.hi, b.hi)),
  }
}

/** The non-negative part: what roots and logarithms are defined for. @throws RangeError if there is none */
export function nonNegative(name: string, a: Interval): Interval {
  if (a.hi < 0) throw new RangeError(`${name} must be of a number >= 0, got [${a.lo}, ${a.hi}]`)
  return a.lo >= 0 ? a : { lo: 0, hi: a.hi }
}

/** The square root of what is not negative. @example root({ lo: 0, hi: 0 }) // { lo: 0, hi: 0 } */
export function root(a: Interval): Interval {
  const { lo, hi } = nonNegative('a square root', a)
  return { lo: Math.max(0, below(Math.sqrt(lo))), hi: hi === 0 ? 0 : above(Math.sqrt(hi)) }
}

/** |a|. @example absolute({ lo: -2, hi: 1 }) // { lo: 0, hi: 2 } */
export function absolute(a: Interval): Interval {
  if (a.lo >= 0) return a
  return a.hi <= 0 ? negative(a) : { lo: 0, hi: Math.max(-a.lo, a.hi) }
}

/** max{a, b}. @example larger({ lo: 0, hi: 2 }, { lo: 1, hi: 1 }) // { lo: 1, hi: 2 } */
export function larger(a: Interval, b: Interval): Interval {
  return { lo: Math.max(a.lo, b.lo), hi: Math.max(a.hi, b.hi) }
}

/** min{a, b}. @example smaller({ lo: 0, hi: 2 }, { lo: 1, hi: 1 }) // { lo: 0, hi: 1 } */
export function smaller(a: Interval, b: Interval): Interval {
  return { lo: Math.min(a.lo, b.lo), hi: Math.min(a.hi, b.hi) }
}

/**
 * a^n for a whole number n, by squarings; an even power is not negative.
 * @example power({ lo: -1, hi: 0 }, 0) // { lo: 1, hi: 1 }
 */
export function power(a: Interval, n: number): Interval {
  if (n < 0) return inverse(power(a, -n))
  if (n === 0) return ONE
  if (n === 1) return a
  if (n % 2 === 0) {
    const { lo, hi } = absolute(a)
    return powerOfPositive({ lo, hi }, n)
  }
  if (a.lo >= 0) return powerOfPositive(a, n)
  if (a.hi <= 0) return negative(powerOfPositive(negative(a), n))
  return { lo: -powerOfPositive({ lo: 0, hi: -a.lo }, n).hi, hi: powerOfPositive({ lo: 0, hi: a.hi }, n).hi }
}

function powerOfPositive(a: Interval, n: number): Interval {
  let result = ONE
  let square = a
  for (let rest = n; ; ) {
    if (rest % 2 === 1) result = result === ONE ? square : times(result, square)
    rest = Math.floor(rest / 2)
    if (rest === 0) return { lo: Math.max(0, result.lo), hi: result.hi }
    square = times(square, square)
  }
}
