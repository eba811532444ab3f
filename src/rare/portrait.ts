/**
 * What a bad initial condition looks like: who is thrown off its path in the mean field, and by whom.
 */
import { bulkStream } from '../base/bulkStream.js'
import { drawState } from '../base/rare/stateLaw.js'
import type { System } from '../flow/coupled/system.js'
import type { RadialField } from '../flow/field/radial/radialField.js'
import type { DeviationScore } from './deviationScore.js'
import { preciseScore } from './preciseScore.js'

/** One state at or above the highest threshold. */
export interface Portrait {
  /** S as it was sampled, and in double precision with half the step. */
  readonly score: number
  readonly precise: number
  /** The time of the supremum, as a part of T. */
  readonly time: number
  /** 1 if one particle carries both maxima of Delta. */
  readonly oneParticle: number
  /** |q| and |p| at t = 0 of the particle with the largest momentum deviation. */
  readonly q: number
  readonly p: number
  /**
   * Its impulse along the deviation up to that time from particles at distance r, by r/r_c in [0, 1], [1, 2], [2, 4],
   * [4, 8] and beyond; and the same from an independent cloud.
   */
  readonly impulse: readonly number[]
  readonly baseline: readonly number[]
  /** The largest contribution of one particle to that impulse, and how many of the largest make half of it. */
  readonly largest: number
  readonly half: number
}

/** Ends of the ranges of r/r_c. */
const EDGES: readonly number[] = [1, 2, 4, 8, Number.POSITIVE_INFINITY]

/** To six digits: portraits are many, and read by people. */
const short = (x: number): number => Number(x.toPrecision(6))

/** @param key of the stream that the independent cloud comes from */
export function portrait(
  of: System,
  field: RadialField,
  S: DeviationScore,
  state: Float64Array,
  key: string,
): Portrait {
  const { N, T } = of
  const steps = 2 * S.steps
  const score = S.score(state)
  const Z = { N, d: 3, ...S.configuration(state) }
  const seen = preciseScore(of, field, Z, steps, S.event)
  const other = new Float64Array(state.length)
  drawState(S.law, other, bulkStream(key))
  const elsewhere = preciseScore(of, field, { N, d: 3, ...S.configuration(other) }, steps, S.event)
  const hot = seen.momentum % N
  const size = (x: Float64Array): number => Math.hypot(x[hot]!, x[N + hot]!, x[2 * N + hot]!)
  const own = impulses(of, seen.paths, seen.paths, seen, T / steps)
  const from = own.byParticle.sort((a, b) => b - a)
  const total = own.byParticle.reduce((sum, x) => sum + x, 0)
  let [half, sum] = [0, 0]
  while (half < N && sum < total / 2) sum += from[half++]!
  return {
    ...{ score: short(score), precise: short(seen.value), time: short(seen.step / steps) },
    oneParticle: seen.position % N === hot ? 1 : 0,
    ...{ q: short(size(Z.q)), p: short(size(Z.p)), impulse: own.byDistance.map(short) },
    ...{ largest: short(from[0]! / total), half },
    baseline: impulses(of, seen.paths, elsewhere.paths, seen, T / steps).byDistance.map(short),
  }
}

/** The impulse of the hot particle from a cloud, by the trapezoidal rule. */
function impulses(
  { N, kernel, sigma }: System,
  paths: readonly Float64Array[],
  cloud: readonly Float64Array[],
  { momentum, sign, step: last }: { readonly momentum: number; readonly sign: number; readonly step: number },
  h: number,
): { byDistance: number[]; byParticle: Float64Array } {
  const rc = kernel.cutoffRadius
  const [hot, axis] = [momentum % N, Math.floor(momentum / N)]
  const byDistance = EDGES.map(() => 0)
  const byParticle = new Float64Array(N)
  for (let n = 0; n <= last; n++) {
    const [X, Y] = [paths[n]!, cloud[n]!]
    const weight = (n === 0 || n === last ? h / 2 : h) * ((sign * sigma) / N)
    for (let j = 0; j < N; j++) {
      if (j === hot) continue
      const difference = (a: number): number => X[a * N + hot]! - Y[a * N + j]!
      const r = Math.hypot(difference(0), difference(1), difference(2))
      const share = (weight * difference(axis)) / Math.max(r, rc) ** 3
      byDistance[EDGES.findIndex(edge => r < edge * rc)]! += share
      byParticle[j]! += share
    }
  }
  return { byDistance, byParticle }
}
