import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { randomStream } from '../../../src/base/random.js'
import type { EvolvingField } from '../../../src/flow/field/evolvingField.js'
import { type ParticleField, particleField } from '../../../src/flow/field/particleField.js'
import { pairAcceleration } from '../../../src/flow/micro/pairAcceleration.js'
import { type Acceleration, particleStepper } from '../../../src/flow/step/particleStepper.js'
import { closeForcePool } from '../../../src/forces/forcePool.js'
import { forces } from '../../../src/forces/forces.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'
import { meanField } from '../../../src/law/meanField/meanField.js'

afterAll(closeForcePool)

const law = gaussianLaw()
const kernel = cutoffKernel({ N: 1000, delta: 0.25 })
const points = law.sample(400, randomStream('particleField/points')).q

/** sup over the points of |F(t, q) - exact(q)|. */
function supError(field: EvolvingField, t: number, exact: Float64Array): number {
  const force = field.force(t, points, new Float64Array(1200))
  let most = 0
  for (let i = 0; i < 400; i++) {
    let square = 0
    for (let a = 0; a < 3; a++) square += (force[a * 400 + i]! - exact[a * 400 + i]!) ** 2
    most = Math.max(most, Math.sqrt(square))
  }
  return most
}

function exactForces(scale: number): Float64Array {
  const field = meanField(gaussianLaw({ sigmaQ: scale }), kernel)
  const out = new Float64Array(1200)
  const f = new Float64Array(3)
  for (let i = 0; i < 400; i++) {
    field.force([points[i]!, points[400 + i]!, points[800 + i]!], f)
    for (let a = 0; a < 3; a++) out[a * 400 + i] = f[a]!
  }
  return out
}

describe('the field of a particle system', () => {
  const options = { T: 0.5, steps: 8, seed: 3, threads: 1, noise: { diffusion: 0.2 } } as const
  let small: ParticleField
  let large: ParticleField
  beforeAll(async () => {
    small = await particleField(law, kernel, { ...options, M: 600 })
    large = await particleField(law, kernel, { ...options, M: 9600 })
  })

  test('has the error that it states, against the exact mean field of the initial law', () => {
    const exact = exactForces(1)
    for (const field of [small, large]) {
      const error = supError(field, 0, exact)
      expect(error).toBeLessThan(field.error.high)
      expect(error).toBeGreaterThan(field.error.value / 3)
    }
    // Control: the statement of the large system does not hold for the small one.
    expect(supError(small, 0, exact)).toBeGreaterThan(large.error.high)
    // |k*rho| of the standard Gaussian peaks near 0.2 at r = 2.
    expect(large.scale).toBeGreaterThan(0.15)
    expect(large.scale).toBeLessThan(0.35)
  })

  test('loses its error like M^(-1/2)', () => {
    // 16 times as many: 4; both are maxima of 2304 dependent numbers that scatter by a quarter.
    const ratio = small.error.value / large.error.value
    expect(ratio).toBeGreaterThan(2.5)
    expect(ratio).toBeLessThan(6.5)
  })

  test('agrees with that of another seed within both errors at later times', async () => {
    const other = await particleField(law, kernel, { ...options, M: 9600, seed: 4 })
    for (const t of [0.25, 0.5, 0.3]) {
      const difference = supError(large, t, other.force(t, points, new Float64Array(1200)))
      expect(difference).toBeLessThan(large.error.high + other.error.high)
      expect(difference).toBeGreaterThan(0.2 * large.error.value)
    }
  })

  test('is the same on two threads and made again, and at recorded times does not depend on the neighbours', async () => {
    const again = await particleField(law, kernel, { ...options, M: 600, threads: 2 })
    expect(again.error).toEqual(small.error)
    for (const t of [0, 0.25, 0.31]) {
      const force = small.force(t, points, new Float64Array(1200))
      expect(again.force(t, points, new Float64Array(1200))).toEqual(force)
      expect(await again.forceAsync(t, points, new Float64Array(1200))).toEqual(force)
    }
    expect(small.bytes).toBe(8 * 3 * 600 * 9)
    expect([...small.times]).toEqual(Array.from({ length: 9 }, (_, k) => k / 16))
  })

  test('spreads as strong noise makes it spread', async () => {
    // With D = 60 the variance of a coordinate of q is 1 + t^2 + 2 D t^3/3 = 42 at t = 1 and the law nearly Gaussian:
    // the own force, at most 0.2, moves particles by at most 0.1, which is 1.5 % of the width.
    const noisy = await particleField(law, kernel, { ...options, T: 1, M: 9600, noise: { diffusion: 60 } })
    const along = (f: Float64Array): number => f.reduce((sum, x, k) => sum + x * points[k]!, 0)
    const ratio = along(noisy.force(1, points, new Float64Array(1200))) / along(exactForces(Math.sqrt(42)))
    // Force inside goes like width^-3: 4.5 %; statistics: the mean of the central density over about 9600/40 particles,
    // 6 %.
    expect(Math.abs(ratio - 1)).toBeLessThan(0.2)
    const quiet = along(large.force(0.5, points, new Float64Array(1200))) / along(exactForces(Math.sqrt(42)))
    expect(quiet).toBeGreaterThan(20)
  })
})

describe('the time grid of the record', () => {
  test('holds every time at which a run with the same grid asks, for stages inside the step', async () => {
    const field = await particleField(law, kernel, { T: 0.7, steps: 7, M: 100, seed: 1, scheme: 'suzuki4' })
    const known = new Set(field.times)
    const asked: number[] = []
    const Z = law.sample(5, randomStream('particleField/run'))
    const stepper = particleStepper(Z, {
      acceleration: (t, q, out) => {
        asked.push(t)
        field.force(t, q, out)
      },
      ...{ T: 0.7, steps: 7, scheme: 'suzuki4' },
    })
    stepper.advanceSync(7)
    expect(asked).toHaveLength(36)
    expect(asked.filter(t => !known.has(t))).toEqual([])
    expect(field.times).toEqual(field.times.slice().sort())
    expect(() => field.force(0.71, Z.q, new Float64Array(15))).toThrow(/t must be a number in \[0, 0.7\], got 0.71/)
  })

  test('puts positions at their times, also where stages come out of order', async () => {
    const M = 100
    const grid = { T: 1, steps: 4, scheme: 'suzuki4' } as const
    const field = await particleField(law, kernel, { ...grid, M, seed: 5 })
    // The same two systems once more: positions by time of evaluation.
    const seen = new Map<number, Float64Array>()
    for (const side of [0, 1]) {
      const start = law.sample(M / 2, randomStream({ seed: 5, law: law.name, N: M, stream: `field-${side}` }))
      const pair = pairAcceleration(M / 2, kernel)
      const acceleration: Acceleration = (t, q, out) => {
        const all = seen.get(t) ?? new Float64Array(3 * M)
        for (let k = 0; k < q.length; k++) all[Math.floor((2 * k) / M) * M + (side * M) / 2 + (k % (M / 2))] = q[k]!
        seen.set(t, all)
        return pair.acceleration(t, q, out)
      }
      particleStepper(start, { ...grid, acceleration }).advanceSync(4)
    }
    expect([...seen.keys()].sort()).toEqual([...field.times])
    const force = (t: number): Float64Array =>
      forces({ targets: points, sources: seen.get(t)! }, kernel, { tolerance: 1e-12 }).force
    for (const t of field.times) expect(supError(field, t, force(t))).toBeLessThan(1e-10)
    // Control: at the time of the next stage they are elsewhere.
    expect(supError(field, field.times[8]!, force(field.times[9]!))).toBeGreaterThan(1e-3)
  })

  test('in between the error of interpolation is as stated', async () => {
    const make = (steps: number) => particleField(law, kernel, { T: 1, steps, M: 400, seed: 5 })
    const [coarse, fine] = [await make(4), await make(32)]
    // The times 1/8, 3/8, ... lie in the middle between recorded ones of the coarse field and on the fine grid. The
    // paths themselves differ by the error of the leapfrog, which is of the same order h^2 and smaller.
    let most = 0
    for (const t of [1, 3, 5, 7].map(k => k / 8)) {
      most = Math.max(most, supError(coarse, t, fine.force(t, points, new Float64Array(1200))))
    }
    expect(most).toBeLessThan(2 * coarse.interpolationError.high)
    expect(most).toBeGreaterThan(0.05 * coarse.interpolationError.value)
    expect(fine.interpolationError.value).toBeLessThan(coarse.interpolationError.value / 10)
  })

  test('bad input is refused before any work', async () => {
    const bad = (options: object) =>
      expect(particleField(law, kernel, { T: 1, steps: 4, M: 100, seed: 1, ...options })).rejects
    await bad({ M: 7 }).toThrow(/M must be even, for two halves, got 7/)
    await bad({ M: 2 }).toThrow(/M must be an integer >= 4, got 2/)
    await bad({ memory: 1000 }).toThrow(/fit into 1000, got 100: 12000/)
    await bad({ T: 0 }).toThrow(/T must be a finite number > 0/)
    await bad({ noise: { diffusion: -1 } }).toThrow(/diffusion must be/)
    await bad({ scheme: 'suzuki4', noise: { diffusion: 1 } }).toThrow(/noise needs the scheme/)
    await bad({ signal: AbortSignal.abort(new Error('never')) }).toThrow('never')
  })
})
