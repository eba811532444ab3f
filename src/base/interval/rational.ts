/**
 * Rational numbers, exactly, on integers of any length.
 */
import { quote } from '../errors.js'
import type { Interval } from './interval.js'
import { above, below } from './neighbours.js'

/** n/d in lowest terms, d > 0. */
export interface Rational {
  readonly n: bigint
  readonly d: bigint
}

const absoluteOf = (n: bigint): bigint => (n < 0n ? -n : n)

function divisor(a: bigint, b: bigint): bigint {
  let [x, y] = [absoluteOf(a), absoluteOf(b)]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}

/** n/d. @throws RangeError for d = 0 @example rationalText(rational(2n, -4n)) // '-1/2' */
export function rational(n: bigint, d: bigint = 1n): Rational {
  if (d === 0n) throw new RangeError('the denominator of a rational must not be 0, got 0')
  const g = d < 0n ? -divisor(n, d) : divisor(n, d)
  return { n: n / g, d: d / g }
}

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,4}))?(?:\/(\d+))?$/

/** Whether a text is a rational: an integer, a decimal, or a fraction. @example isRational('-1.5e-3') // true */
export function isRational(text: string): boolean {
  return DECIMAL.test(text)
}

/**
 * The rational that a text says exactly: '3', '-0.25', '1e-10', '22/7'.
 * @throws RangeError
 * @example rationalText(parseRational('0.1')) // '1/10'
 */
export function parseRational(text: string): Rational {
  const found = DECIMAL.exec(text)
  if (found === null)
    throw new RangeError(`a rational must be like '3', '-0.25', '1e-10' or '22/7', got ${quote(text)}`)
  const [, sign, whole, digits = '', exponent = '0', denominator = '1'] = found
  const scale = Number(exponent) - digits.length
  const n = BigInt(`${sign === '-' ? '-' : ''}${whole}${digits}`) * (scale > 0 ? 10n ** BigInt(scale) : 1n)
  return rational(n, BigInt(denominator) * (scale < 0 ? 10n ** BigInt(-scale) : 1n))
}

/** 'n' or 'n/d'. @example rationalText({ n: 1n, d: 2n }) // '1/2' */
export function rationalText({ n, d }: Rational): string {
  return d === 1n ? String(n) : `${n}/${d}`
}

/** a + b. @example rationalText(sum(rational(1n, 2n), rational(1n, 3n))) // '5/6' */
export function sum(a: Rational, b: Rational): Rational {
  return rational(a.n * b.d + b.n * a.d, a.d * b.d)
}

/** a - b. @example rationalText(difference(rational(1n, 2n), rational(1n, 3n))) // '1/6' */
export function difference(a: Rational, b: Rational): Rational {
  return rational(a.n * b.d - b.n * a.d, a.d * b.d)
}

/** a b. @example rationalText(product(rational(1n, 2n), rational(2n, 3n))) // '1/3' */
export function product(a: Rational, b: Rational): Rational {
  return rational(a.n * b.n, a.d * b.d)
}

/** a/b. @throws RangeError for b = 0 @example rationalText(quotient(rational(1n, 2n), rational(2n))) // '1/4' */
export function quotient(a: Rational, b: Rational): Rational {
  return rational(a.n * b.d, a.d * b.n)
}

/** a^k for a whole number k. @example rationalText(rationalPower(rational(2n, 3n), -2)) // '9/4' */
export function rationalPower(a: Rational, k: number): Rational {
  if (k < 0) return rationalPower(quotient({ n: 1n, d: 1n }, a), -k)
  return { n: a.n ** BigInt(k), d: a.d ** BigInt(k) }
}

/** -1, 0 or 1, as a < b, a = b or a > b. @example compare({ n: 1n, d: 2n }, { n: 1n, d: 3n }) // 1 */
export function compare(a: Rational, b: Rational): -1 | 0 | 1 {
  const gap = a.n * b.d - b.n * a.d
  return gap < 0n ? -1 : gap > 0n ? 1 : 0
}

/** A finite double, exactly. @throws RangeError for what is not finite @example rationalText(fromNumber(0.5)) // '1/2' */
export function fromNumber(x: number): Rational {
  if (!Number.isFinite(x)) throw new RangeError(`x must be a finite number, got ${x}`)
  let [mantissa, exponent] = [x, 0]
  // Both loops are exact: they multiply by 2.
  while (Math.abs(mantissa) >= 2 ** 53) [mantissa, exponent] = [mantissa / 2, exponent + 1]
  while (!Number.isInteger(mantissa)) [mantissa, exponent] = [mantissa * 2, exponent - 1]
  const n = BigInt(mantissa)
  return exponent >= 0 ? rational(n << BigInt(exponent)) : rational(n, 1n << BigInt(-exponent))
}

/** Whether x <= r, exactly. */
const atMost = (x: number, r: Rational): boolean => compare(fromNumber(x), r) <= 0
const atLeast = (x: number, r: Rational): boolean => compare(fromNumber(x), r) >= 0

/**
 * Doubles around a rational: one if it is a double. Proved by comparing the ends with it, exactly.
 * @example enclosing({ n: 1n, d: 4n }) // { lo: 0.25, hi: 0.25 }
 */
export function enclosing(r: Rational): Interval {
  const near = nearDouble(r)
  if (near === Number.POSITIVE_INFINITY) return { lo: Number.MAX_VALUE, hi: near }
  if (near === Number.NEGATIVE_INFINITY) return { lo: near, hi: -Number.MAX_VALUE }
  let [lo, hi] = [near, near]
  while (lo !== Number.NEGATIVE_INFINITY && !atMost(lo, r)) lo = below(lo)
  while (hi !== Number.POSITIVE_INFINITY && !atLeast(hi, r)) hi = above(hi)
  return { lo, hi }
}

/** A double near a rational: a quotient of 64 bits, scaled. */
function nearDouble({ n, d }: Rational): number {
  if (n === 0n) return 0
  const shift = BigInt(64 - absoluteOf(n).toString(2).length + d.toString(2).length)
  const scaled = Number(shift >= 0n ? (n << shift) / d : n / (d << -shift))
  // In two factors, since 2^-shift alone may overflow or underflow.
  const half = Math.trunc(-Number(shift) / 2)
  return scaled * 2 ** half * 2 ** (-Number(shift) - half)
}
