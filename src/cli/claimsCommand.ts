/**
 * `mfl claims`: measures the claims of the ledger and prints their verdicts.
 */
import { interruptible } from '../base/interrupt.js'
import type { Claim } from '../claims/claim.js'
import { claimById, claims } from '../claims/ledger.js'
import { type ClaimResult, runClaims } from '../claims/runClaim.js'
import { readableNumber } from '../notebook/html.js'
import { tableBundle } from '../notebook/table.js'
import { verdictBundle } from '../notebook/verdictCard.js'
import { namesIn } from './lists.js'
import type { Report } from './report.js'
import { terminalProgress } from './terminalProgress.js'

/** Options of `mfl claims`. */
export interface ClaimsOptions {
  /** Ids, comma-separated; all claims by default. */
  readonly only?: string
  /** Seed of every random stream used. */
  readonly seed: string
}

/** @throws UsageError for the id of no claim @example (await claimsCommand({ only: '3.4', seed: '1' })).data.claims */
export async function claimsCommand(options: ClaimsOptions): Promise<Report> {
  const ids = claims.map(claim => claim.id)
  const chosen = options.only === undefined ? ids : namesIn('--only', options.only, ids)
  const selected = chosen.map(claimById)
  const progress = terminalProgress('claims', selected.length)
  const results = await interruptible(signal =>
    runClaims(selected, { seed: options.seed, signal, onProgress: done => progress.update(done) }),
  )
  const runs = selected.map((claim, i) => ({ claim, result: results[i]! }))
  progress.finish()
  return {
    data: { seed: options.seed, claims: runs.map(({ claim, result }) => document(claim, result)) },
    text: text(runs),
  }
}

interface Run {
  readonly claim: Claim
  readonly result: ClaimResult
}

/** The ledger's row and what was measured, as plain data. */
function document(claim: Claim, { records, verdict }: ClaimResult): Record<string, unknown> {
  const { id, label, title, statement, bound, derivation, reference, notebook, figure } = claim
  const { source, tex, variables } = bound
  return {
    id,
    label,
    title,
    statement,
    bound: { source, tex, variables },
    verdict,
    records,
    derivation,
    reference,
    notebook,
    figure,
  }
}

function text(runs: readonly Run[]): string {
  const overview = tableBundle(
    runs.map(({ claim, result: { verdict } }) => ({
      id: claim.id,
      claim: claim.label,
      verdict: verdict.status,
      'rests on': verdict.basis,
      title: claim.title,
    })),
  )['text/plain']
  return [overview, ...runs.map(section)].join('\n\n')
}

/** The card with the first record, the constants of all others as a table, and where to read on. */
function section({ claim, result }: Run): string {
  const [first, ...rest] = result.records
  const parts = [verdictBundle(claim, result.verdict, first)['text/plain']]
  const rows = rest.flatMap(({ spec, constants }) =>
    constants.map(({ name, printed, sharp, attacked }) => ({
      input: inputText(spec),
      constant: name,
      printed: printed ?? 'none',
      sharp,
      'largest found': attacked,
    })),
  )
  if (rows.length > 0) parts.push('', tableBundle(rows)['text/plain'])
  parts.push(`told in notebooks/${claim.notebook}`)
  return parts.join('\n')
}

function inputText(spec: Readonly<Record<string, number | string>>): string {
  return Object.entries(spec)
    .map(([name, value]) => `${name} = ${typeof value === 'number' ? readableNumber(value) : value}`)
    .join(', ')
}
