import { describe, expect, test } from 'vitest'
import { integrate } from '../../src/base/numerics/quadrature.js'
import { clopperPearson } from '../../src/base/statistics/clopperPearson.js'
import { lastCrossing, normalMaximumMedian } from '../../src/concentration/extrapolation.js'
import { measureFluctuations } from '../../src/concentration/fluctuations.js'
import { logMomentsOfSum } from '../../src/concentration/momentsOfSum.js'
import { forceSummand, majorantSummand, powerSummand, type Summand } from '../../src/concentration/summand.js'
import { bernsteinBound, bernsteinThreshold, momentBound } from '../../src/concentration/tailBounds.js'
import { cutoffKernel } from '../../src/interaction/cutoffKernel.js'
import { extremalMajorant, lipschitzMajorant } from '../../src/interaction/lipschitzMajorant.js'
import { majorantConvolution } from '../../src/law/meanField/majorantConvolution.js'
import { meanField } from '../../src/law/meanField/meanField.js'
import { uniformBallLaw } from '../../src/law/uniformBallLaw.js'

const RHO = 3 / (4 * Math.PI)
const ball = uniformBallLaw()

describe('the moments of a sum', () => {
  /** E (sum of n copies)^k for a variable with two values, by the binomial law. */
  function enumerated(n: number, k: number, values: readonly [number, number], p: number): number {
    let binomial = 1
    let sum = 0
    for (let j = 0; j <= n; j++) {
      sum += binomial * p ** j * (1 - p) ** (n - j) * (j * values[0] + (n - j) * values[1]) ** k
      binomial = (binomial * (n - j)) / (j + 1)
    }
    return sum
  }

  test('agree with enumeration, for signs and for a skewed variable', () => {
    for (const [values, p] of [
      [[1, -1], 0.5],
      [[4, -1], 0.2],
    ] as const) {
      const K = 12
      const moments = Array.from({ length: K + 1 }, (_, m) =>
        Math.log(p * values[0] ** m + (1 - p) * values[1] ** m),
      ).map(x => (Number.isNaN(x) ? Number.NEGATIVE_INFINITY : x))
      for (const n of [6, 10, 31]) {
        const found = logMomentsOfSum(moments, Math.log(n))
        for (const k of [2, 4, 6, 12]) {
          expect(found[k]! - Math.log(enumerated(n, k, values, p)), `${n}, ${k}`).toBeCloseTo(0, 9)
        }
      }
    }
  })

  test('tend to those of the normal law, (2M-1)!! n^M, also for an n beyond all numbers', () => {
    const moments = Float64Array.from({ length: 41 }, (_, m) => (m === 2 ? 0 : m * 0.3))
    const found = logMomentsOfSum(moments, 1e5)
    let double = 0
    for (let M = 1; M <= 20; M++) {
      double += Math.log(2 * M - 1)
      expect(found[2 * M]! - (double + M * 1e5)).toBeCloseTo(0, 8)
    }
  })

  test('are refused where terms would cancel', () => {
    expect(() => logMomentsOfSum(new Float64Array(41), Math.log(10))).toThrow(/logN must be/)
  })
})

describe('what is known about the summands', () => {
  const N = 1000
  const delta = 0.3
  const rc = N ** -delta

  test('moment integrals are those of the functions themselves, by quadrature', () => {
    const kernel = cutoffKernel({ N, delta })
    const cases: [Summand, (r: number) => number, number[], (m: number) => number][] = [
      // The mean of |n_1|^m over the sphere is 1/(m+1).
      [forceSummand(), r => kernel.magnitude(r), [rc], m => 1 / (m + 1)],
      ...(['printed', 'repaired'] as const).map((version): (typeof cases)[number] => {
        const l = lipschitzMajorant({ N, delta, version })
        return [majorantSummand(version), r => l.value(r), [3 * rc], () => 1]
      }),
      [powerSummand(2.5, 0.7), r => 0.7 * Math.min(rc ** -2.5, r ** -2.5), [rc], () => 1],
    ]
    for (const [summand, h, breaks, angular] of cases) {
      for (const m of [2, 3, 7]) {
        const whole = integrate(r => 4 * Math.PI * r * r * h(r) ** m, 0, Number.POSITIVE_INFINITY, { breaks }).value
        const scale = rc ** (3 - summand.alpha * m)
        expect(Math.exp(summand.logMomentIntegral(m)) * scale).toBeCloseTo(
          whole * angular(m),
          -Math.log10(whole * 1e-9),
        )
      }
    }
  })

  test('mean bounds are kept by the ball, and met where they should be', () => {
    const logN = Math.log(N)
    const field = meanField(ball, cutoffKernel({ N, delta }))
    const force = forceSummand().meanBound(logN, delta, RHO)
    for (const r of [0.3, 0.7, 1, 1.3]) expect(Math.abs(field.radial!(r))).toBeLessThan(force)
    // For decreasing h the bathtub is the ball itself: equality at its centre.
    const power = majorantConvolution(ball, extremalMajorant({ N, gamma: delta })).at([0, 0, 0]).value
    expect(powerSummand(3).meanBound(logN, delta, RHO) / power).toBeCloseTo(1, 10)
    for (const version of ['printed', 'repaired'] as const) {
      const l = majorantConvolution(ball, lipschitzMajorant({ N, delta, version })).supremum().estimate.value
      const bound = majorantSummand(version).meanBound(logN, delta, RHO)
      expect(bound / l).toBeGreaterThan(1 - 1e-9)
      expect(bound / l).toBeLessThan(1.01)
    }
  })
})

describe('the bounds on the probability of a deviation', () => {
  const base = { summand: forceSummand(), logN: Math.log(500), delta: 0.25, rhoSup: RHO }

  test('the threshold of Bernstein is where its bound has that probability', () => {
    for (const logP of [-0.5, -3, -40]) {
      const logThreshold = bernsteinThreshold(base, logP)
      expect(bernsteinBound({ ...base, logThreshold })).toBeCloseTo(logP, 8)
    }
  })

  test('the second moment alone is the bound of Chebyshev', () => {
    const logThreshold = 1
    const T = 500 * Math.E - forceSummand().meanBound(base.logN, 0.25, RHO)
    const chebyshev = (3 * 500 * 500 * RHO * ((8 * Math.PI) / 5) * 500 ** 0.25) / T ** 2
    expect(momentBound({ ...base, logThreshold }, 1).logProbability).toBeCloseTo(Math.log(chebyshev), 10)
  })

  test('both hold for what is measured, and both fail for particles that are copies of each other', () => {
    const N = 500
    const logThreshold = bernsteinThreshold(base, Math.log(0.02))
    const kernel = cutoffKernel({ N, delta: 0.25 })
    const frequency = (copies: number): { low: number; high: number } => {
      const { maximum } = measureFluctuations(ball, kernel, { N, replicates: 60, seed: 'bounds', copies })
      const count = maximum.filter(x => x >= Math.exp(logThreshold)).length
      return clopperPearson(count, maximum.length, 0.999)
    }
    const bounds = [bernsteinBound({ ...base, logThreshold }), momentBound({ ...base, logThreshold }).logProbability]
    for (const bound of bounds) {
      expect(bound).toBeLessThan(Math.log(0.1))
      expect(frequency(1).low).toBeLessThanOrEqual(Math.exp(bound))
      expect(frequency(20).low).toBeGreaterThan(Math.exp(bound))
    }
  })

  test('the moment bound follows (59): a deviation of N^-beta falls like exp(-N^epsilon) with its own epsilon', () => {
    const summand = majorantSummand('printed')
    const at = (logN: number): number => bernsteinBound({ summand, logN, delta: 0.2, rhoSup: RHO, logThreshold: 0 })
    // epsilon = 1 - 3 delta = 0.4 for (alpha, beta) = (3, 0).
    expect(Math.log(at(80) / at(60)) / 20).toBeCloseTo(0.4, 3)
  })

  test('a threshold below the bias |h*rho|/N has no bound', () => {
    const logThreshold = Math.log(forceSummand().meanBound(0, 0, RHO) / 500) - 0.01
    expect(bernsteinBound({ ...base, logThreshold })).toBe(Number.POSITIVE_INFINITY)
    expect(momentBound({ ...base, logThreshold }).logProbability).toBe(Number.POSITIVE_INFINITY)
  })

  test('numbers beyond doubles are no obstacle', () => {
    const far = { summand: majorantSummand('repaired'), logN: 1e5, delta: 0.33, rhoSup: RHO, logThreshold: 0 }
    expect(bernsteinBound(far)).toBeLessThan(-1e300)
    // epsilon = 0.01: the bound is N^(1 - M/100) up to powers of log N, so that M must exceed 100, (60).
    expect(momentBound(far, 50).logProbability).toBeGreaterThan(4e4)
    expect(momentBound(far, 200).logProbability).toBeLessThan(-9e4)
  })
})

describe('extrapolations', () => {
  test('the median of the largest of n normal variables', () => {
    expect(normalMaximumMedian(0)).toBeCloseTo(0.674489750196, 9)
    // (2 Phi(x) - 1)^100 = 1/2 at x = 2.69 (independent table value 2.6993).
    const x = normalMaximumMedian(Math.log(100))
    const inside = integrate(t => Math.exp(-0.5 * t * t) / Math.sqrt(2 * Math.PI), -x, x).value
    expect(inside ** 100).toBeCloseTo(0.5, 8)
    // The series takes over at 5 without a step.
    const [a, b] = [normalMaximumMedian(14.0), normalMaximumMedian(14.4)]
    expect((b - a) / 0.4).toBeCloseTo(1 / (0.5 * (a + b) + 1 / (0.5 * (a + b))), 2)
  })

  test('the last crossing of a function that comes back', () => {
    const f = (x: number): number => Math.sin(x) * (x < 18 ? 1 : 0)
    expect(lastCrossing(f, 0.5)).toBeCloseTo(4 * Math.PI + (5 * Math.PI) / 6, 9)
    expect(lastCrossing(() => 1, 0)).toBe(Number.POSITIVE_INFINITY)
    expect(lastCrossing(() => -1, 0)).toBe(0)
  })
})
