import { existsSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FakeClone, fakeClone } from './fakeClone.js'

const posix = process.platform !== 'win32'

/** A Jupyter that writes down how it was called: its arguments, then what JUPYTER_PATH was. */
const recorder = (answers: Record<string, string>): string => `
case "$1 $2" in
${Object.entries(answers)
  .map(([call, version]) => `  "${call} --version") echo ${version}; exit 0 ;;`)
  .join('\n')}
  *" --version") exit 1 ;;
esac
for argument in "$@"; do echo "$argument"; done
echo "JUPYTER_PATH=$JUPYTER_PATH"`

const OLD_PYTHON = 'echo 3.8.18'
const PYTHON_WITHOUT_VENV = `
case "$1" in
  -c) echo 3.12.1 ;;
  *) echo "The virtual environment was not created successfully because ensurepip is not available."; exit 1 ;;
esac`

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}

describe.skipIf(!posix)('a port that is no port', () => {
  it('is refused before anything is installed, by npm start and by mfl lab', async () => {
    const clone = fakeClone('none', 'small')
    try {
      // Whatever set-up wanted to install would call one of these.
      for (const name of ['npm', 'python3', 'jupyter']) clone.command(name, 'echo installing >&2; exit 1')
      for (const [script, ...args] of [
        ['start.mjs', '--port', 'abc'],
        ['mfl.mjs', 'lab', '--port=abc'],
        ['mfl.mjs', 'lab', '--json', '--', '--port', 'abc'],
      ]) {
        expect(await clone.run(script!, args)).toEqual({
          status: 1,
          stdout: '',
          lines: ['mean-field-limit: --port must be an integer in [0, 65535], got "abc"'],
        })
      }
      expect(existsSync(join(clone.folder, 'node_modules'))).toBe(false)
    } finally {
      clone.remove()
    }
  })
})

describe.skipIf(!posix)('npm start on a machine without a usable Python', () => {
  let clone: FakeClone
  beforeAll(() => {
    clone = fakeClone('linked', 'built')
  })
  afterAll(() => clone.remove())
  beforeEach(() => {
    clone.command('python3', 'exit 127')
    clone.command('jupyter', 'exit 1')
  })

  const only = async (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> => {
    const { status, stdout, lines } = await clone.run('start.mjs', args, { env })
    expect({ status, stdout, lines }).toMatchObject({ status: 1, stdout: '', lines: [expect.any(String)] })
    return lines[0]!
  }

  it('says in one line that Python is missing', async () => {
    expect(await only([])).toMatch(
      /^mean-field-limit: Python 3\.10 or later is needed for JupyterLab, and none is on PATH/,
    )
  })

  it('says in one line that Python is too old, and which it is', async () => {
    clone.command('python3', OLD_PYTHON)
    expect(await only([])).toMatch(/Python 3\.10 or later is needed for JupyterLab, and python3 is 3\.8\.18/)
  })

  it('says in one line that the Python named in PYTHON is none', async () => {
    expect(await only([], { PYTHON: '/no/such/python' })).toMatch(/PYTHON=\/no\/such\/python is none/)
  })

  it('takes a newer Python with another name', async () => {
    clone.command('python3', OLD_PYTHON)
    clone.command('python3.12', PYTHON_WITHOUT_VENV)
    const { lines } = await clone.run('start.mjs')
    expect(lines.at(-1)).toMatch(/^mean-field-limit: python3\.12 comes without venv/)
    clone.command('python3.12', 'exit 127')
  })

  it('says how to install venv where Python comes without it', async () => {
    clone.command('python3', PYTHON_WITHOUT_VENV)
    const { status, lines } = await clone.run('start.mjs')
    expect(status).toBe(1)
    expect(lines.at(-1)).toMatch(/python3 comes without venv: install it \(Debian, Ubuntu: apt install python3-venv\)/)
    expect(existsSync(join(clone.folder, '.venv'))).toBe(false)
  })

  it('uses the JupyterLab of the machine, says so, and shows it the kernel without touching it', async () => {
    clone.command('jupyter', recorder({ lab: '4.2.5' }))
    const { status, stdout, lines } = await clone.run('start.mjs', ['--no-browser', '--debug'])
    expect(status).toBe(0)
    expect(lines[0]).toMatch(/none is on PATH.*; using the JupyterLab 4\.2\.5 of this machine instead$/)
    const said = stdout.trim().split('\n')
    expect(said[0]).toBe('lab')
    expect(said.slice(-3, -1)).toEqual(['--no-browser', '--debug'])
    expect(said).toContain('--LabApp.default_url=/lab/tree/notebooks/00-start-here.ipynb')
    expect(said).toContain('--ip=127.0.0.1')
    expect(said.join()).not.toMatch(/token|password|allow|disable|origin|xsrf/i)
    const path = said.at(-1)!.replace('JUPYTER_PATH=', '')
    expect(path.startsWith(clone.folder)).toBe(true)
    const spec = JSON.parse(readFileSync(join(path, 'kernels', 'mean-field-limit', 'kernel.json'), 'utf8'))
    expect(spec.argv[0]).toBe(process.execPath)
    expect(existsSync(join(path, 'labextensions', 'mean-field-limit-plotly', 'package.json'))).toBe(true)
  })

  it('uses Notebook 7 where there is no JupyterLab', async () => {
    clone.command('jupyter', recorder({ notebook: '7.2.1' }))
    const { stdout, lines } = await clone.run('start.mjs', [])
    expect(lines.join('\n')).toMatch(/using the Jupyter Notebook 7\.2\.1 of this machine/)
    expect(lines.join('\n')).not.toMatch(/too old/)
    expect(stdout.split('\n').slice(0, 2)).toEqual(['notebook', join(clone.folder, 'notebooks', '00-start-here.ipynb')])
  })

  it('uses the classic notebook too, and says what it can not do', async () => {
    clone.command('jupyter', recorder({ notebook: '6.5.4' }))
    const { status, lines } = await clone.run('start.mjs', [])
    expect(status).toBe(0)
    expect(lines.join('\n')).toMatch(/Jupyter Notebook 6\.5\.4 shows figures as images/)
  })

  describe('with a JupyterLab', () => {
    beforeEach(() => clone.command('jupyter', recorder({ lab: '4.2.5' })))

    it('refuses a port that is taken, in one line', async () => {
      const server = await listen(0)
      const { port } = server.address() as { port: number }
      try {
        for (const flags of [['--port', `${port}`], [`--port=${port}`], [`--ServerApp.port=${port}`]]) {
          const { status, stdout, lines } = await clone.run('start.mjs', flags)
          expect(status).toBe(1)
          expect(stdout).toBe('')
          expect(lines.at(-1)).toMatch(new RegExp(`^mean-field-limit: port ${port} is taken: choose another one`))
        }
      } finally {
        server.close()
      }
      const { status, stdout } = await clone.run('start.mjs', ['--port', `${port}`])
      expect(status).toBe(0)
      expect(stdout).toContain('--port-retries=0')
    })

    it('takes the next port where the usual one is taken, and says so', async () => {
      const server = await listen(8888).catch(() => undefined)
      try {
        const { status, stdout, lines } = await clone.run('start.mjs', [])
        expect(status).toBe(0)
        const port = /--port=(\d+)/.exec(stdout)![1]
        expect(port).not.toBe('8888')
        expect(lines).toContain(`mean-field-limit: port 8888 is taken, using ${port}`)
      } finally {
        server?.close()
      }
    })

    it('refuses a port that is no port', async () => {
      for (const port of ['abc', '-1', '65536', '']) {
        const { status, lines } = await clone.run('start.mjs', ['--port', port])
        expect(status).toBe(1)
        expect(lines.at(-1)).toBe(`mean-field-limit: --port must be an integer in [0, 65535], got "${port}"`)
      }
    })

    it('opens the notebook that is named, and says where they are if it does not exist', async () => {
      clone.write('notebooks/06 growth.ipynb', '{}')
      const good = await clone.run('start.mjs', ['notebooks/06 growth.ipynb', '--no-browser'])
      expect(good.stdout).toContain('--LabApp.default_url=/lab/tree/notebooks/06%20growth.ipynb')
      const bad = await clone.run('start.mjs', ['--port', '0', 'nothing.ipynb'])
      expect(bad.status).toBe(1)
      expect(bad.lines.at(-1)).toMatch(/there is no nothing\.ipynb; the notebooks are in /)
    })

    it('leaves folder and address to the user who gives them', async () => {
      const { stdout } = await clone.run('start.mjs', ['--notebook-dir=/tmp', '--ip=127.0.0.1'])
      expect(stdout).not.toMatch(/root_dir|default_url/)
      expect(stdout.match(/--ip/g)).toHaveLength(1)
    })

    it("passes on JupyterLab's own exit code", async () => {
      clone.command('jupyter', `case "$2" in --version) echo 4.2.5 ;; *) exit 3 ;; esac`)
      expect((await clone.run('start.mjs')).status).toBe(3)
    })
  })
})
