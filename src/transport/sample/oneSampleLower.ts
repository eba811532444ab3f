/**
 * Lower bounds of W_p(mu^N, f) for a law f on R^d, by Monte Carlo integrals over f: the distance to the nearest atom,
 * and the semi-discrete dual. What is statistical is the integral; the inequality holds for every cloud and potential.
 */

import { requireInteger, requireLength, requireNumber, requireOptions } from '../../base/errors.js'
import { type RandomStream, requireStream } from '../../base/random.js'
import { requireNumbers } from '../../base/shape.js'
import type { Estimate } from '../../base/statistics/estimate.js'
import { finish, pace, parts, type Steps } from '../../base/steps.js'
import { KdTree } from '../bottleneck/kdTree.js'
import { powerOf, requireOrder, rootOf } from '../line/distance1dPower.js'
import { normalQuantile } from '../line/quantileNormal.js'
import { type PointCloud, requireCloud } from '../pointCloud.js'
import { requireSpaceLaw, type SpaceLaw } from './oneSampleLaw.js'

/** Draws from f, unless told otherwise. */
export const SAMPLES = 4000

/** Options of the Monte Carlo integrals. */
export interface SamplingOptions {
  readonly stream: RandomStream
  /** Number of draws from f, default 4000. */
  readonly samples?: number
  /** Confidence level of [low, high], default 0.99. */
  readonly level?: number
}

/**
 * (E_f min_i |T - z_i|^p)^(1/p) <= W_p(mu^N, f): no coupling moves mass less far than to its nearest atom. The same
 * bound for all weights of the atoms, so it is sharp only for the best ones.
 * @param X the cloud of atoms z_i @param p in [1, Infinity)
 * @returns kind 'confidence': `low` is a lower bound of W_p with that confidence (normal approximation of the mean)
 * @throws TypeError, RangeError for what is no cloud, a dimension other than the law's, and parameters out of range
 * @example nearestAtomBound(X, uniformCubeLaw(3), 1, { stream: randomStream('1/nearest') }).low
 */
export function nearestAtomBound(X: PointCloud, law: SpaceLaw, p: number, options: SamplingOptions): Estimate {
  requireOptions<SamplingOptions>('nearestAtomBound', options, { stream: true, samples: true, level: true })
  return finish(nearestAtomSteps(X, law, p, options))
}

/** {@link nearestAtomBound} in steps. */
export function* nearestAtomSteps(X: PointCloud, law: SpaceLaw, p: number, options: SamplingOptions): Steps<Estimate> {
  const T = drawFrom(X, law, p, options)
  const { n, d } = X
  const tree = new KdTree(interleaved(X), n, d, 'euclidean')
  const queries = interleaved(T)
  const costs = new Float64Array(T.n)
  const isTime = pace()
  for (let k = 0; k < T.n; k++) {
    if (isTime(NEAREST * d)) yield { fraction: k / T.n, stage: '' }
    tree.nearest(queries, k, Number.POSITIVE_INFINITY)
    costs[k] = powerOf(Math.sqrt(tree.foundKey()), p)
  }
  return confidence(costs, 0, p, options, 'mean distance to the nearest atom')
}

/** What a search for the nearest atom takes, about, in distances of two points. */
export const NEAREST = 300

/**
 * (sum_i w_i g_i + E_f min_i (|T - z_i|^p - g_i))^(1/p) <= W_p(mu^N, f) for every g: the dual (28) with one potential
 * replaced by its transform. g = 0 is the nearest-atom bound; the best g gives W_p itself.
 * @param X the cloud of atoms z_i, weights w_i @param p in [1, Infinity)
 * @param g length N, in units of distance^p; must not come from the same draws as `options.stream` gives
 * @returns kind 'confidence': `low` is a lower bound of W_p with that confidence (normal approximation of the mean)
 * @throws TypeError, RangeError as nearestAtomBound, and for g of another length
 * @example semiDiscreteBound(X, law, 2, semiDiscretePotentials(X, law, 2, { stream }), { stream: other }).low
 */
export function semiDiscreteBound(
  X: PointCloud,
  law: SpaceLaw,
  p: number,
  g: Float64Array,
  options: SamplingOptions,
): Estimate {
  requireOptions<SamplingOptions>('semiDiscreteBound', options, { stream: true, samples: true, level: true })
  requireCloud('X', X)
  requireNumbers('g', g)
  requireLength('g', g, X.n)
  return finish(semiDiscreteSteps(X, law, p, g, options))
}

/** {@link semiDiscreteBound} in steps. */
export function* semiDiscreteSteps(
  X: PointCloud,
  law: SpaceLaw,
  p: number,
  g: Float64Array,
  options: SamplingOptions,
): Steps<Estimate> {
  const T = drawFrom(X, law, p, options)
  return confidence(yield* reducedCosts(X, T, p, g), weightedMean(X, g), p, options, 'semi-discrete dual')
}

/** Options of {@link semiDiscretePotentials}. */
export interface PotentialOptions {
  readonly stream: RandomStream
  /** Gradient steps of each of three runs, default 20 000; a step takes N distances. */
  readonly steps?: number
}

/** Step sizes tried, in units of the mean distance^p to the nearest atom. */
const STEP_SIZES = [2, 16, 128]
/** Steps of a run, unless told otherwise. */
const STEPS = 20_000
/** Draws on which they are compared. */
const TRIAL = 2000

/**
 * Potentials for {@link semiDiscreteBound} by averaged stochastic gradient ascent: each draw from f lowers the
 * potential of the atom that it chooses. Three runs with different step sizes, the best on draws of its own. Any
 * outcome is a valid potential; more steps make a better one. On a line the gain is small for large N: there the
 * distance itself is known.
 * @returns length N
 * @source A. Genevay, M. Cuturi, G. Peyre, F. Bach 2016, arXiv:1605.08527
 */
export function semiDiscretePotentials(
  X: PointCloud,
  law: SpaceLaw,
  p: number,
  options: PotentialOptions,
): Float64Array {
  requireOptions<PotentialOptions>('semiDiscretePotentials', options, { stream: true, steps: true })
  return finish(potentialSteps(X, law, p, options))
}

/** Gradient steps and trial draws of {@link semiDiscretePotentials}; each takes N distances. */
export const potentialWork = (steps: number = STEPS): number =>
  STEP_SIZES.length * steps + (STEP_SIZES.length + 1) * TRIAL

/** {@link semiDiscretePotentials} in steps. */
export function* potentialSteps(
  X: PointCloud,
  law: SpaceLaw,
  p: number,
  { stream, steps = STEPS }: PotentialOptions,
): Steps<Float64Array> {
  requireInteger('steps', steps, 1, 1e8)
  const trial = drawFrom(X, law, p, { stream, samples: TRIAL })
  const part = parts(potentialWork(steps))
  let best = new Float64Array(X.n)
  let value = yield* part('', TRIAL, dualMean(X, trial, p, best))
  const unit = value
  for (const size of STEP_SIZES) {
    const T = drawFrom(X, law, p, { stream, samples: Math.max(2, steps) })
    const g = yield* part('', steps, ascend(X, T, p, size * unit))
    const reached = yield* part('', TRIAL, dualMean(X, trial, p, g))
    if (reached > value) {
      best = g
      value = reached
    }
  }
  return best
}

/** The average of the potentials over a run; step k has length size/sqrt(k + 1). */
function* ascend(X: PointCloud, T: PointCloud, p: number, size: number): Steps<Float64Array<ArrayBuffer>> {
  const { n, d, weights } = X
  const g = new Float64Array(n)
  const average = new Float64Array(n)
  const query = new Float64Array(d)
  const isTime = pace()
  for (let k = 0; k < T.n; k++) {
    if (isTime(n * d)) yield { fraction: k / T.n, stage: '' }
    for (let a = 0; a < d; a++) query[a] = T.x[a * T.n + k]!
    const { atom } = leastReducedCost(X, query, p, g)
    const step = size / Math.sqrt(k + 1)
    const later = (T.n - k) / T.n
    g[atom] = g[atom]! - step
    average[atom] = average[atom]! - step * later
    // The other term of the gradient is the weights: a constant, which changes nothing, if they are equal.
    if (weights === undefined) continue
    for (let i = 0; i < n; i++) {
      g[i] = g[i]! + step * weights[i]!
      average[i] = average[i]! + step * later * weights[i]!
    }
  }
  return average
}

/** sum_i w_i g_i plus the mean over T of the transform of g. */
function* dualMean(X: PointCloud, T: PointCloud, p: number, g: Float64Array): Steps<number> {
  let mean = 0
  for (const cost of yield* reducedCosts(X, T, p, g)) mean += cost / T.n
  return weightedMean(X, g) + mean
}

function weightedMean({ n, weights }: PointCloud, g: Float64Array): number {
  let mean = 0
  for (let i = 0; i < n; i++) mean += g[i]! * (weights?.[i] ?? 1 / n)
  return mean
}

function* reducedCosts(X: PointCloud, T: PointCloud, p: number, g: Float64Array): Steps<Float64Array> {
  const costs = new Float64Array(T.n)
  const query = new Float64Array(X.d)
  const isTime = pace()
  for (let k = 0; k < T.n; k++) {
    if (isTime(X.n * X.d)) yield { fraction: k / T.n, stage: '' }
    for (let a = 0; a < X.d; a++) query[a] = T.x[a * T.n + k]!
    costs[k] = leastReducedCost(X, query, p, g).cost
  }
  return costs
}

/** min_i (|t - z_i|^p - g_i), and where. */
function leastReducedCost(
  { n, d, x }: PointCloud,
  query: Float64Array,
  p: number,
  g: Float64Array,
): { readonly atom: number; readonly cost: number } {
  let atom = 0
  let cost = Number.POSITIVE_INFINITY
  for (let i = 0; i < n; i++) {
    let square = 0
    for (let a = 0; a < d; a++) {
      const gap = query[a]! - x[a * n + i]!
      square += gap * gap
    }
    const reduced = (p === 2 ? square : powerOf(Math.sqrt(square), p)) - g[i]!
    if (reduced < cost) {
      cost = reduced
      atom = i
    }
  }
  return { atom, cost }
}

function drawFrom(X: PointCloud, law: SpaceLaw, p: number, { stream, samples = SAMPLES }: SamplingOptions): PointCloud {
  requireCloud('X', X)
  requireSpaceLaw(law)
  requireStream('stream', stream)
  if (X.d !== law.d) throw new RangeError(`X.d must be the law's ${law.d}, got ${X.d}`)
  requireOrder(p, 'finite')
  return law.sample(requireInteger('samples', samples, 2, 1e8), stream)
}

/**
 * The p-th root of shift + mean with the normal interval of the mean; the functional is at least 0 by the choice g = 0.
 */
function confidence(
  costs: Float64Array,
  shift: number,
  p: number,
  { stream, level = 0.99 }: SamplingOptions,
  method: string,
): Estimate {
  requireNumber('level', level, 0.5, 1 - 1e-9)
  let mean = 0
  let squares = 0
  for (let k = 0; k < costs.length; k++) {
    const step = costs[k]! - mean
    mean += step / (k + 1)
    squares += step * (costs[k]! - mean)
  }
  const half = normalQuantile(0.5 + 0.5 * level) * Math.sqrt(squares / (costs.length - 1) / costs.length)
  const root = (cost: number): number => rootOf(Math.max(0, cost), p)
  return {
    value: root(shift + mean),
    low: root(shift + mean - half),
    high: root(shift + mean + half),
    kind: 'confidence',
    method: `${method}, ${costs.length} draws`,
    level,
    seed: stream.key,
  }
}

function interleaved({ n, d, x }: PointCloud): Float64Array {
  const out = new Float64Array(n * d)
  for (let a = 0; a < d; a++) for (let i = 0; i < n; i++) out[i * d + a] = x[a * n + i]!
  return out
}
