/** Jets, power series, algebraic numbers and panels against exact derivatives, roots and integrals. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { intervals, type UnaryName } from '../../../src/base/interval/arithmetic.js'
import { taylorPanel, valuePanel } from '../../../src/base/interval/integralEnclosure.js'
import { type Interval, interval } from '../../../src/base/interval/interval.js'
import { type Jet, jets, variableJet } from '../../../src/base/interval/jets.js'
import {
  difference,
  enclosing,
  fromNumber,
  parseRational,
  product,
  quotient,
  type Rational,
  rational,
  sum,
} from '../../../src/base/interval/rational.js'
import { algebraic, rootsBetween } from '../../../src/base/interval/sturm.js'
import { type Taylor, taylors, variableTaylor } from '../../../src/base/interval/taylor.js'
import { holds } from './enclosures.js'

const RUNS = { numRuns: 300, seed: 1 }
const small = fc.integer({ min: -9, max: 9 }).map(n => rational(BigInt(n)))
const fraction = fc
  .tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: 1, max: 9 }))
  .map(([n, d]) => rational(BigInt(n), BigInt(d)))
const whole = (n: number): Rational => rational(BigInt(n))

/** A polynomial in x, y: coefficients c[i][j] of x^i y^j, i, j <= 3. */
const polynomials = fc.array(fc.array(small, { minLength: 4, maxLength: 4 }), { minLength: 4, maxLength: 4 })

/** The exact derivative d^a/dx^a d^b/dy^b of a polynomial. */
function exactDerivative(
  c: readonly (readonly Rational[])[],
  a: number,
  b: number,
  x: Rational,
  y: Rational,
): Rational {
  const falling = (n: number, k: number): number => (k === 0 ? 1 : n * falling(n - 1, k - 1))
  const power = (z: Rational, n: number): Rational => (n === 0 ? whole(1) : product(z, power(z, n - 1)))
  let total = whole(0)
  for (let i = a; i < 4; i++) {
    for (let j = b; j < 4; j++) {
      const factor = product(c[i]![j]!, whole(falling(i, a) * falling(j, b)))
      total = sum(total, product(factor, product(power(x, i - a), power(y, j - b))))
    }
  }
  return total
}

/** The same polynomial by Horner's rule in jets, where x and y are over boxes. */
function jetOf(c: readonly (readonly Rational[])[], x: Interval, y: Interval): Jet {
  const { plus, times, rational: constant } = jets(2, 2)
  const [X, Y] = [variableJet(x, 0, 2, 2), variableJet(y, 1, 2, 2)]
  const inner = (row: readonly Rational[]): Jet => row.map(constant).reduceRight((total, a) => plus(a, times(Y, total)))
  return c.map(inner).reduceRight((total, a) => plus(a, times(X, total)))
}

describe('a jet', () => {
  const orders = [
    [0, 0],
    [1, 0],
    [0, 1],
    [2, 0],
    [1, 1],
    [0, 2],
  ] as const
  const members = ({ value, gradient, hessian }: Jet): Interval[] => [value, ...gradient, ...hessian]

  it('of a polynomial holds its exact derivatives, at points and over boxes', () => {
    fc.assert(
      fc.property(polynomials, fraction, fraction, fraction, (c, x, y, width) => {
        const around = (z: Rational): Interval => {
          const far = sum(z, product(width, width))
          return interval(enclosing(z).lo, enclosing(far).hi)
        }
        for (const jet of [jetOf(c, enclosing(x), enclosing(y)), jetOf(c, around(x), around(y))]) {
          for (const [k, [a, b]] of orders.entries())
            expect(holds(members(jet)[k]!, exactDerivative(c, a, b, x, y))).toBe(true)
        }
      }),
      RUNS,
    )
  })

  it('of a quotient and of powers holds the exact derivatives', () => {
    // x/(1 + x^2): (1 - x^2)/(1+x^2)^2 and 2x(x^2 - 3)/(1+x^2)^3.
    const { plus, over, power, rational: constant } = jets(1, 2)
    fc.assert(
      fc.property(fraction, x => {
        const X = variableJet(enclosing(x), 0, 1, 2)
        const { gradient, hessian } = over(X, plus(constant(whole(1)), power(X, whole(2))))
        const square = product(x, x)
        const one = sum(whole(1), square)
        const cube = product(one, product(one, one))
        expect(holds(gradient[0]!, quotient(difference(whole(1), square), product(one, one)))).toBe(true)
        const top = product(product(whole(2), x), difference(square, whole(3)))
        expect(holds(hessian[0]!, quotient(top, cube))).toBe(true)
      }),
      RUNS,
    )
  })

  const at = (name: UnaryName, x: number): Jet => jets(1, 2).unary[name](variableJet(interval(x), 0, 1, 2))
  const middle = ({ lo, hi }: Interval): number => 0.5 * (lo + hi)

  it.each(['sqrt', 'exp', 'log', 'sin', 'cos', 'atan', 'erf', 'W', 'xlogx'] as const)(
    '%s has the slopes that differences have, and so have power series',
    name => {
      const [x, h] = [0.7, 1e-4]
      const f = (z: number): number => middle(intervals.unary[name](interval(z)))
      const { gradient, hessian } = at(name, x)
      expect(middle(gradient[0]!)).toBeCloseTo((f(x + h) - f(x - h)) / (2 * h), 6)
      expect(middle(hessian[0]!)).toBeCloseTo((f(x + h) - 2 * f(x) + f(x - h)) / (h * h), 5)
      if (name === 'W') return
      const series = taylors(6).unary[name](variableTaylor(interval(x), 6))
      expect(holds(series[1]!, fromNumber(middle(gradient[0]!)))).toBe(true)
      expect(middle(series[2]!)).toBeCloseTo(0.5 * middle(hessian[0]!), 12)
      // The series itself, at a step of 0.05: what is left out is below 1e-8.
      const value = series.reduceRight((total, a) => middle(a) + 0.05 * total, 0)
      expect(value).toBeCloseTo(f(x + 0.05), 7)
    },
  )

  it('has no slope where a function has none', () => {
    const over = (name: UnaryName, box: Interval): Jet => jets(1, 2).unary[name](variableJet(box, 0, 1, 2))
    for (const name of ['sqrt', 'log', 'xlogx'] as const) {
      expect(over(name, interval(-1, 1)).gradient[0]).toEqual({ lo: -Infinity, hi: Infinity })
    }
    expect(over('abs', interval(-1, 1)).gradient[0]!.lo).toBeCloseTo(-1, 14)
    expect(over('abs', interval(-1, 1)).hessian[0]).toEqual({ lo: -Infinity, hi: Infinity })
    const { larger, either } = jets(1, 2)
    const x = variableJet(interval(-1, 1), 0, 1, 2)
    const zero = jets(1, 2).rational(whole(0))
    expect(larger(x, zero).gradient[0]).toEqual({ lo: 0, hi: 1 })
    expect(either(x, zero).gradient[0]).toEqual({ lo: -Infinity, hi: Infinity })
  })
})

describe('a panel', () => {
  const t = taylors(8)
  const gauss = (x: Taylor): Taylor => t.unary.exp(t.negative(t.times(x, x)))

  it('holds the exact integral of a polynomial', () => {
    fc.assert(
      fc.property(fc.array(small, { minLength: 1, maxLength: 12 }), fraction, fraction, (c, a, width) => {
        const b = sum(a, product(width, width))
        const antiderivative = (x: Rational): Rational =>
          product(
            x,
            c.map((k, i) => quotient(k, whole(i + 1))).reduceRight((total, k) => sum(k, product(x, total))),
          )
        const exact = difference(antiderivative(b), antiderivative(a))
        const of = (x: Taylor): Taylor => c.map(t.rational).reduceRight((total, k) => t.plus(k, t.times(x, total)))
        expect(holds(taylorPanel(of, enclosing(a), enclosing(b), 8), exact)).toBe(true)
        const value = (x: Interval): Interval =>
          c.map(intervals.rational).reduceRight((total, k) => intervals.plus(k, intervals.times(x, total)))
        expect(holds(valuePanel(value, enclosing(a), enclosing(b)), exact)).toBe(true)
      }),
      RUNS,
    )
  })

  it('of exp(-x^2) is that of erf', () => {
    const half = taylorPanel(gauss, interval(0), interval(0.5), 8)
    const exact = (Math.sqrt(Math.PI) / 2) * 0.5204998778130465
    expect(half.lo <= exact && exact <= half.hi && half.hi - half.lo < 1e-5).toBe(true)
  })

  it('misses the integral if its remainder is of the next order (control)', () => {
    // The last coefficient at the middle in place of over the panel.
    const wrong = (x: Taylor): Taylor =>
      gauss(variableTaylor(interval(0.25), 8)).map((a, k) => (k < 8 ? gauss(x)[k]! : a))
    const found = taylorPanel(wrong, interval(0), interval(0.5), 8)
    const exact = (Math.sqrt(Math.PI) / 2) * 0.5204998778130465
    expect(found.lo <= exact && exact <= found.hi).toBe(false)
  })
})

describe('an algebraic number', () => {
  const p = (...c: string[]): Rational[] => c.map(parseRational)

  it('is the one root of its polynomial in its interval', () => {
    const golden = algebraic(p('-1', '-1', '1'), whole(1), whole(2))
    expect(golden.lo <= (1 + Math.sqrt(5)) / 2 && golden.hi >= (1 + Math.sqrt(5)) / 2).toBe(true)
    expect(golden.hi - golden.lo).toBeLessThan(2e-15)
    expect(algebraic(p('-2', '0', '0', '1'), whole(1), whole(2)).lo).toBeCloseTo(Math.cbrt(2), 14)
    expect(algebraic(p('-3', '2'), whole(0), whole(2))).toEqual(interval(1.5))
  })

  it('is refused where there is none or more than one', () => {
    expect(() => algebraic(p('-2', '0', '1'), whole(-2), whole(2))).toThrow(/one root in .* got 2/)
    expect(() => algebraic(p('2', '0', '1'), whole(-2), whole(2))).toThrow(/one root.*got 0/)
    expect(() => algebraic(p('1'), whole(-2), whole(2))).toThrow(/degree/)
  })

  it('counts roots as products of linear factors have them, double ones once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -6, max: 6 }), { minLength: 1, maxLength: 5 }), roots => {
        const times = (a: readonly Rational[], r: number): Rational[] =>
          Array.from({ length: a.length + 1 }, (_, k) =>
            difference(k > 0 ? a[k - 1]! : whole(0), k < a.length ? product(whole(r), a[k]!) : whole(0)),
          )
        const polynomial = roots.reduce(times, [whole(1)])
        const distinct = new Set(roots.filter(r => r <= 2))
        expect(rootsBetween(polynomial, parseRational('-6.5'), parseRational('2.5'))).toBe(distinct.size)
      }),
      RUNS,
    )
  })
})
