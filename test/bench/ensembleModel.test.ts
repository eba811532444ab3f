import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../support/capabilities.js'

interface Point {
  readonly N: number
  readonly delta: number
  readonly T: number
  readonly method: 'direct' | 'fmm'
  readonly runs: readonly { readonly cpu: number; readonly scheme: 'leapfrog' | 'suzuki4'; readonly steps: number }[]
  readonly memory: { readonly peak: number }
}
interface Model {
  readonly sums: readonly number[]
  readonly time: readonly number[]
  readonly memory: readonly number[]
  readonly multipoleFrom: number
}
const model = (await import(join(root, 'test', 'bench', 'ensembleModel.mjs'))) as {
  fitModel(points: readonly Point[]): Model
  predict(model: Model, point: Pick<Point, 'N' | 'delta' | 'T'>): { sums: number; seconds: number; bytes: number }
  ratios(model: Model, points: readonly Point[]): { time: number; sums: number; memory: number }[]
}

/** Costs that are known: 30 N^(0.1 + 0.7 delta) T^0.9 force sums, each pair 2 ns, each N log2 N 60 ns, and so on. */
function costs(N: number, delta: number, T: number): Point & { sums: number } {
  const sums = 30 * N ** (0.1 + 0.7 * delta) * T ** 0.9
  const method = N < 2000 ? 'direct' : 'fmm'
  const pairs = method === 'direct' ? 2e-9 * N * N : 6e-8 * N * Math.log2(N)
  const cpu = 1e-3 + sums * (3e-9 * Math.min(N, 512) ** 2 + pairs + 1e-6 * N) + 5e-5 * N
  const memory = { peak: 1.5e8 + 400 * N }
  return { N, delta, T, method, runs: [{ cpu, scheme: 'suzuki4', steps: sums / 5 }], memory, sums }
}

describe('the cost model of ensembles', () => {
  const grid = [100, 300, 600, 1000, 1500, 3000, 10_000, 100_000].flatMap(N =>
    [0.1, 0.3].flatMap(delta => [0.5, 2].map(T => costs(N, delta, T))),
  )

  test('finds costs of its own form again, also where nothing was measured', () => {
    const fitted = model.fitModel(grid)
    for (const [N, delta, T] of [
      [450, 0.2, 1],
      [20_000, 0.25, 3],
    ] as const) {
      const { sums, seconds, bytes } = model.predict(fitted, { N, delta, T })
      const truth = costs(N, delta, T)
      expect(sums / truth.sums).toBeCloseTo(1, 9)
      expect(bytes / truth.memory.peak).toBeCloseTo(1, 9)
      // The descent ends at steps below 1e-12, and the columns are far from orthogonal.
      expect(seconds / truth.runs[0]!.cpu).toBeCloseTo(1, 4)
    }
  })

  test('does not hide a machine that is twice as slow: the ratio is 2', () => {
    const fitted = model.fitModel(grid)
    const slow = grid.map(point => ({ ...point, runs: point.runs.map(run => ({ ...run, cpu: 2 * run.cpu })) }))
    for (const { time, sums } of model.ratios(fitted, slow)) {
      expect(time).toBeCloseTo(2, 3)
      expect(sums).toBeCloseTo(1, 9)
    }
  })

  test('as recorded is the fit of the recorded points, without those it was tried on', () => {
    const record = JSON.parse(readFileSync(join(root, 'data', 'bench', 'ensemble.node20.json'), 'utf8'))
    const again = model.fitModel(record.points)
    for (const key of ['sums', 'time', 'memory'] as const) {
      const size = Math.max(...record.model[key].map(Math.abs))
      for (const [k, value] of again[key].entries()) {
        // Relative to itself; a coefficient that is 0 stays 0.
        expect(Math.abs(value - record.model[key][k])).toBeLessThanOrEqual(
          1e-6 * Math.abs(record.model[key][k]) + 1e-15 * size,
        )
      }
    }
    const names = (points: readonly Point[]): string[] => points.map(({ N, delta, T }) => `${N}/${delta}/${T}`)
    expect(names(record.held).filter(name => names(record.points).includes(name))).toEqual([])
    expect(record.quick).toBe(false)
  })
})
