import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomStream } from '../../src/base/random.js'
import type { SparsePlan } from '../../src/transport/assignment/transportResult.js'
import { verifyTransport } from '../../src/transport/assignment/verifyTransport.js'
import { distance1d } from '../../src/transport/line/distance1d.js'
import type { PointCloud } from '../../src/transport/pointCloud.js'

const line = (x: ArrayLike<number>, weights?: ArrayLike<number>): PointCloud => ({
  n: x.length,
  d: 1,
  x: Float64Array.from(x),
  ...(weights ? { weights: Float64Array.from(weights) } : {}),
})

const normalised = (w: readonly number[]): Float64Array => {
  const sum = w.reduce((s, v) => s + v, 0)
  return Float64Array.from(w, v => v / sum)
}

/** W_1 = int |F - G| dt: through the distribution functions, not the quantiles. */
function areaBetween(X: PointCloud, Y: PointCloud): number {
  const cuts = [...X.x, ...Y.x].sort((a, b) => a - b)
  const F = (Z: PointCloud, t: number): number =>
    Z.x.reduce((sum, x, i) => sum + (x <= t ? (Z.weights?.[i] ?? 1 / Z.n) : 0), 0)
  let area = 0
  for (let k = 0; k + 1 < cuts.length; k++) {
    area += (cuts[k + 1]! - cuts[k]!) * Math.abs(F(X, cuts[k]!) - F(Y, cuts[k]!))
  }
  return area
}

/** Weights k_i/m as m points: then sorted pairing. */
function unrolled(x: readonly number[], counts: readonly number[], times: number): number[] {
  return x.flatMap((v, i) => Array<number>(counts[i]! * times).fill(v)).sort((a, b) => a - b)
}

/** The plan has the right marginals, costs the value, and the dual is feasible with the same value: code of its own. */
function checkEvidence(X: PointCloud, Y: PointCloud, p: number): void {
  const { value, plan, dual, low, high } = distance1d(X, Y, p)
  const sparse: SparsePlan =
    plan instanceof Int32Array
      ? { from: plan.map((_, i) => i), to: plan, mass: new Float64Array(X.n).fill(1 / X.n) }
      : plan!
  const [mu, nu] = [X, Y].map(Z => Z.weights?.slice() ?? new Float64Array(Z.n).fill(1 / Z.n)) as [
    Float64Array,
    Float64Array,
  ]
  let cost = 0
  const { u, v, scale } = dual!
  let [span, largest] = [0, 0]
  for (let i = 0; i < X.n; i++) {
    for (let j = 0; j < Y.n; j++) {
      const c = (Math.abs(X.x[i]! - Y.x[j]!) / scale) ** p
      span = Math.max(span, c)
      largest = Math.max(largest, u[i]! + v[j]! - c)
    }
  }
  let dualValue = 0
  for (let i = 0; i < X.n; i++) dualValue += mu[i]! * u[i]!
  for (let j = 0; j < Y.n; j++) dualValue += nu[j]! * v[j]!
  sparse.mass.forEach((m, k) => {
    expect(m).toBeGreaterThan(0)
    cost += m * (Math.abs(X.x[sparse.from[k]!]! - Y.x[sparse.to[k]!]!) / scale) ** p
    mu[sparse.from[k]!]! -= m
    nu[sparse.to[k]!]! -= m
  })
  // n + m sums of potentials, each of the size of the largest cost.
  const rounding = 8 * (X.n + Y.n) * Number.EPSILON
  for (const rest of [...mu, ...nu]) expect(Math.abs(rest)).toBeLessThan(rounding)
  expect(largest).toBeLessThanOrEqual(rounding * span)
  expect(Math.abs(dualValue - cost)).toBeLessThanOrEqual(rounding * span)
  expect(Math.abs(cost - (value / scale) ** p)).toBeLessThanOrEqual(rounding * span)
  expect(low).toBeLessThanOrEqual(value)
  expect(high).toBeGreaterThanOrEqual(value)
}

// Powers of the oracles underflow below 1e-40.
const real = fc.double({ min: -3, max: 3, noNaN: true }).map(x => (Math.abs(x) < 1e-40 ? 0 : x))
const points = fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), real), {
  minLength: 1,
  maxLength: 8,
})
const exponent = fc.constantFrom(1, 1.5, 2, 3, 7)
const options = { numRuns: 200, seed: 1 }

describe('distance1d', () => {
  it('for p = 1 is the area between the distribution functions, whatever sizes, weights and ties', () => {
    const weighted = points.chain(x =>
      fc.tuple(fc.constant(x), fc.array(fc.integer({ min: 1, max: 9 }), { minLength: x.length, maxLength: x.length })),
    )
    fc.assert(
      fc.property(weighted, weighted, fc.boolean(), ([x, w], [y, v], weights) => {
        const X = line(x, weights ? normalised(w) : undefined)
        const Y = line(y, weights ? normalised(v) : undefined)
        // 16 terms of size at most 6, each off by a few units.
        expect(Math.abs(distance1d(X, Y, 1).value - areaBetween(X, Y))).toBeLessThan(400 * Number.EPSILON)
      }),
      options,
    )
  })

  it('with weights k/m is the sorted pairing of m points, for every p', () => {
    const counts = (x: readonly number[]): number[] => x.map((_, i) => 1 + ((7 * i) % 4))
    fc.assert(
      fc.property(points, points, fc.oneof(exponent, fc.constant(Number.POSITIVE_INFINITY)), (x, y, p) => {
        const [a, b] = [counts(x), counts(y)]
        const [m, n] = [a.reduce((s, k) => s + k), b.reduce((s, k) => s + k)]
        const [u, v] = [unrolled(x, a, n), unrolled(y, b, m)]
        const gaps = u.map((t, k) => Math.abs(t - v[k]!))
        const oracle =
          p === Number.POSITIVE_INFINITY
            ? Math.max(...gaps)
            : (gaps.reduce((s, g) => s + g ** p, 0) / gaps.length) ** (1 / p)
        const { value, low, high } = distance1d(line(x, normalised(a)), line(y, normalised(b)), p)
        // Levels that agree in exact arithmetic are taken for equal, so also W_infinity is right.
        if (p === Number.POSITIVE_INFINITY) expect(value).toBe(oracle)
        expect(low).toBeLessThanOrEqual(oracle * (1 + 1e-14))
        expect(high).toBeGreaterThanOrEqual(oracle * (1 - 1e-14))
        // Mass of 1e-14 that goes astray by 6 counts as 6e-14 in W_1 but as its p-th root in W_p.
        expect(Math.abs(value ** (p < 99 ? p : 1) - oracle ** (p < 99 ? p : 1))).toBeLessThan(
          1e-12 * 6 ** (p < 99 ? p : 1),
        )
      }),
      options,
    )
  })

  it('has a plan and a dual that prove each other', () => {
    fc.assert(
      fc.property(points, points, exponent, (x, y, p) => checkEvidence(line(x), line(y), p)),
      options,
    )
    checkEvidence(line([0, 1, 5], [0.2, 0.5, 0.3]), line([0, 4], [0.7, 0.3]), 2)
    checkEvidence(line([0, 1e100, 5e100]), line([2e100, 3e99]), 3)
  })

  it('has evidence that the verification of all distances accepts, and none of a claim too much', () => {
    const s = randomStream('distance1d/verify')
    const draw = (n: number): PointCloud => line(Float64Array.from({ length: n }, () => s.normal()))
    for (const p of [1, 1.5, 2, 4]) {
      for (const [n, m] of [
        [1500, 1500],
        [700, 900],
      ] as const) {
        const [X, Y] = [draw(n), draw(m)]
        const result = distance1d(X, Y, p)
        expect(verifyTransport(X, Y, result).problems).toEqual([])
        expect(verifyTransport(X, Y, { ...result, low: result.low * 1.0001 }).valid).toBe(false)
      }
    }
  })

  it('fails that check with the plan of another pairing', () => {
    // The negative control of the check above: decreasing pairing costs more than the dual is worth.
    const [x, y] = [
      [0, 1, 2],
      [0.5, 1.5, 2.5],
    ]
    const { dual } = distance1d(line(x), line(y), 2)
    const worth = dual!.u.reduce((s, t) => s + t / 3, 0) + dual!.v.reduce((s, t) => s + t / 3, 0)
    const crossed = x.reduce((s, t, i) => s + (t - y[2 - i]!) ** 2 / 3, 0)
    expect(worth).toBeCloseTo(0.25, 14)
    expect(crossed).toBeGreaterThan(1)
  })

  it('is symmetric, translation invariant and homogeneous', () => {
    fc.assert(
      fc.property(points, points, exponent, (x, y, p) => {
        const W = distance1d(line(x), line(y), p).value
        expect(distance1d(line(y), line(x), p).value).toBeCloseTo(W, 13)
        const moved = distance1d(line(x.map(t => t + 4)), line(y.map(t => t + 4)), p).value
        expect(moved).toBeCloseTo(W, 6 / p > 2 ? 12 : 7)
        const scaled = distance1d(line(x.map(t => -8 * t)), line(y.map(t => -8 * t)), p).value
        expect(Math.abs(scaled - 8 * W)).toBeLessThanOrEqual(1e-13 * 8 * W)
      }),
      options,
    )
  })

  it('satisfies the triangle inequality and grows with p up to the longest pair (Lemma 5.2)', () => {
    fc.assert(
      fc.property(points, points, points, exponent, (x, y, z, p) => {
        const W = (a: readonly number[], b: readonly number[], q: number): number =>
          distance1d(line(a), line(b), q).value
        expect(W(x, z, p)).toBeLessThanOrEqual((W(x, y, p) + W(y, z, p)) * (1 + 1e-13))
        expect(W(x, y, p)).toBeLessThanOrEqual(W(x, y, p + 0.5) * (1 + 1e-13))
        const most = W(x, y, Number.POSITIVE_INFINITY)
        expect(W(x, y, p)).toBeLessThanOrEqual(most * (1 + 1e-13))
        const n = Math.min(x.length, y.length)
        const longest = Math.max(...x.slice(0, n).map((t, i) => Math.abs(t - y[i]!)))
        expect(W(x.slice(0, n), y.slice(0, n), Number.POSITIVE_INFINITY)).toBeLessThanOrEqual(longest)
      }),
      options,
    )
  })

  it('for p = Infinity names a Hall violator', () => {
    fc.assert(
      fc.property(points, points, (x, y) => {
        const [X, Y] = [line(x), line(y)]
        const { value, violator, low } = distance1d(X, Y, Number.POSITIVE_INFINITY)
        expect(violator === undefined).toBe(value === 0)
        if (value === 0) return
        const [from, to] = violator!.side === 'X' ? [X, Y] : [Y, X]
        const near = to.x.filter(t => violator!.points.some(i => Math.abs(from.x[i]! - t) < low)).length
        expect(near / to.n).toBeLessThan(violator!.points.length / from.n)
      }),
      options,
    )
  })

  it('for p = Infinity brackets both values where the partial sums of weights agree to rounding only', () => {
    // 0.1 + 0.2 is 0.30000000000000004, so that in floating point a trace of mass would travel from 1 to 9.
    const X = line([0, 1, 9], [0.1, 0.2, 0.7])
    const Y = line([0, 9], [0.3, 0.7])
    const { value, low, high, status } = distance1d(X, Y, Number.POSITIVE_INFINITY)
    expect({ value, status }).toEqual({ value: 1, status: 'bracket' })
    expect(low).toBeCloseTo(1, 12)
    expect(high).toBeCloseTo(9, 12)
  })

  it('is right at 1e150 and 1e-150, on one point, and on identical clouds', () => {
    for (const scale of [1e150, 1e-150]) {
      for (const p of [1, 2, 3, 1.5, Number.POSITIVE_INFINITY]) {
        const { value, low, high } = distance1d(line([0, scale]), line([2 * scale, 3 * scale]), p)
        expect(value / scale).toBeCloseTo(2, 13)
        expect(low).toBeLessThanOrEqual(2 * scale)
        expect(high).toBeGreaterThanOrEqual(2 * scale)
      }
    }
    expect(distance1d(line([3]), line([7]), 5)).toMatchObject({ value: 4, status: 'exact' })
    const same = line([1, 1, 2, -5])
    for (const p of [1, 2, Number.POSITIVE_INFINITY]) {
      expect(distance1d(same, same, p)).toMatchObject({ value: 0, low: 0, high: 0 })
    }
  })

  it('takes clouds of 1e5 points and refuses what is no cloud on the line', () => {
    const s = randomStream('distance1d/large')
    const X = line(Float64Array.from({ length: 100_000 }, () => s.uniform()))
    expect(distance1d(X, line([...X.x].map(x => x + 2)), 2).value).toBeCloseTo(2, 12)
    expect(() => distance1d(X, { n: 1, d: 2, x: Float64Array.of(0, 0) }, 1)).toThrow('Y.d must be 1, got 2')
    expect(() => distance1d(X, X, 0.5)).toThrow(/p must be/)
    expect(() => distance1d(X, line([Number.NaN]), 1)).toThrow(/Y\.x\[0\]/)
    expect(() => distance1d(line([0, 1], [0.5, 0.6]), X, 1)).toThrow(/X\.weights must sum to 1/)
  })
})
