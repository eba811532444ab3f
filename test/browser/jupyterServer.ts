/** A JupyterLab of the test's own: its folders, its port, its token, and only the extension and kernel given to it. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Notebook } from '../../src/notebook/notebookFile.js'

export interface JupyterServer {
  /** The folder that it serves. */
  readonly folder: string
  /** Address of a page: 'lab/tree/a.ipynb', 'notebooks/a.ipynb'. */
  page(path: string): string
  /** Whether no kernel is starting or busy, and there is at least one. */
  idle(): Promise<boolean>
  /** A notebook as it is stored on disk now. */
  notebook(path: string): Promise<Notebook>
  stop(): Promise<void>
}

/**
 * @param jupyter the `jupyter` command
 * @param prefix where the kernelspec and the labextension have been installed
 */
export async function startJupyter(jupyter: string, prefix: string): Promise<JupyterServer> {
  const home = mkdtempSync(join(tmpdir(), 'mfl-jupyter-'))
  const folder = join(home, 'notebooks')
  mkdirSync(folder)
  const settings = join(home, 'settings')
  // A question about news from the network would lie over the notebook.
  writeSetting(settings, '@jupyterlab/apputils-extension/notification', { fetchNews: 'false', checkForUpdates: false })
  const port = await freePort()
  const token = randomBytes(16).toString('hex')
  const root = process.getuid?.() === 0 ? ['--allow-root'] : []
  const child = spawn(
    jupyter,
    ['lab', '--no-browser', '--ip=127.0.0.1', `--port=${port}`, '--ServerApp.port_retries=0', ...root],
    {
      cwd: folder,
      env: {
        ...process.env,
        JUPYTER_PATH: join(prefix, 'share', 'jupyter'),
        JUPYTER_TOKEN: token,
        JUPYTER_CONFIG_DIR: join(home, 'config'),
        JUPYTER_DATA_DIR: join(home, 'data'),
        JUPYTER_RUNTIME_DIR: join(home, 'runtime'),
        JUPYTERLAB_SETTINGS_DIR: settings,
        JUPYTERLAB_WORKSPACES_DIR: join(home, 'workspaces'),
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  let log = ''
  child.stderr.on('data', chunk => {
    log = (log + chunk).slice(-4000)
  })
  const exited = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const address = `http://127.0.0.1:${port}`
  const get = async (path: string) => {
    const response = await fetch(`${address}/${path}`, { headers: { Authorization: `token ${token}` } })
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    return response.json() as Promise<unknown>
  }
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    const late = setTimeout(() => child.kill('SIGKILL'), 10_000)
    await exited
    clearTimeout(late)
    rmSync(home, { recursive: true, force: true })
  }
  for (let i = 0; ; i++) {
    try {
      await get('api/status')
      break
    } catch (cause) {
      if (child.exitCode !== null || i === 4500) {
        await stop()
        throw new Error(`JupyterLab did not start:\n${log}`, { cause })
      }
      await new Promise(resolve => setTimeout(resolve, 200))
    }
  }
  return {
    folder,
    page: path => `${address}/${path}?token=${token}`,
    async idle() {
      const kernels = (await get('api/kernels')) as { execution_state: string }[]
      return kernels.length > 0 && kernels.every(kernel => kernel.execution_state === 'idle')
    },
    async notebook(path) {
      // While a notebook is being saved, the server answers 400 (a part of it), 404 or 500; a lasting fault stays one.
      for (let tries = 20; ; tries--) {
        try {
          return ((await get(`api/contents/${path}`)) as { content: Notebook }).content
        } catch (error) {
          if (tries === 0) throw error
          await new Promise(resolve => setTimeout(resolve, 250))
        }
      }
    },
    stop,
  }
}

function writeSetting(folder: string, plugin: string, value: unknown): void {
  const path = join(folder, `${plugin}.jupyterlab-settings`)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, JSON.stringify(value))
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
