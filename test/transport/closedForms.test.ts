import { describe, expect, it } from 'vitest'
import { integrate } from '../../src/base/numerics/quadrature.js'
import { gamma } from '../../src/base/numerics/special.js'
import { randomStream } from '../../src/base/random.js'
import { meanAndStandardError } from '../../src/base/statistics/statistics.js'
import {
  expectedW1ToLaw,
  expectedW2SquaredToLaw,
  uniformOneSampleW1,
  uniformOneSampleW2Squared,
  uniformTwoSampleW1,
  uniformTwoSampleW2Squared,
} from '../../src/transport/line/closedForms1d.js'
import { distance1d } from '../../src/transport/line/distance1d.js'
import { distance1dToLaw } from '../../src/transport/line/distance1dToLaw.js'
import {
  concentricGaussianDistance,
  gaussianW2,
  translateDistance,
} from '../../src/transport/line/gaussianDistances.js'
import {
  exponentialLaw1d,
  gaussianLaw1d,
  type Law1d,
  paretoLaw1d,
  twoPartsLaw1d,
  uniformLaw1d,
} from '../../src/transport/line/quantileLaw.js'
import { normalDistribution, normalQuantile } from '../../src/transport/line/quantileNormal.js'
import type { PointCloud } from '../../src/transport/pointCloud.js'

const line = (x: ArrayLike<number>): PointCloud => ({ n: x.length, d: 1, x: Float64Array.from(x) })
const laws: [string, Law1d][] = [
  ['uniform', uniformLaw1d(-1, 3)],
  ['gaussian', gaussianLaw1d(2, 0.5)],
  ['exponential', exponentialLaw1d(2)],
  ['pareto', paretoLaw1d(3.5, 0.5)],
  ['two parts', twoPartsLaw1d(2)],
]

describe('the normal distribution', () => {
  it('has the tabulated values, far tails included, and quantiles that invert it', () => {
    // Abramowitz and Stegun 26.2, and mpmath to 17 digits.
    for (const [x, F] of [
      [0, 0.5],
      [1, 0.8413447460685429],
      [-2.5, 0.006209665325776132],
      [-5, 2.866515718791939e-7],
      [-10, 7.61985302416047e-24],
      [-30, 4.906713927148187e-198],
    ] as const) {
      expect(Math.abs(normalDistribution(x) / F - 1)).toBeLessThan(1e-13)
      if (x <= 0) expect(normalQuantile(normalDistribution(x))).toBeCloseTo(x, 13)
    }
    for (const u of [1e-300, 1e-20, 0.01, 0.3, 0.4999, 0.5, 0.7, 0.999999]) {
      expect(Math.abs(normalDistribution(normalQuantile(u)) / u - 1)).toBeLessThan(1e-12)
    }
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY])
  })
})

describe.each(laws)('the %s law on the line', (_, law) => {
  it('has a density, quantiles and partial moments that agree with its distribution function', () => {
    for (const u of [0.001, 0.1, 0.5, 0.9, 0.999]) {
      const x = law.quantile(u)
      expect(law.cdf(x)).toBeCloseTo(u, 13)
      expect(integrate(law.density, law.low, x).value).toBeCloseTo(u, 10)
      expect(integrate(t => t * law.density(t), law.low, x).value).toBeCloseTo(law.partialMoment(1, x), 10)
      expect(integrate(t => t * t * law.density(t), law.low, x).value).toBeCloseTo(law.partialMoment(2, x), 10)
    }
    expect(law.quantile(0)).toBe(law.low)
    expect(law.quantile(1)).toBe(law.high)
    expect(law.partialMoment(1, law.low)).toBeCloseTo(0, 15)
  })

  it('is at the distance to a cloud that a fine quantisation of it has, and shifts show', () => {
    const s = randomStream('closed/law')
    const X = line(Float64Array.from({ length: 20 }, () => law.quantile(s.uniform())))
    const m = 20_000
    const fine = line(Float64Array.from({ length: m }, (_, k) => law.quantile((k + 0.5) / m)))
    // Near the last moment no quantisation is fine enough.
    for (const p of [1, 1.5, 2, 3].filter(q => q + 1 < law.tailOrder)) {
      const { value, low, high } = distance1dToLaw(X, law, p)
      // The quantisation itself is at a distance below, found by the same integral only for the last comparison.
      const slack = distance1dToLaw(fine, law, p).high
      expect(Math.abs(value - distance1d(X, fine, p).value)).toBeLessThanOrEqual(slack)
      expect(slack).toBeLessThan(0.2 * value)
      expect(high - low).toBeLessThan(1e-9 * value)
      const moved = distance1dToLaw(line(X.x.map(x => x + 100)), law, p).value
      expect(Math.abs(moved - 100)).toBeLessThan(2 * value)
    }
  })
})

describe('distance1dToLaw', () => {
  it('knows single points: E|T - x|, the standard deviation, E|T|^3', () => {
    expect(distance1dToLaw(line([0.5]), uniformLaw1d(), 1).value).toBeCloseTo(0.25, 15)
    expect(distance1dToLaw(line([0]), gaussianLaw1d(), 1).value).toBeCloseTo(Math.sqrt(2 / Math.PI), 14)
    expect(distance1dToLaw(line([1]), exponentialLaw1d(), 2).value).toBeCloseTo(1, 14)
    expect(distance1dToLaw(line([0]), gaussianLaw1d(), 3).value).toBeCloseTo(
      (2 * Math.sqrt(2 / Math.PI)) ** (1 / 3),
      11,
    )
    expect(distance1dToLaw(line([0]), paretoLaw1d(4), 3).value).toBeCloseTo(4 ** (1 / 3), 9)
  })

  it('closed cases agree with quadrature at nearly the same p', () => {
    const X = line([-1, 0.1, 0.2, 2.5])
    for (const [, law] of laws) {
      for (const p of [1, 2]) {
        const closed = distance1dToLaw(X, law, p)
        const near = distance1dToLaw(X, law, p + 1e-7)
        expect(closed.kind).toBe('exact')
        expect(near.kind).toBe('estimated')
        // W_p moves with p by less than its own size there.
        expect(Math.abs(near.value - closed.value)).toBeLessThan(2e-7 * closed.value)
      }
    }
  })

  it('p = Infinity is the largest quantile distance, and infinite for unbounded laws; so is p above the moments', () => {
    expect(distance1dToLaw(line([0.1, 0.9]), uniformLaw1d(), Number.POSITIVE_INFINITY).value).toBeCloseTo(0.4, 15)
    const unbounded = distance1dToLaw(line([0]), gaussianLaw1d(), Number.POSITIVE_INFINITY)
    expect(unbounded).toMatchObject({ value: Number.POSITIVE_INFINITY, method: 'the law has unbounded support' })
    expect(distance1dToLaw(line([1]), paretoLaw1d(2), 2).value).toBe(Number.POSITIVE_INFINITY)
    // E (T - 1)^p = alpha B(p + 1, alpha - p): near the last moment the tail is nearly everything.
    for (const [alpha, p] of [
      [2, 1.9],
      [5, 4.99],
      [8, 3],
    ] as const) {
      const { value, low, high } = distance1dToLaw(line([1]), paretoLaw1d(alpha), p)
      const moment = (alpha * gamma(p + 1) * gamma(alpha - p)) / gamma(alpha + 1)
      expect(low).toBeLessThanOrEqual(moment ** (1 / p) * (1 + 1e-12))
      expect(high).toBeGreaterThanOrEqual(moment ** (1 / p) * (1 - 1e-12))
      expect(Math.abs(value / moment ** (1 / p) - 1)).toBeLessThan(1e-6)
    }
  })

  it('takes weights, and refuses bad input', () => {
    const X: PointCloud = { n: 2, d: 1, x: Float64Array.of(0, 1), weights: Float64Array.of(0.25, 0.75) }
    expect(distance1dToLaw(X, uniformLaw1d(), 1).value).toBeCloseTo(0.0625 * 0.5 + 0.75 * 0.375, 14)
    expect(() => distance1dToLaw(X, uniformLaw1d(), 0)).toThrow(/p must be/)
    expect(() => uniformLaw1d(1, 1)).toThrow(/high - low/)
    expect(() => gaussianLaw1d(0, -1)).toThrow(/sigma/)
    expect(() => exponentialLaw1d(0)).toThrow(/rate/)
    expect(() => paretoLaw1d(Number.NaN)).toThrow(/alpha/)
  })
})

describe('expected distances of samples on the line', () => {
  const replicas = 4000
  const sampled = (n: number, key: string, distance: (x: PointCloud, y: PointCloud) => number, law: Law1d) => {
    const s = randomStream(`closed/${key}/${n}`)
    const draw = (): PointCloud => line(Float64Array.from({ length: n }, () => law.quantile(s.uniform())))
    return meanAndStandardError(Array.from({ length: replicas }, () => distance(draw(), draw())))
  }
  // Four standard errors: a false alarm in 16 000 tests. Six are far enough for the controls.
  const agrees = ({ mean, standardError }: { mean: number; standardError: number }, value: number): boolean =>
    Math.abs(mean - value) < 4 * standardError

  it.each([1, 2, 5, 20])('agree with Monte Carlo for n = %i uniform points, and not with their neighbours', n => {
    const U = uniformLaw1d()
    const cases: [string, (x: PointCloud, y: PointCloud) => number, (n: number) => number][] = [
      ['one/1', x => distance1dToLaw(x, U, 1).value, uniformOneSampleW1],
      ['one/2', x => distance1dToLaw(x, U, 2).value ** 2, uniformOneSampleW2Squared],
      ['two/1', (x, y) => distance1d(x, y, 1).value, uniformTwoSampleW1],
      ['two/2', (x, y) => distance1d(x, y, 2).value ** 2, uniformTwoSampleW2Squared],
    ]
    for (const [key, distance, closed] of cases) {
      const mean = sampled(n, key, distance, U)
      expect(agrees(mean, closed(n)), key).toBe(true)
      expect(agrees(mean, closed(n + Math.ceil(n / 3))), key).toBe(false)
    }
  })

  it('are 1/3 and 1/6 for one uniform point, and go like n^(-1/2) and 1/n', () => {
    expect(uniformOneSampleW1(1)).toBeCloseTo(1 / 3, 14)
    expect(uniformTwoSampleW1(1)).toBeCloseTo(1 / 3, 14)
    // Two points: E W_1 = 2 int_0^(1/2) ... = 5/24 by elementary integration of E|B - 2q|/2 = 2 q (1-q)^2 on [0, 1/2].
    expect(uniformOneSampleW1(2)).toBeCloseTo(2 * integrate(q => 2 * q * (1 - q) ** 2, 0, 0.5).value, 14)
    // Brownian bridges: E int |B| = sqrt(2 pi)/8 ... sqrt(pi/32), and sqrt 2 times that for two samples.
    expect(Math.sqrt(1000) * uniformOneSampleW1(1000)).toBeCloseTo(Math.sqrt(Math.PI / 32), 3)
    expect(Math.sqrt(1e6) * uniformTwoSampleW1(1e6)).toBeCloseTo(Math.sqrt(Math.PI / 16), 5)
  })

  it('for other laws: quadrature agrees with the uniform forms, with Monte Carlo and with 2 - 2 sqrt(2)/pi', () => {
    for (const n of [1, 2, 7]) {
      expect(expectedW1ToLaw(n, uniformLaw1d()).value).toBeCloseTo(uniformOneSampleW1(n), 12)
      expect(expectedW2SquaredToLaw(n, uniformLaw1d()).value).toBeCloseTo(uniformOneSampleW2Squared(n), 12)
    }
    expect(expectedW2SquaredToLaw(1, gaussianLaw1d()).value).toBeCloseTo(2, 11)
    expect(expectedW2SquaredToLaw(2, gaussianLaw1d(3, 1)).value).toBeCloseTo(2 - (2 * Math.SQRT2) / Math.PI, 11)
    // One normal point: E|T - T'| = 2/sqrt(pi).
    expect(expectedW1ToLaw(1, gaussianLaw1d()).value).toBeCloseTo(2 / Math.sqrt(Math.PI), 11)
    const E = exponentialLaw1d()
    const mean = sampled(5, 'exponential', x => distance1dToLaw(x, E, 1).value, E)
    expect(agrees(mean, expectedW1ToLaw(5, E).value)).toBe(true)
    expect(agrees(mean, expectedW1ToLaw(6, E).value)).toBe(false)
    expect(expectedW1ToLaw(5, paretoLaw1d(1)).value).toBe(Number.POSITIVE_INFINITY)
    expect(expectedW2SquaredToLaw(5, paretoLaw1d(2)).value).toBe(Number.POSITIVE_INFINITY)
  })

  it('refuse what is no sample size', () => {
    for (const f of [uniformOneSampleW1, uniformTwoSampleW1, uniformOneSampleW2Squared, uniformTwoSampleW2Squared]) {
      expect(() => f(0)).toThrow(/n must be/)
      expect(() => f(1.5)).toThrow(/n must be/)
    }
  })
})

describe('distances between normal laws', () => {
  it('on the line agree with quantiles: (int |sigma_1 - sigma_2|^p |Q|^p)^(1/p)', () => {
    const m = 200_000
    const quantiles = (sigma: number): PointCloud =>
      line(Float64Array.from({ length: m }, (_, k) => sigma * normalQuantile((k + 0.5) / m)))
    const [X, Y] = [quantiles(1), quantiles(3)]
    for (const p of [1, 2, 3]) {
      // Midpoint quantiles lose the tails beyond 1/(2m): a relative 1e-4 of the third moment.
      expect(distance1d(X, Y, p).value / concentricGaussianDistance(1, p, 1, 3)).toBeCloseTo(1, 3)
    }
    expect(distance1d(X, Y, 2).value / concentricGaussianDistance(1, 2, 1, 3.01)).not.toBeCloseTo(1, 3)
  })

  it('of concentric isotropic laws in R^6 are the radial one-dimensional distance', () => {
    // The radial law of sigma xi has density ~ r^5 e^(-r^2/2), so W_p^p = |s_1 - s_2|^p E r^p.
    const moment = (p: number): number => integrate(r => r ** (5 + p) * Math.exp(-0.5 * r * r), 0, 40).value / 8
    for (const p of [1, 2, 3.5]) {
      expect(concentricGaussianDistance(6, p, 0.5, 2)).toBeCloseTo(1.5 * moment(p) ** (1 / p), 11)
    }
    expect(concentricGaussianDistance(6, Number.POSITIVE_INFINITY, 1, 1)).toBe(0)
    expect(concentricGaussianDistance(6, Number.POSITIVE_INFINITY, 1, 2)).toBe(Number.POSITIVE_INFINITY)
  })

  it('W_2 of general ones contains the concentric, the commuting and the translated cases', () => {
    const scalar = (d: number, s: number): number[][] =>
      Array.from({ length: d }, (_, a) => Array.from({ length: d }, (_, b) => (a === b ? s : 0)))
    const zero = [0, 0, 0]
    const first = { mean: zero, covariance: scalar(3, 4) }
    expect(gaussianW2(first, { mean: zero, covariance: scalar(3, 9) })).toBeCloseTo(
      concentricGaussianDistance(3, 2, 2, 3),
      12,
    )
    expect(gaussianW2(first, { mean: [1, 2, 2], covariance: scalar(3, 4) })).toBeCloseTo(
      translateDistance([1, 2, 2]),
      7,
    )
    const A = { mean: [0, 0], covariance: [[4, 0], [0, 1]] } // biome-ignore format: a matrix
    const B = { mean: [0, 0], covariance: [[1, 0], [0, 9]] } // biome-ignore format: a matrix
    expect(gaussianW2(A, B)).toBeCloseTo(Math.sqrt(1 + 4), 12)
  })

  it('W_2 of general ones is attained by the linear map T with T A T = B', () => {
    // For T symmetric and positive, x -> T x is optimal (a gradient of a convex function): W_2^2 = tr (T-1) A (T-1).
    const A = [[2, 0.5], [0.5, 1]] // biome-ignore format: a matrix
    const T = [[1.5, -0.4], [-0.4, 0.7]] // biome-ignore format: a matrix
    const times = (P: number[][], Q: number[][]): number[][] =>
      P.map(row => Q[0]!.map((_, b) => row.reduce((s, x, k) => s + x * Q[k]![b]!, 0)))
    const S = [[0.5, -0.4], [-0.4, -0.3]] // biome-ignore format: a matrix
    const cost = times(times(S, A), S)
    const B = times(times(T, A), T)
    const symmetric = [[B[0]![0]!, B[0]![1]!], [B[0]![1]!, B[1]![1]!]] // biome-ignore format: a matrix
    const expected = Math.sqrt(cost[0]![0]! + cost[1]![1]!)
    expect(gaussianW2({ mean: [0, 0], covariance: A }, { mean: [0, 0], covariance: symmetric })).toBeCloseTo(
      expected,
      12,
    )
    // The control: forgetting that A and B do not commute gives another number.
    const trace = (M: number[][]): number => M[0]![0]! + M[1]![1]!
    const root = (M: number[][]): number[][] => {
      const s = Math.sqrt(M[0]![0]! * M[1]![1]! - M[0]![1]! * M[1]![0]!)
      const t = Math.sqrt(trace(M) + 2 * s)
      return M.map((row, a) => row.map((x, b) => (x + (a === b ? s : 0)) / t))
    }
    const naive = trace(A) + trace(symmetric) - 2 * trace(times(root(A), root(symmetric)))
    expect(Math.abs(Math.sqrt(naive) - expected)).toBeGreaterThan(1e-3)
  })

  it('refuses matrices that are no covariances', () => {
    const I = { mean: [0, 0], covariance: [[1, 0], [0, 1]] } // biome-ignore format: a matrix
    const bad = (covariance: number[][]) => () => gaussianW2(I, { mean: [0, 0], covariance })
    expect(bad([[1, 0.1], [0, 1]])).toThrow(/symmetric/) // biome-ignore format: a matrix
    expect(bad([[1, 2], [2, 1]])).toThrow(/semidefinite, got the eigenvalue -/) // biome-ignore format: a matrix
    expect(bad([[1, 0]])).toThrow(/length 2, got 1/)
    expect(() => concentricGaussianDistance(0, 1, 1, 1)).toThrow(/d must be/)
    expect(() => concentricGaussianDistance(1, 0.5, 1, 1)).toThrow(/p must be/)
  })
})
