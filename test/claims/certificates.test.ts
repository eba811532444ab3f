/** The numbers of verdicts that rest on a proof lie in what their certificates enclose. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { claims } from '../../src/claims/core/ledger.js'
import { certifiedNumbers, withCertificates } from '../../src/claims/core/withCertificates.js'
import { recordedLedger } from '../../src/ensemble/store/recordedLedger.js'
import { type Certificate, checkCertificates, statementIds } from '../../src/proofs/index.js'
import { root } from '../support/capabilities.js'

const folder = join(root, 'data', 'certificates')
const stored = readdirSync(folder).map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Certificate)
const rows = recordedLedger().claims

/**
 * What a ledger row does not keep as a number: parts of a proof, or a number that it holds in words, rounded, or by its
 * square.
 */
const PARTS = [
  'corollary-7-3-b-admits',
  'corollary-7-3-b-inner',
  'corollary-7-3-c-threshold',
  'definition-7-1-moment',
  'definition-7-1-moment-value',
  'lemma-6-3-inner-across',
  'plane-core',
  'rate-38-start',
]

/** Every number of a row. */
const numbersOf = ({ records }: (typeof rows)[number]): number[] =>
  records.flatMap(({ measured, constants }) => [
    ...Object.values(measured).map(([value]) => value),
    ...constants.flatMap(({ sharp, attacked, printed }) => [sharp, attacked, printed ?? Number.NaN]),
  ])

/** A unit of the eleventh digit, the last that is stored. */
const unit = (value: number): number => 10 ** (Math.floor(Math.log10(Math.abs(value))) - 10)

/** Whether a stored number, which is rounded, may be one of the enclosure. */
const inside = (value: number, lo: number, hi: number): boolean =>
  value >= lo - 0.5001 * unit(value) && value <= hi + 0.5001 * unit(value)

const bounds = ({ lo, hi }: { readonly lo?: string; readonly hi?: string }): [number, number] => {
  const number = (text: string): number => {
    const [n = '', d = '1'] = text.split('/')
    return Number(n) / Number(d)
  }
  return [number(lo!), number(hi!)]
}

describe('claims that rest on a proof', () => {
  it('are 24 at least, and those with certificates', () => {
    const proved = rows.filter(({ verdict }) => verdict.basis === 'proved')
    expect(proved.length).toBeGreaterThanOrEqual(24)
    expect(proved.map(({ id }) => id)).toEqual(
      claims.filter(({ certificates }) => certificates !== undefined).map(({ id }) => id),
    )
  })

  it('name certificates that are stored and hold, and every statement belongs to one of them', () => {
    const named = claims.flatMap(({ certificates = [] }) => certificates)
    const results = checkCertificates(stored)
    for (const [k, certificate] of stored.entries()) {
      expect(results[k], certificate.id).toMatchObject({ holds: true })
      expect(named).toContain(certificate.id)
    }
    for (const id of named) expect(statementIds).toContain(id)
  })

  it.each(rows.filter(({ certificates = [] }) => certificates.length > 0).map(row => [row.id, row] as const))(
    '%s: its record keeps what the certificates say now, and its numbers lie in their enclosures',
    (id, row) => {
      const claim = claims.find(other => other.id === id)!
      expect(row.certificates).toEqual(certifiedNumbers(claim, stored))
      const numbers = numbersOf(row)
      for (const certificate of row.certificates!) {
        if (certificate.lo === undefined || PARTS.includes(certificate.id)) continue
        const [lo, hi] = bounds(certificate)
        const own = numbers.filter(value => inside(value, lo, hi))
        expect(own.length, certificate.id).toBeGreaterThan(0)
        // The control: one in the eleventh digit is outside, but where a quadrature is known to fewer.
        if (hi - lo > unit(lo) / 2) continue
        for (const value of own) {
          expect(inside(value + unit(value), lo, hi), certificate.id).toBe(false)
          expect(inside(value - unit(value), lo, hi), certificate.id).toBe(false)
        }
      }
    },
  )
})

it('only a derivation becomes a proof, and a certificate that is missing is an error', () => {
  const verdict = { status: 'holds', basis: 'derivation', reason: 'so it is' } as const
  const claim = claims.find(({ id }) => id === '6.3')!
  expect(withCertificates(claim, verdict).basis).toBe('proved')
  expect(withCertificates(claim, { ...verdict, basis: 'measured' }).basis).toBe('measured')
  expect(withCertificates(claims.find(({ id }) => id === '13')!, verdict).basis).toBe('derivation')
  expect(() => certifiedNumbers(claim, [])).toThrow(/certificates of claim 6\.3 must be among the stored/)
})
