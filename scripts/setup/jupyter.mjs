// Step 4: the kernel and the figure renderer where a Jupyter finds them, and which Jupyter that is.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inRoot, venv, venvPython, windows } from './paths.mjs'
import { Problem, say } from './problem.mjs'

/** With a Jupyter that is not ours, the kernel goes into a folder that is, and JUPYTER_PATH points there. */
export const ownPrefix = inRoot('.cache', 'jupyter')

/** Quiet and offline: JupyterLab asks nobody for news or updates. Only in .venv, which is ours. */
const LAB_SETTINGS = {
  '@jupyterlab/apputils-extension:notification': {
    checkForUpdates: false,
    doNotDisturbMode: false,
    fetchNews: 'false',
  },
}

/** Writes the kernelspec and the labextension into PREFIX/share/jupyter; returns their folders. */
export async function installInto(prefix) {
  const load = path => import(pathToFileURL(inRoot('dist', 'notebook', `${path}.js`)).href)
  const { installKernelspec } = await load('kernel/installKernelspec')
  const { installLabextension } = await load('pictures/installLabextension')
  return { kernelspec: installKernelspec({ prefix }), labextension: installLabextension({ prefix }) }
}

/** The kernel, the renderer and JupyterLab's settings in .venv. */
export async function installIntoVenv() {
  const folders = await installInto(venv)
  const settings = join(venv, 'share', 'jupyter', 'lab', 'settings')
  const file = join(settings, 'overrides.json')
  const content = `${JSON.stringify(LAB_SETTINGS, null, 2)}\n`
  if (!existsSync(file) || readFileSync(file, 'utf8') !== content) {
    mkdirSync(settings, { recursive: true })
    writeFileSync(file, content)
  }
  return folders
}

/** The Jupyter of .venv. */
export const venvJupyter = { command: venvPython, args: ['-m', 'jupyterlab'], lab: true, name: 'JupyterLab', env: {} }

const version = (command, args) => {
  const result = spawnSync(command, [...args, '--version'], { encoding: 'utf8', shell: windows })
  return result.status === 0 ? /^\d+(\.\d+)*/.exec(result.stdout.trim())?.[0] : undefined
}

/**
 * A JupyterLab, Notebook 7 or classic notebook that is on PATH already, for a machine where .venv cannot be made.
 * @param {Problem} problem why it cannot
 * @throws Problem the same one, if there is no Jupyter either
 */
export function machineJupyter(problem) {
  for (const [sub, name] of [
    ['lab', 'JupyterLab'],
    ['notebook', 'Jupyter Notebook'],
  ]) {
    const found = version('jupyter', [sub])
    if (found === undefined) continue
    say(`${problem.message}; using the ${name} ${found} of this machine instead`)
    const major = Number(found.split('.')[0])
    if (major < (sub === 'lab' ? 4 : 7)) say(`${name} ${found} shows figures as images: it is too old for the renderer`)
    const own = join(ownPrefix, 'share', 'jupyter')
    const path = process.env.JUPYTER_PATH ? `${own}${delimiter}${process.env.JUPYTER_PATH}` : own
    return { command: 'jupyter', args: [sub], lab: sub === 'lab', name, env: { JUPYTER_PATH: path }, shell: windows }
  }
  throw new Problem(`${problem.message} (the library, npx mfl and npm test need Node alone)`)
}
