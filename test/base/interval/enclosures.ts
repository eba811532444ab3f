/**
 * Random doubles of every size, and whether an interval holds an exact number.
 */
import fc from 'fast-check'
import type { Interval } from '../../../src/base/interval/interval.js'
import { compare, fromNumber, type Rational } from '../../../src/base/interval/rational.js'

/** Finite doubles: every bit pattern, subnormals and the largest among them, and round numbers. */
export const doubles: fc.Arbitrary<number> = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -8, max: 8 }),
  fc.constantFrom(0, 2 ** -1074, -(2 ** -1074), 2 ** -1022, Number.MAX_VALUE, -Number.MAX_VALUE, 1 + 2 ** -52),
  fc.double({ min: -4, max: 4, noNaN: true }),
)

/** Whether lo <= r <= hi, exactly. */
export function holds({ lo, hi }: Interval, r: Rational): boolean {
  const above = lo === Number.NEGATIVE_INFINITY || (lo !== Number.POSITIVE_INFINITY && compare(fromNumber(lo), r) <= 0)
  const below = hi === Number.POSITIVE_INFINITY || (hi !== Number.NEGATIVE_INFINITY && compare(r, fromNumber(hi)) <= 0)
  return above && below
}
