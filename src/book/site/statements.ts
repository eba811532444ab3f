/**
 * The statements of the paper with their verdicts and the places where they are told.
 */
import type { Claim, VerdictStatus } from '../../claims/core/claim.js'
import { claims } from '../../claims/core/ledger.js'
import type { ProofNode } from '../../figures/section4/proofMapFigure.js'

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

/** From bad to good: a verdict earlier in the list hides a later one. */
const SEVERITY: readonly VerdictStatus[] = [
  'fails as printed',
  'holds with a repaired constant or hypothesis',
  'not testable at these N',
  'not contradicted at these N',
  'holds',
]

/** What the ledger says of a statement of the map. */
export interface NodeVerdict {
  /** The worst verdict on the statements that the box names. */
  readonly status: VerdictStatus
  /** Steps of the proof whose verdict is worse than that of the statement. */
  readonly steps: readonly LedgerRow[]
}

/**
 * The verdict on a statement of the map, and apart from it those steps of its proof that fare worse.
 * @throws RangeError for a claim that the ledger does not have
 */
export function verdictOf(node: ProofNode, rows: readonly LedgerRow[]): NodeVerdict {
  const found = rowsOf(node.claims, rows).map(({ status }) => status)
  const status = SEVERITY.find(candidate => found.includes(candidate))!
  const worse = SEVERITY.slice(0, SEVERITY.indexOf(status))
  return { status, steps: rowsOf(node.steps, rows).filter(row => worse.includes(row.status)) }
}

/** The rows with these ids, in this order. */
function rowsOf(ids: readonly string[], rows: readonly LedgerRow[]): LedgerRow[] {
  return ids.map(id => {
    const row = rows.find(({ claim }) => claim.id === id)
    if (row === undefined)
      throw new RangeError(`the map of the proof names the claim ${id}, which is not in the ledger`)
    return row
  })
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
  const fromClaims = rowsOf(node.claims, rows).map(({ claim }) => claim.notebook.split('#')[1] ?? '')
  const fromLabel = [...node.label.matchAll(/([A-Z][a-z]+)\.? (\d+)\.(\d+)/g)].map(
    ([, kind, section, number]) => `${KINDS[kind!.toLowerCase()] ?? kind!.toLowerCase()}-${section}${number}`,
  )
  return [...fromClaims, ...fromLabel].filter(anchor => anchor !== '')
}
