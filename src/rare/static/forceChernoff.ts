/**
 * Cramér and Chernoff's bound for one particle of known place, averaged over the places: an upper bound on the
 * probability that the law of large numbers fails at one time.
 */
import { requireOptions } from '../../base/errors.js'
import { withInterrupts } from '../../base/interrupt.js'
import { gaussLegendre } from '../../base/numerics/quadrature.js'
import { type BarOption, reporting } from '../../base/progress.js'
import { type Estimate, exact } from '../../base/statistics/estimate.js'
import { inTurns, type Steps, type TurnOptions } from '../../base/steps.js'
import { requireForceLevel, type Side, type StaticEvent, type StaticEventOptions, staticEvent } from './staticEvent.js'
import { tiltedSummand } from './tiltedSummand.js'

/** What is asked. */
export interface ForceChernoffOptions extends StaticEventOptions, TurnOptions, BarOption {
  /** L > 0. */
  readonly threshold: number
}

/** Deviations of the places behind which the bound is taken for 1; that has probability e^(-72). */
const REACH = 12
/** Places of less weight than this part of the sum are taken for 1 as well, and stand in the error. */
const NEGLECTED = 1e-6
/** Panels of two deviations, with so many nodes. */
const NODES = [6, 8]
/** Of theta sup h; every theta gives a bound, so that this only makes it larger. */
const ACCURACY = 1e-3

/**
 * P(max_i |K_i - Kbar_i|_inf >= L) <= 6 N E_{q_1} inf_{theta >= 0} exp(-theta N (L + Kbar_1(q_1))) M(theta, q_1)^(N-1),
 * with M(theta, q_1) = E exp(theta k_1(q_1 - Q)): a union over 6 N, and Markov's inequality for every q_1. The form is
 * a proof, M and the mean are quadratures.
 * @returns the bound, which may exceed 1, with the difference of two rules and what was neglected as its error
 * @throws TypeError, RangeError naming the argument; the signal's reason when it is aborted
 * @source Proposition 7.2; Boucheron, Lugosi, Massart (2013), section 2.2
 * @example (await forceChernoff({ N: 16, delta: 0.25, threshold: 2 })).value
 */
export async function forceChernoff(options: ForceChernoffOptions): Promise<Estimate> {
  requireOptions<ForceChernoffOptions>('forceChernoff', options, {
    ...{ law: true, N: true, delta: true, threshold: true, bar: true, signal: 'signal', onProgress: 'function' },
  })
  const L = requireForceLevel('threshold', options.threshold)
  const event = staticEvent(options)
  // |K| and |Kbar| are at most r_c^-2.
  if (L > 2 / event.cutoffRadius ** 2) return exact(0, 'beyond the largest force on either side')
  return withInterrupts(options, heeding =>
    reporting('forceChernoff', heeding, report => inTurns(boundSteps(event, L), heeding, report)),
  )
}

function* boundSteps(event: StaticEvent, L: number): Steps<Estimate> {
  const [coarse, fine] = NODES as [number, number]
  const rough = yield* average(event, L, coarse, 0, 0.3)
  const { value, neglected } = yield* average(event, L, fine, 0.3, 1)
  const error = Math.abs(value - rough.value) + neglected + rough.neglected + 6 * event.N * Math.exp(-0.5 * REACH ** 2)
  const method = 'Chernoff, given one place, and a union; quadrature over the places with two rules'
  return { value, low: value - error, high: value + error, kind: 'estimated', method }
}

interface Node {
  readonly along: number
  readonly across: number
  readonly weight: number
}

function* average(
  event: StaticEvent,
  L: number,
  n: number,
  from: number,
  to: number,
): Steps<{ value: number; neglected: number }> {
  const nodes = placesOf(n)
  // Weights from the k-th on, added from the smallest.
  const left = new Float64Array(nodes.length + 1)
  for (let k = nodes.length - 1; k >= 0; k--) left[k] = left[k + 1]! + nodes[k]!.weight
  const factor = 6 * event.N
  let sum = 0
  for (const [k, { along, across, weight }] of nodes.entries()) {
    if (left[k]! <= NEGLECTED * sum) return { value: factor * sum, neglected: factor * left[k]! }
    sum += weight * Math.exp(logBound(event, L, along, across))
    yield { fraction: from + ((to - from) * k) / nodes.length, stage: '' }
  }
  return { value: factor * sum, neglected: 0 }
}

/** Nodes for q_1 of the standard normal law, by its component on the axis and the distance from it, heaviest first. */
function placesOf(n: number): Node[] {
  const { nodes, weights } = gaussLegendre(n)
  const list: Node[] = []
  for (let i = -REACH; i < REACH; i += 2) {
    for (let j = 0; j < REACH; j += 2) {
      for (let k = 0; k < n; k++) {
        for (let l = 0; l < n; l++) {
          const along = i + 1 + nodes[k]!
          const across = j + 1 + nodes[l]!
          const density = (across * Math.exp(-0.5 * (along * along + across * across))) / Math.sqrt(2 * Math.PI)
          list.push({ along, across, weight: weights[k]! * weights[l]! * density })
        }
      }
    }
  }
  return list.sort((a, b) => b.weight - a.weight)
}

/** ln of the bound on P((K_1 - Kbar_1)_1 >= L | q_1), q_1 in units of sigma. */
function logBound({ N, sigmaQ, sides }: StaticEvent, L: number, along: number, across: number): number {
  const [{ pair, mean }] = sides as readonly [Side]
  const level = N * (L + mean(sigmaQ * along, sigmaQ * Math.hypot(along, across)))
  const summand = tiltedSummand(pair, sigmaQ * along, sigmaQ * across)
  const theta = summand.saddlepoint(level / (N - 1), ACCURACY)
  return Math.min(0, (N - 1) * summand.tilted(theta).logM - theta * level)
}
