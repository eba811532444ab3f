/**
 * Packages that only some commands need. A clone has them all; who installs the library into a project of their own
 * gets them when a command asks, so that the library stays small and leaves that project's tools alone.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from './packageRoot.js'

/** The line that installs optional packages in the versions that this one is tested with. */
export function installLine(...names: readonly string[]): string {
  const { peerDependencies } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as {
    peerDependencies: Record<string, string>
  }
  return `npm install ${names.map(name => `${name}@${peerDependencies[name]}`).join(' ')}`
}

const ABSENT = ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND']

/**
 * Loads an optional package.
 * @param purpose what needs it, as the beginning of a sentence
 * @param names it, and what has to be installed with it
 * @param load a call of `import()` or `require` with a name that tools can read
 * @returns what `load` returns
 * @throws Error with the line that installs the packages, if the first is not there; whatever else `load` throws
 * @example const { Redis } = await optionalPackage('the queue', ['ioredis'], () => import('ioredis'))
 */
export async function optionalPackage<T>(
  purpose: string,
  names: readonly string[],
  load: () => T | Promise<T>,
): Promise<T> {
  try {
    return await load()
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (!ABSENT.includes(code ?? '') || !names.some(name => message.includes(`'${name}`))) throw error
    throw new Error(`${purpose} needs ${names.join(' and ')}: ${installLine(...names)}`, { cause: error })
  }
}
