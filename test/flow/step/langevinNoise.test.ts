import { describe, expect, test } from 'vitest'
import { normalCdf } from '../../../src/base/numerics/special.js'
import { kolmogorovSmirnov, logLogSlope } from '../../../src/base/statistics/statistics.js'
import { maximumDifference } from '../../../src/flow/micro/invariants.js'
import { type LangevinNoise, langevinNoise } from '../../../src/flow/step/langevinNoise.js'
import { type Acceleration, particleStepper } from '../../../src/flow/step/particleStepper.js'

const still: Acceleration = (_t, _q, out) => out.fill(0)

/** N particles in d = 1, all from (q, p). */
const together = (N: number, q: number, p: number) => ({
  N,
  d: 1,
  q: new Float64Array(N).fill(q),
  p: new Float64Array(N).fill(p),
})

function moved(
  noise: LangevinNoise,
  steps: number,
  acceleration: Acceleration,
  from: readonly [q: number, p: number] = [0, 0],
) {
  const stepper = particleStepper(together(noise.N, ...from), { acceleration, T: noise.T, steps, noise })
  stepper.advanceSync(steps)
  return stepper.Z
}

const mean = (x: Float64Array): number => x.reduce((a, b) => a + b, 0) / x.length
const product = (x: Float64Array, y: Float64Array): Float64Array => x.map((v, k) => v * y[k]!)

describe('the law of the noise', () => {
  const N = 4000

  /** Means, variances and covariance of (q, p) against those of the exact Gaussian law, in standard errors. */
  function deviations(
    Z: { q: Float64Array; p: Float64Array },
    exact: { q: number; p: number; qq: number; pp: number; qp: number },
  ) {
    const q = Z.q.map(x => x - exact.q)
    const p = Z.p.map(x => x - exact.p)
    return [
      mean(q) / Math.sqrt(exact.qq / N),
      mean(p) / Math.sqrt(exact.pp / N),
      (mean(product(q, q)) - exact.qq) / (exact.qq * Math.sqrt(2 / N)),
      (mean(product(p, p)) - exact.pp) / (exact.pp * Math.sqrt(2 / N)),
      (mean(product(q, p)) - exact.qp) / Math.sqrt((exact.qq * exact.pp + exact.qp ** 2) / N),
    ].map(Math.abs)
  }

  test('free Brownian momenta have the moments 2Dt, 2Dt^3/3, Dt^2, whatever the step', () => {
    const [D, T] = [0.3, 1.7]
    const noise = langevinNoise({ key: 'noise/free', N, d: 1, diffusion: D, T, resolution: 12 })
    const exact = { q: 0, p: 0, pp: 2 * D * T, qq: (2 * D * T ** 3) / 3, qp: D * T * T }
    for (const steps of [1, 4, 12]) {
      const Z = moved(noise, steps, still)
      for (const x of deviations(Z, exact)) expect(x).toBeLessThan(4)
      expect(kolmogorovSmirnov(Z.p, x => normalCdf(x / Math.sqrt(exact.pp))).pValue).toBeGreaterThan(1e-3)
      expect(kolmogorovSmirnov(Z.q, x => normalCdf(x / Math.sqrt(exact.qq))).pValue).toBeGreaterThan(1e-3)
    }
    // Control: a variance that is wrong by a fifth is seen.
    const wrong = deviations(moved(noise, 4, still), { ...exact, pp: 1.2 * exact.pp })
    expect(wrong[3]).toBeGreaterThan(4)
  })

  // gamma T/resolution = 0.05, 1 and 3: the series and the closed forms.
  test.each([0.3, 6, 18])('with friction %f the process is Ornstein and Uhlenbeck’s', gamma => {
    const [D, T, p0] = [0.4, 1, 2]
    const noise = langevinNoise({ key: `noise/ou/${gamma}`, N, d: 1, diffusion: D, friction: gamma, T, resolution: 6 })
    const e = Math.exp(-gamma * T)
    const exact = {
      q: (p0 * (1 - e)) / gamma,
      p: p0 * e,
      pp: (D / gamma) * (1 - e * e),
      qq: ((2 * D) / gamma ** 2) * (T - (2 * (1 - e)) / gamma + (1 - e * e) / (2 * gamma)),
      qp: (D / gamma ** 2) * (1 - e) ** 2,
    }
    for (const steps of [1, 3, 6]) {
      for (const x of deviations(moved(noise, steps, still, [0, p0]), exact)) expect(x).toBeLessThan(4)
    }
    const without = langevinNoise({ key: 'noise/control', N, d: 1, diffusion: D, T, resolution: 6 })
    expect(Math.max(...deviations(moved(without, 6, still, [0, p0]), exact))).toBeGreaterThan(10)
  })

  test('different coordinates and steps are independent', () => {
    const noise = langevinNoise({ key: 'noise/independent', N: 2000, d: 2, diffusion: 1, T: 2, resolution: 2 })
    const P = [0, 1].map(n => {
      const x = new Float64Array(4000)
      noise.increments(n, 2, x, new Float64Array(4000))
      return x
    })
    const correlation = (x: Float64Array, y: Float64Array): number =>
      (mean(product(x, y)) / Math.sqrt(mean(product(x, x)) * mean(product(y, y)))) * Math.sqrt(x.length)
    expect(Math.abs(correlation(P[0]!, P[1]!))).toBeLessThan(4)
    expect(Math.abs(correlation(P[0]!.subarray(0, 2000), P[0]!.subarray(2000)))).toBeLessThan(4)
    expect(Math.abs(correlation(P[0]!.subarray(0, 1999), P[0]!.subarray(1, 2000)))).toBeLessThan(4)
    expect(correlation(P[0]!, P[0]!)).toBeGreaterThan(40)
  })
})

describe('one path for all steps', () => {
  test('free motion ends in the same point for every number of steps, and elsewhere for another key', () => {
    const options = { N: 50, d: 3, diffusion: 0.5, friction: 0.8, T: 1, resolution: 24 } as const
    const ends = [1, 2, 3, 8, 24].map(steps => {
      const noise = langevinNoise({ key: 'noise/path', ...options })
      const Z = { N: 50, d: 3, q: new Float64Array(150), p: new Float64Array(150) }
      const stepper = particleStepper(Z, { acceleration: still, T: 1, steps, noise })
      stepper.advanceSync(steps)
      return stepper.Z
    })
    for (const end of ends) {
      // 24 additions of numbers of order 1 in different order.
      expect(maximumDifference(end.q, ends[0]!.q)).toBeLessThan(1e-14)
      expect(maximumDifference(end.p, ends[0]!.p)).toBeLessThan(1e-14)
    }
    const other = langevinNoise({ key: 'noise/other', ...options })
    const P = new Float64Array(150)
    other.increments(0, 1, P, new Float64Array(150))
    expect(maximumDifference(P, ends[0]!.p)).toBeGreaterThan(0.1)
  })

  /** Root mean square distance at T = 1 between runs of n and 2n steps on the same path, in the force -sin q. */
  const pendulum: Acceleration = (_t, q, out) => {
    for (let k = 0; k < q.length; k++) out[k] = -Math.sin(q[k]!)
  }
  const counts = [8, 16, 32, 64]
  function strongSlope(noise: LangevinNoise): number {
    const ends = [...counts, 128].map(steps => moved(noise, steps, pendulum, [1, 1]))
    const errors = counts.map((_, k) => {
      const [X, Y] = [ends[k]!, ends[k + 1]!]
      return Math.sqrt(mean(X.q.map((x, i) => (x - Y.q[i]!) ** 2 + (X.p[i]! - Y.p[i]!) ** 2)))
    })
    return logLogSlope(
      counts.map(n => 1 / n),
      errors,
    ).slope
  }
  const path = { N: 400, d: 1, diffusion: 0.5, T: 1, resolution: 128 } as const

  test.each([0, 1])('the strong order is 2 with friction %f', friction => {
    const noise = langevinNoise({ key: 'noise/strong', ...path, friction })
    // Root mean squares over 400 paths: each is known to 1/sqrt(800) = 4 %, the slope over a factor 8 to about 0.03.
    expect(Math.abs(strongSlope(noise) - 2)).toBeLessThan(0.15)
  })

  test('control: without the position part of the noise the strong order is 1', () => {
    const noise = langevinNoise({ key: 'noise/strong', ...path })
    const half = (n: number, steps: number, P: Float64Array, Q: Float64Array): void => {
      noise.increments(n, steps, P, Q)
      for (let k = 0; k < P.length; k++) Q[k] = (0.5 * P[k]! * noise.T) / steps
    }
    expect(Math.abs(strongSlope({ ...noise, increments: half }) - 1)).toBeLessThan(0.15)
  })

  test('two systems that share a path differ by their forces only, in a constant field by exactly that', () => {
    const noise = langevinNoise({ key: 'noise/shared', ...path })
    const X = moved(noise, 16, still)
    const Y = moved(noise, 16, (_t, _q, out) => out.fill(1))
    // p = t, q = t^2/2 at t = 1.
    for (let i = 0; i < 400; i++) {
      expect(Y.p[i]! - X.p[i]!).toBeCloseTo(1, 13)
      expect(Y.q[i]! - X.q[i]!).toBeCloseTo(0.5, 13)
    }
    const other = moved(langevinNoise({ key: 'noise/not shared', ...path }), 16, still)
    expect(maximumDifference(X.p, other.p)).toBeGreaterThan(1)
  })
})

test('noise refuses what it cannot be', () => {
  const good = { key: 'k', N: 2, diffusion: 1, T: 1, resolution: 6 }
  const Z = { N: 2, d: 3, q: new Float64Array(6), p: new Float64Array(6) }
  const noise = langevinNoise(good)
  expect(() => langevinNoise({ ...good, diffusion: -1 })).toThrow(/diffusion must be a finite number >= 0, got -1/)
  expect(() => langevinNoise({ ...good, friction: Number.NaN })).toThrow(/friction must be/)
  expect(() => langevinNoise({ ...good, resolution: 0 })).toThrow(/resolution must be an integer >= 1/)
  expect(() => langevinNoise({ ...good, key: 3 as never })).toThrow(/key must be a string/)
  expect(langevinNoise({ ...good, key: { seed: 1, law: 'gaussian', N: 2 } }).key).toBe('1/gaussian/2/0/noise')
  const stepper = (options: object) => () =>
    particleStepper(Z, { acceleration: still, T: 1, steps: 3, noise, ...options })
  expect(stepper({ steps: 4 })).toThrow(/steps must divide the resolution 6 of the noise, got 4/)
  expect(stepper({ T: 2 })).toThrow(/T must be that of the noise, 1, got 2/)
  expect(stepper({ t0: 1 })).toThrow(/t0 must be 0/)
  expect(stepper({ scheme: 'suzuki4' })).toThrow(/noise needs the scheme 'leapfrog'/)
  expect(stepper({ noise: langevinNoise({ ...good, N: 3 }) })).toThrow(/noise must be made for N = 2, d = 3, got N = 3/)
  const late = stepper({})()
  late.advanceSync(3)
  expect(() => late.advanceSync()).toThrow(/the noise ends at T = 1, after 3 steps/)
})
