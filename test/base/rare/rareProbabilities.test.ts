import { describe, expect, test } from 'vitest'
import { autoregression, type Move, resampling } from '../../../src/base/rare/moves.js'
import type { RareCheckpoint } from '../../../src/base/rare/rareCheckpoint.js'
import {
  type RareOptions,
  type RareProbabilities,
  rareProbabilities,
} from '../../../src/base/rare/rareProbabilities.js'
import { normalStates } from '../../../src/base/rare/stateLaw.js'
import { chiSquare, closestPair, gaussianTail, type KnownEvent, largestGap, occupancy } from './knownEvents.js'

const quick = { population: 100, movesPerLevel: 8, bar: 'hide' } as const
const sample = ({ law, score }: KnownEvent, thresholds: number[], more: Partial<RareOptions> = {}) =>
  rareProbabilities({ law, score, thresholds, seed: 'known', ...quick, ...more })

/** ln(value/truth) in standard errors of the mean of the runs. */
function errors(found: RareProbabilities, { tail }: KnownEvent): number[] {
  const R = found.runs.length
  return found.tails.map(
    ({ value, threshold, spread }) => Math.log(value / tail(threshold)) / Math.sqrt((Math.exp(spread ** 2) - 1) / R),
  )
}

describe('rareProbabilities', () => {
  test.each([
    [gaussianTail(12), [3, 5, 6]],
    [chiSquare(6), [30, 50, 70]],
    [occupancy(40), [15, 20, 26]],
    [closestPair(8), [6, 10, 18]],
    [largestGap(12), [0.5, 0.7, 0.8]],
  ])('finds the known probabilities of $name', async (event, thresholds) => {
    const found = await sample(event, thresholds)
    expect(event.tail(thresholds[2]!)).toBeLessThan(1e-6)
    for (const error of errors(found, event)) expect(Math.abs(error)).toBeLessThan(4)
    expect(found.scores).toBe(found.runs.reduce((sum, run) => sum + run.scores, 0))
  })

  test('has an interval around the value, which names what it is, and the cost', async () => {
    const { tails, runs, schedule } = await sample(gaussianTail(12), [3])
    const { estimate, refused, value, effectiveSize } = tails[0]!
    expect(refused).toEqual([])
    expect(estimate).toMatchObject({ kind: 'confidence', level: 0.95, seed: 'known', value })
    expect(estimate!.low).toBeLessThan(value)
    expect(estimate!.high).toBeGreaterThan(value)
    expect(effectiveSize).toBeGreaterThan(20)
    expect(schedule.steps.length).toBe(schedule.levels.length - 1)
    expect(runs[0]!.reached.length).toBe(schedule.levels.length)
    expect(runs[0]!.scores).toBe(100 + 100 * 8 * (schedule.levels.length - 1))
  })

  test('gives the same bits for a seed, and others for another', async () => {
    const [a, b, c] = await Promise.all(['1', '1', '2'].map(seed => sample(chiSquare(4), [40], { seed, runs: 2 })))
    expect(a).toEqual(b)
    expect(c!.tails[0]!.value).not.toBe(a!.tails[0]!.value)
  })

  test('continues from any checkpoint, as JSON, to the same bits', async () => {
    const event = chiSquare(4)
    const saved: string[] = []
    const whole = await sample(event, [30], {
      runs: 3,
      onCheckpoint: save => void saved.push(JSON.stringify(save())),
    })
    expect(saved.length).toBeGreaterThan(20)
    for (const at of [0, 3, Math.floor(saved.length / 2), saved.length - 2, saved.length - 1]) {
      const checkpoint = JSON.parse(saved[at]!) as RareCheckpoint
      expect(await sample(event, [30], { runs: 3, checkpoint })).toEqual(whole)
    }
    // More runs are asked for later: those that are done stay.
    const more = await sample(event, [30], { runs: 4, checkpoint: JSON.parse(saved.at(-1)!) })
    expect(more.runs.slice(0, 3)).toEqual(whole.runs)
    await expect(sample(event, [31], { runs: 3, checkpoint: JSON.parse(saved[0]!) })).rejects.toThrow(/checkpoint\.key/)
  })

  test('stops at a signal, and tells its progress', async () => {
    const seen: number[] = []
    const stop = new AbortController()
    const slow = gaussianTail(64)
    const work = sample(slow, [8], {
      population: 2000,
      signal: stop.signal,
      onProgress: ({ fraction, stage }) => {
        seen.push(fraction)
        expect(stage).toMatch(/pilot|run \d+ of 16/)
        if (seen.length === 3) stop.abort(new Error('enough'))
      },
    })
    await expect(work).rejects.toThrow('enough')
    expect(seen).toEqual([...seen].sort((x, y) => x - y))
  })

  test('hands out the states at the highest threshold', async () => {
    const event = gaussianTail(6)
    const tops: Float64Array[] = []
    const { runs } = await sample(event, [3, 4], { runs: 2, onTop: states => void tops.push(states) })
    for (const [r, top] of tops.entries()) {
      expect(top.length / 6).toBe(runs[r]!.reached.at(-1))
      for (let k = 0; k < top.length; k += 6) expect(event.score(top.subarray(k, k + 6))).toBeGreaterThanOrEqual(4)
    }
  })

  test.each<[string, Partial<RareOptions>, RegExp]>([
    ['a small population', { population: 99 }, /population must be an integer in \[100, /],
    ['thresholds that fall', { thresholds: [2, 1] }, /thresholds must ascend, got 1 after 2/],
    ['no threshold', { thresholds: [] }, /thresholds must hold at least one number/],
    ['a threshold below the median', { thresholds: [-1] }, /thresholds must end above the median of the score, got -1/],
    ['a score that is NaN', { score: () => Number.NaN }, /score must be a number for every state, got NaN/],
    [
      'a score that has a highest value',
      { score: () => 1, thresholds: [2] },
      /must be within reach.* no score above 1/,
    ],
    ['a law without a sampler', { law: { name: 'x', particles: 1, components: 1 } as never }, /law\.draw must be/],
    ['a share of 1', { share: 1 }, /share must be a number in \[0\.05, 0\.9\], got 1/],
    ['an option that is none', { moevs: 3 } as never, /did you mean "moves"/],
    ['no moves', { moves: [] }, /moves must be an array of at least one move/],
  ])('refuses %s', async (_, options, message) => {
    const { law, score } = gaussianTail(3)
    await expect(rareProbabilities({ law, score, thresholds: [3], seed: 1, ...quick, ...options })).rejects.toThrow(
      message,
    )
  })

  test('has autoregressive moves for normal states alone', () => {
    expect(() => autoregression(largestGap(5).law)).toThrow(/must have draw 'normal'/)
    expect(resampling(largestGap(5).law).name).toBe('resampling')
  })
})

describe('an interval is refused', () => {
  const refusals = async (more: Partial<RareOptions>, L = 4): Promise<string> => {
    const { tails } = await sample(gaussianTail(12), [L], more)
    if (tails[0]!.refused.length > 0) expect(tails[0]!.estimate).toBeUndefined()
    return tails[0]!.refused.join('; ')
  }

  test('from few runs', async () => {
    expect(await refusals({ runs: 8 })).toMatch(/8 runs are too few/)
  })

  test('from few ancestors', async () => {
    expect(await refusals({}, 7.5)).toMatch(/ancestors in the mean are too few/)
  })

  test('from moves that are hardly ever accepted', async () => {
    const law = normalStates(12, 1)
    const bold: Move = { ...autoregression(law), start: 1, least: 1 }
    expect(await refusals({ moves: [bold], population: 1000 }, 3)).toMatch(/a state makes 0?\.?\d* moves in the mean/)
  })
})
