/** The stored certificates hold, those that are spoilt do not, and statements that are false have none. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  type Certificate,
  certificateJsonSchema,
  checkCertificate,
  checkCertificates,
  parseCertificate,
  prove,
  type Statement,
  statementById,
  statementIds,
} from '../../src/proofs/index.js'
import { root } from '../support/capabilities.js'
import { spoilt } from './spoilt.js'

const folder = join(root, 'data', 'certificates')
const stored = readdirSync(folder)
  .filter(name => name.endsWith('.json'))
  .map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Certificate)
const byId = (id: string): Certificate => stored.find(certificate => certificate.id === id)!

describe('the stored certificates', () => {
  it('are those of the statements, and small', () => {
    expect(stored.map(({ id }) => id).sort()).toEqual([...statementIds].sort())
    const sizes = readdirSync(folder).map(name => statSync(join(folder, name)).size)
    expect(Math.max(...sizes)).toBeLessThan(200_000)
    expect(sizes.reduce((a, b) => a + b)).toBeLessThan(2_000_000)
  })

  it('hold', () => {
    for (const result of checkCertificates(stored)) expect(result).toMatchObject({ holds: true })
  })

  it('say what their statements say', () => {
    for (const certificate of stored) {
      const {
        accuracy: _,
        between: __,
        ...statement
      } = statementById(certificate.id) as unknown as Record<string, unknown>
      expect(certificate).toMatchObject(statement)
    }
  })

  it('have the schema that is published (remake: mfl check --schema)', () => {
    const published = JSON.parse(readFileSync(join(root, 'data/schema/certificate.schema.json'), 'utf8'))
    expect(published).toEqual(JSON.parse(JSON.stringify(certificateJsonSchema())))
  })
})

describe('a spoilt certificate does not hold', () => {
  for (const certificate of stored) {
    for (const { how, certificate: changed } of spoilt(certificate)) {
      it(`${certificate.id}: ${how}`, () => {
        const others = stored.filter(({ id }) => id !== certificate.id)
        expect(checkCertificate(changed, others)).toMatchObject({ holds: false, reason: expect.any(String) })
      })
    }
  }
})

describe('a statement', () => {
  const square: Extract<Statement, { kind: 'supremum' | 'infimum' }> = {
    ...{
      id: 'square',
      kind: 'supremum',
      statement: { words: 'x', tex: 'x' },
      variables: [{ name: 'x', lo: '-1', hi: '2' }],
    },
    expression: ['*', 'x', ['-', '1', 'x']],
  }

  it('that is true has a certificate', async () => {
    const certificate = await prove({ ...square, hi: '0.25000000001' })
    expect(checkCertificate(certificate)).toMatchObject({ holds: true })
    expect(certificate).toMatchObject({ witness: ['0.5'], lo: '1/4', hi: '0.25000000001' })
  })

  it('that is false has none', async () => {
    await expect(prove({ ...square, hi: '0.2499999' })).rejects.toThrow(/must be settled/)
    await expect(
      prove({ ...square, lo: '0.2500001', hi: '0.3' }).then(c => checkCertificate(c)),
    ).resolves.toMatchObject({
      holds: false,
    })
  })

  it('is proved in turns that a signal ends', async () => {
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(prove({ ...square, hi: '0.3' }, { signal })).rejects.toThrow('enough')
  })

  it.each([
    ['an unknown function', { expression: ['gamma', 'x'] }, /statement.expression/],
    ['a name for nothing', { expression: ['+', 'x', 'y'] }, /"y" must be a rational/],
    ['bounds that are no rationals', { hi: 'one' }, /statement.hi.*rational/],
    ['no domain', { variables: [{ name: 'x', lo: '1', hi: '0' }] }, /lo must be less/],
  ])('with %s is refused', async (_, change, message) => {
    const statement = { ...square, ...change } as unknown as Parameters<typeof prove>[0]
    await expect(async () => prove(statement)).rejects.toThrow(message)
  })
})

describe('certificates that refer to each other', () => {
  const { format } = stored[0]!
  const one = (id: string, expression: string): Certificate => ({
    ...{ format, id, kind: 'enclosure', expression, lo: '1', hi: '2' },
    statement: { words: id, tex: id },
  })

  it('hold with those that they refer to', () => {
    const sharp = byId('kernel-difference-sharp')
    expect(checkCertificate(sharp)).toMatchObject({ holds: false, reason: expect.stringContaining('must be given') })
    expect(checkCertificate(sharp, [byId('kernel-difference')])).toMatchObject({ holds: true })
    const wide = { ...byId('kernel-difference'), hi: '13' }
    expect(checkCertificate(sharp, [wide])).toMatchObject({ holds: false })
  })

  it('do not hold in a circle, twice, or by one that does not', () => {
    expect(checkCertificates([one('a', '@b'), one('b', '@a')]).map(({ holds }) => holds)).toEqual([false, false])
    expect(checkCertificates([one('a', '1'), one('a', '2')]).map(({ holds }) => holds)).toEqual([false, false])
    expect(checkCertificates([one('a', '@b'), one('b', '3')]).map(({ holds }) => holds)).toEqual([false, false])
    expect(checkCertificates([one('a', '1.5'), one('b', '@a')]).map(({ holds }) => holds)).toEqual([true, true])
  })
})

it('a certificate is read or refused with the member', () => {
  expect(parseCertificate(stored[0])).toEqual(stored[0])
  expect(() => parseCertificate({ ...stored[0], id: 'No Name' })).toThrow(/certificate.id/)
})
