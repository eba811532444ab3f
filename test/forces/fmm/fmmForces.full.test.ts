import { describe, expect, test } from 'vitest'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import { CLOUDS, cloud, compensated, errorsOf, fmmSum, someOf } from './fmmClouds.js'

describe('many particles, spot checks against compensated sums', () => {
  test.each(Object.keys(CLOUDS))('%s, N = 100000: the tolerance is met', name => {
    const N = 100000
    const q = cloud(name, N)
    const list = someOf(N, 60)
    const widest = Math.max(...[0, 1, 2].map(a => spread(q.subarray(a * N, (a + 1) * N))))
    for (const kernel of [
      coulombKernel(),
      cutoffKernel({ N, delta: 1 / 3 - Math.min(0, Math.log(widest) / Math.log(N)) }),
    ]) {
      const { force } = compensated(kernel, q, list)
      for (const tolerance of [1e-2, 5e-5, 1e-6, 1e-8]) {
        expect(errorsOf(fmmSum(q, kernel, { tolerance }).force, force, list).rms).toBeLessThan(tolerance)
      }
    }
  })

  test.each(['uniform ball', 'Plummer sphere'])(
    '%s, N = 1000000: tolerance met, 250 bytes a particle at most',
    name => {
      const N = 1_000_000
      const q = cloud(name, N)
      const list = someOf(N, 50)
      const { force } = compensated(coulombKernel(), q, list)
      for (const tolerance of [5e-5, 1e-6]) {
        const sum = fmmSum(q, coulombKernel(), { tolerance })
        expect(errorsOf(sum.force, force, list).rms).toBeLessThan(tolerance)
        expect(sum.bytes / N).toBeLessThan(250)
      }
    },
  )

  test('a million particles in the plane', () => {
    const N = 1_000_000
    const q = cloud('planar sheet', N)
    const list = someOf(N, 50)
    const { force } = compensated(coulombKernel(), q, list)
    const sum = fmmSum(q, coulombKernel(), { tolerance: 1e-4 })
    expect(errorsOf(sum.force, force, list).rms).toBeLessThan(1e-4)
  })
})

function spread(v: Float64Array): number {
  let [low, high] = [v[0]!, v[0]!]
  for (const x of v) {
    if (x < low) low = x
    if (x > high) high = x
  }
  return high - low
}
