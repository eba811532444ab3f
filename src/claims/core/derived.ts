/**
 * What claims that rest on a derivation share: rows of constants and the verdict that the
 * records allow. A derivation is believed only as long as nothing measured under its hypotheses exceeds the bound and
 * every search meets its constant.
 */

import type { Formula } from '../../base/formula.js'
import { type Estimate, estimated, exact } from '../../base/statistics/estimate.js'
import type { ClaimRecord, ConstantComparison, ConstantEvidence, Verdict } from './claim.js'
import { admissible, ROUNDING, unsupported } from './evidence.js'
import { refuted } from './verdicts.js'

/** A constant with what a search reached: the value of an admissible input, up to rounding. */
export interface SearchedConstant {
  readonly name: string
  readonly printed: number | null
  readonly sharp: number
  readonly sharpTex?: string
  /** How the sharp value is known, in a few words. */
  readonly method: string
  /** What the search reached. */
  readonly found: number
  /** Error of what was found, relative, when it is more than rounding. */
  readonly foundError?: number
  /** Where it comes from, default 'search'. */
  readonly evidence?: ConstantEvidence
  readonly extremal: Readonly<Record<string, unknown>>
  readonly seed: string
}

/** How a second value was found. */
const FOUND: Readonly<Record<ConstantEvidence, string>> = {
  search: 'that of an admissible input, found by search',
  quadrature: 'quadrature, no search',
  algebra: 'algebra: the formula solved or evaluated again, no search',
}

/** The row of a record. */
export function searchedConstant(row: SearchedConstant): ConstantComparison {
  const {
    name,
    printed,
    sharp,
    sharpTex,
    method,
    found,
    foundError = ROUNDING,
    evidence = 'search',
    extremal,
    seed,
  } = row
  const attacked: Estimate = { ...exact(found, FOUND[evidence], foundError), seed }
  return {
    name,
    printed,
    sharp: exact(sharp, method, 1e-13),
    ...(sharpTex !== undefined && { sharpTex }),
    attacked,
    ...(evidence !== 'search' && { evidence }),
    extremal,
  }
}

/**
 * A number read off sampled points or a run from them, with an error of the numerics that was estimated, not bounded;
 * the spread over other samples is not in its interval.
 * @param relativeError of the value, by doubling the steps of such a run; 0 for what is computed from the points
 * themselves
 * @example ofSample(0.11, 1e-2, 'one run', '1').kind // 'estimated'
 */
export function ofSample(value: number, relativeError: number, method: string, seed: string): Estimate {
  return { ...estimated(value, Math.abs(value) * relativeError, method), seed }
}

/**
 * The verdict of a statement that was derived: 'fails as printed' if a record under the hypotheses exceeds the bound,
 * a withdrawal if the searches do not bear the constants out, otherwise what `proved` says.
 * @param proved the verdict of the derivation, given the records under the hypotheses
 */
export function derivedVerdict<Spec>(
  records: readonly ClaimRecord<Spec>[],
  proved: (inside: readonly ClaimRecord<Spec>[]) => Verdict,
): Verdict {
  const inside = admissible(records)
  const broken = inside.find(({ measured }) => !(measured.overBound === undefined || within(measured.overBound)))
  if (broken !== undefined) {
    return refuted(`Under the hypotheses ${broken.measured.overBound!.value} times the bound was measured.`, {
      ...(broken.spec as Record<string, unknown>),
    })
  }
  return unsupported(records) ?? proved(inside)
}

/** Whether the measured quotient is compatible with a bound of 1. Not-a-number is not. */
function within({ low }: Estimate): boolean {
  return low <= 1 + ROUNDING
}

/**
 * The exponent of N in a power of N: the logarithm of the formula at N = e.
 * @example exponentOfN(formula('N^(2 delta)'), { delta: 0.3 }) // 0.6
 */
export function exponentOfN(power: Formula, scope: Readonly<Record<string, number>>): number {
  return Math.log(power.evaluate({ ...scope, N: Math.E }))
}

/** A number in a sentence: so many digits, without trailing zeros. */
export function inWords(value: number, digits: number = 4): string {
  return String(Number(value.toPrecision(digits)))
}

/**
 * A number inside a formula: so many digits, and a power of ten in place of the letter e, which toPrecision writes as
 * soon as there are more places than digits.
 * @example inTex(8.777e8, 3) // '8.78\\cdot10^{8}'
 */
export function inTex(value: number, digits: number): string {
  const [mantissa, exponent] = value.toExponential(digits - 1).split('e')
  const power = Number(exponent)
  return power >= -3 && power < digits ? value.toPrecision(digits) : `${mantissa}\\cdot10^{${power}}`
}
