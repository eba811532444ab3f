/**
 * Decimals below and above a double, exactly.
 */
import { compare, fromNumber, parseRational, type Rational } from '../base/interval/rational.js'

const DIGITS = 14

/**
 * A decimal of few digits at or below x. @example roundedDown(1 / 3, 3) // '0.333'
 * @param digits significant ones
 */
export function roundedDown(x: number, digits: number = DIGITS): string {
  return rounded(x, digits, -1)
}

/** A decimal of few digits at or above x. @example roundedUp(1 / 3, 3) // '0.334' */
export function roundedUp(x: number, digits: number = DIGITS): string {
  return rounded(x, digits, 1)
}

function rounded(x: number, digits: number, sign: 1 | -1): string {
  if (x === 0) return '0'
  const exact = fromNumber(x)
  const exponent = Math.floor(Math.log10(Math.abs(x))) - digits + 1
  const unit = parseRational(`1e${exponent}`)
  const near = BigInt(Math.round(Number(x.toExponential(digits - 1).replace(/e.*/, '')) * 10 ** (digits - 1)))
  // toExponential may have chosen the next power of ten.
  const shift = Number(x.toExponential(digits - 1).replace(/.*e/, '')) - Math.floor(Math.log10(Math.abs(x)))
  let count = near * 10n ** BigInt(Math.max(0, shift))
  const value = (): Rational => ({ n: count * unit.n, d: unit.d })
  while (compare(value(), exact) * sign < 0) count += BigInt(sign)
  return decimal(count, exponent)
}

/** count 10^exponent as a decimal. */
function decimal(count: bigint, exponent: number): string {
  if (exponent >= 0) return String(count * 10n ** BigInt(exponent))
  const sign = count < 0n ? '-' : ''
  const digits = String(count < 0n ? -count : count).padStart(1 - exponent, '0')
  const text = `${digits.slice(0, exponent)}.${digits.slice(exponent)}`.replace(/\.?0+$/, '')
  return sign + text
}
