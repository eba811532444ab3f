/**
 * W_p between two clouds of points (27), exact or with a certified bracket: what every comparison of particle clouds in
 * the project calls. p = Infinity is `bottleneckDistance`.
 */
import { type OptionNames, quote, requireNumber, requireOptions } from '../../base/errors.js'
import { withInterrupts } from '../../base/interrupt.js'
import { type BarOption, reporting } from '../../base/progress.js'
import { finish, inTurns, type Steps } from '../../base/steps.js'
import { distance1d } from '../line/distance1d.js'
import { networkSimplex } from '../network/networkSimplex.js'
import { type PointCloud, requireCloud } from '../pointCloud.js'
import { assignment, type Solver } from './assignment.js'
import type { TransportResult } from './transportResult.js'

/** Equal clouds up to this size are solved to the optimum unless a gap is asked for. */
const EXACT_SIZE = 100_000
/** The relative gap that is asked for above {@link EXACT_SIZE}. */
export const LARGE_GAP = 1e-3

/** How far a running solve has come. */
export interface TransportProgress {
  readonly stage: string
  /** Part of the points that are matched now. */
  readonly matched: number
  readonly seconds: number
}

/** Options of {@link wassersteinDistance}. */
export interface WassersteinOptions {
  /** In [1, 100], default 1. */
  readonly p?: number
  /**
   * Wanted relative gap (high - low) / high of the bracket, in (0, 1), or 'exact'. Default: 'exact', above 100 000
   * points 1e-3.
   */
  readonly gap?: number | 'exact'
  /** After so many seconds the best bracket so far is returned, status 'interrupted'. */
  readonly timeLimit?: number
  /** Called several times a second. */
  readonly onProgress?: (state: TransportProgress) => void
  /** @deprecated The name of `onProgress` in version 0.1. */
  readonly progress?: (state: TransportProgress) => void
}

/** Options of {@link wassersteinDistanceAsync}. */
export interface WassersteinAsyncOptions extends WassersteinOptions, BarOption {
  /** When aborted, the best bracket so far is returned, status 'interrupted'. */
  readonly signal?: AbortSignal
}

/** The options of {@link wassersteinDistance} but for p. */
export const WASSERSTEIN_OPTIONS: OptionNames<Omit<WassersteinOptions, 'p'>> = {
  gap: true,
  timeLimit: true,
  onProgress: 'function',
  progress: 'function',
}

/**
 * W_p(X, Y) = min over couplings of (sum |x - y|^p)^(1/p), Euclidean norm, with a plan and a dual certificate that
 * `verifyTransport` checks. O(n) memory for clouds of equal size and weights, and on the
 * line; network simplex otherwise (n m <= 4e6).
 * @param X a cloud
 * @param Y another one, of the same dimension
 * @returns value (of the plan), certified bracket [low, high], plan, dual potentials
 * @throws TypeError, RangeError naming the argument, before any work
 * @source (27), Theorem 4.4
 * @example wassersteinDistance(X, Y, { p: 2 }).value
 */
export function wassersteinDistance(X: PointCloud, Y: PointCloud, options: WassersteinOptions = {}): TransportResult {
  requireOptions<WassersteinOptions>('wassersteinDistance', options, { p: true, ...WASSERSTEIN_OPTIONS })
  return finish(wassersteinSteps(X, Y, options))
}

/**
 * {@link wassersteinDistance} in slices of some ten milliseconds, between which the event loop runs: the same numbers,
 * and it can be interrupted by a signal.
 * @returns as wassersteinDistance; never rejects because of the signal
 * @throws as wassersteinDistance; InterruptedError at an interrupt of a notebook's cell (all as rejections)
 * @example await wassersteinDistanceAsync(X, Y, { gap: 1e-3, signal: AbortSignal.timeout(60_000) })
 */
export function wassersteinDistanceAsync(
  X: PointCloud,
  Y: PointCloud,
  options: WassersteinAsyncOptions = {},
): Promise<TransportResult> {
  requireOptions<WassersteinAsyncOptions>('wassersteinDistanceAsync', options, {
    bar: true,
    signal: 'signal',
    p: true,
    ...WASSERSTEIN_OPTIONS,
  })
  // The steps end by themselves when the signal is aborted, with the best bracket so far.
  return withInterrupts(options, heeding =>
    reporting('wassersteinDistance', heeding, report => inTurns(wassersteinSteps(X, Y, heeding), {}, report)),
  )
}

/** The computation in steps, to be driven by a caller. @throws as {@link wassersteinDistance}, at the first step */
export function* wassersteinSteps(
  X: PointCloud,
  Y: PointCloud,
  options: Omit<WassersteinAsyncOptions, 'bar'>,
): Steps<TransportResult> {
  const solver = solverFor(X, Y, options)
  if ('value' in solver) return solver
  const watch = stopwatch(solver, options)
  while (options.signal?.aborted !== true) {
    if (solver.advance(watch.units())) return solver.result()
    if (watch.isOver()) break
    yield solver.progress()
  }
  return solver.result('interrupted')
}

function solverFor(
  X: PointCloud,
  Y: PointCloud,
  { p = 1, gap: wanted, timeLimit }: WassersteinOptions,
): Solver | TransportResult {
  requireCloud('X', X)
  requireCloud('Y', Y)
  if (X.d !== Y.d) throw new RangeError(`Y.d must be X.d = ${X.d}, got ${Y.d}`)
  if (p === Number.POSITIVE_INFINITY) {
    throw new RangeError('p must be finite here, got Infinity: W_infinity is bottleneckDistance(X, Y)')
  }
  requireNumber('p', p, 1, 100)
  if (timeLimit !== undefined) requireNumber('timeLimit', timeLimit, 0, Number.POSITIVE_INFINITY, 'seconds >= 0')
  if (wanted !== undefined && wanted !== 'exact' && !(typeof wanted === 'number' && wanted > 0 && wanted < 1)) {
    throw new RangeError(`gap must be 'exact' or a number in (0, 1), got ${quote(wanted)}`)
  }
  // On the line sorting is enough, whatever sizes and weights.
  if (X.d === 1) return distance1d(X, Y, p)
  const gap = wanted ?? (X.n > EXACT_SIZE ? LARGE_GAP : 'exact')
  const equal = X.n === Y.n && isUniform(X) && isUniform(Y)
  return equal
    ? assignment(X, Y, p, { gap: gap === 'exact' ? 0 : gap })
    : networkSimplex(X, Y, p, gap === 'exact' ? 0 : gap)
}

const isUniform = ({ weights }: PointCloud): boolean => weights === undefined || weights.every(w => w === weights[0])

/** Slices of about this many seconds. */
const SLICE = 0.02

function stopwatch(
  solver: Solver,
  { timeLimit = Number.POSITIVE_INFINITY, progress, onProgress = progress }: WassersteinOptions,
): { units(): number; isOver(): boolean } {
  const start = performance.now()
  let units = 2e5
  let last = start
  let reported = start
  return {
    units: () => {
      last = performance.now()
      return units
    },
    isOver: () => {
      const now = performance.now()
      // Towards the wanted length by at most a factor 2 a time: a slice's speed says little about the next one's.
      const ratio = SLICE / Math.max(1e-6, (now - last) / 1000)
      units = Math.min(1e9, Math.max(1e4, units * Math.min(2, Math.max(0.5, ratio))))
      if (onProgress !== undefined && now - reported > 200) {
        reported = now
        const { stage, matched } = solver.progress()
        onProgress({ stage, matched, seconds: (now - start) / 1000 })
      }
      return (now - start) / 1000 >= timeLimit
    },
  }
}
