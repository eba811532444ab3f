/**
 * The expected distance of a sample from its law, measured from both sides: what the claim on the constants of Theorem
 * 9.3 measures and its figure shows.
 */

import { randomStream } from '../../base/random.js'
import type { Estimate } from '../../base/statistics/estimate.js'
import { meanAndStandardError } from '../../base/statistics/statistics.js'
import { distanceBetween } from '../../transport/distanceBetween.js'
import { distance1dToLaw } from '../../transport/line/distance1dToLaw.js'
import type { PointCloud } from '../../transport/pointCloud.js'
import { isotropicGaussianLaw, type SpaceLaw, uniformCubeLaw } from '../../transport/sample/oneSampleLaw.js'
import { nearestAtomBound } from '../../transport/sample/oneSampleLower.js'

export type ExpectedDistanceSpec = {
  /** Uniform on [0, 1]^d, or the standard normal law of R^d. */
  readonly law: 'cube' | 'gaussian'
  readonly d: number
  readonly p: number
  readonly N: number
  /** Each independent point is there so many times; 1: all points are independent. */
  readonly copies: number
}

const REPLICAS = 12

/**
 * E W_p^p from both sides: on the line the distance itself; otherwise from below by the distance to the nearest atom,
 * from above by two samples (W_p^p is convex, and f the mean of its samples).
 */
export function measuredDistance(
  spec: ExpectedDistanceSpec,
  seed: string,
  replicas: number = spec.d === 1 ? 200 : REPLICAS,
): { readonly low: Estimate; readonly high: Estimate } {
  const { law: name, d, p, N, copies } = spec
  const law = name === 'cube' ? uniformCubeLaw(d) : isotropicGaussianLaw(d)
  const stream = (what: string, r: number): ReturnType<typeof randomStream> =>
    randomStream(`${seed}/expected/${name}/${d}/${N}/${copies}/${r}/${what}`)
  const lows = new Float64Array(replicas)
  const highs = new Float64Array(replicas)
  for (let r = 0; r < replicas; r++) {
    const X = repeated(law, N, copies, stream('points', r))
    if (d === 1) {
      lows[r] = distance1dToLaw({ ...X, x: Float64Array.from(X.x).sort() }, law.factors![0]!, p).value ** p
      highs[r] = lows[r]!
    } else {
      lows[r] = nearestAtomBound(X, law, p, { stream: stream('nearest', r), samples: 2000 }).value ** p
      highs[r] = distanceBetween(X, law.sample(N, stream('second', r)), p).value ** p
    }
  }
  const estimate = (values: Float64Array, method: string): Estimate => {
    const { mean, standardError } = meanAndStandardError(values)
    const half = 4 * standardError
    return {
      value: mean,
      low: Math.max(0, mean - half),
      high: mean + half,
      kind: 'confidence',
      // Student's t with 11 or more degrees of freedom exceeds 4 with probability about 1e-3 on one side.
      level: 0.998,
      method: `${method}, ${replicas} samples, four standard errors`,
      seed,
    }
  }
  return {
    low: estimate(lows, d === 1 ? 'exact distance to the law' : 'distance to the nearest atom'),
    high: estimate(highs, d === 1 ? 'exact distance to the law' : 'distance of two samples'),
  }
}

function repeated(law: SpaceLaw, N: number, copies: number, stream: ReturnType<typeof randomStream>): PointCloud {
  const draws = law.sample(Math.ceil(N / copies), stream)
  if (copies === 1) return draws
  const x = new Float64Array(N * law.d)
  for (let a = 0; a < law.d; a++) {
    for (let i = 0; i < N; i++) x[a * N + i] = draws.x[a * draws.n + Math.floor(i / copies)]!
  }
  return { n: N, d: law.d, x }
}
