import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { randomStream } from '../../src/base/random.js'
import { invariants } from '../../src/flow/micro/invariants.js'
import { microscopicFlow } from '../../src/flow/micro/microscopicFlow.js'
import { chooseStep } from '../../src/flow/step/chooseStep.js'
import { closeForcePool } from '../../src/forces/forcePool.js'
import { forces } from '../../src/forces/forces.js'
import { forcesAsync } from '../../src/forces/forcesAsync.js'
import { majorantSums, majorantSumsAsync } from '../../src/forces/pairSums.js'
import { customKernel } from '../../src/interaction/customKernel.js'
import { cutoffKernel } from '../../src/interaction/cutoffKernel.js'
import type { Kernel } from '../../src/interaction/kernel.js'
import { lipschitzMajorant } from '../../src/interaction/lipschitzMajorant.js'
import { gaussianLaw } from '../../src/law/gaussianLaw.js'

afterAll(closeForcePool)
afterEach(() => vi.restoreAllMocks())

/** A kernel whose magnitude takes a millisecond of a clock that stands still otherwise; its potential another. */
function slowKernel(): { readonly kernel: Kernel; readonly clock: { now: number; calls: number } } {
  const clock = { now: 0, calls: 0 }
  const slow = <T>(value: T): T => {
    clock.now++
    clock.calls++
    return value
  }
  const kernel = customKernel({
    name: 'slow',
    magnitude: r => slow(((1 + r) * Math.exp(-r)) / r ** 2),
    potential: r => slow(Math.exp(-r) / r),
    // Two corners: no table holds them.
    breaks: [0.5, 1],
  })
  vi.spyOn(performance, 'now').mockImplementation(() => clock.now)
  clock.calls = 0
  return { kernel, clock }
}

const Z = gaussianLaw().sample(300, randomStream('turns'))
const pairs = Z.N * Z.N

describe('a sum over a function that is slow ends when it is told to, long before it is done', () => {
  const calls: Readonly<Record<string, (kernel: Kernel, signal: AbortSignal) => Promise<unknown>>> = {
    forces: (kernel, signal) => forcesAsync(Z, kernel, { signal }),
    energies: (kernel, signal) => invariants(Z, kernel, { signal }),
    'the microscopic flow': (kernel, signal) => microscopicFlow(Z, kernel, { T: 1, steps: 100, signal }),
    'the choice of a step': (kernel, signal) => chooseStep(Z, kernel, { T: 1, tolerance: 1e-3, signal }),
  }
  test.each(Object.entries(calls))('%s', async (_name, call) => {
    const { kernel, clock } = slowKernel()
    const controller = new AbortController()
    setTimeout(() => controller.abort(new Error('enough')), 0)
    await expect(call(kernel, controller.signal)).rejects.toThrow('enough')
    // Rows of 300 pairs in blocks of 13, looked at 50 ms after the start: a second or two of this clock's 90.
    expect(clock.calls).toBeLessThan(0.2 * pairs)
  })
})

describe('in turns or at once, the numbers are the same to the bit', () => {
  test('plain loops', async () => {
    const { kernel } = slowKernel()
    const once = forces(Z, kernel, { potential: 'include' })
    const turns = await forcesAsync(Z, kernel, { potential: 'include' })
    expect(turns.force).toEqual(once.force)
    expect(turns.potential).toEqual(once.potential)
    expect(turns.plan).toEqual(once.plan)
  })

  test('compiled loops on one thread, and majorants on one and two', async () => {
    const many = gaussianLaw().sample(2000, randomStream('turns/many'))
    const kernel = cutoffKernel({ N: 2000, delta: 0.25 })
    const options = { tolerance: 1e-3, potential: 'include' } as const
    const once = forces(many, kernel, options)
    const turns = await forcesAsync(many, kernel, { ...options, threads: 1 })
    expect(turns.force).toEqual(once.force)
    expect(turns.potential).toEqual(once.potential)
    expect(turns.plan).toEqual(once.plan)
    const majorant = lipschitzMajorant({ N: 2000, delta: 0.25 })
    const sums = majorantSums(many.q, majorant)
    for (const threads of [1, 2]) expect(await majorantSumsAsync(many.q, majorant, { threads })).toEqual(sums)
  })

  test('a signal that was aborted before is heard before any work', async () => {
    const signal = AbortSignal.abort(new Error('before'))
    const majorant = lipschitzMajorant({ N: 2000, delta: 0.25 })
    await expect(majorantSumsAsync(Z.q, majorant, { signal })).rejects.toThrow('before')
  })
})
