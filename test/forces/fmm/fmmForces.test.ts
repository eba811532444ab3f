import { describe, expect, test } from 'vitest'
import { randomStream } from '../../../src/base/random.js'
import { FMM_TOLERANCE, fmmChoice } from '../../../src/forces/fmm/fmmChoice.js'
import { translationTables } from '../../../src/forces/fmm/fmmTables.js'
import { kernelSpec } from '../../../src/forces/kernelSpec.js'
import type { ForceProgram } from '../../../src/forces/types.js'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import { powerKernel } from '../../../src/interaction/powerKernel.js'
import { type ForceModule, forceModule } from '../../../src/wasm/forces.js'
import { CLOUDS, cloud, compensated, errorsOf, fmmSum, someOf } from './fmmClouds.js'

const coulomb = coulombKernel()
/** (4) with a cut-off radius given directly. */
const truncated = (radius: number) => cutoffKernel({ N: 10, delta: -Math.log10(radius) })
const TOLERANCES = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8]

describe('the requested tolerance is met', () => {
  const N = 5000
  test.each(Object.keys(CLOUDS))('%s, with and without cut-off', name => {
    const q = cloud(name, N)
    const list = someOf(N, 100)
    const widest = Math.max(...q) - Math.min(...q)
    for (const kernel of [coulomb, truncated(Math.min(1, 0.03 * widest))]) {
      const { force } = compensated(kernel, q, list)
      for (const tolerance of TOLERANCES) {
        const sum = fmmSum(q, kernel, { tolerance })
        const { rms, max } = errorsOf(sum.force, force, list)
        expect(rms).toBeLessThan(tolerance)
        // No particle is forgotten: the worst error stays within a few tolerances of the rms force.
        expect(max).toBeLessThan(30 * tolerance)
      }
    }
  })

  test.each(['uniform ball', 'Plummer sphere', 'tilted sheet', 'cluster in a halo'])('%s, N = 30000', name => {
    const q = cloud(name, 30000)
    const list = someOf(30000, 60)
    const kernel = cutoffKernel({ N: 30000, delta: 0.4 })
    const { force } = compensated(kernel, q, list)
    for (const tolerance of [1e-3, 5e-5, 1e-6, 1e-8]) {
      expect(errorsOf(fmmSum(q, kernel, { tolerance }).force, force, list).rms).toBeLessThan(tolerance)
    }
  })

  test.each(['uniform cube', 'Gaussian', 'shell', 'two tight clusters'])('%s, weights of both signs', name => {
    const q = cloud(name, N)
    const s = randomStream('signs')
    const weights = Float64Array.from({ length: N }, () => s.normal())
    const list = someOf(N, 100)
    for (const kernel of [coulomb, truncated(0.05)]) {
      const { force } = compensated(kernel, q, list, weights)
      for (const tolerance of TOLERANCES) {
        expect(errorsOf(fmmSum(q, kernel, { tolerance, weights }).force, force, list).rms).toBeLessThan(tolerance)
      }
    }
  })

  test('unequal weights of one sign, of any size', () => {
    const q = cloud('Gaussian', N)
    const s = randomStream('weights')
    const list = someOf(N, 100)
    for (const scale of [1e-60, 1, 1e60]) {
      const weights = Float64Array.from({ length: N }, () => scale * s.uniform())
      const { force } = compensated(coulomb, q, list, weights)
      for (const tolerance of [1e-3, 1e-6]) {
        expect(errorsOf(fmmSum(q, coulomb, { tolerance, weights }).force, force, list).rms).toBeLessThan(tolerance)
      }
    }
  })

  test('a few heavy particles among many light ones', () => {
    const q = cloud('uniform cube', N)
    const list = someOf(N, 100)
    const kernel = truncated(0.05)
    for (const heavy of [1, 10, 100]) {
      const weights = Float64Array.from({ length: N }, (_, i) => (i < heavy ? 1 : 1e-6))
      const { force } = compensated(kernel, q, list, weights)
      for (const tolerance of TOLERANCES) {
        expect(errorsOf(fmmSum(q, kernel, { tolerance, weights }).force, force, list).rms).toBeLessThan(tolerance)
      }
    }
  })

  test.each(['truncated', 'cubicSpline', 'smooth'] as const)('profile %s, forces and potentials', profile => {
    for (const sigma of [1, -1] as const) {
      const q = cloud('Gaussian', 3000)
      const list = someOf(3000, 100)
      const kernel = cutoffKernel({ N: 3000, delta: 0.2, profile, sigma })
      const exact = compensated(kernel, q, list)
      const pure = compensated(coulomb, q, list)
      for (const tolerance of [1e-3, 1e-5, 1e-8]) {
        const { force, potential } = fmmSum(q, kernel, { tolerance, potential: true })
        expect(errorsOf(force, exact.force, list).rms).toBeLessThan(tolerance)
        expect(errorsOf(potential, exact.potential, list).rms).toBeLessThan(tolerance)
        // The cut-off matters here: the sum without it would not pass.
        expect(
          errorsOf(
            force,
            pure.force.map(f => sigma * f),
            list,
          ).rms,
        ).toBeGreaterThan(1e-3)
      }
    }
  })

  test('potentials do not change the forces by more than the tolerance, with weights', () => {
    const q = cloud('Plummer sphere', 3000)
    const s = randomStream('weights')
    const weights = Float64Array.from({ length: 3000 }, () => s.uniform())
    const list = someOf(3000, 100)
    for (const kernel of [coulomb, truncated(0.1)]) {
      const exact = compensated(kernel, q, list, weights)
      const { force, potential } = fmmSum(q, kernel, { tolerance: 1e-6, weights, potential: true })
      expect(errorsOf(force, exact.force, list).rms).toBeLessThan(1e-6)
      expect(errorsOf(potential, exact.potential, list).rms).toBeLessThan(1e-6)
    }
  })

  test('targets apart from the sources', () => {
    const q = cloud('uniform ball', 3000)
    const targets = cloud('Gaussian', 500)
    const together = new Float64Array(3 * 3500)
    for (let a = 0; a < 3; a++) {
      together.set(q.subarray(3000 * a, 3000 * (a + 1)), 3500 * a)
      together.set(targets.subarray(500 * a, 500 * (a + 1)), 3500 * a + 3000)
    }
    const weights = Float64Array.from({ length: 3500 }, (_, i) => (i < 3000 ? 1 / 3000 : 0))
    const list = Array.from({ length: 100 }, (_, k) => 3000 + 5 * k)
    const exact = compensated(coulomb, together, list, weights)
    for (const tolerance of [1e-3, 1e-6, 1e-8]) {
      const { force, potential } = fmmSum(q, coulomb, { tolerance, targets, potential: true })
      expect(force.length).toBe(1500)
      const own = list.map(i => i - 3000)
      expect(errorsOf(force, exact.force, own).rms).toBeLessThan(tolerance)
      expect(errorsOf(potential, exact.potential, own).rms).toBeLessThan(tolerance)
    }
  })
})

describe('what the tolerance tests would catch', () => {
  const q = cloud('uniform ball', 5000)
  const list = someOf(5000, 100)
  const exact = compensated(coulomb, q, list).force

  test('a flipped sign of one entry of one translation', () => {
    const settings = { order: 12, expansions: 'f64', pairs: 'f64' } as const
    const { data, classes } = translationTables(12, 'f64')
    expect(errorsOf(fmmSum(q, coulomb, settings).force, exact, list).rms).toBeLessThan(2e-6)
    // The shift of class (2, 0, 0): coefficient of degree 1, order 0, from the moment of degree 1, order 0.
    const entry = classes[4 * (5 + 7 * 3 + 49 * 3) + 3]! / 8 + 5
    data[entry] = -data[entry]!
    const flipped = errorsOf(fmmSum(q, coulomb, settings).force, exact, list).rms
    data[entry] = -data[entry]!
    expect(flipped).toBeGreaterThan(1e-4)
    expect(errorsOf(fmmSum(q, coulomb, settings).force, exact, list).rms).toBeLessThan(2e-6)
  })

  test('an order that is too low', () => {
    for (const tolerance of TOLERANCES) {
      const { order } = fmmSum(q, coulomb, { tolerance }).choice
      expect(
        errorsOf(fmmSum(q, coulomb, { tolerance, order: Math.max(2, order - 3) }).force, exact, list).rms,
      ).toBeGreaterThan(tolerance)
    }
  })

  test('pairs in plain single precision where a pair is close', () => {
    const close = Float64Array.from(q)
    for (let a = 0; a < 3; a++) close[5000 * a + 1] = close[5000 * a]! + (a === 0 ? 1e-7 : 0)
    const both = [0, 1]
    const reference = compensated(coulomb, close, both).force
    const good = fmmSum(close, coulomb, { tolerance: 1e-4 })
    expect(good.choice.pairs).toBe('f32')
    expect(errorsOf(good.force, reference, both).rms).toBeLessThan(1e-6)
    // The same without the limit below which pairs are done again in double precision.
    const bad = fmmSum(close, coulomb, { tolerance: 1e-4, ...{ close: 0 } })
    expect(errorsOf(bad.force, reference, both).rms).toBeGreaterThan(1e-2)
  })
})

describe('order and work', () => {
  test('errors fall geometrically with the order, at 0.35 to 0.5 an order', () => {
    const q = cloud('uniform ball', 5000)
    const list = someOf(5000, 200)
    const exact = compensated(coulomb, q, list).force
    const orders = [4, 8, 12, 16, 20]
    const errors = orders.map(
      order =>
        errorsOf(fmmSum(q, coulomb, { order, leaf: 20, expansions: 'f64', pairs: 'f64' }).force, exact, list).rms,
    )
    for (let k = 1; k < errors.length; k++) expect(errors[k]!).toBeLessThan(0.15 * errors[k - 1]!)
    const rate = (errors[4]! / errors[0]!) ** (1 / 16)
    expect(rate).toBeGreaterThan(0.35)
    expect(rate).toBeLessThan(0.5)
  })

  test('the order depends on the tolerance, on flatness, and on the signs of the weights', () => {
    const orderOf = (name: string, tolerance: number, weights?: Float64Array): number =>
      fmmSum(cloud(name, 5000), coulomb, { tolerance, weights }).choice.order
    const ball = TOLERANCES.map(tolerance => orderOf('uniform ball', tolerance))
    expect(ball).toEqual([...ball].sort((a, b) => a - b))
    expect(orderOf('planar sheet', 1e-4)).toBeGreaterThan(orderOf('uniform ball', 1e-4))
    expect(orderOf('line', 1e-4)).toBeGreaterThan(orderOf('planar sheet', 1e-4))
    const signs = Float64Array.from({ length: 5000 }, (_, i) => (i % 2 === 0 ? 1 : -1))
    expect(orderOf('uniform ball', 1e-4, signs)).toBeGreaterThan(orderOf('uniform ball', 1e-4))
  })

  test('pairs of the near field grow like N', () => {
    const pairs = [4000, 16000, 64000].map(
      N => fmmSum(cloud('uniform ball', N), coulomb, { tolerance: 1e-3 }).shape.pairs / N,
    )
    expect(pairs[2]! / pairs[0]!).toBeLessThan(1.6)
  })

  test('memory stays below 250 bytes a particle at N = 64000', () => {
    for (const tolerance of [1e-3, 1e-6]) {
      expect(fmmSum(cloud('uniform ball', 64000), coulomb, { tolerance }).bytes / 64000).toBeLessThan(250)
    }
  })

  test('leaves are not smaller than the cut-off radius', () => {
    const q = cloud('uniform cube', 5000)
    for (const radius of [0.02, 0.11, 0.3, 0.9]) {
      const { shape } = fmmSum(q, truncated(radius), { tolerance: 1e-3 })
      expect(shape.side / 2 ** shape.depth).toBeGreaterThanOrEqual(radius)
    }
  })
})

describe('small and degenerate input', () => {
  test('one particle feels nothing', () => {
    for (const tolerance of TOLERANCES) {
      for (const kernel of [coulomb, truncated(0.1)]) {
        const { force, potential } = fmmSum(Float64Array.of(1, -2, 3), kernel, { tolerance, potential: true })
        expect([...force, ...potential]).toEqual([0, 0, 0, 0])
      }
    }
  })

  test('two particles feel opposite forces', () => {
    for (const tolerance of TOLERANCES) {
      const { force } = fmmSum(Float64Array.of(0, 3, 0, 4, 0, 0), coulomb, { tolerance })
      const expected = [-0.5 * (3 / 125), 0.5 * (3 / 125), -0.5 * (4 / 125), 0.5 * (4 / 125), 0, 0]
      force.forEach((f, k) => {
        expect(Math.abs(f - expected[k]!)).toBeLessThan(Math.min(tolerance, 3e-7) * 0.02)
      })
    }
  })

  test.each([3, 5, 64, 65, 129, 513, 600])('N = %i', N => {
    const q = cloud('Gaussian', N)
    const list = someOf(N, N)
    const { force } = compensated(coulomb, q, list)
    for (const tolerance of [1e-3, 1e-6, 1e-8]) {
      for (const leaf of [4, 1000]) {
        expect(errorsOf(fmmSum(q, coulomb, { tolerance, leaf }).force, force, list).rms).toBeLessThan(tolerance)
      }
    }
  })

  test('coincident particles do not act on each other', () => {
    const N = 3000
    const q = cloud('uniform ball', N)
    for (let a = 0; a < 3; a++) q.fill(q[a * N]!, a * N, a * N + 1000)
    const list = [0, 1, 999, ...someOf(N, 100)]
    for (const kernel of [coulomb, truncated(0.05)]) {
      const { force } = compensated(kernel, q, list)
      for (const tolerance of [1e-3, 1e-6, 1e-8]) {
        expect(errorsOf(fmmSum(q, kernel, { tolerance }).force, force, list).rms).toBeLessThan(tolerance)
      }
    }
    const all = new Float64Array(3000).fill(0.3)
    expect(fmmSum(all, coulomb, { tolerance: 1e-6 }).force.every(f => f === 0)).toBe(true)
  })

  test('a cut-off larger than the cloud: every pair is summed directly', () => {
    const q = cloud('uniform ball', 2000).map(v => 0.2 * v)
    const kernel = truncated(1)
    const list = someOf(2000, 100)
    const { force } = compensated(kernel, q, list)
    for (const tolerance of [1e-3, 1e-6, 1e-8]) {
      const sum = fmmSum(q, kernel, { tolerance })
      expect(sum.shape.cells).toBe(1)
      expect(errorsOf(sum.force, force, list).rms).toBeLessThan(Math.min(tolerance, 2e-6))
    }
  })

  test('k(0) = 0: a particle at the centre of symmetry', () => {
    const { force } = fmmSum(Float64Array.of(-1, 0, 1, 0, 0, 0, 0, 0, 0), coulomb, { tolerance: 1e-8 })
    expect(force[1]).toBe(0)
  })

  test('what it cannot do it refuses', () => {
    const q = cloud('uniform ball', 10)
    const input = { N: 10, n: 10, sources: q, targets: undefined, weights: undefined, tolerance: 1e-3 }
    const spec = kernelSpec(coulomb)
    expect(() => fmmChoice({ ...input, spec, tolerance: FMM_TOLERANCE / 2 })).toThrow(/tolerance/)
    expect(() => fmmChoice({ ...input, spec }, { order: 31 })).toThrow(/order/)
    expect(() => fmmChoice({ ...input, spec }, { depth: 49 })).toThrow(/depth/)
    expect(() => fmmChoice({ ...input, spec: kernelSpec(powerKernel({ alpha: 1 })) })).toThrow(/outside a cut-off/)
    expect(() =>
      fmmChoice({ ...input, spec: kernelSpec(cutoffKernel({ N: 9, delta: 1, profile: 'plummer' })) }),
    ).toThrow(RangeError)
    expect(() => fmmChoice({ ...input, spec, sources: q.map(() => Number.POSITIVE_INFINITY) })).toThrow(/finite/)
  })
})

describe('symmetries', () => {
  const N = 3000
  const q = cloud('cluster in a halo', N)
  const everyone = someOf(N, N)
  const difference = (a: Float64Array, b: Float64Array): number => errorsOf(a, b, everyone).rms

  test.each([1e-3, 1e-6])('permuting the particles permutes the forces, to tolerance %f', tolerance => {
    const s = randomStream('permutation')
    const order = everyone.map(i => [s.uniform(), i] as const).sort((a, b) => a[0] - b[0])
    const permute = (v: Float64Array): Float64Array =>
      Float64Array.from(v, (_, k) => v[Math.floor(k / N) * N + order[k % N]![1]]!)
    expect(
      difference(fmmSum(permute(q), coulomb, { tolerance }).force, permute(fmmSum(q, coulomb, { tolerance }).force)),
    ).toBeLessThan(2 * tolerance)
  })

  test.each([1e-3, 1e-6])('a translation changes nothing, to tolerance %f', tolerance => {
    const moved = q.map((v, k) => v + [100, -30, 7][Math.floor(k / N)]!)
    expect(
      difference(fmmSum(moved, coulomb, { tolerance }).force, fmmSum(q, coulomb, { tolerance }).force),
    ).toBeLessThan(2 * tolerance)
  })

  test.each([1e-3, 1e-6])('a rotation rotates the forces, to tolerance %f', tolerance => {
    const Q = [2 / 3, -1 / 3, 2 / 3, 2 / 3, 2 / 3, -1 / 3, -1 / 3, 2 / 3, 2 / 3]
    const rotate = (v: Float64Array): Float64Array =>
      Float64Array.from(v, (_, k) => {
        const [a, i] = [Math.floor(k / N), k % N]
        return Q[3 * a]! * v[i]! + Q[3 * a + 1]! * v[N + i]! + Q[3 * a + 2]! * v[2 * N + i]!
      })
    expect(
      difference(fmmSum(rotate(q), coulomb, { tolerance }).force, rotate(fmmSum(q, coulomb, { tolerance }).force)),
    ).toBeLessThan(2 * tolerance)
  })

  test.each([1e-100, 1e-6, 1e6, 1e100])('scaling by %d scales the forces by its inverse square', scale => {
    for (const tolerance of [1e-3, 1e-6, 1e-8]) {
      for (const radius of [0, 0.01]) {
        const spec = { ...kernelSpec(coulomb), radius }
        const scaled = { ...spec, radius: scale * radius }
        const { force } = fmmSum(
          q.map(v => scale * v),
          coulomb,
          { tolerance, spec: scaled },
        )
        expect(
          difference(
            force.map(f => f * scale * scale),
            fmmSum(q, coulomb, { tolerance, spec }).force,
          ),
        ).toBeLessThan(2 * tolerance)
      }
    }
  })

  test('scaling by a power of two changes no bit', () => {
    for (const tolerance of [1e-3, 1e-6, 1e-8]) {
      const { force } = fmmSum(
        q.map(v => 1024 * v),
        coulomb,
        { tolerance },
      )
      expect(force.map(f => f * 1024 * 1024)).toEqual(fmmSum(q, coulomb, { tolerance }).force)
    }
  })

  test('an attractive force is minus the repulsive one, to the bit', () => {
    const minus = fmmSum(q, coulombKernel({ sigma: -1 }), { tolerance: 1e-4 }).force
    expect(minus.map(f => -f)).toEqual(fmmSum(q, coulomb, { tolerance: 1e-4 }).force)
  })

  test('the total force vanishes to tolerance', () => {
    for (const tolerance of [1e-3, 1e-5, 1e-8]) {
      const { force } = fmmSum(q, coulomb, { tolerance })
      const size = Math.sqrt(force.reduce((sum, f) => sum + f * f, 0) / N)
      for (let a = 0; a < 3; a++) {
        const total = force.subarray(a * N, (a + 1) * N).reduce((sum, f) => sum + f, 0)
        expect(Math.abs(total) / N).toBeLessThan(tolerance * size)
      }
    }
  })
})

describe('the same bits', () => {
  const N = 20000
  const q = cloud('cluster in a halo', N)

  const backwards = (module: ForceModule, program: ForceProgram): void => {
    module.exports.scratch.value = module.arena.u8(program.scratchBytes).ptr
    for (const { run, tasks, args } of program.stages) {
      for (let task = tasks - 1; task >= 0; task--) module.exports[run]!(task, ...args)
    }
    program.collect()
  }
  // Two instances on one memory, each with its own scratch: what two threads do, in some order.
  const byTwo = (module: ForceModule, program: ForceProgram): void => {
    const pair = [module, forceModule({ memory: module.memory })]
    for (const instance of pair) instance.exports.scratch.value = module.arena.u8(program.scratchBytes).ptr
    for (const { run, tasks, args } of program.stages) {
      for (let task = 0; task < tasks; task++) pair[(task * 7) % 3 === 0 ? 0 : 1]!.exports[run]!(task, ...args)
    }
    program.collect()
  }

  test('for any order of the tasks, on any instance, twice', () => {
    for (const tolerance of [1e-3, 1e-6, 1e-8]) {
      const kernel = cutoffKernel({ N, delta: 0.5 })
      const settings = { tolerance, potential: true }
      const once = fmmSum(q, kernel, settings)
      const tasks = (sum: typeof once): unknown => [sum.force, sum.potential]
      expect(tasks(fmmSum(q, kernel, settings))).toEqual(tasks(once))
      expect(tasks(fmmSum(q, kernel, { ...settings, run: backwards }))).toEqual(tasks(once))
      expect(tasks(fmmSum(q, kernel, { ...settings, run: byTwo }))).toEqual(tasks(once))
    }
  })

  test('control: they are bits of this input only', () => {
    const other = Float64Array.from(q)
    other[5] = other[5]! * (1 + 2 ** -40)
    expect(fmmSum(other, coulomb, { tolerance: 1e-6 }).force).not.toEqual(fmmSum(q, coulomb, { tolerance: 1e-6 }).force)
  })
})
