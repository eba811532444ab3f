/**
 * Finds the Chromium that turns figures into images, and says how it must be started.
 */
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

const MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
]

const WINDOWS = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe']

/**
 * The path of a Chromium or Chrome: CHROME_PATH if that is set, else the first on PATH, else the usual place of the
 * operating system.
 * @param environment where CHROME_PATH, PATH and the Windows folders are read
 * @returns undefined if there is none (or CHROME_PATH names no file: the user's choice is not overruled)
 */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const chosen = environment.CHROME_PATH
  if (chosen) return existsSync(chosen) ? chosen : undefined
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const folders = (environment.PATH ?? '').split(delimiter).filter(Boolean)
  const candidates = folders.flatMap(folder => NAMES.map(name => join(folder, name + suffix)))
  if (process.platform === 'darwin') candidates.push(...MAC)
  if (process.platform === 'win32') {
    const roots = [environment.PROGRAMFILES, environment['PROGRAMFILES(X86)'], environment.LOCALAPPDATA]
    for (const root of roots) if (root) candidates.push(...WINDOWS.map(path => join(root, path)))
  }
  return candidates.find(path => existsSync(path))
}

/**
 * Command-line switches for an offline, quiet Chromium. As root it refuses to start with its sandbox, which needs an
 * unprivileged user; then, and only then, the sandbox is off. The pages opened are this package's own, without network.
 */
export function chromiumArguments(): string[] {
  const quiet = [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ]
  return process.getuid?.() === 0 ? ['--no-sandbox', ...quiet] : quiet
}
