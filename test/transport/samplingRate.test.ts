import { describe, expect, it } from 'vitest'
import { expectedW1ToLaw, uniformOneSampleW2Squared } from '../../src/transport/line/closedForms1d.js'
import { twoPartsLaw1d, uniformLaw1d } from '../../src/transport/line/quantileLaw.js'
import { productLaw, type SpaceLaw, uniformCubeLaw } from '../../src/transport/sample/oneSampleLaw.js'
import { samplingRate } from '../../src/transport/sample/samplingRate.js'

const line = uniformCubeLaw(1)
const parts = productLaw([twoPartsLaw1d(2)])

describe('the rate of sampling', () => {
  it('on the line is that of one sample, whose expectation is closed', async () => {
    // W_2^2 of the uniform law has the mean 1/(6 N) and, in the limit, the variance 1/(90 N^2): ends at five standard
    // errors.
    const sizes = [10, 40, 160]
    const replicates = 400
    const { distance, slope, predicted } = await samplingRate(line, 2, { seed: 'line', sizes, replicates })
    for (const [k, N] of sizes.entries()) {
      const mean = uniformOneSampleW2Squared(N)
      expect(mean).toBeCloseTo(1 / (6 * N), 12)
      expect(Math.abs(distance[k]! ** 2 / mean - 1)).toBeLessThan((5 * 6) / Math.sqrt(90 * replicates))
    }
    // The uniform law on one interval is kinder than the bound.
    expect([predicted, slope.kind]).toEqual([-0.25, 'confidence'])
    expect(slope.low).toBeLessThan(-0.5)
    expect(slope.high).toBeGreaterThan(-0.5)
    expect(slope.high).toBeLessThan(predicted)
  })

  it('is that of the bound where two parts are separated', async () => {
    const options = { seed: 'parts', sizes: [100, 400, 1600], replicates: 100 }
    const second = await samplingRate(parts, 2, options)
    expect(Math.abs(second.slope.value - second.predicted)).toBeLessThan(0.03)
    const first = await samplingRate(parts, 1, options)
    for (const [k, N] of options.sizes.slice(0, 2).entries()) {
      expect(Math.abs(first.distance[k]! / expectedW1ToLaw(N, twoPartsLaw1d(2)).value - 1)).toBeLessThan(0.3)
    }
  })

  it('in the plane is that of two samples: of single points the mean distance in a square', async () => {
    const { distance } = await samplingRate(uniformCubeLaw(2), 1, { seed: 'plane', sizes: [1, 2], replicates: 2000 })
    const mean = (2 + Math.SQRT2 + 5 * Math.log(1 + Math.SQRT2)) / 15
    // The standard deviation of the distance of two points is 0.248.
    expect(Math.abs(distance[0]! - mean)).toBeLessThan((5 * 0.248) / Math.sqrt(2000))
    expect(distance[1]).toBeLessThan(distance[0]!)
  })

  it('is two-sample on the line as well where no law of the coordinate is known', async () => {
    const { factors: _, ...unknown } = uniformCubeLaw(1)
    const options = { seed: 'proxy', sizes: [20, 80], replicates: 400 }
    const [one, two] = [await samplingRate(line, 2, options), await samplingRate(unknown as SpaceLaw, 2, options)]
    // The proxy has 2 N/(N + 1) times the mean of the square.
    for (const [k, N] of options.sizes.entries()) {
      expect((two.distance[k]! / one.distance[k]!) ** 2 / ((2 * N) / (N + 1))).toBeCloseTo(1, 0)
    }
    expect(two.distance[0]).toBeGreaterThan(1.2 * one.distance[0]!)
  })

  it('does not depend on what else is measured, but on the seed', async () => {
    const at = (seed: string, sizes: number[]) => samplingRate(uniformCubeLaw(3), 1, { seed, sizes, replicates: 3 })
    const [some, more, other] = [await at('a', [4, 8]), await at('a', [4, 8, 16]), await at('b', [4, 8])]
    expect(Array.from(more.distance).slice(0, 2)).toEqual(Array.from(some.distance))
    expect(other.distance[0]).not.toBe(some.distance[0])
  })

  it('tells its progress, and a signal ends it', async () => {
    const stopped = new AbortController()
    const reason = new Error('enough')
    const call = samplingRate(uniformCubeLaw(6), 1, {
      ...{ seed: 'long', replicates: 10_000, signal: stopped.signal },
      onProgress: ({ fraction, stage }) => {
        expect(fraction).toBeLessThan(0.5)
        expect(stage).toMatch(/^N = \d+$/)
        stopped.abort(reason)
      },
    })
    await expect(call).rejects.toBe(reason)
  })

  it.each<[string, Parameters<typeof samplingRate>, RegExp]>([
    ['one size', [line, 1, { seed: '1', sizes: [10] }], /sizes.length must be an integer >= 2, got 1/],
    [
      'sizes that fall',
      [line, 1, { seed: '1', sizes: [10, 10] }],
      /sizes\[1\] must be an integer in \[11, 1000000\], got 10/,
    ],
    ['an infinite order', [line, Number.POSITIVE_INFINITY, { seed: '1' }], /p must be/],
    ['one replicate', [line, 1, { seed: '1', replicates: 1 }], /replicates must be an integer in \[2/],
  ])('refuses %s', async (_, call, message) => {
    await expect(samplingRate(...call)).rejects.toThrow(message)
  })

  it('refuses two parts without a gap', () => {
    expect(() => twoPartsLaw1d(0)).toThrow(/gap must be a finite number > 0, got 0/)
    expect(uniformLaw1d().name).not.toBe(twoPartsLaw1d(1).name)
  })
})
