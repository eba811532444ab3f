import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { randomStream } from '../../src/base/random.js'
import { forces } from '../../src/forces/forces.js'
import { mixedErrorBound } from '../../src/forces/mixedError.js'
import { plainRequest, scalarForces } from '../../src/forces/scalarForces.js'
import type { ForcePrecision } from '../../src/forces/types.js'
import { coulombKernel } from '../../src/interaction/coulombKernel.js'
import { customKernel } from '../../src/interaction/customKernel.js'
import { cutoffKernel } from '../../src/interaction/cutoffKernel.js'
import type { Kernel } from '../../src/interaction/kernel.js'
import { powerKernel } from '../../src/interaction/powerKernel.js'
import { referenceForces, relativeError, worstError } from './support/reference.js'

/** Rounding of a double sum: at most 256 terms a lane and a few units for each pair, far below this. */
const ROUNDING = 1e-14

const normals = (key: string, length: number): Float64Array => {
  const stream = randomStream(key)
  return Float64Array.from({ length }, () => stream.normal())
}

const PROFILES = ['truncated', 'cubicSpline', 'smooth', 'plummer'] as const
const SIZES = [1, 2, 3, 17, 256, 600]

/** Kernels of every profile and power, with the precisions they have. */
function* kernels(N: number): Generator<readonly [string, Kernel, readonly ForcePrecision[]]> {
  for (const d of [2, 3]) {
    for (const alpha of [0.5, 1, 1.5, 2, 0.37]) {
      yield [`power alpha ${alpha} d ${d}`, powerKernel({ alpha, d }), ['f64']]
      for (const profile of PROFILES) {
        const kernel = cutoffKernel({ N: Math.max(2, N), delta: 0.25, d, alpha, profile, sigma: -1 })
        const mixed = (alpha === 1 || alpha === 2) && profile !== 'smooth'
        yield [`${profile} alpha ${alpha} d ${d}`, kernel, mixed ? ['f64', 'mixed'] : ['f64']]
      }
    }
  }
}

describe('the direct sum against a compensated double loop', () => {
  test.each(SIZES)('every kernel, d and precision, N = %i', N => {
    for (const [name, kernel, precisions] of kernels(N)) {
      const { d } = kernel
      const q = normals(`direct/${N}`, d * N)
      const weights = normals(`direct/w/${N}`, N)
      const targets = normals(`direct/t/${N}`, d * (N + 1))
      const whole = referenceForces(kernel, { sources: q })
      // A few shapes are enough for the second form.
      const apart = N <= 256 ? referenceForces(kernel, { sources: q, weights, targets }) : undefined
      for (const precision of precisions) {
        const allowed = precision === 'f64' ? ROUNDING : mixedErrorBound(kernel.alpha)
        const { force } = forces(q, kernel, { precision, method: 'direct' })
        expect(worstError(force, whole), `${name} ${precision}`).toBeLessThan(allowed)
        if (apart === undefined) continue
        const other = forces({ sources: q, weights, targets }, kernel, { precision, method: 'direct' })
        expect(worstError(other.force, apart), `${name} ${precision}, weighted`).toBeLessThan(allowed)
      }
    }
  })

  test("with arithmetic 'fast', where the engine has it, keeps the same bounds for every rest of a tile", () => {
    // The second tile has 1 ... 9 particles: all numbers of lanes that whole vectors leave over.
    for (let rest = 1; rest <= 9; rest++) {
      const N = 256 + rest
      const q = normals(`direct/rest/${rest}`, 3 * N)
      for (const profile of PROFILES) {
        const kernel = cutoffKernel({ N, delta: 0.25, profile })
        const exact = referenceForces(kernel, { sources: q })
        for (const precision of profile === 'smooth' ? (['f64'] as const) : (['f64', 'mixed'] as const)) {
          const { force } = forces(q, kernel, { precision, method: 'direct', arithmetic: 'fast' })
          const allowed = precision === 'f64' ? ROUNDING : mixedErrorBound(2)
          expect(worstError(force, exact), `${profile} ${precision}, ${rest} more`).toBeLessThan(allowed)
        }
      }
    }
  })

  test('weights act in the self form, and equal weights are the default', () => {
    const kernel = cutoffKernel({ N: 300, delta: 0.3 })
    const q = normals('direct/self', 900)
    const weights = normals('direct/self/w', 300)
    const { force } = forces({ sources: q, weights }, kernel, { precision: 'f64' })
    expect(worstError(force, referenceForces(kernel, { sources: q, weights }))).toBeLessThan(ROUNDING)
    const equal = forces({ sources: q, weights: new Float64Array(300).fill(1 / 300) }, kernel, { precision: 'f64' })
    expect(relativeError(equal.force, forces(q, kernel, { precision: 'f64' }).force)).toBeLessThan(1e-15)
  })

  test('control: the check sees one wrong pair among 600 particles', () => {
    const kernel = cutoffKernel({ N: 600, delta: 0.25 })
    const q = normals('direct/control', 1800)
    const exact = referenceForces(kernel, { sources: q })
    const { force } = forces(q, kernel, { precision: 'f64' })
    expect(worstError(force, exact)).toBeLessThan(ROUNDING)
    // The force of particle 1 on particle 0 with the wrong sign.
    const pair = referenceForces(kernel, {
      sources: Float64Array.of(q[1]!, q[601]!, q[1201]!),
      targets: Float64Array.of(q[0]!, q[600]!, q[1200]!),
      weights: Float64Array.of(2 / 600),
    })
    for (let a = 0; a < 3; a++) force[600 * a]! -= pair.force[a]!
    expect(worstError(force, exact)).toBeGreaterThan(1e-6)
  })

  test('control: kernel (4) with a cut-off off by one part in 1e9 fails the check', () => {
    const N = 600
    const q = normals('direct/control', 3 * N)
    const exact = referenceForces(cutoffKernel({ N, delta: 0.25 }), { sources: q })
    const other = cutoffKernel({ N, delta: 0.25 * (1 + 1e-9) })
    expect(worstError(forces(q, other, { precision: 'f64' }).force, exact)).toBeGreaterThan(ROUNDING)
  })
})

describe('single-precision pairs', () => {
  const N = 2000
  const kernel = cutoffKernel({ N, delta: 1 / 3 })

  /** Clustered on all scales: half a Gaussian, half in a ball of radius 1e-4, one particle far away. */
  const clustered = normals('mixed/clustered', 3 * N)
  for (let i = 0; i < N / 2; i++) for (let a = 0; a < 3; a++) clustered[a * N + i]! *= 1e-4
  clustered[N - 1] = 1e5

  test.each([
    ['Gaussian', normals('mixed/gaussian', 3 * N)],
    ['clustered', clustered],
    ['far from the origin', normals('mixed/gaussian', 3 * N).map(x => x + 1e6)],
  ] as const)('%s: the proved bound holds, and the error is below 1e-6 overall', (_name, q) => {
    const exact = referenceForces(kernel, { sources: q })
    const { force, plan } = forces(q, kernel, { tolerance: 1e-6, method: 'direct' })
    expect(plan.precision).toBe('mixed')
    expect(worstError(force, exact)).toBeLessThan(mixedErrorBound(2))
    expect(relativeError(force, exact.force)).toBeLessThan(1e-6)
    // It is single precision: the bound is not idle.
    expect(relativeError(force, exact.force)).toBeGreaterThan(1e-10)
  })

  test('control: single precision without relative coordinates breaks the bound', () => {
    const q = normals('mixed/gaussian', 3 * N).map(x => x + 1e6)
    const exact = referenceForces(kernel, { sources: q })
    const rounded = Float64Array.from(q, x => Math.fround(x))
    expect(worstError(forces(rounded, kernel, { precision: 'f64' }).force, exact)).toBeGreaterThan(mixedErrorBound(2))
  })
})

describe('symmetries', () => {
  const N = 400
  const q = normals('symmetry', 3 * N)
  const kernel = cutoffKernel({ N, delta: 0.25 })
  const options = { precision: 'f64', method: 'direct' } as const
  const { force } = forces(q, kernel, options)
  const size = Math.sqrt(force.reduce((sum, x) => sum + x * x, 0))

  test('the forces add up to zero, to rounding', () => {
    for (const precision of ['f64', 'mixed'] as const) {
      const result = forces(q, kernel, { precision, method: 'direct' }).force
      for (let a = 0; a < 3; a++) {
        const total = result.subarray(a * N, (a + 1) * N).reduce((sum, x) => sum + x, 0)
        expect(Math.abs(total)).toBeLessThan((precision === 'f64' ? 1e-14 : 1e-6) * size)
      }
    }
  })

  test('one particle, and coincident particles, feel nothing from each other', () => {
    for (const [, k, precisions] of kernels(5)) {
      for (const precision of precisions) {
        expect([...forces(new Float64Array(k.d).fill(0.3), k, { precision }).force]).toEqual(new Array(k.d).fill(0))
        // Five particles at one place, far from the origin.
        const same = new Float64Array(5 * k.d).fill(1e8 / 3)
        for (const f of forces(same, k, { precision }).force) expect(Math.abs(f)).toBe(0)
      }
    }
  })

  test('a permutation of the particles permutes the forces', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...Array(N).keys()], { minLength: N, maxLength: N }), order => {
        const permuted = Float64Array.from(q, (_, k) => q[Math.floor(k / N) * N + order[k % N]!]!)
        const result = forces(permuted, kernel, options).force
        const expected = Float64Array.from(q, (_, k) => force[Math.floor(k / N) * N + order[k % N]!]!)
        return relativeError(result, expected) < 1e-14
      }),
      { numRuns: 10, seed: 1 },
    )
  })

  test('a translation by a representable vector changes nothing but rounding', () => {
    fc.assert(
      fc.property(fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: -1000, max: 1000 }))), shift => {
        const moved = q.map((x, k) => x + shift[Math.floor(k / N)]!)
        // Positions round to 2^-53 1000, distances are at least 0.01 there or inside the cut-off.
        return relativeError(forces(moved, kernel, options).force, force) < 1e-11
      }),
      { numRuns: 10, seed: 2 },
    )
  })

  test('a rotation rotates the forces', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 6.3, noNaN: true }), fc.constantFrom(0, 1, 2), (angle, axis) => {
        const [a, b] = [0, 1, 2].filter(c => c !== axis) as [number, number]
        const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
        const rotate = (x: Float64Array): Float64Array => {
          const y = Float64Array.from(x)
          for (let i = 0; i < N; i++) {
            y[a * N + i] = cos * x[a * N + i]! - sin * x[b * N + i]!
            y[b * N + i] = sin * x[a * N + i]! + cos * x[b * N + i]!
          }
          return y
        }
        return relativeError(forces(rotate(q), kernel, options).force, rotate(force)) < 1e-13
      }),
      { numRuns: 10, seed: 3 },
    )
  })

  test('scaling positions and cut-off by s scales forces by s^-alpha, for s = 1e-6 ... 1e6', () => {
    fc.assert(
      fc.property(fc.double({ min: -6, max: 6, noNaN: true }), fc.constantFrom(0.5, 1, 1.5, 2), (exponent, alpha) => {
        const s = 10 ** exponent
        const bare = powerKernel({ alpha })
        const scaled = forces(
          q.map(x => s * x),
          bare,
          options,
        ).force
        const expected = forces(q, bare, options).force.map(x => x * s ** -alpha)
        return relativeError(scaled, expected) < 1e-12
      }),
      { numRuns: 20, seed: 4 },
    )
    // With cut-off: r_c = 2^-delta for N = 2 is any number wanted.
    for (const s of [1e-6, 1e6]) {
      const at = (radius: number): Kernel => cutoffKernel({ N: 2, delta: Math.max(0, -Math.log2(radius)) })
      const small = s < 1 ? s : 1
      for (const precision of ['f64', 'mixed'] as const) {
        const one = forces(
          q.map(x => (s < 1 ? x : x / s)),
          at(0.1 * (s < 1 ? 1 : 1 / s)),
          { precision },
        ).force
        const other = forces(
          q.map(x => x * small),
          at(0.1 * small),
          { precision },
        ).force
        const ratio = s < 1 ? s ** -2 : 1 / s ** 2
        const expected = one.map(x => x * ratio)
        expect(relativeError(other, expected)).toBeLessThan(precision === 'f64' ? 1e-10 : 1e-5)
      }
    }
  })
})

describe('kernels that are not built in', () => {
  const q = normals('custom', 900)

  test('a tabulated custom kernel agrees with its function to 1e-10', () => {
    const yukawa = customKernel({ name: 'yukawa', magnitude: r => ((1 + r) * Math.exp(-r)) / r / r })
    const { force, plan } = forces(q, yukawa, { tolerance: 1e-9 })
    expect(plan.arithmetic).toBe('portable')
    expect(worstError(force, referenceForces(yukawa, { sources: q }))).toBeLessThan(1e-10)
  })

  test('a custom kernel with one jump, or with several, is summed correctly', () => {
    const shell = (...breaks: number[]): Kernel =>
      customKernel({ name: 'shells', magnitude: r => breaks.filter(b => r >= b).length / (1 + r * r), breaks })
    for (const kernel of [shell(0.7), shell(0.3, 0.7, 1.1)]) {
      const { force } = forces(q, kernel)
      expect(worstError(force, referenceForces(kernel, { sources: q }))).toBeLessThan(1e-10)
    }
  })

  test('a copy of a kernel with another function is taken at its word', () => {
    const kernel = { ...cutoffKernel({ N: 300, delta: 0.3 }), magnitude: (r: number) => Math.exp(-r) }
    const result = forces(q, kernel, { tolerance: 1e-9 })
    expect(worstError(result.force, referenceForces(kernel, { sources: q }))).toBeLessThan(1e-10)
  })

  test('below the accuracy of a table the sum runs over the function itself', () => {
    const yukawa = customKernel({ name: 'yukawa', magnitude: r => ((1 + r) * Math.exp(-r)) / r / r })
    const { force, plan } = forces(q, yukawa, { tolerance: 1e-12 })
    expect(plan.arithmetic).toBe('scalar')
    expect(worstError(force, referenceForces(yukawa, { sources: q }))).toBeLessThan(ROUNDING)
  })
})

describe('the field of N samples converges to the mean field at the Monte-Carlo rate', () => {
  test('uniform ball: the error against the closed form is 2.4 N^(-(1-delta)/2) of the field', () => {
    const delta = 0.2
    const scaled = [500, 2000, 8000, 32000].map(N => {
      const stream = randomStream(`ball/${N}`)
      const q = new Float64Array(3 * N)
      for (let i = 0; i < N; ) {
        const x = [0, 1, 2].map(() => 2 * stream.uniform() - 1) as [number, number, number]
        if (x[0] ** 2 + x[1] ** 2 + x[2] ** 2 > 1) continue
        for (let a = 0; a < 3; a++) q[a * N + i] = x[a]!
        i++
      }
      const { force } = forces(q, cutoffKernel({ N, delta }), { tolerance: 1e-4 })
      // k * rho = q inside the unit ball; the cut-off changes it by O(N^(-2 delta)) near the surface only.
      return relativeError(force, q) * N ** ((1 - delta) / 2)
    })
    for (const c of scaled) {
      expect(c).toBeGreaterThan(1.6)
      expect(c).toBeLessThan(3.2)
    }
  })
})

test('the plain JavaScript form agrees with the compiled one', () => {
  const q = normals('plain', 900)
  for (const [, kernel] of kernels(300)) {
    if (kernel.d !== 3) continue
    const request = plainRequest(q, kernel)
    scalarForces(request)
    expect(relativeError(request.force, forces(q, kernel, { precision: 'f64' }).force)).toBeLessThan(1e-13)
    expect(forces(q, kernel, { arithmetic: 'scalar' }).force).toEqual(request.force)
  }
})

test('coulombKernel() and cutoffKernel({ delta: Infinity }) give the same bits', () => {
  const q = normals('bare', 900)
  const bare = cutoffKernel({ N: 300, delta: Number.POSITIVE_INFINITY })
  expect(forces(q, bare).force).toEqual(forces(q, coulombKernel()).force)
})
