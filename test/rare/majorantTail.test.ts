import { describe, expect, test } from 'vitest'
import { secondMoments } from '../../src/concentration/secondMoments.js'
import { gaussianLaw } from '../../src/law/gaussianLaw.js'
import { majorantTail } from '../../src/rare/static/majorantTail.js'
import { majorantEvent } from '../../src/rare/static/staticEvent.js'
import { tiltedSummand } from '../../src/rare/static/tiltedSummand.js'
import { expectDrawnAsTilted } from './drawnAsTilted.js'
import { majorantFrequencies } from './majorantFrequencies.js'

const N = 8
const delta = 0.25

describe.each(['printed', 'repaired'] as const)('the tilted law of the majorant, %s', version => {
  const event = majorantEvent({ N, delta }, version)

  test('has mass 1, the mean field as its mean, and the variance of the second moments, where it is not tilted', () => {
    const moments = secondMoments(gaussianLaw(), event.source, 1e-7)
    for (const R of [0, 0.7, 2, 3.5]) {
      const { logM, mean, variance } = tiltedSummand(event.sides[0]!.pair, R, 0).tilted(0)
      expect(logM).toBeCloseTo(0, 12)
      expect(mean).toBeCloseTo(event.mean(R), 6)
      expect(Math.abs(variance / moments.variance(R).value - 1)).toBeLessThan(1e-6)
      // What is too small is too large of the negative.
      expect(tiltedSummand(event.sides[1]!.pair, R, 0).tilted(0).mean).toBeCloseTo(-mean, 12)
    }
  })

  test('drawn by rejection has the mean of the tilt and the weights of one, on either side', () => {
    for (const { pair } of event.sides) {
      const theta = 6 * pair.scale
      expectDrawnAsTilted(pair, [0.6, 0.5], theta, tiltedSummand(pair, 0.6, 0.5).tilted(theta), 'tilted majorant')
    }
  })
})

describe('majorantTail', () => {
  // Both sides matter, and several particles are off at once.
  test.each([
    { version: 'printed', thresholds: [1.5, 2.2] },
    { version: 'repaired', thresholds: [4, 6] },
  ] as const)('is the frequency of direct sums, $version, which the union bound is not', async of => {
    const { version, thresholds } = of
    const n = 40_000
    const plain = majorantFrequencies(majorantEvent({ N, delta }, version), thresholds, n, 'frequencies')
    const common = { N, delta, version, samples: 4000, seed: 1, bar: 'hide' } as const
    for (const [t, tail] of (await majorantTail({ ...common, thresholds })).entries()) {
      const { value, union, refused, effectiveSize } = tail
      expect(refused).toEqual([])
      const { P, all } = plain[t]!
      const error = Math.hypot(Math.sqrt((P * (1 - P)) / n), value / Math.sqrt(effectiveSize))
      expect(Math.abs(value - P)).toBeLessThan(3.5 * error)
      expect(Math.abs(union - all)).toBeLessThan(3.5 * (all / value) * error)
      // The control: without the division by C.
      if (t === 0) expect(union - P).toBeGreaterThan(3 * error)
    }
  })

  test('names what is wrong before any work', async () => {
    const good = { N: 4, delta, thresholds: [1], seed: 1 }
    await expect(majorantTail({ ...good, version: 'mended' as never })).rejects.toThrow(/version must be/)
    await expect(majorantTail({ ...good, thresholds: [0] })).rejects.toThrow(/thresholds\[0\] must be .* > 0, got 0/)
    await expect(majorantTail({ ...good, samples: 9 })).rejects.toThrow(/samples/)
  })
})
