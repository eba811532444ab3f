/**
 * How far one mean field flow drives two clouds apart: what the claim on (85), (86) measures and its figure shows.
 */

import type { Configuration } from '../../base/configuration.js'
import { requireN, requireOneOf, requirePositive } from '../../base/errors.js'
import { randomStream } from '../../base/random.js'
import { meanFieldFlow } from '../../flow/coupled/meanFieldFlow.js'
import { type RadialField, radialField } from '../../flow/field/radial/radialField.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'
import { wassersteinDistance } from '../../transport/assignment/wassersteinDistance.js'
import { phaseCloud } from '../../transport/pointCloud.js'
import { fieldLipschitz } from '../fieldSupremum.js'

export type Proposition92RunsSpec = {
  /** Points of each cloud; the N of the cut-off. */
  readonly N: number
  readonly delta: number
  readonly sigma: 1 | -1
  readonly p: 1 | 2
  /** 'one': both clouds move in one field; 'two': the second moves in that of the other sign. */
  readonly flows: 'one' | 'two'
}

export const T = 1

const STEPS = 40

/** How far two clouds are at each time over how far they were, and what bounds that. */
export interface CloudRatios {
  /** W_p(t)/W_p(0) of two independent samples, one per time. */
  readonly samples: readonly number[]
  /** The same for a cloud and its translate. */
  readonly translate: readonly number[]
  /** Largest Lipschitz constant of the field in [0, 1]. */
  readonly K: number
}

/**
 * Two pairs of clouds in the mean field flow: W_p at the times asked for, over W_p at t = 0.
 * @param times in (0, 1], multiples of 1/40
 * @param pair number of the pair of samples, default 0
 * @throws RangeError for parameters outside their range
 * @example cloudRatios({ N: 100, delta: 0.3, sigma: 1, p: 1, flows: 'one' }, '1', [0.5, 1]).translate
 */
export function cloudRatios(
  spec: Proposition92RunsSpec,
  seed: string,
  times: readonly number[],
  pair: number = 0,
): CloudRatios {
  const N = requireN(spec.N)
  const delta = requirePositive('delta', spec.delta)
  const { sigma, p } = spec
  requireOneOf('flows', spec.flows, ['one', 'two'])
  const law = gaussianLaw()
  const field = (sign: 1 | -1): RadialField =>
    radialField({ law, kernel: cutoffKernel({ N, delta, sigma: sign }), T, tolerance: 1e-4 })
  const own = field(sigma)
  const second = spec.flows === 'one' ? own : field(sigma === 1 ? -1 : 1)
  const K = Math.max(...Array.from({ length: 11 }, (_, n) => fieldLipschitz(own, (n / 10) * T)))
  const draw = (replica: number): Configuration =>
    law.sample(N, randomStream({ seed: `${seed}/claim-86`, law: law.name, N, replica }))
  const ratios = (X: Configuration, Y: Configuration): number[] => {
    const distance = (a: Configuration, b: Configuration): number =>
      wassersteinDistance(phaseCloud(a), phaseCloud(b), { p }).value
    const before = distance(X, Y)
    return times.map(to => {
      const move = (Z: Configuration, by: RadialField): Configuration =>
        meanFieldFlow(Z, by, { to, steps: Math.round((to / T) * STEPS) })
      return distance(move(X, own), move(Y, second)) / before
    })
  }
  const X = draw(2 * pair)
  // (q, p) = (1, 1)/sqrt 2 along the first axis is close to the direction that exp t(0 1; K 0) stretches most.
  const shift = 1e-3 / Math.SQRT2
  const shifted: Configuration = {
    N,
    d: 3,
    q: X.q.map((x, k) => (k < N ? x + shift : x)),
    p: X.p.map((x, k) => (k < N ? x + shift : x)),
  }
  return { samples: ratios(X, draw(2 * pair + 1)), translate: ratios(X, shifted), K }
}
