import { expect, test } from 'vitest'
import type { EvolvingField } from '../../../src/flow/field/evolvingField.js'
import { gridField } from '../../../src/flow/field/grid/gridField.js'
import { radialField } from '../../../src/flow/field/radial/radialField.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'
import { kurthLaw } from '../../../src/law/kurthLaw.js'

/** Largest difference of two fields at time t on two rays from the centre up to radius R. */
function difference(a: EvolvingField, b: EvolvingField, t: number, R: number): number {
  const n = 200
  const q = new Float64Array(3 * n)
  for (let i = 0; i < n; i++) {
    const r = (R * (i + 1)) / n
    const direction = i % 2 === 0 ? [1, 0, 0] : [0.48, 0.6, 0.64]
    for (let k = 0; k < 3; k++) q[k * n + i] = r * direction[k]!
  }
  const f = a.force(t, q, new Float64Array(3 * n))
  const g = b.force(t, q, new Float64Array(3 * n))
  let largest = 0
  for (let i = 0; i < n; i++) {
    largest = Math.max(largest, Math.hypot(f[i]! - g[i]!, f[n + i]! - g[n + i]!, f[2 * n + i]! - g[2 * n + i]!))
  }
  return largest
}

test('markers on a grid and shells in phase space give the same field to the sum of their errors', async () => {
  for (const [law, sigma] of [
    [gaussianLaw({ sigmaP: 0.5 }), 1],
    [gaussianLaw({ sigmaP: 0.5 }), -1],
    [kurthLaw(), -1],
  ] as const) {
    // Kurth's density has an edge, which the radial solver follows exactly without cut-off only.
    const delta = law.name === 'kurth' ? Number.POSITIVE_INFINITY : 0.3
    const kernel = cutoffKernel({ N: 10_000, delta, sigma })
    const grid = await gridField({ law, kernel, T: 1, resolution: { markers: 2 ** 14, nodes: 32, steps: 6 } })
    const radial = radialField({ law, kernel, T: 1, tolerance: 1e-3 })
    const error = grid.error.high + radial.error.high
    for (const t of [0, 0.41, 1])
      expect(difference(grid, radial, t, 8), `${law.name} ${sigma} ${t}`).toBeLessThan(error)
    // Control: the fields of two different times are further apart than that (Kurth's ball of default parameters may
    // rest).
    if (law.name === 'gaussian' && sigma === 1) {
      const q = Float64Array.of(1.5, 0, 0)
      const [now, later] = [0, 1].map(t => radial.force(t, q, new Float64Array(3))[0]!)
      expect(Math.abs(now! - later!)).toBeGreaterThan(error)
    }
  }
})
