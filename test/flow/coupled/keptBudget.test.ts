import { afterAll, describe, expect, test } from 'vitest'
import { randomStream } from '../../../src/base/random.js'
import { estimated } from '../../../src/base/statistics/estimate.js'
import { coupledFlow } from '../../../src/flow/coupled/coupledFlow.js'
import { coupledRun } from '../../../src/flow/coupled/coupledRun.js'
import { wantsTwiceTheSteps } from '../../../src/flow/coupled/errorBudget.js'
import { deviationObserver } from '../../../src/flow/coupled/observers/deviation.js'
import { system } from '../../../src/flow/coupled/system.js'
import type { EvolvingField } from '../../../src/flow/field/evolvingField.js'
import { closeForcePool } from '../../../src/forces/forcePool.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'

afterAll(closeForcePool)

const law = gaussianLaw()

describe('a run without `steps` whose step alone exceeds its budget is repeated with shorter ones', () => {
  // The pilot takes 40 steps here, which leaves 2.2 % of the deviation where 2 % are allowed.
  const options = { law, N: 1000, delta: 0.25, sigma: -1, T: 1, seed: 1, majorant: 'omit' } as const

  test('the Gaussian law under attraction: it is the run of twice the steps, bit by bit, and says so', async () => {
    const kept = await coupledFlow(options)
    expect(kept.budget.within).toBe(true)
    expect(kept.budget.firstSteps).toBe(40)
    expect(kept.budget.summary).toMatch(/^error budget kept: .*with 80 steps after 40 had exceeded it$/)
    const twice = await coupledFlow({ ...options, steps: 80 })
    expect(twice.budget.firstSteps).toBeUndefined()
    expect(kept.parameters).toEqual(twice.parameters)
    expect(kept.columns).toEqual(twice.columns)
    expect(kept.Psi).toEqual(twice.Psi)
    // The control: measured alone, it is the first run, which exceeds.
    const measured = await coupledFlow({ ...options, budget: 'measured' })
    expect(measured.budget.within).toBe(false)
    expect(measured.columns).toEqual((await coupledFlow({ ...options, steps: 40 })).columns)
  })

  test('it tells its outputs anew, its steps in one count, and ends when it is asked to', async () => {
    const times: number[] = []
    const counts: (readonly [done: number, total: number])[] = []
    const controller = new AbortController()
    const told = {
      ...options,
      outputs: 2,
      onOutput: ({ t }: { readonly t: number }) => void times.push(t),
      onProgress: (done: number, total: number) => void counts.push([done, total]),
    }
    const { steps } = (await coupledFlow(told)).parameters
    const first = Number(steps) / 2
    expect(times).toEqual([0, 0.5, 1, 0, 0.5, 1])
    expect(counts.map(([done]) => done)).toEqual(Array.from({ length: 4.5 * first }, (_, k) => k + 1))
    expect(counts[0]![1]).toBe(1.5 * first)
    expect(counts.at(-1)![1]).toBe(4.5 * first)
    const reason = new Error('enough')
    const onProgress = (done: number): void => {
      if (done > 2 * first) controller.abort(reason)
    }
    await expect(coupledFlow({ ...told, onProgress, signal: controller.signal })).rejects.toBe(reason)
  })
})

describe('without pair forces, in a field that the pilot does not feel', () => {
  const T = 1
  /** F = -w q, in which characteristics are q cos(sqrt(w) t) + p sin(sqrt(w) t)/sqrt(w). */
  const runOf = async (N: number, w: number, numerics = {}, delta = 0.25) => {
    const of = system({ law, N, delta, sigma: 0, T, seed: 1 })
    const field: EvolvingField = {
      ...{ law, kernel: of.kernel, T, method: 'harmonic', parameters: { w }, scale: 1 },
      error: estimated(0, 0, 'exact'),
      force: (_t, q, out) => {
        for (let k = 0; k < q.length; k++) out[k] = -w * q[k]!
        return out
      },
    }
    return coupledRun(of, { field, outputs: 4, notes: 'hide', ...numerics }, [deviationObserver()])
  }

  test('the repeated run is within the budget by the closed form, the first is not', async () => {
    const [N, w] = [400, 30]
    const root = Math.sqrt(w)
    const Z = law.sample(N, randomStream({ seed: 1, law: law.name, N }))
    const trueShare = ({ Phi, columns }: Awaited<ReturnType<typeof runOf>>): number => {
      const error = Phi.q.map((q, k) =>
        Math.abs(q - Z.q[k]! * Math.cos(root * T) - (Z.p[k]! * Math.sin(root * T)) / root),
      )
      const sizes = [...columns.supPosition, ...columns.supMomentum]
      return Math.max(...error) / Math.max(...sizes)
    }
    const budgetLimit = 0.02
    const kept = await runOf(N, w, { budgetLimit })
    expect(kept.budget.within).toBe(true)
    expect(trueShare(kept)).toBeLessThan(budgetLimit)
    expect(kept.parameters.steps).toBe(2 * kept.budget.firstSteps!)
    const first = await runOf(N, w, { budgetLimit, budget: 'measured' })
    expect(first.parameters.steps).toBe(kept.budget.firstSteps)
    expect(first.budget.within).toBe(false)
  })

  test('not where four times the steps would not do', async () => {
    const { budget } = await runOf(400, 30, { budgetLimit: 1e-4 })
    expect(budget.within).toBe(false)
    expect(budget.firstSteps).toBeUndefined()
  })

  test('not beyond limits.particleSteps', async () => {
    // The pilot's own limit is 512 particles times 65536 steps, the least that may be asked for; so many steps are a
    // small cut-off radius's.
    const [N, delta, budgetLimit] = [20_000, 0.45, 2e-5]
    const { budget, parameters } = await runOf(N, 30, { budgetLimit, limits: { particleSteps: 512 * 65536 } }, delta)
    expect(budget.within).toBe(false)
    expect(budget.firstSteps).toBeUndefined()
    const particleSteps = 4.5 * Number(parameters.steps) * N
    expect(particleSteps).toBeGreaterThan(512 * 65536)
    // The control: as much as it takes, and it is repeated; the first steps of that are enough to see.
    const repeated = new Error('repeated')
    const onProgress = (done: number): void => {
      if (done > 1.5 * Number(parameters.steps)) throw repeated
    }
    await expect(runOf(N, 30, { budgetLimit, limits: { particleSteps }, onProgress }, delta)).rejects.toBe(repeated)
  })
})

test('what force and field leave of the budget is what the step may take', () => {
  const share = (value: number) => ({ ...estimated(0, 0, 'given'), value })
  const wants = (step: number, field: number, times: number): boolean =>
    wantsTwiceTheSteps({ step: share(step), force: share(0), field: share(field), limit: 0.02 }, times)
  expect(wants(0.019, 0, 1)).toBe(false)
  expect(wants(0.019, 0.005, 1)).toBe(true)
  // With a field above the limit no step helps; after four times the steps none are tried.
  expect(wants(0.019, 0.021, 1)).toBe(false)
  expect(wants(0.33, 0, 1)).toBe(false)
  expect([wants(0.31, 0, 1), wants(0.07, 0, 2), wants(0.021, 0, 4)]).toEqual([true, true, false])
  expect(wants(Number.NaN, 0, 1)).toBe(false)
})
