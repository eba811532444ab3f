/**
 * The statements of the paper with their verdicts and the places where they are told.
 */
import type { Estimate } from '../../../base/statistics/estimate.js'
import type { Claim, Verdict, VerdictStatus } from '../../../claims/core/claim.js'
import { claims } from '../../../claims/core/ledger.js'
import type { StoredLedger, StoredRecord } from '../../../claims/core/ledgerRecord.js'
import type { ProofNode } from '../../../claims/core/proofMap.js'
import { STATUS } from '../../../claims/core/status.js'
import type { CardRecord } from '../../../present/cardParts.js'

/** A row of the ledger: the claim, and its verdict as recorded. */
export interface LedgerRow {
  readonly claim: Claim
  readonly status: VerdictStatus
  readonly verdict: Verdict
  /** The first measurement, as far as it is stored. */
  readonly record: CardRecord
  /** Path of its file. */
  readonly source: string
}

/**
 * The rows of the recorded ledger.
 * @throws Error if a claim has no row there
 */
export function ledgerRows(ledger: StoredLedger): LedgerRow[] {
  return claims.map(claim => {
    const row = ledger.claims.find(({ id }) => id === claim.id)
    if (row === undefined) throw new Error(`data/claims.json has no verdict on ${claim.label} (npm run ledger)`)
    const { verdict, records, source } = row
    return { claim, status: verdict.status, verdict, record: recordOf(records[0]!), source }
  })
}

/** What a card shows of a stored record. */
function recordOf({ constants, measured, broken }: StoredRecord): CardRecord {
  const estimate = (value: number, low: number, high: number): Estimate => ({
    ...{ value, low, high, kind: 'exact', method: 'as stored' },
  })
  return {
    constants: constants.map(({ sharp, attacked, ...rest }) => ({
      ...rest,
      sharp: estimate(sharp, sharp, sharp),
      attacked: estimate(attacked, attacked, attacked),
      extremal: {},
    })),
    measured: Object.fromEntries(Object.entries(measured).map(([key, ends]) => [key, estimate(...ends)])),
    hypotheses: broken.map(text => ({ text, satisfied: false })),
  }
}

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
  const severity = (row: LedgerRow): number => STATUS[row.status].severity
  const worst = rowsOf(node.claims, rows).reduce((a, b) => (severity(b) > severity(a) ? b : a))
  return { status: worst.status, steps: rowsOf(node.steps, rows).filter(row => severity(row) > severity(worst)) }
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

/** The kind of a statement in full, from the word as it is written. @example statementKind('Thm') // 'theorem' */
export function statementKind(word: string): string {
  const kind = word.toLowerCase().replace(/s$/, '')
  return KINDS[kind] ?? kind
}

/** The anchors that a statement of the map may have in its notebook, best first: 'Thm 3.1' gives 'theorem-31'. */
export function anchorsOf(node: ProofNode, rows: readonly LedgerRow[]): string[] {
  const fromClaims = rowsOf(node.claims, rows).map(({ claim }) => claim.notebook.split('#')[1] ?? '')
  const fromLabel = [...node.label.matchAll(/([A-Z][a-z]+)\.? (\d+)\.(\d+)/g)].map(
    ([, kind, section, number]) => `${statementKind(kind!)}-${section}${number}`,
  )
  return [...fromClaims, ...fromLabel].filter(anchor => anchor !== '')
}
