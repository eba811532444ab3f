import { expect, test } from 'vitest'
import { randomStream } from '../../src/base/random.js'
import { binomialTail, clopperPearson } from '../../src/base/statistics/clopperPearson.js'
import { meanAndStandardError } from '../../src/base/statistics/statistics.js'
import { deviations, measureFluctuations } from '../../src/concentration/fluctuations.js'
import { meanTable } from '../../src/concentration/pairSource.js'
import { radialTable } from '../../src/concentration/radialTable.js'
import { secondMoments } from '../../src/concentration/secondMoments.js'
import { ballSmallBall, smallBallProbability } from '../../src/concentration/smallBall.js'
import { cutoffKernel } from '../../src/interaction/cutoffKernel.js'
import { lipschitzMajorant } from '../../src/interaction/lipschitzMajorant.js'
import { gaussianLaw } from '../../src/law/gaussianLaw.js'
import { gaussianMixtureLaw } from '../../src/law/gaussianMixtureLaw.js'
import { majorantConvolution } from '../../src/law/meanField/majorantConvolution.js'
import { meanField } from '../../src/law/meanField/meanField.js'
import { uniformBallLaw } from '../../src/law/uniformBallLaw.js'

const ball = uniformBallLaw()

test('deviations are the sums over the others less the mean field, computed here pair by pair', () => {
  const N = 40
  const q = ball.sample(N, randomStream('deviations')).q
  const kernel = cutoffKernel({ N, delta: 0.3, sigma: -1 })
  const majorant = lipschitzMajorant({ N, delta: 0.3, version: 'printed' })
  const field = meanField(ball, kernel)
  const folded = majorantConvolution(ball, majorant)
  const forceDeviation = deviations(q, kernel, meanTable(ball, kernel).at)
  const sumDeviation = deviations(q, majorant, meanTable(ball, majorant).at)
  for (const i of [0, 7, 39]) {
    const at = (j: number): number[] => [q[j]!, q[N + j]!, q[2 * N + j]!]
    const sum = [0, 0, 0]
    let scalar = 0
    for (let j = 0; j < N; j++) {
      if (j === i) continue
      const x = at(i).map((v, a) => v - at(j)[a]!)
      const r = Math.hypot(...x)
      for (let a = 0; a < 3; a++) sum[a] = sum[a]! - (kernel.magnitude(r) * x[a]!) / r / N
      scalar += majorant.value(r) / N
    }
    const mean = field.force(at(i), new Float64Array(3))
    for (let a = 0; a < 3; a++) expect(forceDeviation[a * N + i]).toBeCloseTo(sum[a]! - mean[a]!, 7)
    // The table is good to 1e-7 of l*rho, which is about 90.
    expect(Math.abs(sumDeviation[i]! - (scalar - folded.at(at(i)).value))).toBeLessThan(1e-4)
  }
})

test('second moments of the ball agree with the closed forms from the law of the distance of two points', () => {
  // Density of the distance s of two uniform points of the unit ball: 3 s^2 - 9/4 s^3 + 3/16 s^5.
  for (const [N, delta] of [
    [300, 0.2],
    [4000, 0.3],
  ] as const) {
    const rc = N ** -delta
    const force = secondMoments(ball, cutoffKernel({ N, delta }))
    const closed = 18 / (5 * rc) - 1.5 - 2.25 * Math.log(2 / rc) - (9 * rc * rc) / 128
    expect(Math.abs(force.square.value - closed)).toBeLessThan(force.square.high - force.square.value + 1e-12)
    const a = 3 * rc
    const [A, c] = [1, 54]
    const inside = (A * A) / rc ** 6
    const majorant =
      inside * (a ** 3 - (9 / 16) * a ** 4 + a ** 6 / 32) +
      c * c * (a ** -3 - 1 / 8 - (9 / 8) * (a ** -2 - 1 / 4) + (3 / 16) * Math.log(2 / a))
    const square = secondMoments(ball, lipschitzMajorant({ N, delta, version: 'printed' })).square
    expect(Math.abs(square.value / majorant - 1)).toBeLessThan(1e-7)
  }
})

test('measured second moments are the exact ones; those of copied particles are not', () => {
  const sigmas = (value: number, exact: number, error: number): number => Math.abs(value - exact) / error
  for (const [law, delta] of [
    [ball, 0.2],
    [gaussianLaw(), 0.3],
  ] as const) {
    for (const source of [cutoffKernel({ N: 300, delta }), lipschitzMajorant({ N: 300, delta })]) {
      const exact = secondMoments(law, source).deviation(300).value
      const measure = (copies: number): number => {
        const { meanSquare } = measureFluctuations(law, source, { N: 300, replicates: 60, seed: 'moments', copies })
        const { mean, standardError } = meanAndStandardError(meanSquare)
        return sigmas(mean, exact, standardError)
      }
      // Student's t with 59 degrees of freedom exceeds 4.5 with probability 3e-5.
      expect(measure(1)).toBeLessThan(4.5)
      expect(measure(10)).toBeGreaterThan(4.5)
    }
  }
})

test('of two particles the sum is half of one term: the second moment of the deviation is a quarter of E|h|^2', () => {
  // E|h(q_1 - q_2)/2 - a(q_1)|^2 = E|h|^2/4 - E|a|^2 + E|a|^2, as E[h|q_1] = a; the closed form is that of two uniform
  // points.
  const rc = 0.4
  const { deviation } = secondMoments(ball, cutoffKernel({ N: 10, delta: -Math.log(rc) / Math.log(10) }))
  const closed = 18 / (5 * rc) - 1.5 - 2.25 * Math.log(2 / rc) - (9 * rc * rc) / 128
  expect(deviation(2).value).toBeCloseTo(closed / 4, 7)
})

test('the bias of N - 1 terms is seen: without it the second moment of L would be off for a wide core', () => {
  // The core is wider than the ball: h is constant, every sum is exactly (N-1)/N l*rho.
  const [N, delta] = [50, 0.1]
  const majorant = lipschitzMajorant({ N, delta, version: 'printed' })
  const { maximum } = measureFluctuations(ball, majorant, { N, replicates: 3, seed: 'bias' })
  const exact = secondMoments(ball, majorant).deviation(N)
  for (const value of maximum) expect(value).toBeCloseTo(N ** (3 * delta - 1), 7)
  expect(Math.sqrt(exact.value)).toBeCloseTo(N ** (3 * delta - 1), 6)
})

test('Berry and Esseen bound the small-ball probability of sums of signs', () => {
  for (const n of [100, 1000]) {
    for (const T of [0.5, 5, 20]) {
      // P(|S| < T) for S = 2 B - n.
      const low = Math.floor((n - T) / 2) + 1
      const high = Math.ceil((n + T) / 2)
      const exact = binomialTail(low, n, 0.5) - binomialTail(high, n, 0.5)
      const bound = smallBallProbability({ logCount: Math.log(n), logVariance: 0, logThird: 0 }, Math.log(T))
      expect(bound).toBeGreaterThanOrEqual(exact)
      expect(bound).toBeLessThan(exact + 0.2)
    }
  }
})

test('the Berry-Esseen term covers the largest atom of a sum of signs, of which no interval is left', () => {
  for (const n of [4, 100, 10_000]) {
    // P(S = 0) = binomial(n, n/2)/2^n, by logarithms; about 0.80/sqrt n against 2 * 0.4748/sqrt n.
    let log = -n * Math.LN2
    for (let k = 1; k <= n / 2; k++) log += Math.log((n / 2 + k) / k)
    const bound = smallBallProbability({ logCount: Math.log(n), logVariance: 0, logThird: 0 }, Math.log(1e-6))
    expect(bound).toBeGreaterThan(Math.exp(log))
    expect(bound * Math.sqrt(n)).toBeCloseTo(0.9496, 4)
  }
  // erf(1/(1000 sqrt 2)) = 7.978844e-4 by its series, and 9.496e-4.
  const million = { logCount: Math.log(1e6), logVariance: 0, logThird: 0 }
  expect(smallBallProbability(million, 0)).toBeCloseTo(7.978844e-4 + 9.496e-4, 9)
})

test('the average of the bound over the ball is that of a midpoint rule, with the formula written out', () => {
  for (const [logN, delta] of [
    [23.03, 0.2],
    [46.05, 0.2],
    [230.3, 0.3],
    // The shell in which the bound is 1 is of the thickness N^-0.2 = 1e-20, far below the rounding of 1 - s.
    [230.3, 0.2],
  ] as const) {
    const [rc, threshold] = [Math.exp(-delta * logN), (2 * delta - 1) * logN]
    const n = Math.exp(logN)
    const at = (s: number): number => {
      const variance = 6 / (5 * rc) - 1 / s - 1
      if (s < rc || variance <= 0) return 1
      const third = (0.375 ** (1 / 3) / rc + 1) ** 3
      const width = (n * Math.exp(threshold)) / Math.sqrt(variance * (n - 1))
      // erf x = 2/sqrt(pi) (x - x^3/3) for the x below 0.1 that occur away from the surface.
      const x = Math.min(1, width / Math.SQRT2)
      return Math.min(
        1,
        (2 / Math.sqrt(Math.PI)) * (x - x ** 3 / 3) + (2 * 0.4748 * third) / Math.sqrt(variance ** 3 * (n - 1)),
      )
    }
    let mean = 0
    const m = 400_000
    // In s = e^-y, as the bound changes near the surface.
    const reach = 60
    for (let k = 0; k < m; k++) {
      const s = Math.exp((-reach * (k + 0.5)) / m)
      mean += ((reach * s) / m) * 3 * (1 - s) ** 2 * at(s)
    }
    const { value, low, high } = ballSmallBall({ sum: 'force', logN, delta, logThreshold: threshold })
    expect(value / mean, `${logN}, ${delta}`).toBeCloseTo(1, 4)
    expect((high - low) / value).toBeLessThan(1e-6)
  }
})

test('the small-ball bound of the unit ball holds for one particle, and its variance is a lower bound of the exact one', () => {
  const [N, delta] = [2000, 0.15]
  const kernel = cutoffKernel({ N, delta })
  const logThreshold = (2 * delta - 1) * Math.log(N)
  const bound = ballSmallBall({ sum: 'force', logN: Math.log(N), delta, logThreshold })
  expect(bound.value).toBeLessThan(1)
  const { first } = measureFluctuations(ball, kernel, { N, replicates: 30, seed: 'small ball' })
  const inside = first.filter(x => x < Math.exp(logThreshold)).length
  expect(clopperPearson(inside, first.length, 0.999).low).toBeLessThanOrEqual(bound.value)
  // At the centre the three components share the variance.
  const exact = secondMoments(ball, kernel).variance(0).value / 3
  expect(6 / (5 * N ** -delta) - 2).toBeLessThanOrEqual(exact)
  expect(6 / (5 * N ** -delta) - 1).toBeCloseTo(exact, 8)
  // The bound falls with N for delta < 1/3 and not for delta > 1/3.
  const at = (d: number, logN: number): number =>
    ballSmallBall({ sum: 'force', logN, delta: d, logThreshold: (2 * d - 1) * logN }).value
  expect(at(0.3, 200)).toBeLessThan(0.1 * at(0.3, 100))
  expect(at(0.4, 200)).toBeCloseTo(1, 10)
})

test('the table agrees with its function to what it says, also across a kink', () => {
  const f = (r: number): number => Math.abs(r - 0.4) + Math.cos(3 * r)
  const table = radialTable(f, 2, [0.4], 1e-10)
  for (let k = 0; k <= 400; k++) expect(Math.abs(table.at(k / 200) - f(k / 200))).toBeLessThan(3e-10)
  expect(table.at(2.5)).toBe(f(2.5))
  // Control: a kink that it is not told of costs many more evaluations, and shows in the error.
  const blind = radialTable(f, 2, [], 1e-10)
  expect(blind.evaluations).toBeGreaterThan(2 * table.evaluations)
})

test('laws without symmetry and impossible numbers are refused by name', () => {
  const kernel = cutoffKernel({ N: 10, delta: 0.3 })
  const lopsided = gaussianMixtureLaw()
  expect(() => measureFluctuations(lopsided, kernel, { N: 10, replicates: 1, seed: 1 })).toThrow(/law must be spheric/)
  expect(() => measureFluctuations(ball, kernel, { N: 10, replicates: 0, seed: 1 })).toThrow(/replicates must be/)
  expect(() => measureFluctuations(ball, kernel, { N: 10, replicates: 1, seed: 1, copies: 11 })).toThrow(/copies/)
})
