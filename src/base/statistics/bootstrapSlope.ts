/**
 * The exponent of a measured power law with a bootstrap interval: replicates are resampled within each abscissa, so
 * that the interval carries their noise and nothing else.
 */

import { quote, requireInteger, requireLength, requireNumber, requireOneOf, requireOptions } from '../errors.js'
import { type RandomStream, requireStream } from '../random.js'
import { requireNumbers } from '../shape.js'
import type { Estimate } from './estimate.js'
import { type LocalSlope, localSlopes } from './localSlopes.js'
import { logLogSlope } from './statistics.js'

/** From so many replicates on a percentile bootstrap interval covers with about its stated level. */
export const BOOTSTRAP_REPLICATES: number = 20

/**
 * What a bootstrap interval from n replicates may be called: 'confidence' from {@link BOOTSTRAP_REPLICATES} on; below,
 * it is an 'estimated' spread without a level.
 * @example bootstrapKind(12, 'bootstrap of the mean', 0.95).kind // 'estimated'
 */
export function bootstrapKind(n: number, method: string, level: number): Pick<Estimate, 'kind' | 'method' | 'level'> {
  return n >= BOOTSTRAP_REPLICATES
    ? { kind: 'confidence', level, method }
    : { kind: 'estimated', method: `${method}, only ${n} replicates` }
}

/** Which number of the replicates is followed. */
export type ReplicateStatistic = 'mean' | 'root mean square' | 'median'

/** Options of {@link bootstrapSlope}. */
export interface BootstrapSlopeOptions {
  /** Default 'mean'. */
  readonly statistic?: ReplicateStatistic
  /** Confidence level, in (0, 1), default 0.95. */
  readonly level?: number
  /** Number of bootstrap samples, >= 20, default 1000. */
  readonly resamples?: number
  /** Points in a window of the local slopes, default 2. */
  readonly window?: number
}

/** A measured exponent, and the local ones. */
export interface BootstrapSlope {
  /** Slope of ln statistic against ln x over all points. */
  readonly slope: Estimate
  /** The same in moving windows. */
  readonly local: readonly (LocalSlope & { readonly estimate: Estimate })[]
  /** The statistic at every abscissa. */
  readonly values: Float64Array
}

/**
 * The log-log slope of a statistic of replicates, with percentile bootstrap intervals: of kind 'confidence' for 20
 * replicates or more at every abscissa, 'estimated' below; where the local slopes drift, the overall slope is a mean
 * over the range, not a limit.
 * @param x n >= 2 abscissae > 0, increasing
 * @param samples for each abscissa its replicates > 0, at least two
 * @param stream source of the resampling
 * @throws TypeError, RangeError naming the argument
 * @source Efron 1979, doi:10.1214/aos/1176344552
 * @example bootstrapSlope([10, 100], [[1, 1], [10, 10]], randomStream('slope')).slope.value // 1
 */
export function bootstrapSlope(
  x: ArrayLike<number>,
  samples: readonly ArrayLike<number>[],
  stream: RandomStream,
  options: BootstrapSlopeOptions = {},
): BootstrapSlope {
  requireOptions<BootstrapSlopeOptions>('bootstrapSlope', options, {
    statistic: true,
    level: true,
    resamples: true,
    window: true,
  })
  const { statistic = 'mean', level = 0.95, resamples = 1000, window = 2 } = options
  requireOneOf('statistic', statistic, ['mean', 'root mean square', 'median'])
  requireNumber('level', level, Number.MIN_VALUE, 1 - Number.EPSILON, 'a number in (0, 1)')
  requireInteger('resamples', resamples, 20, 1e6)
  requireNumbers('x', x)
  requireInteger('x.length', x.length, 2)
  requireStream('stream', stream)
  if (!Array.isArray(samples)) throw new TypeError(`samples must be an array of arrays, got ${quote(samples)}`)
  requireLength('samples', samples as unknown as ArrayLike<number>, x.length)
  for (const [i, sample] of samples.entries()) {
    requireNumbers(`samples[${i}]`, sample)
    if (!(sample.length >= 2)) throw new RangeError(`samples[${i}] must hold at least 2 numbers, got ${sample.length}`)
  }
  const fewest = Math.min(...samples.map(sample => sample.length))
  const of = STATISTICS[statistic]
  const values = Float64Array.from(samples, sample => of(Float64Array.from(sample)))
  const overall = logLogSlope(x, values).slope
  const windows = localSlopes(x, values, window)
  const slopes = new Float64Array(resamples)
  const local = windows.map(() => new Float64Array(resamples))
  const buffers = samples.map(sample => new Float64Array(sample.length))
  for (let b = 0; b < resamples; b++) {
    const again = samples.map((sample, i) => {
      const buffer = buffers[i]!
      for (let r = 0; r < buffer.length; r++) buffer[r] = sample[Math.floor(stream.uniform() * buffer.length)]!
      return of(buffer)
    })
    slopes[b] = logLogSlope(x, again).slope
    for (const [w, { slope }] of localSlopes(x, again, window).entries()) local[w]![b] = slope
  }
  const interval = (value: number, draws: Float64Array): Estimate => {
    draws.sort()
    const at = (q: number): number => draws[Math.min(resamples - 1, Math.floor(q * resamples))]!
    const tail = (1 - level) / 2
    const [low, high] = [Math.min(value, at(tail)), Math.max(value, at(1 - tail))]
    const method = `bootstrap of the ${statistic}, ${resamples} resamples`
    return { value, low, high, ...bootstrapKind(fewest, method, level), seed: stream.key }
  }
  return {
    slope: interval(overall, slopes),
    local: windows.map((slope, w) => ({ ...slope, estimate: interval(slope.slope, local[w]!) })),
    values,
  }
}

const STATISTICS: Readonly<Record<ReplicateStatistic, (sample: Float64Array) => number>> = {
  mean: sample => sample.reduce((sum, value) => sum + value, 0) / sample.length,
  'root mean square': sample => Math.sqrt(sample.reduce((sum, value) => sum + value * value, 0) / sample.length),
  median: sample => median(sample),
}

/** The median; the mean of the two middle values for an even number. @example median([3, 1, 2]) // 2 */
export function median(sample: ArrayLike<number>): number {
  requireNumbers('sample', sample)
  if (!(sample.length >= 1)) throw new RangeError(`sample must hold at least 1 number, got ${quote(sample)}`)
  const sorted = Float64Array.from(sample).sort()
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : 0.5 * (sorted[half - 1]! + sorted[half]!)
}
