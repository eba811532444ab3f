import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jupyter, requireOrSkip, root } from '../support/capabilities.js'

const available = requireOrSkip('JupyterLab', jupyter !== undefined)

describe.skipIf(!existsSync(join(root, '.git')))('a fresh clone without caches', () => {
  let home: string
  let clone: string
  let env: NodeJS.ProcessEnv
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'mfl-fresh-'))
    clone = join(home, 'clone')
    expect(spawnSync('git', ['clone', '--quiet', '--no-hardlinks', root, clone]).status).toBe(0)
    const inherited = Object.entries(process.env).filter(
      ([name]) => !/^(MFL_|VITEST|NODE_ENV|INIT_CWD|npm_(?!config_))/.test(name),
    )
    env = { ...Object.fromEntries(inherited), npm_config_cache: join(home, 'npm'), PIP_CACHE_DIR: join(home, 'pip') }
  })
  afterAll(() => rmSync(home, { recursive: true, force: true }))

  const npm = (...args: string[]) => spawnSync('npm', args, { cwd: clone, env, encoding: 'utf8', maxBuffer: 1 << 28 })

  it('is set up and tested by npm test', () => {
    const { status, stdout, stderr } = npm('test', '--', 'test/base', 'test/cli/pins')
    expect(status, stdout + stderr).toBe(0)
    expect(stderr).toContain('installing the npm packages')
    expect(stderr).toContain('building dist/')
    expect(stdout).toMatch(/Test Files .*passed/)
  })

  it('has nothing left to do the second time, and stays clean', () => {
    const made = ['node_modules/.package-lock.json', 'dist/.stamp', 'dist/index.js', '.venv/pyvenv.cfg']
    const times = () => made.map(path => statSync(join(clone, path), { throwIfNoEntry: false })?.mtimeMs)
    const before = times()
    const { status, stderr } = spawnSync(process.execPath, ['scripts/setup.mjs'], { cwd: clone, env, encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: available ? 0 : 1, stderr: available ? '' : expect.any(String) })
    expect(times()).toEqual(before)
    const { stdout } = spawnSync('git', ['status', '--porcelain'], { cwd: clone, encoding: 'utf8' })
    expect(stdout).toBe('')
  })

  it.skipIf(!available)('serves the first notebook, its kernel and its renderer to whoever has the token', async () => {
    const asRoot = process.getuid?.() === 0 ? ['--allow-root'] : []
    const child = spawn(
      process.execPath,
      ['scripts/mfl.mjs', 'lab', '--json', '--', '--no-browser', '--port=0', ...asRoot],
      {
        cwd: clone,
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    let log = ''
    child.stderr.on('data', chunk => {
      log += chunk
    })
    const ended = new Promise<number | null>(resolve => child.once('exit', resolve))
    const announced = new Promise<string>((resolve, reject) => {
      let text = ''
      child.stdout.on('data', chunk => {
        text += chunk
        if (text.endsWith('}\n')) resolve(text)
      })
      child.once('exit', () => reject(new Error(log)))
    })
    try {
      const { url, port, token } = JSON.parse(await announced) as { url: string; port: number; token: string }
      expect(url).toBe(`http://127.0.0.1:${port}/lab/tree/notebooks/00-start-here.ipynb?token=${token}`)
      const get = (path: string, authorised: boolean) =>
        fetch(`http://127.0.0.1:${port}/${path}`, { headers: authorised ? { Authorization: `token ${token}` } : {} })
      expect((await fetch(url)).status).toBe(200)
      expect((await get('api/kernelspecs', false)).status).toBe(403)
      const specs = (await (await get('api/kernelspecs', true)).json()) as { default: string; kernelspecs: object }
      expect(specs.default).toBe('mean-field-limit')
      expect(Object.keys(specs.kernelspecs)).toContain('mean-field-limit')
      expect((await get('api/contents/notebooks/00-start-here.ipynb', true)).status).toBe(200)
      expect((await get('api/contents/notebooks/00-start-here.ipynb', false)).status).toBe(403)
      const page = await (await get('lab', true)).text()
      expect(page).toContain('mean-field-limit-plotly')
    } finally {
      child.kill('SIGINT')
    }
    expect(await ended, log).toBe(0)
    expect(log).not.toMatch(/Traceback|Error/)
  })

  it('pins what it says: the environment is that of requirements.txt', () => {
    if (!available) return
    const python = join(clone, '.venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
    const { stdout } = spawnSync(python, ['-m', 'pip', 'freeze', '--disable-pip-version-check'], { encoding: 'utf8' })
    const pins = readFileSync(join(clone, 'requirements.txt'), 'utf8').match(/^[a-z0-9._-]+==[\w.]+/gm)!
    const normal = (line: string): string => line.toLowerCase().replace(/[._-]+(?=.*==)/g, '-')
    const allowed = new Set(pins.map(normal))
    const installed = stdout.trim().split('\n').map(normal)
    expect(installed.length).toBeGreaterThan(50)
    expect(installed.filter(line => !allowed.has(line))).toEqual([])
  })
})
