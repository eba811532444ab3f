import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomStream } from '../../src/base/random.js'
import {
  type BottleneckResult,
  bottleneckDistance,
  bottleneckDistanceAsync,
} from '../../src/transport/bottleneck/bottleneckDistance.js'
import { verifyBottleneck } from '../../src/transport/bottleneck/verifyBottleneck.js'
import type { PointCloud } from '../../src/transport/pointCloud.js'

const cloud = (n: number, d: number, draw: (i: number, a: number) => number): PointCloud => ({
  n,
  d,
  x: Float64Array.from({ length: n * d }, (_, k) => draw(k % n, Math.floor(k / n))),
})

function distance(X: PointCloud, i: number, Y: PointCloud, j: number): number {
  return Math.hypot(...Array.from({ length: X.d }, (_, a) => X.x[a * X.n + i]! - Y.x[a * Y.n + j]!))
}

/** Over all permutations. */
function smallestLongestPair(X: PointCloud, Y: PointCloud): number {
  const free = new Set(Array.from({ length: X.n }, (_, j) => j))
  const from = (i: number): number => {
    if (i === X.n) return 0
    let best = Number.POSITIVE_INFINITY
    for (const j of [...free]) {
      free.delete(j)
      best = Math.min(best, Math.max(distance(X, i, Y, j), from(i + 1)))
      free.add(j)
    }
    return best
  }
  return from(0)
}

/** Bisection over all n^2 distances with augmenting paths in the dense graph: slow, and shares nothing. */
function denseBottleneck(X: PointCloud, Y: PointCloud): number {
  const { n } = X
  const D = Array.from({ length: n }, (_, i) => Float64Array.from({ length: n }, (_, j) => distance(X, i, Y, j)))
  const values = [...new Set(D.flatMap(row => [...row]))].sort((a, b) => a - b)
  const perfect = (r: number): boolean => {
    const partner = new Int32Array(n).fill(-1)
    const reach = (i: number, seen: Uint8Array): boolean => {
      for (let j = 0; j < n; j++) {
        if (D[i]![j]! > r || seen[j]) continue
        seen[j] = 1
        if (partner[j]! < 0 || reach(partner[j]!, seen)) {
          partner[j] = i
          return true
        }
      }
      return false
    }
    for (let i = 0; i < n; i++) if (!reach(i, new Uint8Array(n))) return false
    return true
  }
  let low = 0
  let high = values.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (perfect(values[middle]!)) high = middle
    else low = middle + 1
  }
  return values[low]!
}

/** The value against an oracle, in a bracket of (d + 4) roundings and those of its ends, and the evidence. */
function check(X: PointCloud, Y: PointCloud, expected: number): BottleneckResult {
  const result = bottleneckDistance(X, Y)
  expect(result.status).toBe('exact')
  expect(result.low).toBeLessThanOrEqual(expected)
  expect(result.high).toBeGreaterThanOrEqual(expected)
  expect(result.high - result.low).toBeLessThanOrEqual(2 * (X.d + 5) * Number.EPSILON * result.value)
  expect(verifyBottleneck(X, Y, result).faults).toEqual([])
  return result
}

describe('bottleneckDistance', () => {
  it('is the smallest longest pair over all permutations, whatever the ties', () => {
    const coordinate = fc.oneof(
      fc.integer({ min: -2, max: 2 }),
      fc.double({ min: -2, max: 2, noNaN: true }),
      fc.constantFrom(0, 1),
    )
    const pair = fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 3 }))
      .chain(([n, d]) =>
        fc.tuple(
          fc.constant([n, d] as const),
          fc.array(coordinate, { minLength: n * d, maxLength: n * d }),
          fc.array(coordinate, { minLength: n * d, maxLength: n * d }),
        ),
      )
    fc.assert(
      fc.property(pair, ([[n, d], x, y]) => {
        const X = { n, d, x: Float64Array.from(x) }
        const Y = { n, d, x: Float64Array.from(y) }
        check(X, Y, smallestLongestPair(X, Y))
      }),
      { numRuns: 300, seed: 1 },
    )
  })

  it.each([
    ['Gaussian clouds', 2, 0],
    ['clouds with clusters of 60:40 and 50:50 points', 3, 10],
    ['clouds on a line in space', 3, 0],
  ])('agrees with bisection in the dense graph: %s', (name, d, far) => {
    const s = randomStream(`bottleneck/${name}`)
    const n = 200
    const line = name.includes('line')
    const draw =
      (share: number) =>
      (i: number, a: number): number =>
        line ? (a === 0 ? s.normal() : 1) : s.normal() + (i < share * n ? 0 : far)
    const X = cloud(n, d, draw(0.6))
    const Y = cloud(n, d, draw(0.5))
    const { value } = check(X, Y, denseBottleneck(X, Y))
    if (far > 0) expect(value).toBeGreaterThan(5)
  })

  it('of unlike clusters needs no more than a Hall bound says: tight clusters by pairs, 60:40 in six dimensions', () => {
    const s = randomStream('bottleneck/unlike clusters')
    const n = 1200
    const centres = cloud(6, 3, () => s.normal())
    const tight = (): PointCloud => {
      const at = Int32Array.from({ length: n }, () => Math.floor(6 * s.uniform()))
      return cloud(n, 3, (i, a) => centres.x[a * 6 + at[i]!]! + 1e-3 * s.normal())
    }
    const two = (share: number): PointCloud => cloud(n, 6, i => s.normal() + (i < share * n ? 0 : 10))
    for (const [X, Y] of [
      [tight(), tight()],
      [two(0.6), two(0.5)],
    ] as const) {
      const result = bottleneckDistance(X, Y)
      expect(result.status).toBe('exact')
      // The violator is counted and the plan measured by code that shares nothing with the search.
      expect(verifyBottleneck(X, Y, result).faults).toEqual([])
      expect(result.violator!.points.length).toBeGreaterThan(1)
      const closer = { ...result, low: result.low * 1.001, value: result.value * 1.001, high: result.high * 1.001 }
      expect(verifyBottleneck(X, Y, closer).valid).toBe(false)
    }
  })

  it('is the pairing in order on a line, and a Hall violator of several points shows it where single points do not', () => {
    const s = randomStream('bottleneck/line')
    const n = 2000
    const X = cloud(n, 1, () => s.uniform())
    const Y = cloud(n, 1, () => s.uniform() ** 1.1)
    const x = X.x.slice().sort()
    const y = Y.x.slice().sort()
    const { violator } = check(X, Y, Math.max(...x.map((v, i) => Math.abs(v - y[i]!))))
    expect(violator!.points.length).toBeGreaterThan(1)
  })

  it('of a cloud and its translate by less than the least distance of its points is the length of the shift', () => {
    const s = randomStream('bottleneck/shift')
    const X = cloud(3000, 6, () => Math.round(1e6 * s.normal()))
    const Y = { ...X, x: X.x.map((v, k) => v + (k < X.n ? 3 : k < 2 * X.n ? 4 : 0)) }
    expect(check(X, Y, 5).value).toBe(5)
  })

  it('is 0 between a lattice with repeated points and a permutation of it, with no violator', () => {
    const n = 4096
    const X = cloud(n, 3, (i, a) => Math.floor(i / 2 / 8 ** a) % 8)
    const Y = cloud(n, 3, (i, a) => X.x[a * n + ((i * 1237) % n)]!)
    const result = check(X, Y, 0)
    expect(result.high).toBe(0)
    expect(result.violator).toBeUndefined()
  })

  it('between all points in one place and a lattice is the farthest lattice point', () => {
    const n = 1000
    check(
      cloud(n, 3, () => 0),
      cloud(n, 3, (i, a) => Math.floor(i / 10 ** a) % 10),
      9 * Math.sqrt(3),
    )
  })

  it('scales by powers of two to the bit, from 1e-150 to 1e150', () => {
    const s = randomStream('bottleneck/scale')
    const X = cloud(300, 6, () => s.normal())
    const Y = cloud(300, 6, () => s.normal())
    const { value, plan } = bottleneckDistance(X, Y)
    for (const factor of [2 ** -498, 2 ** 498, 2 ** -900, 2 ** 1000]) {
      const [A, B] = [X, Y].map(Z => ({ ...Z, x: Z.x.map(v => v * factor) })) as [PointCloud, PointCloud]
      const scaled = bottleneckDistance(A, B)
      expect(scaled.value).toBe(value * factor)
      expect(scaled.plan).toEqual(plan)
      expect(verifyBottleneck(A, B, scaled).faults).toEqual([])
    }
  })

  it('finds 1e-150 beside coordinates of 1e150, where squares underflow to 0', () => {
    const X = { n: 2, d: 2, x: Float64Array.of(1e150, 0, 1e150, 0) }
    const Y = { n: 2, d: 2, x: Float64Array.of(3e-150, 1e150, 4e-150, 1e150) }
    const { value, low, high } = bottleneckDistance(X, Y)
    expect(value).toBeCloseTo(5e-150, 160)
    expect(Math.abs(value / 5e-150 - 1)).toBeLessThan(4 * Number.EPSILON)
    expect(high / low - 1).toBeLessThan(20 * Number.EPSILON)
  })

  it('takes the maximum norm of Lemma 5.2, which is not above the Euclidean one', () => {
    const s = randomStream('bottleneck/norm')
    const X = cloud(500, 6, () => s.normal())
    const Y = { ...X, x: X.x.map(v => v + 0.05 * s.normal()) }
    const maximum = bottleneckDistance(X, Y, { norm: 'maximum' })
    expect(verifyBottleneck(X, Y, maximum).faults).toEqual([])
    // (41): the pairing i -> i is one of the permutations.
    expect(maximum.value).toBeLessThanOrEqual(Math.max(...X.x.map((v, k) => Math.abs(v - Y.x[k]!))))
    const euclidean = bottleneckDistance(X, Y).value
    expect(maximum.value).toBeLessThanOrEqual(euclidean)
    expect(euclidean).toBeLessThanOrEqual(Math.sqrt(6) * maximum.value)
  })

  it('has evidence that others can check, also at 1e4 points in R^6', () => {
    const s = randomStream('bottleneck/large')
    const X = cloud(10_000, 6, () => s.normal())
    const Y = cloud(10_000, 6, () => s.normal())
    const result = bottleneckDistance(X, Y)
    expect(result.status).toBe('exact')
    expect(verifyBottleneck(X, Y, result).faults).toEqual([])
  })

  it('refuses what it cannot do, by name', () => {
    const X = cloud(2, 2, () => 0)
    expect(() =>
      bottleneckDistance(
        X,
        cloud(2, 3, () => 0),
      ),
    ).toThrow('Y.d must be X.d = 2, got 3')
    expect(() =>
      bottleneckDistance(
        X,
        cloud(3, 2, () => 0),
      ),
    ).toThrow('Y.n must be X.n = 2, got 3')
    expect(() => bottleneckDistance(X, { ...X, weights: Float64Array.of(0.4, 0.6) })).toThrow(
      /Y\.weights must be equal/,
    )
    expect(bottleneckDistance(X, { ...X, weights: Float64Array.of(0.5, 0.5) }).value).toBe(0)
    expect(() => bottleneckDistance({ ...X, x: Float64Array.of(0, 0, Number.NaN, 0) }, X)).toThrow(/X\.x\[2\].*NaN/)
    expect(() => bottleneckDistance(X, X, { norm: 'taxi' as 'maximum' })).toThrow(/norm must be one of "euclidean"/)
  })
})

describe('bottleneckDistanceAsync', () => {
  const s = randomStream('bottleneck/async')
  const X = cloud(2000, 2, i => s.normal() + (i < 1200 ? 0 : 20))
  const Y = cloud(2000, 2, i => s.normal() + (i < 1000 ? 0 : 20))

  it('gives the same result', async () => {
    expect(await bottleneckDistanceAsync(X, Y)).toEqual(bottleneckDistance(X, Y))
  })

  it('interrupted at any moment returns a bracket around the value, with its evidence', async () => {
    const { value } = bottleneckDistance(X, Y)
    let open = 0
    for (let calls = 0; calls < 40; calls += 3) {
      let left = calls
      const signal = {
        get aborted() {
          return left-- <= 0
        },
      } as AbortSignal
      const result = await bottleneckDistanceAsync(X, Y, { signal })
      expect(result.low).toBeLessThanOrEqual(value)
      expect(result.high).toBeGreaterThanOrEqual(value)
      expect(verifyBottleneck(X, Y, result).faults).toEqual([])
      if (result.status === 'interrupted') open++
    }
    expect(open).toBeGreaterThan(3)
  })

  it('lets timers run in between and rejects bad input', async () => {
    const Z = cloud(3000, 6, () => s.normal())
    const W = cloud(3000, 6, () => s.normal())
    let fired = false
    const timer = setTimeout(() => {
      fired = true
    }, 1)
    await bottleneckDistanceAsync(Z, W)
    clearTimeout(timer)
    expect(fired).toBe(true)
    await expect(bottleneckDistanceAsync(Z, X)).rejects.toThrow(/Y\.d/)
  })
})

describe('verifyBottleneck', () => {
  const s = randomStream('bottleneck/verify')
  const X = cloud(50, 2, () => s.normal())
  const Y = cloud(50, 2, () => s.normal() + 1)
  const result = bottleneckDistance(X, Y)

  it('sees a false plan, a false violator and a bracket that claims too much', () => {
    expect(verifyBottleneck(X, Y, result).valid).toBe(true)
    const swapped = result.plan.slice()
    // The identity was hardly the best pairing.
    for (let i = 0; i < 50; i++) swapped[i] = i
    const twice = result.plan.slice()
    twice[0] = twice[1]!
    const fewer = result.violator!.points.slice(1)
    const everything = Int32Array.from({ length: 50 }, (_, i) => i)
    for (const bad of [
      { plan: swapped },
      { plan: twice },
      { plan: result.plan.slice(1) },
      { violator: { ...result.violator!, points: fewer } },
      { violator: { ...result.violator!, points: everything } },
      { violator: undefined },
      { low: result.value * 1.0001, value: result.value * 1.0001, high: result.value * 1.0002 },
      { high: result.value * 0.9999 },
      { low: result.value * 1.01 },
    ]) {
      const { faults, valid } = verifyBottleneck(X, Y, { ...result, ...bad } as BottleneckResult)
      expect(valid, JSON.stringify(bad)).toBe(false)
      expect(faults.length).toBeGreaterThan(0)
    }
  })
})
