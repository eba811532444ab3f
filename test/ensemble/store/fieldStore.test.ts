import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { fieldStore, storedField } from '../../../src/ensemble/store/fieldStore.js'
import { gridField } from '../../../src/flow/field/grid/gridField.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'
import { gaussianMixtureLaw } from '../../../src/law/gaussianMixtureLaw.js'

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

test('a field of the grid solver is kept as well, bit for bit, and another process would read it', async () => {
  const own = join(folder, 'grid')
  const law = gaussianMixtureLaw()
  const resolution = { markers: 1024, nodes: 16, steps: 5 }
  const field = await gridField({ law, kernel: options.kernel, T: 0.2, resolution })
  const store = fieldStore(own)
  store.write('{"T":0.2}', field)
  const again = store.read('{"T":0.2}', { law, kernel: options.kernel })!
  for (const t of [0, 0.07, 0.2]) {
    expect(again.force(t, q, new Float64Array(6))).toEqual(field.force(t, q, new Float64Array(6)))
    expect(again.energy!(t)).toEqual(field.energy(t))
    expect(again.momentumMoment!(t, 2)).toEqual(field.momentumMoment(t, 2))
  }
  expect([again.error, again.scale, again.parameters]).toEqual([field.error, field.scale, field.parameters])
  // The control: one bit of a table turned over is a file that is not used.
  const path = join(own, readdirSync(own)[0]!)
  const bytes = readFileSync(path)
  bytes[bytes.length - 5]! ^= 1
  writeFileSync(path, bytes)
  const notices: string[] = []
  expect(
    fieldStore(own, message => notices.push(message)).read('{"T":0.2}', { law, kernel: options.kernel }),
  ).toBeUndefined()
  expect(notices[0]).toMatch(/SHA-256/)
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
    ['of another program', () => Buffer.from('text'), /must be those of a mean field/],
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
