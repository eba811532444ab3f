import { expect, test } from 'vitest'
import { remark45Run } from '../../src/attacks/section4/remark45Run.js'
import { randomStream } from '../../src/base/random.js'
import { microscopicFlow } from '../../src/flow/micro/microscopicFlow.js'
import { langevinNoise } from '../../src/flow/step/langevinNoise.js'
import { cutoffKernel } from '../../src/interaction/cutoffKernel.js'
import { gaussianLaw } from '../../src/law/gaussianLaw.js'

const [N, delta, T, steps] = [64, 0.3, 1, 32]
const law = gaussianLaw()
const start = law.sample(N, randomStream({ seed: '1/claim-4.5', law: law.name, N }))
const [D, friction] = [0.1, 0.2]
const path = langevinNoise({ key: '1/claim-4.5/path', N, T, resolution: steps, diffusion: D, friction })

test('what was added is added to the microscopic flow of its own name', async () => {
  const trap = (_: number, q: Float64Array, out: Float64Array): void => {
    for (let k = 0; k < q.length; k++) out[k] = -q[k]!
  }
  for (const [added, options] of [
    ['nothing', {}],
    ['force', { external: trap }],
    ['noise', { noise: path }],
    ['other-noise', { noise: path }],
  ] as const) {
    const run = await remark45Run({ N, delta, added }, '1')
    const { final } = await microscopicFlow(start, cutoffKernel({ N, delta }), { T, steps, ...options })
    expect([run.start.q, run.Psi.q, run.Psi.p], added).toEqual([start.q, final.q, final.p])
  }
})

test('independent paths leave the momenta apart by the variance of two Ornstein-Uhlenbeck processes, equal ones do not', async () => {
  const spread = async (added: 'noise' | 'other-noise'): Promise<number> => {
    const { Psi, Phi } = await remark45Run({ N, delta, added }, '1')
    return Psi.p.reduce((sum, x, k) => sum + (x - Phi.p[k]!) ** 2 / Psi.p.length, 0)
  }
  const variance = (2 * D * (1 - Math.exp(-2 * friction * T))) / friction
  // 192 coordinates: a standard error of a tenth; what the forces add is a few percent.
  expect(Math.abs((await spread('other-noise')) / variance - 1)).toBeLessThan(0.35)
  expect(await spread('noise')).toBeLessThan(0.02 * variance)
})
