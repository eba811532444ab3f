/** Clouds for the tests of assignments. */
import { randomStream } from '../../src/base/random.js'
import type { PointCloud } from '../../src/transport/pointCloud.js'

/** n points of R^d, coordinate by coordinate from `of(uniform or normal stream, point)`. */
export function cloud(
  key: string,
  n: number,
  d: number,
  of: (stream: { normal(): number; uniform(): number }, i: number) => number = stream => stream.normal(),
): PointCloud {
  const stream = randomStream(`assignment/${key}`)
  const x = new Float64Array(n * d)
  for (let i = 0; i < n; i++) for (let a = 0; a < d; a++) x[a * n + i] = of(stream, i)
  return { n, d, x }
}

export const mapped = (X: PointCloud, f: (v: number, a: number) => number): PointCloud => ({
  ...X,
  x: X.x.map((v, k) => f(v, Math.floor(k / X.n))),
})

export const part = ({ n, d, x }: PointCloud, from: number, to: number): PointCloud => ({
  n: to - from,
  d,
  x: Float64Array.from({ length: d * (to - from) }, (_, k) => {
    const a = Math.floor(k / (to - from))
    return x[a * n + from + (k % (to - from))]!
  }),
})

export function weighted(X: PointCloud, key: string): PointCloud {
  const stream = randomStream(`assignment/weights/${key}`)
  const w = Float64Array.from({ length: X.n }, () => stream.uniform() + 0.05)
  let sum = 0
  for (const t of w) sum += t
  return { ...X, weights: w.map(t => t / sum) }
}

export function distance(X: PointCloud, i: number, Y: PointCloud, j: number): number {
  let s = 0
  for (let a = 0; a < X.d; a++) s += (X.x[a * X.n + i]! - Y.x[a * Y.n + j]!) ** 2
  return Math.sqrt(s)
}

/** W_p by trying every permutation. */
export function bruteForce(X: PointCloud, Y: PointCloud, p: number): number {
  const { n } = X
  let best = Number.POSITIVE_INFINITY
  const used = new Array<boolean>(n).fill(false)
  const visit = (i: number, sum: number): void => {
    if (i === n) best = Math.min(best, sum)
    for (let j = 0; j < n; j++) {
      if (used[j]) continue
      used[j] = true
      visit(i + 1, sum + distance(X, i, Y, j) ** p)
      used[j] = false
    }
  }
  visit(0, 0)
  return (best / n) ** (1 / p)
}

/** The clouds of assignmentFixture.py, by the same rule. */
export function fixtureClouds(family: string, n: number, d: number, seed: number): [PointCloud, PointCloud] {
  const M = 2 ** 31 - 1
  let state = seed
  const uniform = (): number => {
    state = (48271 * state) % M
    return state / M
  }
  const bell = (): number => uniform() + uniform() + uniform() + uniform() - 2
  const point = (i: number): number[] => {
    const t = family === 'collinear' ? uniform() : 0
    return Array.from({ length: d }, (_, a) => {
      if (family === 'bell') return bell()
      if (family === 'clustered') return bell() / 1000 + (i % 7)
      if (family === 'collinear') return t * (a + 1)
      if (family === 'lattice') return Math.trunc(uniform() * 4)
      if (family === 'duplicated') return i % 3 === 0 ? 0 : Math.trunc(bell() * 2) / 2
      if (family === 'far') return bell() / (uniform() * uniform() + 1e-3)
      throw new Error(family)
    })
  }
  const make = (): PointCloud => {
    const x = new Float64Array(n * d)
    for (let i = 0; i < n; i++)
      point(i).forEach((v, a) => {
        x[a * n + i] = v
      })
    return { n, d, x }
  }
  return [make(), make()]
}
