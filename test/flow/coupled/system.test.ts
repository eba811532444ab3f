import { describe, expect, test } from 'vitest'
import { randomStream } from '../../../src/base/random.js'
import { initialConfiguration, system } from '../../../src/flow/coupled/system.js'
import { customKernel } from '../../../src/interaction/customKernel.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'
import { uniformBallLaw } from '../../../src/law/uniformBallLaw.js'

const law = gaussianLaw()
const base = { law, N: 20, delta: 0.25, T: 1, seed: 1 }

describe('a system', () => {
  test('is frozen and has the kernel (4) of its numbers', () => {
    const made = system(base)
    expect(Object.isFrozen(made)).toBe(true)
    expect(made.kernel.parameters).toEqual(cutoffKernel({ N: 20, delta: 0.25 }).parameters)
    expect([made.sigma, made.replica]).toEqual([1, 0])
  })

  test('takes N, delta and sigma from a kernel that knows them', () => {
    const made = system({ law, kernel: cutoffKernel({ N: 30, delta: 0.3, sigma: -1 }), T: 1, seed: 1 })
    expect([made.N, made.delta, made.sigma]).toEqual([30, 0.3, -1])
  })

  test.each([
    ['N', { N: 21 }, /^N must be that of the kernel, 20, got 21$/],
    ['delta', { delta: 0.3 }, /^delta must be that of the kernel, 0.25, got 0.3$/],
    ['sigma', { sigma: -1 as const }, /^sigma must be that of the kernel, 1, got -1$/],
    ['profile', { profile: 'smooth' as const }, /^profile must be that of the kernel, "truncated", got "smooth"$/],
  ])('refuses a kernel that was made with another %s', (_, change, message) => {
    const kernel = cutoffKernel({ N: 20, delta: 0.25 })
    expect(() => system({ ...base, kernel, ...change })).toThrow(message)
    expect(system({ ...base, kernel }).kernel).toBe(kernel)
  })

  test('takes a kernel that knows no N and delta with any', () => {
    const kernel = customKernel({ name: 'soft', magnitude: r => r / (r * r + 1) ** 1.5, alpha: 2, sigma: -1 })
    const made = system({ ...base, kernel })
    expect([made.N, made.delta, made.sigma]).toEqual([20, 0.25, -1])
    expect(() => system({ law, T: 1, seed: 1, kernel })).toThrow(/^N must be an integer/)
  })

  test('has one key for the same numbers, and another for each that differs, be it a function alone', () => {
    expect(system({ ...base }).key).toBe(system(base).key)
    const soft = (width: number) =>
      customKernel({ name: 'soft', magnitude: r => r / (r * r + width) ** 1.5, alpha: 2, sigma: 1 })
    const keys = [
      ...[base, { ...base, N: 21 }, { ...base, delta: 0.26 }, { ...base, delta: Number.POSITIVE_INFINITY }],
      ...[
        { ...base, sigma: -1 as const },
        { ...base, T: 2 },
        { ...base, seed: 2 },
        { ...base, replica: 1 },
      ],
      ...[
        { ...base, law: uniformBallLaw() },
        { ...base, kernel: soft(1) },
        { ...base, kernel: soft(2) },
      ],
    ].map(options => system(options).key)
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('starts from points that (seed, law, N, replica) name alone', () => {
    const Z = initialConfiguration(system({ ...base, replica: 3 }))
    expect(Z).toEqual(law.sample(20, randomStream('1/gaussian/20/3/initial')))
    expect(initialConfiguration(system({ ...base, replica: 3, delta: 0.1, sigma: -1, T: 7 }))).toEqual(Z)
    expect(initialConfiguration(system(base)).q).not.toEqual(Z.q)
  })
})
