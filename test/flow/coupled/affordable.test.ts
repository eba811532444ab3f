import { describe, expect, test } from 'vitest'
import { configuration } from '../../../src/base/configuration.js'
import { randomStream } from '../../../src/base/random.js'
import { coupledFlow } from '../../../src/flow/coupled/coupledFlow.js'
import { meanFieldFlow } from '../../../src/flow/coupled/meanFieldFlow.js'
import { evolvingField } from '../../../src/flow/field/evolveField.js'
import { gridField } from '../../../src/flow/field/grid/gridField.js'
import { particleField } from '../../../src/flow/field/particleField.js'
import { radialField } from '../../../src/flow/field/radial/radialField.js'
import { stationaryField } from '../../../src/flow/field/stationaryField.js'
import { microscopicFlow } from '../../../src/flow/micro/microscopicFlow.js'
import { chooseStep } from '../../../src/flow/step/chooseStep.js'
import { langevinNoise } from '../../../src/flow/step/langevinNoise.js'
import { stepError } from '../../../src/flow/step/stepError.js'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'
import type { Law } from '../../../src/law/law.js'
import { plummerLaw } from '../../../src/law/plummerLaw.js'

// A law that must not be touched: sampling it is work.
const law: Law = {
  ...gaussianLaw(),
  sample: () => {
    throw new Error('work was begun')
  },
}
const kernel = cutoffKernel({ N: 100, delta: 0.25 })
const Z = gaussianLaw().sample(4, randomStream('affordable'))
const huge = 1e12

describe('a coupled flow that nobody can afford is refused before any work', () => {
  const base = { law, N: 100, delta: 0.25, T: 1, seed: 1 }
  test.each([
    ['N', { N: huge }, /^N must be at most 8589934 \(.*got 1000000000000$/],
    ['T', { T: huge }, /^T must be at most 1000000 \(.*got 1000000000000$/],
    ['steps', { steps: 40 * 25e9 }, /^steps must be at most 10000000000 \(.*got 1000000000000$/],
    ['outputs', { outputs: huge }, /^outputs must be at most 8589834 \(.*got 1000000000000$/],
    ['twice the outputs', { N: 1e6, outputs: 5e6 }, /^twice the outputs must be at most 1000000 /],
  ])('%s', async (_name, change, message) => {
    await expect(coupledFlow({ ...base, ...change })).rejects.toThrow(message)
  })

  test('limits raise what is allowed: the next thing to go wrong is the work', async () => {
    await expect(
      coupledFlow({ ...base, T: 2e6, sigma: 0, limits: { T: 1e7 }, field: fieldUntil(2e6) }),
    ).rejects.toThrow('work was begun')
  })
})

const fieldUntil = (T: number) => ({
  ...stationaryField({ law: plummerLaw(), kernel: coulombKernel({ sigma: -1 }), T: 1 }),
  T,
})

describe('what is no setting at all is refused by name', () => {
  const no = (make: (options: never) => unknown) => async (): Promise<unknown> => make(undefined as never)
  test.each([
    ['coupledFlow', no(coupledFlow)],
    ['evolvingField', no(evolvingField)],
    ['radialField', no(radialField)],
    ['gridField', no(gridField)],
    ['stationaryField', no(stationaryField)],
    ['langevinNoise', no(langevinNoise)],
    ['microscopicFlow', no(options => microscopicFlow(Z, kernel, options))],
    ['meanFieldFlow', no(options => meanFieldFlow(Z, fieldUntil(1), options))],
    ['chooseStep', no(options => chooseStep(Z, kernel, options))],
    ['particleField', no(options => particleField(law, kernel, options))],
  ])('%s', async (_name, call) => {
    await expect(call()).rejects.toThrow(/^options must be an object \{.*\}, got undefined$/)
  })

  test('a law, a kernel and a seed that are none', async () => {
    const base = { law, N: 100, delta: 0.25, T: 1, seed: 1 }
    await expect(coupledFlow({ ...base, seed: Number.NaN })).rejects.toThrow('seed must be a finite number or a text')
    await expect(coupledFlow({ ...base, law: 'gaussian' as never })).rejects.toThrow('law must be a law, as from')
    await expect(coupledFlow({ ...base, kernel: 5 as never })).rejects.toThrow('kernel must be a kernel, as from')
    await expect(evolvingField({ law, kernel: null as never, T: 1 })).rejects.toThrow('kernel must be a kernel')
    await expect(evolvingField({ law, kernel, T: Number.NaN })).rejects.toThrow(
      'T must be a finite number > 0, got NaN',
    )
    const M = { T: 1, steps: 4, M: 8, seed: Number.NaN }
    await expect(particleField(law, kernel, M)).rejects.toThrow('seed must be a finite number or a text, got NaN')
  })
})

describe('so are the other flows and fields', () => {
  const start = (options: object) => microscopicFlow(Z, kernel, { T: 1, steps: 8, ...options })
  test('the microscopic flow', async () => {
    await expect(start({ T: huge })).rejects.toThrow(/^T must be at most 1000000 /)
    await expect(start({ steps: huge })).rejects.toThrow(/^steps must be at most 10000000000 /)
    await expect(start({ steps: huge, outputs: huge })).rejects.toThrow(/^outputs must be at most /)
    await expect(start({ steps: { tolerance: 1e-3 }, outputs: huge })).rejects.toThrow(/^outputs must be at most /)
    // 4 particles keep 192 bytes an output, in knots 288.
    const limits = { bytes: 4000 + 3 * 1288 }
    await expect(start({ steps: 8, outputs: 4, keep: 'knots', limits })).rejects.toThrow('outputs must be at most 3 (')
    await expect(start({ steps: 8, outputs: 2, keep: 'knots', limits })).resolves.toBeDefined()
  })

  test('the mean field flow, the choice of a step and its error', async () => {
    const field = fieldUntil(1)
    expect(() => meanFieldFlow(Z, field, { steps: huge })).toThrow(/^steps must be at most 10000000000 /)
    await expect(chooseStep(Z, kernel, { T: huge, tolerance: 1 })).rejects.toThrow(/^T must be at most 1000000 /)
    await expect(chooseStep(Z, kernel, { T: 1, tolerance: 1, maxSteps: huge })).rejects.toThrow(/^maxSteps must be at/)
    await expect(stepError(Z, { acceleration: () => undefined, T: 1, steps: huge })).rejects.toThrow(/^steps must be/)
  })

  test('the fields', async () => {
    await expect(evolvingField({ law, kernel, T: huge })).rejects.toThrow(/^T must be at most 1000000 /)
    expect(() => radialField({ law, kernel, T: huge })).toThrow(/^T must be at most 1000000 /)
    await expect(gridField({ law, kernel, T: huge })).rejects.toThrow(/^T must be at most 1000000 /)
    const resolved = (resolution: object) =>
      gridField({ law, kernel, T: 1, resolution: { markers: 1024, nodes: 16, ...resolution } })
    await expect(resolved({ markers: 2 ** 40 })).rejects.toThrow(/^resolution.markers must be at most 42949672 /)
    await expect(resolved({ steps: huge })).rejects.toThrow(/^resolution.steps must be .*got 1000000000000$/)
    await expect(resolved({ steps: 1e7 })).rejects.toThrow(
      'resolution.steps must be an integer in [5, 45776], got 10000000',
    )
    const M = (options: object) => particleField(law, kernel, { T: 1, steps: 4, M: 8, seed: 1, ...options })
    await expect(M({ M: huge })).rejects.toThrow(/^M must be at most 8589934 /)
    await expect(M({ steps: huge })).rejects.toThrow(/^steps must be at most /)
    await expect(M({ T: huge })).rejects.toThrow(/^T must be at most 1000000 /)
  })

  test('configurations and noise', () => {
    expect(() => configuration(huge)).toThrow('N must be an integer in [1, 1431655765], got 1000000000000')
    expect(() => gaussianLaw().sample(huge, randomStream('x'))).toThrow(/^N must be an integer in/)
    const noise = { key: 'x', N: 2, diffusion: 1, T: 1, resolution: huge }
    expect(() => langevinNoise(noise)).toThrow('resolution must be an integer in [1, 1000000000], got 1000000000000')
  })
})
