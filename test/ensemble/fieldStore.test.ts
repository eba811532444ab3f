import { mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { storedField } from '../../src/ensemble/fieldStore.js'
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
