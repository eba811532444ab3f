/**
 * What a page and its worker say to each other, and what a laboratory's computation looks like: the same function runs
 * in the browser's worker and, in tests, in Node.
 */
import type { LabSetting } from '../../notebook/laboratory/laboratories.js'

/** A number with what it is worth: shown as it is, kept with all its bits. */
export interface Quantity {
  /** Stable key, for tests and styles. */
  readonly key: string
  /** In words, formulas in Unicode. */
  readonly label: string
  readonly value: number
  /** 'length', '1/length²', ... or '' for a pure number. */
  readonly unit: string
  /** How it is known: an interval, an error, a method; may be empty. */
  readonly evidence: string
}

/** A curve or a set of points of a chart. */
export interface Series {
  readonly name: string
  readonly x: Float64Array
  readonly y: Float64Array
}

/** What a laboratory returns. */
export interface LabResult {
  readonly quantities: readonly Quantity[]
  readonly series: readonly Series[]
  /** Anything else that the page draws: points, pairs. Arrays by name. */
  readonly arrays: Readonly<Record<string, Float64Array>>
  /** A sentence below the numbers. */
  readonly note: string
}

/** What a computation is given beside its setting. */
export interface LabContext {
  readonly signal: AbortSignal
  /** Hands out what is known so far; waits a moment, so that a new request can come in. */
  partial(result: LabResult): Promise<void>
  /** A stage that is going on. */
  stage(text: string): void
  /** Threads for force sums; 1: none beside this one. */
  readonly threads: number
}

export type { LabSetting }

export type LabComputation = (setting: LabSetting, context: LabContext) => Promise<LabResult>

/** From the page to the worker. A new request ends the one before. */
export interface LabRequest {
  readonly id: number
  readonly lab: string
  readonly setting: LabSetting
}

/** From the worker to the page. */
export type LabReply =
  | { readonly id: number; readonly kind: 'stage'; readonly text: string }
  | { readonly id: number; readonly kind: 'partial' | 'done'; readonly result: LabResult; readonly threads: number }
  | { readonly id: number; readonly kind: 'error'; readonly message: string }

/** A number of a setting. @throws TypeError naming it */
export function numberOf(setting: LabSetting, key: string): number {
  const value = setting[key]
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new TypeError(`${key} must be a number, got ${value}`)
  return value
}

/** A quantity; the evidence may be left out. */
export function quantity(
  key: string,
  label: string,
  value: number,
  unit: string = '',
  evidence: string = '',
): Quantity {
  return { key, label, value, unit, evidence }
}

/** Digits for a person: five significant ones, powers of ten where they help. */
export function readable(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '–' : value > 0 ? '∞' : '−∞'
  const size = Math.abs(value)
  if (size === 0) return '0'
  if (size >= 1e-3 && size < 1e6) return String(Number(value.toPrecision(5))).replace('-', '−')
  const [mantissa, exponent] = value.toExponential(2).split('e')
  const digits = String(Number(exponent))
    .replace('-', '⁻')
    .replace(/\d/g, digit => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]!)
  return `${mantissa}·10${digits}`.replace(/^-/, '−')
}
