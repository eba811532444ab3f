import { describe, expect, test, vi } from 'vitest'
import { system } from '../../../src/flow/coupled/system.js'
import { evolvingField } from '../../../src/flow/field/evolveField.js'
import type { EvolvingField } from '../../../src/flow/field/evolvingField.js'
import { type FieldStore, fieldChoice, fieldFor } from '../../../src/flow/field/fieldFor.js'
import { fluctuationTolerance } from '../../../src/forces/fluctuationTolerance.js'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'
import { gaussianMixtureLaw } from '../../../src/law/gaussianMixtureLaw.js'
import { plummerLaw } from '../../../src/law/plummerLaw.js'

const law = gaussianLaw()
const kernel = cutoffKernel({ N: 50, delta: 0.25 })
/** A problem that no other test asks for. */
let T = 0.3
const fresh = () => {
  T += 1e-3
  return { law, kernel, T }
}
const accuracy = { tolerance: 1e-2 }

describe('the choice of a mean field', () => {
  test('is radial to a tenth of the force tolerance for a symmetric law, 1e-4 for a sum of Gaussians, and says why', () => {
    const own = system({ law, N: 1e5, delta: 0.25, T: 1, seed: 1 })
    expect(fieldChoice(own, {})).toMatchObject({
      solver: 'radial',
      tolerance: Math.min(1e-4, 0.1 * fluctuationTolerance({ N: 1e5, delta: 0.25 })),
    })
    expect(fieldChoice({ law, kernel, T: 1 }, {})).toMatchObject({ solver: 'radial', tolerance: 1e-6 })
    const mixed = system({ law: gaussianMixtureLaw(), N: 1e5, delta: 0.25, T: 1, seed: 1 })
    expect(fieldChoice(mixed, {})).toMatchObject({ solver: 'smooth', tolerance: 1e-4 })
    expect(fieldChoice(mixed, {}).reason).toMatch(/sum of Gaussians/)
    const attracted = system({ law: gaussianMixtureLaw(), N: 1000, delta: 0.25, sigma: -1, T: 1, seed: 1 })
    expect(fieldChoice(attracted, {})).toMatchObject({
      solver: 'smooth',
      tolerance: 1.5 * fluctuationTolerance({ N: 1000, delta: 0.25 }),
    })
    expect(fieldChoice({ ...attracted, T: 2 }, {})).toMatchObject({ solver: 'grid', tolerance: 1e-2 })
    expect(fieldChoice(mixed, { solver: 'grid' })).toMatchObject({
      tolerance: 1e-2,
      reason: expect.stringMatching(/asked for/),
    })
  })

  test('is the closed form of a steady state only when asked for', async () => {
    const steady = { law: plummerLaw(), kernel: coulombKernel({ sigma: -1 }), T: 1 }
    expect(fieldChoice(steady, {}).solver).toBe('radial')
    const field = await fieldFor(steady, { solver: 'stationary' })
    // r/(r^2 + 1)^(3/2) at r = 1, inwards.
    expect(field.force(0.5, Float64Array.of(1, 0, 0), new Float64Array(3))[0]).toBeCloseTo(-(2 ** -1.5), 15)
    await expect(fieldFor({ law, kernel, T: 1 }, { solver: 'stationary' })).rejects.toThrow(/kernel must be Newton/)
  })

  test('has one key for all who ask for the same, whatever they are called', async () => {
    const problem = fresh()
    expect(await fieldFor(problem, accuracy)).toBe(await evolvingField({ ...problem, ...accuracy }))
    expect(await fieldFor({ ...problem, T: 0.9 * problem.T }, accuracy)).not.toBe(await fieldFor(problem, accuracy))
  })
})

describe('several who wait for one field', () => {
  test('each has its own signal: who leaves first ends it for nobody else', async () => {
    const problem = fresh()
    const controller = new AbortController()
    const told: number[] = []
    const first = fieldFor(problem, { ...accuracy, signal: controller.signal })
    const second = fieldFor(problem, { ...accuracy, onProgress: part => told.push(part) })
    controller.abort(new Error('I leave'))
    await expect(first).rejects.toThrow('I leave')
    expect((await second).T).toBe(problem.T)
    expect(told.length).toBeGreaterThan(0)
  })

  test('when all have left the computation ends, and the next who asks begins anew', async () => {
    const problem = fresh()
    const [one, two] = [new AbortController(), new AbortController()]
    let parts = 0
    const onProgress = (): void => void parts++
    const both = [one, two].map(({ signal }) => fieldFor(problem, { tolerance: 1e-9, signal, onProgress }))
    one.abort(new Error('one'))
    two.abort(new Error('two'))
    await expect(both[0]).rejects.toThrow('one')
    await expect(both[1]).rejects.toThrow('two')
    const before = parts
    await new Promise(resolve => setTimeout(resolve, 300))
    expect(parts).toBe(before)
    expect((await fieldFor(problem, accuracy)).T).toBe(problem.T)
  })

  test('a signal that is aborted before refuses at once', async () => {
    await expect(fieldFor(fresh(), { signal: AbortSignal.abort(new Error('never')) })).rejects.toThrow('never')
  })
})

describe('a store', () => {
  const inMemory = (): FieldStore & { readonly fields: Map<string, EvolvingField> } => {
    const fields = new Map<string, EvolvingField>()
    return {
      fields,
      name: `memory ${T}`,
      read: vi.fn(key => fields.get(key)),
      write: vi.fn((key, field) => void fields.set(key, field)),
    }
  }

  test('is asked before a field is computed, gets what was, and is read once in a process', async () => {
    const problem = fresh()
    const store = inMemory()
    const field = await fieldFor(problem, { ...accuracy, store })
    expect([...store.fields]).toEqual([[fieldChoice(problem, accuracy).key, field]])
    expect(await fieldFor(problem, { ...accuracy, store })).toBe(field)
    expect(store.read).toHaveBeenCalledTimes(1)
    // Another store that has it: nothing is computed.
    const other = { ...inMemory(), name: 'other' }
    other.fields.set(fieldChoice(problem, accuracy).key, { ...field, method: 'stored' })
    expect((await fieldFor(problem, { ...accuracy, store: other })).method).toBe('stored')
    expect(other.write).not.toHaveBeenCalled()
  })
})
