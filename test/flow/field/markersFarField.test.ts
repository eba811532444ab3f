import { expect, test } from 'vitest'
import { randomStream } from '../../../src/base/random.js'
import { farSources, kickFrom } from '../../../src/flow/field/grid/markersFarField.js'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { type GridShape, gridModule } from '../../../src/wasm/grid.js'

const grid: GridShape = { shape: [16, 16, 16], origin: [-2, -2, -2], spacing: 0.25 }
const [M, inside] = [101, 98]
const strays = [
  [9, 1, -2],
  [-4, 6, 3],
  [0.5, 0, 12],
]

/** Markers of mass 1/M: a tilted cloud in the grid, and three far from it. */
function markers(): ReturnType<typeof gridModule> {
  const module = gridModule(M, 16 ** 3)
  const stride = module.q.length / 3
  const stream = randomStream('test/far')
  for (let i = 0; i < M; i++) {
    const [u, v, w] = [stream.uniform(), stream.uniform(), stream.uniform()]
    const place = i < inside ? [0.6 * u, 0.3 * v + 0.5 * u, 0.4 * w - u] : strays[i - inside]!
    for (let a = 0; a < 3; a++) {
      module.q[a * stride + i] = place[a]!
      module.p[a * stride + i] = a
    }
  }
  return module
}

test.each([1, -1] as const)('markers outside the grid are kicked by all that are inside: sigma = %d', sigma => {
  const module = markers()
  const { q, p } = module
  const stride = q.length / 3
  const dt = 0.3
  // No potential inside: what changes is outside.
  const missed = module.addGradient(M, grid, -dt)
  expect(missed).toBe(3)
  kickFrom(coulombKernel({ sigma }), farSources(q, M, stride, grid), module, missed, dt)
  for (let i = 0; i < M; i++) {
    const kick = [0, 1, 2].map(a => p[a * stride + i]! - a)
    if (i < inside) {
      expect(kick).toEqual([0, 0, 0])
      continue
    }
    const sum = [0, 0, 0]
    for (let j = 0; j < inside; j++) {
      const d = [0, 1, 2].map(a => q[a * stride + i]! - q[a * stride + j]!)
      for (let a = 0; a < 3; a++) sum[a] = sum[a]! + (sigma * dt * d[a]!) / M / Math.hypot(...d) ** 3
    }
    const size = Math.hypot(...sum)
    const error = Math.hypot(...kick.map((x, a) => x - sum[a]!))
    expect(error).toBeLessThan(1e-3 * size)
    // The control: the whole mass at the origin.
    const r = Math.hypot(...strays[i - inside]!)
    const lump = kick.map((_, a) => (sigma * dt * inside * strays[i - inside]![a]!) / M / r ** 3)
    expect(Math.hypot(...lump.map((x, a) => x - sum[a]!))).toBeGreaterThan(1e-2 * size)
  }
})
