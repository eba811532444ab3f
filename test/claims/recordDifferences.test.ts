import { describe, expect, test } from 'vitest'
import { estimated, exact } from '../../src/base/statistics/estimate.js'
import { claimById } from '../../src/claims/core/ledger.js'
import { ledgerRecord, type StoredClaim } from '../../src/claims/core/ledgerRecord.js'
import { recordDifferences, toleranceOf } from '../../src/claims/core/recordDifferences.js'
import { type ClaimResult, runClaim } from '../../src/claims/core/runClaim.js'
import { claimsCommand } from '../../src/cli/claimsCommand.js'
import { recordedLedger } from '../../src/ensemble/store/recordedLedger.js'
import { sharing } from '../support/measured.js'

/** Quick ones: of algebra, of sharp constants with a search, of samples, of a failure with a counter-example. */
const ids = ['92', '9.2', '9.3', '91']
const results = new Map<string, ClaimResult>()
for (const id of ids) results.set(id, await runClaim(sharing(claimById(id))))
const rowOf = (id: string): StoredClaim => ledgerRecord(results.get(id)!, [])
const copy = (row: StoredClaim): StoredClaim => JSON.parse(JSON.stringify(row)) as StoredClaim

/** Every number below `value`, as a function that multiplies it. */
function numbersIn(value: unknown, path: readonly string[] = []): { path: string; scale(factor: number): unknown }[] {
  if (typeof value !== 'object' || value === null) return []
  const record = value as Record<string, unknown>
  return Object.entries(record).flatMap(([name, entry]) =>
    typeof entry === 'number' && entry !== 0
      ? [
          {
            path: [...path, name].join('/'),
            scale: (factor: number) => Object.assign(record, { [name]: entry * factor }),
          },
        ]
      : numbersIn(entry, [...path, name]),
  )
}

test('the tolerance is 1e-9 of what is exact, and the half width of what is estimated or sampled', () => {
  expect(toleranceOf(exact(2, '', 1e-3))).toBe(2e-9)
  expect(toleranceOf(estimated(2, 0.1, ''))).toBeCloseTo(0.1, 12)
  expect(toleranceOf({ value: 2, low: 1, high: 5, kind: 'confidence', method: '' })).toBe(3)
  expect(toleranceOf({ value: 2, low: 0, high: Number.POSITIVE_INFINITY, kind: 'estimated', method: '' })).toBe(2e-9)
})

test('a measurement is its own record, also after the record went through JSON', () => {
  for (const id of ids) expect(recordDifferences(results.get(id)!, copy(rowOf(id)), '1'), id).toEqual([])
})

test('every number of a record that is changed by more than its tolerance is listed by itself', () => {
  for (const id of ids) {
    const count = numbersIn(rowOf(id).records).length
    expect(count, id).toBeGreaterThan(5)
    for (let k = 0; k < count; k++) {
      const row = copy(rowOf(id))
      const { path, scale } = numbersIn(row.records)[k]!
      // Searches are compared to 1e-6, exact numbers to 1e-9; the samples of 9.3 by the width of their intervals.
      const sampled = id === '9.3' && !path.includes('spec') && !path.includes('massart')
      scale(sampled ? 100 : 1 + 3e-6)
      const lines = recordDifferences(results.get(id)!, row, '1')
      expect(lines.length, `${id} ${path}`).toBe(1)
      expect(lines[0]).toContain(results.get(id)!.label)
      expect(lines[0]).toMatch(/measured .* recorded /)
    }
  }
})

test('a digit that does not matter is not listed', () => {
  for (const id of ids) {
    const row = copy(rowOf(id))
    for (const { scale } of numbersIn(row.records)) scale(1 + 1e-10)
    expect(recordDifferences(results.get(id)!, row, '1'), id).toEqual([])
  }
})

test('another word, another number in a sentence, a missing or an added number, another status are listed', () => {
  const result = results.get('91')!
  const changed = (change: (row: object) => unknown): string[] => {
    const row = copy(rowOf('91'))
    change(row)
    return recordDifferences(result, row, '1')
  }
  const verdict = (part: object) => (row: object) => Object.assign((row as StoredClaim).verdict, part)
  const { reason } = result.verdict
  expect(changed(verdict({ reason: reason.replace('0.3167', '0.3170') }))[0]).toMatch(/reason: measured/)
  expect(changed(verdict({ reason: reason.replace('is right', 'is wrong') }))[0]).toMatch(/reason: measured/)
  expect(changed(verdict({ reason: reason.replace('0.3167', '0.3168') }))).toEqual([])
  expect(changed(verdict({ gist: 'Another sentence.' }))[0]).toMatch(/gist: measured/)
  expect(changed(verdict({ status: 'holds' }))[0]).toMatch(/measured "fails as printed" \(proved\), recorded "holds"/)
  const numbers = (row: object): Record<string, unknown> => (row as StoredClaim).records[0]!.measured as never
  const without = changed(row => Reflect.deleteProperty(numbers(row), 'log10N1'))
  expect(without[0]).toMatch(/log10N1: measured something, recorded nothing/)
  const added = changed(row => Object.assign(numbers(row), { more: [1, 1, 1] }))
  expect(added[0]).toMatch(/more: measured nothing, recorded something/)
  const shorter = changed(row => (row as unknown as { records: unknown[] }).records.splice(1))
  expect(shorter[0]).toMatch(/recorded 1$/)
  expect(recordDifferences(result, undefined, '1')[0]).toMatch(/recorded nothing$/)
})

test('with another seed samples may be elsewhere within both intervals, and constants may not', async () => {
  const other = await runClaim(claimById('9.3'), { seed: '2' })
  expect(other.records[0]!.measured).not.toEqual(results.get('9.3')!.records[0]!.measured)
  expect(recordDifferences(other, rowOf('9.3'), '1')).toEqual([])
  const row = copy(rowOf('9.3'))
  for (const { path, scale } of numbersIn(row.records)) if (path.includes('scaledMean')) scale(2)
  expect(recordDifferences(other, row, '1').length).toBeGreaterThan(0)
})

describe('mfl claims', () => {
  test('exits 1 and names the number when one digit of the record is another, 0 when none is', async () => {
    const ledger = recordedLedger()
    expect(await claimsCommand({ only: '92', seed: '1' }, ledger)).toMatchObject({ code: 0, data: { differences: [] } })
    const mutated = JSON.parse(JSON.stringify(ledger)) as typeof ledger
    const constant = mutated.claims.find(({ id }) => id === '92')!.records[0]!.constants[0]! as { sharp: number }
    constant.sharp *= 1 + 1e-6
    const { code, text, data } = await claimsCommand({ only: '92', seed: '1' }, mutated)
    expect(code).toBe(1)
    expect(text).toContain('crossing, sharp: measured 1.4, recorded 1.400001')
    expect(data.differences).toHaveLength(1)
    // Of the publication grid, which is not recorded, only verdicts are compared.
    expect((await claimsCommand({ only: '92', seed: '1', full: true }, mutated)).code).toBe(0)
  })
})
