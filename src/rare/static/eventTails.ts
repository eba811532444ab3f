/**
 * The probability of a static event for each of several thresholds, by weighted samples: first those that choose where
 * particle 1 is drawn, then those that count.
 */
import { bulkStream } from '../../base/bulkStream.js'
import { type OptionNames, quote, requireInteger, requireNumber } from '../../base/errors.js'
import { withInterrupts } from '../../base/interrupt.js'
import { type BarOption, reporting } from '../../base/progress.js'
import { requireSeed } from '../../base/random.js'
import { requireNumbers } from '../../base/shape.js'
import { inTurns, type Steps, type TurnOptions } from '../../base/steps.js'
import { requireForceLevel, type StaticEvent, type StaticEventOptions } from './staticEvent.js'
import { firstPlaces, fittedPlaces, type Places, tiltedSample, type WeightedSample } from './tiltedSample.js'
import { type ForceTail, weightedEstimate } from './weightedEstimate.js'

/** How a static event is sampled. */
export interface StaticTailOptions extends StaticEventOptions, TurnOptions, BarOption {
  /** L, one or more. */
  readonly thresholds: readonly number[]
  readonly seed: number | string
  /** For each threshold, >= 100, default 20 000; a fifth as many before choose where particle 1 is drawn. */
  readonly samples?: number
  /** Of the intervals, in (0, 1), default 0.95. */
  readonly level?: number
}

/** The names of the options. */
export const TAIL_OPTIONS: OptionNames<StaticTailOptions> = {
  ...{ law: true, N: true, delta: true, thresholds: true, seed: true, samples: true, level: true },
  ...{ bar: true, signal: 'signal', onProgress: 'function' },
}

/**
 * The probability of the event for each threshold, as `forceTail` and `majorantTail` describe it.
 * @param name of the function that was called
 * @param key what tells the event's streams from those of others
 * @throws TypeError, RangeError naming the argument; the signal's reason when it is aborted
 */
export function eventTails(
  name: string,
  event: StaticEvent,
  key: string,
  options: StaticTailOptions,
): Promise<readonly ForceTail[]> {
  const { thresholds, seed, samples = 20_000, level = 0.95 } = options
  requireNumbers('thresholds', thresholds)
  if (thresholds.length === 0)
    throw new RangeError(`thresholds must hold at least one number, got ${quote(thresholds)}`)
  for (const [t, L] of thresholds.entries()) requireForceLevel(`thresholds[${t}]`, L)
  requireSeed(seed)
  requireInteger('samples', samples, 100, 1e8)
  requireNumber('level', level, Number.MIN_VALUE, 1 - Number.EPSILON, 'a number in (0, 1)')
  const setting = { seed: String(seed), key, samples, level }
  return withInterrupts(options, heeding =>
    reporting(name, heeding, report => inTurns(tailSteps(event, Array.from(thresholds), setting), heeding, report)),
  )
}

interface Setting {
  readonly seed: string
  readonly key: string
  readonly samples: number
  readonly level: number
}

/** Rounds of samples that choose where particle 1 is drawn, each of a tenth of the samples. */
const ROUNDS = 2

function* tailSteps(event: StaticEvent, thresholds: readonly number[], setting: Setting): Steps<ForceTail[]> {
  const { seed, key, samples, level } = setting
  const { N, law, delta } = event
  const tails: ForceTail[] = []
  const first = Math.ceil(samples / 10)
  const each = samples + ROUNDS * first
  for (const [t, L] of thresholds.entries()) {
    const stage = `L = ${L}`
    // Of the place in the list no number depends.
    const stream = bulkStream(`${seed}/${key}/${JSON.stringify(law.parameters)}/${N}/${delta}/${L}`)
    const draw = function* (places: readonly Places[], count: number, before: number): Steps<WeightedSample[]> {
      const found: WeightedSample[] = []
      for (let k = 0; k < count; k++) {
        const sample = tiltedSample(event, L, places, stream)
        if (sample !== undefined) found.push(sample)
        yield { fraction: (t + (before + k) / each) / thresholds.length, stage }
      }
      return found
    }
    let places = firstPlaces(event)
    for (let round = 0; round < ROUNDS; round++) {
      places = fittedPlaces(event, yield* draw(places, first, round * first))
    }
    // Frozen now: what comes is independent of what chose it.
    const found = yield* draw(places, samples, ROUNDS * first)
    tails.push({ threshold: L, ...weightedEstimate(found, samples, event.factor, level, seed) })
  }
  return tails
}
