import { describe, expect, test } from 'vitest'
import { configuration } from '../../../src/base/configuration.js'
import { deviation } from '../../../src/flow/coupled/deviation.js'
import { chaosDistance, measureOfChaos } from '../../../src/flow/coupled/measureOfChaos.js'

describe('the deviation of two configurations', () => {
  const X = configuration(2)
  const Y = configuration(2)
  // Particle 1 differs by (3, -4, 0) in position, particle 0 by (0, 0, 1) in momentum.
  Y.q[1] = -3
  Y.q[3] = 4
  Y.p[4] = -1

  test('is the largest coordinate, and the largest Euclidean distance of one particle', () => {
    expect(deviation(X, Y)).toEqual({ position: 4, positionEuclidean: 5, momentum: 1, momentumEuclidean: 1 })
  })

  test('is not a number where a coordinate is none, instead of hiding it', () => {
    const broken = configuration(2)
    broken.q[0] = Number.NaN
    expect(deviation(X, broken).position).toBeNaN()
  })

  test('of different sizes is refused', () => {
    expect(() => deviation(X, configuration(3))).toThrow('same N and d')
  })
})

describe('the measure of chaos', () => {
  const N = 1000
  const [delta, T] = [0.25, 2]
  const log = Math.log(N)

  test('Delta weighs positions with the root of log N', () => {
    expect(chaosDistance(N, 0.1, 0.2)).toBeCloseTo(0.1 * Math.sqrt(log) + 0.2, 14)
    expect(chaosDistance(N, 0.1, 0.2)).not.toBeCloseTo(0.1 * log + 0.2, 3)
  })

  test('J is the formula (40) at a single time, with the printed additive term for beta = 1 - 2 delta', () => {
    const lambda = 0.1
    const J = measureOfChaos({ N, delta, T, rates: [{ lambda, beta: 1 - 2 * delta }] })
    const { logJ, Delta } = J.record(0.5, 1e-4, 2e-4)
    const printed = Math.exp(lambda * Math.sqrt(log) * 1.5) * (N ** delta * Delta + N ** (3 * delta - 1))
    expect(Math.exp(logJ[0]!)).toBeCloseTo(printed, 12)
  })

  test('J never falls, is capped at 1, and its logarithm is not capped', () => {
    const J = measureOfChaos({
      N,
      delta,
      T,
      rates: [
        { lambda: 5, beta: 0.4 },
        { lambda: 0, beta: 0.9 },
      ],
    })
    const start = J.record(0, 0, 0)
    expect(start.J[0]).toBe(1)
    expect(start.logJ[0]).toBeGreaterThan(20)
    expect(start.J[1]).toBeCloseTo(N ** (delta - 0.9), 12)
    const high = J.record(1, 1e-3, 1e-2).J[1]!
    expect(high).toBeGreaterThan(start.J[1]!)
    // The deviation falls back, the supremum does not.
    expect(J.record(2, 0, 0).J[1]).toBe(high)
  })

  test('times that go back or beyond T, and parameters out of range, are refused', () => {
    const J = measureOfChaos({ N, delta, T, rates: [] })
    J.record(1, 0, 0)
    expect(() => J.record(0.5, 0, 0)).toThrow('t must be in [1, 2]')
    expect(() => J.record(2.5, 0, 0)).toThrow('2.5')
    expect(() => measureOfChaos({ N, delta, T: 0, rates: [] })).toThrow('T')
    expect(() => measureOfChaos({ N, delta, T, rates: [{ lambda: -1, beta: 0 }] })).toThrow('lambda')
  })
})
