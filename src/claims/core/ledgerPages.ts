/**
 * The pages that show the ledger: what `npm run ledger` writes into them from data/claims.json, and what a test
 * compares.
 */
import { claimsTable, provedTable } from './claimsTable.js'
import type { StoredClaim } from './ledgerRecord.js'
import { statementsTable } from './statementsTable.js'

/** A page with the part between two marks that is the ledger's. */
export interface LedgerPage {
  /** Path in the repository. */
  readonly page: string
  readonly marks: readonly [begin: string, end: string]
  table(rows: readonly StoredClaim[]): string
}

const STATEMENTS = ['<!-- statements -->\n', '<!-- end of statements -->'] as const

const PROOFS = ['<!-- proofs -->\n', '<!-- end of proofs -->'] as const

/** docs/claims.md, docs/statements.md and, with two tables, README.md. */
export const LEDGER_PAGES: readonly LedgerPage[] = [
  { page: 'docs/claims.md', marks: ['<!-- ledger -->\n', '<!-- end of ledger -->'], table: claimsTable },
  { page: 'docs/statements.md', marks: STATEMENTS, table: rows => `\n${statementsTable(rows, '../', 'full')}\n` },
  { page: 'README.md', marks: STATEMENTS, table: rows => `\n${statementsTable(rows, '', 'compact')}\n` },
  { page: 'README.md', marks: PROOFS, table: rows => `\n${provedTable(rows, '')}\n` },
]

/**
 * The text of a page with the ledger's part anew, and the number of statements where it tells it.
 * @throws RangeError if a mark is missing
 */
export function withLedger(
  { page, marks: [begin, end], table }: LedgerPage,
  text: string,
  rows: readonly StoredClaim[],
): string {
  const [head, rest] = text.split(begin)
  const [, tail] = rest?.split(end) ?? []
  if (tail === undefined) throw new RangeError(`${page} must contain ${begin.trim()} and ${end}`)
  const summary = `<summary>${rows.length} statements`
  return `${head!.replace(/<summary>\d+ statements/, summary)}${begin}${table(rows)}${end}${tail}`
}
