import { describe, expect, test } from 'vitest'
import type { RareRun } from '../../../src/base/rare/climb.js'
import { type TailEstimate, tailEstimates } from '../../../src/base/rare/tailEstimate.js'

const setting = {
  thresholds: [3],
  levels: [1, 2, 3],
  population: 1000,
  movesPerLevel: 10,
  seed: 'made up',
  level: 0.95,
}
const made = (p: number, more: Partial<RareRun> = {}): RareRun => ({
  ...{ p: [p], ancestors: [30], reached: [400, 400, 250], acceptance: [0.3, 0.3], scores: 1 },
  ...more,
})
/** 2n runs with ln p = ln 0.04 +- x. */
const spread = (x: number, n = 8): RareRun[] =>
  Array.from({ length: 2 * n }, (_, r) => made(0.04 * Math.exp(r % 2 === 0 ? x : -x)))
const of = (runs: RareRun[], more: Partial<typeof setting> = {}): TailEstimate =>
  tailEstimates(runs, { ...setting, ...more })[0]!

describe('the estimate of a tail', () => {
  test('has the interval of a lognormal mean', () => {
    const { estimate, value, spread: s, leastSpread, effectiveSize } = of(spread(0.2))
    const s2 = (16 * 0.04) / 15
    expect(value).toBeCloseTo(0.04 * Math.cosh(0.2), 15)
    expect(s).toBeCloseTo(Math.sqrt(s2), 12)
    // t_15 of level 0.95 is 2.1314.
    const width = 2.13145 * Math.sqrt(s2 / 16 + s2 ** 2 / 30)
    expect(Math.log(estimate!.low / 0.04)).toBeCloseTo(s2 / 2 - width, 5)
    expect(Math.log(estimate!.high / 0.04)).toBeCloseTo(s2 / 2 + width, 5)
    expect(estimate!.method).toMatch(/16 runs of 1000; lognormal mean/)
    // Shares 0.4, 0.4 and p/0.16 = 0.255 of 1000.
    const variance = 1.5 + 1.5 + (1 - Math.cosh(0.2) / 4) / (Math.cosh(0.2) / 4)
    expect(leastSpread).toBeCloseTo(Math.sqrt(variance / 1000), 12)
    expect(effectiveSize).toBeCloseTo(variance / s2, 9)
  })

  test('is bootstrapped where runs spread widely or one is extinct, and says so', () => {
    const wide = of(spread(0.9, 20))
    expect(wide.estimate!.method).toMatch(/bootstrap of the mean/)
    expect(wide.estimate!.low).toBeLessThan(wide.value)
    expect(wide.estimate!.high).toBeGreaterThan(wide.value)
    const extinct = of([...spread(0.2), made(0, { reached: [400, 0], acceptance: [0.3] })])
    expect(extinct).toMatchObject({ extinct: 1, refused: [] })
    expect(extinct.value).toBeCloseTo((16 / 17) * 0.04 * Math.cosh(0.2), 15)
    expect(extinct.estimate!.method).toMatch(/bootstrap/)
  })

  test.each<[string, RareRun[], RegExp]>([
    ['few runs', spread(0.2, 7), /14 runs are too few: 16 are the least/],
    [
      'runs that agree too well',
      spread(0.01),
      /ln p spreads by 0\.01 between runs, less than independent states allow/,
    ],
    ['one run that is the mean', [...spread(0.2), made(4)], /one run carries 8\d % of the mean/],
    ['many extinct', [...spread(0.2), ...Array(6).fill(made(0))], /6 of 22 runs became extinct/],
    ['few ancestors', spread(0.2).map(run => ({ ...run, ancestors: [4] })), /4 ancestors in the mean are too few/],
    [
      'states that stay',
      spread(0.2).map(run => ({ ...run, acceptance: [0.3, 0.05] })),
      /at level 1 a state makes 0\.5 moves/,
    ],
  ])('is refused an interval for %s', (_, runs, message) => {
    const { estimate, refused, value } = of(runs)
    expect(estimate).toBeUndefined()
    expect(refused.join('; ')).toMatch(message)
    expect(value).toBeGreaterThan(0)
  })
})
