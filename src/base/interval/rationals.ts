/**
 * The arithmetic of exact rationals: what leaves them throws a {@link NoValue}.
 */
import { type Arithmetic, NoValue, type UnaryName } from './arithmetic.js'
import { integerRoot } from './integerRoot.js'
import {
  compare,
  difference,
  product,
  quotient,
  type Rational,
  rational,
  rationalPower,
  rationalText,
  sum,
} from './rational.js'

const ZERO = rational(0n)
const ONE = rational(1n)

function irrational(what: string): never {
  throw new NoValue(`${what} is not known to be rational`)
}

function exactRoot(a: Rational): Rational {
  if (a.n < 0n) throw new RangeError(`a square root must be of a number >= 0, got ${rationalText(a)}`)
  const [n, d] = [integerRoot(a.n), integerRoot(a.d)]
  return n * n === a.n && d * d === a.d ? { n, d } : irrational(`the root of ${rationalText(a)}`)
}

/** A function of which one value is rational. */
const only =
  (name: string, at: Rational, value: Rational) =>
  (a: Rational): Rational =>
    compare(a, at) === 0 ? value : irrational(`${name} of ${rationalText(a)}`)

const unary: Record<UnaryName, (a: Rational) => Rational> = {
  sqrt: exactRoot,
  exp: only('exp', ZERO, ONE),
  log: only('log', ONE, ZERO),
  sin: only('sin', ZERO, ZERO),
  cos: only('cos', ZERO, ONE),
  atan: only('atan', ZERO, ZERO),
  erf: only('erf', ZERO, ZERO),
  W: only('W', ZERO, ZERO),
  abs: a => ({ n: a.n < 0n ? -a.n : a.n, d: a.d }),
  xlogx: a => (a.n === a.d ? ZERO : only('x ln x', ZERO, ZERO)(a)),
}

/** Exact rationals. */
export const rationals: Arithmetic<Rational> = {
  rational: r => r,
  enclosed: () => irrational('a number of which an enclosure is known'),
  negative: a => ({ n: -a.n, d: a.d }),
  plus: sum,
  minus: difference,
  times: product,
  over: quotient,
  larger: (a, b) => (compare(a, b) >= 0 ? a : b),
  smaller: (a, b) => (compare(a, b) <= 0 ? a : b),
  power: (a, r) => {
    if (Math.abs(Number(r.n)) > 1000) return irrational('so high a power')
    if (r.d === 1n) return rationalPower(a, Number(r.n))
    return r.d === 2n ? rationalPower(exactRoot(a), Number(r.n)) : irrational(`the power ${rationalText(r)}`)
  },
  decay: (a, k) => (k.n === 0n ? unary.exp({ n: -a.n, d: a.d }) : only('x^k e^-x', ZERO, ZERO)(a)),
  unary,
  side: (a, r) => (compare(a, r) <= 0 ? -1 : 1),
  either: () => irrational('one of two'),
}
