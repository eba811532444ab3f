import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Configuration } from '../../src/base/configuration.js'
import { randomStream } from '../../src/base/random.js'
import { particleApproximationFigure } from '../../src/figures/section4/particleApproximationFigure.js'
import { coupledFlow } from '../../src/flow/coupled/coupledFlow.js'
import { meanFieldFlow } from '../../src/flow/coupled/meanFieldFlow.js'
import { radialField } from '../../src/flow/field/radial/radialField.js'
import { cutoffKernel } from '../../src/interaction/cutoffKernel.js'
import { gaussianLaw } from '../../src/law/gaussianLaw.js'
import { drawn } from '../support/drawn.js'

type Row = { readonly spec: Record<string, number | string>; readonly measured: Record<string, readonly number[]> }

const ledger = JSON.parse(readFileSync(join(import.meta.dirname, '../../data/claims.json'), 'utf8')) as {
  claims: { id: string; records: Row[] }[]
}

/** |x_i - y_j| in R^6. */
function distances(X: Configuration, Y: Configuration): number[][] {
  const n = X.N
  const at = (Z: Configuration, i: number): number[] => [0, 1, 2].flatMap(a => [Z.q[a * n + i]!, Z.p[a * n + i]!])
  return Array.from({ length: n }, (_, i) => {
    const x = at(X, i)
    return Array.from({ length: n }, (_, j) => Math.hypot(...at(Y, j).map((y, a) => y - x[a]!)))
  })
}

/** The least sum over permutations, by the Hungarian method with potentials: the textbook's, row by row. */
function leastSum(cost: readonly (readonly number[])[]): number {
  const n = cost.length
  const [u, v] = [new Array<number>(n + 1).fill(0), new Array<number>(n + 1).fill(0)]
  const [match, way] = [new Array<number>(n + 1).fill(0), new Array<number>(n + 1).fill(0)]
  for (let i = 1; i <= n; i++) {
    match[0] = i
    let j0 = 0
    const least = new Array<number>(n + 1).fill(Number.POSITIVE_INFINITY)
    const used = new Array<boolean>(n + 1).fill(false)
    do {
      used[j0] = true
      const i0 = match[j0]!
      let [delta, j1] = [Number.POSITIVE_INFINITY, 0]
      for (let j = 1; j <= n; j++) {
        if (used[j]) continue
        const reduced = cost[i0 - 1]![j - 1]! - u[i0]! - v[j]!
        if (reduced < least[j]!) {
          least[j] = reduced
          way[j] = j0
        }
        if (least[j]! < delta) {
          delta = least[j]!
          j1 = j
        }
      }
      for (let j = 0; j <= n; j++) {
        if (used[j]) {
          u[match[j]!]! += delta
          v[j]! -= delta
        } else least[j]! -= delta
      }
      j0 = j1
    } while (match[j0] !== 0)
    do {
      const j1 = way[j0]!
      match[j0] = match[j1]!
      j0 = j1
    } while (j0 !== 0)
  }
  return Array.from({ length: n }, (_, j) => cost[match[j + 1]! - 1]![j]!).reduce((a, b) => a + b, 0)
}

describe('the figure of Theorem 4.4', () => {
  let table: Record<string, number[]>
  let rows: { p: number; delta: number; N: number; i: number }[]
  beforeAll(async () => {
    table = (await drawn('particle-approximation')).table as Record<string, number[]>
    rows = table.N!.map((N, i) => ({ p: table.p![i]!, delta: table.delta![i]!, N, i }))
  })

  it('holds the run of the ledger', () => {
    let compared = 0
    for (const { spec, measured } of ledger.claims.find(({ id }) => id === '4.4')!.records) {
      const row = rows.find(({ p, delta, N }) => p === spec.p && delta === spec.delta && N === spec.N)
      if (row === undefined || spec.law !== 'gaussian') continue
      compared++
      for (const part of ['first', 'second', 'third', 'whole'] as const) {
        expect(table[`${part}, recorded run`]![row.i]! / measured[part]![0]!).toBeCloseTo(1, 5)
      }
    }
    expect(compared).toBe(3)
  })

  it('has the distances of another optimal transport, for 16 particles', async () => {
    const [N, delta] = [16, 0.3]
    const law = gaussianLaw()
    const kernel = cutoffKernel({ N, delta, sigma: 1 })
    const field = radialField({ law, kernel, T: 1, tolerance: 1e-4 })
    const seed = '1/claim-4.4'
    const run = await coupledFlow({
      ...{ law, N, delta, kernel, T: 1, field, outputs: 2, steps: 40, threads: 1, seed, scheme: 'leapfrog' },
      majorant: 'omit',
      budget: 'omit',
    })
    const other = law.sample(N, randomStream({ seed, law: law.name, N, replica: 1 }))
    const moved = meanFieldFlow(other, field, { steps: 40 })
    const { i } = rows.find(row => row.p === 1 && row.N === N)!
    expect(leastSum(distances(run.Psi, run.Phi)) / N / table['first, recorded run']![i]!).toBeCloseTo(1, 9)
    const second = leastSum(distances(run.Phi, moved)) / N
    expect(second / table['second, recorded run']![i]!).toBeCloseTo(1, 9)
    // The control: particle to particle, which is no optimal coupling of two samples, is told apart.
    const diagonal = distances(run.Phi, moved).reduce((sum, row, k) => sum + row[k]! / N, 0)
    expect(diagonal / second).toBeGreaterThan(1.05)
  })

  it('adds up as the triangle inequality says, and not without the sampling error', () => {
    for (const { i } of rows) {
      const [first, second, third, whole] = ['first', 'second', 'third', 'whole'].map(part => table[part]![i]!)
      expect(whole!).toBeLessThanOrEqual(first! + second! + third!)
      expect(whole!).toBeGreaterThanOrEqual(second! - first! - third!)
      expect(whole!).toBeGreaterThan(5 * (first! + third!))
    }
  })

  it('has a cut-off error that falls like N^(-2 delta), not like the N^-delta of (80)', () => {
    for (const delta of [0.3, 0.2]) {
      const here = rows.filter(row => row.delta === delta)
      const third = here.map(({ i }) => table.third![i]!)
      const slope = Math.log(third.at(-1)! / third[0]!) / Math.log(here.at(-1)!.N / here[0]!.N)
      // Between N = 16 and 512 the next order, N^(-4 delta), still shows.
      expect(Math.abs(slope + 2 * delta)).toBeLessThan(0.05)
      expect(Math.abs(slope + delta)).toBeGreaterThan(0.15)
    }
  })

  it('has the rate of (38) by exact fractions: N^(-1/15) at 3/10, growing like N^(7/30) at 1/5', () => {
    for (const { delta, N, i } of rows) {
      expect(Math.log(table.rate![i]!) / Math.log(N)).toBeCloseTo(delta === 0.3 ? -1 / 15 : 7 / 30, 12)
    }
  })

  it('refuses no panels', () => {
    expect(() => particleApproximationFigure([], {})).toThrow(/panels must not be empty/)
  })
})
