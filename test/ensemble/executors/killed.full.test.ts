import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, test } from 'vitest'
import { killAndResume } from '../killed.js'

const folder = mkdtempSync(join(tmpdir(), 'mfl-killed-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a run that is killed at 20 random instants loses nothing that was acknowledged and ends with the numbers of the inline run', async () => {
  await killAndResume(folder, 20)
}, 1_800_000)
