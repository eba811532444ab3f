/**
 * What this machine can do beyond Node: a JupyterLab in `.venv`, a Chromium, a Firefox. Tests that need one call
 * `requireOrSkip`; a skip is announced once by `announce.ts`, and with CI=true it is a failure.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findChromium } from '../../src/notebook/pictures/findChromium.js'

/** The repository. */
export const root: string = fileURLToPath(new URL('../..', import.meta.url))

/** Environment variable with the folder where skips are noted down, set by `announce.ts`. */
export const SKIP_FOLDER = 'MFL_TEST_SKIPS'

/** The `jupyter` command of the project's `.venv`, if set-up has made it. */
export const jupyter: string | undefined = [
  join(root, '.venv', 'bin', 'jupyter'),
  join(root, '.venv', 'Scripts', 'jupyter.exe'),
].find(path => existsSync(path))

/** A Chromium or Chrome: `CHROME_PATH`, else as `findChromium` finds it. */
export const chromium: string | undefined = findChromium()

/** A Firefox: `FIREFOX_PATH`, which is not overruled, else one on `PATH`. */
export const firefox: string | undefined = (
  process.env.FIREFOX_PATH
    ? [process.env.FIREFOX_PATH]
    : (process.env.PATH ?? '')
        .split(delimiter)
        .flatMap(folder => ['firefox-esr', 'firefox'].map(name => join(folder, name)))
).find(path => existsSync(path))

/** Whether a missing part is a failure (continuous integration) instead of a skip. */
export const skipIsFailure: boolean = !['', '0', 'false'].includes(process.env.CI ?? '')

/**
 * Whether tests that need `name` can run: `describe.skipIf(!requireOrSkip('Chromium', chromium !== undefined))`.
 * A skip is noted down, and the end of the test run prints one loud line for it.
 * @throws Error under CI=true when it is not available
 */
export function requireOrSkip(name: 'JupyterLab' | 'Chromium' | 'Firefox' | 'Redis', available: boolean): boolean {
  if (available) return true
  if (skipIsFailure) throw new Error(`${name} is not available, and with CI set a skipped test is a failure`)
  const folder = process.env[SKIP_FOLDER]
  if (folder === undefined) process.stderr.write(`SKIPPED: the tests that need ${name}, which this machine lacks\n`)
  else {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, name), '')
  }
  return false
}
