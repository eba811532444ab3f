/**
 * Enclosures of sine, cosine and arctangent.
 */
import { PI, SPLIT_HALF_PI, withoutMultiple } from './constants.js'
import { type Interval, interval, minus, negative, over, plus, root, times } from './interval.js'
import { enclosing, rational } from './rational.js'
import { horner, widened } from './series.js'

const TERMS = 9
const [SINE, COSINE] = [1, 0].map(first =>
  Array.from({ length: TERMS + 1 }, (_, k) => {
    let factorial = 1n
    for (let j = 2n; j <= BigInt(2 * k + first); j++) factorial *= j
    return enclosing(rational(k % 2 === 0 ? 1n : -1n, factorial))
  }),
) as [Interval[], Interval[]]

const UNIT: Interval = { lo: -1, hi: 1 }
/** Beyond, a double says little of its quadrant, and [-1, 1] is the answer. */
const LARGEST = 2 ** 20

/** Within [-1, 1]. */
const clipped = ({ lo, hi }: Interval): Interval => ({ lo: Math.max(-1, lo), hi: Math.min(1, hi) })

/**
 * cos(x - s pi/2) of one double, s = 0 or 1. With k next to x/(pi/2) and r = x - k pi/2, |r| <= 0.8 (checked), it is a
 * sine or cosine of r up to sign. Their series to r^19 and r^18 miss at most the next term (Lagrange; derivatives are
 * at most 1): $|r|^{21}/21!$ and $|r|^{20}/20!$.
 */
function cosineAt(x: number, s: 0 | 1): Interval {
  const k = Math.round(x * 0.6366197723675814)
  const r = withoutMultiple(interval(x), k, SPLIT_HALF_PI)
  const size = Math.max(-r.lo, r.hi)
  if (!(size <= 0.8)) throw new RangeError(`the reduced argument of ${x} must be at most 0.8, got ${size}`)
  const square = times(r, r)
  const quadrant = (((k - s) % 4) + 4) % 4
  const odd = quadrant % 2 === 1
  // 20! > 2.4e18, 21! > 5e19; the denominators are less by a twentieth for the rounding of this line.
  const value = odd
    ? times(r, widened(horner(SINE, square), (size ** 10 * size ** 10) / 4.8e19))
    : widened(horner(COSINE, square), (size ** 10 * size ** 10) / 2.3e18)
  // cos(r + q pi/2) = cos r, -sin r, -cos r, sin r.
  return clipped(quadrant === 1 || quadrant === 2 ? negative(value) : value)
}

/**
 * cos(a - s pi/2): between the multiples of pi (shifted by s pi/2) it is monotone, so its range is that of the ends and
 * of +-1 for every such multiple that a may hold.
 */
function shiftedCosine(a: Interval, s: 0 | 1): Interval {
  if (!(a.lo >= -LARGEST && a.hi <= LARGEST) || a.hi - a.lo > 6.3) return UNIT
  if (a.lo === 0 && a.hi === 0) return interval(1 - s)
  let { lo, hi } = cosineAt(a.lo, s)
  const other = cosineAt(a.hi, s)
  ;[lo, hi] = [Math.min(lo, other.lo), Math.max(hi, other.hi)]
  for (let m = Math.floor(a.lo / Math.PI) - 2; m <= Math.ceil(a.hi / Math.PI) + 1; m++) {
    const extremum = times(PI, interval(m + s / 2))
    if (extremum.lo > a.hi || extremum.hi < a.lo) continue
    if (m % 2 === 0) hi = 1
    else lo = -1
  }
  return { lo, hi }
}

/** cos a. @example cosine({ lo: 0, hi: 0 }) // { lo: 1, hi: 1 } */
export function cosine(a: Interval): Interval {
  return shiftedCosine(a, 0)
}

/** sin a. @example sine({ lo: 0, hi: 0 }) // { lo: 0, hi: 0 } */
export function sine(a: Interval): Interval {
  return shiftedCosine(a, 1)
}

const ARC_TERMS = 9
const ARC = Array.from({ length: ARC_TERMS + 1 }, (_, k) =>
  enclosing(rational(k % 2 === 0 ? 1n : -1n, BigInt(2 * k + 1))),
)

/**
 * arctan of one double. From |x| > 1 by $\arctan x=\tfrac\pi2-\arctan\tfrac1x$; then three times
 * $\arctan x=2\arctan\frac x{1+\sqrt{1+x^2}}$, so that x <= tan(pi/32) < 0.0986 (checked below 0.1). The series
 * alternates with falling terms, so what is left out after $x^{19}/19$ is at most $x^{21}/21$.
 */
function arctangentAt(x: number): Interval {
  if (x === 0) return interval(0)
  if (x < 0) return negative(arctangentAt(-x))
  if (x === Number.POSITIVE_INFINITY) return times(PI, interval(0.5))
  const one = interval(1)
  let y = x > 1 ? over(one, interval(x)) : interval(x)
  for (let halving = 0; halving < 3; halving++) y = over(y, plus(one, root(plus(one, times(y, y)))))
  if (!(y.hi < 0.1)) throw new RangeError(`the reduced argument of arctan(${x}) must be below 0.1, got ${y.hi}`)
  // The remainder relative to x; 20 in place of 21 for the rounding of this line.
  const series = widened(horner(ARC, times(y, y)), (y.hi ** 10 * y.hi ** 10) / 20)
  const value = times(times(y, series), interval(8))
  return x > 1 ? minus(times(PI, interval(0.5)), value) : value
}

/** arctan a. @example arctangent({ lo: 0, hi: 0 }) // { lo: 0, hi: 0 } */
export function arctangent(a: Interval): Interval {
  return { lo: arctangentAt(a.lo).lo, hi: arctangentAt(a.hi).hi }
}
