import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { root } from '../support/capabilities.js'

/** The other supported lines of Node, from the npm registry. */
const OTHERS = ['22', '24']

interface Digest {
  readonly version: string
  readonly result: Readonly<Record<string, string>>
  readonly control: string
}

function run(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 })
  expect(status, stdout + stderr).toBe(0)
  return stdout
}

/** npx puts the chosen Node on PATH; what runs in it runs everything else in it. */
const withNode = (version: string, ...args: string[]): string => run('npx', ['--yes', `node@${version}`, ...args])

const script = join(root, 'test', 'full', 'streamDigest.mjs')
const dist = join(root, 'dist')

describe('random streams and samples', () => {
  let here: Digest
  const digests = new Map<string, Digest>()
  beforeAll(() => {
    here = JSON.parse(run(process.execPath, [script, dist]))
    for (const version of OTHERS) digests.set(version, JSON.parse(withNode(version, script, dist)))
  })

  it.each(OTHERS)('have the same bits on Node %s as here', version => {
    const { version: ran, result } = digests.get(version)!
    expect(ran.startsWith(`v${version}.`)).toBe(true)
    expect(Object.keys(result).length).toBeGreaterThanOrEqual(8)
    expect(result).toEqual(here.result)
  })

  it('would not have, had they used the Math of the engine', () => {
    const controls = [here, ...digests.values()].map(({ control }) => control)
    expect(new Set(controls).size).toBeGreaterThan(1)
  })
})

/** What reads the measured records of the claims, which are shared in one run of the tests. */
const OF_CLAIMS = ['api', 'claims', 'examples', 'figures']

/** Folders of tests of the library and of the command line. Set-up has been tested once, on the Node of this run. */
const folders = readdirSync(join(root, 'test'), { withFileTypes: true })
  .filter(entry => entry.isDirectory() && !['cli', 'full', 'support'].includes(entry.name))
  .map(entry => entry.name)
const share = (k: number): string[] => folders.filter(name => OF_CLAIMS.includes(name) === (k === 0))
const paths = (names: readonly string[]): string[] => names.map(name => `test/${name}/`)

/** The number of tests that passed. */
function passed(version: string, ...args: string[]): number {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const output = withNode(version, vitest, 'run', ...args)
  return Number(/Tests\D+(\d+) passed/.exec(stripVTControlCharacters(output))![1])
}

// What rests on Node's own parts, threads, processes, files and terminals, runs on each; of the others every file on one of them.
describe.each(OTHERS.map((version, k) => [version, k] as const))('on Node %s', (version, k) => {
  it('the tests of processes, threads and commands pass', () => {
    const commands = [...paths(folders), 'test/cli/mfl', 'test/cli/report']
    expect(passed(version, '--project', 'processes', '--project', 'commands', ...commands)).toBeGreaterThan(200)
  })

  it('the unit tests pass, of which each of these versions runs its share', () => {
    expect(passed(version, '--project', 'unit', ...paths(share(k)))).toBeGreaterThan(500)
  })
})
