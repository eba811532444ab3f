/**
 * `mfl claims`: measures the claims of the ledger, prints their verdicts and compares all with the record.
 */
import { interruptible } from '../base/interrupt.js'
import type { Claim } from '../claims/core/claim.js'
import { claimFiles } from '../claims/core/claimFiles.js'
import { claimsTable } from '../claims/core/claimsTable.js'
import { type ControlResult, runControls } from '../claims/core/controls.js'
import { claimById, claims } from '../claims/core/ledger.js'
import { ledgerRecord, type StoredClaim, type StoredLedger } from '../claims/core/ledgerRecord.js'
import { quantityText } from '../claims/core/quantities.js'
import { recordDifferences, verdictDifference } from '../claims/core/recordDifferences.js'
import { type ClaimResult, runClaim } from '../claims/core/runClaim.js'
import { statementsTable } from '../claims/core/statementsTable.js'
import { recordedLedger } from '../ensemble/store/recordedLedger.js'
import { readableNumber } from '../present/html.js'
import { inputText } from '../present/inputText.js'
import { plainText } from '../present/plainText.js'
import { tableBundle } from '../present/table.js'
import { verdictBundle } from '../present/verdictCard.js'
import { namesIn } from './lists.js'
import { type Report, UsageError } from './report.js'
import { terminalProgress } from './terminalProgress.js'

/** Options of `mfl claims`. */
interface ClaimsOptions {
  /** Ids, comma-separated; all claims by default. */
  readonly only?: string
  /** Seed of every random stream used. */
  readonly seed: string
  /** The publication grid in place of the quick one. */
  readonly full?: true
  /** Also the negative controls. */
  readonly controls?: true
  /** The stored ledger; nothing is measured. */
  readonly recorded?: true
  /** The tables of docs/claims.md in place of text; with `recorded` that of docs/statements.md. */
  readonly markdown?: true
}

/**
 * The exit code is 1 if a verdict or a number differs from the recorded one ({@link recordDifferences}), or a control
 * does not report its failure.
 * @param ledger what is compared with, data/claims.json by default
 * @throws UsageError for the id of no claim, or flags that contradict each other
 * @example (await claimsCommand({ only: '3.4', seed: '1' })).data.claims
 */
export async function claimsCommand(options: ClaimsOptions, ledger: StoredLedger = recordedLedger()): Promise<Report> {
  const ids = claims.map(claim => claim.id)
  const chosen = options.only === undefined ? ids : namesIn('--only', options.only, ids)
  if (options.recorded) return recorded(chosen, options, ledger)
  const progress = terminalProgress('claims', chosen.length)
  const runs = await interruptible(async signal => {
    const done: Run[] = []
    for (const id of chosen) {
      const claim = claimById(id)
      progress.update(done.length)
      const specs = options.full ? (claim.full ?? claim.defaults) : claim.defaults
      const result = await runClaim(claim, { seed: options.seed, specs, signal })
      const controls = options.controls ? await runControls(claim, options.seed, signal) : []
      done.push({ claim, result, controls })
    }
    return done
  })
  progress.finish()
  const differences = differencesOf(runs, options, ledger)
  const silent = runs.flatMap(({ claim, controls }) =>
    controls.filter(({ reported }) => !reported).map(({ text }) => `${claim.label}: control not reported: ${text}`),
  )
  const warnings = [...differences, ...silent]
  return {
    data: {
      seed: options.seed,
      grid: options.full ? 'full' : 'quick',
      claims: runs.map(document),
      differences,
    },
    text: [
      options.markdown ? claimsTable(runs.map(({ result }) => ledgerRecord(result, []))) : text(runs),
      ...warnings,
    ].join('\n'),
    code: warnings.length > 0 ? 1 : 0,
  }
}

interface Run {
  readonly claim: Claim
  readonly result: ClaimResult
  readonly controls: readonly ControlResult[]
}

/**
 * One line for each thing that is not as recorded; of the publication grid, which is not recorded, the verdicts alone.
 */
function differencesOf(runs: readonly Run[], { full }: ClaimsOptions, ledger: StoredLedger): string[] {
  const known = new Map(ledger.claims.map(row => [row.id, row]))
  return runs.flatMap(({ claim, result }) => {
    const row = known.get(claim.id)
    if (!full || row === undefined) return recordDifferences(result, row, ledger.provenance.seed!)
    return verdictDifference(result, row)
  })
}

/** The stored rows, at once. */
function recorded(chosen: readonly string[], options: ClaimsOptions, ledger: StoredLedger): Report {
  if (options.full || options.controls) {
    throw new UsageError('--recorded measures nothing: it goes with --only, --json and --markdown alone')
  }
  const { provenance, claims: rows } = ledger
  const wanted = chosen.map(id => {
    const row = rows.find(candidate => candidate.id === id)
    if (row === undefined) throw new UsageError(`--recorded has no claim ${id}: it was added after the recording`)
    return row
  })
  if (options.markdown) {
    return { data: { provenance, claims: wanted }, text: statementsTable(wanted, '../', 'full').trimEnd() }
  }
  const overview = overviewText(wanted.map(row => ({ ...row, status: row.verdict.status, basis: row.verdict.basis })))
  const where = Object.entries(provenance).map(([name, value]) => `${name} ${value}`)
  const reasons = chosen.length === claims.length ? [] : wanted.map(row => plainText(recordedText(row)))
  return {
    data: { provenance, claims: wanted },
    text: [overview, ...reasons, `recorded: ${where.join(', ')}`].join('\n\n'),
  }
}

function recordedText({ label, title, verdict, figure, notebook, derivation, source, test }: StoredClaim): string {
  return [
    `${label}: ${title}`,
    `${verdict.status} (${verdict.basis}). ${verdict.reason}`,
    ...(verdict.repair === undefined ? [] : [`repair: ${verdict.repair}`]),
    `figure ${figure}, notebooks/${notebook}, ${derivation}, ${source}, ${test}`,
  ].join('\n')
}

/** The ledger's row and what was measured, as plain data. */
function document({ claim, result: { records, verdict }, controls }: Run): Record<string, unknown> {
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
    ...(controls.length > 0 && { controls }),
    derivation,
    reference,
    notebook,
    figure,
    files: claimFiles(id),
  }
}

function overviewText(
  rows: readonly {
    readonly id: string
    readonly label: string
    readonly title: string
    readonly status: string
    readonly basis: string
  }[],
): string {
  return tableBundle(
    rows.map(({ id, label, title, status, basis }) => ({
      id,
      claim: label,
      verdict: status,
      'rests on': basis,
      title,
    })),
  )['text/plain']
}

function text(runs: readonly Run[]): string {
  const overview = overviewText(
    runs.map(({ claim: { id, label, title }, result: { verdict } }) => ({
      ...{ id, label, title, status: verdict.status, basis: verdict.basis },
    })),
  )
  return [overview, ...runs.map(section)].join('\n\n')
}

/** The card with the first record, the constants of all others as a table, the controls, and where to read on. */
function section({ claim, result, controls }: Run): string {
  const [first, ...rest] = result.records
  const words = (key: string): string => quantityText(claim.quantities, key)
  const parts = [verdictBundle(claim, result.verdict, first)['text/plain']]
  const rows = rest.flatMap(({ spec, constants }) =>
    constants.map(({ name, printed, sharp, attacked, evidence }) => ({
      input: inputText(spec),
      constant: words(name),
      printed: printed ?? 'none',
      sharp,
      'largest found': evidence ?? attacked,
    })),
  )
  if (rows.length > 0) parts.push('', tableBundle(rows)['text/plain'])
  for (const { text: what, quantity, measured, expected, reported } of controls) {
    const mark = reported ? 'reported' : 'NOT reported'
    const sentence = expected.split(' ').map(words).join(' ')
    const told = `${what}: ${words(quantity)} = ${readableNumber(measured.value)}, ${sentence}`
    parts.push(`control, ${mark}: ${plainText(told)}`)
  }
  const { source, test } = claimFiles(claim.id)
  parts.push(`figure ${claim.figure}, notebooks/${claim.notebook}, ${claim.derivation}, ${source}, ${test}`)
  return parts.join('\n')
}
