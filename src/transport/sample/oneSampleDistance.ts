/**
 * A bracket of W_p(mu^N, f), the distance of one cloud to a law on R^d: what Theorem 9.3 and Corollary 9.4 are about,
 * and what the distance between two samples is not. On the line the distance itself is known: `distance1dToLaw`.
 */
import { type OptionNames, requireInteger, requireNumber, requireOptions } from '../../base/errors.js'
import type { Estimate } from '../../base/estimate.js'
import { randomStream, requireStream } from '../../base/random.js'
import { meanAndStandardError } from '../../base/statistics.js'
import { distanceBetween } from '../distanceBetween.js'
import { powerOf, requireOrder, rootOf } from '../line/distance1dPower.js'
import { normalQuantile } from '../line/quantileNormal.js'
import { type PointCloud, requireCloud } from '../pointCloud.js'
import { requireSpaceLaw, type SpaceLaw } from './oneSampleLaw.js'
import { nearestAtomBound, type SamplingOptions, semiDiscreteBound, semiDiscretePotentials } from './oneSampleLower.js'
import { partitionBound } from './partitionBound.js'

/** Options of {@link secondSampleBound} and {@link oneSampleDistance}. */
export interface OneSampleOptions extends SamplingOptions {
  /** A second sample has this many times as many points as the cloud, default 4. */
  readonly copies?: number
  /** Number of second samples, default 30. */
  readonly replicas?: number
}

const ONE_SAMPLE_OPTIONS: OptionNames<OneSampleOptions> = {
  copies: true,
  replicas: true,
  stream: true,
  samples: true,
  level: true,
}

/** A bracket and what it is made of. */
export interface OneSampleBracket {
  /** The largest of the lower bounds and the smallest of the upper ones. */
  readonly low: number
  readonly high: number
  /** Each lower bound is the `low` of its estimate: all statistical. */
  readonly lower: { readonly nearestAtom: Estimate; readonly semiDiscrete: Estimate }
  /** Each upper bound is the `high` of its estimate: certified where the coordinates are independent. */
  readonly upper: { readonly secondSamples: Estimate; readonly partition?: Estimate; readonly throughSample?: Estimate }
  /** Probability with which [low, high] holds: all statistical bounds at once. */
  readonly level: number
}

/**
 * W_p^p(mu, f) <= E W_p^p(mu, nu^M) for M independent points nu^M of f: f is the mean of nu^M, and W_p^p is convex. The
 * expectation by repeated second samples.
 * @param X the cloud @param p in [1, Infinity)
 * @returns kind 'confidence': `high` is an upper bound of W_p(mu, f) with that confidence (normal approximation);
 * `value` is the two-sample proxy itself, biased upwards
 * @throws TypeError, RangeError as distanceBetween, and for parameters out of range
 * @source C. Villani, Optimal Transport, Theorem 4.8 (convexity), doi:10.1007/978-3-540-71050-9
 * @example secondSampleBound(X, law, 1, { stream: randomStream('1/second') }).high
 */
export function secondSampleBound(X: PointCloud, law: SpaceLaw, p: number, options: OneSampleOptions): Estimate {
  requireOptions<OneSampleOptions>('secondSampleBound', options, ONE_SAMPLE_OPTIONS)
  const { stream, copies = 4, replicas = 30, level = 0.99 } = options
  requireCloud('X', X)
  requireSpaceLaw(law)
  requireStream('stream', stream)
  if (options.samples !== undefined) requireInteger('samples', options.samples, 2, 1e8)
  requireInteger('replicas', replicas, 2, 1e6)
  requireNumber('level', level, 0.5, 1 - 1e-9)
  requireOrder(p, 'finite')
  const repeated = repeat(X, copies)
  const powers = Float64Array.from({ length: replicas }, () =>
    powerOf(distanceBetween(repeated, law.sample(copies * X.n, stream), p).high, p),
  )
  const { mean, standardError } = meanAndStandardError(powers)
  const half = normalQuantile(0.5 + 0.5 * level) * standardError
  return {
    value: rootOf(mean, p),
    low: rootOf(Math.max(0, mean - half), p),
    high: rootOf(mean + half, p),
    kind: 'confidence',
    method: `${replicas} second samples of ${copies * X.n} points`,
    level,
    seed: stream.key,
  }
}

/**
 * Lower and upper bounds of W_p(mu^N, f) by all means of this folder. The stream's key names streams for each of them.
 * @param X the cloud, in the dimension of the law @param p in [1, Infinity)
 * @throws TypeError, RangeError for what is no cloud, another dimension, and parameters out of range
 * @source Theorem 9.3
 * @example oneSampleDistance(X, uniformCubeLaw(3), 1, { stream: randomStream('1/one') }).low
 */
export function oneSampleDistance(
  X: PointCloud,
  law: SpaceLaw,
  p: number,
  options: OneSampleOptions,
): OneSampleBracket {
  requireOptions<OneSampleOptions>('oneSampleDistance', options, ONE_SAMPLE_OPTIONS)
  const { level = 0.99, stream, samples, ...second } = options
  requireCloud('X', X)
  requireSpaceLaw(law)
  requireNumber('level', level, 0.5, 1 - 1e-9)
  requireStream('stream', stream)
  // Two statistical lower bounds and one upper: each may fail with a third of the probability.
  const named = (name: string): SamplingOptions => ({
    ...(samples === undefined ? {} : { samples }),
    level: 1 - (1 - level) / 3,
    stream: randomStream(`${stream.key}/${name}`),
  })
  const nearestAtom = nearestAtomBound(X, law, p, named('nearest'))
  const potentials = semiDiscretePotentials(X, law, p, { stream: named('potentials').stream })
  const semiDiscrete = semiDiscreteBound(X, law, p, potentials, named('dual'))
  const secondSamples = secondSampleBound(X, law, p, { ...second, ...named('second') })
  const certified =
    law.factors === undefined ? undefined : certifiedUpper(X, law, p, { ...second, ...named('through') })
  const upper = { secondSamples, ...certified }
  return {
    low: Math.max(nearestAtom.low, semiDiscrete.low),
    high: Math.min(...Object.values(upper).map(({ high }) => high)),
    lower: { nearestAtom, semiDiscrete },
    upper,
    level,
  }
}

/** The partition bound of the cloud, and that of a second sample together with the distance to it. */
function certifiedUpper(
  X: PointCloud,
  law: SpaceLaw,
  p: number,
  { stream, copies = 4 }: OneSampleOptions,
): { readonly partition: Estimate; readonly throughSample: Estimate } {
  const Y = law.sample(copies * X.n, stream)
  const high = distanceBetween(repeat(X, copies), Y, p).high + partitionBound(Y, law, p).high
  const throughSample: Estimate = {
    value: high,
    low: 0,
    high,
    kind: 'certified',
    method: `through a second sample of ${Y.n} points and its partition`,
    seed: stream.key,
  }
  return { partition: partitionBound(X, law, p), throughSample }
}

/** The same measure with each point `copies` times, so that samples that many times as large are matched one to one. */
function repeat({ n, d, x, weights }: PointCloud, copies: number): PointCloud {
  requireInteger('copies', copies, 1, 1000)
  if (weights !== undefined) return { n, d, x, weights }
  const out = new Float64Array(copies * n * d)
  for (let a = 0; a < d; a++) {
    for (let k = 0; k < copies * n; k++) out[a * copies * n + k] = x[a * n + (k % n)]!
  }
  return { n: copies * n, d, x: out }
}
