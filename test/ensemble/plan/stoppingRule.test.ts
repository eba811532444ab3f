import { describe, expect, test } from 'vitest'
import { randomStream } from '../../../src/base/random.js'
import { planCells } from '../../../src/ensemble/plan/planCells.js'
import { bootstrapMean, wantedReplicates } from '../../../src/ensemble/plan/stoppingRule.js'
import type { Row } from '../../../src/ensemble/store/jobRecord.js'
import { smallPlan } from '../plans.js'

const planWith = (until: object, batch = 10, most = 100) => smallPlan({ replicates: { batch, most, until } })
const probability = planWith({ method: 'clopper-pearson', halfWidth: 0.1 })
const cell = planCells(probability)[0]!

/** Rows of two times; outside at the second time as given. */
const rows = (outside: number): Row[] => [
  { outside: 0, sup: 1 },
  { outside, sup: 1 },
]

/** Asks the rule and answers until it is content; what finishes first is drawn by `order`. */
function countOf(plan: typeof probability, value: (replica: number) => Row[], order = 'one'): number {
  const known = new Map<number, Row[]>()
  const uniform = randomStream(order)
  for (;;) {
    const { count, complete } = wantedReplicates(plan, cell, replica => known.get(replica))
    if (complete) return count
    const missing = Array.from({ length: count }, (_, replica) => replica).filter(replica => !known.has(replica))
    const next = missing[Math.floor(uniform.uniform() * missing.length)]!
    known.set(next, value(next))
  }
}

describe('the stopping rule by Clopper-Pearson', () => {
  test('stops at the batch at which the interval of every time is narrow enough', () => {
    // 0 of n: the interval is [0, 1 - 0.025^(1/n)], half of which is below 0.1 from n = 17 on: two batches of 10.
    expect(countOf(probability, () => rows(0))).toBe(20)
    // One half: +- 0.98/sqrt(n) is never below 0.1 with 100 replicates (0.102): the budget.
    expect(countOf(probability, replica => rows(replica % 2))).toBe(100)
  })

  test('gives the same number whichever replicates finish first', () => {
    const value = (replica: number): Row[] => rows(randomStream(`event/${replica}`).uniform() < 0.15 ? 1 : 0)
    const counts = ['one', 'two', 'three', 'four'].map(order => countOf(probability, value, order))
    expect(new Set(counts).size).toBe(1)
    expect(counts[0]).toBeGreaterThan(20)
    expect(counts[0]).toBeLessThan(100)
  })

  test('never stops on an event that is not defined', () => {
    expect(countOf(probability, () => rows(Number.NaN))).toBe(100)
  })

  test('asks no more than the budget when that is no multiple of the batch', () => {
    const plan = planWith({ method: 'clopper-pearson', halfWidth: 0.001 }, 10, 25)
    expect(countOf(plan, () => rows(0))).toBe(25)
  })
})

describe('the stopping rule by the bootstrap', () => {
  const plan = planWith({ method: 'bootstrap', column: 'sup', halfWidth: 0.1 }, 20)
  const spread = (width: number) => (replica: number) => {
    const sup = 1 + width * (randomStream(`sup/${replica}`).uniform() - 0.5)
    return [{ sup }, { sup }]
  }

  test('stops at once for equal values and later for spread ones', () => {
    expect(countOf(plan, spread(0))).toBe(20)
    // Uniform of width 1: standard deviation 0.29, so 1.96 * 0.29/sqrt(n) < 0.1 from n = 32 on; give or take a batch.
    expect(countOf(plan, spread(1))).toBeGreaterThanOrEqual(20)
    expect(countOf(plan, spread(1))).toBeLessThanOrEqual(60)
    expect(countOf(plan, spread(1), 'two')).toBe(countOf(plan, spread(1)))
  })
})

test('a bootstrap interval of a mean is that of the normal limit', () => {
  const stream = randomStream('sample')
  const sample = Array.from({ length: 400 }, () => stream.normal())
  const { value, low, high } = bootstrapMean(sample, randomStream('bootstrap'), 0.95)
  const mean = sample.reduce((sum, x) => sum + x, 0) / 400
  const deviation = Math.sqrt(sample.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 400)
  expect(value).toBeCloseTo(mean, 14)
  // The quantiles of 1000 resamples have a standard error of about 4 % of the half-width sd/20 * 1.96: four of them.
  const half = (1.96 * deviation) / 20
  expect(Math.abs((high - low) / 2 / half - 1)).toBeLessThan(0.16)
})
