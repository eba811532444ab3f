import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distanceBetween, distanceBetweenAsync } from '../../src/transport/distanceBetween.js'
import type { PointCloud } from '../../src/transport/pointCloud.js'

const INF = Number.POSITIVE_INFINITY
const exponents = fc.constantFrom(1, 1.5, 2, 3, INF)
const coordinate = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.double({ min: -2, max: 2, noNaN: true }))

/** Three clouds of n points in the same dimension, with ties and repetitions. */
const clouds = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 3 })).chain(([n, d]) => {
  const cloud = fc
    .array(coordinate, { minLength: n * d, maxLength: n * d })
    // Differences whose powers underflow are for other tests.
    .map(x => ({ n, d, x: Float64Array.from(x, v => (Math.abs(v) < 1e-30 ? 0 : v)) }))
  return fc.tuple(cloud, cloud, cloud)
})

const W = (X: PointCloud, Y: PointCloud, p: number): number => distanceBetween(X, Y, p).value
const mapped = (X: PointCloud, f: (x: number, k: number) => number): PointCloud => ({ ...X, x: X.x.map(f) })
// A few roundings of values of size 10, and of their roots near 0.
const SLACK = 1e-7
const options = { numRuns: 150, seed: 4 }

describe('distances between clouds of any dimension', () => {
  it('are symmetric, and 0 between a cloud and a permutation of it', () => {
    fc.assert(
      fc.property(clouds, exponents, ([X, Y], p) => {
        expect(Math.abs(W(X, Y, p) - W(Y, X, p))).toBeLessThanOrEqual(1e-12)
        const reversed = mapped(X, (_, k) => X.x[k - (k % X.n) + X.n - 1 - (k % X.n)]!)
        const { value, low } = distanceBetween(X, reversed, p)
        expect(low).toBe(0)
        // Solvers for p < Infinity compare costs |x - y|^p up to 48^(p/2): smaller ones than their rounding look alike.
        if (p === INF || X.d === 1) expect(value).toBe(0)
        else expect(value).toBeLessThanOrEqual((Number.EPSILON * 48 ** (p / 2)) ** (1 / p))
      }),
      options,
    )
  })

  it('satisfy the triangle inequality', () => {
    fc.assert(
      fc.property(clouds, exponents, ([X, Y, Z], p) => {
        expect(W(X, Z, p)).toBeLessThanOrEqual(W(X, Y, p) + W(Y, Z, p) + 1e-12)
      }),
      options,
    )
  })

  it('grow with p up to W_infinity, and that is at most the longest pair of any pairing: Lemma 5.2', () => {
    fc.assert(
      fc.property(clouds, ([X, Y]) => {
        const values = [1, 1.5, 2, 3, INF].map(p => W(X, Y, p))
        for (let k = 0; k + 1 < values.length; k++) expect(values[k]).toBeLessThanOrEqual(values[k + 1]! + 1e-12)
        const longest = Math.max(
          ...Array.from({ length: X.n }, (_, i) =>
            Math.hypot(...Array.from({ length: X.d }, (_, a) => X.x[a * X.n + i]! - Y.x[a * X.n + i]!)),
          ),
        )
        expect(values[4]).toBeLessThanOrEqual(longest * (1 + 1e-14))
      }),
      options,
    )
  })

  it('scale with the clouds and do not see translations and rotations', () => {
    fc.assert(
      fc.property(clouds, exponents, fc.double({ min: -3, max: 3, noNaN: true }), ([X, Y], p, angle) => {
        const value = W(X, Y, p)
        const scaled = W(mapped(X, x => -4 * x), mapped(Y, x => -4 * x), p) // biome-ignore format: one line
        expect(Math.abs(scaled - 4 * value)).toBeLessThanOrEqual(1e-13 * scaled)
        expect(
          Math.abs(
            W(
              mapped(X, x => x + 3),
              mapped(Y, x => x + 3),
              p,
            ) - value,
          ),
        ).toBeLessThan(SLACK)
        if (X.d < 2) return
        const [c, s] = [Math.cos(angle), Math.sin(angle)]
        const turn = (Z: PointCloud): PointCloud =>
          mapped(Z, (x, k) => (k < Z.n ? c * x - s * Z.x[k + Z.n]! : k < 2 * Z.n ? s * Z.x[k - Z.n]! + c * x : x))
        expect(Math.abs(W(turn(X), turn(Y), p) - value)).toBeLessThan(SLACK)
        // The control: turning one of the clouds only is seen.
        if (
          value === 0 &&
          W(
            X,
            mapped(X, x => -x),
            1,
          ) > 0.1
        )
          expect(
            W(
              X,
              mapped(Y, x => -x),
              1,
            ),
          ).toBeGreaterThan(0.01)
      }),
      options,
    )
  })

  it('are those of the line when all points are on one', () => {
    fc.assert(
      fc.property(clouds, exponents, ([X, Y], p) => {
        const line = (Z: PointCloud): PointCloud => ({ n: Z.n, d: 1, x: Z.x.slice(0, Z.n) })
        const inPlane = (Z: PointCloud): PointCloud => {
          const x = new Float64Array(2 * Z.n)
          for (let i = 0; i < Z.n; i++) {
            x[i] = 0.6 * Z.x[i]!
            x[Z.n + i] = 0.8 * Z.x[i]!
          }
          return { n: Z.n, d: 2, x }
        }
        expect(Math.abs(W(line(X), line(Y), p) - W(inPlane(X), inPlane(Y), p))).toBeLessThan(SLACK)
      }),
      options,
    )
  })

  it('come the same from the asynchronous function', async () => {
    await fc.assert(
      fc.asyncProperty(clouds, exponents, async ([X, Y], p) => {
        expect(await distanceBetweenAsync(X, Y, p)).toEqual(distanceBetween(X, Y, p))
      }),
      { numRuns: 30, seed: 4 },
    )
  })
})
