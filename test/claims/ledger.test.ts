import { readFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import type { ClaimRecord, MeasureContext, ShownBound, Verdict } from '../../src/claims/core/claim.js'
import { claimFiles } from '../../src/claims/core/claimFiles.js'
import { claimsTable } from '../../src/claims/core/claimsTable.js'
import { claimById, claims } from '../../src/claims/core/ledger.js'
import { ledgerRecord } from '../../src/claims/core/ledgerRecord.js'
import { recordDifferences } from '../../src/claims/core/recordDifferences.js'
import { type ClaimResult, runClaim, runClaims } from '../../src/claims/core/runClaim.js'
import { withCertificates } from '../../src/claims/core/withCertificates.js'
import { recordedLedger } from '../../src/ensemble/store/recordedLedger.js'
import { packageVersion } from '../../src/files/packageRoot.js'
import { verdictBundle } from '../../src/present/verdictCard.js'
import { boundEvaluations, sharing } from '../support/measured.js'

const results: ClaimResult[] = await runClaims(claims.map(sharing))

test('every measurement evaluates the bound that its claim shows, but for a few that say why not', () => {
  const shown = claims.filter(({ bound }) => 'shownOnly' in bound).map(({ id }) => id)
  expect(shown).toEqual(['4.2', '7.3.C'])
  expect(claims.map(({ id }) => id).filter(id => boundEvaluations(id) === 0)).toEqual(shown)
  for (const id of shown) {
    const { bound } = claimById(id)
    expect((bound as ShownBound).shownOnly.length).toBeGreaterThan(20)
    expect(() => bound.evaluate({ N: 10 })).toThrow(/only shown/)
  }
})

test('a bound that is replaced by another formula changes what is measured (control)', async () => {
  for (const id of ['28', '40', '6.3', '9.2', '9.3', '84', '92', '10.1', '7.2.57']) {
    const claim = claimById(id)
    const { evaluate } = claim.bound
    const spy = vi.spyOn(claim.bound, 'evaluate').mockImplementation(scope => 1.25 * evaluate(scope))
    const specs = [claim.defaults[0]!]
    const { measured, constants } = (await runClaim(claim, { specs })).records[0]!
    spy.mockRestore()
    const before = results.find(({ claim: own }) => own === id)!.records[0]!
    expect(JSON.stringify({ measured, constants }), id).not.toBe(
      JSON.stringify({ measured: before.measured, constants: before.constants }),
    )
  }
})

test('every claim of the ledger gives the verdict that is recorded', () => {
  const told = (rows: readonly { readonly verdict: Verdict }[]): string[] =>
    rows.map(({ verdict: { status, basis } }) => `${status}, ${basis}`)
  expect(told(results)).toEqual(told(recordedLedger().claims))
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
  for (const line of claimsTable([ledgerRecord(result, [])])
    .split('\n')
    .filter(row => row.includes('from = 1'))) {
    expect(line).toMatch(/\| algebra \|$/)
  }
  const card = verdictBundle(claimById('92'), result.verdict, result.records[0])
  expect(card['text/plain']).toContain('checked by algebra')
  expect(card['text/html']).toContain('algebra')
})

test('a result is plain data: it survives JSON, and so does the verdict', () => {
  for (const [i, result] of results.entries()) {
    const copy = JSON.parse(JSON.stringify(result)) as ClaimResult
    expect(withCertificates(claims[i]!, claims[i]!.judge(copy.records))).toEqual(result.verdict)
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

test('data/claims.json records these very verdicts, numbers and controls (npm run ledger)', () => {
  const stored = recordedLedger()
  expect(stored.claims.map(({ id }) => id)).toEqual(claims.map(({ id }) => id))
  for (const [i, row] of stored.claims.entries()) {
    expect(recordDifferences(results[i]!, row, stored.provenance.seed!)).toEqual([])
    expect(row.records.length, row.id).toBe(claims[i]!.defaults.length)
    expect(row.controls.map(({ text }) => text)).toEqual(claims[i]!.controls.map(({ text }) => text))
    for (const { reported } of row.controls) expect(reported, row.id).toBe(true)
  }
  expect(stored.provenance.version).toBe(packageVersion())
})

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

test('docs/claims.md has every derivation', () => {
  const page = readFileSync(new URL('../../docs/claims.md', import.meta.url), 'utf8')
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
