import { describe, expect, test } from 'vitest'
import type { Configuration } from '../../../src/base/configuration.js'
import { randomStream } from '../../../src/base/random.js'
import { circularOrbit, ellipticOrbit, fallThroughCutoff } from '../../../src/flow/micro/exactOrbits.js'
import { invariantDrift, invariants, maximumDifference } from '../../../src/flow/micro/invariants.js'
import { pairAcceleration } from '../../../src/flow/micro/pairAcceleration.js'
import { NonFiniteStateError } from '../../../src/flow/step/nonFiniteState.js'
import { type Acceleration, particleStepper } from '../../../src/flow/step/particleStepper.js'
import type { SchemeName } from '../../../src/flow/step/symplecticScheme.js'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import type { Kernel } from '../../../src/interaction/kernel.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'

const NAMES: readonly SchemeName[] = ['leapfrog', 'yoshida4', 'suzuki4', 'yoshida6']
const newton = coulombKernel({ sigma: -1 })

interface Run {
  readonly T: number
  readonly steps: number
  readonly scheme?: SchemeName
}

function run(Z: Configuration, kernel: Kernel, options: Run): Configuration {
  const stepper = particleStepper(Z, { acceleration: pairAcceleration(Z.N, kernel).acceleration, ...options })
  stepper.advanceSync(options.steps)
  return stepper.Z
}

function distance(X: Configuration, Y: Configuration): number {
  return Math.max(maximumDifference(X.q, Y.q), maximumDifference(X.p, Y.p))
}

describe('closed forms', () => {
  test('without interaction particles stream freely', () => {
    const Z = gaussianLaw().sample(20, randomStream('stepper/free'))
    const end = run(Z, coulombKernel({ sigma: 0 }), { T: 3, steps: 7 })
    expect(end.p).toEqual(Z.p)
    // 7 additions of numbers below 15.
    const expected = Z.q.map((x, k) => x + 3 * Z.p[k]!)
    expect(maximumDifference(end.q, expected)).toBeLessThan(7 * 15 * Number.EPSILON)
  })

  // Error constant of order 6 at h = T/400 = 0.05 of an orbit of radius about 1: below (2 pi/400)^6 * 100 = 1.5e-9;
  // Lagrange's triangle is unstable with rate omega/sqrt 2, which multiplies errors by e^(2 pi/sqrt 2) = 85 over a
  // period.
  test.each([
    [2, 1.3, 1e-9],
    [3, 0.9, 1e-7],
  ] as const)(
    '%i particles on a circle of radius %f come back after the period, which has the 1/N of (5)',
    (N, a, bound) => {
      const orbit = circularOrbit(N, a)
      const T = orbit.period
      const Z = orbit.at(0)
      expect(distance(run(Z, newton, { T, steps: 400, scheme: 'yoshida6' }), Z)).toBeLessThan(bound)
      expect(distance(run(Z, newton, { T: T / 3, steps: 400, scheme: 'yoshida6' }), orbit.at(T / 3))).toBeLessThan(
        bound,
      )
      // Control: without the factor 1/N the period would be shorter by sqrt N.
      expect(distance(run(Z, newton, { T: T / Math.sqrt(N), steps: 400, scheme: 'yoshida6' }), Z)).toBeGreaterThan(0.1)
    },
  )

  test('in the plane two particles on a circle have the period of the kernel q/|q|^2', () => {
    // On each (1/2) 1/(2a) = omega^2 a: omega = 1/(2a).
    const a = 0.8
    const Z = { N: 2, d: 2, q: Float64Array.of(a, -a, 0, 0), p: Float64Array.of(0, 0, 0.5, -0.5) }
    const planar = coulombKernel({ sigma: -1, d: 2 })
    expect(distance(run(Z, planar, { T: 4 * Math.PI * a, steps: 400, scheme: 'yoshida6' }), Z)).toBeLessThan(1e-9)
    expect(distance(run(Z, planar, { T: 4 * Math.PI, steps: 400, scheme: 'yoshida6' }), Z)).toBeGreaterThan(0.1)
  })

  test('Kepler ellipses come back, and repulsion does not', () => {
    const orbit = ellipticOrbit(0.5)
    const Z = orbit.at(0)
    // The step is that of the last point of the convergence study, whose error is 3e-13 at T = 4; rounding in 1e4
    // stages with numbers below 2 that phase errors carry along linearly: 1e4 * 2e-16 * 2 * 2 pi = 3e-11.
    expect(distance(run(Z, newton, { T: orbit.period, steps: 1500, scheme: 'yoshida6' }), Z)).toBeLessThan(1e-10)
    expect(distance(run(Z, coulombKernel(), { T: orbit.period, steps: 1500 }), Z)).toBeGreaterThan(1)
  })

  test('two particles that repel each other head-on turn where the energy says and come back with their speeds', () => {
    // The difference r of the two obeys r'' = 1/r^2 (N = 2): v^2/2 + 1/r is conserved.
    const [r0, v0] = [4, -1.5]
    const Z = {
      N: 2,
      d: 3,
      q: Float64Array.of(r0 / 2, -r0 / 2, 0, 0, 0, 0),
      p: Float64Array.of(v0 / 2, -v0 / 2, 0, 0, 0, 0),
    }
    const energy = (v0 * v0) / 2 + 1 / r0
    const { acceleration } = pairAcceleration(2, coulombKernel())
    const stepper = particleStepper(Z, { acceleration, T: 8, steps: 8000, scheme: 'suzuki4' })
    let nearest = r0
    let speed = 0
    for (let n = 0; n < 8000; n++) {
      stepper.advanceSync()
      const r = stepper.Z.q[0]! - stepper.Z.q[1]!
      nearest = Math.min(nearest, r)
      const v = stepper.Z.p[0]! - stepper.Z.p[1]!
      speed = Math.sqrt(2 * (energy - 1 / r))
      expect(Math.abs(Math.abs(v) - speed)).toBeLessThan(1e-8)
    }
    // Between steps of 1e-3 the minimum 1/energy is passed by at most h^2/8 r'' = 1.25e-7 energy^2.
    expect(nearest - 1 / energy).toBeLessThan(1.25e-7 * energy * energy + 1e-8)
    expect(nearest).toBeGreaterThan(1 / energy - 1e-8)
    expect(stepper.Z.p[0]!).toBeGreaterThan(0)
  })

  test('the closed forms are solutions: their difference quotients satisfy (5)', () => {
    const fall = fallThroughCutoff(0.5)
    const cases: [ReturnType<typeof circularOrbit>, Kernel][] = [
      [circularOrbit(2, 0.7), newton],
      [circularOrbit(3, 0.7), newton],
      [ellipticOrbit(0.5), newton],
      [fall, cutoffKernel({ N: 2, delta: 1, sigma: -1 })],
    ]
    const h = 1e-4
    for (const [orbit, kernel] of cases) {
      for (const t of [0.2, 0.5, 1, 1.3, fall.exit + 0.2, 2.9]) {
        const [before, now, after] = [orbit.at(t - h), orbit.at(t), orbit.at(t + h)]
        const { acceleration } = pairAcceleration(now.N, kernel)
        const force = new Float64Array(now.q.length)
        acceleration(t, now.q, force)
        const rate = (key: 'q' | 'p'): Float64Array => after[key].map((x, k) => (x - before[key][k]!) / (2 * h))
        // h^2/6 times third derivatives (up to about 100) and rounding 1e-16/h.
        expect(maximumDifference(rate('q'), now.p)).toBeLessThan(1e-6)
        expect(maximumDifference(rate('p'), force)).toBeLessThan(1e-6)
      }
    }
  })
})

describe('what the flow conserves', () => {
  const N = 60
  const kernel = cutoffKernel({ N, delta: 0.3, sigma: -1 })
  const Z = gaussianLaw().sample(N, randomStream('stepper/cloud'))

  test.each(NAMES)('%s runs back to where it began when the momenta are turned', name => {
    const steps = 40
    const end = run(Z, kernel, { T: 1, steps, scheme: name })
    expect(distance(end, Z)).toBeGreaterThan(0.3)
    const back = run({ ...end, p: end.p.map(x => -x) }, kernel, { T: 1, steps, scheme: name })
    // Rounding of 2 * 40 * 7 additions of numbers below 8, amplified by the flow, at most tenfold up to T = 1.
    const bound = 2 * steps * 7 * 8 * Number.EPSILON * 10
    expect(distance({ ...back, p: back.p.map(x => -x) }, Z)).toBeLessThan(bound)
    const negative = particleStepper(end, {
      acceleration: pairAcceleration(N, kernel).acceleration,
      T: -1,
      steps,
      scheme: name,
      t0: 1,
    })
    negative.advanceSync(steps)
    expect(negative.t).toBe(0)
    expect(distance(negative.Z, Z)).toBeLessThan(bound)
  })

  test('control: a kick followed by a drift, which is symplectic but not symmetric, does not run back', () => {
    const { acceleration } = pairAcceleration(N, kernel)
    const euler = (start: Configuration, steps: number): Configuration => {
      const [q, p, force] = [start.q.slice(), start.p.slice(), new Float64Array(3 * N)]
      for (let n = 0; n < steps; n++) {
        acceleration(0, q, force)
        for (let k = 0; k < q.length; k++) {
          p[k] = p[k]! + force[k]! / steps
          q[k] = q[k]! + p[k]! / steps
        }
      }
      return { ...start, q, p }
    }
    const end = euler(Z, 40)
    const back = euler({ ...end, p: end.p.map(x => -x) }, 40)
    expect(maximumDifference(back.q, Z.q)).toBeGreaterThan(1e-4)
  })

  test('momentum and angular momentum stay to rounding, energy to the order of the scheme', async () => {
    const before = await invariants(Z, kernel)
    const drift = async (steps: number, scheme: SchemeName) =>
      invariantDrift([before, await invariants(run(Z, kernel, { T: 1, steps, scheme }), kernel)])
    const [coarse, fine, better] = [
      await drift(32, 'leapfrog'),
      await drift(64, 'leapfrog'),
      await drift(64, 'suzuki4'),
    ]
    for (const { momentum, angularMomentum } of [coarse, fine, better]) {
      // 60 particles, 64 * 5 stages, terms below 8.
      expect(momentum).toBeLessThan(64 * 5 * 8 * Number.EPSILON)
      expect(angularMomentum).toBeLessThan(64 * 5 * 64 * Number.EPSILON)
    }
    expect(coarse.energy / fine.energy).toBeGreaterThan(3)
    expect(fine.energy).toBeLessThan(1e-3)
    expect(better.energy).toBeLessThan(fine.energy)
    // Control: a force that is not the gradient of this potential changes the energy, one with a total changes the
    // momentum.
    const other = run(Z, cutoffKernel({ N, delta: 0.1, sigma: -1 }), { T: 1, steps: 64 })
    expect(invariantDrift([before, await invariants(other, kernel)]).energy).toBeGreaterThan(10 * fine.energy)
    const pushed = particleStepper(Z, { acceleration: (_t, _q, out) => out.fill(1e-6), T: 1, steps: 64 })
    pushed.advanceSync(64)
    expect(invariantDrift([before, await invariants(pushed.Z, kernel)]).momentum).toBeGreaterThan(9e-7)
  })

  test('the energy of two particles is the closed form', async () => {
    const pair = circularOrbit(2, 1).at(0)
    // |p|^2 = a^2 omega^2 = 1/8 each; potential energy per particle (1/(2 N^2)) 2 (-1/2) = -1/8;
    // q x p = a^2 omega = 1/sqrt 8.
    const { kinetic, potential, energy, angularMomentum } = await invariants(pair, newton)
    expect(kinetic).toBeCloseTo(1 / 16, 15)
    expect(potential).toBeCloseTo(-1 / 8, 15)
    expect(energy).toBeCloseTo(-1 / 16, 15)
    expect(angularMomentum[2]).toBeCloseTo(Math.sqrt(1 / 8), 15)
    expect(
      (await invariants({ N: 1, d: 2, q: Float64Array.of(2, 0), p: Float64Array.of(0, 3) }, coulombKernel({ d: 2 })))
        .angularMomentum,
    ).toEqual(Float64Array.of(6))
  })
})

describe('the stepper', () => {
  const Z = circularOrbit(2, 1).at(0)
  const { acceleration } = pairAcceleration(2, newton)
  const grid = { acceleration, T: 1, steps: 10 } as const

  test('leaves its input alone, ends exactly at T and evaluates one force a step', async () => {
    const q = Z.q.slice()
    let calls = 0
    const counted: Acceleration = (t, x, out) => {
      calls++
      acceleration(t, x, out)
    }
    const stepper = particleStepper(Z, { ...grid, acceleration: counted, T: 0.7, steps: 49 })
    expect(stepper.started).toBe(false)
    await stepper.advance(49)
    expect(stepper.t).toBe(0.7)
    expect(calls).toBe(50)
    expect(Z.q).toEqual(q)
  })

  test('gives the same bits at once, step by step, and through promises', async () => {
    const once = particleStepper(Z, grid)
    once.advanceSync(10)
    const waiting = particleStepper(Z, {
      ...grid,
      acceleration: async (t, q, out) => {
        await Promise.resolve()
        acceleration(t, q, out)
      },
    })
    await waiting.start()
    for (let n = 0; n < 10; n++) await waiting.advance()
    expect(waiting.Z).toEqual(once.Z)
    expect(waiting.force).toEqual(once.force)
  })

  test('tells when numbers stop being finite: what, which particle, when', async () => {
    const broken = particleStepper(Z, {
      ...grid,
      forceHint: 'a test',
      acceleration: (t, _q, out) => {
        out.fill(0)
        if (t > 0.45) out[3] = Number.NaN
      },
    })
    const error: unknown = await broken.advance(10).catch(e => e)
    expect(error).toBeInstanceOf(NonFiniteStateError)
    expect(error).toMatchObject({ particle: 1, quantity: 'force', stepIndex: 4, time: 0.5 })
    expect(String(error)).toMatch(/force of particle 1 is not finite at t = 0.5, after 4 steps; likely cause: a test/)
    expect(broken.inside).toBe(true)
    await expect(broken.advance()).rejects.toThrow(/inside a step/)
    const fast = { ...Z, p: Z.p.map(() => 1e308) }
    const far = particleStepper(fast, { ...grid, acceleration: (_t, _q, out) => out.fill(0), T: 100 })
    expect(() => far.advanceSync(10)).toThrow(/position of particle 0 is not finite .* too long/)
    const strong = particleStepper(Z, {
      ...grid,
      acceleration: (t, _q, out) => out.fill(t > 0 ? 1e308 : 0),
      T: 100,
      steps: 1,
    })
    expect(() => strong.advanceSync(1)).toThrow(/momentum of particle 0 is not finite at t = 100, after 0 steps/)
  })

  test('refuses bad input before any work', () => {
    const bad =
      (options: object): (() => unknown) =>
      () =>
        particleStepper(Z, { ...grid, ...options } as never)
    expect(bad({ T: 0 })).toThrow(/T must be a finite number, not 0, got 0/)
    expect(bad({ T: Number.NaN })).toThrow(/T must be/)
    expect(bad({ steps: 1.5 })).toThrow(/steps must be an integer >= 1, got 1.5/)
    expect(bad({ acceleration: 1 })).toThrow(/acceleration must be a function, got 1/)
    expect(bad({ scheme: 'rk4' })).toThrow(/scheme must be one of/)
    expect(bad({ force: new Float64Array(2) })).toThrow(/force must have length 6, got 2/)
    expect(() => particleStepper({ ...Z, q: Float64Array.of(1) }, grid)).toThrow(/Z.q must have length 6, got 1/)
    expect(() => particleStepper({ ...Z, p: Z.p.map(() => Number.NaN) }, grid)).toThrow(/Z.p must hold finite numbers/)
    const waiting = particleStepper(Z, { ...grid, acceleration: async () => undefined })
    expect(() => waiting.advanceSync()).toThrow(/returns no promise/)
  })
})
