/**
 * The static tail against frequencies of direct sums and against inverted generating functions; against splitting in
 * forceTail.long.test.ts.
 */
import { expect, test } from 'vitest'
import { forceSummand } from '../../src/concentration/summand.js'
import { bernsteinBound } from '../../src/concentration/tailBounds.js'
import { forceChernoff } from '../../src/rare/static/forceChernoff.js'
import { forceTail } from '../../src/rare/static/forceTail.js'
import { staticEvent } from '../../src/rare/static/staticEvent.js'
import { forceFrequencies } from '../rare/forceFrequencies.js'
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
