/** The static tail against frequencies of direct sums, against splitting, and against inverted generating functions. */
import { expect, test } from 'vitest'
import { rareProbabilities } from '../../src/base/rare/rareProbabilities.js'
import { normalStates } from '../../src/base/rare/stateLaw.js'
import { forceSummand } from '../../src/concentration/summand.js'
import { bernsteinBound } from '../../src/concentration/tailBounds.js'
import { forceChernoff } from '../../src/rare/static/forceChernoff.js'
import { forceTail } from '../../src/rare/static/forceTail.js'
import { staticEvent } from '../../src/rare/static/staticEvent.js'
import { forceFrequencies, largestDeviation } from '../rare/forceFrequencies.js'
import { forceUnion } from '../rare/forceUnion.js'

const delta = 0.25

test('the tilted estimator is the frequency in 100 000 configurations of 64 particles', async () => {
  const event = staticEvent({ N: 64, delta })
  const thresholds = [0.35, 0.45]
  const plain = forceFrequencies(event, thresholds, 100_000, 'full')
  const tails = await forceTail({ N: 64, delta, thresholds, seed: 'full', bar: 'hide' })
  for (const [t, { estimate, value, union, effectiveSize }] of tails.entries()) {
    const p = plain[t]!
    const error = Math.hypot(Math.sqrt(p / 100_000), value / Math.sqrt(effectiveSize))
    console.log(`L = ${thresholds[t]}: ${value}, [${estimate!.low}, ${estimate!.high}], union ${union}; frequency ${p}`)
    expect(Math.abs(value - p)).toBeLessThan(3 * error)
    if (t === 0) expect(union - p).toBeGreaterThan(4 * error)
  }
})

test('the tilted estimator is what splitting finds at 1e-6', async () => {
  const event = staticEvent({ N: 64, delta })
  const thresholds = [0.62]
  const score = (z: Float64Array): number => largestDeviation(event, z)
  const split = await rareProbabilities({
    ...{ law: normalStates(64, 3), score, thresholds, seed: 'static', population: 500, runs: 16, bar: 'hide' },
  })
  const [tail] = await forceTail({ N: 64, delta, thresholds, seed: 'static', bar: 'hide' })
  const [a, b] = [split.tails[0]!, tail!]
  console.log(
    `${a.value} [${a.estimate?.low}, ${a.estimate?.high}] by splitting; ${b.value} [${b.estimate?.low}, ${b.estimate?.high}]`,
  )
  expect(a.estimate).toBeDefined()
  const half = (low: number, high: number): number => 0.5 * Math.log(high / low)
  const error = Math.hypot(half(a.estimate!.low, a.estimate!.high), half(b.estimate!.low, b.estimate!.high))
  expect(Math.abs(Math.log(a.value / b.value))).toBeLessThan(1.5 * error)
  expect(b.value).toBeLessThan(1e-5)
})

test('at N = 256 its union bound is that of inverted generating functions, and the bounds lie above in their order', async () => {
  const thresholds = [0.3, 0.5]
  const tails = await forceTail({ N: 256, delta, thresholds, seed: 'full', bar: 'hide' })
  for (const [t, { estimate, value, union, effectiveSize }] of tails.entries()) {
    const L = thresholds[t]!
    const chernoff = await forceChernoff({ N: 256, delta, threshold: L, bar: 'hide' })
    const event = { summand: forceSummand(), logN: Math.log(256), delta, rhoSup: (2 * Math.PI) ** -1.5 }
    const bernstein = bernsteinBound({ ...event, logThreshold: Math.log(L) })
    console.log(`L = ${L}: ${value} [${estimate!.low}, ${estimate!.high}], ${chernoff.value}, e^${bernstein}`)
    const exact = forceUnion(staticEvent({ N: 256, delta }), L, 8)
    expect(Math.abs(union / exact - 1)).toBeLessThan(3.5 / Math.sqrt(effectiveSize))
    expect(chernoff.low).toBeGreaterThan(estimate!.high)
    expect(Math.log(chernoff.high)).toBeLessThan(bernstein)
  }
})
