// What Docker and Binder would run, run here without them: the steps of the Dockerfile that need no engine and no
// administrator, and Binder's postBuild, in a copy of what they would copy.
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jupyter, requireOrSkip, root } from '../support/capabilities.js'
import { instructions, parsed } from '../support/dockerfile.js'

const able = requireOrSkip('JupyterLab', jupyter !== undefined)

describe.skipIf(!existsSync(join(root, '.git')) || !able)('elsewhere', () => {
  const steps = instructions(readFileSync(join(root, 'Dockerfile'), 'utf8'))
  let home: string
  let place: string
  let env: NodeJS.ProcessEnv
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'mfl-docker-'))
    place = join(home, 'mean-field-limit')
    const git = (...args: string[]) =>
      spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 })
        .stdout.split('\0')
        .filter(Boolean)
    const all = git('ls-files', '-z', '--cached', '--others', '--exclude-standard')
    const ignored = new Set(git('ls-files', '-z', '--cached', '--ignored', '--exclude-from=.dockerignore'))
    for (const path of all) {
      if (ignored.has(path) || !existsSync(join(root, path))) continue
      mkdirSync(dirname(join(place, path)), { recursive: true })
      cpSync(join(root, path), join(place, path))
    }
    const inherited = Object.entries(process.env).filter(
      ([name]) => !/^(MFL_|VITEST|NODE_ENV|INIT_CWD|npm_(?!config_))/.test(name),
    )
    // What has been fetched before need not be fetched again.
    const caches = { npm_config_cache: join(homedir(), '.npm'), PIP_CACHE_DIR: join(homedir(), '.cache', 'pip') }
    env = { ...caches, ...Object.fromEntries(inherited), HOME: home }
  })
  afterAll(() => rmSync(home, { recursive: true, force: true }))

  it('the set-up step of the Dockerfile makes everything from what is copied', () => {
    const step = steps.find(({ name, text }) => name === 'RUN' && text.includes('setup.mjs'))!
    const command = step.text.replaceAll('/home/node', home)
    const { status, stderr } = spawnSync('sh', ['-c', command], { cwd: place, env, encoding: 'utf8' })
    expect(status, stderr).toBe(0)
    for (const made of ['dist/index.js', '.venv/share/jupyter/kernels/mean-field-limit/kernel.json'])
      expect(existsSync(join(place, made)), made).toBe(true)
  })

  it('its command serves JupyterLab, its health check sees that, and a signal ends it', async () => {
    const port = await freePort()
    const here = (name: string): string[] =>
      parsed(steps.find(instruction => instruction.name === name)!.text)!.map(word =>
        word.replaceAll('8888', `${port}`),
      )
    const [command, ...args] = here('CMD')
    // In the image the user is not root.
    const asRoot = process.getuid?.() === 0 ? ['--allow-root'] : []
    const child = spawn(command!, [...args, ...asRoot], { cwd: place, env, stdio: ['ignore', 'ignore', 'pipe'] })
    let log = ''
    child.stderr.on('data', chunk => {
      log += chunk
    })
    const ended = new Promise<number | null>(resolve => child.once('exit', resolve))
    const [probe, ...probeArgs] = here('HEALTHCHECK')
    const healthy = () => spawnSync(probe!, probeArgs, { env }).status === 0
    expect(healthy(), 'before it is up (control)').toBe(false)
    try {
      for (let i = 0; i < 60 && !healthy(); i++) await new Promise(resolve => setTimeout(resolve, 500))
      expect(healthy(), log).toBe(true)
    } finally {
      child.kill('SIGTERM')
    }
    expect(await ended, log).toBe(0)
  })

  it("Binder's postBuild puts kernel and renderer into the environment that Binder names", () => {
    const prefix = join(home, 'environment')
    mkdirSync(prefix)
    const { status, stderr } = spawnSync('binder/postBuild', [], {
      cwd: place,
      env: { ...env, NB_PYTHON_PREFIX: prefix },
      encoding: 'utf8',
    })
    expect(status, stderr).toBe(0)
    const kernel = JSON.parse(readFileSync(join(prefix, 'share/jupyter/kernels/mean-field-limit/kernel.json'), 'utf8'))
    expect(existsSync(kernel.argv[0])).toBe(true)
    expect(kernel.argv.some((word: string) => word.startsWith(place))).toBe(true)
    expect(existsSync(join(prefix, 'share/jupyter/labextensions/mean-field-limit-plotly/package.json'))).toBe(true)
  })
})

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
