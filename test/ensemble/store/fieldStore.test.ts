import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { fieldStore, storedField } from '../../../src/ensemble/store/fieldStore.js'
import {
  anyFieldFromBytes,
  fieldFromBytes,
  fieldToBytes,
  type StoredField,
} from '../../../src/flow/field/fieldBytes.js'
import { fieldChoice } from '../../../src/flow/field/fieldFor.js'
import { gridField } from '../../../src/flow/field/grid/gridField.js'
import { planarField } from '../../../src/flow/field/planar/planarField.js'
import { planarFieldOf } from '../../../src/flow/field/planar/planarFieldTable.js'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'
import { gaussianMixtureLaw } from '../../../src/law/gaussianMixtureLaw.js'
import { plummerLaw } from '../../../src/law/plummerLaw.js'
import { bitFlips } from '../../support/bitFlips.js'

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

describe('a field of the planar solver', () => {
  const own = join(folder, 'planar')
  const problem = {
    ...{ law: gaussianMixtureLaw({ d: 2 }), kernel: cutoffKernel({ N: 100, delta: 0.25, d: 2 }), T: 0.2 },
    tolerance: 2e-2,
  }
  const { law, kernel, T, tolerance } = problem
  /** In the disc of the masses and far outside. */
  const points = Float64Array.of(0.3, -1.2, 30, 0.5, 0.1, -20)
  const path = (): string => join(own, readdirSync(own)[0]!)
  const written = planarField(problem)
  const key = fieldChoice({ law, kernel, T }, { tolerance }).key

  test('is kept and read back, bit for bit', async () => {
    const field = await written
    const computed = await storedField(own, problem)
    const before = statSync(path(), { bigint: true }).mtimeNs
    const [again, inMemory] = [await storedField(own, problem), fieldStore(own).read(key, problem)!]
    expect(readdirSync(own)).toHaveLength(1)
    expect(statSync(path(), { bigint: true }).mtimeNs).toBe(before)
    for (const other of [computed, again, inMemory]) {
      for (const t of [0, 0.07, T]) {
        const force = field.force(t, points, new Float64Array(6))
        expect(other.force(t, points, new Float64Array(6))).toEqual(force)
        // The control: a force that is nothing, or the same at all times, would pass otherwise.
        expect(field.force(0.9 * T, points, new Float64Array(6))).not.toEqual(force)
        expect(other.density!(t, [0.3, 0.5])).toBe(field.density(t, [0.3, 0.5]))
      }
      expect([other.error, other.scale, other.method]).toEqual([field.error, field.scale, field.method])
      expect(other.parameters).toEqual(field.parameters)
    }
    expect(computed.reason).toMatch(/law of the plane/)
    expect(again.reason).toBe(computed.reason)
    const bytes = new Uint8Array(readFileSync(path()))
    expect(fieldToBytes(fieldStore(own).read(key, problem) as StoredField, key)).toEqual(bytes)
  })

  test('is refused with a bit turned over, under another key, law or kernel, and as a radial field', async () => {
    const bytes = fieldToBytes(await written, key)
    const of = { law, kernel, storedAs: key }
    expect(anyFieldFromBytes(bytes, of).scale).toBe((await written).scale)
    const refused = (damaged: Uint8Array, by: RegExp, other: Partial<typeof of> = {}): void =>
      expect(() => anyFieldFromBytes(damaged, { ...of, ...other })).toThrow(by)
    for (const damaged of bitFlips(bytes, 50, 'planar-bytes')) refused(damaged, /^bytes must/)
    refused(bytes.subarray(0, bytes.length - 8), /^bytes must/)
    refused(bytes, /T and tolerance must be 0.2 and 0.1, got 0.2 and 0.02/, {
      storedAs: fieldChoice({ law, kernel, T }, { tolerance: 0.1 }).key,
    })
    refused(bytes, /law and kernel must be those/, { kernel: cutoffKernel({ N: 101, delta: 0.25, d: 2 }) })
    refused(bytes, /law and kernel must be those/, { law: gaussianLaw({ d: 2 }) })
    expect(() => fieldFromBytes(bytes, of)).toThrow(/radial field/)
  })

  test('has a table that is refused where a member does not fit', async () => {
    const { table } = await written
    const made = (change: object) => () => planarFieldOf(law, kernel, { ...table, ...change })
    expect(made({})().scale).toBe((await written).scale)
    const { spectra, moments, disc } = table
    expect(made({ spectra: spectra.slice(1) })).toThrow(/number of table.moments must be an integer in/)
    expect(made({ spectra: [...spectra.slice(1), new Float64Array(4)] })).toThrow(
      /table.spectra\[\d+\] must have length/,
    )
    expect(made({ moments: moments.map(x => x.subarray(1)) })).toThrow(/table.moments\[0\] must have length 24, got 23/)
    expect(made({ disc: { ...disc, waves: '5' } })).toThrow(/table.disc.waves must be a number/)
    expect(made({ disc: { ...disc, centre: [0] } })).toThrow(/table.disc.centre must have length 2/)
    expect(made({ measured: { scale: 1 } })).toThrow(/table.measured.high must be a number/)
  })
})

test('a field in closed form is given, and nothing is kept of it', async () => {
  const own = join(folder, 'closed')
  const steady = { law: plummerLaw(), kernel: coulombKernel({ sigma: -1 }), T: 1, solver: 'stationary' } as const
  const field = await storedField(own, steady)
  // r/(r^2 + 1)^(3/2) at r = 1, inwards.
  expect(field.force(0.5, Float64Array.of(1, 0, 0), new Float64Array(3))[0]).toBeCloseTo(-(2 ** -1.5), 15)
  expect(existsSync(own)).toBe(false)
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
