/**
 * Whether a new measurement is the recorded one: verdict, wording and every number. Called by `mfl claims`, and by the
 * test that measures all claims.
 */
import { quote } from '../../base/errors.js'
import type { Estimate } from '../../base/statistics/estimate.js'
import type { ConstantComparison } from './claim.js'
import { SEARCH_GAP } from './evidence.js'
import { ledgerRecord, type StoredClaim } from './ledgerRecord.js'
import type { ClaimResult } from './runClaim.js'

/** What differs by less, relative to its size, is the rounding of another engine. */
export const SAME: number = 1e-9

/** Where a search ends is known to the root of what its value is known to. */
const SAME_PLACE = Math.sqrt(SEARCH_GAP)

/**
 * By how much a recorded number may differ from the one measured now: by {@link SAME} relative to its size where it is
 * exact; by half the width of its stated interval where it is certified, estimated or statistical, for value and ends
 * alike.
 * @param measured now
 * @returns an absolute difference
 * @example toleranceOf({ value: 2, low: 1.9, high: 2.1, kind: 'confidence', method: '' }) // 0.1
 */
export function toleranceOf({ value, low, high, kind }: Estimate): number {
  const rounding = SAME * Math.abs(value)
  const half = kind === 'exact' ? 0 : Math.max(value - low, high - value)
  return Number.isFinite(half) ? Math.max(rounding, half) : rounding
}

/**
 * One line for each thing that is not as recorded; none if all is. With the seed of the record everything is compared;
 * with another one verdict, constants, and what no sample enters or what has a confidence interval, which then may be
 * off by the widths of both.
 * @param recorded the stored row, undefined if there is none
 * @param seed of the record
 * @example recordDifferences(await runClaim(claimById('6.1')), recordedLedger().claims.find(({ id }) => id === '6.1'), '1') // []
 */
export function recordDifferences(result: ClaimResult, recorded: StoredClaim | undefined, seed: string): string[] {
  const { label, records } = result
  const lines = verdictDifference(result, recorded)
  if (recorded === undefined) return lines
  const now = ledgerRecord(result, [])
  const same = result.seed === seed
  if (records.length !== recorded.records.length) {
    return [...lines, `${label}: measured ${records.length} specs, recorded ${recorded.records.length}`]
  }
  for (const [i, record] of records.entries()) {
    const before = recorded.records[i]!
    const after = now.records[i]!
    const where = `${label}, ${Object.entries(after.spec)
      .map(entry => entry.join(' = '))
      .join(', ')}`
    lines.push(...plain(`${where}: spec`, after.spec, before.spec, SAME))
    lines.push(...plain(`${where}: hypotheses violated`, after.broken, before.broken, SAME))
    for (const name of namesOf(record.measured, before.measured)) {
      lines.push(...numbers(`${where}: ${name}`, record.measured[name], before.measured[name], same))
    }
    const constants = new Map(record.constants.map(constant => [constant.name, constant]))
    const stored = new Map(before.constants.map(constant => [constant.name, constant]))
    for (const name of new Set([...constants.keys(), ...stored.keys()])) {
      lines.push(...constantLines(`${where}: ${name}`, constants.get(name), stored.get(name)))
    }
  }
  if (same) {
    lines.push(...wording(`${label}: gist`, now.verdict.gist ?? '', recorded.verdict.gist ?? ''))
    lines.push(...wording(`${label}: reason`, now.verdict.reason, recorded.verdict.reason))
    lines.push(...wording(`${label}: repair`, now.verdict.repair ?? '', recorded.verdict.repair ?? ''))
    const [example, known] = [now.verdict.counterExample, recorded.verdict.counterExample]
    lines.push(...plain(`${label}: counter-example`, example, known, SAME_PLACE))
  }
  return lines
}

/** A line if the verdict is not the recorded one. @example verdictDifference(result, undefined).length // 1 */
export function verdictDifference({ label, verdict }: ClaimResult, recorded: StoredClaim | undefined): string[] {
  const { status, basis } = verdict
  if (recorded?.verdict.status === status && recorded.verdict.basis === basis) return []
  const was = recorded === undefined ? 'nothing' : `${quote(recorded.verdict.status)} (${recorded.verdict.basis})`
  return [`${label}: measured ${quote(status)} (${basis}), recorded ${was}`]
}

function namesOf(a: object, b: object): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
}

/** Value and ends of a measured number. */
function numbers(
  where: string,
  measured: Estimate | undefined,
  recorded: readonly unknown[] | undefined,
  same: boolean,
): string[] {
  if (measured === undefined || recorded === undefined) return missing(where, measured, recorded)
  if (!same && measured.seed !== undefined && measured.kind !== 'confidence') return []
  const [value, low, high] = recorded.map(Number) as [number, number, number]
  const own = toleranceOf(measured)
  const tolerance = same ? own : own + (measured.kind === 'confidence' ? Math.max(value - low, high - value) : 0)
  const now = [measured.value, measured.low, measured.high]
  return [value, low, high].flatMap((before, k) => {
    // Other samples: only where the numbers are is compared, not how wide their intervals are.
    if ((!same && k > 0) || near(now[k]!, before, tolerance)) return []
    return [`${where}${['', ', lower end', ', upper end'][k]}: ${differs(now[k]!, before, tolerance)}`]
  })
}

function constantLines(
  where: string,
  measured: ConstantComparison | undefined,
  recorded: StoredClaim['records'][number]['constants'][number] | undefined,
): string[] {
  if (measured === undefined || recorded === undefined) return missing(where, measured, recorded)
  const rows = [
    ['as printed', measured.printed, recorded.printed, SAME * Math.abs(measured.printed ?? 0)],
    ['sharp', measured.sharp.value, recorded.sharp, toleranceOf(measured.sharp)],
    ['largest found', measured.attacked.value, recorded.attacked, SEARCH_GAP * Math.abs(measured.attacked.value)],
  ] as const
  return [
    ...rows.flatMap(([name, now, before, tolerance]) => {
      if (now === null || before === null) return now === before ? [] : missing(`${where}, ${name}`, now, before)
      return near(now, Number(before), tolerance) ? [] : [`${where}, ${name}: ${differs(now, before, tolerance)}`]
    }),
    ...plain(`${where}, evidence`, measured.evidence, recorded.evidence, SAME),
  ]
}

/** Equal plain data, numbers to a relative tolerance. */
function plain(where: string, now: unknown, before: unknown, relative: number): string[] {
  if (typeof now === 'number' && typeof before === 'number') {
    const tolerance = relative * Math.max(Math.abs(now), Math.abs(before))
    return near(now, before, tolerance) ? [] : [`${where}: ${differs(now, before, tolerance)}`]
  }
  if (typeof now === 'object' && typeof before === 'object' && now !== null && before !== null) {
    const [a, b] = [now as Record<string, unknown>, before as Record<string, unknown>]
    return namesOf(a, b).flatMap(name => plain(`${where}, ${name}`, a[name], b[name], relative))
  }
  return now === before ? [] : missing(where, now, before)
}

const NUMBER = /-?\d+(?:\.\d+)?/g

/** The same words, and the same numbers up to two units of the last digit shown. */
function wording(where: string, now: string, before: string): string[] {
  const [a, b] = [now.match(NUMBER) ?? [], before.match(NUMBER) ?? []]
  const alike = now.replace(NUMBER, '#') === before.replace(NUMBER, '#')
  const lastDigit = (text: string): number => (text.includes('.') ? 10 ** -text.split('.')[1]!.length : 0)
  if (alike && a.every((text, i) => near(Number(text), Number(b[i]), 2.1 * lastDigit(text)))) return []
  return [`${where}: measured ${quote(now)}, recorded ${quote(before)}`]
}

function near(a: number, b: number, tolerance: number): boolean {
  return Object.is(a, b) || Math.abs(a - b) <= tolerance
}

function differs(now: number, before: unknown, tolerance: number): string {
  return `measured ${now}, recorded ${before}, may differ by ${Number(tolerance.toPrecision(2))}`
}

function missing(where: string, now: unknown, before: unknown): string[] {
  const text = (value: unknown): string =>
    value === undefined || value === null ? 'nothing' : typeof value === 'object' ? 'something' : quote(value)
  return [`${where}: measured ${text(now)}, recorded ${text(before)}`]
}
