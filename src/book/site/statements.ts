/**
 * The statements of the paper with their verdicts and the places where they are told.
 */
import type { Claim, VerdictStatus } from '../../claims/claim.js'
import { claims } from '../../claims/ledger.js'
import type { ProofNode } from '../../figures/proofMapFigure.js'

/** A row of the ledger: the claim, and its verdict as docs/claims.md records it (a test keeps that page true). */
export interface LedgerRow {
  readonly claim: Claim
  readonly status: VerdictStatus
  readonly basis: string
  readonly reason: string
  readonly repair: string
}

/** Sign and class of each status; the words are always beside them. */
export const STATUS: Readonly<Record<VerdictStatus, { readonly sign: string; readonly className: string }>> = {
  holds: { sign: '✔', className: 'holds' },
  'holds with a repaired constant or hypothesis': { sign: '✚', className: 'repaired' },
  'fails as printed': { sign: '✘', className: 'fails' },
  'not contradicted at these N': { sign: '≈', className: 'open' },
  'not testable at these N': { sign: '?', className: 'untestable' },
}

/**
 * Reads the table of verdicts of docs/claims.md.
 * @throws Error if a claim of the ledger has no row there, or an unknown verdict
 */
export function ledgerRows(claimsPage: string): LedgerRow[] {
  const rows = new Map<string, string[]>()
  for (const line of claimsPage.split('\n')) {
    const cells = line.split(/(?<!\\)\|/).map(cell => cell.trim().replaceAll('\\|', '|'))
    if (cells.length === 8 && /^\*\*.*\*\*$/.test(cells[3]!)) rows.set(cells[1]!, cells)
  }
  return claims.map(claim => {
    const cells = rows.get(claim.label)
    if (cells === undefined) throw new Error(`docs/claims.md has no verdict on ${claim.label}`)
    const status = cells[3]!.replaceAll('*', '') as VerdictStatus
    if (STATUS[status] === undefined) throw new Error(`docs/claims.md: unknown verdict ${status} on ${claim.label}`)
    return { claim, status, basis: cells[4]!, reason: cells[5]!, repair: cells[6]! }
  })
}

/** The rows of the ledger that belong to a statement of the map: its own, and its parts ('7.3.B' to '7.3'). */
export function rowsOf(node: ProofNode, rows: readonly LedgerRow[]): LedgerRow[] {
  return rows.filter(({ claim }) => claim.id === node.id || claim.id.startsWith(`${node.id}.`))
}

const KINDS: Readonly<Record<string, string>> = {
  def: 'definition',
  thm: 'theorem',
  cor: 'corollary',
  prop: 'proposition',
  lemma: 'lemma',
  theorem: 'theorem',
}

/** The anchors that a statement of the map may have in its notebook, best first: 'Thm 3.1' gives 'theorem-31'. */
export function anchorsOf(node: ProofNode, rows: readonly LedgerRow[]): string[] {
  const fromClaims = rowsOf(node, rows).map(({ claim }) => claim.notebook.split('#')[1] ?? '')
  const fromLabel = [...node.label.matchAll(/([A-Z][a-z]+)\.? (\d+)\.(\d+)/g)].map(
    ([, kind, section, number]) => `${KINDS[kind!.toLowerCase()] ?? kind!.toLowerCase()}-${section}${number}`,
  )
  return [...fromClaims, ...fromLabel].filter(anchor => anchor !== '')
}
