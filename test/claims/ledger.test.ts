import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { ClaimRecord, MeasureContext } from '../../src/claims/core/claim.js'
import { claimFiles } from '../../src/claims/core/claimFiles.js'
import { claimsTable } from '../../src/claims/core/claimsTable.js'
import { runControls } from '../../src/claims/core/controls.js'
import { claimById, claims } from '../../src/claims/core/ledger.js'
import { ledgerRecord, STORED_DIGITS, type StoredClaim } from '../../src/claims/core/ledgerRecord.js'
import { recordDifferences } from '../../src/claims/core/recordDifferences.js'
import { type ClaimResult, runClaim, runClaims } from '../../src/claims/core/runClaim.js'
import { recordedLedger } from '../../src/ensemble/store/recordedLedger.js'
import { packageVersion } from '../../src/files/packageRoot.js'
import { verdictBundle } from '../../src/present/verdictCard.js'
import { sharing } from '../support/measured.js'

const results: ClaimResult[] = await runClaims(claims.map(sharing))

test('every claim of the ledger gives its expected verdict', () => {
  const verdicts = Object.fromEntries(
    results.map(({ claim, verdict }) => [claim, `${verdict.status}, ${verdict.basis}`]),
  )
  expect(verdicts).toEqual({
    '2.1': 'holds, derivation',
    '13': 'holds, derivation',
    '17': 'holds, derivation',
    '3.1': 'holds, literature',
    '3.2': 'holds with a repaired constant or hypothesis, literature',
    '3.3': 'holds, derivation',
    '3.4': 'holds, derivation',
    '26': 'holds, derivation',
    '28': 'holds, literature',
    '4.2': 'holds with a repaired constant or hypothesis, derivation',
    '4.4': 'fails as printed, derivation',
    '4.5': 'holds with a repaired constant or hypothesis, derivation',
    '4.3': 'holds with a repaired constant or hypothesis, derivation',
    '40': 'holds, derivation',
    '5.2': 'fails as printed, derivation',
    '6.1': 'fails as printed, derivation',
    '6.3': 'fails as printed, derivation',
    '7.1': 'fails as printed, derivation',
    '7.2': 'holds, derivation',
    '7.2.57': 'fails as printed, derivation',
    '7.3.B': 'fails as printed, derivation',
    '7.3.C': 'holds, derivation',
    '8.1': 'holds, derivation',
    '69': 'holds with a repaired constant or hypothesis, derivation',
    '81': 'holds, derivation',
    '86': 'holds, derivation',
    '75': 'holds with a repaired constant or hypothesis, derivation',
    '78': 'holds with a repaired constant or hypothesis, derivation',
    '9.1': 'holds, derivation',
    'log-lipschitz': 'holds, derivation',
    '84': 'holds, derivation',
    '9.2': 'holds, derivation',
    '9.3': 'not contradicted at these N, literature',
    '9.4': 'holds, derivation',
    '91': 'fails as printed, derivation',
    '10.1': 'not testable at these N, derivation',
    '92': 'holds, derivation',
    'beyond-no-cutoff': 'not contradicted at these N, measured',
    'beyond-weight': 'holds, derivation',
    'beyond-alpha': 'not contradicted at these N, measured',
    'beyond-regularisations': 'holds, derivation',
    'beyond-dimension-2': 'holds, derivation',
    'beyond-5-12': 'not contradicted at these N, literature',
    'fournier-2209.00923': 'holds, derivation',
  })
})

test('every search of the ledger meets its sharp constant to six digits without exceeding it', () => {
  for (const { records } of results) {
    for (const { constants } of records) {
      for (const { sharp, attacked, extremal } of constants) {
        expect(attacked.low).toBeLessThanOrEqual(sharp.high * (1 + 1e-12))
        expect(attacked.value).toBeGreaterThanOrEqual(sharp.value * (1 - 1e-6))
        expect(Object.keys(extremal).length).toBeGreaterThan(0)
      }
    }
  }
})

test('nothing that rests on samples or on a run is called exact, nor anything with an error above rounding', () => {
  for (const { claim, records } of results) {
    for (const { measured } of records) {
      for (const [name, { value, low, high, kind, method }] of Object.entries(measured)) {
        if (kind !== 'exact') continue
        expect(method, `${claim} ${name}`).not.toMatch(/median|\brun|\bsample|bootstrap|steps|radii/)
        expect(high - low, `${claim} ${name}`).toBeLessThanOrEqual(4e-6 * Math.abs(value))
      }
    }
  }
})

test('an exponent from fewer than twenty replicates has no level, and no default has so few', () => {
  for (const { claim, records } of results) {
    for (const { measured } of records) {
      for (const [name, { kind, method, level }] of Object.entries(measured)) {
        if (!method.startsWith('bootstrap')) continue
        expect([kind, level], `${claim} ${name}: ${method}`).toEqual(['confidence', 0.95])
      }
    }
  }
})

test('constants that were found by algebra or quadrature are called so, in table, card and terminal', () => {
  const named = (evidence: string): string[] =>
    results
      .filter(({ records }) => records.some(({ constants }) => constants.some(c => c.evidence === evidence)))
      .map(({ claim }) => claim)
  expect(named('algebra')).toEqual(['40', '75', '78', '9.4', '91', '10.1', '92', 'beyond-weight', 'beyond-alpha'])
  expect(named('quadrature')).toEqual(['log-lipschitz', 'beyond-regularisations', 'beyond-dimension-2'])
  const result = results.find(({ claim }) => claim === '92')!
  for (const line of claimsTable([result])
    .split('\n')
    .filter(row => row.includes('from = 1'))) {
    expect(line).toMatch(/\| algebra \|$/)
  }
  const card = verdictBundle(claimById('92'), result.verdict, result.records[0])
  expect(card['text/plain']).toContain('largest found algebra')
  expect(card['text/html']).toContain('algebra')
})

test('a result is plain data: it survives JSON, and so does the verdict', () => {
  for (const [i, result] of results.entries()) {
    const copy = JSON.parse(JSON.stringify(result)) as ClaimResult
    expect(claims[i]!.judge(copy.records)).toEqual(result.verdict)
  }
})

test('the same seed gives the same result, another seed another search', async () => {
  const claim = claimById('6.1')
  const specs = [{ gamma: 0.3, log10N: 2 }]
  const once = await runClaim(claim, { specs, seed: '7' })
  expect(await runClaim(claim, { specs, seed: '7' })).toEqual(once)
  expect((await runClaim(claim, { specs, seed: '8' })).records[0]!.constants).not.toEqual(once.records[0]!.constants)
})

test('claims have what the command line, the notebooks and the figures need', () => {
  expect(new Set(claims.map(({ id }) => id)).size).toBe(claims.length)
  for (const claim of claims) {
    expect(claimById(claim.id)).toBe(claim)
    expect(claim.bound.tex.length).toBeGreaterThan(0)
    expect(claim.notebook).toMatch(/^\d\d-[a-z-]+\.ipynb#[a-z0-9-]+$/)
    expect(claim.figure).toMatch(/^[a-z0-9-]+$/)
    expect((claim.statement.match(/\$/g) ?? []).length % 2).toBe(0)
    expect(claim.defaults.length).toBeGreaterThan(0)
  }
})

test('progress is reported before each measurement and at the end', async () => {
  const seen: string[] = []
  const quick = { ...claimById('2.1'), measure: () => results[0]!.records[0]! }
  await runClaim(quick, { onProgress: (done, total) => seen.push(`${done}/${total}`) })
  expect(seen).toEqual(['0/4', '1/4', '2/4', '3/4', '4/4'])
})

test('an aborted signal ends a run before its next measurement, with the reason of the signal', async () => {
  const controller = new AbortController()
  let measured = 0
  const measure = (): ClaimRecord => {
    if (++measured === 2) controller.abort(new Error('enough'))
    return results[0]!.records[0]!
  }
  const run = runClaim({ ...claimById('2.1'), measure }, { signal: controller.signal })
  await expect(run).rejects.toThrow('enough')
  expect(measured).toBe(2)
})

test('a measurement that takes a promise gets the signal, and its record counts like any other', async () => {
  const { signal } = new AbortController()
  const seen: unknown[] = []
  const measure = async (_spec: unknown, given: MeasureContext): Promise<ClaimRecord> => {
    seen.push(given.seed, given.signal)
    return results[0]!.records[seen.length / 2 - 1]!
  }
  const { verdict } = await runClaim({ ...claimById('2.1'), measure }, { seed: '9', signal })
  expect(seen).toEqual(['9', signal, '9', signal, '9', signal, '9', signal])
  expect(verdict).toEqual(results[0]!.verdict)
})

test('an unknown claim, an empty list of specs and a seed that is no string are refused', async () => {
  expect(() => claimById('9.9')).toThrow(/^id of a claim must be one of "2\.1", "13", .*"10\.1", "92", .*got "9\.9"/)
  await expect(runClaim(claimById('3.4'), { specs: [] })).rejects.toThrow(/specs must be an array of length >= 1/)
  await expect(runClaim(claimById('3.4'), { seed: 1 as unknown as string })).rejects.toThrow(TypeError)
})

test('a verdict of holding never rests on sampling alone, and no records give none', () => {
  for (const [i, { verdict, claim }] of results.entries()) {
    if (verdict.status.startsWith('holds')) expect(verdict.basis, claim).not.toBe('measured')
    expect(claims[i]!.judge([]).status, claim).toBe('not testable at these N')
  }
})

test('every claim names a source file that has its id, and a test file that knows it', () => {
  const root = new URL('../../', import.meta.url)
  for (const { id } of claims) {
    const { source, test: tested } = claimFiles(id)
    expect(readFileSync(new URL(source, root), 'utf8')).toContain(`id: '${id}'`)
    expect(readFileSync(new URL(tested, root), 'utf8')).toMatch(new RegExp(`'${id}'|${source.match(/(\w+)\.ts/)![1]}`))
  }
})

test('data/claims.json records these very verdicts, numbers and controls (UPDATE_CLAIMS=1 measures and rewrites it)', async () => {
  const path = new URL('../../data/claims.json', import.meta.url)
  if (process.env.UPDATE_CLAIMS) {
    const rows: StoredClaim[] = []
    for (const [i, claim] of claims.entries()) rows.push(ledgerRecord(results[i]!, await runControls(claim)))
    const provenance = {
      package: 'mean-field-limit',
      version: packageVersion(),
      seed: '1',
      grid: 'quick',
      digits: String(STORED_DIGITS),
    }
    writeFileSync(path, `${JSON.stringify({ provenance, claims: rows }, undefined, 1)}\n`)
  }
  const stored = recordedLedger()
  expect(stored.claims.map(({ id }) => id)).toEqual(claims.map(({ id }) => id))
  for (const [i, row] of stored.claims.entries()) {
    expect(recordDifferences(results[i]!, row, stored.provenance.seed!)).toEqual([])
    expect(row.records.length, row.id).toBe(claims[i]!.defaults.length)
    expect(row.controls.map(({ text }) => text)).toEqual(claims[i]!.controls.map(({ text }) => text))
    for (const { reported } of row.controls) expect(reported, row.id).toBe(true)
  }
  expect(stored.provenance.version).toBe(packageVersion())
  // Rewriting measures all controls as well.
}, 1_200_000)

test('every label of the paper that is to be in the ledger is there', () => {
  const wanted =
    '2.1 13 17 26 3.1 3.2 3.3 3.4 28 4.2 4.3 4.4 4.5 40 5.2 6.1 6.3 7.1 7.2 7.2.57 7.3.B 7.3.C 8.1 69 75 78 log-lipschitz 9.1 9.2 81 84 86 9.3 9.4 91 10.1 92'
  const ids = claims.map(({ id }) => id)
  expect(wanted.split(' ').filter(id => !ids.includes(id))).toEqual([])
})

test('every short answer in docs/claims.md names claims of the ledger', () => {
  const page = readFileSync(new URL('../../docs/claims.md', import.meta.url), 'utf8')
  const section = page.split('## Short answers')[1]!.split('\n## ')[0]!
  const rows = section
    .split('\n')
    .filter(line => line.startsWith('| ') && !line.startsWith('| ---'))
    .slice(1)
  expect(rows.length).toBeGreaterThanOrEqual(17)
  for (const line of rows) {
    const cells = line.split(' | ')
    expect(cells.length, line).toBe(4)
    expect(cells[1], line).toMatch(/^(yes|no)/)
    for (const [, id] of cells[3]!.matchAll(/`([^`]+)`/g)) expect(claimById(id!).id).toBe(id)
    expect(cells[3], line).toMatch(/`/)
  }
})

test('docs/claims.md shows the table of this very ledger (UPDATE_CLAIMS=1 rewrites it), and every derivation', () => {
  const path = new URL('../../docs/claims.md', import.meta.url)
  const [begin, end] = ['<!-- ledger -->\n', '<!-- end of ledger -->']
  const page = readFileSync(path, 'utf8')
  const [head, rest] = page.split(begin) as [string, string]
  const table = claimsTable(results)
  if (process.env.UPDATE_CLAIMS) writeFileSync(path, head + begin + table + end + rest.split(end)[1])
  else expect(rest.split(end)[0]).toBe(table)
  for (const { derivation } of claims) {
    const anchor = derivation.split('#')[1]!
    const headings = [...page.matchAll(/^## (.*)$/gm)].map(([, text]) =>
      text!
        .toLowerCase()
        .replace(/[^a-z0-9 -]/g, '')
        .trim()
        .replace(/ /g, '-'),
    )
    expect(headings).toContain(anchor)
  }
})
