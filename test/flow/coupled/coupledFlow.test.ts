import { afterAll, describe, expect, test } from 'vitest'
import { randomStream } from '../../../src/base/random.js'
import { estimated } from '../../../src/base/statistics/estimate.js'
import { coupledFlow } from '../../../src/flow/coupled/coupledFlow.js'
import { sampledForceError } from '../../../src/flow/coupled/errorBudget.js'
import { chaosDistance } from '../../../src/flow/coupled/measureOfChaos.js'
import type { EvolvingField } from '../../../src/flow/field/evolvingField.js'
import { NonFiniteStateError } from '../../../src/flow/step/nonFiniteState.js'
import { closeForcePool } from '../../../src/forces/forcePool.js'
import { forces } from '../../../src/forces/forces.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import type { Kernel } from '../../../src/interaction/kernel.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'

afterAll(closeForcePool)

const law = gaussianLaw()
const delta = 0.25

/** A field linear in q, F = -w q: its characteristics are circles in phase space. */
const harmonic = (kernel: Kernel, w: number, error = 0): EvolvingField => ({
  law,
  kernel,
  T: 10,
  method: 'harmonic',
  parameters: { w },
  error: { ...estimated(0, error, 'given'), low: 0 },
  scale: 1,
  force: (_t, q, out) => {
    for (let k = 0; k < q.length; k++) out[k] = -w * q[k]!
    return out
  },
})
const free = (N: number): EvolvingField => harmonic(cutoffKernel({ N, delta, sigma: 0 }), 0)

describe('a coupled run', () => {
  test('without forces the two flows are one', async () => {
    const run = await coupledFlow({ law, N: 50, delta, sigma: 0, T: 1, seed: 1, field: free(50), outputs: 2, steps: 8 })
    expect(Math.max(...run.columns.position!, ...run.columns.momentum!)).toBe(0)
    // Both are free motion: q + t p of the sample, to rounding.
    const Z = law.sample(50, randomStream({ seed: 1, law: law.name, N: 50 }))
    for (let k = 0; k < 150; k++) expect(run.Psi.q[k]).toBeCloseTo(Z.q[k]! + Z.p[k]!, 13)
  })

  test('tells its state at every output, the records so far among it, and waits for who listens', async () => {
    const seen: { readonly t: number; readonly rows: number; readonly q: number }[] = []
    let waiting = false
    const run = await coupledFlow({
      ...{ law, N: 20, delta, T: 1, seed: 1, field: free(20), outputs: 4, steps: 8 },
      onOutput: async ({ t, records, Psi }) => {
        expect(waiting).toBe(false)
        waiting = true
        await new Promise(resolve => setTimeout(resolve, 1))
        waiting = false
        seen.push({ t, rows: records.times.length, q: Psi.q[0]! })
      },
    })
    expect(seen.map(({ t }) => t)).toEqual([0, 0.25, 0.5, 0.75, 1])
    expect(seen.map(({ rows }) => rows)).toEqual([1, 2, 3, 4, 5])
    expect(seen[4]!.q).toBe(run.Psi.q[0])
  })

  test('agrees with a Runge-Kutta integration of both flows by plain loops', async () => {
    const [N, T, w] = [20, 1, 0.7]
    const kernel = cutoffKernel({ N, delta })
    const run = await coupledFlow({
      law,
      N,
      delta,
      T,
      seed: 1,
      field: harmonic(kernel, w),
      outputs: 4,
      steps: 4000,
      budget: 'omit',
    })
    const Z = law.sample(N, randomStream({ seed: 1, law: law.name, N }))
    const size = 3 * N
    const pairs = (x: Float64Array): Float64Array => {
      const dx = new Float64Array(2 * size)
      dx.set(x.subarray(size))
      for (let i = 0; i < N; i++) {
        for (let j = 0; j < N; j++) {
          const d = [0, 1, 2].map(a => x[a * N + i]! - x[a * N + j]!)
          const r = Math.max(Math.hypot(...d), kernel.cutoffRadius)
          for (let a = 0; a < 3; a++) dx[size + a * N + i]! += d[a]! / r ** 3 / N
        }
      }
      return dx
    }
    const circle = (x: Float64Array): Float64Array => {
      const dx = new Float64Array(2 * size)
      for (let k = 0; k < size; k++) {
        dx[k] = x[size + k]!
        dx[size + k] = -w * x[k]!
      }
      return dx
    }
    const rungeKutta = (f: (x: Float64Array) => Float64Array, steps: number): Float64Array => {
      let x = Float64Array.of(...Z.q, ...Z.p)
      const h = T / steps
      for (let n = 0; n < steps; n++) {
        const k1 = f(x)
        const k2 = f(x.map((v, k) => v + 0.5 * h * k1[k]!))
        const k3 = f(x.map((v, k) => v + 0.5 * h * k2[k]!))
        const k4 = f(x.map((v, k) => v + h * k3[k]!))
        x = x.map((v, k) => v + (h / 6) * (k1[k]! + 2 * k2[k]! + 2 * k3[k]! + k4[k]!))
      }
      return x
    }
    const Psi = rungeKutta(pairs, 1000)
    const Phi = rungeKutta(circle, 1000)
    const largest = (from: number): number => {
      let worst = 0
      for (let k = from; k < from + size; k++) worst = Math.max(worst, Math.abs(Psi[k]! - Phi[k]!))
      return worst
    }
    // Leapfrog in 4000 steps: h^2 = 6e-8 times forces of order 1.
    expect(run.columns.position![4]).toBeCloseTo(largest(0), 5)
    expect(run.columns.momentum![4]).toBeCloseTo(largest(size), 5)
    expect(largest(0)).toBeGreaterThan(0.05)
    const stability = pairs(Psi)
    const fluctuation = pairs(Phi)
    let worst = 0
    for (let k = size; k < 2 * size; k++) worst = Math.max(worst, Math.abs(fluctuation[k]! + w * Phi[k - size]!))
    expect(run.columns.fluctuation![4]).toBeCloseTo(worst, 4)
    worst = 0
    for (let k = size; k < 2 * size; k++) worst = Math.max(worst, Math.abs(stability[k]! - fluctuation[k]!))
    expect(run.columns.stability![4]).toBeCloseTo(worst, 4)
  })

  test('starts from points that depend on seed, law, N and replica alone', async () => {
    const common = { law, N: 40, T: 0.5, field: free(40), outputs: 1, steps: 2, sigma: 0 as const }
    const one = await coupledFlow({ ...common, delta: 0.1, seed: 1 })
    const other = await coupledFlow({ ...common, delta: 0.3, seed: 1 })
    expect(other.Psi.q).toEqual(one.Psi.q)
    expect((await coupledFlow({ ...common, delta: 0.1, seed: 2 })).Psi.q).not.toEqual(one.Psi.q)
    expect((await coupledFlow({ ...common, delta: 0.1, seed: 1, replica: 1 })).Psi.q).not.toEqual(one.Psi.q)
  })

  test('has the same bits on one and on two threads', async () => {
    const N = 2000
    const options = { law, N, delta, T: 0.2, seed: 1, field: free(N), outputs: 1, steps: 4 }
    const one = await coupledFlow({ ...options, threads: 1 })
    const two = await coupledFlow({ ...options, threads: 2 })
    expect(two.Psi).toEqual(one.Psi)
    expect(two.columns).toEqual(one.columns)
  })

  test('records Delta and J as defined, and memberships against their thresholds', async () => {
    const N = 100
    const run = await coupledFlow({
      law,
      N,
      delta,
      T: 0.5,
      seed: 1,
      field: harmonic(cutoffKernel({ N, delta }), 0.2),
      outputs: 5,
      steps: 20,
      rates: [{ lambda: 0, beta: 0.9 }],
    })
    const { position, momentum, Delta, logJ0, inB, fluctuation, inA0 } = run.columns
    let most = Number.NEGATIVE_INFINITY
    for (let n = 0; n <= 5; n++) {
      expect(Delta![n]).toBe(chaosDistance(N, position![n]!, momentum![n]!))
      most = Math.max(most, Math.log(N ** delta * Delta![n]! + N ** (delta - 0.9)))
      // The suprema also see the steps between two outputs.
      expect(logJ0![n]).toBeGreaterThanOrEqual(most - 1e-12)
      expect(logJ0![n]).toBeLessThan(most + 0.5)
      expect(inA0![n]).toBe(logJ0![n]! < 0 ? 1 : 0)
      expect(inB![n]).toBe(fluctuation![n]! < N ** (2 * delta - 1) ? 1 : 0)
    }
    expect(run.thresholds.force).toBeCloseTo(N ** (2 * delta - 1), 14)
  })

  test('with noise both flows see the same Brownian path', async () => {
    const noise = { diffusion: 0.3, friction: 0.1 }
    const N = 50
    const run = await coupledFlow({
      law,
      N,
      delta,
      sigma: 0,
      T: 1,
      seed: 1,
      field: free(N),
      outputs: 1,
      steps: 4,
      noise,
    })
    expect(Math.max(...run.columns.position!)).toBe(0)
    const still = await coupledFlow({ law, N, delta, sigma: 0, T: 1, seed: 1, field: free(N), outputs: 1, steps: 4 })
    expect(run.Psi.q).not.toEqual(still.Psi.q)
  })

  test('an external force acts on both flows and is no part of the fluctuation', async () => {
    const N = 30
    const options = { law, N, delta, T: 0.5, seed: 1, field: free(N), outputs: 1, steps: 8, sigma: 0 as const }
    const external = (_t: number, q: Float64Array, out: Float64Array): void => void out.set(q.map(x => -x))
    const run = await coupledFlow({ ...options, external })
    expect(Math.max(...run.columns.position!, ...run.columns.stability!, ...run.columns.fluctuation!)).toBe(0)
    expect(run.Psi.q).not.toEqual((await coupledFlow(options)).Psi.q)
  })
})

describe('the error budget of a run', () => {
  const N = 200
  const kernel = cutoffKernel({ N, delta })
  const options = { law, N, delta, T: 1, seed: 1, outputs: 2 }

  test('is kept with enough steps, and says so', async () => {
    const { budget } = await coupledFlow({ ...options, field: harmonic(kernel, 0.1), steps: 80 })
    expect(budget.within).toBe(true)
    expect(budget.summary).toMatch('error budget kept')
    expect(budget.step.value).toBeGreaterThan(0)
  })

  test('control: too long a step and too coarse a field are each told', async () => {
    const long = await coupledFlow({ ...options, T: 4, field: harmonic(kernel, 0.1), steps: 4 })
    expect(long.budget.step.value).toBeGreaterThan(0.02)
    expect(long.budget.summary).toMatch('EXCEEDED')
    const field = await coupledFlow({ ...options, field: harmonic(kernel, 0.1, 0.05), steps: 80 })
    expect(field.budget.field.value).toBeGreaterThan(0.02)
    expect(field.budget.within).toBe(false)
  })

  test('is incomplete, not kept, when the step error is not measured', async () => {
    const { budget } = await coupledFlow({ ...options, field: harmonic(kernel, 0.1), steps: 80, budget: 'omit' })
    expect(budget.within).toBe(false)
    expect(budget.summary).toMatch('incomplete')
  })

  test('the step share is the step error: it falls by four when the step is halved', async () => {
    // Without pair forces, which have a corner, the order is that of leapfrog in the harmonic field.
    const share = async (steps: number): Promise<number> =>
      (await coupledFlow({ ...options, N: 4, sigma: 0, field: harmonic(kernel, 0.5), steps })).budget.step.value
    const ratio = (await share(40)) / (await share(80))
    expect(ratio).toBeGreaterThan(3.5)
    expect(ratio).toBeLessThan(4.5)
  })
})

test('the force error is that of the sampled particles', async () => {
  const N = 300
  const kernel = cutoffKernel({ N, delta })
  const { q } = law.sample(N, randomStream('sampled'))
  const { force } = forces(q, kernel, { method: 'direct', precision: 'f64', tolerance: 1e-12 })
  expect(await sampledForceError(q, force, kernel, 100)).toBeLessThan(1e-15)
  // Of 300 particles the sample of 100 holds 1, 4, 7, ...
  force[N + 4]! += 0.01
  expect(await sampledForceError(q, force, kernel, 100)).toBeCloseTo(0.01, 14)
  force[N + 4]! -= 0.01
  force[5]! += 0.01
  expect(await sampledForceError(q, force, kernel, 100)).toBeLessThan(1e-15)
})

describe('what is refused or stops', () => {
  const field = free(10)
  const base = { law, N: 10, delta, T: 1, seed: 1, field }
  test.each([
    ['N = 1', { N: 1 }, /N must be at least 2/],
    ['T = 0', { T: 0 }, /T must/],
    ['delta < 0', { delta: -0.1 }, /delta must/],
    ['steps that do not fit the outputs', { outputs: 3, steps: 10 }, /multiple of twice the outputs, 6, got 10/],
    ['noise without a field that knows it', { noise: { diffusion: 1 }, field: undefined }, /noise needs a field/],
    ['a field that ends too early', { T: 20 }, /field must reach T = 20/],
    ['more paths than particles', { paths: 11 }, /paths/],
    ['a scheme that leaves the time interval', { scheme: 'yoshida4' }, /scheme must be 'leapfrog' or 'suzuki4'/],
    ['a kernel of the plane', { kernel: cutoffKernel({ N: 10, delta, d: 2 }) }, /kernel.d must be 3/],
  ])('%s', async (_name, change, message) => {
    await expect(coupledFlow({ ...base, ...change } as never)).rejects.toThrow(message)
  })

  test('a state that is no longer finite stops the run with time and particle, and keeps what was recorded', async () => {
    const external = (t: number, _q: Float64Array, out: Float64Array): void => {
      out.fill(0)
      if (t > 0.6) out[3] = Number.NaN
    }
    const failing = coupledFlow({ ...base, external, sigma: 0, outputs: 4, steps: 16 })
    await expect(failing).rejects.toThrow(NonFiniteStateError)
    await expect(failing).rejects.toThrow(/force of particle 3/)
    const error = (await failing.catch((e: unknown) => e)) as { records: { times: Float64Array } }
    expect(Array.from(error.records.times)).toEqual([0, 0.25, 0.5])
  })

  test('an aborted signal ends it', async () => {
    const controller = new AbortController()
    const stopped = coupledFlow({
      ...base,
      signal: controller.signal,
      onProgress: done => done === 2 && controller.abort(new Error('enough')),
    })
    await expect(stopped).rejects.toThrow('enough')
  })
})
