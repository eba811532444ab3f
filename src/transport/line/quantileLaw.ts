/**
 * Laws on the line by their quantile functions, with the partial moments in which W_1 and W_2 to a cloud are closed.
 */

import { requireNumber, requirePositive } from '../../base/errors.js'
import { requireShape } from '../../base/shape.js'
import { wasmCore } from '../../wasm/core.js'
import { normalDensity, normalDistribution, normalQuantile } from './quantileNormal.js'

/** A law on the line with a density. */
export interface Law1d {
  readonly name: string
  /** P(T <= x). */
  cdf(x: number): number
  /** The inverse of cdf on [0, 1]; the ends of the support at 0 and 1. */
  quantile(u: number): number
  /** The density at x. */
  density(x: number): number
  /** The support is [low, high]; either may be infinite. */
  readonly low: number
  readonly high: number
  /** E|T|^k is finite if and only if k < tailOrder. */
  readonly tailOrder: number
  /** E[T^k; T <= x] for k = 1 (tailOrder > 1) and 2 (tailOrder > 2), x in [-Infinity, Infinity]. */
  partialMoment(k: 1 | 2, x: number): number
}

/**
 * The uniform law on [low, high]. @throws RangeError unless low < high, both finite
 * @example uniformLaw1d().cdf(0.25) // 0.25
 */
export function uniformLaw1d(low: number = 0, high: number = 1): Law1d {
  requireNumber('low', low, -Number.MAX_VALUE, Number.MAX_VALUE)
  requireNumber('high', high, low, Number.MAX_VALUE, `a finite number above low = ${low}`)
  requirePositive('high - low', high - low)
  const width = high - low
  const clamp = (x: number): number => Math.min(high, Math.max(low, x))
  return {
    name: 'uniform',
    cdf: x => (clamp(x) - low) / width,
    quantile: u => clamp(low + u * width),
    density: x => (x >= low && x <= high ? 1 / width : 0),
    low,
    high,
    tailOrder: Number.POSITIVE_INFINITY,
    partialMoment: (k, x) => {
      const t = clamp(x)
      const middle = 0.5 * (t + low)
      const share = (t - low) / width
      return k === 1 ? share * middle : share * (middle * middle + ((t - low) * (t - low)) / 12)
    },
  }
}

/**
 * The normal law. @throws RangeError unless mean is finite and sigma > 0
 * @example gaussianLaw1d().quantile(0.5) // 0
 */
export function gaussianLaw1d(mean: number = 0, sigma: number = 1): Law1d {
  requireNumber('mean', mean, -Number.MAX_VALUE, Number.MAX_VALUE)
  requirePositive('sigma', sigma)
  return {
    name: 'gaussian',
    cdf: x => normalDistribution((x - mean) / sigma),
    quantile: u => mean + sigma * normalQuantile(u),
    density: x => normalDensity((x - mean) / sigma) / sigma,
    low: Number.NEGATIVE_INFINITY,
    high: Number.POSITIVE_INFINITY,
    tailOrder: Number.POSITIVE_INFINITY,
    partialMoment: (k, x) => {
      const z = (x - mean) / sigma
      const share = normalDistribution(z)
      const first = -normalDensity(z)
      if (k === 1) return mean * share + sigma * first
      const second = share + (Number.isFinite(z) ? z * first : 0)
      return mean * mean * share + 2 * mean * sigma * first + sigma * sigma * second
    },
  }
}

/**
 * The exponential law on [0, Infinity). @throws RangeError unless rate > 0
 * @example exponentialLaw1d().quantile(0.5) // ln 2
 */
export function exponentialLaw1d(rate: number = 1): Law1d {
  requirePositive('rate', rate)
  const { exp, log } = wasmCore()
  return {
    name: 'exponential',
    cdf: x => (x > 0 ? 1 - exp(-rate * x) : 0),
    quantile: u => (0 - log(1 - u)) / rate,
    density: x => (x >= 0 ? rate * exp(-rate * x) : 0),
    low: 0,
    high: Number.POSITIVE_INFINITY,
    tailOrder: Number.POSITIVE_INFINITY,
    partialMoment: (k, x) => {
      if (x <= 0) return 0
      const t = rate * x
      if (t === Number.POSITIVE_INFINITY) return k / (k === 1 ? rate : rate * rate)
      return k === 1 ? (1 - (1 + t) * exp(-t)) / rate : (2 - (2 + t * (2 + t)) * exp(-t)) / (rate * rate)
    },
  }
}

/**
 * Pareto's law P(T > x) = (minimum/x)^alpha for x >= minimum: heavy tails, E T^k finite for k < alpha only.
 * @throws RangeError unless alpha > 0 and minimum > 0
 * @example paretoLaw1d(3).tailOrder // 3
 */
export function paretoLaw1d(alpha: number, minimum: number = 1): Law1d {
  requirePositive('alpha', alpha)
  requirePositive('minimum', minimum)
  const { pow } = wasmCore()
  return {
    name: 'pareto',
    cdf: x => (x > minimum ? 1 - pow(minimum / x, alpha) : 0),
    quantile: u => minimum / pow(1 - u, 1 / alpha),
    density: x => (x >= minimum ? (alpha / x) * pow(minimum / x, alpha) : 0),
    low: minimum,
    high: Number.POSITIVE_INFINITY,
    tailOrder: alpha,
    partialMoment: (k, x) => {
      if (x <= minimum) return 0
      const front = (alpha / (alpha - k)) * (k === 1 ? minimum : minimum * minimum)
      return front * (1 - pow(minimum / x, alpha - k))
    },
  }
}

/**
 * The uniform law on two intervals of length 1/2, [0, 1/2] and [1/2 + gap, 1 + gap]: the law for which the first regime
 * of (87) is sharp, since what one part has too much must cross the gap.
 * @throws RangeError unless gap > 0
 * @example twoPartsLaw1d(2).quantile(0.75) // 2.75
 */
export function twoPartsLaw1d(gap: number): Law1d {
  requireNumber('gap', gap, Number.MIN_VALUE, Number.MAX_VALUE, 'a finite number > 0')
  const start = 0.5 + gap
  const cdf = (x: number): number => (x < start ? Math.min(0.5, Math.max(0, x)) : Math.min(1, x - gap))
  return {
    name: 'two parts',
    cdf,
    quantile: u => (u <= 0.5 ? u : u + gap),
    density: x => ((x >= 0 && x <= 0.5) || (x >= start && x <= 1 + gap) ? 1 : 0),
    low: 0,
    high: 1 + gap,
    tailOrder: Number.POSITIVE_INFINITY,
    partialMoment: (k, x) => {
      const u = cdf(x)
      const [left, right] = [Math.min(u, 0.5), Math.max(u, 0.5) + gap]
      const power = (t: number): number => (k === 1 ? t * t : t * t * t)
      return (power(left) + power(right) - power(start)) / (k + 1)
    },
  }
}

/** Requires a law on the line. @throws TypeError, RangeError */
export function requireLaw1d(name: string, law: unknown): void {
  requireShape<Law1d>(name, law, {
    name: 'text',
    cdf: 'function',
    quantile: 'function',
    density: 'function',
    low: 'number',
    high: 'number',
    tailOrder: 'number',
    partialMoment: 'function',
  })
}
