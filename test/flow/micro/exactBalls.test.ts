import { describe, expect, test } from 'vitest'
import { integrate } from '../../../src/base/numerics/quadrature.js'
import { shellForce } from '../../../src/flow/field/shellForce.js'
import { coldBallRadius, coldCollapseTime, kurthRadius } from '../../../src/flow/micro/exactBalls.js'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'

describe('the radius of Kurth’s law', () => {
  test('is sqrt((1 + Ht)^2 + (Pt)^2) without interaction', () => {
    const free = kurthRadius({ momentumRadius: 0.8, sigma: 0, t: 2, rate: -0.5 })
    expect(free.radius).toBeCloseTo(Math.hypot(1 - 0.5 * 2, 0.8 * 2), 11)
    expect(free.error).toBeLessThan(1e-12)
  })

  test('follows Kepler’s ellipse for sigma = -1: its equation is that of a body with the angular momentum R_0 P', () => {
    // From the apocentre R_0 = 1: a = 1/(2 - P^2), e = 1 - P^2, R = a (1 + e cos u), t = a^(3/2) (u + e sin u).
    const P = 0.6
    const [a, e] = [1 / (2 - P * P), 1 - P * P]
    for (const u of [0.3, 1.5, 3, 5]) {
      const { radius, speed } = kurthRadius({ momentumRadius: P, sigma: -1, t: a ** 1.5 * (u + e * Math.sin(u)) })
      expect(radius).toBeCloseTo(a * (1 + e * Math.cos(u)), 10)
      expect(speed).toBeCloseTo((-e * Math.sin(u)) / (Math.sqrt(a) * (1 + e * Math.cos(u))), 10)
    }
  })

  test('conserves its energy for both signs and another radius, is stationary by default for sigma = -1', () => {
    for (const sigma of [1, -1] as const) {
      const { radius: R, speed: V } = kurthRadius({ radius: 2, momentumRadius: 0.8, rate: 0.1, sigma, t: 1.5 })
      const energy = 0.5 * 0.2 ** 2 + 0.5 * 0.64 + sigma / 2
      expect(0.5 * V * V + (0.5 * (2 * 0.8) ** 2) / R ** 2 + sigma / R).toBeCloseTo(energy, 11)
    }
    const still = kurthRadius({ radius: 3, sigma: -1, t: 10 })
    expect(still.radius).toBeCloseTo(3, 13)
    expect(still.speed).toBeCloseTo(0, 13)
  })
})

describe('the radius of the cold ball', () => {
  test('is half of the start at sqrt(R_0^3/8) (pi/2 + 1) if it falls, and nothing at pi sqrt(R_0^3/8)', () => {
    for (const R of [1, 4]) {
      const unit = Math.sqrt(R ** 3 / 8)
      const { radius, speed } = coldBallRadius({ radius: R, sigma: -1, t: unit * (Math.PI / 2 + 1) })
      expect(radius).toBeCloseTo(R / 2, 12)
      // V^2/2 = 1/(R/2) - 1/R.
      expect(speed).toBeCloseTo(-Math.sqrt(2 / R), 12)
      expect(coldCollapseTime(R)).toBeCloseTo(Math.PI * unit, 12)
      expect(coldBallRadius({ radius: R, sigma: -1, t: 0.999999 * Math.PI * unit }).radius).toBeLessThan(1e-3 * R)
    }
  })

  test('is that of a time found by quadrature, for both signs: dt = dR/|V|', () => {
    for (const [sigma, R] of [
      [1, 1.5],
      [1, 40],
      [-1, 0.2],
    ] as const) {
      // R = 1 + sigma s^2 takes the root of V^2 = 2 sigma (1 - 1/R) out of the integral.
      const end = Math.sqrt(sigma * (R - 1))
      const t = integrate(s => Math.SQRT2 * Math.sqrt(1 + sigma * s * s), 0, end, { tolerance: 1e-13 }).value
      expect(coldBallRadius({ sigma, t }).radius / R).toBeCloseTo(1, 10)
      expect(coldBallRadius({ sigma, t }).speed).toBeCloseTo(sigma * Math.sqrt(2 * sigma * (1 - 1 / R)), 10)
    }
  })

  test('is the limit of Kurth’s for slow momenta, and starts like 1 + sigma t^2/2', () => {
    for (const sigma of [1, -1] as const) {
      const kurth = kurthRadius({ momentumRadius: 1e-6, sigma, t: 0.7 })
      expect(coldBallRadius({ sigma, t: 0.7 }).radius).toBeCloseTo(kurth.radius, 9)
      expect((coldBallRadius({ sigma, t: 1e-3 }).radius - 1) / (0.5e-6 * sigma)).toBeCloseTo(1, 5)
    }
    expect(coldBallRadius({ sigma: 0, t: 5 })).toEqual({ radius: 1, speed: 0 })
  })

  test('bad input is refused by name', () => {
    expect(() => coldBallRadius({ sigma: -1, t: 2 })).toThrow(
      't must be before the collapse at 1.1107207345395915, got 2',
    )
    expect(() => coldBallRadius({ sigma: 2 as never, t: 1 })).toThrow(/sigma must be/)
    expect(() => coldBallRadius({ sigma: 1, t: -1 })).toThrow(/t must be/)
    expect(() => kurthRadius({ momentumRadius: 0, sigma: 1, t: 1 })).toThrow(/momentumRadius must be/)
    expect(() => kurthRadius({ sigma: 1, t: Number.NaN })).toThrow(/t must be/)
  })
})

describe('the force of a shell', () => {
  test('is Newton’s for the Coulomb kernel: nothing inside, that of its centre outside', () => {
    const force = shellForce(coulombKernel(), 2)
    expect([force(0), force(1), force(1.999), force(2.001), force(7)]).toEqual([0.25, 0.25, 0.25, 0, 0])
  })

  test('is the mean over the shell of the component along r, by a midpoint rule', () => {
    const m = 20_000
    for (const profile of ['truncated', 'cubicSpline', 'plummer'] as const) {
      const kernel = cutoffKernel({ N: 100, delta: 0.2, profile, sigma: -1 })
      for (const [r, s] of [
        [0.5, 0.6],
        [1, 0.9],
        [0.2, 0.1],
      ] as const) {
        // Uniform in the cosine on a sphere, in the angle on a ring; every other line is the same integral.
        let sphere = 0
        for (let k = 0; k < m; k++) {
          const c = (2 * (k + 0.5)) / m - 1
          const u = Math.sqrt(r * r + s * s - 2 * r * s * c)
          sphere += (kernel.magnitude(u) * (r - s * c)) / u / m
        }
        expect(shellForce(kernel, r)(s), `${profile}, ${r}, ${s}`).toBeCloseTo(sphere, 6)
      }
    }
    const flat = cutoffKernel({ N: 100, delta: 0.2, d: 2 })
    let ring = 0
    for (let k = 0; k < m; k++) {
      const phi = (Math.PI * (k + 0.5)) / m
      const u = Math.sqrt(1 + 0.81 - 1.8 * Math.cos(phi))
      ring += (flat.magnitude(u) * (1 - 0.9 * Math.cos(phi))) / u / m
    }
    expect(shellForce(flat, 1)(0.9)).toBeCloseTo(ring, 6)
  })

  test('refuses a distance that is not positive', () => {
    expect(() => shellForce(coulombKernel(), 0)).toThrow(/r must be/)
  })
})
