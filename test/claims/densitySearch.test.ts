import { expect, test } from 'vitest'
import { type Cell, type CellMeasure, searchDensity } from '../../src/attacks/densitySearch.js'
import { randomStream } from '../../src/base/random.js'

const interval = (n: number): Cell[] => Array.from({ length: n }, (_, i) => ({ low: [i / n], high: [(i + 1) / n] }))
/** Kernel w(x) = x (1 - x) on [0, 1]: the best density of mass 2a is full on (1/2 - a, 1/2 + a), value a/2 - 2a^3/3. */
const bump = ({ low, high }: Cell): CellMeasure => {
  const primitive = (x: number): number => (x * x) / 2 - x ** 3 / 3
  return { volume: high[0]! - low[0]!, integral: primitive(high[0]!) - primitive(low[0]!) }
}
const best = (a: number): number => a / 2 - (2 / 3) * a ** 3

test('the free search finds the best density of a known problem, from any start, without exceeding it', () => {
  for (const seed of ['a', 'b', 'c']) {
    for (const a of [0.05, 0.13, 0.3, 0.5]) {
      const problem = { cells: interval(6), measure: bump, sup: 1, mass: 2 * a, rounds: 10 }
      const { value, mass, density } = searchDensity(problem, randomStream(seed))
      expect(mass).toBeCloseTo(2 * a, 13)
      expect(value).toBeLessThanOrEqual(best(a) * (1 + 1e-12))
      expect(value).toBeGreaterThanOrEqual(best(a) * (1 - 1e-6))
      expect(density.every(x => x >= 0 && x <= 1)).toBe(true)
    }
  }
  // Control: without refinement the cells are too coarse to meet it.
  const coarse = { cells: interval(6), measure: bump, sup: 1, mass: 0.26, rounds: 0 }
  expect(searchDensity(coarse, randomStream('a')).value).toBeLessThan(best(0.13) * (1 - 1e-3))
})

test('the free search refuses a mass that does not fit', () => {
  const problem = { cells: interval(4), measure: bump, sup: 1, mass: 1.1, rounds: 0 }
  expect(() => searchDensity(problem, randomStream('a'))).toThrow(/mass must be at most 1 .* got 1.1/)
  expect(() => searchDensity({ ...problem, mass: -1 }, randomStream('a'))).toThrow(/mass must be/)
  expect(() => searchDensity({ ...problem, sup: 0 }, randomStream('a'))).toThrow(/sup must be/)
})
