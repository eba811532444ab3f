import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
// @ts-expect-error: plain JavaScript without declarations
import { nodeProblem } from '../../scripts/node-version.mjs'
// @ts-expect-error: plain JavaScript without declarations
import { installedMatches, npmProblem } from '../../scripts/setup/npm.mjs'
// @ts-expect-error: plain JavaScript without declarations
import { pipProblem } from '../../scripts/setup/python.mjs'
import { requireOrSkip, root } from '../support/capabilities.js'
import { type FakeClone, fakeClone, type Outcome, realPython, unprivileged } from './fakeClone.js'

/** A port where nobody listens. */
const NOWHERE = 'http://127.0.0.1:9/'

let clone: FakeClone
afterEach(() => clone?.remove())

describe('the version of Node', () => {
  it.each(['v20.19.0', 'v20.20.2', 'v22.12.0', 'v22.20.1', 'v24.0.0', 'v26.1.0'])('%s is new enough', version => {
    expect(nodeProblem(version)).toBeUndefined()
  })

  it.each(['v12.22.12', 'v18.20.4', 'v20.18.3', 'v21.7.3', 'v22.11.0', 'v23.11.1', 'nonsense'])(
    '%s is not',
    version => {
      expect(nodeProblem(version)).toContain(`this is ${version}`)
    },
  )

  it('that is too old ends every script with one line and exit code 1', async () => {
    clone = fakeClone('none', 'small')
    clone.write('old.cjs', "Object.defineProperty(process, 'version', { value: 'v18.20.4' })")
    for (const script of ['start.mjs', 'test.mjs', 'mfl.mjs', 'setup.mjs', 'build.mjs']) {
      const outcome = await clone.run(script, [], { node: ['--require', join(clone.folder, 'old.cjs')] })
      expect(outcome).toMatchObject({
        status: 1,
        stdout: '',
        lines: [expect.stringMatching(/20\.19 or later.*v18\.20\.4/)],
      })
    }
  })
})

describe('the npm packages', () => {
  it('can not be installed without network, which is said in one line', async () => {
    clone = fakeClone('none', 'small')
    const env = {
      npm_config_registry: NOWHERE,
      npm_config_cache: join(clone.folder, 'cache'),
      npm_config_fetch_retries: '0',
    }
    const { status, stdout, lines } = await clone.run('mfl.mjs', ['claims', '--json'], {
      env: { ...env, PATH: process.env.PATH },
    })
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(lines).toEqual([
      expect.stringMatching(/installing the npm packages/),
      expect.stringMatching(/npm cannot reach its registry \(ECONNREFUSED\): connect to the network/),
    ])
  })

  it('are left alone if they are what the lock wants, whoever installed them', () => {
    const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'))
    const lock = read('package-lock.json')
    const installed = read('node_modules/.package-lock.json')
    expect(installedMatches(lock, installed)).toBe(true)
    const without = structuredClone(installed)
    delete without.packages['node_modules/commander']
    expect(installedMatches(lock, without)).toBe(false)
    const older = structuredClone(installed)
    older.packages['node_modules/commander'].version = '1.0.0'
    expect(installedMatches(lock, older)).toBe(false)
    const elsewhere = structuredClone(installed)
    elsewhere.packages['node_modules/commander'].os = ['plan9']
    expect(installedMatches(lock, elsewhere)).toBe(false)
  })

  it('that fail for another reason have that reason in the line', () => {
    const output = 'npm error code EUSAGE\nnpm error\nnpm error `npm ci` can only install packages when …'
    expect(npmProblem(output, 1)).toBe('npm ci failed (exit code 1): `npm ci` can only install packages when …')
    expect(npmProblem('npm ERR! code EACCES', 243)).toMatch(/^no write access/)
    expect(npmProblem('Killed', null)).toBe('npm ci failed (exit code null)')
  })
})

const python = realPython()
describe.skipIf(!requireOrSkip('JupyterLab', python !== undefined))('the Python packages', () => {
  it('can not be installed without network, which is said in one line, and .venv does not count as made', async () => {
    clone = fakeClone('linked', 'built')
    const env = {
      PYTHON: python!,
      PIP_INDEX_URL: NOWHERE,
      PIP_RETRIES: '1',
      PIP_CONFIG_FILE: '/dev/null',
      PIP_NO_CACHE_DIR: '1',
    }
    const { status, lines } = await clone.run('start.mjs', [], { env })
    expect(status).toBe(1)
    expect(lines).toEqual([
      expect.stringMatching(/making \.venv with JupyterLab/),
      expect.stringMatching(/pip cannot reach the Python package index: connect to the network/),
    ])
    expect(readdirSync(join(clone.folder, '.venv')).filter(name => name.includes('stamp'))).toEqual([])
  })

  it('that fail for another reason have that reason in the line', () => {
    expect(pipProblem('Collecting x\nERROR: THESE PACKAGES DO NOT MATCH THE HASHES', 'pip install')).toBe(
      'pip install failed: THESE PACKAGES DO NOT MATCH THE HASHES',
    )
    expect(pipProblem('OSError: [Errno 30] Read-only file system', 'pip install')).toMatch(/^no write access/)
  })
})

describe.skipIf(unprivileged === undefined)('a clone without write access', () => {
  const readOnly = (): Parameters<FakeClone['run']>[2] => {
    if (unprivileged!.uid === undefined) chmodSync(clone.folder, 0o555)
    return { uid: unprivileged!.uid }
  }
  afterEach(() => chmodSync(clone.folder, 0o755))

  it('can not be set up, which is said in one line', async () => {
    clone = fakeClone('none', 'small')
    const { status, stdout, lines } = await clone.run('start.mjs', [], readOnly())
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(lines).toEqual([expect.stringMatching(/no write access to .* \(EACCES\): work in a clone that you own/)])
  })

  it('is no hindrance to a command when everything is built', async () => {
    clone = fakeClone('linked', 'built')
    const { status, stdout } = await clone.run('mfl.mjs', ['--version'], readOnly())
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: `${JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version}\n`,
    })
  })
})

describe('the build', () => {
  // One clone in which three processes have built at once; each test has a copy.
  let first: FakeClone
  let outcomes: Outcome[]
  beforeAll(async () => {
    first = fakeClone('linked', 'small')
    outcomes = await Promise.all([1, 2, 3].map(() => first.run('build.mjs')))
  })
  afterAll(() => first.remove())
  beforeEach(() => {
    clone = fakeClone('linked', 'small')
    for (const name of ['src', 'dist']) cpSync(join(first.folder, name), join(clone.folder, name), { recursive: true })
  })
  const listed = (): string[] => readdirSync(join(clone.folder, 'dist')).sort()

  it('is done once by three processes that start together, and is whole', async () => {
    for (const { status, stdout } of outcomes) expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
    expect(outcomes.filter(({ lines }) => lines.join().includes('building dist/'))).toHaveLength(1)
    expect(listed()).toEqual(expect.arrayContaining(['.stamp', 'index.d.ts', 'index.js', 'wasm']))
    expect(existsSync(join(first.folder, '.cache', 'setup.lock'))).toBe(false)
    const { lines } = await clone.run('build.mjs')
    expect(lines).toEqual(['mean-field-limit: dist/ is up to date'])
  })

  it('follows the sources, and their names', async () => {
    clone.write('src/index.ts', 'export const answer: number = 43\n')
    clone.write('src/more.ts', 'export const more: number = 1\n')
    await clone.run('build.mjs')
    expect(readFileSync(join(clone.folder, 'dist', 'index.js'), 'utf8')).toContain('43')
    expect(listed()).toContain('more.js')
    rmSync(join(clone.folder, 'src', 'more.ts'))
    await clone.run('build.mjs')
    expect(listed()).not.toContain('more.js')
  })

  it('that fails says so and leaves the last good one', async () => {
    clone.write('src/index.ts', "export const answer: number = 'forty-two'\n")
    const { status, lines } = await clone.run('build.mjs')
    expect(status).toBe(1)
    expect(lines.join('\n')).toMatch(/index\.ts\(1,14\): error TS2322/)
    expect(lines.at(-1)).toMatch(/TypeScript failed \(exit code \d\)/)
    expect(readFileSync(join(clone.folder, 'dist', 'index.js'), 'utf8')).toContain('42')
  })

  it('compiles the WebAssembly anew when its sources change, and only then', async () => {
    const generated = join(clone.folder, 'src', 'wasm', 'core.generated.ts')
    // A comment that no compiler makes.
    writeFileSync(generated, `${readFileSync(generated, 'utf8')}// kept\n`)
    clone.write('src/more.ts', 'export const more: number = 1\n')
    expect((await clone.run('build.mjs')).status).toBe(0)
    expect(readFileSync(generated, 'utf8')).toContain('// kept')
    clone.write('src/wasm/assembly/index.ts', 'export function answer(): i32 {\n  return nothing\n}\n')
    const { status, lines } = await clone.run('build.mjs')
    expect({ status, last: lines.at(-1) }).toEqual({ status: 1, last: expect.stringMatching(/AssemblyScript failed/) })
  })

  it('takes over the lock of a process that died, and waits for one that lives', async () => {
    const lock = join(clone.folder, '.cache', 'setup.lock')
    mkdirSync(lock, { recursive: true })
    const { pid } = spawnSync(process.execPath, ['--version'])
    writeFileSync(join(lock, 'pid'), String(pid))
    clone.write('src/more.ts', 'export const more: number = 1\n')
    expect((await clone.run('build.mjs')).status).toBe(0)
    expect(listed()).toContain('more.js')
    mkdirSync(lock, { recursive: true })
    writeFileSync(join(lock, 'pid'), String(process.pid))
    let done = false
    const waiting = clone.run('build.mjs', ['--force']).then(outcome => {
      done = true
      return outcome
    })
    await new Promise(resolve => setTimeout(resolve, 1500))
    expect(done).toBe(false)
    rmSync(lock, { recursive: true })
    const { status, lines } = await waiting
    expect(status).toBe(0)
    expect(lines[0]).toContain(`waiting for another set-up of this clone (process ${process.pid})`)
  })
})

describe.skipIf(process.platform === 'win32')('npm test on a machine without Python', () => {
  beforeEach(() => {
    clone = fakeClone('none', 'small')
    // A clone whose packages are in place, with a vitest that only writes down how it was called.
    for (const name of ['typescript', 'assemblyscript', 'binaryen', 'long']) {
      clone.write(`node_modules/${name}/package.json`, '{}')
    }
    clone.write('node_modules/.package-lock.json', readFileSync(join(root, 'node_modules/.package-lock.json'), 'utf8'))
    // Compilers that only make what the build looks for.
    const value = (flag: string): string => `process.argv[process.argv.indexOf('${flag}') + 1]`
    const tsc = `const fs = require('fs'), folder = ${value('--outDir')}; fs.mkdirSync(folder, { recursive: true })`
    clone.write('node_modules/typescript/bin/tsc', `${tsc}; fs.writeFileSync(folder + '/index.js', '')`)
    clone.write('node_modules/assemblyscript/package.json', '{ "type": "module" }')
    const asc = `import { writeFileSync } from 'node:fs'; writeFileSync(${value('--outFile')}, '')`
    clone.write('node_modules/assemblyscript/bin/asc.js', asc)
    clone.write('node_modules/vite/package.json', '{ "type": "module", "main": "index.js" }')
    clone.write('node_modules/vite/index.js', 'export const build = async () => undefined')
    clone.write('node_modules/yaml/index.js', 'exports.parse = () => ({})')
    const vitest =
      'const { MFL_FULL, MFL_LONG, FAKE } = process.env; console.log(process.argv.slice(2).join(" "), "full", MFL_FULL, "long", MFL_LONG); process.exit(Number(FAKE ?? 0))'
    clone.write('node_modules/vitest/vitest.mjs', vitest)
  })

  it('runs the tests all the same, after one loud line', async () => {
    const { status, stdout, lines } = await clone.run('test.mjs', ['test/base', '-t', 'x'])
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'run test/base -t x full undefined long undefined\n' })
    expect(lines.filter(line => line.includes('NO JUPYTERLAB: Python 3.10 or later is needed'))).toHaveLength(1)
  })

  it('begins to make .venv before the build has ended', async () => {
    const begun = join(clone.folder, 'begun')
    clone.command('python3', `case "$*" in *venv*) : > '${begun}'; exit 1;; *) echo 3.12.1;; esac`)
    // A compiler that waits for it.
    const path = join(clone.folder, 'node_modules', 'typescript', 'bin', 'tsc')
    const waits = `const { existsSync } = require('fs'), end = Date.now() + 600000
      while (!existsSync('${begun}')) if (Date.now() > end) process.exit(1)\n`
    writeFileSync(path, waits + readFileSync(path, 'utf8'))
    const { status, lines } = await clone.run('test.mjs')
    expect(status).toBe(0)
    expect(lines.filter(line => line.includes('NO JUPYTERLAB: python3 -m venv failed'))).toHaveLength(1)
  })

  it('hands on the exit code of the tests, and --full and --long', async () => {
    const { status, stdout } = await clone.run('test.mjs', ['--full'], { env: { FAKE: '7' } })
    expect({ status, stdout }).toEqual({ status: 7, stdout: 'run full 1 long undefined\n' })
    const { stdout: long } = await clone.run('test.mjs', ['--long', 'long.test'])
    expect(long).toBe('run long.test full undefined long 1\n')
  })

  it('fails under CI=true, though the tests pass', async () => {
    const { status, lines } = await clone.run('test.mjs', [], { env: { CI: 'true' } })
    expect(status).toBe(1)
    expect(lines.at(-1)).toMatch(/with CI set, tests without JupyterLab are a failure/)
  })
})
