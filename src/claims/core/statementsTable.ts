/**
 * From every statement to its notebook, command, source and test, as Markdown: the tables of README.md and
 * docs/statements.md. `npm run ledger` writes both, and a test compares.
 */
import { table } from './claimsTable.js'
import type { StoredClaim } from './ledgerRecord.js'
import { STATUS } from './status.js'

/** What the columns are: all that docs/statements.md has room for, or the five of README.md. */
export type StatementsDetail = 'full' | 'compact'

/**
 * One row for each claim, in the order given.
 * @param rows the stored ledger's
 * @param up from the page's folder to the repository: '' or '../'
 * @param detail 'full' adds what the statement says
 * @example statementsTable(recordedLedger().claims, '../', 'full')
 */
export function statementsTable(rows: readonly StoredClaim[], up: string, detail: StatementsDetail): string {
  const full = detail === 'full'
  const cells = rows.map(({ id, label, title, verdict, notebook, derivation, source, test }) => [
    `[${label}](${up}${derivation})${full ? '' : `: ${STATUS[verdict.status].short}`}`,
    ...(full ? [title, `**${STATUS[verdict.status].short}**`] : []),
    `[${notebook.slice(0, 2)}](${up}notebooks/${notebook})`,
    `\`npx mfl claims --only ${id}\``,
    ...[source, test].map(path => `[${path.split('/').at(-1)}](${up}${path})`),
  ])
  const head = ['Statement', ...(full ? ['What it says', 'Verdict'] : []), 'Notebook', 'Claim', 'Source', 'Test']
  return table(head, cells)
}
