/**
 * One sample of the static event with its exact weight, and where its particle 1 is drawn.
 */
import type { BulkStream } from '../../base/bulkStream.js'
import { deviations } from '../../concentration/fluctuations.js'
import type { StaticEvent } from './staticEvent.js'
import { drawTilted } from './tiltedDraw.js'
import { tiltedSummand } from './tiltedSummand.js'

/** The normal law that q_1 is drawn from, in units of sigma: mean on the first axis, deviations along it and across. */
export interface Places {
  readonly mean: number
  readonly along: number
  readonly across: number
  /** How often this side of the event is tried; all of them are 1. */
  readonly share: number
}

/** A sample that lies in A_1. */
export interface WeightedSample {
  /** ln of the likelihood ratio. */
  readonly logWeight: number
  /** C: how many (particle, component, sign) are at or above L. */
  readonly overlap: number
  /** q_1 in units of sigma: on the first axis, and the distance from it. */
  readonly along: number
  readonly across: number
  /** Which of the event's sides. */
  readonly side: number
}

/** Before anything is known. */
export const firstPlaces = ({ sides }: StaticEvent): Places[] =>
  sides.map(() => ({ mean: 0, along: 0.8, across: 0.8, share: 1 / sides.length }))
/** The part of rho in the mixture, by which no weight of q_1 exceeds its inverse. */
const DEFENCE = 0.1
/** Of theta sup h: any theta is exact. */
const ACCURACY = 0.03
/** Wider than what was seen, since few samples see the tails. */
const WIDER = 1.2
/** Fewer samples do not choose. */
const LEAST_SAMPLES = 10

/** Draws from the tilted law. @returns undefined where A_1 does not hold, and the weight is 0 */
export function tiltedSample(
  event: StaticEvent,
  L: number,
  placesOfSides: readonly Places[],
  stream: BulkStream,
): WeightedSample | undefined {
  const { N, sigmaQ, source, mean } = event
  const side = chosen(placesOfSides, stream)
  const places = placesOfSides[side]!
  const { pair, mean: meanOfSide } = event.sides[side]!
  const q = new Float64Array(3 * N)
  const [x, y, z] = drawPlace(places, stream)
  q[0] = sigmaQ * x
  q[N] = sigmaQ * y
  q[2 * N] = sigmaQ * z
  const across = Math.hypot(y, z)
  const R = sigmaQ * Math.hypot(x, across)
  const expected = meanOfSide(q[0]!, R)
  const summand = tiltedSummand(pair, q[0]!, sigmaQ * across)
  const theta = summand.saddlepoint((N * (L + expected)) / (N - 1), ACCURACY)
  const { logM, near } = summand.tilted(theta)
  const sum = drawTilted(pair, q, theta, near, stream)
  if (sum / N - expected < L) return undefined
  // Particle 1 is counted whatever the order of summation does to the last bit.
  const overlap = Math.max(
    1,
    deviations(q, source, mean).reduce((C, d) => C + (Math.abs(d) >= L ? 1 : 0), 0),
  )
  const logWeight = logPlace(places, x, across) - theta * sum + (N - 1) * logM - Math.log(places.share)
  return { logWeight, overlap, along: x, across, side }
}

/** The side that is tried. Of one alone no number is drawn. */
function chosen(places: readonly Places[], stream: BulkStream): number {
  if (places.length === 1) return 0
  return stream.uniform() < places[0]!.share ? 0 : 1
}

function drawPlace({ mean, along, across }: Places, stream: BulkStream): [number, number, number] {
  const defence = stream.uniform() < DEFENCE
  const [x, y, z] = [stream.normal(), stream.normal(), stream.normal()]
  return defence ? [x, y, z] : [mean + along * x, across * y, across * z]
}

/** ln of rho over the density of the mixture. */
function logPlace({ mean, along, across }: Places, x: number, r: number): number {
  const ratio =
    Math.exp(0.5 * (x * x + r * r - ((x - mean) / along) ** 2 - (r / across) ** 2)) / (along * across * across)
  return -Math.log(DEFENCE + (1 - DEFENCE) * ratio)
}

/** The least share of a side, so that its weights stay bounded. */
const LEAST_SHARE = 0.1

/** The places of samples with their weights, for each side; the first ones where there are too few samples. */
export function fittedPlaces(event: StaticEvent, samples: readonly WeightedSample[]): Places[] {
  const first = firstPlaces(event)
  const top = samples.reduce((largest, { logWeight }) => Math.max(largest, logWeight), Number.NEGATIVE_INFINITY)
  const weight = ({ logWeight, overlap }: WeightedSample): number => Math.exp(logWeight - top) / overlap
  const total = (of: readonly WeightedSample[]): number => of.reduce((sum, sample) => sum + weight(sample), 0)
  return first.map((unknown, side) => {
    const own = samples.filter(sample => sample.side === side)
    const part = Math.min(1 - LEAST_SHARE, Math.max(LEAST_SHARE, total(own) / total(samples)))
    const share = first.length === 1 || samples.length < LEAST_SAMPLES ? unknown.share : part
    return own.length < LEAST_SAMPLES ? { ...unknown, share } : { ...fitted(event, own, weight), share }
  })
}

function fitted(
  { symmetry }: StaticEvent,
  samples: readonly WeightedSample[],
  weight: (sample: WeightedSample) => number,
): Omit<Places, 'share'> {
  let [sum, first, second, across] = [0, 0, 0, 0]
  for (const sample of samples) {
    const w = weight(sample)
    sum += w
    first += w * sample.along
    second += w * sample.along ** 2
    across += w * sample.across ** 2
  }
  const deviation = (square: number): number => Math.min(2, WIDER * Math.max(0.1, Math.sqrt(square)))
  if (symmetry === 'sphere') {
    const all = deviation((second + across) / sum / 3)
    return { mean: 0, along: all, across: all }
  }
  const mean = first / sum
  return { mean, along: deviation(second / sum - mean * mean), across: deviation(across / sum / 2) }
}
