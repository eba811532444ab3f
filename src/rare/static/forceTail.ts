/**
 * P(max_i |K_i - Kbar_i|_inf >= L) at one time, the event of Proposition 7.2, down to 1e-12 and below: importance
 * sampling with one particle's sum tilted.
 */
import { bulkStream } from '../../base/bulkStream.js'
import { quote, requireInteger, requireNumber, requireOptions } from '../../base/errors.js'
import { withInterrupts } from '../../base/interrupt.js'
import { type BarOption, reporting } from '../../base/progress.js'
import { requireSeed } from '../../base/random.js'
import { requireNumbers } from '../../base/shape.js'
import { inTurns, type Steps, type TurnOptions } from '../../base/steps.js'
import { requireForceLevel, type StaticEvent, type StaticEventOptions, staticEvent } from './staticEvent.js'
import { FIRST_PLACES, fittedPlaces, tiltedSample, type WeightedSample } from './tiltedSample.js'
import { type ForceTail, weightedEstimate } from './weightedEstimate.js'

/** What is asked. */
export interface ForceTailOptions extends StaticEventOptions, TurnOptions, BarOption {
  /** L, one or more. */
  readonly thresholds: readonly number[]
  readonly seed: number | string
  /** For each threshold, >= 100, default 20 000; a fifth as many before choose where particle 1 is drawn. */
  readonly samples?: number
  /** Of the intervals, in (0, 1), default 0.95. */
  readonly level?: number
}

/**
 * The probability that the law of large numbers fails by L at t = 0, K_i = (1/N) sum_{j != i} k(q_i - q_j) with the
 * kernel (4), Kbar = k*rho, for each threshold L.
 *
 * With C the number of (particle, component, sign) at or above L and A_1 = {(K_1 - Kbar_1)_1 >= L}, exchangeability and
 * the symmetry of the cube give P = 6 N E[1_{A_1}/C]. Given q_1 the sum is one of independent terms: they are drawn
 * with the density tilted by exp(theta h)/M(theta, q_1), theta the saddlepoint of q_1; q_1 itself from a normal law
 * that a first part of the samples chose, mixed with the law rho. The weight is exact: rho/g (q_1) exp(-theta sum h)
 * M^(N-1) 6 N/C.
 * @throws TypeError, RangeError naming the argument before any work; the signal's reason when it is aborted
 * @source Proposition 7.2, Definition 7.1; Owen, Maximov, Chertkov 2019, arXiv:1710.06965 (the division by C)
 * @example
 * const [tail] = await forceTail({ N: 16, delta: 0.25, thresholds: [1.5], seed: 1, samples: 400 })
 * tail.value < tail.union // true
 */
export async function forceTail(options: ForceTailOptions): Promise<readonly ForceTail[]> {
  requireOptions<ForceTailOptions>('forceTail', options, {
    ...{ law: true, N: true, delta: true, thresholds: true, seed: true, samples: true, level: true },
    ...{ bar: true, signal: 'signal', onProgress: 'function' },
  })
  const { thresholds, seed, samples = 20_000, level = 0.95 } = options
  requireNumbers('thresholds', thresholds)
  if (thresholds.length === 0)
    throw new RangeError(`thresholds must hold at least one number, got ${quote(thresholds)}`)
  for (const [t, L] of thresholds.entries()) requireForceLevel(`thresholds[${t}]`, L)
  requireSeed(seed)
  requireInteger('samples', samples, 100, 1e8)
  requireNumber('level', level, Number.MIN_VALUE, 1 - Number.EPSILON, 'a number in (0, 1)')
  const event = staticEvent(options)
  const setting = { seed: String(seed), samples, level }
  return withInterrupts(options, heeding =>
    reporting('forceTail', heeding, report =>
      inTurns(tailSteps(event, Array.from(thresholds), setting), heeding, report),
    ),
  )
}

interface Setting {
  readonly seed: string
  readonly samples: number
  readonly level: number
}

/** Rounds of samples that choose where particle 1 is drawn, each of a tenth of the samples. */
const ROUNDS = 2

function* tailSteps(event: StaticEvent, thresholds: readonly number[], setting: Setting): Steps<ForceTail[]> {
  const { seed, samples, level } = setting
  const { N, law, delta } = event
  const tails: ForceTail[] = []
  const first = Math.ceil(samples / 10)
  const each = samples + ROUNDS * first
  for (const [t, L] of thresholds.entries()) {
    const stage = `L = ${L}`
    // Of the place in the list no number depends.
    const stream = bulkStream(`${seed}/static/${JSON.stringify(law.parameters)}/${N}/${delta}/${L}`)
    const draw = function* (places: typeof FIRST_PLACES, count: number, before: number): Steps<WeightedSample[]> {
      const found: WeightedSample[] = []
      for (let k = 0; k < count; k++) {
        const sample = tiltedSample(event, L, places, stream)
        if (sample !== undefined) found.push(sample)
        yield { fraction: (t + (before + k) / each) / thresholds.length, stage }
      }
      return found
    }
    let places = FIRST_PLACES
    for (let round = 0; round < ROUNDS; round++) {
      places = fittedPlaces(yield* draw(places, first, round * first))
    }
    // Frozen now: what comes is independent of what chose it.
    const found = yield* draw(places, samples, ROUNDS * first)
    tails.push({ threshold: L, ...weightedEstimate(found, samples, 6 * N, level, seed) })
  }
  return tails
}
