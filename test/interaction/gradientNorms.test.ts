import { expect, test } from 'vitest'
import { randomStream } from '../../src/base/random.js'
import {
  euclideanGradientNorm,
  frobeniusGradientNorm,
  gradientNorm,
  maximumGradientNorm,
} from '../../src/interaction/gradientNorms.js'

/** a n n^T + b (1 - n n^T). */
function matrix(a: number, b: number, n: readonly number[]): number[][] {
  return n.map((x, i) => n.map((y, j) => (a - b) * x * y + (i === j ? b : 0)))
}

const rowSum = (rows: number[][]): number => Math.max(...rows.map(row => row.reduce((sum, x) => sum + Math.abs(x), 0)))

/** Directions: random ones, and a fine scan of those with all coordinates but one equal. */
function directions(d: number): number[][] {
  const stream = randomStream(`1/directions/${d}`)
  const random = Array.from({ length: 3000 }, () => {
    const v = Array.from({ length: d }, () => stream.normal())
    const length = Math.hypot(...v)
    return v.map(x => x / length)
  })
  const scan = Array.from({ length: 4001 }, (_, i) => {
    const c = i / 4000
    return [c, ...Array(d - 1).fill(Math.sqrt((1 - c * c) / (d - 1)))]
  })
  return [...random, ...scan]
}

test('maximumGradientNorm is the largest row sum over all directions: never exceeded, and reached to 1e-6', () => {
  for (const d of [2, 3, 4, 7]) {
    const all = directions(d)
    for (const [a, b] of [
      [-2, 1],
      [1, 1],
      [2.5, 2.5],
      [-0.5, 1],
      [3, -1],
      [0, 1],
      [1, 0],
      [-1, -4],
      [0.2, 1.7],
    ] as const) {
      const closed = maximumGradientNorm(a, b, d)
      const found = Math.max(...all.map(n => rowSum(matrix(a, b, n))))
      expect(found).toBeLessThanOrEqual(closed * (1 + 1e-14))
      expect(found).toBeGreaterThan(closed * (1 - 1e-6))
    }
  }
})

test('for Coulomb in d = 3 it is (1 + 3 sqrt 3)/2, not the 2 of the Euclidean norm', () => {
  expect(maximumGradientNorm(-2, 1, 3)).toBeCloseTo((1 + 3 * Math.sqrt(3)) / 2, 15)
  expect(euclideanGradientNorm(-2, 1)).toBe(2)
})

test('the Euclidean norm is the largest |A x| over unit x and the Frobenius norm the root of the sum of squares', () => {
  const all = directions(3)
  for (const [a, b] of [
    [-2, 1],
    [0.5, 3],
    [4, -1],
  ] as const) {
    const A = matrix(a, b, [0.48, 0.6, 0.64])
    const image = (x: number[]): number => Math.hypot(...A.map(row => row.reduce((sum, y, j) => sum + y * x[j]!, 0)))
    const found = Math.max(...all.map(image))
    expect(found).toBeLessThanOrEqual(euclideanGradientNorm(a, b) * (1 + 1e-14))
    expect(found).toBeGreaterThan(euclideanGradientNorm(a, b) * 0.995)
    expect(frobeniusGradientNorm(a, b, 3)).toBeCloseTo(Math.hypot(...A.flat()), 13)
  }
})

test('gradientNorm calls the norm by its name', () => {
  expect(gradientNorm('euclidean', -2, 1, 3)).toBe(2)
  expect(gradientNorm('frobenius', -2, 1, 3)).toBeCloseTo(Math.sqrt(6), 15)
  expect(gradientNorm('maximum', -2, 1, 3)).toBe(maximumGradientNorm(-2, 1, 3))
})
