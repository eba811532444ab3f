import { afterAll, describe, expect, test } from 'vitest'
import { bulkStream } from '../../src/base/bulkStream.js'
import { drawState } from '../../src/base/rare/stateLaw.js'
import { coupledRun } from '../../src/flow/coupled/coupledRun.js'
import type { ObservedState } from '../../src/flow/coupled/coupledState.js'
import { type System, type SystemOptions, system } from '../../src/flow/coupled/system.js'
import { type RadialField, radialField } from '../../src/flow/field/radial/radialField.js'
import { closeForcePool } from '../../src/forces/forcePool.js'
import { bumpLaw } from '../../src/law/bumpLaw.js'
import { gaussianLaw } from '../../src/law/gaussianLaw.js'
import type { Law } from '../../src/law/law.js'
import { plummerLaw } from '../../src/law/plummerLaw.js'
import { uniformBallLaw } from '../../src/law/uniformBallLaw.js'
import { deviationScore } from '../../src/rare/deviationScore.js'

afterAll(closeForcePool)

/** Of |Psi^1 - Phi^1|_inf and |Psi^2 - Phi^2|_inf. */
type Size = (position: number, momentum: number, N: number) => number

const Delta: Size = (position, momentum, N) => Math.sqrt(Math.log(N)) * position + momentum

/** sup over all steps of a size of the deviation, by the coupled run in double precision from the same points. */
async function oracle(
  of: SystemOptions & { N: number },
  field: RadialField,
  q: Float64Array,
  p: Float64Array,
  size: Size = Delta,
): Promise<number> {
  const law: Law = { ...of.law, sample: () => ({ N: of.N, d: 3, q, p }) }
  let sup = 0
  const follow = (state: ObservedState): void => {
    const { position, momentum } = state.deviation()
    sup = Math.max(sup, size(position, momentum, of.N))
  }
  const watch = {
    columns: ['sup'] as const,
    begin: () => ({
      follow,
      see: (state: ObservedState) => {
        follow(state)
        return { sup }
      },
    }),
  }
  const numerics = {
    field,
    steps: 20,
    outputs: 10,
    scheme: 'leapfrog',
    tolerance: 1e-10,
    budget: 'omit',
    threads: 1,
  } as const
  await coupledRun(system({ ...of, law }), numerics, [watch])
  return sup
}

const made = (of: SystemOptions): { readonly of: System; readonly field: RadialField } => {
  const s = system(of)
  return { of: s, field: radialField({ law: s.law, kernel: s.kernel, T: s.T, tolerance: 1e-2 }) }
}

const common = { law: gaussianLaw(), T: 1, seed: 1 }

describe('deviationScore', () => {
  test.each<[string, SystemOptions & { N: number }]>([
    ['two particles', { ...common, N: 2, delta: 0.2 }],
    ['a number that is no multiple of 4', { ...common, N: 27, delta: 0.25 }],
    ['attraction', { ...common, N: 64, delta: 0.3, sigma: -1 }],
    ['a wide cut-off and a long time', { ...common, N: 50, delta: 0.1, T: 2 }],
    ['another Gaussian law', { ...common, law: gaussianLaw({ sigmaQ: 0.7, sigmaP: 1.5 }), N: 33, delta: 0.2 }],
    ['a law that has no normal variates', { ...common, law: bumpLaw(), N: 40, delta: 0.2 }],
    ["Plummer's sphere in normal variates", { ...common, law: plummerLaw({ scale: 0.8 }), N: 40, delta: 0.2 }],
    [
      'balls in normal variates',
      { ...common, law: uniformBallLaw({ momentumRadius: 0.7 }), N: 25, delta: 0.2, sigma: -1 },
    ],
    ['more particles', { ...common, N: 300, delta: 0.2 }],
  ])('is the supremum of Delta of a coupled run in double precision: %s', async (_, options) => {
    const { of, field } = made(options)
    const { law, score, configuration } = deviationScore(of, field)
    const stream = bulkStream('oracle')
    const state = new Float64Array(law.components * law.particles)
    for (let k = 0; k < 2; k++) {
      drawState(law, state, stream)
      const { q, p } = configuration(state)
      const value = score(state)
      const sup = await oracle(options, field, q, p)
      expect(Math.abs(value / sup - 1)).toBeLessThan(1e-5)
      // The control: with 1 % less of the cut-off it is another number.
      if (k === 0 && options.N > 2) {
        const other = made({ ...options, delta: options.delta! * 1.02 })
        expect(Math.abs(deviationScore(other.of, other.field).score(state) / sup - 1)).toBeGreaterThan(1e-4)
      }
    }
  })

  test.each([
    ['repulsion', 1, 1],
    ['attraction, where positions come to deviate more than momenta', -1, 4],
  ] as const)('is the supremum of |Psi - Phi|_inf of (30) where that is asked for: %s', async (_, sigma, T) => {
    const options = { ...common, N: 30, delta: 0.2, sigma, T }
    const { of, field } = made(options)
    const { law, score, configuration } = deviationScore(of, field, 20, 'deviation')
    const state = new Float64Array(180)
    drawState(law, state, bulkStream('deviation'))
    const { q, p } = configuration(state)
    const value = score(state)
    const own: Size = (position, momentum) => Math.max(position, momentum)
    expect(Math.abs(value / (await oracle(options, field, q, p, own)) - 1)).toBeLessThan(1e-5)
    // Delta is another number, and larger.
    expect(deviationScore(of, field).score(state)).toBeGreaterThan(1.1 * value)
  })

  test('sees a supremum that lies before the end', async () => {
    const options = { law: gaussianLaw({ sigmaP: 0.3 }), seed: 1, N: 8, delta: 0.1, sigma: -1 as const, T: 8 }
    const { of, field } = made(options)
    const { law, score, maximum, configuration } = deviationScore(of, field)
    const stream = bulkStream('before the end')
    const state = new Float64Array(48)
    let value = Number.NaN
    for (let k = 0; k < 1000; k++) {
      drawState(law, state, stream)
      value = score(state)
      if (maximum().step <= 18) break
    }
    expect(maximum().step).toBeLessThanOrEqual(18)
    const { q, p } = configuration(state)
    expect(Math.abs(value / (await oracle(options, field, q, p)) - 1)).toBeLessThan(1e-5)
  })

  test('says which step and which coordinates carry it', () => {
    const { of, field } = made({ ...common, N: 30, delta: 0.2 })
    const { law, score, maximum } = deviationScore(of, field)
    const state = new Float64Array(180)
    drawState(law, state, bulkStream('maximum'))
    const value = score(state)
    const found = maximum()
    expect(found.value).toBe(value)
    expect(found.step).toBeGreaterThan(0)
    expect(found.step).toBeLessThanOrEqual(20)
    for (const k of [found.position, found.momentum]) expect(k >= 0 && k < 90).toBe(true)
    // Exchanging particles 3 and the hot one moves the place and leaves the value.
    const hot = found.position % 30
    const swapped = state.slice()
    for (let a = 0; a < 6; a++) {
      swapped[a * 30 + 3] = state[a * 30 + hot]!
      swapped[a * 30 + hot] = state[a * 30 + 3]!
    }
    expect(score(swapped)).toBeCloseTo(value, 5)
    expect(maximum().position % 30).toBe(3)
  })

  test('refuses what it cannot score', () => {
    const { of, field } = made({ ...common, N: 16, delta: 0.2 })
    expect(() => deviationScore(system({ ...common, N: 5000, delta: 0.2 }), field)).toThrow(
      /N must be an integer in \[2, 4096\]/,
    )
    expect(() => deviationScore(system({ ...common, N: 16, delta: 0.2, profile: 'smooth' }), field)).toThrow(
      /kernel must be \(4\)/,
    )
    expect(() => deviationScore(system({ ...common, N: 16, delta: 0.3 }), field)).toThrow(
      /field must be that of the system/,
    )
    expect(() => deviationScore(system({ ...common, N: 16, delta: 0.2, T: 3 }), field)).toThrow(
      /field\.T must be at least/,
    )
    expect(() => deviationScore(of, field).score(new Float64Array(5))).toThrow(/state must have length 96/)
    expect(() => deviationScore(of, field, 20, 'chaos' as never)).toThrow(/event must be .*Delta/)
  })
})
