/**
 * Probabilities of rare events {S(Z) >= L} under a product law, down to 1e-12 and below: fixed-level sequential Monte
 * Carlo, a pilot that chooses levels and step sizes, then independent runs that use them frozen.
 */
import { quote, requireFunction, requireInteger, requireNumber, requireOptions } from '../errors.js'
import { withInterrupts } from '../interrupt.js'
import { type BarOption, reporting } from '../progress.js'
import { requireSeed } from '../random.js'
import { requireNumbers } from '../shape.js'
import { inTurns, type Steps, type TurnOptions } from '../steps.js'
import { type Climb, type ClimbOptions, climb, type RareRun, type Schedule } from './climb.js'
import { type Move, movesOf, requireMoves } from './moves.js'
import type { Sampled } from './population.js'
import { loadedClimb, type RareCheckpoint, requireCheckpoint, savedClimb } from './rareCheckpoint.js'
import { requireStateLaw, type StateLaw } from './stateLaw.js'
import { type TailEstimate, tailEstimates } from './tailEstimate.js'

/** What is asked. */
export interface RareOptions extends TurnOptions, BarOption {
  /** Of the states: many independent particles. */
  readonly law: StateLaw
  /** S: the events are {S(Z) >= threshold}. It must not change the state, and depend on nothing else. */
  readonly score: (state: Float64Array) => number
  /** One or more, ascending; those below the highest cost nothing. */
  readonly thresholds: readonly number[]
  readonly seed: number | string
  /** Default `movesOf(law)`. */
  readonly moves?: readonly Move[]
  /** K, states of a population, >= 100, default 1000. */
  readonly population?: number
  /** R, independent runs, >= 2, default 16; an interval takes 16. */
  readonly runs?: number
  /** n, moves of each state at each level, default 10. */
  readonly movesPerLevel?: number
  /** The part of a population that shall reach the next level, in [0.05, 0.9], default 0.4. */
  readonly share?: number
  /** Of the intervals, in (0, 1), default 0.95. */
  readonly level?: number
  /** What an earlier call of the same options left: it is continued, with the same bits. */
  readonly checkpoint?: RareCheckpoint
  /**
   * Called after each level and each run with a function that makes the checkpoint; making it takes time in proportion
   * to the population where a run has just not ended.
   */
  readonly onCheckpoint?: (save: () => RareCheckpoint, after: 'level' | 'run') => void
  /** Called at the end of each run with its states at or above the highest threshold, one after the other. */
  readonly onTop?: (states: Float64Array, run: number) => void
}

/** What was found. */
export interface RareProbabilities {
  /** One for each threshold. */
  readonly tails: readonly TailEstimate[]
  readonly schedule: Schedule
  readonly runs: readonly RareRun[]
  /** Scores computed, the pilot's apart. */
  readonly scores: number
  readonly pilotScores: number
  readonly seed: string
  readonly population: number
  readonly movesPerLevel: number
}

/**
 * P(S(Z) >= threshold) for each threshold.
 *
 * A pilot raises a population of K states through levels that a share of it reaches, and tunes the moves. Then R
 * independent runs repeat this with the pilot's levels L_m and step sizes: the states below a level are replaced by
 * clones of those that reach it, all make n moves that leave the law conditioned on S >= L_m invariant, and prod n_m/K
 * is an unbiased estimate, extinct runs counting as 0. The spread of the runs gives the interval; where a diagnostic
 * fails there is none, and `refused` says why. Ties are no difficulty, since it is S >= L everywhere.
 * @throws TypeError, RangeError naming the argument before any work; RangeError for a score that is no number, for
 * thresholds that a median state reaches, and for those that the pilot cannot reach; the signal's reason when it is
 * aborted
 * @source Cérou, Del Moral, Furon, Guyader 2012, doi:10.1007/s11222-011-9231-6; Au and Beck 2001,
 * doi:10.1016/S0266-8920(01)00019-4
 * @example
 * const score = (z: Float64Array) => Math.max(...z)
 * const { tails } = await rareProbabilities({ law: normalStates(10, 1), score, thresholds: [3], seed: 1, population: 100 })
 * tails[0].refused.length // 0
 */
export async function rareProbabilities(options: RareOptions): Promise<RareProbabilities> {
  const problem = rareProblem(options)
  return withInterrupts(options, heeding =>
    reporting('rareProbabilities', heeding, report => inTurns(rareSteps(problem, heeding), heeding, report)),
  )
}

interface Problem {
  readonly of: Sampled
  readonly thresholds: readonly number[]
  readonly seed: string
  readonly share: number
  readonly R: number
  readonly level: number
  readonly key: string
  readonly checkpoint: RareCheckpoint | undefined
}

function rareProblem(options: RareOptions): Problem {
  requireOptions<RareOptions>('rareProbabilities', options, {
    ...{ law: true, score: true, thresholds: true, seed: true, moves: true, population: true, runs: true },
    ...{ movesPerLevel: true, share: true, level: true, checkpoint: 'given', onCheckpoint: 'function' },
    ...{ onTop: 'function', bar: true, signal: 'signal', onProgress: 'function' },
  })
  const { law, score, thresholds, population = 1000, runs: R = 16, movesPerLevel = 10 } = options
  const { share = 0.4, level = 0.95 } = options
  requireStateLaw(law)
  requireFunction('score', score)
  requireNumbers('thresholds', thresholds)
  if (thresholds.length === 0)
    throw new RangeError(`thresholds must hold at least one number, got ${quote(thresholds)}`)
  for (let t = 0; t < thresholds.length; t++) {
    requireNumber(`thresholds[${t}]`, thresholds[t], -Number.MAX_VALUE, Number.MAX_VALUE, 'a finite number')
    if (t === 0 || thresholds[t]! > thresholds[t - 1]!) continue
    throw new RangeError(`thresholds must ascend, got ${thresholds[t]} after ${thresholds[t - 1]}`)
  }
  requireSeed(options.seed)
  requireInteger('population', population, 100, 1e7)
  requireInteger('runs', R, 2, 1e6)
  requireInteger('movesPerLevel', movesPerLevel, 1, 1e6)
  requireNumber('share', share, 0.05, 0.9)
  requireNumber('level', level, Number.MIN_VALUE, 1 - Number.EPSILON, 'a number in (0, 1)')
  if (options.moves !== undefined) requireMoves(options.moves)
  const moves = options.moves ?? movesOf(law)
  const seed = String(options.seed)
  const { name, particles, components } = law
  const named = {
    seed,
    law: name,
    particles,
    components,
    thresholds: Array.from(thresholds),
    population,
    movesPerLevel,
    share,
  }
  const key = JSON.stringify({ ...named, moves: moves.map(move => move.name) })
  const { checkpoint } = options
  return {
    of: { law, score, moves, population, movesPerLevel },
    ...{ thresholds: Array.from(thresholds), seed, share, R, level, key },
    checkpoint: checkpoint === undefined ? undefined : requireCheckpoint(checkpoint, key),
  }
}

type Watching = Pick<RareOptions, 'onCheckpoint' | 'onTop'>

function* rareSteps(problem: Problem, { onCheckpoint, onTop }: Watching): Steps<RareProbabilities> {
  const { of, thresholds, seed, share, R, level, key, checkpoint } = problem
  const runs: RareRun[] = (checkpoint?.runs ?? []).slice(0, R)
  let schedule = checkpoint?.schedule
  let pilotScores = checkpoint?.pilotScores ?? 0
  let pending = checkpoint?.climb === undefined ? undefined : loadedClimb(checkpoint.climb)
  const done = (): RareCheckpoint => ({
    ...{ key, runs: [...runs] },
    ...(schedule === undefined ? {} : { schedule, pilotScores }),
  })
  const passed = (now: Climb): void => onCheckpoint?.(() => ({ ...done(), climb: savedClimb(now) }), 'level')
  const common: Omit<ClimbOptions, 'key'> = { thresholds, passed }
  if (schedule === undefined) {
    const work = climb(of, { ...common, key: `${seed}/pilot`, share }, undefined, pending)
    const pilot = yield* told(work, 'pilot', 0, R + 1)
    if (pilot.schedule.levels.length === 1 && pilot.run.p.at(-1)! >= 0.5) {
      throw new RangeError(
        `thresholds must end above the median of the score, got ${thresholds.at(-1)}, which a part ${pilot.run.p.at(-1)} of the states reaches`,
      )
    }
    schedule = pilot.schedule
    pilotScores = pilot.run.scores
    pending = undefined
    onCheckpoint?.(done, 'run')
  }
  while (runs.length < R) {
    const r = runs.length
    const work = climb(of, { ...common, key: `${seed}/run/${r}` }, schedule, pending)
    const { run, top } = yield* told(work, `run ${r + 1} of ${R}`, r + 1, R + 1)
    pending = undefined
    runs.push(run)
    onTop?.(top, r)
    onCheckpoint?.(done, 'run')
  }
  const { population, movesPerLevel } = of
  const { levels } = schedule
  return {
    tails: tailEstimates(runs, { thresholds, levels, population, movesPerLevel, seed, level }),
    ...{ schedule, runs, pilotScores, seed, population, movesPerLevel },
    scores: runs.reduce((sum, run) => sum + run.scores, 0),
  }
}

/** A part of the work, of `total` that are taken for equal. */
function* told<T>(work: Steps<T>, stage: string, before: number, total: number): Steps<T> {
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
    yield { fraction: (before + Math.min(1, step.value.fraction)) / total, stage }
  }
}
