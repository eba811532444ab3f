/**
 * What a stored number depends on besides its parameters: versions, commit, machine.
 */
import { execFileSync } from 'node:child_process'
import { cpus } from 'node:os'
import { packageRoot, packageVersion } from './packageRoot.js'

export interface Provenance {
  readonly package: string
  readonly version: string
  /** The commit of the clone that ran, with '-dirty' when files differ from it; 'none' in a published package. */
  readonly commit: string
  readonly node: string
  readonly v8: string
  readonly cpu: string
}

/** Package, commit, engine and processor. @example provenance().version // '0.1.0' */
export function provenance(): Provenance {
  return {
    package: 'mean-field-limit',
    version: packageVersion(),
    commit: commitOf(packageRoot()),
    node: process.versions.node,
    v8: process.versions.v8,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
  }
}

function commitOf(folder: string): string {
  try {
    // A package inside somebody else's repository has no commit of its own.
    const root = git(folder, ['rev-parse', '--show-prefix'])
    return root === '' ? git(folder, ['describe', '--always', '--dirty', '--exclude=*', '--abbrev=40']) : 'none'
  } catch {
    return 'none'
  }
}

function git(folder: string, args: readonly string[]): string {
  return execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
}
