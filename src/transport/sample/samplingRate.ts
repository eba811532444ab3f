/**
 * How fast samples come close to their law: the exponent of Theorem 9.3, measured.
 */
import { requireArray, requireInteger, requireNumber, requireOptions } from '../../base/errors.js'
import { withInterrupts } from '../../base/interrupt.js'
import { type BarOption, reporting } from '../../base/progress.js'
import { randomStream, requireSeed } from '../../base/random.js'
import { bootstrapSlope } from '../../base/statistics/bootstrapSlope.js'
import type { Estimate } from '../../base/statistics/estimate.js'
import { inTurns, parts, type Steps, type TurnOptions } from '../../base/steps.js'
import { wassersteinSteps } from '../assignment/wassersteinDistance.js'
import { distance1dToLaw } from '../line/distance1dToLaw.js'
import { requireSpaceLaw, type SpaceLaw } from './oneSampleLaw.js'

/** Sampling distances in one dimension and of one order, against N. */
export interface RateSeries {
  /** Dimension. */
  readonly n: number
  /** Order of the distance. */
  readonly p: number
  /** Sample sizes, increasing. */
  readonly N: readonly number[]
  /** (E W_p^p)^(1/p) at each N. */
  readonly distance: ArrayLike<number>
  /** Measured slope of ln distance against ln N. */
  readonly slope: Estimate
  /** Slope by (87). */
  readonly predicted: number
}

/** Options of {@link samplingRate}. */
export interface SamplingRateOptions extends TurnOptions, BarOption {
  /** Of the samples and of the bootstrap; a series is the same whatever others are measured with the seed. */
  readonly seed: number | string
  /** Sample sizes, increasing, at least two; default 100, 200, 400, 800, 1600. */
  readonly sizes?: readonly number[]
  /** Samples (on the line) or pairs of samples of each size, at least 2, default 24. */
  readonly replicates?: number
}

/**
 * Measures (E W_p^p)^(1/p) against the sample size, and its slope with a bootstrap interval. On the line the distance
 * is that of one sample to the law; in more dimensions that between two samples, which is larger by a factor of at most
 * 2 and has the same exponent, min(1/n, 1/(2p)) by (87) for laws with moments of order above 2p.
 * @param p in [1, 100]
 * @throws TypeError, RangeError naming the argument; the signal's reason; InterruptedError at an interrupt of a
 * notebook's cell (all as rejections)
 * @source Theorem 9.3, (87); Fournier and Guillin 2015, doi:10.1007/s00440-014-0583-7
 * @example (await samplingRate(uniformCubeLaw(2), 1, { seed: '1', sizes: [20, 80], replicates: 20 })).predicted // -0.5
 */
export async function samplingRate(law: SpaceLaw, p: number, options: SamplingRateOptions): Promise<RateSeries> {
  requireOptions<SamplingRateOptions>('samplingRate', options, {
    seed: true,
    sizes: true,
    replicates: true,
    bar: true,
    signal: 'signal',
    onProgress: 'function',
  })
  const { seed, sizes = SIZES, replicates = REPLICATES } = options
  requireSpaceLaw(law)
  requireNumber('p', p, 1, 100)
  requireSeed(seed)
  requireInteger('replicates', replicates, 2, 1e6)
  requireArray('sizes', sizes)
  requireInteger('sizes.length', sizes.length, 2)
  for (const [k, N] of sizes.entries()) requireInteger(`sizes[${k}]`, N, k === 0 ? 1 : sizes[k - 1]! + 1, 1e6)
  return withInterrupts(options, heeding =>
    reporting('samplingRate', heeding, report => inTurns(rateSteps(law, p, seed, sizes, replicates), heeding, report)),
  )
}

const SIZES = [100, 200, 400, 800, 1600]
const REPLICATES = 24

function* rateSteps(
  law: SpaceLaw,
  p: number,
  seed: number | string,
  sizes: readonly number[],
  replicates: number,
): Steps<RateSeries> {
  const samples: number[][] = sizes.map(() => [])
  const part = parts(replicates * sizes.reduce((sum, N) => sum + N * N, 0))
  for (const [k, N] of sizes.entries()) {
    for (let replica = 0; replica < replicates; replica++) {
      const distance = yield* part(`N = ${N}`, N * N, distanceSteps(law, N, p, seed, replica))
      samples[k]!.push(distance ** p)
    }
  }
  const { slope, values } = bootstrapSlope(sizes, samples, randomStream(`${seed}/bootstrap/${law.name}/${law.d}/${p}`))
  return {
    n: law.d,
    p,
    N: [...sizes],
    distance: values.map(w => w ** (1 / p)),
    slope: { ...slope, value: slope.value / p, low: slope.low / p, high: slope.high / p },
    predicted: -Math.min(1 / law.d, 1 / (2 * p)),
  }
}

/** W_p of one sample to the law, or between two where that is not known. */
function* distanceSteps(law: SpaceLaw, N: number, p: number, seed: number | string, replica: number): Steps<number> {
  const stream = randomStream({ seed, law: `${law.name}-${law.d}`, N, replica })
  const X = law.sample(N, stream)
  // Small samples are done within one step, and their number has no end.
  yield { fraction: 0, stage: '' }
  const factor = law.d === 1 ? law.factors?.[0] : undefined
  if (factor !== undefined) return distance1dToLaw(X, factor, p).value
  return (yield* wassersteinSteps(X, law.sample(N, stream), { p })).value
}
