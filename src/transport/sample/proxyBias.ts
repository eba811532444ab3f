/**
 * What the distance between two samples says about the distance between a sample and its law: shown on the line, where
 * both are known. The proxy stands in many plots for W_p(mu^N, f) and is larger: by Jensen E W_p^p(mu, nu) >= E
 * W_p^p(mu, f).
 */
import { requireInteger, requireNumber, requireOptions } from '../../base/errors.js'
import { type RandomStream, requireStream } from '../../base/random.js'
import type { Estimate } from '../../base/statistics/estimate.js'
import { meanAndStandardError } from '../../base/statistics/statistics.js'
import { distance1d } from '../line/distance1d.js'
import { powerOf } from '../line/distance1dPower.js'
import { distance1dToLaw } from '../line/distance1dToLaw.js'
import { type Law1d, requireLaw1d } from '../line/quantileLaw.js'
import { normalQuantile } from '../line/quantileNormal.js'
import type { PointCloud } from '../pointCloud.js'

/** Options of {@link twoSampleBias}. */
export interface ProxyBiasOptions {
  readonly stream: RandomStream
  /** Number of pairs of samples, default 400. */
  readonly replicas?: number
  /** Confidence level, default 0.99. */
  readonly level?: number
}

/** Means over independent pairs of samples, each with its confidence interval. */
export interface ProxyBias {
  /** E W_p^p(mu^N, f). */
  readonly oneSample: Estimate
  /** E W_p^p(mu^N, nu^N). */
  readonly twoSample: Estimate
  /**
   * Their ratio, >= 1; 2 N/(N + 1) for p = 2 and the uniform law. Its p-th root is about the proxy's relative excess.
   */
  readonly ratio: Estimate
}

/**
 * Measures the bias of the two-sample proxy for a law on the line, on the same clouds mu^N.
 * @param N points in each sample @param p in [1, Infinity), below the law's tailOrder
 * @returns three estimates of kind 'confidence' (normal approximation; the ratio by the delta method)
 * @throws RangeError for parameters out of range
 * @example twoSampleBias(uniformLaw1d(), 50, 2, { stream: randomStream('1/bias') }).ratio.value > 1 // true
 */
export function twoSampleBias(law: Law1d, N: number, p: number, options: ProxyBiasOptions): ProxyBias {
  requireOptions<ProxyBiasOptions>('twoSampleBias', options, { stream: true, replicas: true, level: true })
  const { stream, replicas = 400, level = 0.99 } = options
  requireLaw1d('law', law)
  requireStream('stream', stream)
  requireInteger('N', N, 1, 1e7)
  requireInteger('replicas', replicas, 2, 1e6)
  requireNumber('p', p, 1, 1000)
  requireNumber('level', level, 0.5, 1 - 1e-9)
  if (!(p >= 1 && p < law.tailOrder)) throw new RangeError(`p must be in [1, ${law.tailOrder}), got ${p}`)
  const draw = (): PointCloud => ({
    n: N,
    d: 1,
    x: Float64Array.from({ length: N }, () => law.quantile(stream.uniform() + 2 ** -54)),
  })
  const one = new Float64Array(replicas)
  const two = new Float64Array(replicas)
  for (let k = 0; k < replicas; k++) {
    const X = draw()
    one[k] = powerOf(distance1dToLaw(X, law, p).value, p)
    two[k] = powerOf(distance1d(X, draw(), p).value, p)
  }
  const z = normalQuantile(0.5 + 0.5 * level)
  const interval = (value: number, standardError: number, method: string): Estimate => ({
    value,
    low: value - z * standardError,
    high: value + z * standardError,
    kind: 'confidence',
    method: `${method}, ${replicas} pairs of samples`,
    level,
    seed: stream.key,
  })
  const [first, second] = [meanAndStandardError(one), meanAndStandardError(two)]
  const ratio = second.mean / first.mean
  // Delta method: the mean of (two - ratio one)/E one has mean 0.
  const residual = meanAndStandardError(two.map((w, k) => (w - ratio * one[k]!) / first.mean))
  return {
    oneSample: interval(first.mean, first.standardError, 'mean of W_p^p(mu, f)'),
    twoSample: interval(second.mean, second.standardError, 'mean of W_p^p(mu, nu)'),
    ratio: interval(ratio, residual.standardError, 'ratio of the means'),
  }
}
