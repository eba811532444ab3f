import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { randomStream } from '../../src/base/random.js'
import { closeForcePool, poolThreads } from '../../src/forces/forcePool.js'
import { forces } from '../../src/forces/forces.js'
import { forcesAsync } from '../../src/forces/forcesAsync.js'
import type { ForceOptions } from '../../src/forces/types.js'
import { coulombKernel } from '../../src/interaction/coulombKernel.js'
import { cutoffKernel } from '../../src/interaction/cutoffKernel.js'
import type { Kernel } from '../../src/interaction/kernel.js'

const normals = (key: string, length: number): Float64Array => {
  const stream = randomStream(key)
  return Float64Array.from({ length }, () => stream.normal())
}
const N = 3001
const q = normals('threads/q', 3 * N)
const kernel = cutoffKernel({ N, delta: 0.3 })
/** Enough work that an interruption comes in the middle. */
const many = normals('threads/many', 3 * 60_000)

afterAll(closeForcePool)

describe('results do not depend on the number of threads', () => {
  const cases: readonly [string, Kernel, ForceOptions][] = [
    ['f64', kernel, { precision: 'f64' }],
    ['mixed', kernel, { precision: 'mixed' }],
    ['with potentials', kernel, { precision: 'f64', potential: 'include' }],
    ['a tabulated power', cutoffKernel({ N, delta: 0.3, alpha: 1.5 }), {}],
  ]
  test.each(cases)('%s: 1, 2 and 3 threads give the same bits', async (_name, k, options) => {
    const one = forces(q, k, options)
    for (const threads of [1, 2, 3]) {
      const many = await forcesAsync(q, k, { ...options, threads })
      expect(many.plan.threads).toBe(threads)
      expect(many.force).toEqual(one.force)
      expect(many.potential).toEqual(one.potential)
    }
  })

  test('targets apart from weighted sources: the same bits on 1 and 2 threads', async () => {
    const points = { targets: normals('threads/t', 3 * 1500), sources: q, weights: normals('threads/w', N) }
    for (const precision of ['f64', 'mixed'] as const) {
      const { force } = forces(points, kernel, { precision })
      expect((await forcesAsync(points, kernel, { precision, threads: 2 })).force).toEqual(force)
    }
  })

  test('many calls at once take turns', async () => {
    const kernels = [kernel, coulombKernel(), cutoffKernel({ N, delta: 0.1 })]
    const results = await Promise.all(kernels.map(k => forcesAsync(q, k, { threads: 2 })))
    for (const [i, { force }] of results.entries()) expect(force).toEqual(forces(q, kernels[i]!).force)
  })

  test('control: the order of summation does show in the bits', () => {
    const reversed = Float64Array.from(q, (_, k) => q[Math.floor(k / N) * N + (N - 1 - (k % N))]!)
    const back = forces(reversed, kernel, { precision: 'f64' }).force
    const force = forces(q, kernel, { precision: 'f64' }).force
    expect(Float64Array.from(force, (_, k) => back[Math.floor(k / N) * N + (N - 1 - (k % N))]!)).not.toEqual(force)
  })
})

describe('without shared memory', () => {
  afterEach(() => vi.unstubAllGlobals())

  test('one thread does the work, and the result is the same', async () => {
    vi.stubGlobal('SharedArrayBuffer', undefined)
    const { force, plan } = await forcesAsync(q, kernel, { threads: 2 })
    expect(plan.threads).toBe(1)
    expect(force).toEqual(forces(q, kernel).force)
  })
})

describe('interruption and death', () => {
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await new Promise(resolve => setTimeout(resolve, 5))
  }

  test('an aborted signal rejects with its reason at once, and the next call is right', async () => {
    const controller = new AbortController()
    const computing = forcesAsync(many, coulombKernel(), { threads: 2, signal: controller.signal, method: 'direct' })
    let start: NodeJS.CpuUsage | undefined
    setTimeout(() => {
      start = process.cpuUsage()
      controller.abort(new Error('enough'))
    }, 200)
    await expect(computing).rejects.toThrow('enough')
    // Processor time of all threads, however busy the machine: the whole sum takes several seconds of it.
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(1.5)
    expect((await forcesAsync(q, kernel, { threads: 2 })).force).toEqual(forces(q, kernel).force)
  })

  test('a signal aborted beforehand is refused before any work', async () => {
    await expect(forcesAsync(q, kernel, { signal: AbortSignal.abort(new Error('never')) })).rejects.toThrow('never')
  })

  test('a thread that dies is reported, not waited for, and the next call is right', async () => {
    // Threads that are up and idle, so that the one that dies has a task.
    await forcesAsync(q, kernel, { threads: 2 })
    await until(() => poolThreads().length === 2)
    await new Promise(resolve => setTimeout(resolve, 500))
    const computing = forcesAsync(many, coulombKernel(), { threads: 2, method: 'direct' })
    computing.catch(() => undefined)
    await new Promise(resolve => setTimeout(resolve, 200))
    await poolThreads()[0]!.terminate()
    await expect(computing).rejects.toThrow('ended before its work was done')
    expect((await forcesAsync(q, kernel, { threads: 2 })).force).toEqual(forces(q, kernel).force)
  })

  test('an interrupt ends the threads, and the next call is right', async () => {
    await closeForcePool()
    const computing = forcesAsync(many, coulombKernel(), { threads: 2, method: 'direct' })
    computing.catch(() => undefined)
    await until(() => poolThreads().length > 0)
    // What Ctrl-C and "Interrupt kernel" do; with nothing registered, this event would find no listener.
    expect(process.emit('SIGINT')).toBe(true)
    await expect(computing).rejects.toThrow('interrupted')
    expect(poolThreads()).toHaveLength(0)
    expect((await forcesAsync(q, kernel, { threads: 2 })).force).toEqual(forces(q, kernel).force)
    expect(process.emit('SIGINT')).toBe(false)
  })

  test('closing the pool ends what is under way', async () => {
    await closeForcePool()
    const computing = forcesAsync(many, coulombKernel(), { threads: 2, method: 'direct' })
    computing.catch(() => undefined)
    await until(() => poolThreads().length > 0)
    await closeForcePool()
    await expect(computing).rejects.toThrow('ended before its work was done')
    expect(poolThreads()).toHaveLength(0)
  })

  test('an idle pool does not keep the process alive', () => {
    const dist = fileURLToPath(new URL('../../dist/', import.meta.url))
    const program = `
      const { forcesAsync } = await import(${JSON.stringify(`file://${dist}forces/forcesAsync.js`)})
      const { coulombKernel } = await import(${JSON.stringify(`file://${dist}interaction/coulombKernel.js`)})
      const q = Float64Array.from({ length: 6000 }, (_, i) => (i * 7919) % 6007)
      console.log((await forcesAsync(q, coulombKernel(), { threads: 2 })).plan.threads)`
    const { stdout, status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
    })
    expect(stderr).toBe('')
    expect(stdout.trim()).toBe('2')
    expect(status).toBe(0)
  })
})
