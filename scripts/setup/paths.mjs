// Where things are.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The clone (or the installed package). */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '')

export const inRoot = (...parts) => join(root, ...parts)

export const windows = process.platform === 'win32'

/** The project's own Python environment. */
export const venv = inRoot('.venv')

export const venvPython = windows ? join(venv, 'Scripts', 'python.exe') : join(venv, 'bin', 'python')

/** Held by whichever process installs packages or builds. */
export const setupLock = inRoot('.cache', 'setup.lock')

/** Held by whichever process makes .venv: that may go on beside the others. */
export const venvLock = inRoot('.cache', 'venv.lock')
