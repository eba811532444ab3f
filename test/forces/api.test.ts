import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type Configuration, configuration } from '../../src/base/configuration.js'
import { randomStream } from '../../src/base/random.js'
import { fluctuationTolerance } from '../../src/forces/fluctuationTolerance.js'
import { forces, planForces } from '../../src/forces/forces.js'
import { forcesAsync } from '../../src/forces/forcesAsync.js'
import { majorantSums, potentialSums } from '../../src/forces/pairSums.js'
import type { ForceOptions } from '../../src/forces/types.js'
import { coulombKernel } from '../../src/interaction/coulombKernel.js'
import { customKernel } from '../../src/interaction/customKernel.js'
import { cutoffKernel } from '../../src/interaction/cutoffKernel.js'
import type { Kernel } from '../../src/interaction/kernel.js'
import { extremalMajorant, lipschitzMajorant } from '../../src/interaction/lipschitzMajorant.js'
import { fastArithmeticSupported } from '../../src/wasm/forces.js'
import { referenceForces, referenceScalar, relativeError, worstError } from './support/reference.js'

const normals = (key: string, length: number): Float64Array => {
  const stream = randomStream(key)
  return Float64Array.from({ length }, () => stream.normal())
}
const N = 300
const q = normals('api', 3 * N)
const kernel = cutoffKernel({ N, delta: 0.25 })

describe('what forces takes and gives', () => {
  test('two unit charges at distance 2 feel (1/N) 1/4 each, away from each other', () => {
    const { force } = forces(Float64Array.of(0, 2, 0, 0, 0, 0), coulombKernel())
    expect([...force]).toEqual([-1 / 8, 1 / 8, 0, 0, 0, 0])
    const newton = forces(Float64Array.of(0, 2, 0, 0), coulombKernel({ sigma: -1, d: 2 }))
    expect([...newton.force]).toEqual([1 / 4, -1 / 4, 0, 0])
  })

  test('a configuration, its positions, and the same as sources give the same bits', () => {
    const Z: Configuration = { N, d: 3, q, p: new Float64Array(3 * N) }
    const { force } = forces(q, kernel)
    expect(forces(Z, kernel).force).toEqual(force)
    expect(forces({ sources: q }, kernel).force).toEqual(force)
  })

  test('results are written to out, and nothing else is changed', () => {
    const out = new Float64Array(3 * N)
    const before = Float64Array.from(q)
    expect(forces(q, kernel, { out }).force).toBe(out)
    expect(out).toEqual(forces(q, kernel).force)
    expect(q).toEqual(before)
  })

  test('the free kernel, sigma = 0, gives zero', () => {
    const free = coulombKernel({ sigma: 0 })
    const { force, potential } = forces(q, free, { potential: 'include' })
    expect(force.every(f => f === 0)).toBe(true)
    expect(potential!.every(V => V === 0)).toBe(true)
  })

  test('potentials come with the forces when asked for', () => {
    for (const profile of ['truncated', 'cubicSpline', 'smooth', 'plummer'] as const) {
      for (const alpha of [1, 1.5, 2]) {
        for (const d of [2, 3]) {
          const k = cutoffKernel({ N, delta: 0.25, profile, alpha, d, sigma: -1 })
          const points = { sources: q.subarray(0, d * N) }
          const { potential } = forces(points, k, { potential: 'include', precision: 'f64', method: 'direct' })
          const expected = referenceScalar(r => k.potential(r), d, points)
          expect(relativeError(potential!, expected), `${profile} ${alpha} ${d}`).toBeLessThan(1e-9)
          expect(potentialSums(points, k)).toEqual(potential)
        }
      }
    }
    expect(forces(q, kernel).potential).toBeUndefined()
  })

  test('a singular potential of coincident particles is infinite, and their force zero', () => {
    const same = Float64Array.of(1, 1, 2, 0, 0, 0, 0, 0, 0)
    for (const k of [coulombKernel({ sigma: -1 }), cutoffKernel({ N: 2, delta: Infinity, alpha: 1, sigma: -1 })]) {
      const { force, potential } = forces(same, k, { potential: 'include' })
      expect(potential![0]).toBe(Number.NEGATIVE_INFINITY)
      expect(potential![2]).toBeCloseTo(k.potential(1) * (2 / 3), 12)
      expect(force.every(Number.isFinite)).toBe(true)
    }
  })

  test('targets that are sources keep the term j = i: for potentials V(0) enters', () => {
    const apart = potentialSums({ sources: q, targets: q }, kernel)
    const self = potentialSums(q, kernel)
    for (let i = 0; i < N; i++) expect(apart[i]! - self[i]!).toBeCloseTo(kernel.potential(0) / N, 12)
  })
})

describe('sums of majorants', () => {
  const majorants = [
    lipschitzMajorant({ N, delta: 0.25 }),
    lipschitzMajorant({ N, delta: 0.25, version: 'printed' }),
    lipschitzMajorant({ N, delta: Infinity }),
    extremalMajorant({ N, gamma: 0.1, c: 3 }),
  ]
  test.each(majorants)('$name agrees with a compensated double loop', majorant => {
    const weights = normals('api/w', N)
    const targets = normals('api/t', 90)
    for (const points of [{ sources: q }, { sources: q, weights, targets }]) {
      const sums = majorantSums(points, majorant)
      expect(
        relativeError(
          sums,
          referenceScalar(r => majorant.value(r), 3, points),
        ),
      ).toBeLessThan(1e-13)
    }
  })

  test('one particle has L = 0, coincident ones the inner value', () => {
    const [l] = majorants as [(typeof majorants)[0]]
    expect([...majorantSums(Float64Array.of(1, 2, 3), l)]).toEqual([0])
    expect([...majorantSums(Float64Array.of(1, 1, 2, 2, 3, 3), l)]).toEqual([l.innerValue / 2, l.innerValue / 2])
  })

  test('control: the printed majorant does not pass for the repaired one', () => {
    const expected = referenceScalar(r => majorants[0]!.value(r), 3, { sources: q })
    expect(relativeError(majorantSums(q, majorants[1]!), expected)).toBeGreaterThan(0.01)
  })
})

describe('bad input is refused before any work, with a message that names it', () => {
  const bad = (change: (q: Float64Array) => void): Float64Array => {
    const copy = Float64Array.from(q)
    change(copy)
    return copy
  }
  const yukawa = customKernel({ name: 'yukawa', magnitude: r => Math.exp(-r) / r })
  const far = { sources: q, targets: q }
  test.each<[string, unknown, Kernel, ForceOptions, RegExp]>([
    [
      'NaN',
      bad(x => x.fill(Number.NaN, 305, 306)),
      kernel,
      {},
      /q must hold finite numbers, got NaN at particle 5, coordinate 1/,
    ],
    ['Infinity', bad(x => x.fill(Infinity, 0, 1)), kernel, {}, /got Infinity at particle 0, coordinate 0/],
    ['no points', new Float64Array(0), kernel, {}, /q must hold d = 3 coordinates of at least one point, got length 0/],
    ['an odd length', new Float64Array(7), kernel, {}, /d = 3 .* got length 7/],
    ['another d', configuration(10, 2), kernel, {}, /must have d = 3 as the kernel has, got d = 2/],
    ['an array', [1, 2, 3], kernel, {}, /points must be a Configuration/],
    ['Float32Array', new Float32Array(3), kernel, {}, /points must be a Configuration/],
    ['nothing', undefined, kernel, {}, /points must be/],
    ['no kernel', q, {} as Kernel, {}, /kernel must be a Kernel/],
    ['d = 4', new Float64Array(8), coulombKernel({ d: 4 }), {}, /kernel.d must be one of 2, 3, got 4/],
    ['weights too short', { ...far, weights: new Float64Array(3) }, kernel, {}, /weights must have length 300, got 3/],
    [
      'a weight NaN',
      { ...far, weights: new Float64Array(N).fill(Number.NaN, 7, 8) },
      kernel,
      {},
      /weights .* NaN at index 7/,
    ],
    [
      'a target NaN',
      { ...far, targets: Float64Array.of(0, 0, Number.NaN) },
      kernel,
      {},
      /targets .* NaN at particle 0, coordinate 2/,
    ],
    ['out too short', q, kernel, { out: new Float64Array(3) }, /out must have length 900, got 3/],
    ['tolerance 0', q, kernel, { tolerance: 0 }, /tolerance must be a number in \[1e-12, 1\], got 0/],
    ['tolerance NaN', q, kernel, { tolerance: Number.NaN }, /tolerance/],
    ['unknown method', q, kernel, { method: 'tree' as 'fmm' }, /method must be one of "direct", "fmm", got "tree"/],
    ['unknown arithmetic', q, kernel, { arithmetic: 'gpu' as 'fast' }, /arithmetic must be one of/],
    ['unknown potential', q, kernel, { potential: true as unknown as 'omit' }, /potential must be one of/],
    [
      'mixed for Coulomb',
      q,
      coulombKernel(),
      { precision: 'mixed', method: 'direct' },
      /precision must be 'f64' .* no cut-off/,
    ],
    [
      'fmm for alpha 1.5',
      q,
      cutoffKernel({ N, delta: 0.2, alpha: 1.5 }),
      { method: 'fmm' },
      /needs d = 3 and a kernel that is/,
    ],
    ['fmm for Yukawa', q, yukawa, { method: 'fmm' }, /needs d = 3 and a kernel that is/],
    ['fmm at 1e-9', q, kernel, { method: 'fmm', tolerance: 1e-9 }, /needs a tolerance >= 1e-8, got 1e-9/],
    ['an order for direct', q, kernel, { method: 'direct', order: 5 }, /order and depth belong to/],
    ['order 99', q, kernel, { order: 99 }, /order must be an integer in .*, got 99/],
    [
      'a sample too large',
      q,
      kernel,
      { estimateError: 301 },
      /estimateError must be an integer in \[1, 300\], got 301/,
    ],
  ])('%s', async (_name, points, k, options, message) => {
    expect(() => forces(points as Float64Array, k, options)).toThrow(message)
    expect(() => planForces(points as Float64Array, k, options)).toThrow(message)
    await expect(forcesAsync(points as Float64Array, k, options)).rejects.toThrow(message)
  })

  test('a bad number of threads', async () => {
    await expect(forcesAsync(q, kernel, { threads: 0 })).rejects.toThrow(
      /threads must be an integer in \[1, 256\], got 0/,
    )
  })
})

describe('the choice', () => {
  const large = normals('api/large', 3 * 20_000)
  // A spread of sqrt(3)/2 against r_c = 1.
  const points = large.map(x => x / 2)
  const wide = cutoffKernel({ N: 20_000, delta: 0 })

  test('few particles: direct; many: fast multipole; the plan says what and why', () => {
    expect(planForces(q, kernel)).toMatchObject({ method: 'direct', precision: 'mixed', arithmetic: 'portable' })
    expect(planForces(q, kernel, { tolerance: 1e-9 })).toMatchObject({ method: 'direct', precision: 'f64' })
    const plan = planForces(large, coulombKernel())
    expect(plan).toMatchObject({ method: 'fmm', tolerance: 1e-6 })
    expect(plan.order).toBeGreaterThan(planForces(large, coulombKernel(), { tolerance: 1e-3 }).order!)
    expect(plan.reason).toContain('faster')
  })

  test('kernels that are not Coulomb outside a cut-off, and cut-offs as wide as the points, are summed directly', () => {
    for (const k of [cutoffKernel({ N: 20_000, delta: 0.3, alpha: 1.5 }), wide]) {
      expect(planForces(points, k).method).toBe('direct')
    }
    expect(planForces(large, coulombKernel({ d: 2 })).method).toBe('direct')
    // Their time is predicted, too.
    expect(planForces(large, cutoffKernel({ N: 20_000, delta: 0.3, alpha: 1.5 })).predictedSeconds).toBeGreaterThan(1)
  })

  test('overrides are obeyed and reported', () => {
    expect(forces(q, kernel, { method: 'fmm', order: 5 }).plan).toMatchObject({ method: 'fmm', order: 5 })
    expect(forces(q, kernel, { precision: 'f64' }).plan.precision).toBe('f64')
    expect(forces(q, kernel, { arithmetic: 'scalar' }).plan.arithmetic).toBe('scalar')
    const fast = forces(q, kernel, { arithmetic: 'fast' })
    expect(fast.plan.arithmetic).toBe(fastArithmeticSupported() ? 'fast' : 'portable')
    expect(worstError(fast.force, referenceForces(kernel, { sources: q }))).toBeLessThan(1e-5)
  })

  test('both methods agree, and meet tolerances, for forces and potentials', () => {
    const some = normals('api/some', 3 * 4000)
    const k = cutoffKernel({ N: 4000, delta: 0.3 })
    const exact = forces(some, k, { precision: 'f64', method: 'direct', potential: 'include' })
    for (const tolerance of [1e-3, 1e-5, 1e-7]) {
      const fast = forces(some, k, { tolerance, method: 'fmm', potential: 'include' })
      expect(relativeError(fast.force, exact.force)).toBeLessThan(2 * tolerance)
      expect(relativeError(fast.potential!, exact.potential!)).toBeLessThan(2 * tolerance)
    }
  })
})

describe('the estimate of the achieved error', () => {
  test('over all targets it is the error itself', () => {
    const exact = referenceForces(kernel, { sources: q })
    const { force, errorEstimate } = forces(q, kernel, { estimateError: N })
    expect(errorEstimate!.value / relativeError(force, exact.force)).toBeCloseTo(1, 3)
    expect(errorEstimate!.low).toBe(errorEstimate!.high)
  })

  test('over a subset its interval contains the error, for 17 of 20 seeds at least', () => {
    const some = normals('api/estimate', 3 * 2000)
    const k = cutoffKernel({ N: 2000, delta: 0.2 })
    const { force } = forces(some, k, { tolerance: 1e-2, method: 'fmm' })
    const error = relativeError(force, forces(some, k, { precision: 'f64', method: 'direct' }).force)
    let hits = 0
    for (let seed = 0; seed < 20; seed++) {
      const options = { tolerance: 1e-2, method: 'fmm', estimateError: 100, seed: `${seed}` } as const
      const { low, high } = forces(some, k, options).errorEstimate!
      if (low <= error && error <= high) hits++
    }
    expect(hits).toBeGreaterThanOrEqual(17)
  })

  test('the seed decides the subset', () => {
    const estimate = (seed: string): number => forces(q, kernel, { estimateError: 10, seed }).errorEstimate!.value
    expect(estimate('a')).toBe(estimate('a'))
    expect(estimate('a')).not.toBe(estimate('b'))
  })
})

describe('the same bits on every engine', () => {
  const bits = (x: Float64Array): string =>
    createHash('sha256').update(new Uint8Array(x.buffer)).digest('hex').slice(0, 16)
  // r_c = 2^-3 and positions are exact everywhere.
  const points = normals('golden', 3 * 4096)
  const at = (more: object): Kernel => cutoffKernel({ N: 4096, delta: 0.25, ...more })
  test.each<[string, Kernel, ForceOptions, string]>([
    ['f64', at({}), { precision: 'f64', method: 'direct' }, 'f2e7d07e21cc95a2'],
    ['mixed', at({}), { precision: 'mixed', method: 'direct' }, '03415b6948374e77'],
    ['cubic, mixed', at({ profile: 'cubicSpline' }), { precision: 'mixed', method: 'direct' }, '39df3073126eee5f'],
    ['smooth', at({ profile: 'smooth' }), { method: 'direct' }, '127cc7ca261ee3cb'],
    ['alpha = 1.5', at({ alpha: 1.5 }), {}, '44835c0719e23a0c'],
    ['alpha = 0.37, smooth', at({ alpha: 0.37, profile: 'smooth' }), {}, 'bdf1b8756cb4c37b'],
    ['d = 2', at({ d: 2 }), {}, '4221559993765ce2'],
  ])('%s', (_name, k, options, hash) => {
    const used = k.d === 3 ? points : points.subarray(0, 2 * 4096)
    expect(bits(forces(used, k, options).force)).toBe(hash)
  })
})

describe('the tolerance that fluctuations ask for', () => {
  test('it is 1 % of N^(-(1-delta)/2)', () => {
    expect(fluctuationTolerance({ N: 10_000, delta: 0.25 })).toBeCloseTo(0.01 * 10_000 ** -0.375, 15)
    expect(fluctuationTolerance({ N: 1e6, delta: 0 })).toBeCloseTo(1e-5, 15)
    expect(fluctuationTolerance({ N: 1e6, delta: Infinity })).toBe(fluctuationTolerance({ N: 1e6, delta: 1 / 3 }))
    expect(fluctuationTolerance({ N: 1, delta: 0.3 })).toBe(0.01)
    expect(() => fluctuationTolerance({ N: 0, delta: 0.3 })).toThrow(/N must be/)
    expect(() => fluctuationTolerance({ N: 10, delta: -1 })).toThrow(/delta must be/)
  })

  test('with it the force error is below 1 % of the distance between force and mean field', () => {
    const n = 6000
    const delta = 0.25
    const stream = randomStream('tolerance')
    const ball = new Float64Array(3 * n)
    for (let i = 0; i < n; ) {
      const x = [0, 1, 2].map(() => 2 * stream.uniform() - 1) as [number, number, number]
      if (x[0] ** 2 + x[1] ** 2 + x[2] ** 2 > 1) continue
      for (let a = 0; a < 3; a++) ball[a * n + i] = x[a]!
      i++
    }
    const k = cutoffKernel({ N: n, delta })
    const exact = forces(ball, k, { precision: 'f64', method: 'direct' }).force
    const tolerance = fluctuationTolerance({ N: n, delta })
    const approximate = forces(ball, k, { tolerance, method: 'fmm' }).force
    const fluctuation = relativeError(exact, ball)
    expect(relativeError(approximate, exact)).toBeLessThan(0.01 * fluctuation)
    // Control: a hundred times the tolerance would show.
    const coarse = forces(ball, k, { tolerance: 1e-2, method: 'fmm', order: 3 }).force
    expect(relativeError(coarse, exact)).toBeGreaterThan(0.01 * fluctuation)
  })
})
