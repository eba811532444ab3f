/**
 * From independent frozen runs to a probability with an interval, or to the reasons why there is none.
 */

import { requireNumber } from '../errors.js'
import { randomStream } from '../random.js'
import type { Estimate } from '../statistics/estimate.js'
import { studentQuantile } from '../statistics/studentQuantile.js'
import type { RareRun } from './climb.js'

/** What is known of P(S >= threshold). */
export interface TailEstimate {
  readonly threshold: number
  /** The mean of the runs, which is unbiased; that of too few may be far off. */
  readonly value: number
  /** With its interval, where no diagnostic fails. */
  readonly estimate?: Estimate
  /** Why there is no interval. */
  readonly refused: readonly string[]
  /** Runs that became extinct below the threshold and count as 0. */
  readonly extinct: number
  /** Standard deviation of ln p between the runs that did not. */
  readonly spread: number
  /** The least that it can be: that of independent states at every level. */
  readonly leastSpread: number
  /** Independent states a level that would give this spread. */
  readonly effectiveSize: number
  /** Mean number of ancestors of the states at or above the threshold, over the same runs. */
  readonly ancestors: number
}

/** Fewer runs say nothing about an error. */
export const LEAST_RUNS: number = 16
/** Fewer ancestors, in the mean of the runs, neither. */
const LEAST_ANCESTORS = 10
/** Up to this spread ln p is taken for normal. */
const NORMAL_SPREAD = 0.7
/** Moves of a state at a level that must be accepted in the mean. */
const LEAST_ACCEPTED = 1
/** The part of the mean that one run may carry. */
const LARGEST_PART = 0.5
/** A spread as small as this by chance, among independent states, is one in a thousand. */
const TOO_SMALL = -3.09
const RESAMPLES = 4000

/** How the runs were made. */
export interface TailSetting {
  readonly thresholds: readonly number[]
  readonly levels: readonly number[]
  readonly population: number
  readonly movesPerLevel: number
  readonly seed: string
  /** In (0, 1). */
  readonly level: number
}

/**
 * P(S >= threshold) from runs with the same levels, for every threshold. With y_r = ln p_r of mean y and variance s^2
 * over R runs: exp(y + s^2/2 +- t_{R-1} sqrt(s^2/R + s^4/(2(R - 1)))) where s < 0.7 and none is extinct, a percentile
 * bootstrap of the mean elsewhere, and the method says which.
 * @source Cox's interval of a lognormal mean, with t in place of z: Olsson 2005, Journal of Statistics Education 13(1)
 */
export function tailEstimates(runs: readonly RareRun[], setting: TailSetting): readonly TailEstimate[] {
  requireNumber('level', setting.level, Number.MIN_VALUE, 1 - Number.EPSILON, 'a number in (0, 1)')
  return setting.thresholds.map((threshold, t) => tailEstimate(runs, setting, threshold, t))
}

function tailEstimate(runs: readonly RareRun[], setting: TailSetting, threshold: number, t: number): TailEstimate {
  const { levels, population, seed, level } = setting
  const R = runs.length
  const p = runs.map(run => run.p[t]!)
  const value = p.reduce((sum, x) => sum + x, 0) / R
  const alive = runs.filter(run => run.p[t]! > 0)
  const extinct = R - alive.length
  const y = alive.map(run => Math.log(run.p[t]!))
  const mean = y.reduce((sum, x) => sum + x, 0) / y.length
  const variance = y.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (y.length - 1)
  const spread = Math.sqrt(variance)
  const below = levels.filter(at => at < threshold).length
  const least = leastVariance(alive, population, below, t)
  const ancestors = alive.reduce((sum, run) => sum + run.ancestors[t]!, 0) / Math.max(1, alive.length)
  const facts = {
    ...{ threshold, value, extinct, spread, leastSpread: Math.sqrt(least / population) },
    ...{ effectiveSize: least / variance, ancestors },
  }
  const refused = reasons(runs, setting, facts, below, p)
  if (refused.length > 0) return { ...facts, refused }
  const width = studentQuantile(level, R - 1) * Math.sqrt(variance / R + variance ** 2 / (2 * (R - 1)))
  const centre = mean + variance / 2
  const normal = spread < NORMAL_SPREAD && extinct === 0
  const [low, high] = normal
    ? [Math.exp(centre - width), Math.exp(centre + width)]
    : bootstrap(p, level, `${seed}/bootstrap/${t}`)
  const method = `fixed-level sequential Monte Carlo, ${R} runs of ${population}; ${normal ? 'lognormal mean' : 'bootstrap of the mean'}`
  return { ...facts, refused, estimate: { value, low, high, kind: 'confidence', level, method, seed } }
}

/** Sum of (1 - p_m)/p_m over the levels on the way, with the mean shares of the runs. */
function leastVariance(runs: readonly RareRun[], K: number, below: number, t: number): number {
  if (runs.length === 0) return Number.NaN
  let sum = 0
  let product = 1
  for (let m = 0; m < below; m++) {
    const share = runs.reduce((total, run) => total + run.reached[m]!, 0) / runs.length / K
    sum += (1 - share) / share
    product *= share
  }
  // The last share leads from the level below to the threshold, which need not be a level.
  const last = runs.reduce((total, run) => {
    const behind = run.reached.slice(0, below).reduce((product, count) => (product * count) / K, 1)
    return total + run.p[t]! / behind
  }, 0)
  const share = last / runs.length
  return product > 0 ? sum + (1 - share) / share : Number.NaN
}

type Facts = Pick<TailEstimate, 'value' | 'extinct' | 'spread' | 'leastSpread' | 'ancestors'>

/** Which diagnostics fail, each as a sentence. */
function reasons(
  runs: readonly RareRun[],
  { movesPerLevel }: TailSetting,
  { value, extinct, spread, leastSpread, ancestors }: Facts,
  below: number,
  p: readonly number[],
): string[] {
  const R = runs.length
  const list: string[] = []
  if (R < LEAST_RUNS) list.push(`${R} runs are too few: ${LEAST_RUNS} are the least`)
  if (extinct > R / 4) list.push(`${extinct} of ${R} runs became extinct`)
  if (R - extinct >= 2) {
    if (below > 0 && ancestors < LEAST_ANCESTORS) {
      list.push(`${short(ancestors)} ancestors in the mean are too few: ${LEAST_ANCESTORS} are the least`)
    }
    if (spread < leastSpread * smallestRatio(R - extinct - 1)) {
      list.push(
        `ln p spreads by ${short(spread)} between runs, less than independent states allow, ${short(leastSpread)}`,
      )
    }
    const largest = Math.max(...p) / (value * R)
    if (largest > LARGEST_PART) list.push(`one run carries ${Math.round(100 * largest)} % of the mean`)
  }
  const stuck = stuckLevel(runs, below, movesPerLevel)
  if (stuck !== undefined) list.push(stuck)
  return list
}

/** A level at which states make less than one move in the mean, so that clones stay what they are. */
function stuckLevel(runs: readonly RareRun[], below: number, movesPerLevel: number): string | undefined {
  for (let m = 0; m < below; m++) {
    const rates = runs.map(run => run.acceptance[m]).filter(rate => rate !== undefined)
    if (rates.length === 0) continue
    const rate = rates.reduce((sum, x) => sum + x, 0) / rates.length
    if (rate * movesPerLevel >= LEAST_ACCEPTED) continue
    return `at level ${m} a state makes ${short(rate * movesPerLevel)} moves in the mean: ${LEAST_ACCEPTED} is the least`
  }
  return undefined
}

/**
 * The ratio to the true one below which a standard deviation of n degrees of freedom lies once in a thousand (Wilson
 * and Hilferty).
 */
function smallestRatio(n: number): number {
  const root = 1 - 2 / (9 * n) + TOO_SMALL * Math.sqrt(2 / (9 * n))
  return root > 0 ? Math.sqrt(root ** 3) : 0
}

function bootstrap(p: readonly number[], level: number, key: string): [number, number] {
  const stream = randomStream(key)
  const means = Float64Array.from({ length: RESAMPLES }, () => {
    let sum = 0
    for (let r = 0; r < p.length; r++) sum += p[Math.floor(stream.uniform() * p.length)]!
    return sum / p.length
  }).sort()
  const tail = (1 - level) / 2
  return [means[Math.floor(tail * RESAMPLES)]!, means[Math.ceil((1 - tail) * RESAMPLES) - 1]!]
}

const short = (x: number): string => String(Number(x.toPrecision(2)))
