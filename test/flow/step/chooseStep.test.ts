import { describe, expect, test } from 'vitest'
import type { Configuration } from '../../../src/base/configuration.js'
import { randomStream } from '../../../src/base/random.js'
import { maximumDifference } from '../../../src/flow/micro/invariants.js'
import { pairAcceleration } from '../../../src/flow/micro/pairAcceleration.js'
import { chooseStep } from '../../../src/flow/step/chooseStep.js'
import type { ChosenStep } from '../../../src/flow/step/chosenStep.js'
import { particleStepper } from '../../../src/flow/step/particleStepper.js'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import type { Kernel } from '../../../src/interaction/kernel.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'

const N = 700
const Z = gaussianLaw().sample(N, randomStream('chooseStep'))
const options = { T: 1, tolerance: 1e-3, pilot: 128 } as const

function end(kernel: Kernel, { scheme, steps }: Pick<ChosenStep, 'scheme' | 'steps'>): Configuration {
  const { acceleration } = pairAcceleration(N, kernel, { tolerance: 1e-12, threads: 1 })
  const stepper = particleStepper(Z, { acceleration, T: 1, steps, scheme })
  stepper.advanceSync(steps)
  return stepper.Z
}

const distance = (X: Configuration, Y: Configuration): number =>
  Math.max(maximumDifference(X.q, Y.q), maximumDifference(X.p, Y.p))

describe('the automatic step', () => {
  test.each([1, -1] as const)('keeps the whole system within the tolerance, sigma = %i', async sigma => {
    const kernel = cutoffKernel({ N, delta: 0.25, sigma })
    const chosen = await chooseStep(Z, kernel, options)
    expect(chosen.reached).toBe(true)
    expect(chosen.error.high).toBeLessThanOrEqual(1e-3)
    const reference = end(kernel, { scheme: 'leapfrog', steps: 8 * chosen.steps })
    const error = distance(end(kernel, chosen), reference)
    expect(error).toBeLessThan(1e-3)
    // Control: it is not safe by being tiny. A quarter of the steps, at order 2, breaks the tolerance in the pilot,
    // whose pairs are stronger.
    expect(chosen.trials.filter(({ scheme }) => scheme === chosen.scheme)[0]!.deviation).toBeGreaterThan(1e-3)
    expect(error).toBeGreaterThan(1e-5)
  })

  test('sees the corner: order 4 pays for the softened kernel and not for the kernel (4)', async () => {
    const fine = { ...options, tolerance: 2e-6, pilot: 24 }
    const corner = await chooseStep(Z, cutoffKernel({ N, delta: 0.25 }), fine)
    const soft = await chooseStep(Z, cutoffKernel({ N, delta: 0.25, profile: 'plummer' }), fine)
    expect(corner.scheme).toBe('leapfrog')
    expect(soft.scheme).toBe('suzuki4')
    expect(soft.evaluations).toBeLessThan(corner.evaluations)
  })

  test('starts with steps in which a typical pair does not cross the cut-off radius', async () => {
    const near = cutoffKernel({ N, delta: 0.6 })
    const { trials } = await chooseStep(Z, near, { ...options, tolerance: 1, pilot: 20, schemes: ['leapfrog'] })
    // Every 35th of 700 particles.
    const part = (x: Float64Array): number[] => Array.from(x).filter((_, k) => (k % N) % 35 === 0)
    const speed = Math.sqrt(part(Z.p).reduce((sum, v) => sum + v * v, 0) / 20)
    const step = 1 / (trials[0]!.steps / 2)
    expect(step * 2 * speed).toBeLessThanOrEqual(near.cutoffRadius)
    expect(step * 2 * speed).toBeGreaterThan(0.9 * near.cutoffRadius)
  })

  test('is deterministic, needs the fewest steps without interaction, and treats noise', async () => {
    const kernel = cutoffKernel({ N, delta: 0.25 })
    expect(await chooseStep(Z, kernel, options)).toEqual(await chooseStep(Z, kernel, options))
    const free = await chooseStep(Z, coulombKernel({ sigma: 0 }), options)
    // Free streaming is exact but for rounding.
    expect(free.error.high).toBeLessThan(1e-13)
    expect(free.trials).toHaveLength(1)
    const noisy = await chooseStep(Z, kernel, { ...options, pilot: 40, noise: { key: 'chooseStep', diffusion: 0.1 } })
    expect([noisy.scheme, noisy.reached]).toEqual(['leapfrog', true])
  })

  test('says when the tolerance cannot be reached', async () => {
    const kernel = cutoffKernel({ N, delta: 0.25 })
    const chosen = await chooseStep(Z, kernel, { ...options, tolerance: 1e-12, maxSteps: 64, pilot: 30 })
    expect(chosen.reached).toBe(false)
    expect(chosen.steps).toBeLessThanOrEqual(64)
    expect(chosen.error.high).toBeGreaterThan(1e-12)
  })

  test('refuses bad input and listens to a signal', async () => {
    const bad = (changes: object) => expect(chooseStep(Z, coulombKernel(), { ...options, ...changes })).rejects
    await bad({ tolerance: 0 }).toThrow(/tolerance must be a finite number > 0, got 0/)
    await bad({ T: Number.NaN }).toThrow(/T must be/)
    await bad({ pilot: 0 }).toThrow(/pilot must be an integer >= 1, got 0/)
    await bad({ schemes: [] }).toThrow(/schemes must be a list/)
    await bad({ maxSteps: 2 }).toThrow(/maxSteps must be an integer >= 4/)
    await bad({ signal: AbortSignal.abort(new Error('never')) }).toThrow('never')
  })
})
