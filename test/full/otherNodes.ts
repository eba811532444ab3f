/** What runs on the other supported lines of Node, which npx gets from the npm registry. */
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { expect } from 'vitest'
import { root } from '../support/capabilities.js'

export const OTHERS = ['22', '24']

/** The standard output of a command that succeeds. */
export function run(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 })
  expect(status, stdout + stderr).toBe(0)
  return stdout
}

/** npx puts the chosen Node on PATH; what runs in it runs everything else in it. */
export const withNode = (version: string, ...args: string[]): string =>
  run('npx', ['--yes', `node@${version}`, ...args])

/** Folders of tests of the library and of the command line. Set-up has been tested once, on the Node of this run. */
export const folders: readonly string[] = readdirSync(join(root, 'test'), { withFileTypes: true })
  .filter(entry => entry.isDirectory() && !['cli', 'full', 'support'].includes(entry.name))
  .map(entry => entry.name)

export const paths = (names: readonly string[]): string[] => names.map(name => `test/${name}/`)

/** The number of tests that passed. */
export function passed(version: string, ...args: string[]): number {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const output = withNode(version, vitest, 'run', ...args)
  return Number(/Tests\D+(\d+) passed/.exec(stripVTControlCharacters(output))![1])
}
