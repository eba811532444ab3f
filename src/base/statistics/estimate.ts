/**
 * A number together with what is known about its error: what every measurement of the project returns.
 */
import { quote, requireNumber } from '../errors.js'
import type { ShapeOf } from '../shape.js'

/** How the interval [low, high] is to be read. */
export type EstimateKind =
  /** closed form: the interval is rounding only */
  | 'exact'
  /** a proved or computed error bound: the truth is inside */
  | 'certified'
  /** an error estimate without proof (order doubling, step doubling, best of several searches) */
  | 'estimated'
  /** statistical: inside with probability `level` */
  | 'confidence'

/** A number with what is known about its error: what every measurement returns. */
export interface Estimate {
  readonly value: number
  readonly low: number
  readonly high: number
  readonly kind: EstimateKind
  /** How it was obtained, in a few words. */
  readonly method: string
  /** Confidence level, for kind 'confidence'. */
  readonly level?: number
  /** Seed of the random streams used, when any were. */
  readonly seed?: string
}

/** A closed-form value: the interval is `relativeError` (default 4 units in the last place) around it. */
export function exact(value: number, method: string, relativeError: number = 4 * Number.EPSILON): Estimate {
  requireNumber('value', value, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
  requireNumber('relativeError', relativeError, 0, Number.MAX_VALUE, 'a finite number >= 0')
  requireMethod(method)
  // An infinite value is known exactly; Infinity - Infinity would not be.
  const half = Number.isFinite(value) ? Math.abs(value) * relativeError : 0
  return { value, low: value - half, high: value + half, kind: 'exact', method }
}

/** A value with an absolute error estimate. @throws RangeError if the error is negative or not a number */
export function estimated(value: number, error: number, method: string): Estimate {
  requireNumber('value', value, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)
  requireNumber('error', error, 0, Number.POSITIVE_INFINITY, 'a number >= 0')
  requireMethod(method)
  if (!Number.isFinite(value)) return { value, low: value, high: value, kind: 'estimated', method }
  return { value, low: value - error, high: value + error, kind: 'estimated', method }
}

/** What a confidence interval needs beside its ends. */
export interface Confidence {
  readonly level: number
  readonly method: string
  readonly seed?: string
}

/** value with the interval value ± half. @example confident(2, 0.5, { level: 0.99, method: 'mean of 100 samples' }).high // 2.5 */
export function confident(value: number, half: number, { level, method, seed }: Confidence): Estimate {
  const interval = { value, low: value - half, high: value + half, kind: 'confidence', level, method } as const
  return seed === undefined ? interval : { ...interval, seed }
}

/** An estimate over a positive unit. @example inUnitsOf(exact(3, 'counted'), 2).value // 1.5 */
export function inUnitsOf(estimate: Estimate, unit: number): Estimate {
  return { ...estimate, value: estimate.value / unit, low: estimate.low / unit, high: estimate.high / unit }
}

/** A positive number over a positive estimate. @example overEstimate(3, exact(2, 'counted')).value // 1.5 */
export function overEstimate(numerator: number, estimate: Estimate): Estimate {
  const { value, low, high } = estimate
  return { ...estimate, value: numerator / value, low: numerator / high, high: numerator / low }
}

/** The shape of an estimate, for arguments that hold some. */
export const ESTIMATE: ShapeOf<Estimate> = {
  value: 'number',
  low: 'number',
  high: 'number',
  kind: 'text',
  method: 'text',
  level: { optional: 'number' },
  seed: { optional: 'text' },
}

function requireMethod(method: unknown): void {
  if (typeof method !== 'string') throw new TypeError(`method must be a text, got ${quote(method)}`)
}
