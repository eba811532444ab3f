/**
 * A population of states on its way up through levels: who reaches the next level, clones of these in place of the
 * others, and moves of all that stay at or above the level.
 */
import type { BulkStream } from '../bulkStream.js'
import type { Steps } from '../steps.js'
import type { Move } from './moves.js'
import { drawState, type StateLaw } from './stateLaw.js'

/** What is sampled: the law of the states, the score that the event asks of them, and the moves. */
export interface Sampled {
  readonly law: StateLaw
  /** A number for each state; the state is left as it is. */
  readonly score: (state: Float64Array) => number
  readonly moves: readonly Move[]
  /** K, states of a population. */
  readonly population: number
  /** n, moves of each state at a level: a number that is fixed beforehand. */
  readonly movesPerLevel: number
}

/** K states with their scores and the numbers of the states of t = 0 that they descend from. */
export interface Population {
  readonly states: Float64Array
  readonly scores: Float64Array
  readonly ancestors: Int32Array
}

/** Milliseconds of work between two steps of a generator. */
const BEAT = 10

/** A function that says when it is time for a step. */
export function beats(): () => boolean {
  let last = performance.now()
  return () => {
    const now = performance.now()
    if (now - last < BEAT) return false
    last = now
    return true
  }
}

/** The state k of a population, as a view. */
export function stateOf({ states, scores }: Population, k: number): Float64Array {
  const size = states.length / scores.length
  return states.subarray(k * size, (k + 1) * size)
}

/** K independent states. */
export function* freshPopulation(of: Sampled, stream: BulkStream): Steps<Population> {
  const { law, population: K } = of
  const size = law.particles * law.components
  const population: Population = {
    states: new Float64Array(K * size),
    scores: new Float64Array(K),
    ancestors: Int32Array.from({ length: K }, (_, k) => k),
  }
  const due = beats()
  for (let k = 0; k < K; k++) {
    const state = stateOf(population, k)
    drawState(law, state, stream)
    population.scores[k] = scoreOf(of, state)
    if (due()) yield { fraction: 0, stage: '' }
  }
  return population
}

/** The score, which must be a number. @throws RangeError */
function scoreOf({ score }: Sampled, state: Float64Array): number {
  const value = score(state)
  if (typeof value === 'number' && !Number.isNaN(value)) return value
  throw new RangeError(`score must be a number for every state, got ${String(value)}`)
}

/** How many states have a score at or above the level. */
export function countAt({ scores }: Population, level: number): number {
  let count = 0
  for (let k = 0; k < scores.length; k++) if (scores[k]! >= level) count++
  return count
}

/** How many different states of t = 0 those at or above the level descend from. */
export function ancestorsAt({ scores, ancestors }: Population, level: number): number {
  const seen = new Set<number>()
  for (let k = 0; k < scores.length; k++) if (scores[k]! >= level) seen.add(ancestors[k]!)
  return seen.size
}

/**
 * Puts clones of states at or above the level in the place of those below it: each of the former is cloned as often as
 * any other, up to one, and chance decides which are cloned once more, so that all have the same expected number of
 * descendants.
 */
export function replaceBelow(population: Population, level: number, stream: BulkStream): void {
  const { scores, ancestors } = population
  const alive: number[] = []
  for (let k = 0; k < scores.length; k++) if (scores[k]! >= level) alive.push(k)
  for (let i = alive.length - 1; i > 0; i--) {
    const j = Math.floor(stream.uniform() * (i + 1))
    ;[alive[i], alive[j]] = [alive[j]!, alive[i]!]
  }
  let next = 0
  for (let k = 0; k < scores.length; k++) {
    if (scores[k]! >= level) continue
    const from = alive[next++ % alive.length]!
    stateOf(population, k).set(stateOf(population, from))
    scores[k] = scores[from]!
    ancestors[k] = ancestors[from]!
  }
}

/** Moves tried and accepted, by move. */
export interface Tally {
  readonly tried: Float64Array
  readonly accepted: Float64Array
}

/**
 * Every state makes n moves, each of a kind chosen at random, that are accepted if the score stays at or above the
 * level.
 * @param steps step size of each move
 * @param after called after each state with its number; it may change the steps
 */
export function* moveAll(
  of: Sampled,
  population: Population,
  level: number,
  steps: ArrayLike<number>,
  stream: BulkStream,
  after: (k: number, tally: Tally) => void,
): Steps<Tally> {
  const { moves, population: K, movesPerLevel } = of
  const { scores } = population
  const proposal = new Float64Array(population.states.length / K)
  const tally: Tally = { tried: new Float64Array(moves.length), accepted: new Float64Array(moves.length) }
  const due = beats()
  for (let k = 0; k < K; k++) {
    const state = stateOf(population, k)
    for (let n = 0; n < movesPerLevel; n++) {
      const m = moves.length === 1 ? 0 : Math.floor(stream.uniform() * moves.length)
      moves[m]!.propose(state, proposal, steps[m]!, stream)
      const score = scoreOf(of, proposal)
      tally.tried[m]!++
      if (score >= level) {
        tally.accepted[m]!++
        state.set(proposal)
        scores[k] = score
      }
      if (due()) yield { fraction: k / K, stage: '' }
    }
    after(k, tally)
  }
  return tally
}
