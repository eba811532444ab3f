import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  compare,
  difference,
  fromNumber,
  parseRational,
  product,
  type Rational,
  rational,
  sum,
} from '../../src/base/interval/rational.js'
import type { TransportResult } from '../../src/transport/assignment/transportResult.js'
import { wassersteinDistance } from '../../src/transport/assignment/wassersteinDistance.js'
import { bottleneckDistance } from '../../src/transport/bottleneck/bottleneckDistance.js'
import { distanceBetween } from '../../src/transport/distanceBetween.js'
import type { PointCloud } from '../../src/transport/pointCloud.js'
import { type ProvedDistance, provedDistance } from '../../src/transport/proof/provedDistance.js'
import { provedMinima } from '../../src/transport/proof/provedMinima.js'
import { cloud, mapped, weighted } from './assignmentClouds.js'

// The oracle: rationals in lowest terms, every permutation, no code of the proofs.
const ZERO = rational(0n)
const at = (X: PointCloud, i: number, a: number): Rational => fromNumber(X.x[a * X.n + i]!)
function square(X: PointCloud, i: number, Y: PointCloud, j: number): Rational {
  let s = ZERO
  for (let a = 0; a < X.d; a++) {
    const t = difference(at(X, i, a), at(Y, j, a))
    s = sum(s, product(t, t))
  }
  return s
}
const larger = (a: Rational, b: Rational): Rational => (compare(a, b) < 0 ? b : a)
function best(X: PointCloud, Y: PointCloud, join: (a: Rational, b: Rational) => Rational): Rational {
  const { n } = X
  const cost = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => square(X, i, Y, j)))
  let found: Rational | undefined
  const visit = (i: number, used: number, value: Rational): void => {
    if (found !== undefined && compare(value, found) >= 0) return
    if (i === n) found = value
    for (let j = 0; j < n && i < n; j++)
      if ((used & (1 << j)) === 0) visit(i + 1, used | (1 << j), join(value, cost[i]![j]!))
  }
  visit(0, 0, ZERO)
  return found!
}
const exactly = ({ exact: { low, high } }: ProvedDistance): [Rational, Rational] => [
  parseRational(low),
  parseRational(high),
]
/** Whether the rationals hold a value, and the doubles hold the rationals (or their roots). */
function encloses(proved: ProvedDistance, value: Rational): boolean {
  const [low, high] = exactly(proved)
  const power = (x: number): Rational =>
    proved.encloses === 'square' ? product(fromNumber(x), fromNumber(x)) : fromNumber(x)
  return (
    compare(low, value) <= 0 &&
    compare(value, high) <= 0 &&
    compare(power(proved.low), low) <= 0 &&
    compare(high, power(proved.high)) <= 0
  )
}

const line = (...x: number[]): PointCloud => ({ n: x.length, d: 1, x: Float64Array.from(x) })
const proved = (X: PointCloud, Y: PointCloud, p: number): ProvedDistance =>
  provedDistance(X, Y, distanceBetween(X, Y, p))

const coordinate = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.double({ min: -3, max: 3, noNaN: true }))
const pair = fc.record({ n: fc.integer({ min: 1, max: 6 }), d: fc.integer({ min: 2, max: 4 }) }).chain(({ n, d }) => {
  const one = fc
    .array(coordinate, { minLength: n * d, maxLength: n * d })
    .map((x): PointCloud => ({ n, d, x: Float64Array.from(x) }))
  return fc.tuple(one, one)
})

describe('a proved distance', () => {
  test('holds the best of all permutations, in rationals', () => {
    fc.assert(
      fc.property(pair, ([X, Y]) => {
        const squares = best(X, Y, sum)
        const second = proved(X, Y, 2)
        expect(encloses(second, { n: squares.n, d: squares.d * BigInt(X.n) })).toBe(true)
        expect(second.high - second.low).toBeLessThanOrEqual(1e-7)
        const most = proved(X, Y, Number.POSITIVE_INFINITY)
        expect(encloses(most, best(X, Y, larger))).toBe(true)
        // The search compares rounded squares, which are 0 below 1e-162.
        expect(most.high - most.low).toBeLessThanOrEqual(4e-16 * most.high + 1e-150)
      }),
      { numRuns: 30, seed: 5 },
    )
  })

  test('is exact where distances are whole', () => {
    // A 3-4-5 triangle, 50 times moved by whole numbers, too far to go elsewhere.
    const X: PointCloud = { n: 50, d: 2, x: Float64Array.from({ length: 100 }, (_, k) => (k < 50 ? 1000 * k : 7)) }
    const Y = mapped(X, (v, a) => v + [3, 4][a]!)
    for (const p of [1, 2, Number.POSITIVE_INFINITY]) expect(proved(X, Y, p)).toMatchObject({ p, low: 5, high: 5 })
    expect(proved(X, Y, 1).exact).toEqual({ low: '5', high: '5' })
    expect(proved(X, Y, 2).exact).toEqual({ low: '25', high: '25' })
  })

  test('is that of the quantiles on the line, of different numbers of points too', () => {
    // Masses in twelfths, by hand: 1/2 and 1/2 against 1/3, 1/3 and 1/3.
    const [X, Y] = [line(0, 1), line(0, 3, 6)]
    expect(proved(X, Y, 1).exact).toEqual({ low: '5/2', high: '5/2' })
    expect(proved(X, Y, 2).exact).toEqual({ low: '21/2', high: '21/2' })
    expect(proved(X, Y, Number.POSITIVE_INFINITY)).toMatchObject({ low: 5, high: 5 })
    // In the plane the same, by the network simplex.
    const flat = (Z: PointCloud): PointCloud => ({ n: Z.n, d: 2, x: Float64Array.of(...Z.x, ...Z.x.map(() => 0)) })
    expect(proved(flat(X), flat(Y), 2).exact).toEqual({ low: '21/2', high: '21/2' })
    // Sorted against sorted, in rationals.
    const [A, B] = [cloud('proved/A', 60, 1), cloud('proved/B', 60, 1)]
    const [a, b] = [A.x.slice().sort(), B.x.slice().sort()]
    let [first, second] = [ZERO, ZERO]
    for (let k = 0; k < 60; k++) {
      const t = difference(fromNumber(a[k]!), fromNumber(b[k]!))
      first = sum(first, { n: t.n < 0n ? -t.n : t.n, d: t.d })
      second = sum(second, product(t, t))
    }
    const mean = (s: Rational): Rational => product(s, rational(1n, 60n))
    expect(encloses(proved(A, B, 1), mean(first))).toBe(true)
    expect(encloses(proved(A, B, 2), mean(second))).toBe(true)
    // The control: a bracket that does not hold it.
    expect(encloses(proved(A, B, 2), product(mean(second), parseRational('1.0000000000001')))).toBe(false)
  })

  test.each([
    ['subnormal numbers', 2 ** -1060],
    ['huge numbers', 2 ** 1015],
    ['ordinary numbers', 1],
  ])('does not mind %s', (_, unit) => {
    const whole = (key: string): PointCloud => mapped(cloud(`proved/${key}`, 6, 2), v => Math.round(100 * v))
    const [X, Y] = [whole('units/X'), whole('units/Y')]
    const [A, B] = [mapped(X, v => v * unit), mapped(Y, v => v * unit)]
    // What a power of two does to whole numbers is exact.
    const factor = product(fromNumber(unit), fromNumber(unit))
    for (const p of [2, Number.POSITIVE_INFINITY]) {
      const value = p === 2 ? product(best(X, Y, sum), rational(1n, 6n)) : best(X, Y, larger)
      const found = provedDistance(A, B, distanceBetween(A, B, p))
      expect(encloses(found, product(value, factor)), `p = ${p}`).toBe(true)
      expect(found.high / found.low - 1).toBeLessThan(1e-2)
    }
  })

  test('is 0 for points that are the same, and takes one point', () => {
    const X: PointCloud = { n: 4, d: 2, x: Float64Array.of(1, 1, 1, 2, 0.1, 0.1, 0.1, -0) }
    for (const p of [1, 2, Number.POSITIVE_INFINITY]) {
      expect(proved(X, { ...X, x: Float64Array.of(2, 1, 1, 1, 0, 0.1, 0.1, 0.1) }, p)).toMatchObject({
        low: 0,
        high: 0,
      })
      expect(
        proved({ n: 1, d: 2, x: Float64Array.of(0, 0) }, { n: 1, d: 2, x: Float64Array.of(6, 8) }, p),
      ).toMatchObject({
        ...{ low: 10, high: 10, pairs: 1 },
      })
    }
  })

  test('holds the maximum norm', () => {
    const [X, Y] = [cloud('proved/max/X', 30, 3), cloud('proved/max/Y', 30, 3)]
    const result = bottleneckDistance(X, Y, { norm: 'maximum' })
    const { exact, low, high } = provedDistance(X, Y, result)
    const longest = Math.max(
      ...Array.from(result.plan, (j, i) =>
        Math.max(...[0, 1, 2].map(a => Math.abs(X.x[a * 30 + i]! - Y.x[a * 30 + j]!))),
      ),
    )
    expect(exact.low).toBe(exact.high)
    expect(Math.abs(high - longest)).toBeLessThanOrEqual(4e-16 * longest)
    expect(low).toBeLessThanOrEqual(high)
  })

  test('proves less by a worse potential, and never what is false', () => {
    const [X, Y] = [cloud('proved/worse/X', 40, 3), cloud('proved/worse/Y', 40, 3)]
    for (const p of [1, 2]) {
      const result = wassersteinDistance(X, Y, { p })
      const good = provedDistance(X, Y, result)
      const spoilt = (v: Float64Array): ProvedDistance =>
        provedDistance(X, Y, { ...result, dual: { ...result.dual!, v } })
      // Raised: as it stands, u + v would exceed a cost and the dual value the truth.
      const raised = spoilt(result.dual!.v.map((t, j) => (j === 7 ? t + 0.1 : t)))
      expect(raised.low).toBeLessThan(good.low)
      expect(spoilt(new Float64Array(40)).low).toBeLessThan(good.low)
      // Any constant is the same potential.
      expect(spoilt(result.dual!.v.map(t => t + 1)).low).toBeCloseTo(good.low, 12)
      // Clouds that are moved: the evidence is of others, what it proves is of these.
      const moved = mapped(X, (t, a) => (a === 0 ? -t : t))
      const truth = wassersteinDistance(moved, Y, { p })
      const foreign = provedDistance(moved, Y, result)
      expect(foreign.low).toBeLessThan(truth.low)
      expect(foreign.high).toBeGreaterThan(truth.high)
    }
    const most = bottleneckDistance(X, Y)
    const fewer = { ...most, violator: { ...most.violator!, points: Int32Array.of(0, 1) } }
    expect(provedDistance(X, Y, fewer).low).toBeLessThan(most.high)
    expect(provedDistance(X, Y, fewer).exact.high).toBe(provedDistance(X, Y, most).exact.high)
  })

  test('settles ties by whole numbers or by its bound', () => {
    // Half the pairs of a line are tight: too many for whole numbers, and the bound is as good but for rounding.
    const [X, Y] = [cloud('proved/ties/X', 400, 1), mapped(cloud('proved/ties/Y', 400, 1), t => t + 20)]
    const { low, high, open } = proved(X, Y, 1)
    expect(open).toBeLessThan(400 * 64)
    expect((high - low) / high).toBeLessThan(1e-14)
    // A lattice has 9 places, whatever the number of points.
    const lattice = (key: string): PointCloud => cloud(`proved/${key}`, 300, 2, s => Math.floor(3 * s.uniform()))
    const tied = proved(lattice('U'), lattice('V'), 2)
    expect(tied.pairs).toBeLessThanOrEqual(81)
    expect((tied.high - tied.low) / tied.high).toBeLessThan(1e-14)
  })

  test.each<[string, (X: PointCloud, Y: PointCloud, result: TransportResult) => unknown, RegExp]>([
    ['p', (X, Y, r) => provedDistance(X, Y, { ...r, p: 3 }), /result\.p must be 1, 2 or Infinity, got 3/],
    ['weights', (X, Y, r) => provedDistance(weighted(X, 'x'), Y, r), /X\.weights must be equal, got/],
    ['a plan', (X, Y, { plan: _, ...r }) => provedDistance(X, Y, r), /result\.plan must be a plan, got none/],
    [
      'a permutation',
      (X, Y, r) => provedDistance(X, Y, { ...r, plan: Int32Array.of(0, 0, 1) }),
      /permutation.*got 0 twice/,
    ],
    ['its length', (X, Y, r) => provedDistance(X, Y, { ...r, plan: Int32Array.of(0, 1) }), /must be 3 indices of 3/],
    ['a dual', (X, Y, { dual: _, ...r }) => provedDistance(X, Y, r), /result\.dual must be potentials, got none/],
    [
      'finite potentials',
      (X, Y, r) => provedDistance(X, Y, { ...r, dual: { ...r.dual!, v: Float64Array.of(0, Number.NaN, 0) } }),
      /result\.dual\.v must be 3 finite numbers/,
    ],
    ['its scale', (X, Y, r) => provedDistance(X, Y, { ...r, dual: { ...r.dual!, scale: 3 } }), /power of two, got 3/],
    [
      'marginals',
      (X, Y, r) =>
        provedDistance(X, Y, {
          ...r,
          plan: {
            from: Int32Array.of(0, 1, 2),
            to: Int32Array.of(0, 1, 1),
            mass: Float64Array.of(1 / 3, 1 / 3, 1 / 3),
          },
        }),
      /must have the marginals 1\/3 and 1\/3/,
    ],
    ['dimension', (X, Y, r) => provedDistance(X, { ...Y, n: 1, d: 6 }, r), /Y\.d must be X\.d = 2, got 6/],
    [
      'a violator of the cloud',
      (X, Y) => {
        const r = bottleneckDistance(X, Y)
        return provedDistance(X, Y, { ...r, violator: { ...r.violator!, points: Int32Array.of(3) } })
      },
      /result\.violator\.points must be indices below 3, got 3/,
    ],
  ])('needs %s', (_, act, message) => {
    const [X, Y] = [cloud('proved/bad/X', 3, 2), cloud('proved/bad/Y', 3, 2)]
    expect(() => act(X, Y, wassersteinDistance(X, Y, { p: 2 }))).toThrow(message)
  })
})

describe('the bound on rounding', () => {
  test('counts what squares lose to underflow', () => {
    // In units of the least double: squares 0.45 + 0.45, computed 0, and 0.6, computed 1.
    const [a, b] = [Math.sqrt(0.45) * 2 ** -537, Math.sqrt(0.6) * 2 ** -537]
    const origin: PointCloud = { n: 1, d: 2, x: Float64Array.of(0, 0) }
    const Y: PointCloud = { n: 2, d: 2, x: Float64Array.of(a, b, a, 0) }
    expect([a * a, b * b]).toEqual([0, Number.MIN_VALUE])
    const columns = Int32Array.of(0, 1)
    const options = { cost: 'square', scale: 1 } as const
    const { minima } = provedMinima([origin, Int32Array.of(0)], [Y, columns], new Float64Array(2), options)
    const [only] = provedMinima([origin, Int32Array.of(0)], [Y, Int32Array.of(1)], new Float64Array(2), options).minima
    expect(minima[0]! > 0n).toBe(true)
    expect(minima[0]! <= only!).toBe(true)
  })

  test.each([
    [1, 0],
    [1e-160, 0],
    [1e-300, 0],
    [1e150, 0],
    [1e160, 0],
    [1e-3, 1e6],
  ])('lets no least pair escape: points of size %s at %s', (scale, shift) => {
    const points = (key: string, n: number): PointCloud => mapped(cloud(`minima/${key}`, n, 3), t => scale * t + shift)
    const [X, Y] = [points('X', 2), points('Y', 20)]
    const rows = Int32Array.from({ length: 2 }, (_, i) => i)
    const columns = Int32Array.from({ length: 20 }, (_, j) => j)
    for (const kind of ['ties', 'zero', 'huge']) {
      // Costs from the first point, added in another order: what decides which column is least for it is their rounding
      // alone.
      const v = Float64Array.from(columns, j => {
        if (kind !== 'ties') return kind === 'zero' ? 0 : (j - 10) * 1.7e307
        let c = 0
        for (let a = 2; a >= 0; a--) c += (X.x[2 * a]! - Y.x[20 * a + j]!) ** 2
        return Math.min(c, Number.MAX_VALUE)
      })
      const { minima, places } = provedMinima([X, rows], [Y, columns], v, { cost: 'square', scale: 1 })
      const unit = places >= 0 ? rational(1n, 1n << BigInt(places)) : rational(1n << BigInt(-places))
      for (let i = 0; i < 2; i++) {
        const costs = Array.from(columns, j => difference(square(X, i, Y, j), fromNumber(v[j]!)))
        const least = costs.reduce((a, b) => (compare(a, b) < 0 ? a : b))
        expect(compare(product({ n: minima[i]!, d: 1n }, unit), least), `${kind}, row ${i}`).toBe(0)
      }
    }
  })
})
