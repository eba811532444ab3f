/**
 * Enclosures of pi and ln 2, computed from their series with integers, each truncation counted.
 *
 * - $\pi=16\arctan\tfrac15-4\arctan\tfrac1{239}$ (Machin). The series of arctan(1/m) alternates with falling terms, so
 *   what is left out is at most the next term.
 * - $\ln2=2\sum_k\frac{1}{(2k+1)3^{2k+1}}$; the terms left out are at most the next one times $1/(1-\tfrac19)$.
 * In units of $2^{-200}$ each term is rounded towards 0, which loses less than 2 units a term, and fewer than 256 terms
 * are added until they vanish: an error below 2^10 units for the series, below 2^15 units for pi with its factors.
 */
import { type Interval, minus, plus, times } from './interval.js'
import { enclosing, rational } from './rational.js'

const BITS = 200n
const UNIT = 1n << BITS
const ERROR = 1n << 15n

/** sum_k sign^k/((2k+1) m^(2k+1)) in units of 2^-200: arctan(1/m) for sign -1, artanh(1/m) for 1. */
function inverseSeries(m: bigint, sign: 1n | -1n): bigint {
  let total = 0n
  let power = UNIT / m
  for (let [k, s] = [1n, 1n]; power !== 0n; [k, s] = [k + 2n, s * sign]) {
    total += (s * power) / k
    power /= m * m
  }
  return total
}

const piUnits = 16n * inverseSeries(5n, -1n) - 4n * inverseSeries(239n, -1n)
const ln2Units = 2n * inverseSeries(3n, 1n)

const around = (units: bigint): Interval => ({
  lo: enclosing(rational(units - ERROR, UNIT)).lo,
  hi: enclosing(rational(units + ERROR, UNIT)).hi,
})

/** A number as head + tail: the head a double of at most 32 bits, so that small multiples of it are exact. */
export interface SplitConstant {
  readonly head: number
  readonly tail: Interval
}

function split(units: bigint, bits: bigint): SplitConstant {
  const unit = 1n << (BITS - bits)
  const head = (units / unit) * unit
  return { head: Number(head) / Number(UNIT), tail: around(units - head) }
}

/** pi. @example PI.lo < Math.PI + 1e-15 && PI.hi > Math.PI // true */
export const PI: Interval = around(piUnits)
/** ln 2. @example LN2.hi - LN2.lo < 1e-15 // true */
export const LN2: Interval = around(ln2Units)
/** ln 2, its head with 31 bits behind the point. */
export const SPLIT_LN2: SplitConstant = split(ln2Units, 31n)
/** pi/2, its head with 31 bits behind the point. */
export const SPLIT_HALF_PI: SplitConstant = split(piUnits / 2n, 31n)

/**
 * x - k c for a constant c, where |k| < 2^21: k times the head is exact, having at most 53 bits.
 * @example withoutMultiple({ lo: 1, hi: 1 }, 0, SPLIT_LN2) // { lo: 1, hi: 1 }
 */
export function withoutMultiple(x: Interval, k: number, { head, tail }: SplitConstant): Interval {
  if (k === 0) return x
  const exact = k * head
  return minus(minus(x, { lo: exact, hi: exact }), times({ lo: k, hi: k }, tail))
}

/** k c + x, as {@link withoutMultiple}. */
export function withMultiple(x: Interval, k: number, { head, tail }: SplitConstant): Interval {
  if (k === 0) return x
  const exact = k * head
  return plus({ lo: exact, hi: exact }, plus(times({ lo: k, hi: k }, tail), x))
}
