import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { storedField } from '../../src/ensemble/store/fieldStore.js'
import { cutoffKernel } from '../../src/interaction/cutoffKernel.js'
import { gaussianLaw } from '../../src/law/gaussianLaw.js'

const folder = mkdtempSync(join(tmpdir(), 'mfl-fields-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const options = { law: gaussianLaw(), kernel: cutoffKernel({ N: 100, delta: 0.25 }), T: 0.5, tolerance: 1e-2 }
const q = Float64Array.of(0.3, 1.2, -0.4, 0.1, 0.9, 2)
const force = async (of = options): Promise<Float64Array> =>
  (await storedField(folder, of)).force(0.3, q, new Float64Array(6))

test('a stored field is the same function, bit for bit; another law, kernel or time is another file', async () => {
  const first = await force()
  const files = readdirSync(folder)
  expect(files).toHaveLength(1)
  expect(await force()).toEqual(first)
  expect(readdirSync(folder)).toEqual(files)
  const other = await force({ ...options, kernel: cutoffKernel({ N: 100, delta: 0.2 }) })
  expect(readdirSync(folder)).toHaveLength(2)
  expect(other).not.toEqual(first)
})

test('a file that is cut short is computed again, and whole afterwards', async () => {
  const first = await force()
  for (const file of readdirSync(folder)) truncateSync(join(folder, file), 100)
  expect(await force()).toEqual(first)
  expect(await force()).toEqual(first)
})

describe('a file that is not what its name says is told in one line, computed again and replaced', () => {
  const own = join(folder, 'own')
  const path = (): string => join(own, readdirSync(own).find(file => file.endsWith('.field'))!)
  const heard = async (of = options): Promise<string[]> => {
    const notices: string[] = []
    await storedField(own, of, message => notices.push(message))
    return notices
  }

  test.each<[string, (whole: Buffer) => Uint8Array | Promise<Uint8Array>, RegExp]>([
    [
      'with one bit turned over in its last number',
      whole => {
        // The lowest bit of a mantissa: a number that looks as good as the right one.
        whole[whole.length - 8]! ^= 1
        return whole
      },
      /SHA-256/,
    ],
    ['of another program', () => Buffer.from('text'), /must be those of a radial field/],
    [
      'of another final time',
      async () => {
        const elsewhere = join(folder, 'elsewhere')
        await storedField(elsewhere, { ...options, T: 0.4 })
        return readFileSync(join(elsewhere, readdirSync(elsewhere)[0]!))
      },
      /T and tolerance must be 0.5 and 0.01, got 0.4/,
    ],
  ])('%s', async (_, harm, reason) => {
    await heard()
    const whole = readFileSync(path())
    writeFileSync(path(), await harm(Buffer.from(whole)))
    const notices = await heard()
    expect(notices).toHaveLength(1)
    expect(notices[0]).toContain(path())
    expect(notices[0]).toMatch(reason)
    expect(notices[0]).not.toContain('\n')
    expect(readFileSync(path())).toEqual(whole)
    expect(await heard()).toEqual([])
  })
})
