import { afterAll, expect, test } from 'vitest'
import { randomStream } from '../../../src/base/random.js'
import { coupledFlow } from '../../../src/flow/coupled/coupledFlow.js'
import { meanFieldFlow } from '../../../src/flow/coupled/meanFieldFlow.js'
import type { EvolvingField } from '../../../src/flow/field/evolvingField.js'
import { fieldFor, fieldSolverOf } from '../../../src/flow/field/fieldFor.js'
import { planarField } from '../../../src/flow/field/planar/planarField.js'
import { radialField } from '../../../src/flow/field/radial/radialField.js'
import { closeForcePool } from '../../../src/forces/forcePool.js'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import { powerKernel } from '../../../src/interaction/powerKernel.js'
import { customLaw } from '../../../src/law/customLaw.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'
import { gaussianMixtureLaw } from '../../../src/law/gaussianMixtureLaw.js'

afterAll(closeForcePool)

const [N, delta, T] = [300, 0.25, 0.6]
const kernelOf = (sigma: 1 | -1) => cutoffKernel({ N, delta, sigma, d: 2 })
const mixture = gaussianMixtureLaw({ d: 2 })
/** The largest coordinate of the difference of two fields at draws from a law, the second moved by `shift`. */
const apart = (a: EvolvingField, b: EvolvingField, t: number, q: Float64Array, shift = [0, 0]): number => {
  const moved = q.map((x, k) => x - shift[k < q.length / 2 ? 0 : 1]!)
  const [f, g] = [a.force(t, q, new Float64Array(q.length)), b.force(t, moved, new Float64Array(q.length))]
  return Math.max(...f.map((x, k) => Math.abs(x - g[k]!)))
}

test.each([1, -1] as const)(
  'a Gaussian that is displaced and boosted has the radial field in its own frame: sigma = %d',
  async sigma => {
    const kernel = kernelOf(sigma)
    const [mean, boost] = [
      [0.7, -0.4],
      [0.5, 1],
    ] as const
    const components = [{ weight: 1, meanQ: mean, meanP: boost, sigmaQ: 0.8, sigmaP: 0.5 }]
    const law = gaussianMixtureLaw({ d: 2, components })
    const field = await planarField({ law, kernel, T, tolerance: 1e-3 })
    const exact = radialField({ law: gaussianLaw({ d: 2, sigmaQ: 0.8, sigmaP: 0.5 }), kernel, T, tolerance: 1e-6 })
    expect(field.error.high).toBeLessThan(1e-3 * field.scale)
    const { q } = law.sample(500, randomStream('planar/boosted'))
    // Far outside the disc of the markers too.
    q.set([40, -25, 3], 0)
    for (const t of [0, 0.31, T]) {
      const shift = mean.map((x, a) => x + boost[a]! * t)
      expect(apart(field, exact, t, q, shift)).toBeLessThan(field.error.high)
      // The control: the frame of an earlier time.
      expect(apart(field, exact, t, q, [shift[0]! - 0.05, shift[1]!])).toBeGreaterThan(5 * field.error.high)
      const at = (r: number): number[] => [shift[0]! + r, shift[1]!]
      for (const r of [0, 0.5, 1.5]) {
        expect(Math.abs(field.density!(t, at(r)) - exact.density(t, [r, 0]))).toBeLessThan(1e-3)
      }
    }
  },
)

test('two clusters exert the mean force of independent particles that move in their field', async () => {
  const field = await fieldFor({ law: mixture, kernel: kernelOf(1), T }, { tolerance: 1e-3 })
  expect(field.parameters.solver).toBe('planar')
  expect(field.error.high).toBeLessThan(1e-3 * field.scale)
  const M = 200_000
  const { q } = meanFieldFlow(mixture.sample(M, randomStream('planar/clusters')), field, { steps: 16 })
  const points = Float64Array.of(-2, -1, 0, 1, 2, 0.5, -0.6, 0.3, 0.8, 1.5)
  const radius = N ** -delta
  /** chi^2 of ten coordinates of forces, summed by plain loops, with their standard errors. */
  const chi = (t: number): number => {
    const F = field.force(t, points, new Float64Array(10))
    let sum = 0
    for (let i = 0; i < 5; i++) {
      const [mean, square] = [
        [0, 0],
        [0, 0],
      ]
      for (let j = 0; j < M; j++) {
        const k = [points[i]! - q[j]!, points[5 + i]! - q[M + j]!]
        const size = Math.max(k[0]! ** 2 + k[1]! ** 2, radius ** 2)
        for (const a of [0, 1]) {
          mean[a] = mean[a]! + k[a]! / size / M
          square[a] = square[a]! + (k[a]! / size) ** 2 / M
        }
      }
      for (const a of [0, 1]) sum += ((F[5 * a + i]! - mean[a]!) ** 2 * M) / (square[a]! - mean[a]! ** 2)
    }
    return sum
  }
  // Ten degrees of freedom: above 30 with probability 0.001.
  expect(chi(T)).toBeLessThan(30)
  // The control: an earlier time is told apart.
  expect(chi(0.85 * T)).toBeGreaterThan(60)
})

test('a law of which only the density is known gets the same field', async () => {
  const kernel = kernelOf(1)
  const own = customLaw({
    ...{ name: 'clusters', d: 2, density: mixture.density, spatialDensity: mixture.spatialDensity },
    envelope: {
      ...{ bound: 1, density: mixture.density },
      sample: stream => mixture.sample(1, stream),
    },
  })
  const [a, b] = await Promise.all([own, mixture].map(law => planarField({ law, kernel, T: 0.3, tolerance: 3e-3 })))
  const { q } = mixture.sample(300, randomStream('planar/own'))
  for (const t of [0, 0.3]) expect(apart(a!, b!, t, q)).toBeLessThan(a!.error.high + b!.error.high)
  expect(apart(a!, { ...b!, force: (_, x, out) => b!.force(0, x, out) }, 0.3, q)).toBeGreaterThan(0.01)
})

test('both flows run in it, within their budget', async () => {
  const run = await coupledFlow({ law: mixture, N, delta, T: 0.3, seed: 1, fieldTolerance: 1e-3, outputs: 4 })
  expect(run.budget.within).toBe(true)
  expect(run.field.parameters.solver).toBe('planar')
  expect(run.columns.supPosition.at(-1)).toBeLessThan(0.05)
})

test('it is taken where there is no symmetry, and refuses what it cannot do by name', async () => {
  const kernel = kernelOf(1)
  expect(fieldSolverOf(mixture, kernel)).toBe('planar')
  expect(fieldSolverOf(gaussianLaw({ d: 2 }), kernel)).toBe('radial')
  await expect(planarField({ law: gaussianLaw(), kernel: coulombKernel(), T })).rejects.toThrow(
    /law.d must be one of 2/,
  )
  await expect(planarField({ law: mixture, kernel: powerKernel({ alpha: 0.5, d: 2 }), T })).rejects.toThrow(
    /kernel must be q\/\|q\|\^2 outside a finite cut-off, got power with alpha = 0.5/,
  )
  const reason = new Error('enough')
  await expect(planarField({ law: mixture, kernel, T, signal: AbortSignal.abort(reason) })).rejects.toThrow('enough')
  const free = await planarField({ law: mixture, kernel: coulombKernel({ sigma: 0, d: 2 }), T: 0.1 })
  expect([free.error.high, free.scale]).toEqual([0, 0])
})
