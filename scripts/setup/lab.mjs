// npm start: set-up, then JupyterLab at the first notebook, until Ctrl-C.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import { inRoot, root, windows } from './paths.mjs'
import { addressFlags, flagValue, wantedPort } from './port.mjs'
import { guarded, Problem, say } from './problem.mjs'
import { prepareJupyter, prepareNode } from './steps.mjs'

const FIRST_NOTEBOOK = 'notebooks/00-start-here.ipynb'

/** Of src/notebook/kernel/installKernelspec.ts. */
const KERNEL = 'mean-field-limit'

/** Flags that are followed by a value, so that the value is not taken for a notebook. */
const TAKES_VALUE = /^--(port|ip|port-retries|notebook-dir|config|log-level|browser|[A-Z]\w+\.\w+)$/

/** The notebook that the user named, if any. */
export function namedNotebook(flags) {
  return flags.find((flag, index) => !flag.startsWith('-') && !(index > 0 && TAKES_VALUE.test(flags[index - 1])))
}

/**
 * All flags for Jupyter: ours first, so that the user's win. JupyterLab opens at the notebook by its default URL,
 * which, unlike a file argument, is also in the address that --no-browser prints.
 */
async function allFlags(flags, jupyter) {
  const added = await addressFlags(flags)
  added.push(`--MultiKernelManager.default_kernel_name=${KERNEL}`)
  if (flagValue(flags, ['--notebook-dir', '--ServerApp.root_dir', '--NotebookApp.notebook_dir']) !== undefined) {
    return [...added, ...flags]
  }
  const named = namedNotebook(flags)
  const path = named === undefined ? inRoot(FIRST_NOTEBOOK) : resolve(process.env.INIT_CWD ?? process.cwd(), named)
  if (named !== undefined && !existsSync(path)) {
    throw new Problem(`there is no ${named}; the notebooks are in ${inRoot('notebooks')}`)
  }
  const rest = flags.filter(flag => flag !== named)
  const inside = relative(root, path).split(sep)
  if (!jupyter.lab || inside[0] === '..') return [path, ...added, ...rest]
  const url = `/lab/tree/${inside.map(encodeURIComponent).join('/')}`
  return [`--ServerApp.root_dir=${root}`, `--LabApp.default_url=${url}`, ...added, ...rest]
}

/** Whoever listens on standard output learns where the server is, once it is up, as one JSON document. */
function announce(server) {
  let seen = ''
  server.stderr.on('data', chunk => {
    process.stderr.write(chunk)
    if (seen === undefined) return
    seen += chunk
    const url = /https?:\/\/[^\s:/]+:(\d+)\/\S*[?&]token=(\w+)/.exec(seen)
    if (url === null) return
    seen = undefined
    const document = { url: url[0], port: Number(url[1]), token: url[2], pid: server.pid }
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`)
  })
}

/** A server that has not obeyed Ctrl-C by then is told again, in case the order went past it. */
const GRACE_MS = 3000

/** Runs the server until it ends; 0 if it was stopped on purpose. */
function serve(jupyter, flags, json) {
  return new Promise((done, fail) => {
    // Without a terminal on its standard input Jupyter takes Ctrl-C for an order, not for a question.
    const stdio = ['ignore', json ? 2 : 'inherit', json ? 'pipe' : 'inherit']
    const env = { ...process.env, ...jupyter.env }
    const server = spawn(jupyter.command, [...jupyter.args, ...flags], { cwd: root, stdio, env, shell: jupyter.shell })
    if (json) announce(server)
    let stopped = false
    const stop = signal => () => {
      if (stopped) return
      stopped = true
      // A terminal sends Ctrl-C to the server as well; anything else reaches only us, so it is passed on.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) server.kill(signal)
      setTimeout(() => server.kill('SIGTERM'), GRACE_MS).unref()
    }
    for (const signal of windows ? ['SIGINT'] : ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop(signal))
    server.once('error', fail)
    server.once('exit', code => done(stopped ? 0 : (code ?? 1)))
  })
}

/**
 * @param {string[]} flags for JupyterLab
 * @param {{ json?: boolean }} options json: print where the server is as one JSON document, and nothing else there
 */
export function lab(flags, { json = false } = {}) {
  return guarded(async () => {
    wantedPort(flags)
    prepareNode()
    const jupyter = await prepareJupyter()
    const all = await allFlags(flags, jupyter)
    say(`${jupyter.name} starts; Ctrl-C stops it`)
    const code = await serve(jupyter, all, json)
    // Its refusal is JupyterLab's to make and the person's to lift, so no flag is added here.
    if (code !== 0 && process.getuid?.() === 0) {
      say('if JupyterLab did not want to run as root: npm start -- --allow-root')
    }
    return code
  })
}
