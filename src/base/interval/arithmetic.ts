/**
 * What an expression is evaluated in: intervals, intervals with derivatives, power series, exact rationals. An
 * arithmetic that has no answer throws a {@link NoValue}.
 */

import { exponential, logarithm, realPower } from './exponential.js'
import { absolute, hull, type Interval, larger, minus, negative, over, plus, root, smaller, times } from './interval.js'
import { enclosing, type Rational } from './rational.js'
import { decay, entropy, errorFunction, lambert } from './special.js'
import { arctangent, cosine, sine } from './trigonometric.js'

/** An arithmetic does not reach a value: not rational, no such derivative. */
export class NoValue extends RangeError {}

/** Functions of one variable by their names in expressions. */
export type UnaryName = 'sqrt' | 'exp' | 'log' | 'sin' | 'cos' | 'atan' | 'erf' | 'abs' | 'W' | 'xlogx'

/** Operations on numbers of one kind. */
export interface Arithmetic<T> {
  readonly rational: (r: Rational) => T
  /** A real number of which an enclosure is known. */
  readonly enclosed: (a: Interval) => T
  readonly negative: (a: T) => T
  readonly plus: (a: T, b: T) => T
  readonly minus: (a: T, b: T) => T
  readonly times: (a: T, b: T) => T
  readonly over: (a: T, b: T) => T
  readonly larger: (a: T, b: T) => T
  readonly smaller: (a: T, b: T) => T
  readonly power: (a: T, r: Rational) => T
  /** x^k e^-x. */
  readonly decay: (a: T, k: Rational) => T
  readonly unary: Readonly<Record<UnaryName, (a: T) => T>>
  /** -1 if a <= r everywhere, 1 if a > r everywhere, 0 if neither is known. */
  readonly side: (a: T, r: Rational) => -1 | 0 | 1
  /** What is one of two, not known where which. */
  readonly either: (a: T, b: T) => T
}

/** Intervals. */
export const intervals: Arithmetic<Interval> = {
  rational: enclosing,
  enclosed: a => a,
  ...{ negative, plus, minus, times, over, larger, smaller, power: realPower, decay },
  unary: {
    ...{ sqrt: root, exp: exponential, log: logarithm, sin: sine, cos: cosine, atan: arctangent },
    ...{ erf: errorFunction, abs: absolute, W: lambert, xlogx: entropy },
  },
  side: (a, r) => {
    const { lo, hi } = enclosing(r)
    if (a.hi <= lo) return -1
    return a.lo > hi ? 1 : 0
  },
  either: hull,
}
