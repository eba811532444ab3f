/** The static tail against splitting, which knows nothing of one particle's sum. */
import { expect, test } from 'vitest'
import { rareProbabilities } from '../../src/base/rare/rareProbabilities.js'
import { normalStates } from '../../src/base/rare/stateLaw.js'
import { forceTail } from '../../src/rare/static/forceTail.js'
import { staticEvent } from '../../src/rare/static/staticEvent.js'
import { largestDeviation } from '../rare/forceFrequencies.js'

const delta = 0.25

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
