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
}

/** Before anything is known. */
export const FIRST_PLACES: Places = { mean: 0, along: 0.8, across: 0.8 }
/** The part of rho in the mixture, by which no weight of q_1 exceeds its inverse. */
const DEFENCE = 0.1
/** Of theta sup h: any theta is exact. */
const ACCURACY = 0.03
/** Wider than what was seen, since few samples see the tails. */
const WIDER = 1.2

/** Draws from the tilted law. @returns undefined where A_1 does not hold, and the weight is 0 */
export function tiltedSample(
  event: StaticEvent,
  L: number,
  places: Places,
  stream: BulkStream,
): WeightedSample | undefined {
  const { N, sigmaQ, kernel, mean } = event
  const q = new Float64Array(3 * N)
  const [x, y, z] = drawPlace(places, stream)
  q[0] = sigmaQ * x
  q[N] = sigmaQ * y
  q[2 * N] = sigmaQ * z
  const across = Math.hypot(y, z)
  const R = sigmaQ * Math.hypot(x, across)
  const meanForce = R === 0 ? 0 : (mean(R) * q[0]!) / R
  const summand = tiltedSummand(event, q[0]!, sigmaQ * across)
  const theta = summand.saddlepoint((N * (L + meanForce)) / (N - 1), ACCURACY)
  const { logM, near } = summand.tilted(theta)
  const sum = drawTilted(event, q, theta, near, stream)
  if (sum / N - meanForce < L) return undefined
  // Particle 1 is counted whatever the order of summation does to the last bit.
  const overlap = Math.max(
    1,
    deviations(q, kernel, mean).reduce((C, d) => C + (Math.abs(d) >= L ? 1 : 0), 0),
  )
  return { logWeight: logPlace(places, x, across) - theta * sum + (N - 1) * logM, overlap, along: x, across }
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

/** The places of samples with their weights; the first ones where there are too few samples. */
export function fittedPlaces(samples: readonly WeightedSample[]): Places {
  if (samples.length < 10) return FIRST_PLACES
  const top = Math.max(...samples.map(sample => sample.logWeight))
  let [sum, first, second, across] = [0, 0, 0, 0]
  for (const sample of samples) {
    const w = Math.exp(sample.logWeight - top) / sample.overlap
    sum += w
    first += w * sample.along
    second += w * sample.along ** 2
    across += w * sample.across ** 2
  }
  const mean = first / sum
  const deviation = (square: number): number => Math.min(2, WIDER * Math.max(0.1, Math.sqrt(square)))
  return { mean, along: deviation(second / sum - mean * mean), across: deviation(across / sum / 2) }
}
