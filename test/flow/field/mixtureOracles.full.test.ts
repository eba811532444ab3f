// The solver for smooth laws with interaction, at t > 0, for laws of several parts: against solutions and sums that it
// has no part in. One case of each kind; the others are in mixtureOracles.long.test.ts.
import { describe, expect, test } from 'vitest'
import { smoothField } from '../../../src/flow/field/smooth/smoothField.js'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { customLaw } from '../../../src/law/customLaw.js'
import { type GaussianComponent, gaussianMixtureLaw } from '../../../src/law/gaussianMixtureLaw.js'
import { compare, concentric, displacedShell, kernelOf, makesItself } from './mixtureCases.js'
import { type Force, forceOfClouds, points } from './smoothOracles.js'

test('two clusters about one centre, displaced and boosted, under attraction have the field of the radial solver', () =>
  concentric(-1, 1, 10))

describe('the default mixture', () => {
  const law = gaussianMixtureLaw()
  const kernel = kernelOf(1)
  const resolution = { bandwidth: 12, nodes: 64 } as const
  const terms = law.gaussians!
  const componentsOf = (place: (x: number[]) => number[], shift: number[], boost: number[]): GaussianComponent[] =>
    terms.map(({ weight, mean, sigma }) => {
      const of = (x: Float64Array, from: number) => place(Array.from(x.subarray(from, from + 3)))
      return {
        weight,
        meanQ: of(mean, 0).map((x, a) => x + shift[a]!),
        meanP: of(mean, 3).map((x, a) => x + boost[a]!),
        sigmaQ: of(sigma, 0),
        sigmaP: of(sigma, 3),
      }
    })

  test('has the field that its characteristics make, at t = 0.5 and 1', () =>
    makesItself(1, 10, { wave: 6, radius: 5.2, spacing: 1.25 }))

  test('turned, displaced and boosted has its field turned, displaced and boosted', async () => {
    const turn = ([x, y, z]: number[]) => [z!, x!, y!]
    const back = ([x, y, z]: readonly number[]) => [y!, z!, x!]
    const [shift, boost] = [
      [0.37, -0.21, 0.11],
      [0.2, 0.3, -0.4],
    ]
    const plain = await smoothField({ law, kernel, T: 1, resolution })
    const turned = gaussianMixtureLaw({ components: componentsOf(turn, shift, boost) })
    const other = await smoothField({ law: turned, kernel, T: 1, resolution, seed: 'other' })
    const moved =
      (forth: typeof turn): Force =>
      (t, q) => {
        const at = back(q.map((x, a) => x - shift[a]! - t * boost[a]!))
        return forth([...plain.force(t, Float64Array.from(at), new Float64Array(3))])
      }
    const found = compare('turned mixture', other, [0, 0.5, 1], 4, moved(turn))
    expect(found).toBeLessThan(plain.error.high + other.error.high)
    // The control: turned the wrong way.
    expect(
      compare(
        'control',
        other,
        [0, 0.5, 1],
        4,
        moved(f => [...back(f)]),
      ),
    ).toBeGreaterThan(10 * other.error.high)
  })
})

describe('laws of which only the density is known, on one lattice', () => {
  const resolution = { bandwidth: 12, nodes: 64 } as const
  const pair = gaussianMixtureLaw({
    components: [
      { weight: 0.5, meanQ: [-0.5, 0, 0], meanP: [0.2, 0, 0], sigmaQ: [0.9, 0.7, 0.8], sigmaP: 0.4 },
      { weight: 0.5, meanQ: [0.6, 0.2, 0], meanP: [0, 0.1, 0], sigmaQ: [0.7, 0.9, 0.8], sigmaP: 0.5 },
    ],
  })
  const custom = customLaw({
    name: 'two-in-one',
    density: pair.density,
    spatialDensity: pair.spatialDensity,
    envelope: { sample: stream => pair.sample(1, stream), density: pair.density, bound: 1.000001 },
  })

  test('two Gaussians in one have their closed form at t = 0', async () => {
    const field = await smoothField({ law: custom, kernel: coulombKernel(), T: 0.2, resolution })
    const clouds = pair.gaussians!.map(({ weight, mean, sigma }) => ({
      weight,
      mean: mean.slice(0, 3),
      deviation: sigma.slice(0, 3),
    }))
    const found = compare('own pair, t = 0', field, [0], 4, (_, q) => forceOfClouds(clouds, q), 500)
    expect(found).toBeLessThan(field.error.high)
    const moved = clouds.map((cloud, k) => (k === 0 ? { ...cloud, mean: cloud.mean.map(x => x + 0.1) } : cloud))
    expect(compare('control', field, [0], 4, (_, q) => forceOfClouds(moved, q), 500)).toBeGreaterThan(field.error.high)
  })

  test('and stream freely', async () => {
    const field = await smoothField({ law: custom, kernel: kernelOf(0), T: 1, resolution })
    const streamed = (t: number, q: readonly number[]) =>
      pair.gaussians!.reduce(
        (sum, { weight, mean, sigma }) =>
          sum +
          q.reduce((product, x, a) => {
            const s = Math.hypot(sigma[a]!, t * sigma[a + 3]!)
            return (
              (product * Math.exp(-0.5 * ((x - mean[a]! - t * mean[a + 3]!) / s) ** 2)) / (Math.sqrt(2 * Math.PI) * s)
            )
          }, weight),
        0,
      )
    const q = points(300, 3)
    const worst = (later: number) =>
      Math.max(
        ...[0, 0.43, 1].flatMap(t =>
          Array.from({ length: 300 }, (_, i) => {
            const x = [q[i]!, q[300 + i]!, q[600 + i]!]
            return Math.abs(field.density(t, x) - streamed(t + later, x))
          }),
        ),
      )
    console.log(`own pair, free: density ${(worst(0) / pair.rhoSup).toExponential(2)} of the largest`)
    expect(worst(0)).toBeLessThan(1e-3 * pair.rhoSup)
    expect(worst(0.3)).toBeGreaterThan(1e-2 * pair.rhoSup)
  })
})

test('a shell of which only the density is known, under attraction, has the field of the radial solver', () =>
  displacedShell(-1))
