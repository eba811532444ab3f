/**
 * Power series with interval coefficients: $f(c+t)=\sum_{k<n}a_kt^k+a_nt^n$, where over a box the last coefficient
 * holds $f^{(n)}(\xi)/n!$ for every xi in it. Coefficients of a product, a quotient or a function follow from those of
 * the operands by the usual recurrences, each an identity between derivatives, so they hold for enclosures at a point
 * and over a box alike.
 */
import { type Arithmetic, intervals, NoValue } from './arithmetic.js'
import { PI } from './constants.js'
import { hull, type Interval, interval, ONE, WHOLE, ZERO } from './interval.js'
import { type Rational, rational } from './rational.js'

/** Coefficients a_0 ... a_n. */
export type Taylor = readonly Interval[]

const { plus, minus, times, over, negative, unary } = intervals

/** sum of f(j) for from <= j <= to. */
function total(from: number, to: number, f: (j: number) => Interval): Interval {
  let sum = ZERO
  for (let j = from; j <= to; j++) sum = plus(sum, f(j))
  return sum
}

/** Coefficients from the first, each from those before. */
function recur(n: number, first: Interval, next: (k: number, c: readonly Interval[]) => Interval): Interval[] {
  const c = [first]
  for (let k = 1; k <= n; k++) c.push(next(k, c))
  return c
}

const whole = (k: number): Interval => interval(k)

const productOf = (a: Taylor, b: Taylor): Interval[] => a.map((_, k) => total(0, k, j => times(a[j]!, b[k - j]!)))

/** c = a/b: c_k = (a_k - sum_(j>=1) b_j c_(k-j))/b_0. */
function quotientOf(a: Taylor, b: Taylor): Interval[] {
  const by = (x: Interval): Interval => over(x, b[0]!)
  return recur(a.length - 1, by(a[0]!), (k, c) =>
    by(
      minus(
        a[k]!,
        total(1, k, j => times(b[j]!, c[k - j]!)),
      ),
    ),
  )
}

/** c with c' = s a', c_0 given, s known one coefficient behind: k c_k = sum_(j>=1) j a_j s_(k-j). */
const integrated = (a: Taylor, first: Interval, s: (k: number, c: readonly Interval[]) => Interval): Interval[] =>
  recur(a.length - 1, first, (k, c) =>
    over(
      total(1, k, j => times(times(whole(j), a[j]!), s(k - j, c))),
      whole(k),
    ),
  )

const constantTaylor = (n: number, a: Interval): Interval[] =>
  Array.from({ length: n + 1 }, (_, k) => (k === 0 ? a : ZERO))

/** sin a and cos a together. */
function circular(a: Taylor): { readonly sine: Interval[]; readonly cosine: Interval[] } {
  const sine = [unary.sin(a[0]!)]
  const cosine = [unary.cos(a[0]!)]
  for (let k = 1; k < a.length; k++) {
    const of = (s: readonly Interval[]): Interval =>
      over(
        total(1, k, j => times(times(whole(j), a[j]!), s[k - j]!)),
        whole(k),
      )
    const [next, other] = [of(cosine), negative(of(sine))]
    sine.push(next)
    cosine.push(other)
  }
  return { sine, cosine }
}

const exponentialOf = (a: Taylor): Interval[] => integrated(a, unary.exp(a[0]!), (k, c) => c[k]!)

/** k a_0 c_k = sum_(j>=1) (r j - k + j) a_j c_(k-j). */
function powerOf(a: Taylor, r: Rational): Taylor {
  const n = a.length - 1
  if (r.d === 1n && r.n >= 0n && r.n < 1000n) {
    let result: Taylor = constantTaylor(n, ONE)
    for (let k = 0n; k < r.n; k++) result = productOf(result, a)
    return r.n > 0n ? [intervals.power(a[0]!, r), ...result.slice(1)] : result
  }
  const factor = intervals.rational(r)
  return recur(n, intervals.power(a[0]!, r), (k, c) => {
    const weight = (j: number): Interval => minus(times(factor, whole(j)), whole(k - j))
    return over(
      total(1, k, j => times(times(weight(j), a[j]!), c[k - j]!)),
      times(whole(k), positive(a[0]!)),
    )
  })
}

/** Logarithms and roots have derivatives where the argument is positive. */
function positive(a: Interval): Interval {
  if (!(a.lo > 0)) throw new NoValue(`derivatives need an argument > 0, got [${a.lo}, ${a.hi}]`)
  return a
}

const logarithmOf = (a: Taylor): Interval[] => {
  positive(a[0]!)
  // a c' = a': k a_0 c_k = k a_k - sum_(0<j<k) j c_j a_(k-j).
  return recur(a.length - 1, unary.log(a[0]!), (k, c) => {
    const rest = total(1, k - 1, j => times(times(whole(j), c[j]!), a[k - j]!))
    return over(minus(a[k]!, over(rest, whole(k))), a[0]!)
  })
}

function absoluteOf(a: Taylor): Taylor {
  if (a[0]!.lo >= 0 && a[0]!.hi > 0) return a
  if (a[0]!.hi <= 0 && a[0]!.lo < 0) return a.map(negative)
  return a.map((_, k) => (k === 0 ? unary.abs(a[0]!) : WHOLE))
}

/**
 * That of two which is the larger everywhere, or no derivatives: at a point where they are equal nobody sees which is.
 */
function extreme(a: Taylor, b: Taylor, pick: (x: Interval, y: Interval) => Interval, sign: 1 | -1): Taylor {
  const [above, below] = sign === 1 ? [a, b] : [b, a]
  const [isAbove, isBelow] = [above[0]!.lo >= below[0]!.hi, above[0]!.hi <= below[0]!.lo]
  if (isAbove !== isBelow) return isAbove ? a : b
  return a.map((_, k) => (k === 0 ? pick(a[0]!, b[0]!) : WHOLE))
}

const none = (): never => {
  throw new NoValue('this function has no power series here')
}

/** The arithmetic of power series to order n. @example taylors(1).rational({ n: 2n, d: 1n })[1] // { lo: 0, hi: 0 } */
export function taylors(n: number): Arithmetic<Taylor> {
  const one = constantTaylor(n, ONE)
  return {
    rational: r => constantTaylor(n, intervals.rational(r)),
    enclosed: a => constantTaylor(n, a),
    negative: a => a.map(negative),
    plus: (a, b) => a.map((x, k) => plus(x, b[k]!)),
    minus: (a, b) => a.map((x, k) => minus(x, b[k]!)),
    times: productOf,
    over: quotientOf,
    larger: (a, b) => extreme(a, b, intervals.larger, 1),
    smaller: (a, b) => extreme(a, b, intervals.smaller, -1),
    power: powerOf,
    decay: (a, k) => productOf(powerOf(a, k), exponentialOf(a.map(negative))),
    unary: {
      sqrt: a => powerOf(a, rational(1n, 2n)),
      exp: exponentialOf,
      log: logarithmOf,
      sin: a => circular(a).sine,
      cos: a => circular(a).cosine,
      atan: a => {
        const s = quotientOf(
          one,
          productOf(a, a).map((x, k) => plus(x, one[k]!)),
        )
        return integrated(a, unary.atan(a[0]!), k => s[k]!)
      },
      erf: a => {
        const s = exponentialOf(productOf(a, a).map(negative))
        const factor = over(interval(2), unary.sqrt(PI))
        return integrated(a, unary.erf(a[0]!), k => times(factor, s[k]!))
      },
      abs: absoluteOf,
      W: none,
      xlogx: a => productOf(a, logarithmOf(a)),
    },
    side: (a, r) => intervals.side(a[0]!, r),
    either: (a, b) => a.map((x, k) => (k === 0 ? hull(x, b[0]!) : WHOLE)),
  }
}

/** The variable: c + t at a point c, or over a box. @example variableTaylor({ lo: 0, hi: 1 }, 1)[1] // { lo: 1, hi: 1 } */
export function variableTaylor(value: Interval, n: number): Taylor {
  return Array.from({ length: n + 1 }, (_, k) => (k === 0 ? value : k === 1 ? ONE : ZERO))
}
