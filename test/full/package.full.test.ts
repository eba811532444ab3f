// The package as somebody installs it into a project of their own, which has a compiler of its own.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../support/capabilities.js'

const {
  devDependencies,
  exports: entries,
  peerDependencies,
} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const MEGABYTE = 2 ** 20

function sizeOf(path: string): number {
  const status = statSync(path)
  if (!status.isDirectory()) return status.size
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0)
}

describe.skipIf(!existsSync(join(root, '.git')))('the package in a project of somebody', () => {
  let project: string
  const run = (command: string, ...args: string[]) =>
    spawnSync(command, args, { cwd: project, encoding: 'utf8', maxBuffer: 1 << 26 })
  const node = (code: string) => run(process.execPath, '--input-type=module', '--eval', code)

  beforeAll(() => {
    project = mkdtempSync(join(tmpdir(), 'mfl-project-'))
    const packed = spawnSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', project], {
      cwd: root,
      encoding: 'utf8',
    })
    expect(packed.status, packed.stderr).toBe(0)
    const manifest = { name: 'theirs', private: true, type: 'module' }
    writeFileSync(join(project, 'package.json'), JSON.stringify(manifest))
    const archive = join(project, packed.stdout.trim().split('\n').at(-1)!)
    const compiler = `typescript@${devDependencies.typescript}`
    const types = `@types/node@${devDependencies['@types/node']}`
    const installed = run('npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts', archive, compiler, types)
    expect(installed.status, installed.stderr).toBe(0)
  })
  afterAll(() => rmSync(project, { recursive: true, force: true }))

  it('takes less than 60 MB, their compiler apart', () => {
    const modules = join(project, 'node_modules')
    const size = (sizeOf(modules) - sizeOf(join(modules, 'typescript'))) / MEGABYTE
    expect(size).toBeGreaterThan(10)
    expect(size).toBeLessThan(60)
  })

  it('runs no script at installation', () => {
    const { packages } = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { hasInstallScript?: boolean }>
    }
    expect(Object.keys(packages).length).toBeGreaterThan(10)
    expect(Object.entries(packages).filter(([, entry]) => entry.hasInstallScript === true)).toEqual([])
  })

  it('leaves their compiler alone', () => {
    const { stdout } = run(process.execPath, 'node_modules/.bin/tsc', '--version')
    expect(stdout).toContain(devDependencies.typescript)
  })

  it('has none of the packages that only some commands need, and says how to get one', () => {
    for (const name of Object.keys(peerDependencies))
      expect(existsSync(join(project, 'node_modules', ...name.split('/'))), name).toBe(false)
    const { status, stderr } = run(process.execPath, 'node_modules/.bin/mfl', 'run', 'nothing.ipynb')
    expect(status).not.toBe(0)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    mkdirSync(join(project, 'jupyter'))
    const setup = run(process.execPath, 'node_modules/.bin/mfl', 'setup', '--prefix', 'jupyter')
    expect(setup.status).not.toBe(0)
    expect(setup.stderr).toContain(`npm install tslab@${peerDependencies.tslab}`)
    const status_ = run(
      process.execPath,
      'node_modules/.bin/mfl',
      'ensemble',
      'status',
      '--queue',
      'redis://127.0.0.1:1',
    )
    expect(status_.stderr).toContain(
      `npm install bullmq@${peerDependencies.bullmq} ioredis@${peerDependencies.ioredis}`,
    )
  })

  it('answers to its name and to every sub-path', () => {
    const names = Object.keys(entries).filter(name => !name.endsWith('.json'))
    const code = names.map(name => `console.log(Object.keys(await import('mean-field-limit${name.slice(1)}')).length)`)
    const { status, stdout, stderr } = node(code.join('\n'))
    expect(status, stderr).toBe(0)
    const counts = stdout.trim().split('\n').map(Number)
    expect(counts).toHaveLength(names.length)
    for (const count of counts) expect(count).toBeGreaterThan(3)
  })

  it('computes', () => {
    const code = `
      import { coupledFlow, gaussianLaw } from 'mean-field-limit'
      const run = await coupledFlow({ law: gaussianLaw(), N: 64, delta: 0.25, T: 0.5, seed: 3 })
      console.log(run.columns.position.at(-1) > 0)`
    const { stdout, stderr } = node(code)
    expect(stdout, stderr).toBe('true\n')
  })

  it.each(['NodeNext', 'Bundler'])('has types that %s resolution accepts, declaration files checked', resolution => {
    const imports = Object.keys(entries)
      .filter(name => !name.endsWith('.json'))
      .map((name, i) => `import * as room${i} from 'mean-field-limit${name.slice(1)}'\nconsole.log(room${i})`)
    writeFileSync(join(project, 'all.ts'), imports.join('\n'))
    const module_ = resolution === 'NodeNext' ? 'NodeNext' : 'ESNext'
    const flags = [
      '--noEmit',
      '--strict',
      '--target',
      'es2022',
      '--types',
      'node',
      '--lib',
      'es2022,dom',
      '--skipLibCheck',
      'false',
    ]
    const compiler = ['node_modules/.bin/tsc', ...flags, '--module', module_, '--moduleResolution', resolution]
    const { status, stdout } = run(process.execPath, ...compiler, 'all.ts')
    expect(stdout).toBe('')
    expect(status).toBe(0)
  })
})
