/**
 * One population through the levels to the highest threshold. The pilot chooses levels and step sizes on its way; a
 * frozen run takes them from the pilot, and its product of shares is an unbiased estimate of each probability.
 */

import { wasmCore } from '../../wasm/core.js'
import { type BulkStream, bulkStream } from '../bulkStream.js'
import type { Steps } from '../steps.js'
import {
  ancestorsAt,
  countAt,
  freshPopulation,
  moveAll,
  type Population,
  replaceBelow,
  type Sampled,
  type Tally,
} from './population.js'

/**
 * What frozen runs share: levels, the last being the highest threshold, and the step size of each move at each level.
 */
export interface Schedule {
  readonly levels: readonly number[]
  /** One row a level but the last, after which nothing moves. */
  readonly steps: readonly (readonly number[])[]
}

/** What one population found. */
export interface RareRun {
  /** For each threshold the estimate of P(S >= threshold); 0 above where the population became extinct. */
  readonly p: readonly number[]
  /** For each threshold how many of the first states those at or above it descend from. */
  readonly ancestors: readonly number[]
  /** How many of the population reached each level. */
  readonly reached: readonly number[]
  /** For each level but the last the accepted part of all moves, to three digits. */
  readonly acceptance: readonly number[]
  /** Scores computed. */
  readonly scores: number
}

/** A population between two levels: all that the rest of its run is a function of. */
export interface Climb {
  /** How many levels are behind it. */
  readonly passed: number
  /** The product of the shares so far. */
  readonly product: number
  readonly population: Population
  readonly schedule: Schedule
  readonly run: RareRun
}

/** What a climb needs besides what is sampled. */
export interface ClimbOptions {
  /** Ascending. */
  readonly thresholds: readonly number[]
  /** Of all streams of this climb: that of level m is key/m. */
  readonly key: string
  /** The share that shall reach the next level: the climb is a pilot, which chooses its levels. */
  readonly share?: number
  /** Called after each level with what a later call may begin from. */
  readonly passed?: (climb: Climb) => void
}

/** What a climb ends with. */
export interface ClimbEnd {
  readonly run: RareRun
  readonly schedule: Schedule
  /** States at or above the highest threshold, one after the other. */
  readonly top: Float64Array
}

/** Levels after which a pilot gives up. */
const MOST_LEVELS = 400
/** What the pilot tunes the acceptance of each move to, how often at a level, and from how many trials on. */
const [ACCEPTANCE, TUNINGS, TRIALS] = [0.3, 20, 10]

/** @param from a climb that was interrupted; its schedule is that of all frozen runs, so that none else is needed */
export function* climb(
  of: Sampled,
  { thresholds, key, share, passed }: ClimbOptions,
  given: Schedule | undefined,
  from?: Climb,
): Steps<ClimbEnd> {
  const highest = thresholds.at(-1)!
  const levels = [...(from?.schedule ?? given ?? { levels: [] }).levels]
  const steps = (from?.schedule ?? given ?? { steps: [] }).steps.map(row => [...row])
  const run = {
    p: from === undefined ? thresholds.map(() => 0) : [...from.run.p],
    ancestors: from === undefined ? thresholds.map(() => 0) : [...from.run.ancestors],
    reached: [...(from?.run.reached ?? [])],
    acceptance: [...(from?.run.acceptance ?? [])],
    scores: from?.run.scores ?? of.population,
  }
  const stream = (m: number): BulkStream => bulkStream(`${key}/${m}`)
  const population = from?.population ?? (yield* freshPopulation(of, stream(0)))
  let product = from?.product ?? 1
  let current = from === undefined ? Number.NEGATIVE_INFINITY : levels[from.passed - 1]!
  const every = Math.ceil(of.population / TUNINGS)
  const own = share === undefined ? undefined : of.moves.map(move => move.start)
  for (let m = from?.passed ?? 0; ; m++) {
    const level = share === undefined ? levels[m]! : nextLevel(population, current, highest, share, m)
    if (share !== undefined) levels[m] = level
    for (const [t, threshold] of thresholds.entries()) {
      if (threshold <= current || threshold > level) continue
      run.p[t] = (product * countAt(population, threshold)) / of.population
      run.ancestors[t] = ancestorsAt(population, threshold)
    }
    const reached = countAt(population, level)
    run.reached.push(reached)
    product *= reached / of.population
    current = level
    const schedule = { levels, steps }
    if (reached === 0 || level >= highest) return { run, schedule, top: statesAt(population, level) }
    const random = stream(m + 1)
    replaceBelow(population, level, random)
    const sizes = share === undefined ? steps[m]! : [...(steps[m - 1] ?? own!)]
    const work = moveAll(of, population, level, sizes, random, (k, tally) => {
      if (share !== undefined && k % every === every - 1) tune(of, sizes, tally)
    })
    const total = share === undefined ? levels.length : m + 10
    let tally: Tally
    for (;;) {
      const step = work.next()
      if (step.done === true) {
        tally = step.value
        break
      }
      yield { fraction: (m + step.value.fraction) / total, stage: '' }
    }
    run.acceptance.push(accepted(tally))
    run.scores += of.population * of.movesPerLevel
    if (share !== undefined) steps[m] = sizes
    passed?.({ passed: m + 1, product, population, schedule, run })
    yield { fraction: (m + 1) / total, stage: '' }
  }
}

/** The score that a share of the population reaches, above the level now; never beyond the highest threshold. */
function nextLevel({ scores }: Population, current: number, highest: number, share: number, m: number): number {
  const sorted = Float64Array.from(scores).sort()
  let level = sorted[Math.floor(sorted.length * (1 - share))]!
  // Ties: where the share does not reach more than now, the next score that any has.
  if (level <= current) level = sorted.find(score => score > current) ?? Number.NaN
  if (Number.isNaN(level) || m >= MOST_LEVELS) {
    throw new RangeError(
      `levels must be within reach: after ${m} levels the pilot found no score above ${current}, wanted was ${highest}`,
    )
  }
  return Math.min(level, highest)
}

function accepted({ tried, accepted }: Tally): number {
  const sum = (x: Float64Array): number => x.reduce((a, b) => a + b, 0)
  return Number((sum(accepted) / sum(tried)).toFixed(3))
}

/** Bolder steps where more than {@link ACCEPTANCE} is accepted; older trials count less. */
function tune({ moves }: Sampled, sizes: number[], { tried, accepted }: Tally): void {
  // The same bits on every engine, and with them the step sizes.
  const { exp } = wasmCore()
  for (const [i, move] of moves.entries()) {
    if (tried[i]! <= TRIALS) continue
    const rate = accepted[i]! / tried[i]!
    sizes[i] = Math.min(1, Math.max(move.least, sizes[i]! * exp(0.5 * (rate - ACCEPTANCE))))
    tried[i]! *= 0.5
    accepted[i]! *= 0.5
  }
}

function statesAt({ states, scores }: Population, level: number): Float64Array {
  const size = states.length / scores.length
  const kept: Float64Array[] = []
  for (let k = 0; k < scores.length; k++) if (scores[k]! >= level) kept.push(states.subarray(k * size, (k + 1) * size))
  const top = new Float64Array(kept.length * size)
  for (const [i, state] of kept.entries()) top.set(state, i * size)
  return top
}
