import { expect, test } from 'vitest'
import { randomStream } from '../../../src/base/random.js'
import { anyFieldFromBytes, fieldToBytes } from '../../../src/flow/field/fieldBytes.js'
import { fieldFor } from '../../../src/flow/field/fieldFor.js'
import type { GridField } from '../../../src/flow/field/grid/gridFieldTable.js'
import { latticeCount, phaseLattice } from '../../../src/flow/field/smooth/phaseLattice.js'
import { type SmoothFieldOptions, smoothField } from '../../../src/flow/field/smooth/smoothField.js'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import { gaussianMixtureLaw } from '../../../src/law/gaussianMixtureLaw.js'
import { errorAgainst, forceOfClouds, points } from './smoothOracles.js'

const law = gaussianMixtureLaw()
const resolution = { bandwidth: 9, nodes: 32, steps: 5 } as const
const clouds = law.gaussians!.map(({ weight, mean, sigma }) => ({
  weight,
  mean: mean.slice(0, 3),
  deviation: sigma.slice(0, 3),
}))

test('the lattice integrates a Gaussian with the error of its shortest reciprocal vectors', () => {
  const sum = (bandwidth: number, wave: number): number => {
    const { count, points: u, cell } = phaseLattice(bandwidth, 7, randomStream('test/lattice'))
    let total = 0
    for (let i = 0; i < count; i++) {
      let square = 0
      for (let a = 0; a < 6; a++) square += u[a * count + i]! ** 2
      total += cell * (2 * Math.PI) ** -3 * Math.exp(-0.5 * square) * Math.cos(wave * u[i]!)
    }
    return total
  }
  // 72 vectors of length 6: 72 e^-18 = 1e-6; the characteristic function of the normal law is e^{-w^2/2}.
  expect(Math.abs(sum(6, 0) - 1)).toBeLessThan(2e-6)
  expect(Math.abs(sum(6, 1) - Math.exp(-0.5))).toBeLessThan(72 * Math.exp(-12.5))
  // The control: vectors of length 3 are too short.
  expect(Math.abs(sum(3, 0) - 1)).toBeGreaterThan(1e-3)
  const { count } = phaseLattice(6, 5, randomStream('test/lattice'))
  expect(count / latticeCount(6, 5)).toBeCloseTo(1, 1)
})

test('at time 0 the force is that of the Gaussians in closed form, within the stated error', async () => {
  const field = await smoothField({ law, kernel: coulombKernel(), T: 0.5, resolution })
  const q = points(300, 4)
  const error = errorAgainst(field, 0, q, (_, x) => forceOfClouds(clouds, x))
  expect(error).toBeLessThan(field.error.high)
  expect(field.error.high).toBeLessThan(0.02 * field.scale)
  // The controls: a component moved by a twentieth; half a unit of time later.
  const moved = clouds.map((c, k) => (k === 0 ? { ...c, mean: c.mean.map(x => x + 0.1) } : c))
  expect(errorAgainst(field, 0, q, (_, x) => forceOfClouds(moved, x))).toBeGreaterThan(field.error.high)
  expect(errorAgainst(field, 0.5, q, (_, x) => forceOfClouds(clouds, x))).toBeGreaterThan(field.error.high)
  // Stored and read again it is the same function.
  const again = anyFieldFromBytes(fieldToBytes(field), field) as GridField
  expect(again.method).toBe(field.method)
  expect(again.force(0.3, q, new Float64Array(900))).toEqual(field.force(0.3, q, new Float64Array(900)))
  expect(again.momentumMoment(0.3, 2)).toEqual(field.momentumMoment(0.3, 2))
  expect(field.momentumMoment(0, 2).value / law.momentumMoment(2)).toBeCloseTo(1, 1)
})

test('without interaction the density is the freely streaming Gaussian', async () => {
  const free = cutoffKernel({ N: 100, delta: 0.3, sigma: 0 })
  const [mean, sigma] = [
    [0.3, 0, -0.2, 0.5, 0, 0.1],
    [1, 0.9, 1.1, 0.3, 0.4, 0.2],
  ]
  const components = [
    { weight: 1, meanQ: mean.slice(0, 3), meanP: mean.slice(3), sigmaQ: sigma.slice(0, 3), sigmaP: sigma.slice(3) },
  ]
  const one = gaussianMixtureLaw({ components })
  const field = await smoothField({ law: one, kernel: free, T: 1, resolution })
  expect(field.error.high).toBe(0)
  const streamed = (t: number, q: readonly number[]): number =>
    q.reduce((product, x, a) => {
      const s = Math.sqrt(sigma[a]! ** 2 + (t * sigma[a + 3]!) ** 2)
      const off = (x - mean[a]! - t * mean[a + 3]!) / s
      return (product * Math.exp(-0.5 * off * off)) / (Math.sqrt(2 * Math.PI) * s)
    }, 1)
  for (const t of [0, 0.43, 1]) {
    for (const q of [
      [0, 0, 0],
      [-1, 0.3, 0.2],
      [1.2, 0.5, -0.4],
    ]) {
      // Eleven deviations on 26 cells: the grid's spectrum falls from 3.7 inverse deviations on, where that of the law
      // is e^-6.9.
      expect(Math.abs(field.density(t, q) - streamed(t, q))).toBeLessThan(2e-3 * one.rhoSup)
      expect(Math.abs(field.density(t, q) - streamed(t + 0.5, q))).toBeGreaterThan(2e-3 * one.rhoSup)
    }
  }
})

test('bad input is refused before any work, with the name of the argument', async () => {
  const good: SmoothFieldOptions = { law, kernel: coulombKernel(), T: 1 }
  const bad: readonly (readonly [Partial<SmoothFieldOptions>, RegExp])[] = [
    [{ T: 0 }, /T must be a finite number > 0, got 0/],
    [{ tolerance: 1e-9 }, /tolerance must be/],
    [{ kernel: cutoffKernel({ N: 10, delta: 0.1, d: 2 }) }, /kernel.d must be 3/],
    [{ resolution: { bandwidth: 2, nodes: 64 } }, /resolution.bandwidth must be/],
    [{ resolution: { bandwidth: 8, nodes: 65 } }, /resolution.nodes must be/],
    [{ limits: { markers: 10 } }, /limits.markers must be/],
  ]
  for (const [change, message] of bad) await expect(smoothField({ ...good, ...change })).rejects.toThrow(message)
})

test('a signal ends it, and a tolerance that is missed is thrown or reported', async () => {
  const stop = new AbortController()
  const asked = { law, kernel: coulombKernel(), T: 0.11 }
  const running = fieldFor(asked, { signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) })
  await expect(running).rejects.toThrow('enough')
  const limits = { markers: 1000 }
  await expect(smoothField({ ...asked, tolerance: 4e-3, limits })).rejects.toThrow(/tolerance 0.004 was not met with/)
  const rough = await smoothField({ ...asked, tolerance: 4e-3, limits, missed: 'report' })
  const error = errorAgainst(rough, 0, points(300, 4), (_, x) => forceOfClouds(clouds, x))
  expect(rough.error.high).toBeGreaterThan(error)
})
