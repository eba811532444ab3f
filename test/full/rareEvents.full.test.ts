/**
 * The sampler of rare events against known probabilities: hundreds of runs each, coverage, and controls that must fail.
 */
import { describe, expect, test } from 'vitest'
import { type BulkStream, bulkStream } from '../../src/base/bulkStream.js'
import { climb } from '../../src/base/rare/climb.js'
import { autoregression, blockAutoregression, type Move, movesOf, resampling } from '../../src/base/rare/moves.js'
import { type RareOptions, type RareProbabilities, rareProbabilities } from '../../src/base/rare/rareProbabilities.js'
import { drawState } from '../../src/base/rare/stateLaw.js'
import { binomialTail, clopperPearson } from '../../src/base/statistics/clopperPearson.js'
import { meanAndStandardError } from '../../src/base/statistics/statistics.js'
import { finish } from '../../src/base/steps.js'
import { system } from '../../src/flow/coupled/system.js'
import { radialField } from '../../src/flow/field/radial/radialField.js'
import { gaussianLaw } from '../../src/law/gaussianLaw.js'
import { deviationScore } from '../../src/rare/deviationScore.js'
import {
  chiSquare,
  closestPair,
  gaussianTail,
  type KnownEvent,
  largestGap,
  normalTail,
  occupancy,
  thresholdOf,
} from '../base/rare/knownEvents.js'

const sample = (event: Pick<KnownEvent, 'law' | 'score'>, options: Partial<RareOptions>): Promise<RareProbabilities> =>
  rareProbabilities({ law: event.law, score: event.score, thresholds: [], seed: 'full', bar: 'hide', ...options })

/** Mean of p_r / truth over runs with its standard error. */
function ratio(p: readonly number[], truth: number): { readonly mean: number; readonly standardError: number } {
  return meanAndStandardError(p.map(x => x / truth))
}

describe('200 runs and more find', () => {
  test.each<[KnownEvent, number[]]>([
    [gaussianTail(8), [5, 7.03]],
    [chiSquare(6), [40, 84]],
    [occupancy(40), [18, 27]],
    [closestPair(8), [12, 31.6]],
    [largestGap(10), [0.8, 0.963]],
  ])('the probability of $name down to 1e-12', async (event, thresholds) => {
    const { runs } = await sample(event, { thresholds, population: 100, movesPerLevel: 6, runs: 240 })
    for (const [t, threshold] of thresholds.entries()) {
      const truth = event.tail(threshold)
      const { mean, standardError } = ratio(
        runs.map(run => run.p[t]!),
        truth,
      )
      console.log(
        `${event.name}: P = ${truth.toExponential(2)}, ratio ${mean.toFixed(3)} +- ${standardError.toFixed(3)}`,
      )
      expect(Math.abs(mean - 1)).toBeLessThan(4 * standardError)
      expect(standardError).toBeLessThan(0.25)
    }
    expect(event.tail(thresholds[1]!)).toBeLessThan(3e-12)
  })
})

describe('intervals at 95 %', () => {
  test.each<[KnownEvent, number]>([
    [gaussianTail(6), 4],
    [occupancy(30), 14],
  ])('cover the probability of $name in 92 to 98 % of 200 repetitions, pilot and all', async (event, threshold) => {
    const truth = event.tail(threshold)
    let [covered, given] = [0, 0]
    for (let k = 0; k < 200; k++) {
      const options = { thresholds: [threshold], seed: `coverage/${k}`, population: 150, movesPerLevel: 6 }
      const { estimate } = (await sample(event, options)).tails[0]!
      if (estimate === undefined) continue
      given++
      if (estimate.low <= truth && truth <= estimate.high) covered++
    }
    console.log(`${event.name}: P = ${truth.toExponential(2)}, ${covered} of ${given} intervals cover it`)
    expect(given).toBeGreaterThan(190)
    expect(covered / given).toBeGreaterThanOrEqual(0.92)
    expect(covered / given).toBeLessThanOrEqual(0.98)
  })
})

describe('the event of Theorem 4.2 at N = 16', () => {
  const of = system({ law: gaussianLaw(), N: 16, delta: 0.2, T: 1, seed: 1 })
  const S = deviationScore(of, radialField({ law: of.law, kernel: of.kernel, T: 1, tolerance: 1e-6 }))
  const thresholds = [1, 1.28, 1.75].map(c => c * 16 ** -0.2)

  test('has the probability that a million independent states show', async () => {
    const found = await sample(S, { thresholds, population: 300, movesPerLevel: 6 })
    const stream = bulkStream('monte carlo')
    const state = new Float64Array(96)
    const counts = [0, 0]
    for (let k = 0; k < 1e6; k++) {
      drawState(S.law, state, stream)
      const score = S.score(state)
      for (let t = 0; t < 2; t++) if (score >= thresholds[t]!) counts[t]!++
    }
    for (let t = 0; t < 2; t++) {
      const frequency = clopperPearson(counts[t]!, 1e6)
      const { estimate } = found.tails[t]!
      console.log(`sampled ${estimate!.value.toExponential(3)}, frequency ${frequency.value.toExponential(3)}`)
      const sigma = Math.hypot(
        Math.log(estimate!.high / estimate!.low) / 4,
        Math.log(frequency.high / frequency.low) / 4,
      )
      expect(Math.abs(Math.log(estimate!.value / frequency.value))).toBeLessThan(3 * sigma)
    }
  })

  test('has the same probability by two sets of moves, and by twice as many', async () => {
    const { law } = S
    const common = { thresholds, population: 250, movesPerLevel: 6 }
    const all = await Promise.all([
      sample(S, { ...common, moves: [resampling(law)], seed: 'resampling' }),
      sample(S, { ...common, moves: [autoregression(law), blockAutoregression(law)], seed: 'autoregression' }),
      sample(S, { ...common, movesPerLevel: 12, seed: 'twice' }),
    ])
    const logs = all.map(({ runs }) => meanAndStandardError(runs.map(run => Math.log(run.p[2]!))))
    console.log(all.map(({ tails }) => tails[2]!.value.toExponential(3)).join(', '))
    for (const [i, j] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      const [a, b] = [all[i]!.tails[2]!.value, all[j]!.tails[2]!.value]
      expect(Math.abs(Math.log(a / b))).toBeLessThan(3 * Math.hypot(logs[i]!.standardError, logs[j]!.standardError))
    }
  })
})

describe('a control that must fail:', () => {
  test('a move that is drawn to the origin', async () => {
    const event = gaussianTail(8)
    const honest = autoregression(event.law)
    const drawn: Move = {
      ...honest,
      propose: (state, out, step, stream) => {
        honest.propose(state, out, step, stream)
        for (let k = 0; k < out.length; k++) out[k] = 0.99 * out[k]!
      },
    }
    const { runs } = await sample(event, { thresholds: [4], moves: [drawn], population: 100, runs: 200 })
    const { mean, standardError } = ratio(
      runs.map(run => run.p[0]!),
      event.tail(4),
    )
    expect(mean - 1).toBeLessThan(-6 * standardError)
  })

  test('a pilot, whose levels come from its own states, as a result', () => {
    const event = gaussianTail(8)
    const of = { law: event.law, score: event.score, moves: movesOf(event.law), population: 100, movesPerLevel: 6 }
    const p = Array.from({ length: 400 }, (_, k) => {
      const { run } = finish(climb(of, { thresholds: [7.03], key: `pilot/${k}`, share: 0.4 }, undefined))
      return run.p[0]!
    })
    const { mean, standardError } = ratio(p, event.tail(7.03))
    console.log(`400 pilots: ratio ${mean.toFixed(3)} +- ${standardError.toFixed(3)}`)
    expect(mean - 1).toBeGreaterThan(3 * standardError)
  })

  test('a chain that is stopped when its evaluations are spent, where one of as many moves is right', () => {
    // Elliptical slice sampling (Murray, Adams, MacKay 2010) takes as many evaluations as it needs.
    const max = (z: Float64Array): number => z.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
    const tail = (x: number): number => -Math.expm1(12 * Math.log1p(-normalTail(x)))
    const slice = (state: Float64Array, stream: BulkStream): number => {
      const other = new Float64Array(12)
      stream.normals(other)
      let angle = 2 * Math.PI * stream.uniform()
      let [low, high] = [angle - 2 * Math.PI, angle]
      for (let evaluations = 1; ; evaluations++) {
        const out = state.map((x, k) => Math.cos(angle) * x + Math.sin(angle) * other[k]!)
        if (max(out) >= 2) {
          state.set(out)
          return evaluations
        }
        if (angle < 0) low = angle
        else high = angle
        angle = low + stream.uniform() * (high - low)
      }
    }
    const drift = (chain: (state: Float64Array, stream: BulkStream) => void): number => {
      const stream = bulkStream('budget')
      const state = new Float64Array(12)
      const above: number[] = []
      while (above.length < 60_000) {
        stream.normals(state)
        if (max(state) < 2) continue
        chain(state, stream)
        above.push(max(state) >= 3 ? 1 : 0)
      }
      const { mean, standardError } = meanAndStandardError(above)
      const exact = tail(3) / tail(2)
      console.log(`P(S >= 3 | S >= 2): ${mean.toFixed(4)} +- ${standardError.toFixed(4)}, exact ${exact.toFixed(4)}`)
      return (mean - exact) / standardError
    }
    const fixed = drift((state, stream) => {
      for (let n = 0; n < 3; n++) slice(state, stream)
    })
    const budget = drift((state, stream) => {
      for (let spent = 0; spent < 12; ) spent += slice(state, stream)
    })
    expect(Math.abs(fixed)).toBeLessThan(4)
    expect(budget).toBeLessThan(-6)
  })
})

test('the oracles know what they say: thresholds of 1e-12', () => {
  expect(thresholdOf(gaussianTail(8), 1e-12, 1, 20)).toBeCloseTo(7.0345, 3)
  // 1 - Phi(5), Abramowitz and Stegun, table 26.2.
  expect(normalTail(5)).toBeCloseTo(2.86651571879e-7, 17)
  expect(occupancy(40).tail(27)).toBe(binomialTail(27, 40, normalTail(1)))
})
