/**
 * How verdicts read the records: what the searches say about the constants. Called by every `judge`.
 */
import type { Estimate } from '../../base/statistics/estimate.js'
import type { ClaimRecord, ConstantComparison, Verdict } from './claim.js'
import { doubted, untestable } from './verdicts.js'

/**
 * A search may exceed a sharp constant by rounding only. The sums behind a ratio have at most some 1e4 terms of one
 * sign, whose rounding errors of 1.1e-16 each stay below 1e-12 in total.
 */
export const ROUNDING: number = 1e-12

/** A search that ends further than this below the sharp constant is too weak to confirm it. */
export const SEARCH_GAP: number = 1e-6

/** A constant of some record. */
export interface RecordedConstant<Spec> {
  readonly record: ClaimRecord<Spec>
  readonly constant: ConstantComparison
}

/** The constants of all records for which `test` is true. */
export function constantsWhere<Spec>(
  records: readonly ClaimRecord<Spec>[],
  test: (constant: ConstantComparison) => boolean,
): RecordedConstant<Spec>[] {
  return records.flatMap(record => record.constants.filter(test).map(constant => ({ record, constant })))
}

/** The search found more than the derived constant allows: the derivation is wrong. Not-a-number counts. */
export function contradictsSharp({ sharp, attacked }: ConstantComparison): boolean {
  return !(attacked.low <= sharp.high * (1 + ROUNDING))
}

/** The search found more than the printed constant allows. */
export function exceedsPrinted({ printed, attacked }: ConstantComparison): boolean {
  return printed !== null && attacked.low > printed * (1 + ROUNDING)
}

/** The search stayed too far below the derived constant to count as an attack on it. */
export function isWeak({ sharp, attacked }: ConstantComparison): boolean {
  return !(attacked.value >= sharp.low * (1 - SEARCH_GAP))
}

/** Records whose spec satisfies every hypothesis. */
export function admissible<Spec>(records: readonly ClaimRecord<Spec>[]): readonly ClaimRecord<Spec>[] {
  return records.filter(record => record.hypotheses.every(({ satisfied }) => satisfied))
}

/**
 * The verdict 'not contradicted', if the searches do not bear a derivation out: nothing measured under the
 * hypotheses, a search above the derived constant, or one too weak to confirm it. Undefined if all is well.
 */
export function unsupported<Spec>(records: readonly ClaimRecord<Spec>[]): Verdict | undefined {
  if (admissible(records).length === 0) return untestable()
  const constants = constantsWhere(records, () => true)
  const wrong = constants.find(({ constant }) => contradictsSharp(constant))
  if (wrong) {
    const { name, attacked, sharp } = wrong.constant
    return doubted(
      `The search reached ${attacked.value} for ${name}, above the derived ${sharp.value}: the derivation is not to be trusted.`,
    )
  }
  const weak = constants.find(({ constant }) => isWeak(constant))
  if (weak) {
    const { name, attacked, sharp } = weak.constant
    return doubted(
      `The search reached only ${attacked.value} for ${name}, below the derived ${sharp.value}: it is too weak to confirm the derivation.`,
    )
  }
  return undefined
}

/** The estimate of a record under this name. @throws RangeError if it has none */
export function estimateOf<Spec>(record: ClaimRecord<Spec>, name: string): Estimate {
  const estimate = record.measured[name]
  if (estimate === undefined) throw new RangeError(`measured must contain ${JSON.stringify(name)}, got none`)
  return estimate
}

/** The number measured under this name. @throws RangeError if the record does not have it */
export function measuredValue<Spec>(record: ClaimRecord<Spec>, name: string): number {
  return estimateOf(record, name).value
}

/** Whether two intervals meet. */
export function agree(a: Estimate, b: Estimate): boolean {
  return a.low <= b.high && b.low <= a.high
}
