// `npm run ledger`: measures every claim and its controls, and writes data/claims.json and the tables of
// docs/claims.md, docs/statements.md and README.md from it; with --recorded (npm run ledger -- --recorded) only the
// tables, from data/claims.json as it is.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { inRoot } from './setup/paths.mjs'

const { values } = parseArgs({ options: { recorded: { type: 'boolean', default: false } } })
const core = name => import(new URL(`../dist/claims/core/${name}.js`, import.meta.url))
const [
  { claims },
  { ledgerRecord, refreshedRow, STORED_DIGITS },
  { runClaim },
  { runControls },
  { LEDGER_PAGES, withLedger },
] = await Promise.all(['ledger', 'ledgerRecord', 'runClaim', 'controls', 'ledgerPages'].map(core))
const path = inRoot('data/claims.json')
const folder = inRoot('data/certificates')
const certificates = readdirSync(folder).map(name => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')))
if (!values.recorded) {
  const { version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'))
  const provenance = { package: 'mean-field-limit', version, seed: '1', grid: 'quick', digits: String(STORED_DIGITS) }
  const rows = []
  for (const claim of claims) {
    process.stderr.write(`${claim.id} `)
    rows.push(ledgerRecord(await runClaim(claim, { bar: 'hide' }), await runControls(claim)))
  }
  process.stderr.write('\n')
  writeFileSync(path, `${JSON.stringify({ provenance, claims: rows }, undefined, 1)}\n`)
}
// Certificates may be newer than measurements.
const { provenance, claims: found } = JSON.parse(readFileSync(path, 'utf8'))
const rows = found.map(row => refreshedRow(row, certificates))
writeFileSync(path, `${JSON.stringify({ provenance, claims: rows }, undefined, 1)}\n`)
for (const page of LEDGER_PAGES) {
  const file = inRoot(page.page)
  writeFileSync(file, withLedger(page, readFileSync(file, 'utf8'), rows))
}
