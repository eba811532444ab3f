import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assignment } from '../../src/transport/assignment/assignment.js'
import { type TransportResult, transportGap } from '../../src/transport/assignment/transportResult.js'
import { verifyTransport } from '../../src/transport/assignment/verifyTransport.js'
import { wassersteinDistance, wassersteinDistanceAsync } from '../../src/transport/assignment/wassersteinDistance.js'
import type { PointCloud } from '../../src/transport/pointCloud.js'
import { bruteForce, cloud, distance, fixtureClouds, mapped, part, weighted } from './assignmentClouds.js'

/** Two computations of a mean of n costs, each with some d n roundings at the very most. */
const close = (a: number, b: number, tolerance = 1e-12): boolean => Math.abs(a - b) <= tolerance * Math.max(a, b)

function checked(X: PointCloud, Y: PointCloud, p: number): TransportResult {
  const result = wassersteinDistance(X, Y, { p })
  expect(verifyTransport(X, Y, result).problems).toEqual([])
  expect(result.status).toBe('exact')
  return result
}

// Points with few distinct coordinates make ties; the others do not.
const coordinate = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.double({ min: -3, max: 3, noNaN: true }))
const cloudOf = (n: number, d: number): fc.Arbitrary<PointCloud> =>
  fc.array(coordinate, { minLength: n * d, maxLength: n * d }).map(x => ({ n, d, x: Float64Array.from(x) }))
const exponent = fc.constantFrom(1, 1.5, 2, 3, 7)
const clouds = (count: number, most: number): fc.Arbitrary<PointCloud[]> =>
  fc
    .record({ n: fc.integer({ min: 1, max: most }), d: fc.integer({ min: 1, max: 4 }) })
    .chain(({ n, d }) => fc.tuple(...Array.from({ length: count }, () => cloudOf(n, d))))
const pair = (most: number): fc.Arbitrary<PointCloud[]> => clouds(2, most)
// Distances below 1e-6 are left out of relative comparisons: their costs are differences of prices of order 1.
const TINY = 1e-6
const runs = { numRuns: 60, seed: 4 }

describe('the Wasserstein distance between clouds of equal weights', () => {
  test('is the best of all permutations', () => {
    fc.assert(
      fc.property(pair(6), exponent, ([X, Y], p) => {
        const { value } = checked(X!, Y!, p)
        const best = bruteForce(X!, Y!, p)
        expect(Math.abs(value - best)).toBeLessThanOrEqual(1e-12 * best + TINY * 1e-6)
      }),
      runs,
    )
    // The control: the identity is not the best permutation.
    const X: PointCloud = { n: 3, d: 1, x: Float64Array.of(0, 1, 2) }
    const Y: PointCloud = { n: 3, d: 1, x: Float64Array.of(2, 0, 1) }
    expect(bruteForce(X, Y, 2)).toBe(0)
    expect(wassersteinDistance(X, Y, { p: 2 }).value).toBe(0)
  })

  const fixture = JSON.parse(readFileSync(new URL('./assignmentFixture.json', import.meta.url), 'utf8')) as {
    by: string
    cases: [string, number, number, number, number, number][]
  }
  test.each([...new Set(fixture.cases.map(([family]) => family))])('is that of SciPy on %s points', family => {
    for (const [, n, d, seed, p, value] of fixture.cases.filter(([name]) => name === family)) {
      const [X, Y] = fixtureClouds(family, n, d, seed)
      expect(close(checked(X, Y, p).value, value, 1e-11), `${family} n=${n} p=${p}`).toBe(true)
    }
  })

  test('is the cost of sorted matching on the line', () => {
    for (const p of [1, 2, 3]) {
      const X = cloud('line x', 700, 1)
      const Y = cloud('line y', 700, 1, s => s.uniform())
      const x = X.x.slice().sort()
      const y = Y.x.slice().sort()
      let sum = 0
      for (let i = 0; i < 700; i++) sum += Math.abs(x[i]! - y[i]!) ** p
      expect(close(checked(X, Y, p).value, (sum / 700) ** (1 / p))).toBe(true)
    }
  })

  test('of a translate is the length of the shift', () => {
    for (const p of [1, 2, 2.5]) {
      for (const length of [1e-3, 1, 1e4]) {
        const X = cloud('translate', 300, 5)
        const Y = mapped(X, (v, a) => v + (a === 0 ? 0.6 * length : a === 3 ? 0.8 * length : 0))
        // Each shifted coordinate is rounded, by at most 2^-53 (4 + length).
        expect(Math.abs(checked(X, Y, p).value - length)).toBeLessThan(1e-15 * (4 + length) * 3)
      }
    }
  })

  test('scales with the clouds, is symmetric, and grows with p', () => {
    fc.assert(
      fc.property(pair(40), exponent, fc.integer({ min: -30, max: 30 }), ([X, Y], p, k) => {
        const { value, low } = checked(X!, Y!, p)
        if (value < TINY) return
        expect(close(checked(Y!, X!, p).value, value)).toBe(true)
        const scaled = checked(
          mapped(X!, v => v * 2 ** k),
          mapped(Y!, v => v * 2 ** k),
          p,
        )
        expect(close(scaled.value, value * 2 ** k)).toBe(true)
        expect(low).toBeLessThanOrEqual(wassersteinDistance(X!, Y!, { p: p + 1 }).high)
      }),
      runs,
    )
  })

  test('satisfies the triangle inequality', () => {
    fc.assert(
      fc.property(clouds(3, 20), exponent, ([X, Y, Z], p) => {
        const direct = wassersteinDistance(X!, Z!, { p })
        const detour = wassersteinDistance(X!, Y!, { p }).high + wassersteinDistance(Y!, Z!, { p }).high
        expect(direct.low).toBeLessThanOrEqual(detour * (1 + 1e-15))
      }),
      runs,
    )
  })

  test('is at most |X - Y|_infinity times sqrt(d), and the plan attains the value', () => {
    const X = cloud('coupled', 2000, 6)
    const Y = mapped(X, v => v + 1e-4 * Math.sin(1000 * v))
    for (const p of [1, 2]) {
      const { value, plan } = checked(X, Y, p)
      expect(value).toBeLessThanOrEqual(1e-4 * Math.sqrt(6))
      let sum = 0
      ;(plan as Int32Array).forEach((j, i) => {
        sum += distance(X, i, Y, j) ** p
      })
      expect(close((sum / 2000) ** (1 / p), value)).toBe(true)
    }
  })
})

describe('hard clouds', () => {
  const n = 400
  const families: [string, PointCloud, PointCloud][] = [
    [
      'one cluster against two far ones',
      cloud('w', n, 6, s => 0.01 * s.normal()),
      cloud('w2', n, 6, (s, i) => 0.01 * s.normal() + 10 * (i % 2)),
    ],
    [
      'two distinct points only',
      cloud('two', n, 1, s => (s.uniform() < 0.5 ? 0 : 1)),
      cloud('two2', n, 1, s => (s.uniform() < 0.3 ? 0 : 1)),
    ],
    [
      'a lattice',
      cloud('lat', n, 3, s => Math.floor(4 * s.uniform())),
      cloud('lat2', n, 3, s => Math.floor(4 * s.uniform())),
    ],
    [
      'heavy tails',
      cloud('tail', n, 6, s => s.normal() / s.uniform() ** 2),
      cloud('tail2', n, 6, s => s.normal() / s.uniform() ** 2),
    ],
    [
      'tight clusters',
      cloud('tight', n, 6, (s, i) => 1e-9 * s.normal() + (i % 5)),
      cloud('tight2', n, 6, (s, i) => 1e-9 * s.normal() + (i % 5)),
    ],
    ['far apart', cloud('apart', n, 6), cloud('apart2', n, 6, s => s.normal() + 500)],
    ['1e150', cloud('big', n, 6, s => 1e150 * s.normal()), cloud('big2', n, 6, s => 1e150 * s.normal())],
    ['1e-150', cloud('small', n, 6, s => 1e-150 * s.normal()), cloud('small2', n, 6, s => 1e-150 * s.normal())],
    ['1e307', cloud('huge', n, 2, s => 1e307 * s.normal()), cloud('huge2', n, 2, s => 1e307 * s.normal())],
  ]
  test.each(families)('%s: the bracket is rounding only, and verified', (_, X, Y) => {
    for (const p of [1, 2, 3.5]) expect(transportGap(checked(X, Y, p))).toBeLessThan(2e-12)
  })

  test('extreme coordinates give the value of ordinary ones, scaled', () => {
    const X = cloud('big', n, 6)
    const Y = cloud('big2', n, 6)
    const value = checked(X, Y, 2).value
    for (const factor of [2 ** 500, 2 ** -500]) {
      const scaled = checked(
        mapped(X, v => v * factor),
        mapped(Y, v => v * factor),
        2,
      )
      expect(scaled.value / factor).toBe(value)
    }
  })

  test('identical clouds, one point and copies of one point have the right distance', () => {
    const X = cloud('same', 500, 3)
    expect(checked(X, { ...X, x: X.x.slice() }, 2)).toMatchObject({ value: 0, low: 0 })
    const one = (v: number): PointCloud => ({ n: 1, d: 2, x: Float64Array.of(v, 0) })
    expect(checked(one(1), one(4), 1.5).value).toBeCloseTo(3, 14)
    const copies = (v: number): PointCloud => ({ n: 300, d: 1, x: new Float64Array(300).fill(v) })
    expect(checked(copies(1), copies(3), 2).value).toBe(2)
  })

  test('bad input is refused before any work, with its name', () => {
    const X = cloud('bad', 4, 2)
    const nan = { ...X, x: X.x.map((v, k) => (k === 5 ? Number.NaN : v)) }
    expect(() => wassersteinDistance(X, nan)).toThrow(/Y\.x\[5\] must be a finite number, got NaN/)
    expect(() => wassersteinDistance(X, cloud('bad', 4, 3))).toThrow(/Y\.d must be X\.d = 2, got 3/)
    expect(() => wassersteinDistance(X, X, { p: 0.5 })).toThrow(/p must be a number in \[1, 100\], got 0\.5/)
    expect(() => wassersteinDistance(X, X, { p: Number.POSITIVE_INFINITY })).toThrow(/bottleneckDistance/)
    expect(() => wassersteinDistance(X, X, { gap: 0 })).toThrow(/gap must be 'exact' or a number in \(0, 1\), got 0/)
    expect(() => wassersteinDistance(cloud('bad', 3000, 2), cloud('bad', 2000, 2))).toThrow(/3000 \* 2000/)
  })
})

describe('a bracket', () => {
  const X = cloud('bracket x', 3000, 6)
  const Y = cloud('bracket y', 3000, 6)
  const exact = wassersteinDistance(X, Y)

  test('of the wanted gap holds the exact value', () => {
    for (const gap of [0.1, 0.01, 1e-3]) {
      const result = wassersteinDistance(X, Y, { gap })
      expect(transportGap(result)).toBeLessThanOrEqual(gap)
      expect(result.low).toBeLessThanOrEqual(exact.value)
      expect(result.high).toBeGreaterThanOrEqual(exact.low)
      expect(result.status).toBe('bracket')
      // The control: a bracket that is asked to be rough is not the exact one in disguise.
      if (gap === 0.1) expect(transportGap(result)).toBeGreaterThan(1e-6)
    }
  })

  test('comes back at once from an interrupted solve, certified', async () => {
    const signal = AbortSignal.timeout(30)
    const X2 = cloud('interrupt x', 8000, 6)
    const Y2 = cloud('interrupt y', 8000, 6)
    const result = await wassersteinDistanceAsync(X2, Y2, { signal, p: 3 })
    expect(result.status).toBe('interrupted')
    expect(result.low).toBeLessThan(result.high)
    const check = verifyTransport(part(X2, 0, 8000), Y2, result)
    expect(check.problems).toEqual([])
    const now = await wassersteinDistanceAsync(X, Y, { signal: AbortSignal.abort() })
    expect(now.status).toBe('interrupted')
    expect(now.low).toBeLessThanOrEqual(exact.value)
    expect(now.high).toBeGreaterThanOrEqual(exact.value)
    expect(wassersteinDistance(X, Y, { timeLimit: 0 }).status).toBe('interrupted')
  })

  test('has feasible potentials whenever it is interrupted while the first prices are set', () => {
    const X2 = cloud('interrupt x', 2100, 6)
    const Y2 = cloud('interrupt y', 2100, 6)
    // The same instants on every machine: counts of work, not of time.
    const stages = new Set<string>()
    for (let k = 1; k <= 65; k += 4) {
      const solver = assignment(X2, Y2, 3, { gap: 0.01 })
      solver.advance(1e5 * k)
      stages.add(solver.progress().stage)
      expect(verifyTransport(X2, Y2, solver.result('interrupted')).problems, `instant ${k}`).toEqual([])
    }
    // They begin before the prices are there and end after it.
    expect([...stages]).toEqual(['a small problem', 'auction, round 1'])
  })

  test('in slices has the same bits', async () => {
    const { value, plan, dual } = await wassersteinDistanceAsync(X, Y)
    expect(value).toBe(exact.value)
    expect(plan).toEqual(exact.plan)
    expect(dual).toEqual(exact.dual)
  })
})

describe('clouds of unequal sizes or weights', () => {
  /** n points, each k times: the same measure as n weights of size 1/n. */
  const repeated = ({ n, d, x }: PointCloud, k: number): PointCloud => ({
    n: n * k,
    d,
    x: Float64Array.from({ length: n * k * d }, (_, t) => x[Math.floor(t / (n * k)) * n + (t % n)]!),
  })

  test('have the distance of equal clouds in which points are repeated', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 7 }),
        exponent,
        fc.integer(),
        (n, m, p, seed) => {
          const X = cloud(`u${seed}`, n, 3)
          const Y = cloud(`v${seed}`, m, 3)
          const unequal = checked(X, Y, p)
          expect(close(unequal.value, checked(repeated(X, m), repeated(Y, n), p).value)).toBe(true)
        },
      ),
      { numRuns: 40, seed: 5 },
    )
  })

  test('with weights k/12 have the distance of clouds of 12 points', () => {
    const counts = [1, 4, 2, 5]
    const points = cloud('twelve', 4, 2)
    const X: PointCloud = { ...points, weights: Float64Array.from(counts, k => k / 12) }
    const index = counts.flatMap((k, i) => new Array<number>(k).fill(i))
    const many: PointCloud = {
      n: 12,
      d: 2,
      x: Float64Array.from({ length: 24 }, (_, t) => points.x[Math.floor(t / 12) * 4 + index[t % 12]!]!),
    }
    const Y = cloud('twelve y', 12, 2)
    for (const p of [1, 2, 3]) expect(close(checked(X, Y, p).value, checked(many, Y, p).value)).toBe(true)
  })

  test('have plans and duals that prove brackets of rounding size', () => {
    const lattice = (key: string, n: number): PointCloud => cloud(key, n, 3, s => Math.floor(3 * s.uniform()))
    for (const p of [1, 2, 2.5]) {
      expect(
        transportGap(checked(weighted(cloud('a', 300, 6), 'a'), weighted(cloud('b', 170, 6), 'b'), p)),
      ).toBeLessThan(1e-10)
      expect(transportGap(checked(lattice('l', 300), weighted(lattice('m', 200), 'm'), p))).toBeLessThan(1e-10)
    }
  })

  test('are solved to a bracket where a gap is asked for or time is out', () => {
    const X = weighted(cloud('gap', 400, 6), 'gap')
    const Y = weighted(cloud('gap2', 500, 6), 'gap2')
    const exact = wassersteinDistance(X, Y, { p: 2 })
    for (const result of [
      wassersteinDistance(X, Y, { p: 2, gap: 0.05 }),
      wassersteinDistance(X, Y, { p: 2, timeLimit: 0 }),
    ]) {
      expect(verifyTransport(X, Y, result).problems).toEqual([])
      expect(result.low).toBeLessThanOrEqual(exact.value)
      expect(result.high).toBeGreaterThanOrEqual(exact.low)
    }
  })
})

describe('verifyTransport', () => {
  function at<A extends Int32Array | Float64Array>(array: A, i: number, value: number): A {
    const copy = array.slice() as A
    copy[i] = value
    return copy
  }
  const X = cloud('verify x', 200, 4)
  const Y = cloud('verify y', 200, 4)
  const result = wassersteinDistance(X, Y, { p: 2 })
  const plan = result.plan as Int32Array
  const dual = result.dual!
  const problems = (changed: Partial<TransportResult>): string =>
    verifyTransport(X, Y, { ...result, ...changed }).problems.join()

  test('confirms what is right', () => {
    const check = verifyTransport(X, Y, result)
    expect(check).toMatchObject({ valid: true, problems: [] })
    expect(check.low).toBeLessThanOrEqual(check.high)
    expect(close(check.low, result.value)).toBe(true)
  })

  test('rejects a plan that is no permutation, or a worse one', () => {
    expect(problems({ plan: at(plan, 3, plan[4]!) })).toMatch(/not a permutation/)
    expect(problems({ plan: at(plan, 3, 200) })).toMatch(/not a permutation/)
    expect(problems({ plan: at(at(plan, 3, plan[4]!), 4, plan[3]!) })).toMatch(/but the plan costs/)
    expect(problems({ plan: plan.subarray(1) })).toMatch(/permutation/)
  })

  test('rejects a dual that is infeasible anywhere, and one that is too low', () => {
    for (const i of [0, 77, 199]) {
      expect(problems({ dual: { ...dual, u: at(dual.u, i, dual.u[i]! + 1e-6) } })).toMatch(/not feasible/)
      expect(problems({ dual: { ...dual, v: at(dual.v, i, dual.v[i]! + 1) } })).toMatch(/but the dual proves/)
    }
    expect(problems({ dual: { ...dual, u: at(dual.u, 5, dual.u[5]! - 1e-6) } })).toMatch(/but the dual proves/)
    expect(problems({ dual: { ...dual, v: at(dual.v, 5, Number.NaN) } })).toMatch(/finite/)
    expect(problems({ dual: { ...dual, scale: 3 } })).toMatch(/power of two/)
  })

  test('rejects a bracket that is too narrow, and evidence for other clouds', () => {
    expect(problems({ low: result.low * (1 + 1e-9), value: result.high, high: result.high })).toMatch(/dual proves/)
    expect(problems({ high: result.value * (1 - 1e-9), value: result.low })).toMatch(/plan costs/)
    expect(problems({ value: result.high * 1.1 })).toMatch(/not inside/)
    expect(
      verifyTransport(
        X,
        mapped(Y, v => 0.9 * v),
        result,
      ).valid,
    ).toBe(false)
  })

  test('rejects a sparse plan with wrong marginals', () => {
    const A = weighted(part(X, 0, 30), 'A')
    const found = wassersteinDistance(A, Y)
    const sparse = found.plan as { from: Int32Array; to: Int32Array; mass: Float64Array }
    expect(verifyTransport(A, Y, found).problems).toEqual([])
    const mass = at(sparse.mass, 2, sparse.mass[2]! * (1 + 1e-6))
    expect(verifyTransport(A, Y, { ...found, plan: { ...sparse, mass } }).problems.join()).toMatch(/marginals/)
    const to = at(sparse.to, 2, (sparse.to[2]! + 1) % 200)
    expect(verifyTransport(A, Y, { ...found, plan: { ...sparse, to } }).problems.join()).toMatch(/marginals/)
  })
})

test('a long solve tells how far it is, by onProgress and by progress, its name in version 0.1', () => {
  const [X, Y] = [cloud('X', 3000, 3), cloud('Y', 3000, 3)]
  for (const name of ['onProgress', 'progress'] as const) {
    const told: number[] = []
    wassersteinDistance(X, Y, { p: 2, [name]: ({ matched }: { matched: number }) => told.push(matched) })
    expect(told.length).toBeGreaterThan(0)
    expect(told.every(part => part >= 0 && part <= 1)).toBe(true)
  }
})
