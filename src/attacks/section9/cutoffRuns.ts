/**
 * Characteristics of the mean field with and without cut-off, from the same points: what the claim on (80)-(84)
 * measures and its figure shows.
 */

import { requireN, requireOneOf, requirePositive } from '../../base/errors.js'
import { randomStream } from '../../base/random.js'
import { type RadialField, radialField } from '../../flow/field/radial/radialField.js'
import { particleStepper } from '../../flow/step/particleStepper.js'
import { coulombKernel } from '../../interaction/coulombKernel.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import { gaussianLaw } from '../../law/gaussianLaw.js'
import { fieldDifference, fieldLipschitz } from '../fieldSupremum.js'

export type Proposition91RunsSpec = {
  readonly delta: number
  readonly sigma: 1 | -1
  /** Largest of the N, which are it over 1, 4, 16, 64. */
  readonly N: number
  /** 'same': both flows have the sign sigma; 'opposite': the one with cut-off has the other. */
  readonly signs: 'same' | 'opposite'
}

export const T = 1

export const STEPS = 40

export const POINTS = 1000

/** What is measured at one N: the largest DP / integral, sup |z^N - z| at T = 1 and g of (84) at t = 0. */
export interface CutoffRun {
  readonly N: number
  readonly chain: number
  readonly distance: number
  readonly g0: number
}

/**
 * The characteristics with and without cut-off from the same points, for N over 64, 16, 4 and 1.
 * @param parts what N is divided by, default 64, 16, 4, 1
 * @returns one run for each part
 * @throws RangeError for parameters outside their range
 * @example cutoffRuns({ delta: 0.3, sigma: 1, N: 6400, signs: 'same' }, '1')[3].distance // 1.7e-4
 */
export function cutoffRuns(
  spec: Proposition91RunsSpec,
  seed: string,
  parts: readonly number[] = [64, 16, 4, 1],
): readonly CutoffRun[] {
  const delta = requirePositive('delta', spec.delta)
  const { sigma } = spec
  requireN(spec.N)
  requireOneOf('signs', spec.signs, ['same', 'opposite'])
  const law = gaussianLaw()
  const limit = radialField({ law, kernel: coulombKernel({ sigma }), T, tolerance: 1e-6 })
  const sizes = parts.map(part => Math.max(1, Math.round(spec.N / part)))
  return sizes.map(N => {
    const field = (sign: 1 | -1): RadialField =>
      radialField({ law, kernel: cutoffKernel({ N, delta, sigma: sign }), T, tolerance: 1e-6 })
    const own = field(sigma)
    const moving = spec.signs === 'same' ? own : field(sigma === 1 ? -1 : 1)
    return { N, ...along(own, moving, limit, `${seed}/claim-81`), g0: fieldDifference(own, limit, 0) }
  })
}

/** Both flows from the same points: the largest DP / integral, and sup |z^N - z| at the end. */
function along(
  own: RadialField,
  moving: RadialField,
  limit: RadialField,
  seed: string,
): { readonly chain: number; readonly distance: number } {
  const Z = own.law.sample(POINTS, randomStream({ seed, law: own.law.name, N: POINTS }))
  const flow = (field: RadialField): ReturnType<typeof particleStepper> =>
    particleStepper(Z, { acceleration: (t, q, out) => void field.force(Math.min(t, T), q, out), T, steps: STEPS })
  const [A, B] = [flow(moving), flow(limit)]
  let [integral, before, chain] = [0, fieldDifference(own, limit, 0), 0]
  for (let n = 1; n <= STEPS; n++) {
    A.advanceSync()
    B.advanceSync()
    const t = Math.min(A.t, T)
    const now = fieldLipschitz(own, t) * farthest(A.Z.q, B.Z.q) + fieldDifference(own, limit, t)
    integral += (0.5 * (before + now) * T) / STEPS
    before = now
    chain = Math.max(chain, farthest(A.Z.p, B.Z.p) / integral)
  }
  let distance = 0
  for (let i = 0; i < POINTS; i++) {
    let square = 0
    for (let a = 0; a < 3; a++) {
      const k = a * POINTS + i
      square += (A.Z.q[k]! - B.Z.q[k]!) ** 2 + (A.Z.p[k]! - B.Z.p[k]!) ** 2
    }
    distance = Math.max(distance, Math.sqrt(square))
  }
  return { chain, distance }
}

/** max_i |x_i - y_i|, Euclidean. */
function farthest(x: Float64Array, y: Float64Array): number {
  const n = x.length / 3
  let most = 0
  for (let i = 0; i < n; i++) {
    const [a, b, c] = [x[i]! - y[i]!, x[n + i]! - y[n + i]!, x[2 * n + i]! - y[2 * n + i]!]
    most = Math.max(most, a * a + b * b + c * c)
  }
  return Math.sqrt(most)
}
