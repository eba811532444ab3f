import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, test } from 'vitest'
import { killAndResume } from '../killed.js'

const folder = mkdtempSync(join(tmpdir(), 'mfl-killed-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a run that is killed 4 times loses nothing that was acknowledged and ends with the numbers of the inline run', async () => {
  await killAndResume(folder, 4)
})
