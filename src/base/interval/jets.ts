/**
 * Intervals with first and second derivatives: enclosures of f, its gradient and its Hessian over a box, by the rules
 * of differentiation (forward mode).
 *
 * Where a function is not differentiable, or not defined, for some members of an interval, its derivative is the whole
 * line. So it is where a pole may be, of which the slopes on both sides have one sign (-1/x^2 for 1/x) and say nothing
 * of the jump between. A root at 0 and other continuous functions may have slopes without bound. |a|, max and min
 * differ: these are Lipschitz, and have the hull of the slopes on both sides (Clarke's generalized gradient, with which
 * the mean value theorem holds: Lebourg 1975). So they have at the kink itself, where a point does not say which of the
 * two the function is on a box about it or beside it.
 */
import { type Arithmetic, intervals, type UnaryName } from './arithmetic.js'
import { PI } from './constants.js'
import { hull, type Interval, interval, WHOLE, ZERO } from './interval.js'
import { compare, type Rational, rational } from './rational.js'

/** A function of n variables over a box. */
export interface Jet {
  readonly value: Interval
  /** n derivatives. */
  readonly gradient: readonly Interval[]
  /** Second derivatives, d_ij at i (i+1)/2 + j for j <= i; empty where not asked for. */
  readonly hessian: readonly Interval[]
}

const { plus, minus, times, over, negative, power, unary } = intervals

/** A slope, or the whole line where there is none. */
function slope(of: () => Interval): Interval {
  try {
    return of()
  } catch (error) {
    if (error instanceof RangeError) return WHOLE
    throw error
  }
}

/** First and second derivative at an interval. */
type Slopes = (a: Interval, value: Interval) => readonly [first: () => Interval, second: () => Interval]

const number = (x: number): Interval => interval(x)
const defined = (a: Interval, of: () => Interval) => (): Interval => (a.lo < 0 ? WHOLE : of())
/** For what has a pole at 0. */
const apart = (a: Interval, of: () => Interval) => (): Interval => (a.lo <= 0 && a.hi >= 0 ? WHOLE : of())
const signOf = (a: Interval): Interval =>
  a.lo === a.hi && a.lo === 0 ? interval(-1, 1) : a.lo >= 0 ? number(1) : a.hi <= 0 ? number(-1) : interval(-1, 1)
const gaussian = (a: Interval): Interval => times(over(number(2), unary.sqrt(PI)), unary.exp(negative(times(a, a))))

const SLOPES: Readonly<Record<UnaryName, Slopes>> = {
  sqrt: (a, v) => [
    defined(a, () => over(number(0.5), v)),
    defined(a, () => over(number(-0.25), times(v, power(v, rational(2n))))),
  ],
  exp: (_, v) => [() => v, () => v],
  log: a => [
    defined(
      a,
      apart(a, () => over(number(1), a)),
    ),
    defined(
      a,
      apart(a, () => over(number(-1), power(a, rational(2n)))),
    ),
  ],
  sin: (a, v) => [() => unary.cos(a), () => negative(v)],
  cos: (a, v) => [() => negative(unary.sin(a)), () => negative(v)],
  atan: a => {
    const inverse = over(number(1), plus(number(1), power(a, rational(2n))))
    return [() => inverse, () => times(times(number(-2), a), times(inverse, inverse))]
  },
  erf: a => [() => gaussian(a), () => times(times(number(-2), a), gaussian(a))],
  abs: a => [() => signOf(a), () => (a.lo < 0 && a.hi > 0 ? WHOLE : ZERO)],
  // W' = e^-W/(1+W), W'' = -e^-2W (2+W)/(1+W)^3.
  W: (a, w) => {
    const [decline, next] = [unary.exp(negative(w)), plus(number(1), w)]
    return [
      defined(a, () => over(decline, next)),
      defined(a, () => negative(over(times(times(decline, decline), plus(number(2), w)), power(next, rational(3n))))),
    ]
  },
  xlogx: a => [defined(a, () => plus(unary.log(a), number(1))), defined(a, () => over(number(1), a))],
}

/** f(a) with the chain rule: (f)_i = f' a_i, (f)_ij = f' a_ij + f'' a_i a_j. */
function chain(a: Jet, value: Interval, first: () => Interval, second: () => Interval): Jet {
  const n = a.gradient.length
  if (n === 0) return { ...a, value }
  const by = slope(first)
  const gradient = a.gradient.map(g => times(by, g))
  if (a.hessian.length === 0) return { value, gradient, hessian: a.hessian }
  const bend = slope(second)
  const hessian = pairs(n, (i, j, k) => plus(times(by, a.hessian[k]!), times(bend, square(a.gradient, i, j))))
  return { value, gradient, hessian }
}

/** a_i a_j; a square is not negative. */
const square = (a: readonly Interval[], i: number, j: number): Interval =>
  i === j ? power(a[i]!, rational(2n)) : times(a[i]!, a[j]!)

function pairs(n: number, of: (i: number, j: number, k: number) => Interval): Interval[] {
  const all: Interval[] = []
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) all.push(of(i, j, all.length))
  return all
}

/** Both with a rule for each member. */
const each = (a: Jet, b: Jet, rule: (x: Interval, y: Interval) => Interval): Jet => ({
  value: rule(a.value, b.value),
  gradient: a.gradient.map((g, i) => rule(g, b.gradient[i]!)),
  hessian: a.hessian.map((h, k) => rule(h, b.hessian[k]!)),
})

function productOf(a: Jet, b: Jet): Jet {
  const gradient = a.gradient.map((g, i) => plus(times(g, b.value), times(a.value, b.gradient[i]!)))
  const mixed = (i: number, j: number): Interval =>
    plus(times(a.gradient[i]!, b.gradient[j]!), times(a.gradient[j]!, b.gradient[i]!))
  const hessian =
    a.hessian.length === 0
      ? a.hessian
      : pairs(gradient.length, (i, j, k) =>
          plus(plus(times(a.hessian[k]!, b.value), times(a.value, b.hessian[k]!)), mixed(i, j)),
        )
  return { value: times(a.value, b.value), gradient, hessian }
}

/** q = a/b: q_i = (a_i - q b_i)/b, q_ij = (a_ij - q b_ij - q_i b_j - q_j b_i)/b. */
function quotientOf(a: Jet, b: Jet): Jet {
  const value = over(a.value, b.value)
  const by = (x: Interval): Interval => slope(apart(b.value, () => over(x, b.value)))
  const gradient = a.gradient.map((g, i) => by(minus(g, times(value, b.gradient[i]!))))
  const hessian =
    a.hessian.length === 0
      ? a.hessian
      : pairs(gradient.length, (i, j, k) => {
          const mixed = plus(times(gradient[i]!, b.gradient[j]!), times(gradient[j]!, b.gradient[i]!))
          return by(minus(minus(a.hessian[k]!, times(value, b.hessian[k]!)), mixed))
        })
  return { value, gradient, hessian }
}

const whole = (): Interval => WHOLE

/**
 * max or min: that of the two which it is everywhere; both slopes and no curvature if they differ or are one number.
 */
function extreme(a: Jet, b: Jet, pick: (x: Interval, y: Interval) => Interval, sign: 1 | -1): Jet {
  const [above, below] = sign === 1 ? [a, b] : [b, a]
  const [isAbove, isBelow] = [above.value.lo >= below.value.hi, above.value.hi <= below.value.lo]
  if (isAbove !== isBelow) return isAbove ? a : b
  const { gradient } = each(a, b, hull)
  return { value: pick(a.value, b.value), gradient, hessian: a.hessian.map(whole) }
}

function powerOf(a: Jet, r: Rational): Jet {
  const value = power(a.value, r)
  const less = (k: bigint): Rational => rational(r.n - k * r.d, r.d)
  const factor = intervals.rational(r)
  const smooth = (of: () => Interval): (() => Interval) => {
    const real = r.d === 1n ? of : defined(a.value, of)
    return r.n < 0n ? apart(a.value, real) : real
  }
  if (r.n === 0n)
    return chain(
      a,
      value,
      () => ZERO,
      () => ZERO,
    )
  return chain(
    a,
    value,
    smooth(() => times(factor, power(a.value, less(1n)))),
    smooth(() => times(times(factor, intervals.rational(less(1n))), power(a.value, less(2n)))),
  )
}

/** (x^k e^-x)' = k x^(k-1) e^-x - x^k e^-x, and once more. */
function decayOf(a: Jet, k: Rational): Jet {
  const of = (less: bigint): Interval => {
    const lower = rational(k.n - less * k.d, k.d)
    if (lower.n >= 0n) return intervals.decay(a.value, lower)
    return times(power(a.value, lower), unary.exp(negative(a.value)))
  }
  const value = intervals.decay(a.value, k)
  const [one, two] = [rational(1n), rational(2n)]
  const [zero, isOne] = [k.n === 0n, compare(k, one) === 0]
  const kk = intervals.rational(k)
  const first = (): Interval => (zero ? negative(value) : minus(times(kk, of(1n)), value))
  const second = (): Interval => {
    if (zero) return value
    const middle = times(times(intervals.rational(two), kk), of(1n))
    const rest = isOne ? ZERO : times(times(kk, intervals.rational(rational(k.n - k.d, k.d))), of(2n))
    return plus(minus(rest, middle), value)
  }
  return chain(a, value, defined(a.value, first), defined(a.value, second))
}

/**
 * The arithmetic of functions of n variables with derivatives up to an order, 1 or 2.
 * @example jets(1, 1).rational({ n: 2n, d: 1n }).gradient[0] // { lo: 0, hi: 0 }
 */
export function jets(n: number, order: 1 | 2): Arithmetic<Jet> {
  const gradient = Array.from({ length: n }, () => ZERO)
  const hessian = Array.from({ length: order === 2 ? (n * (n + 1)) / 2 : 0 }, () => ZERO)
  const constant = (value: Interval): Jet => ({ value, gradient, hessian })
  const named = Object.entries(SLOPES) as [UnaryName, Slopes][]
  return {
    rational: r => constant(intervals.rational(r)),
    enclosed: constant,
    negative: a => ({
      value: negative(a.value),
      gradient: a.gradient.map(negative),
      hessian: a.hessian.map(negative),
    }),
    plus: (a, b) => each(a, b, plus),
    minus: (a, b) => each(a, b, minus),
    times: productOf,
    over: quotientOf,
    larger: (a, b) => extreme(a, b, intervals.larger, 1),
    smaller: (a, b) => extreme(a, b, intervals.smaller, -1),
    power: powerOf,
    decay: decayOf,
    unary: Object.fromEntries(
      named.map(([name, slopes]) => [
        name,
        (a: Jet): Jet => {
          const value = unary[name](a.value)
          return chain(a, value, ...slopes(a.value, value))
        },
      ]),
    ) as unknown as Arithmetic<Jet>['unary'],
    side: (a, r) => intervals.side(a.value, r),
    // What changes its formula may jump.
    either: (a, b) => ({
      value: hull(a.value, b.value),
      gradient: a.gradient.map(whole),
      hessian: a.hessian.map(whole),
    }),
  }
}

/** The i-th of n variables over an interval. @example variableJet({ lo: 0, hi: 1 }, 0, 1, 1).gradient[0] // { lo: 1, hi: 1 } */
export function variableJet(value: Interval, i: number, n: number, order: 1 | 2): Jet {
  return {
    value,
    gradient: Array.from({ length: n }, (_, j) => (j === i ? number(1) : ZERO)),
    hessian: Array.from({ length: order === 2 ? (n * (n + 1)) / 2 : 0 }, () => ZERO),
  }
}
