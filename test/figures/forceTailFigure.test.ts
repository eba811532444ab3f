import { beforeAll, describe, expect, test } from 'vitest'
import { randomStream } from '../../src/base/random.js'
import { type ForceTailData, forceTailFigure } from '../../src/figures/section7/forceTailFigure.js'
import type { Figure } from '../../src/figures/theme/figure.js'
import { drawn } from '../support/drawn.js'

const numbers = (column: readonly (number | string)[] | undefined): number[] => column!.map(Number)

describe('the figure force-tail', () => {
  let table: Figure['table']
  beforeAll(async () => {
    ;({ table } = await drawn('force-tail'))
  })

  // Lines of the table in docs/rare-events-tables.md, of more samples and another seed.
  test.each([
    { N: 256, L: 0.3, log10: -3.47, chernoff: -2.21, bernstein: 1.49 },
    { N: 256, L: 0.4, log10: -6.27, chernoff: -4.92, bernstein: 0.64 },
    { N: 1024, L: 0.2, log10: -3.85, chernoff: -2.6, bernstein: 1.55 },
    { N: 1024, L: 0.3, log10: -9.13, chernoff: -7.74, bernstein: -0.17 },
  ])('has at N = $N, L = $L what many more samples gave', ({ N, L, log10, chernoff, bernstein }) => {
    const row = table.N!.findIndex((n, k) => n === N && table.L![k] === L)
    expect(Math.abs(numbers(table['log10 P'])[row]! - log10)).toBeLessThan(0.15)
    expect(numbers(table['log10 Chernoff'])[row]).toBeCloseTo(chernoff, 1)
    expect(numbers(table['log10 Bernstein'])[row]).toBeCloseTo(bernstein, 1)
  })

  test('has every point with its interval below Chernoff’s line, and that below Bernstein’s', () => {
    expect(below(numbers(table.high).map(Math.log10), numbers(table['log10 Chernoff']))).toBe(true)
    expect(below(numbers(table['log10 Chernoff']), numbers(table['log10 Bernstein']))).toBe(true)
  })

  test('would have points above a bound of half as many decades more (control)', () => {
    const spoiled = numbers(table['log10 Chernoff']).map(log => 1.5 * log)
    expect(below(numbers(table.high).map(Math.log10), spoiled)).toBe(false)
  })

  test('has a normal law that promises less than what happens where the event is rarest', () => {
    const [P, normal] = [numbers(table['log10 P']), numbers(table['log10 normal'])]
    expect(P.map((log, k) => (log < -5 ? log > normal[k]! + 1 : true))).not.toContain(false)
  })

  test('has the normal law with the variance that throws around the particle give', () => {
    const row = table.N!.findIndex((n, k) => n === 256 && table.L![k] === 0.4)
    const told = numbers(table['log10 normal'])[row]!
    expect(Math.abs(told - thrownNormal(256, 0.4, 256 ** -0.25, 1))).toBeLessThan(0.15)
    // Control: a tenth more variance.
    expect(Math.abs(told - thrownNormal(256, 0.4, 256 ** -0.25, 1.1))).toBeGreaterThan(0.4)
  })
})

/** log10 of 6 N E P(s X >= L), by midpoints over the distance and sample variances of the kernel (4). */
function thrownNormal(N: number, L: number, cutoff: number, stretch: number): number {
  const random = randomStream('thrown-normal')
  const step = 0.25
  let sum = 0
  for (let r = step / 2; r < 4; r += step) {
    let [square, mean] = [0, 0]
    const throws = 60_000
    for (let k = 0; k < throws; k++) {
      const [x, y, z] = [r - random.normal(), random.normal(), random.normal()]
      const d = Math.max(cutoff, Math.hypot(x, y, z)) ** 3
      square += (x * x + y * y + z * z) / (d * d) / throws
      mean += x / d / throws
    }
    const s = Math.sqrt(((stretch * (square - mean * mean)) / 3) * (N - 1)) / N
    // Mills' ratio to the second term.
    const u = L / s
    const tail = (Math.exp((-u * u) / 2) / Math.sqrt(2 * Math.PI) / u) * (1 - 1 / (u * u) + 3 / u ** 4)
    sum += step * Math.sqrt(2 / Math.PI) * r * r * Math.exp((-r * r) / 2) * tail
  }
  return Math.log10(6 * N * sum)
}

const below = (a: readonly number[], b: readonly number[]): boolean => a.every((x, k) => x < b[k]!)

describe('forceTailFigure', () => {
  const estimate = { value: 1e-3, low: 5e-4, high: 2e-3, kind: 'confidence', level: 0.95, method: 'made up' } as const
  const one = {
    ...{ N: 64, chernoff: [1e-2, 1e-5], thresholds: [0.3, 0.4], bernstein: [1, 0], normal: [-4, -8] },
    tails: [
      { threshold: 0.3, value: 1e-3, estimate },
      { threshold: 0.4, value: 1e-6 },
    ],
  }
  const data: ForceTailData = { series: [one, { ...one, N: 256 }], delta: 0.25, provenance: {} }
  const spoilt = (change: Partial<typeof one>): ForceTailData => ({ ...data, series: [one, { ...one, ...change }] })

  test('draws what has an interval, and tells of what has none', () => {
    const figure = forceTailFigure(data)
    expect(figure.data.find(({ name }) => /sampled/.test(String(name)))).toMatchObject({ x: [0.3], y: [-3] })
    expect(figure.table.low).toEqual([5e-4, 'refused', 5e-4, 'refused'])
    expect(figure.table['log10 normal']).toEqual([-4, -8, -4, -8])
  })

  test('refuses a spoiled datum, and names it', () => {
    expect(() => forceTailFigure(spoilt({ tails: [{ threshold: 0.3, value: 3, estimate }, one.tails[1]!] }))).toThrow(
      /data\.series\[1\]\.tails\[0\]\.value must be a probability in \(0, 1\], got 3/,
    )
    expect(() => forceTailFigure(spoilt({ thresholds: [0.3, 0.5] }))).toThrow(/thresholds must hold the threshold 0\.4/)
    expect(() => forceTailFigure(spoilt({ chernoff: [1] }))).toThrow(/data\.series\[1\]\.chernoff/)
    expect(() => forceTailFigure(spoilt({ bernstein: [Number.NaN, 0] }))).toThrow(/bernstein/)
    expect(() => forceTailFigure({ ...data, series: [one] })).toThrow(/2 or 3 entries, got 1/)
  })
})
