// The steps of set-up, in order; each does nothing when there is nothing to do.
import { existsSync } from 'node:fs'
import { build } from '../build.mjs'
import { installInto, installIntoVenv, machineJupyter, ownPrefix, venvJupyter } from './jupyter.mjs'
import { ensureNodeModules } from './npm.mjs'
import { inRoot } from './paths.mjs'
import { Problem, say } from './problem.mjs'
import { ensureVenv } from './python.mjs'

/** A clone has sources to build; a published package has dist/ and no sources. */
export const isClone = () => existsSync(inRoot('src'))

/** npm packages and dist/: all that the library, the command line and most tests need. */
export function prepareNode() {
  if (!isClone()) return
  ensureNodeModules()
  build({ log: say })
}

/** .venv with JupyterLab, the kernel and the renderer in it. @throws Problem if it cannot be made */
export async function prepareVenv() {
  ensureVenv()
  return installIntoVenv()
}

/** The Jupyter to start: the one in .venv, or one that the machine has. @throws Problem if there is none */
export async function prepareJupyter() {
  try {
    await prepareVenv()
    return venvJupyter
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const jupyter = machineJupyter(error)
    await installInto(ownPrefix)
    return jupyter
  }
}
