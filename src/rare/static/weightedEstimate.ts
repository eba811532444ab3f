/**
 * From weighted samples to a probability with an interval, or to the reasons why there is none.
 */
import type { Estimate } from '../../base/statistics/estimate.js'
import { studentQuantile } from '../../base/statistics/studentQuantile.js'
import type { WeightedSample } from './tiltedSample.js'

/** Samples of equal weight that would know as much: fewer say nothing about an error. */
const LEAST_SIZE = 100
/** The part of the sum that one sample may carry. */
const LARGEST_SHARE = 0.05
/** Degrees of freedom behind which Student's law is normal. */
const MOST_FREEDOM = 1000

/** What is known of P(max_i |K_i - Kbar_i|_inf >= threshold). */
export interface ForceTail {
  readonly threshold: number
  /** The mean of the weights, which is unbiased; that of too few may be far off. */
  readonly value: number
  /** With its interval, where no diagnostic fails. */
  readonly estimate?: Estimate
  /** Why there is no interval. */
  readonly refused: readonly string[]
  /** 6 N P(A_1), the union bound: it counts an event once for each particle, component and sign that carries it. */
  readonly union: number
  readonly samples: number
  /** How many samples reached the threshold. */
  readonly hits: number
  /** (sum of weights)^2 over the sum of their squares. */
  readonly effectiveSize: number
  /** The part of the sum that one sample carries. */
  readonly largestShare: number
}

/**
 * factor times the mean of weight/overlap over all samples, of which those that are not listed weigh 0:
 * value exp(+- t s/(value sqrt n)), with as many degrees of freedom as the effective size.
 */
export function weightedEstimate(
  hits: readonly Pick<WeightedSample, 'logWeight' | 'overlap'>[],
  samples: number,
  factor: number,
  level: number,
  seed: string,
): Omit<ForceTail, 'threshold'> {
  // In units of the largest weight, as weights may be below the smallest number.
  const top = hits.reduce((largest, { logWeight }) => Math.max(largest, logWeight), Number.NEGATIVE_INFINITY)
  let [sum, squares, all, largest] = [0, 0, 0, 0]
  for (const { logWeight, overlap } of hits) {
    const whole = Math.exp(logWeight - top)
    const w = whole / overlap
    sum += w
    squares += w * w
    all += whole
    largest = Math.max(largest, w)
  }
  const unit = hits.length === 0 ? 0 : factor * Math.exp(top)
  const effectiveSize = hits.length === 0 ? 0 : (sum * sum) / squares
  const largestShare = hits.length === 0 ? 1 : largest / sum
  const value = (unit * sum) / samples
  const facts = { value, union: (unit * all) / samples, samples, hits: hits.length, effectiveSize, largestShare }
  const refused: string[] = []
  if (hits.length === 0) refused.push(`none of ${samples} samples reached the threshold`)
  else {
    if (effectiveSize < LEAST_SIZE) {
      refused.push(`an effective size of ${short(effectiveSize)} is too small: ${LEAST_SIZE} is the least`)
    }
    if (largestShare > LARGEST_SHARE) refused.push(`one sample carries ${Math.round(100 * largestShare)} % of the sum`)
  }
  if (refused.length > 0) return { ...facts, refused }
  const relative = Math.sqrt(1 / effectiveSize - 1 / samples)
  const half = studentQuantile(level, Math.min(MOST_FREEDOM, Math.floor(effectiveSize) - 1)) * relative
  const method = `tilted importance sampling, ${samples} samples of effective size ${Math.round(effectiveSize)}`
  const interval = { low: value * Math.exp(-half), high: value * Math.exp(half) }
  return { ...facts, refused, estimate: { value, ...interval, kind: 'confidence', level, method, seed } }
}

const short = (x: number): string => String(Number(x.toPrecision(2)))
