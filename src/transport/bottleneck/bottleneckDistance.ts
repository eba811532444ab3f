/**
 * W_infinity between clouds of equally many points of equal weight: (29), the bottleneck matching. The distance in
 * which Remark 4.5 states the dynamical estimates, and the right-hand end of W_p <= W_infinity <= |X - Y|_infinity
 * (Lemma 5.2).
 */
import { quote, requireOneOf, requireOptions } from '../../base/errors.js'
import { withInterrupts } from '../../base/interrupt.js'
import { type BarOption, type Report, reporting } from '../../base/progress.js'
import type { TransportResult } from '../assignment/transportResult.js'
import { type PointCloud, requireCloud } from '../pointCloud.js'
import type { MatchingBracket, MatchingProblem } from './bottleneckMatching.js'
import { bottleneckSearch, bracketOf } from './bottleneckSearch.js'
import type { DistanceNorm } from './kdTree.js'

/** Options of {@link bottleneckDistance}. */
export interface BottleneckOptions {
  /** |x - y| (default), or max_a |x_a - y_a|, the norm of Lemma 5.2. */
  readonly norm?: DistanceNorm
}

/** Options of {@link bottleneckDistanceAsync}. */
export interface BottleneckAsyncOptions extends BottleneckOptions, BarOption {
  /** Ends the search; the result is then the best bracket so far. */
  readonly signal?: AbortSignal
}

/** W_infinity with its evidence; see {@link verifyBottleneck}. */
export interface BottleneckResult extends TransportResult {
  readonly norm: DistanceNorm
  /** Point i of X goes to point plan[i] of Y; no pair is farther apart than `high`. */
  readonly plan: Int32Array
}

const METHOD = 'bottleneck matching: k-d tree and augmenting paths'
/** Milliseconds of work between two looks at the signal. */
const SLICE = 15

/**
 * W_infinity(mu[X], mu[Y]) = min over permutations s of max_i |x_i - y_s(i)|, exact in any dimension: the value is the
 * distance of a pair, the bracket is its rounding.
 * @param X n points with equal weights
 * @param Y as many, in the same dimension
 * @returns with a permutation that attains the value and a Hall violator that forbids less (none is needed for 0)
 * @throws TypeError, RangeError for clouds that are no clouds, have unequal weights, or differ in number or dimension
 * @source (29); A. Efrat, A. Itai, M. J. Katz 2001, doi:10.1007/s00453-001-0016-8 (matchings by searches in trees)
 * @example bottleneckDistance({ n: 2, d: 1, x: Float64Array.of(0, 5) }, { n: 2, d: 1, x: Float64Array.of(6, 2) }).value // 2
 */
export function bottleneckDistance(X: PointCloud, Y: PointCloud, options: BottleneckOptions = {}): BottleneckResult {
  requireOptions<BottleneckOptions>('bottleneckDistance', options, { norm: true })
  const search = bottleneckSolver(X, Y, options)
  while (!search.next().done);
  return search.result()
}

/**
 * {@link bottleneckDistance} in slices of a few milliseconds, so that the calling thread stays free for events.
 * @returns status 'interrupted' with the best certified bracket if the signal is aborted before the end
 * @throws as bottleneckDistance, as a rejection
 * @example (await bottleneckDistanceAsync(X, Y, { signal: AbortSignal.timeout(1000) })).status
 */
export function bottleneckDistanceAsync(
  X: PointCloud,
  Y: PointCloud,
  options: BottleneckAsyncOptions = {},
): Promise<BottleneckResult> {
  requireOptions<BottleneckAsyncOptions>('bottleneckDistanceAsync', options, {
    bar: true,
    signal: 'signal',
    norm: true,
  })
  return withInterrupts(options, heeding =>
    reporting('bottleneckDistance', heeding, report => inSlices(X, Y, heeding, report)),
  )
}

async function inSlices(
  X: PointCloud,
  Y: PointCloud,
  options: BottleneckAsyncOptions,
  report: Report,
): Promise<BottleneckResult> {
  const { signal } = options
  const search = bottleneckSolver(X, Y, options)
  let sliceEnd = performance.now() + SLICE
  while (!signal?.aborted && !search.next().done) {
    if (performance.now() < sliceEnd) continue
    report(search.fraction(), METHOD)
    await new Promise(resolve => setTimeout(resolve, 0))
    sliceEnd = performance.now() + SLICE
  }
  return search.result()
}

interface Solver {
  next(): { readonly done?: boolean }
  /** Predicted part of the whole. */
  fraction(): number
  /** The best so far. */
  result(): BottleneckResult
}

/**
 * Coordinates are scaled by a power of two so that squares of the largest distances are near 1. Squares below
 * SMALL_KEY have lost digits, or all, to underflow; FINER brings them back, while those of the largest distances,
 * below d 2^2 2^(2 * 490), still fit.
 */
const SMALL_KEY = 2 ** -900
const FINER = 2 ** 490

function bottleneckSolver(X: PointCloud, Y: PointCloud, { norm = 'euclidean' }: BottleneckOptions): Solver {
  requireMatchable(X, Y)
  requireOneOf('norm', norm, ['euclidean', 'maximum'])
  let scale = inversePowerOfTwo(Math.max(largestCoordinate(X.x), largestCoordinate(Y.x)))
  const identity = Int32Array.from({ length: X.n }, (_, i) => i)
  let problem = scaledProblem(X, Y, scale, norm)
  let bracket = bracketOf(problem, identity)
  let ended = false
  const run = (function* (): Generator<undefined, void> {
    yield* bottleneckSearch(problem, bracket)
    if (norm === 'euclidean' && bracket.high < SMALL_KEY && !samePoints(X, Y, bracket.plan)) {
      scale *= FINER
      problem = scaledProblem(X, Y, scale, norm)
      bracket = bracketOf(problem, bracket.plan)
      yield* bottleneckSearch(problem, bracket)
    }
    ended = true
  })()
  let steps = 0
  const next = (): { readonly done?: boolean } => {
    steps++
    return run.next()
  }
  // The nearest neighbours of all points take 2 n/256 steps; searches after that about as many each, some ten of them.
  const fraction = (): number => steps / (steps + (10 * X.n) / 256)
  return { next, fraction, result: () => resultOf(X, Y, bracket, scale, norm, ended) }
}

function resultOf(
  X: PointCloud,
  Y: PointCloud,
  { low, high, plan, violator }: MatchingBracket,
  scale: number,
  norm: DistanceNorm,
  ended: boolean,
): BottleneckResult {
  const distance = (key: number): number => (norm === 'euclidean' ? Math.sqrt(key) : key) / scale
  const value = distance(high)
  const radius = distance(low)
  // d differences, squares and additions, a root and a division: fewer than d + 4 roundings of half a unit each, and
  // the check of the evidence has as many.
  const rounding = (X.d + 4) * Number.EPSILON
  // What d squares may lose to underflow; nothing beside a key of ordinary size.
  const lost = norm === 'maximum' || (high === 0 && samePoints(X, Y, plan)) ? 0 : 2 * X.d * Number.MIN_VALUE
  return {
    value,
    low: Math.min(distance(Math.max(0, low - lost)) * (1 - rounding), Number.MAX_VALUE),
    high: distance(high + lost) * (1 + rounding),
    p: Number.POSITIVE_INFINITY,
    status: ended ? 'exact' : 'interrupted',
    method: METHOD,
    norm,
    plan: plan.slice(),
    ...(violator === undefined ? {} : { violator: { ...violator, radius } }),
  }
}

function requireMatchable(X: PointCloud, Y: PointCloud): void {
  requireCloud('X', X)
  requireCloud('Y', Y)
  for (const [name, { weights }] of [
    ['X', X],
    ['Y', Y],
  ] as const) {
    if (weights?.some(w => w !== weights[0])) {
      throw new RangeError(`${name}.weights must be equal, got ${quote(weights)} of different numbers`)
    }
  }
  if (Y.d !== X.d) throw new RangeError(`Y.d must be X.d = ${X.d}, got ${Y.d}`)
  if (Y.n !== X.n) throw new RangeError(`Y.n must be X.n = ${X.n}, got ${Y.n}`)
}

/** Arrays of structures, scaled. */
function scaledProblem(X: PointCloud, Y: PointCloud, scale: number, norm: DistanceNorm): MatchingProblem {
  return { x: interleaved(X, scale), y: interleaved(Y, scale), n: X.n, d: X.d, norm }
}

function interleaved({ n, d, x }: PointCloud, scale: number): Float64Array {
  const out = new Float64Array(n * d)
  for (let a = 0; a < d; a++) for (let i = 0; i < n; i++) out[i * d + a] = x[a * n + i]! * scale
  return out
}

function largestCoordinate(x: Float64Array): number {
  let largest = 0
  for (let k = 0; k < x.length; k++) largest = Math.max(largest, Math.abs(x[k]!))
  return largest
}

/** A power of two s with x s in (1/2, 2), as far as s is a double of full precision; 1 for 0. */
function inversePowerOfTwo(x: number): number {
  if (x === 0) return 1
  let s = 1
  while (x * s >= 2 && s > 2 ** -1022) s /= 2
  while (x * s <= 0.5 && s < 2 ** 1000) s *= 2
  return s
}

function samePoints(X: PointCloud, Y: PointCloud, plan: Int32Array): boolean {
  for (let a = 0; a < X.d; a++) {
    for (let i = 0; i < X.n; i++) if (X.x[a * X.n + i] !== Y.x[a * X.n + plan[i]!]) return false
  }
  return true
}
