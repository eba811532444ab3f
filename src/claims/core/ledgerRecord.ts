/**
 * The ledger as it is stored: verdicts with the numbers they rest on, small enough to be kept beside the code. Written
 * after every claim was measured; read where a reader wants the whole at once.
 */
import type { Certificate } from '../../proofs/certificate.js'
import type { ClaimRecord, ConstantEvidence, Verdict } from './claim.js'
import { claimFiles } from './claimFiles.js'
import type { ControlResult } from './controls.js'
import { claimById } from './ledger.js'
import type { ClaimResult } from './runClaim.js'
import { type CertifiedNumber, certifiedNumbers, withCertificates } from './withCertificates.js'

/** Digits that are stored: a last one more than the nine to which numbers are compared, and one for its rounding. */
export const STORED_DIGITS: number = 11

/** A stored measurement: values to eleven digits. */
export interface StoredRecord {
  readonly spec: Readonly<Record<string, number | string>>
  /** Value, lower and upper end, by the keys of the claim's quantities. */
  readonly measured: Readonly<Record<string, readonly [number, number, number]>>
  readonly constants: readonly {
    readonly name: string
    readonly printed: number | null
    readonly sharp: number
    readonly attacked: number
    /** Absent: a search. */
    readonly evidence?: ConstantEvidence
  }[]
  /** Hypotheses that the spec violates. */
  readonly broken: readonly string[]
}

/** A stored row. */
export interface StoredClaim {
  readonly id: string
  readonly label: string
  readonly title: string
  readonly verdict: Verdict
  readonly records: readonly StoredRecord[]
  readonly controls: readonly Pick<ControlResult, 'text' | 'broken' | 'quantity' | 'expected' | 'reported'>[]
  readonly figure: string
  readonly notebook: string
  readonly derivation: string
  /** What is proved of the numbers. */
  readonly certificates?: readonly CertifiedNumber[]
  readonly source: string
  readonly test: string
}

/** The stored ledger. */
export interface StoredLedger {
  /** How it came about: package, version, seed, which specs. */
  readonly provenance: Readonly<Record<string, string>>
  readonly claims: readonly StoredClaim[]
}

/**
 * A row to be stored, but for what is certified, see {@link refreshedRow}.
 * @example ledgerRecord(await runClaim(claimById('9.2')), await runControls(claimById('9.2')))
 */
export function ledgerRecord(result: ClaimResult, controls: readonly ControlResult[]): StoredClaim {
  const { id, label, title, figure, notebook, derivation } = claimById(result.claim)
  return {
    id,
    label,
    title,
    verdict: rounded(result.verdict) as Verdict,
    records: result.records.map(stored),
    controls: controls.map(({ text, broken, quantity, expected, reported }) => ({
      ...{ text, broken, quantity, expected, reported },
    })),
    figure,
    notebook,
    derivation,
    ...claimFiles(id),
  }
}

/** A stored row with what is certified by now: bounds, and the basis of the verdict. */
export function refreshedRow(row: StoredClaim, certificates: readonly Certificate[]): StoredClaim {
  const { certificates: _, ...rest } = row
  const claim = claimById(row.id)
  const numbers = certifiedNumbers(claim, certificates)
  const { source, test, ...head } = rest
  const verdict = withCertificates(claim, row.verdict)
  return { ...head, verdict, ...(numbers.length > 0 && { certificates: numbers }), source, test }
}

function stored({ spec, measured, constants, hypotheses }: ClaimRecord): StoredRecord {
  return rounded({
    spec,
    measured: Object.fromEntries(
      Object.entries(measured).map(([name, { value, low, high }]) => [name, [value, low, high]]),
    ),
    constants: constants.map(({ name, printed, sharp, attacked, evidence }) => ({
      ...{ name, printed, sharp: sharp.value, attacked: attacked.value },
      ...(evidence !== undefined && { evidence }),
    })),
    broken: hypotheses.filter(({ satisfied }) => !satisfied).map(({ text }) => text),
  }) as StoredRecord
}

/** So many digits of every number; infinities and NaN, which JSON lacks, as text. */
function rounded(value: unknown): unknown {
  if (typeof value === 'number')
    return Number.isFinite(value) ? Number(value.toPrecision(STORED_DIGITS)) : String(value)
  if (Array.isArray(value)) return value.map(rounded)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, rounded(entry)]))
}
