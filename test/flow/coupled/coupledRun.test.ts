import { afterAll, describe, expect, test, vi } from 'vitest'
import { coupledFlow } from '../../../src/flow/coupled/coupledFlow.js'
import { coupledRun } from '../../../src/flow/coupled/coupledRun.js'
import type { ObservedState } from '../../../src/flow/coupled/coupledState.js'
import { observer } from '../../../src/flow/coupled/observer.js'
import { deviationObserver } from '../../../src/flow/coupled/observers/deviation.js'
import { fluctuationObserver } from '../../../src/flow/coupled/observers/fluctuation.js'
import { system } from '../../../src/flow/coupled/system.js'
import { radialField } from '../../../src/flow/field/radial/radialField.js'
import { closeForcePool } from '../../../src/forces/forcePool.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'

afterAll(closeForcePool)

const law = gaussianLaw()
const of = system({ law, N: 40, delta: 0.25, T: 0.5, seed: 1 })
const field = radialField({ law, kernel: of.kernel, T: 0.5, tolerance: 1e-3 })
const numerics = { field, steps: 16, outputs: 4, budget: 'omit' } as const
const kinetic = (p: Float64Array): number => p.reduce((sum, x) => sum + 0.5 * x * x, 0) / (p.length / 3)
const energies = observer({
  columns: ['kineticPsi', 'kineticPhi'],
  see: ({ Psi, Phi }) => ({ kineticPsi: kinetic(Psi.p), kineticPhi: kinetic(Phi.p) }),
})

describe('a coupled run with observers', () => {
  test('has the columns of all of them side by side, a user’s among them, in their order', async () => {
    const run = await coupledRun(of, numerics, [energies, deviationObserver()])
    expect(Object.keys(run.columns).slice(0, 3)).toEqual(['kineticPsi', 'kineticPhi', 'position'])
    expect(Array.from(run.times)).toEqual([0, 0.125, 0.25, 0.375, 0.5])
    expect(run.columns.kineticPsi[4]).toBe(kinetic(run.Psi.p))
    expect(run.columns.kineticPhi[4]).toBe(kinetic(run.Phi.p))
    // A name that does not exist is an error, not undefined.
    expect(() => (run.columns as Record<string, unknown>).kineticPs).toThrow(/did you mean "kineticPsi"/)
  })

  test('is the run of coupledFlow, bit for bit', async () => {
    const run = await coupledRun(of, numerics, [fluctuationObserver(), deviationObserver()])
    const flow = await coupledFlow({ law, N: 40, delta: 0.25, T: 0.5, seed: 1, ...numerics })
    for (const [name, column] of Object.entries(run.columns)) expect(column, name).toEqual(flow.columns[name])
    expect(run.Psi).toEqual(flow.Psi)
    expect(run.parameters).toEqual(flow.parameters)
    expect(of.key).toContain('gaussian')
  })

  test('computes once what several observers ask for, and nothing that none does', async () => {
    const watched = { ...field, force: vi.fn(field.force) }
    const asking = (name: string) =>
      observer({ columns: [name], see: async state => ({ [name]: (await state.fluctuation()).force }) })
    const count = async (observers: readonly ReturnType<typeof asking>[]): Promise<number> => {
      watched.force.mockClear()
      await coupledRun(of, { ...numerics, field: watched }, observers)
      return watched.force.mock.calls.length
    }
    // The steps take one more than their number; then one at each of 5 outputs.
    expect(await count([])).toBe(17)
    expect(await count([asking('a')])).toBe(17 + 5)
    expect(await count([asking('a'), asking('b')])).toBe(17 + 5)
  })

  test('lets those that follow see every step, and each run begin anew', async () => {
    const times: number[] = []
    const sup = observer({
      columns: ['most'],
      begin: () => {
        let most = 0
        const follow = (state: ObservedState): void => {
          times.push(state.t)
          most = Math.max(most, state.deviation().position)
        }
        return {
          follow,
          see: state => {
            follow(state)
            return { most }
          },
        }
      },
    })
    const once = await coupledRun(of, numerics, [sup, deviationObserver()])
    expect(times).toEqual(Array.from({ length: 17 }, (_, n) => n / 32))
    expect(once.columns.most).toEqual(once.columns.supPosition)
    expect((await coupledRun(of, numerics, [sup])).columns.most).toEqual(once.columns.most)
  })

  test('the budget is the same with and without observers; not measured where it is omitted', async () => {
    const bare = await coupledRun(of, { ...numerics, budget: 'measured' }, [])
    const flow = await coupledFlow({ law, N: 40, delta: 0.25, T: 0.5, seed: 1, ...numerics, budget: 'measured' })
    expect(bare.budget).toEqual(flow.budget)
    expect(bare.budget.step.value).toBeGreaterThan(0)
    const { budget } = await coupledRun(of, numerics, [])
    expect([budget.step.value, budget.force.value, budget.field.value]).toEqual([Number.NaN, Number.NaN, Number.NaN])
    expect(budget.within).toBe(false)
  })

  test('keeps what observers had seen when one of them or a signal ends it', async () => {
    const failing = observer({
      columns: ['x'],
      see: ({ t }) => {
        if (t > 0.3) throw new Error('enough')
        return { x: t }
      },
    })
    const error = await coupledRun(of, numerics, [failing]).catch((e: unknown) => e)
    expect((error as Error).message).toBe('enough')
    expect(Array.from((error as { records: { columns: { x: Float64Array } } }).records.columns.x)).toEqual([
      0, 0.125, 0.25,
    ])
    const controller = new AbortController()
    const stopped = coupledRun(
      of,
      { ...numerics, signal: controller.signal, onProgress: () => controller.abort(new Error('stop')) },
      [],
    )
    await expect(stopped).rejects.toThrow('stop')
  })
})

describe('what is refused before any work', () => {
  const see = (): Record<string, number> => ({ x: 1 })
  test.each([
    [
      'two columns of one name',
      [energies, deviationObserver(), energies],
      /different names, got "kineticPsi" from observers\[0\] and observers\[2\]/,
    ],
    ['the name of the time', [{ columns: ['t'], see }], /got "t" from the time/],
    ['no function', [{ columns: ['x'] }], /observers\[0\]\.see must be a function/],
    ['no list of columns', [{ see }], /observers\[0\]\.columns must be an array/],
    ['no list', energies, /observers must be an array/],
    [
      'a column that is not given',
      [{ columns: ['y'], see }],
      /observers\[0\]\.see returns must have a number y, got undefined/,
    ],
    ['a column that is not announced', [{ columns: [], see }], /must have no name but .*got "x"/],
  ])('%s', async (_, observers, message) => {
    await expect(coupledRun(of, numerics, observers as never)).rejects.toThrow(message)
  })
})
