/**
 * A bracket of W_p(mu^N, f), the distance of one cloud to a law on R^d: what Theorem 9.3 and Corollary 9.4 are about,
 * and what the distance between two samples is not. On the line the distance itself is known: `distance1dToLaw`.
 */
import { type OptionNames, requireInteger, requireNumber, requireOptions } from '../../base/errors.js'
import { withInterrupts } from '../../base/interrupt.js'
import { type BarOption, reporting } from '../../base/progress.js'
import { randomStream, requireStream } from '../../base/random.js'
import type { Estimate } from '../../base/statistics/estimate.js'
import { meanAndStandardError } from '../../base/statistics/statistics.js'
import { finish, inTurns, parts, type Steps, type TurnOptions } from '../../base/steps.js'
import type { TransportResult } from '../assignment/transportResult.js'
import { wassersteinSteps } from '../assignment/wassersteinDistance.js'
import { distance1d } from '../line/distance1d.js'
import { powerOf, requireOrder, rootOf } from '../line/distance1dPower.js'
import { normalQuantile } from '../line/quantileNormal.js'
import { type PointCloud, requireCloud } from '../pointCloud.js'
import { requireSpaceLaw, type SpaceLaw } from './oneSampleLaw.js'
import {
  NEAREST,
  nearestAtomSteps,
  potentialSteps,
  potentialWork,
  SAMPLES,
  type SamplingOptions,
  semiDiscreteSteps,
} from './oneSampleLower.js'
import { ATOM, partitionSteps } from './partitionBound.js'

/** Defaults of the options. */
const [COPIES, REPLICAS, LEVEL] = [4, 30, 0.99]

/** Options of {@link secondSampleBound} and {@link oneSampleDistance}. */
export interface OneSampleOptions extends SamplingOptions {
  /** A second sample has this many times as many points as the cloud, in [1, 1000], default 4. */
  readonly copies?: number
  /** Number of second samples, default 30. */
  readonly replicas?: number
}

/** Options of {@link oneSampleDistanceAsync}. */
export interface OneSampleAsyncOptions extends OneSampleOptions, TurnOptions, BarOption {}

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
  requireSampling(X, law, options)
  return finish(secondSampleSteps(X, law, p, options))
}

function requireSampling(
  X: PointCloud,
  law: SpaceLaw,
  { stream, samples, copies = COPIES, replicas = REPLICAS, level = LEVEL }: OneSampleOptions,
): void {
  requireCloud('X', X)
  requireSpaceLaw(law)
  requireStream('stream', stream)
  if (samples !== undefined) requireInteger('samples', samples, 2, 1e8)
  requireInteger('copies', copies, 1, 1000)
  requireInteger('replicas', replicas, 2, 1e6)
  requireNumber('level', level, 0.5, 1 - 1e-9)
}

/** {@link secondSampleBound} in steps. */
function* secondSampleSteps(
  X: PointCloud,
  law: SpaceLaw,
  p: number,
  { stream, copies = COPIES, replicas = REPLICAS, level = LEVEL }: OneSampleOptions,
): Steps<Estimate> {
  requireOrder(p, 'finite')
  const repeated = repeat(X, copies)
  const powers = new Float64Array(replicas)
  const part = parts(replicas)
  for (let r = 0; r < replicas; r++) {
    const Y = law.sample(copies * X.n, stream)
    powers[r] = powerOf((yield* part('', 1, distanceSteps(repeated, Y, p))).high, p)
  }
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
  return finish(oneSampleSteps(X, law, p, options))
}

/**
 * {@link oneSampleDistance} in turns with the event loop: the same numbers, with a progress bar, and a signal ends it.
 * One drawing of a sample by the law is not divided.
 * @throws as oneSampleDistance; the signal's reason; InterruptedError at an interrupt of a notebook's cell (all as
 * rejections)
 * @example await oneSampleDistanceAsync(X, uniformCubeLaw(3), 1, { stream: randomStream('1/one'), signal: AbortSignal.timeout(60_000) })
 */
export async function oneSampleDistanceAsync(
  X: PointCloud,
  law: SpaceLaw,
  p: number,
  options: OneSampleAsyncOptions,
): Promise<OneSampleBracket> {
  requireOptions<OneSampleAsyncOptions>('oneSampleDistanceAsync', options, {
    bar: true,
    signal: 'signal',
    onProgress: 'function',
    ...ONE_SAMPLE_OPTIONS,
  })
  return withInterrupts(options, heeding =>
    reporting('oneSampleDistance', heeding, report => inTurns(oneSampleSteps(X, law, p, heeding), heeding, report)),
  )
}

/** {@link oneSampleDistance} in steps; shares of the whole are predicted in distances of two points. */
function* oneSampleSteps(X: PointCloud, law: SpaceLaw, p: number, options: OneSampleOptions): Steps<OneSampleBracket> {
  requireSampling(X, law, options)
  const { level = LEVEL, stream, samples = SAMPLES, copies = COPIES, replicas = REPLICAS } = options
  // Two statistical lower bounds and one upper: each may fail with a third of the probability.
  const named = (name: string): OneSampleOptions => ({
    ...{ samples, copies, replicas },
    level: 1 - (1 - level) / 3,
    stream: randomStream(`${stream.key}/${name}`),
  })
  const matching = matchingWork(copies * X.n)
  const work = {
    nearest: samples * NEAREST,
    potentials: potentialWork() * X.n,
    dual: samples * X.n,
    second: replicas * matching,
    through: law.factors === undefined ? 0 : matching + ATOM * copies * X.n,
  }
  const part = parts(Object.values(work).reduce((sum, each) => sum + each))
  const nearestAtom = yield* part('nearest atoms', work.nearest, nearestAtomSteps(X, law, p, named('nearest')))
  const potentials = yield* part(
    'potentials',
    work.potentials,
    potentialSteps(X, law, p, { stream: named('potentials').stream }),
  )
  const semiDiscrete = yield* part('dual', work.dual, semiDiscreteSteps(X, law, p, potentials, named('dual')))
  const secondSamples = yield* part('second samples', work.second, secondSampleSteps(X, law, p, named('second')))
  const certified =
    law.factors && (yield* part('through a sample', work.through, certifiedUpper(X, law, p, named('through'))))
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
function* certifiedUpper(
  X: PointCloud,
  law: SpaceLaw,
  p: number,
  { stream, copies = COPIES }: OneSampleOptions,
): Steps<{ readonly partition: Estimate; readonly throughSample: Estimate }> {
  const Y = law.sample(copies * X.n, stream)
  const [matching, cells] = [matchingWork(Y.n), ATOM * Y.n]
  const part = parts(matching + cells + ATOM * X.n)
  const across = yield* part('', matching, distanceSteps(repeat(X, copies), Y, p))
  const high = across.high + (yield* part('', cells, partitionSteps(Y, law, p))).high
  const throughSample: Estimate = {
    value: high,
    low: 0,
    high,
    kind: 'certified',
    method: `through a second sample of ${Y.n} points and its partition`,
    seed: stream.key,
  }
  return { partition: yield* part('', ATOM * X.n, partitionSteps(X, law, p)), throughSample }
}

/**
 * What a distance takes, in distances of two points: measured 0.3 to 4 times this for d = 2 to 6, up to 16 000 points.
 */
const matchingWork = (points: number): number => points ** 2

/** `distanceBetween` in steps, for finite p. */
function* distanceSteps(X: PointCloud, Y: PointCloud, p: number): Steps<TransportResult> {
  return X.d === 1 && Y.d === 1 ? distance1d(X, Y, p) : yield* wassersteinSteps(X, Y, { p })
}

/** The same measure with each point `copies` times, so that samples that many times as large are matched one to one. */
function repeat({ n, d, x, weights }: PointCloud, copies: number): PointCloud {
  if (weights !== undefined) return { n, d, x, weights }
  const out = new Float64Array(copies * n * d)
  for (let a = 0; a < d; a++) {
    for (let k = 0; k < copies * n; k++) out[a * copies * n + k] = x[a * n + (k % n)]!
  }
  return { n: copies * n, d, x: out }
}
