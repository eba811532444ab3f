import { afterAll, describe, expect, test, vi } from 'vitest'
import { estimated } from '../../../src/base/statistics/estimate.js'
import { budgetAdvice } from '../../../src/flow/coupled/budgetAdvice.js'
import { coupledFlow } from '../../../src/flow/coupled/coupledFlow.js'
import type { EvolvingField } from '../../../src/flow/field/evolvingField.js'
import { closeForcePool } from '../../../src/forces/forcePool.js'
import { powerKernel } from '../../../src/interaction/powerKernel.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'

afterAll(closeForcePool)

const base = { law: gaussianLaw(), N: 200, delta: 0.25, T: 1, seed: 1, outputs: 2 }
/** The value that a summary advises for an option. */
const advised = (summary: string, option: string): number =>
  Number(new RegExp(`\`${option}: ([0-9.e-]+)\``).exec(summary)?.[1])

describe('a run over its budget names an option and a value, and that value does', () => {
  test('steps', async () => {
    const { budget } = await coupledFlow({ ...base, steps: 4 })
    expect(budget.within).toBe(false)
    const steps = advised(budget.summary, 'steps')
    expect(budget.summary).toContain(`ask for \`steps: ${steps}\` (${steps / 4} times the steps and the time)`)
    expect((await coupledFlow({ ...base, steps })).budget.within).toBe(true)
  })

  test('fieldTolerance', async () => {
    const { budget } = await coupledFlow({ ...base, steps: 80, fieldTolerance: 0.1, budgetLimit: 0.003 })
    expect(budget.field.value).toBeGreaterThan(0.001)
    const fieldTolerance = advised(budget.summary, 'fieldTolerance')
    expect(budget.summary).toMatch(/the radial solver: about [0-9.]+ times its time/)
    const again = await coupledFlow({ ...base, steps: 80, fieldTolerance, budgetLimit: 0.003 })
    expect(again.budget.field.value).toBeLessThan(0.001)
  })
})

describe('the advice follows the scaling of the solver', () => {
  const grid = (high: number) => ({
    error: { ...estimated(0, high, 'given'), low: 0 },
    scale: 2,
    parameters: { markers: 2 ** 16, nodes: '64 x 64 x 64', steps: 10 },
  })
  const of = (field: number, high: number) =>
    budgetAdvice({ shares: { step: 0, force: 0, field }, limit: 0.02, steps: 100, tolerance: 1e-4, field: grid(high) })

  test('nothing where every share is within its part', () => {
    expect(of(0.017, 0.02)).toBe('')
  })

  test('within what the grid solver does by itself: the tolerance, its markers, time and memory', () => {
    // The error must fall to a half: 2^(1/0.6) = 3.2 times the markers, the next power of two is 2^18.
    expect(of(0.036, 0.02)).toBe('`fieldTolerance: 0.005` (the grid solver: 262144 markers, about 13 s and 79 MB)')
  })

  test('beyond: the field to be made, or the limit to be raised', () => {
    // A tenth: 46 times 2^16 is between 2^21 and 2^22.
    const advice = of(0.18, 0.02)
    expect(advice).toContain('gridField({ law, kernel, T, tolerance: 0.001, limits: { markers: 4194304 } })')
    expect(advice).toContain('(4194304 markers, about 4 min and 1.3 GB')
    expect(advice).toContain('or a larger `budgetLimit`')
  })

  test('a force tolerance in proportion', () => {
    const shares = { step: Number.NaN, force: 0.18, field: 0 }
    const advice = budgetAdvice({ shares, limit: 0.02, steps: 100, tolerance: 1e-3, field: grid(0.02) })
    expect(advice).toMatch(/^`tolerance: 0.0001` /)
  })
})

test('the first run with delta >= 1/3 says that Theorem 4.2 does not speak of it, and no other', async () => {
  const lines: string[] = []
  const write = vi.spyOn(process.stderr, 'write').mockImplementation(text => lines.push(String(text)) > 0)
  const nothing: EvolvingField = {
    ...{ law: base.law, kernel: powerKernel({ alpha: 2, sigma: 0 }), T: 1, method: 'none', parameters: {}, scale: 1 },
    error: estimated(0, 0, 'none'),
    force: (_t, _q, out) => out.fill(0),
  }
  const setting = { ...base, N: 20, sigma: 0, steps: 4, outputs: 1, field: nothing } as const
  // Said once in a process, which other test files share: modules anew have said nothing yet.
  vi.resetModules()
  const { coupledFlow: anew } = await import('../../../src/flow/coupled/coupledFlow.js')
  const run = (change: object) => anew({ ...setting, ...change })
  const said = (): number => lines.filter(line => line.includes('Theorem 4.2')).length
  await run({ delta: 0.32 })
  await run({ delta: 0 })
  await run({ delta: 0.45, notes: 'hide' })
  await run({ delta: 0.45, kernel: powerKernel({ alpha: 1, sigma: 0 }) })
  expect(said()).toBe(0)
  await run({ delta: 0.4 })
  expect(lines.find(line => line.includes('Theorem 4.2'))).toBe(
    'mean-field-limit: delta = 0.4 is outside the hypothesis of Theorem 4.2, 0 < delta < 1/3: the theorem says nothing of this run (said once)\n',
  )
  await run({ delta: 0.5 })
  expect(said()).toBe(1)
  write.mockRestore()
})
