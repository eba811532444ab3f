// The computations of the laboratories against oracles of their own; test/browser compares browser and Node.
import { describe, expect, it } from 'vitest'
import { labs } from '../../src/book/labs/labs.js'
import { type LabResult, type LabSetting, readable } from '../../src/book/labs/protocol.js'

async function compute(lab: string, setting: LabSetting): Promise<LabResult & { at(key: string): number }> {
  const result = await labs[lab]!(setting, {
    signal: new AbortController().signal,
    threads: 1,
    partial: async () => undefined,
    stage: () => undefined,
  })
  return { ...result, at: key => result.quantities.find(quantity => quantity.key === key)!.value }
}

describe('the laboratories', () => {
  it('two flows without a force stay one', async () => {
    const { at } = await compute('two-flows', { N: 50, delta: 0.25, T: 0.5, sigma: 0, law: 'gaussian', seed: 1 })
    expect([at('position'), at('momentum'), at('stability')]).toEqual([0, 0, 0])
  })

  it('two flows with a force part, slowly at first: the momenta before the positions', async () => {
    const { series } = await compute('two-flows', { N: 50, delta: 0.25, T: 0.5, sigma: 1, law: 'gaussian', seed: 1 })
    const [position, momentum] = [series[0]!.y, series[1]!.y]
    expect(position[0]).toBe(0)
    expect(position[1]).toBeGreaterThan(0)
    expect(momentum[1]).toBeGreaterThan(position[1]!)
  })

  it('the kernel shows where the printed majorant is exceeded, and that the repaired one is not', async () => {
    const { series, at } = await compute('kernel', { N: 1000, delta: 0.3, profile: 'truncated' })
    const radius = 1000 ** -0.3
    expect(at('l1')).toBeCloseTo(3 * Math.PI, 10)
    const attained = series.find(({ name }) => name.startsWith('difference quotient'))!
    // (47) and its repair, written out.
    const A = (1 + 3 * Math.sqrt(3)) / 2
    const inside = Array.from(attained.x.keys()).filter(i => attained.x[i]! < 2.99 * radius)
    expect(inside.some(i => attained.y[i]! > radius ** -3)).toBe(true)
    expect(inside.every(i => attained.y[i]! <= A * radius ** -3 * (1 + 1e-12))).toBe(true)
  })

  it('the law of large numbers has the closed form of the uniform ball as its exact value', async () => {
    const N = 300
    const delta = 0.25
    const { at } = await compute('large-numbers', { N, delta, law: 'uniform-ball', replicates: 20, seed: 1 })
    const r = N ** -delta
    // E|k|^2 by the density of the distance of two points in a ball, and E|k*rho|^2 with k*rho near q: for a test of
    // the order 1e-2 the cut-off's effect on the mean, of order r^2, is left out.
    const square = 18 / (5 * r) - 3 / 2 - (9 / 4) * Math.log(2 / r) - (9 * r * r) / 128
    const meanSquare = 3 / 5
    expect(at('exact')).toBeCloseTo(Math.sqrt((square - meanSquare) / N), 2)
    expect(Math.abs(at('ratio') - 1)).toBeLessThan(0.15)
  })

  it('the law of large numbers goes beyond the theorem, up to the end of its slider', async () => {
    const { at } = await compute('large-numbers', { N: 30, delta: 0.6, law: 'plummer', replicates: 1, seed: 1 })
    expect(at('threshold')).toBeCloseTo(30 ** 0.2, 12)
  })

  it('says so when a run needs more steps than the laboratory takes', async () => {
    const close = { N: 500, delta: 0.8, T: 0.5, sigma: -1, law: 'gaussian', seed: 1 }
    expect((await compute('two-flows', close)).note).toMatch(/take the numbers as a sketch: time step/)
    const far = { N: 50, delta: 0, T: 0.5, sigma: 1, law: 'gaussian', seed: 1 }
    expect((await compute('two-flows', far)).note).toMatch(/^Numerical errors: time step/)
  })

  it('the coupling is the best of all permutations', async () => {
    const { arrays, at } = await compute('coupling', { first: 'disc', second: 'ring', n: 5, shift: 1, p: 2, seed: 3 })
    const [X, Y] = [arrays.X!, arrays.Y!]
    const permutations = (list: number[]): number[][] =>
      list.length < 2
        ? [list]
        : list.flatMap((first, i) => permutations(list.filter((_, k) => k !== i)).map(rest => [first, ...rest]))
    const costs = permutations([0, 1, 2, 3, 4]).map(order =>
      order.reduce((sum, j, i) => sum + (X[i]! - Y[j]!) ** 2 + (X[5 + i]! - Y[5 + j]!) ** 2, 0),
    )
    expect(at('distance')).toBeCloseTo(Math.sqrt(Math.min(...costs) / 5), 12)
    expect(at('checked')).toBe(1)
  })

  it('refuse a setting that is no number, by its name', async () => {
    await expect(compute('kernel', { N: 'many', delta: 0.3, profile: 'truncated' })).rejects.toThrow(
      /N must be a number/,
    )
  })

  it('write numbers for people', () => {
    expect([0.17096123, 12, 1.44e-5, -2e7, 0, Number.NaN].map(readable)).toEqual([
      '0.17096',
      '12',
      '1.44·10⁻⁵',
      '−2.00·10⁷',
      '0',
      '–',
    ])
  })
})
