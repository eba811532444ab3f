/**
 * Options that are numbers: refused before any work, with the option, what was typed and what is allowed.
 */
import { quote } from '../base/errors.js'
import { UsageError } from './report.js'

/** What an option allows. */
interface NumberRange {
  readonly min: number
  readonly max: number
  /** Only whole numbers. */
  readonly whole?: true
  /** Without the ends. */
  readonly open?: true
}

/**
 * The number that was typed.
 * @param option how the option is called, for the message
 * @throws UsageError unless the text is a number inside
 * @example numberIn('--n', '1e3', { min: 2, max: 1e6, whole: true }) // 1000
 */
export function numberIn(option: string, text: string, { min, max, whole, open }: NumberRange): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  const inside = open ? value > min && value < max : value >= min && value <= max
  if (inside && (whole === undefined || Number.isSafeInteger(value))) return value
  const range = open ? `(${min}, ${max})` : `[${min}, ${max}]`
  throw new UsageError(`${option} must be a ${whole ? 'whole ' : ''}number in ${range}; got ${quote(text)}`)
}
