/** Intervals against exact rationals, and against values that Arb enclosed (arbFixture.py). */
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { intervals, type UnaryName } from '../../../src/base/interval/arithmetic.js'
import { LN2, PI } from '../../../src/base/interval/constants.js'
import { type Interval, interval, power } from '../../../src/base/interval/interval.js'
import { above, below } from '../../../src/base/interval/neighbours.js'
import {
  compare,
  difference,
  enclosing,
  fromNumber,
  parseRational,
  product,
  quotient,
  type Rational,
  rational,
  rationalPower,
  sum,
} from '../../../src/base/interval/rational.js'
import { horner, widened } from '../../../src/base/interval/series.js'
import fixture from './arbFixture.json' with { type: 'json' }
import { doubles, holds } from './enclosures.js'

const RUNS = { numRuns: 3000, seed: 1 }

/** The next double up, by its bits. */
function successor(x: number): number {
  const bits = new BigInt64Array(Float64Array.of(x).buffer)
  if (x === 0) return 2 ** -1074
  bits[0]! += x > 0 ? 1n : -1n
  return new Float64Array(bits.buffer)[0]!
}

describe('neighbours', () => {
  it('are the next doubles or those after them', () => {
    fc.assert(
      fc.property(doubles, x => {
        const next = successor(x)
        fc.pre(Number.isFinite(next))
        expect(above(x)).toBeGreaterThanOrEqual(next)
        expect(above(x)).toBeLessThanOrEqual(successor(next))
        expect(below(-x) === -above(x)).toBe(true)
      }),
      RUNS,
    )
  })

  it('are next at powers of two and where subnormals begin', () => {
    for (let k = -1074; k < 1024; k++) {
      for (const x of [2 ** k, successor(2 ** k), -(2 ** k)]) expect(above(x)).toBeGreaterThanOrEqual(successor(x))
    }
  })
})

const point = (x: number): Interval => interval(x)
type Binary = (a: Interval, b: Interval) => Interval
type Exact = (a: Rational, b: Rational) => Rational
const BINARY: [string, Binary, Exact][] = [
  ['+', intervals.plus, sum],
  ['-', intervals.minus, difference],
  ['*', intervals.times, product],
  ['/', intervals.over, quotient],
]

describe('an operation on intervals', () => {
  it.each(BINARY)('%s holds the exact result of numbers', (_, act, exact) => {
    fc.assert(
      fc.property(doubles, doubles, (x, y) => {
        fc.pre(exact !== quotient || y !== 0)
        expect(holds(act(point(x), point(y)), exact(fromNumber(x), fromNumber(y)))).toBe(true)
      }),
      RUNS,
    )
  })

  it.each(BINARY)('%s holds the results for all members, and grows with its operands', (_, act, exact) => {
    const pair = fc.tuple(doubles, doubles).map(([x, y]) => interval(Math.min(x, y), Math.max(x, y)))
    const inside = ({ lo, hi }: Interval, t: number): number => Math.min(hi, Math.max(lo, lo + t * (hi / 2 - lo / 2)))
    fc.assert(
      fc.property(
        pair,
        pair,
        fc.double({ min: 0, max: 2, noNaN: true }),
        fc.double({ min: 0, max: 2, noNaN: true }),
        (a, b, s, t) => {
          const [x, y] = [inside(a, s), inside(b, t)]
          fc.pre(exact !== quotient || (y !== 0 && b.hi !== 0))
          const whole = act(a, b)
          expect(holds(whole, exact(fromNumber(x), fromNumber(y)))).toBe(true)
          const part = act(interval(x, a.hi), interval(y, b.hi))
          expect(whole.lo <= part.lo && part.hi <= whole.hi).toBe(true)
        },
      ),
      RUNS,
    )
  })

  it('^ holds exact powers', () => {
    fc.assert(
      fc.property(doubles, fc.integer({ min: -7, max: 9 }), (x, n) => {
        fc.pre(x !== 0)
        expect(holds(power(point(x), n), rationalPower(fromNumber(x), n))).toBe(true)
      }),
      RUNS,
    )
  })

  it('sqrt holds exact roots', () => {
    fc.assert(
      fc.property(doubles, x => {
        const { lo, hi } = intervals.unary.sqrt(point(Math.abs(x)))
        const exact = fromNumber(Math.abs(x))
        const square = (y: number): Rational => product(fromNumber(y), fromNumber(y))
        expect(compare(square(lo), exact) <= 0 && compare(exact, square(hi)) <= 0).toBe(true)
      }),
      RUNS,
    )
  })

  it('is exact where it can be', () => {
    expect(intervals.minus(point(1), point(1))).toEqual(point(0))
    expect(intervals.times(point(0), interval(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY))).toEqual(point(0))
    expect(intervals.over(point(1), interval(0, 2)).hi).toBe(Number.POSITIVE_INFINITY)
    expect(() => intervals.over(point(1), point(0))).toThrow(/not 0/)
    expect(() => intervals.unary.sqrt(point(-1))).toThrow(/>= 0/)
  })
})

describe('a rational', () => {
  it('is enclosed by neighbouring doubles, by one if it is a double', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }),
        fc.bigInt({ min: 1n, max: 10n ** 30n }),
        (n, d) => {
          const around = enclosing(rational(n, d))
          expect(holds(around, rational(n, d))).toBe(true)
          expect(around.hi - around.lo).toBeLessThanOrEqual(4 * Number.EPSILON * Math.abs(around.hi))
        },
      ),
      RUNS,
    )
    fc.assert(
      fc.property(doubles, x => {
        expect(enclosing(fromNumber(x))).toEqual(point(x + 0))
      }),
      RUNS,
    )
  })

  it('beyond all doubles is enclosed by half a line, and by a subnormal where it is tiny', () => {
    expect(enclosing(parseRational('1e400'))).toEqual(interval(Number.MAX_VALUE, Number.POSITIVE_INFINITY))
    const tiny = enclosing(parseRational('1e-400'))
    expect(tiny.lo <= 0 && tiny.hi > 0 && tiny.hi <= 2 ** -1073).toBe(true)
  })
})

it('pi and ln 2 have the digits of the tables', () => {
  const pi = parseRational('3.14159265358979323846264338327950288419716939937510')
  const ln2 = parseRational('0.69314718055994530941723212145817656807550013436025')
  for (const [around, digits] of [
    [PI, pi],
    [LN2, ln2],
  ] as const) {
    expect(holds(around, digits)).toBe(true)
    expect(around.hi - around.lo).toBeLessThan(1e-15)
  }
})

/** Rows of the fixture: function, bits of the argument, and m 2^e below and above the value. */
type Row = readonly [UnaryName, string, string, number, string, number]
const rows = fixture as unknown as readonly Row[]

const dyadic = (m: string, e: number): Rational =>
  e >= 0 ? rational(BigInt(m) << BigInt(e)) : rational(BigInt(m), 1n << BigInt(-e))

const argument = (bits: string): number =>
  new Float64Array(BigInt64Array.of(BigInt.asIntN(64, BigInt(bits))).buffer)[0]!

/** Rows whose value the functions do not hold, and the largest width of the others in units of the last place. */
function against(functions: Readonly<Record<UnaryName, (a: Interval) => Interval>>, name: UnaryName) {
  let [missed, width] = [0, 0]
  for (const [of, bits, m, e, m2, e2] of rows) {
    if (of !== name) continue
    const around = functions[name](point(argument(bits)))
    if (!(holds(around, dyadic(m, e)) && holds(around, dyadic(m2, e2)))) missed++
    const size = Math.max(Math.abs(around.lo), Math.abs(around.hi))
    if (Number.isFinite(size) && size > 1e-290) width = Math.max(width, (around.hi - around.lo) / size / Number.EPSILON)
  }
  return { missed, width }
}

const MANY: readonly UnaryName[] = ['exp', 'sin', 'cos', 'atan', 'erf', 'abs']

describe('an enclosure of a function', () => {
  // In units of the last place, some times what was seen: the width is the price, not the proof.
  it.each([
    ['sqrt', 3],
    ['exp', 12],
    ['log', 40],
    ['sin', 100],
    ['cos', 100],
    ['atan', 60],
    ['erf', 200],
    ['W', 600],
    ['xlogx', 40],
  ] as const)('%s holds what Arb encloses at 300 doubles', (name, most) => {
    expect(rows.filter(([of]) => of === name).length).toBe(300)
    const { missed, width } = against(intervals.unary, name)
    expect(missed).toBe(0)
    expect(width).toBeLessThan(most)
  })

  it('holds those of its members', () => {
    // Multiples of 1/64, so that extrema lie inside as often as not.
    const part = (min: number, max: number): fc.Arbitrary<number> =>
      fc.integer({ min: 64 * min, max: 64 * max }).map(k => k / 64)
    fc.assert(
      fc.property(part(-9, 9), part(0, 7), part(0, 1), fc.constantFrom(...MANY), (x, size, t, name) => {
        const f = intervals.unary[name]
        const whole = f(interval(x, x + size))
        const member = f(point(x + t * size))
        expect(whole.lo <= member.hi && member.lo <= whole.hi).toBe(true)
      }),
      RUNS,
    )
  })

  it('has limits at infinity where there are any', () => {
    const [start, end] = [interval(Number.NEGATIVE_INFINITY, 0), interval(3, Number.POSITIVE_INFINITY)]
    expect(intervals.unary.exp(start)).toMatchObject({ lo: 0 })
    expect(intervals.unary.atan(end).hi).toBeCloseTo(Math.PI / 2, 14)
    expect(intervals.unary.erf(end).hi).toBe(1)
    expect(intervals.decay(end, rational(2n)).lo).toBe(0)
    expect(intervals.decay(end, rational(2n)).hi).toBeCloseTo(9 * Math.exp(-3), 14)
    expect(intervals.decay(interval(0, Number.POSITIVE_INFINITY), rational(2n)).hi).toBeCloseTo(4 * Math.exp(-2), 14)
    expect(intervals.unary.xlogx(interval(0, 1)).lo).toBeCloseTo(-Math.exp(-1), 14)
    expect(intervals.unary.log(interval(0, 1)).lo).toBe(Number.NEGATIVE_INFINITY)
  })
})

describe('controls: the tests notice', () => {
  it('rounding that is switched off', async () => {
    vi.resetModules()
    const path = '../../../src/base/interval/neighbours.js'
    let off = false
    // The constants are made with it on.
    vi.doMock(path, () => ({ above: (x: number) => (off ? x : above(x)), below: (x: number) => (off ? x : below(x)) }))
    const { intervals: loose } = await import('../../../src/base/interval/arithmetic.js')
    vi.doUnmock(path)
    vi.resetModules()
    expect(holds(loose.over(point(1), point(3)), rational(1n, 3n))).toBe(true)
    off = true
    const third = loose.over(point(1), point(3))
    expect(holds(third, rational(1n, 3n))).toBe(false)
    for (const name of ['exp', 'log', 'atan', 'sqrt'] as const) {
      expect(against(loose.unary, name).missed, name).toBeGreaterThan(20)
    }
  })

  it('a series that ends some terms early without counting them', async () => {
    vi.resetModules()
    const path = '../../../src/base/interval/series.js'
    vi.doMock(path, async original => {
      const real = (await original()) as typeof import('../../../src/base/interval/series.js')
      return { horner: (c: Interval[], x: Interval) => real.horner(c.slice(0, -5), x), widened: (a: Interval) => a }
    })
    const { intervals: short } = await import('../../../src/base/interval/arithmetic.js')
    vi.doUnmock(path)
    vi.resetModules()
    for (const name of ['exp', 'log', 'atan', 'cos'] as const) {
      expect(against(short.unary, name).missed, name).toBeGreaterThan(5)
    }
  })

  it('a remainder of the next order, where it is not below rounding', () => {
    const taylor = [1n, 1n, 2n, 6n, 24n, 120n, 720n].map(factorial => enclosing(rational(1n, factorial)))
    const near = (bits: string): boolean => argument(bits) > 0.15 && argument(bits) < 0.36
    const some = rows.filter(([name, bits]) => name === 'exp' && near(bits))
    expect(some.length).toBeGreaterThan(3)
    for (const [, bits, m, e] of some) {
      const r = argument(bits)
      const sum = horner(taylor, point(r))
      expect(holds(widened(sum, (1.5 * r ** 7) / 5040), dyadic(m, e))).toBe(true)
      expect(holds(widened(sum, (1.5 * r ** 8) / 40320), dyadic(m, e))).toBe(false)
    }
  })
})
