// The lattices of the solver for smooth laws on a thread of their own: the same bits as here, and an end when
// it is told.
import { expect, test } from 'vitest'
import { gridAround } from '../../../src/flow/field/grid/gridFieldRun.js'
import { latticeMarkers } from '../../../src/flow/field/smooth/latticeMarkers.js'
import { type LatticeRecord, latticeRun } from '../../../src/flow/field/smooth/latticeRun.js'
import { latticeOnThread, threadFor } from '../../../src/flow/field/smooth/latticeThread.js'
import { smoothField } from '../../../src/flow/field/smooth/smoothField.js'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import { gaussianMixtureLaw } from '../../../src/law/gaussianMixtureLaw.js'
import { type Cloud, errorAgainst, forceOfClouds } from './smoothOracles.js'

const law = gaussianMixtureLaw()
const kernel = cutoffKernel({ N: 1000, delta: 0.25, sigma: -1 })
const options = {
  ...{ kernel, T: 0.5, steps: 5, cut: 4, finer: true, speeds: 100 },
  markers: latticeMarkers(law, 7, 4, 'test/thread'),
  grid: gridAround([-5, 5, -5, 5, -5, 5], 16),
}

test('a run on a thread tells the same bits of every moment as one here, in order', async () => {
  const [here, there]: [LatticeRecord[], LatticeRecord[]] = [[], []]
  const steps: number[] = []
  await latticeRun(
    options,
    record => here.push(structuredClone(record)),
    async () => undefined,
  )
  const signal = new AbortController().signal
  await latticeOnThread(
    options,
    record => there.push(record),
    step => steps.push(step),
    signal,
  )
  expect(there.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5])
  expect(there).toEqual(here)
  expect(steps.at(-1)).toBe(5)
  // The control: a kernel of the other sign.
  const other: LatticeRecord[] = []
  const repulsive = cutoffKernel({ N: 1000, delta: 0.25, sigma: 1 })
  await latticeOnThread(
    { ...options, kernel: repulsive },
    record => other.push(record),
    () => undefined,
    signal,
  )
  expect(other[1]!.own).not.toEqual(here[1]!.own)
})

test('what is thrown here, and a signal, end the thread', async () => {
  const long = { ...options, steps: 2000 }
  const failing = latticeOnThread(
    long,
    () => {
      throw new Error('seen')
    },
    () => undefined,
    new AbortController().signal,
  )
  await expect(failing).rejects.toThrow('seen')
  const controller = new AbortController()
  let started = 0
  const aborted = latticeOnThread(
    long,
    () => {
      started = performance.now()
      controller.abort(new Error('enough'))
    },
    () => undefined,
    controller.signal,
  )
  await expect(aborted).rejects.toThrow()
  expect(performance.now() - started).toBeLessThan(5000)
})

test('a kernel that a thread cannot make again has none', async () => {
  expect(await threadFor({ ...kernel })).toBe(false)
})

test('outside its grid a field has the force of the law in closed form, within the stated part of its error', async () => {
  const field = await smoothField({
    law,
    kernel: coulombKernel(),
    T: 0.5,
    resolution: { bandwidth: 9, nodes: 32, steps: 5 },
  })
  const { origin, shape, spacing } = field.table.grid
  // A little outside of the faces, where the outer grid takes over.
  const outside: number[][] = []
  for (let a = 0; a < 3; a++) {
    for (const side of [0, 1]) {
      for (let k = 0; k < 25; k++) {
        const u = [0.1 + 0.2 * (k % 5), 0.1 + 0.2 * Math.floor(k / 5)]
        const at = [0, 1, 2].map(b => {
          const part = b === a ? (side === 0 ? -0.01 : 1.01) : u[(b - a + 3) % 3 === 1 ? 0 : 1]!
          return origin[b]! + spacing * (2 + part * (shape[b]! - 5))
        })
        outside.push(at)
      }
    }
  }
  const n = outside.length
  const q = Float64Array.from({ length: 3 * n }, (_, i) => outside[i % n]![Math.floor(i / n)]!)
  const clouds: Cloud[] = law.gaussians!.map(({ weight, mean, sigma }) => ({
    weight,
    mean: mean.slice(0, 3),
    deviation: sigma.slice(0, 3),
  }))
  const error = errorAgainst(field, 0, q, (_, x) => forceOfClouds(clouds, x)) / field.scale
  console.log(
    `outside: ${error.toExponential(2)} of the largest force, stated ${(field.errors.outside / field.scale).toExponential(2)}`,
  )
  expect(error).toBeLessThan(field.errors.outside / field.scale)
  // Without the blur that is 8e-3.
  expect(field.errors.outside).toBeLessThan(1e-3 * field.scale)
  // The control: a cluster that is elsewhere.
  const moved = clouds.map((c, k) => (k === 0 ? { ...c, mean: Float64Array.from(c.mean, x => x + 0.3) } : c))
  expect(errorAgainst(field, 0, q, (_, x) => forceOfClouds(moved, x)) / field.scale).toBeGreaterThan(1e-3)
})
