/**
 * Enclosures of exp, log and of powers with real exponents.
 */
import { SPLIT_LN2, withMultiple, withoutMultiple } from './constants.js'
import { type Interval, interval, nonNegative, over, plus, power, root, times } from './interval.js'
import { enclosing, type Rational, rational } from './rational.js'
import { horner, widened } from './series.js'

const DEGREE = 15
/** 1/k!, k = 0 ... 15. */
const RECIPROCAL_FACTORIALS = Array.from({ length: DEGREE + 1 }, (_, k) => {
  let factorial = 1n
  for (let j = 2n; j <= BigInt(k); j++) factorial *= j
  return enclosing(rational(1n, factorial))
})

/** Above it exp is above the largest double (709.783), below minus this (745.14) less than the smallest. */
const [LARGE, SMALL] = [709.79, -745.2]

/**
 * exp of one double x. With k the whole number next to x/ln 2 and r = x - k ln 2, |r| <= 0.36 (checked), it is
 * $2^k(\sum_{j\le15}r^j/j!+R)$, $|R|\le\frac{|r|^{16}}{16!}e^{|r|}$ (Lagrange), and $e^{0.36}<1.5$.
 */
function exponentialAt(x: number): Interval {
  if (x === 0) return interval(1)
  if (x > LARGE) return interval(Number.MAX_VALUE, Number.POSITIVE_INFINITY)
  if (x < SMALL) return interval(0, 2 ** -1074)
  const k = Math.round(x * Math.LOG2E)
  const r = withoutMultiple(interval(x), k, SPLIT_LN2)
  const size = Math.max(-r.lo, r.hi)
  if (!(size <= 0.36)) throw new RangeError(`the reduced argument of exp(${x}) must be at most 0.36, got ${size}`)
  // 16! > 2e13; the factor 1.6 in place of 1.5 covers the rounding of this line.
  const remainder = (1.6 * size ** 8 * size ** 8) / 2e13
  const { lo, hi } = widened(horner(RECIPROCAL_FACTORIALS, r), remainder)
  // Scaled in two exact steps, but for underflow, which the last multiplication rounds outwards.
  const half = Math.trunc(k / 2)
  const scaled = times(interval(lo * 2 ** half, hi * 2 ** half), interval(2 ** (k - half)))
  return { lo: Math.max(0, scaled.lo), hi: scaled.hi }
}

/** exp a. @example exponential({ lo: 0, hi: 0 }) // { lo: 1, hi: 1 } */
export function exponential(a: Interval): Interval {
  const lo = a.lo === Number.NEGATIVE_INFINITY ? 0 : exponentialAt(a.lo).lo
  if (a.lo === a.hi) return exponentialAt(a.lo)
  return { lo, hi: a.hi === Number.POSITIVE_INFINITY ? a.hi : exponentialAt(a.hi).hi }
}

const LOG_TERMS = 12
/** 2/(2k+1), k = 0 ... 12. */
const ODD_RECIPROCALS = Array.from({ length: LOG_TERMS + 1 }, (_, k) => enclosing(rational(2n, BigInt(2 * k + 1))))

/**
 * log of one double x > 0. With x = m 2^e, m in [0.7, 1.42] (exact), and z = (m-1)/(m+1), |z| <= 0.18 (checked), it is
 * $e\ln2+2\sum_{k\le12}z^{2k+1}/(2k+1)+R$, where what is left out is at most the geometric series
 * $|R|\le\frac{2|z|^{27}}{27(1-z^2)}$.
 */
function logarithmAt(x: number): Interval {
  let [m, e] = [x, 0]
  if (m < 2 ** -1022) [m, e] = [m * 2 ** 60, e - 60]
  // An estimate of the exponent, then exact steps by factors of 2.
  const near = Math.round(Math.log2(m))
  const half = Math.trunc(near / 2)
  ;[m, e] = [m / 2 ** half / 2 ** (near - half), e + near]
  while (m > 1.42) [m, e] = [m / 2, e + 1]
  while (m < 0.7) [m, e] = [m * 2, e - 1]
  if (m === 1) return withMultiple(interval(0), e, SPLIT_LN2)
  const one = interval(1)
  // m - 1 is exact by Sterbenz, so no more than its rounding is added.
  const z = over(interval(m - 1), plus(interval(m), one))
  const size = Math.max(-z.lo, z.hi)
  if (!(size <= 0.18)) throw new RangeError(`the reduced argument of log(${x}) must be at most 0.18, got ${size}`)
  // 2/27/(1 - 0.0324) < 0.0766; 0.08 covers the rounding of this line.
  const remainder = 0.08 * size ** 9 * size ** 9 * size ** 9
  const series = times(z, horner(ODD_RECIPROCALS, times(z, z)))
  return withMultiple(widened(series, remainder), e, SPLIT_LN2)
}

/** log a, of what is not negative. @example logarithm({ lo: 1, hi: 1 }) // { lo: 0, hi: 0 } */
export function logarithm(a: Interval): Interval {
  const { lo, hi } = nonNegative('a logarithm', a)
  if (hi === 0) throw new RangeError('a logarithm must be of a number > 0, got [0, 0]')
  return {
    lo: lo === 0 ? Number.NEGATIVE_INFINITY : logarithmAt(lo).lo,
    hi: hi === Number.POSITIVE_INFINITY ? hi : logarithmAt(hi).hi,
  }
}

/**
 * a^r for a rational r: by squarings if r is whole, with a square root if 2r is, else exp(r log a), for a >= 0.
 * @throws RangeError if a < 0 and r is not whole
 * @example realPower({ lo: 4, hi: 4 }, { n: 0n, d: 1n }) // { lo: 1, hi: 1 }
 */
export function realPower(a: Interval, r: Rational): Interval {
  const n = Number(r.n)
  if (r.d === 1n && Math.abs(n) <= 2 ** 20) return power(a, n)
  if (r.d === 2n && Math.abs(n) <= 2 ** 20) return power(root(a), n)
  const base = nonNegative('a power', a)
  const exponent = enclosing(r)
  if (base.hi === 0) {
    if (r.n < 0n) throw new RangeError('a negative power must be of a number > 0, got [0, 0]')
    return base
  }
  return exponential(times(exponent, logarithm(base)))
}
