import { expect, test } from 'vitest'
import { randomStream } from '../../src/base/random.js'
import { strongEncounters } from '../../src/concentration/closeEncounters.js'
import { coulombKernel } from '../../src/interaction/coulombKernel.js'

test('the expected number is what a Monte Carlo integral of the cross-section gives', () => {
  const stream = randomStream('encounters')
  const [kick, T, sigmaQ, sigmaP] = [0.5, 1.5, 0.8, 1.2]
  const draws = 200_000
  let sum = 0
  let squares = 0
  for (let n = 0; n < draws; n++) {
    // A place from rho_t, and two momenta given that place: f_t is Gaussian, Cov(q, p) = sigma_p^2 t.
    const t = T * stream.uniform()
    const S2 = sigmaQ ** 2 + (sigmaP * t) ** 2
    const spread = (sigmaP * sigmaQ) / Math.sqrt(S2)
    let q2 = 0
    let u2 = 0
    for (let a = 0; a < 3; a++) {
      q2 += S2 * stream.normal() ** 2
      u2 += (spread * (stream.normal() - stream.normal())) ** 2
    }
    const rho = (2 * Math.PI * S2) ** -1.5 * Math.exp(-q2 / (2 * S2))
    const u = Math.sqrt(u2)
    const value = u > kick ? 2 * Math.PI * T * rho * (1 / (kick * kick * u) - 1 / u ** 3) : 0
    sum += value
    squares += value * value
  }
  const mean = sum / draws
  const error = Math.sqrt((squares / draws - mean * mean) / draws)
  const { value } = strongEncounters({ kick, T, sigmaQ, sigmaP })
  expect(Math.abs(value - mean)).toBeLessThan(4 * error)
  // A wrong factor 1/2 (pairs counted twice) would be seen.
  expect(Math.abs(2 * value - mean)).toBeGreaterThan(20 * error)
})

test('two bodies with impact parameter b change their momenta by u sin(theta/2), tan(theta/2) = 2/(N b u^2), for both signs', () => {
  const [N, u, b] = [50, 1.3, 0.04]
  const half = Math.atan(2 / (N * b * u * u))
  for (const sigma of [1, -1] as const) {
    const { magnitude } = coulombKernel({ sigma })
    // Relative motion x'' = (2/N) k(x) from far away, step proportional to the distance.
    let [x, y, v, w] = [-200, b, u, 0]
    for (let n = 0; n < 3_000_000 && x < 200; n++) {
      const h = 2e-4 * Math.hypot(x, y)
      x += 0.5 * h * v
      y += 0.5 * h * w
      const r = Math.hypot(x, y)
      const f = (2 * sigma * magnitude(r)) / N / r
      v += h * f * x
      w += h * f * y
      x += 0.5 * h * v
      y += 0.5 * h * w
      if (Math.hypot(x, y) > 200 && x * v + y * w > 0) break
    }
    // Each of the two takes half of the change of the relative velocity. From 200 instead of infinity: 2/(N u^2 200) =
    // 1e-4.
    expect(0.5 * Math.hypot(v - u, w)).toBeCloseTo(u * Math.sin(half), 3)
  }
})

test('N drops out, small kicks follow x^-2, and no kick exceeds what speeds allow', () => {
  const at = (kick: number): number => strongEncounters({ kick, T: 1 }).value
  // Lambda x^2 -> atan(T)/(4 pi) for the standard Gaussian.
  expect(at(1e-3) * 1e-6).toBeCloseTo(Math.atan(1) / (4 * Math.PI), 5)
  expect(at(12)).toBeLessThan(1e-12)
  expect(strongEncounters({ kick: 1, T: 0 }).value).toBe(0)
  expect(() => strongEncounters({ kick: 0, T: 1 })).toThrow(/^kick must be/)
})
