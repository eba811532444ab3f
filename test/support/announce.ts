/**
 * Vitest global set-up: a folder for what test files share in one run; after it, one loud line for each part of the
 * machine that tests were skipped for.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SKIP_FOLDER } from './capabilities.js'
import { RUN_FOLDER } from './once.js'

const REMEDY: Record<string, string> = {
  JupyterLab: 'install Python >= 3.10 and run npm test again with the network on',
  Chromium: 'install Chromium (apt install chromium) or set CHROME_PATH',
  Firefox: 'install Firefox (apt install firefox-esr) or set FIREFOX_PATH',
  Redis: 'install Redis or Valkey (apt install redis-server), whose server need not run',
}

export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'mfl-skips-'))
  process.env[SKIP_FOLDER] = folder
  const shared = mkdtempSync(join(tmpdir(), 'mfl-run-'))
  process.env[RUN_FOLDER] = shared
  return () => {
    for (const name of readdirSync(folder)) {
      process.stderr.write(
        `\n*** SKIPPED: every test that needs ${name} (${REMEDY[name] ?? 'see docs/setup.md'}) ***\n`,
      )
    }
    for (const path of [folder, shared]) rmSync(path, { recursive: true, force: true })
  }
}
