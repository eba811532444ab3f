// npm start: set-up, then JupyterLab at the first notebook, until Ctrl-C.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { inRoot, root, windows } from './paths.mjs'
import { addressFlags, flagValue } from './port.mjs'
import { guarded, Problem, say } from './problem.mjs'
import { prepareJupyter, prepareNode } from './steps.mjs'

const FIRST_NOTEBOOK = 'notebooks/00-start-here.ipynb'

/** Flags that are followed by a value, so that the value is not taken for a notebook. */
const TAKES_VALUE = /^--(port|ip|port-retries|notebook-dir|config|log-level|browser|[A-Z]\w+\.\w+)$/

/** The notebook that the user named, if any. */
export function namedNotebook(flags) {
  return flags.find((flag, index) => !flag.startsWith('-') && !(index > 0 && TAKES_VALUE.test(flags[index - 1])))
}

/** All flags for `jupyter lab`: ours first, so that the user's win. */
async function allFlags(flags, jupyter) {
  const added = await addressFlags(flags)
  const ownFolder = flagValue(flags, ['--notebook-dir', '--ServerApp.root_dir', '--NotebookApp.notebook_dir'])
  if (ownFolder !== undefined) return [...added, ...flags]
  if (jupyter.lab) added.push(`--ServerApp.root_dir=${root}`)
  const named = namedNotebook(flags)
  if (named === undefined) return [FIRST_NOTEBOOK, ...added, ...flags]
  const path = resolve(process.env.INIT_CWD ?? process.cwd(), named)
  if (!existsSync(path)) throw new Problem(`there is no ${named}: notebooks are in ${inRoot('notebooks')}`)
  return [...added, ...flags.map(flag => (flag === named ? relative(root, path) : flag))]
}

/** Runs the server until it ends; 0 if it was stopped on purpose. */
function serve(jupyter, flags) {
  return new Promise((done, fail) => {
    // Without a terminal on its standard input Jupyter takes Ctrl-C for an order, not for a question.
    const stdio = ['ignore', 'inherit', 'inherit']
    const env = { ...process.env, ...jupyter.env }
    const server = spawn(jupyter.command, [...jupyter.args, ...flags], { cwd: root, stdio, env })
    let stopped = false
    const stop = signal => () => {
      // A terminal sends Ctrl-C to the server as well; anything else reaches only us, so it is passed on.
      if (!stopped && (signal !== 'SIGINT' || !process.stdin.isTTY)) server.kill(signal)
      stopped = true
    }
    for (const signal of windows ? ['SIGINT'] : ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop(signal))
    server.once('error', fail)
    server.once('exit', code => done(stopped ? 0 : (code ?? 1)))
  })
}

/** @param {string[]} flags for JupyterLab */
export function lab(flags) {
  return guarded(async () => {
    prepareNode()
    const jupyter = await prepareJupyter()
    const all = await allFlags(flags, jupyter)
    say(`${jupyter.name} starts; Ctrl-C stops it`)
    const code = await serve(jupyter, all)
    // Its refusal is JupyterLab's to make and the person's to lift, so no flag is added here.
    if (code !== 0 && process.getuid?.() === 0)
      say('JupyterLab does not run as root unless told to: npm start -- --allow-root')
    return code
  })
}
