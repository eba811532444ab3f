/**
 * `mfl setup`: the kernel and the figure renderer in the project's `.venv`, or in a Jupyter that exists already.
 */
import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { quote } from '../base/errors.js'
import { installKernelspec } from '../notebook/kernel/installKernelspec.js'
import { installLabextension } from '../notebook/pictures/installLabextension.js'
import { type Report, UsageError } from './report.js'
import { setupScript } from './setupScript.js'

/** Options of `mfl setup`. */
interface SetupOptions {
  /** An environment: `sys.prefix` of the Python that runs Jupyter, or `~/.local`. */
  readonly prefix?: string
}

interface Steps {
  prepareVenv(): Promise<{ kernelspec: string; labextension: string }>
}

/**
 * @throws UsageError if the prefix is no folder; Error in one line if there is no write access
 * @example await setupCommand({ prefix: '/opt/jupyterhub' })
 */
export async function setupCommand({ prefix }: SetupOptions): Promise<Report> {
  if (prefix === undefined) {
    const { prepareVenv } = await setupScript<Steps>('steps')
    return report(await prepareVenv())
  }
  if (prefix.trim() === '' || (existsSync(prefix) && !statSync(prefix).isDirectory())) {
    throw new UsageError(`--prefix must be a folder; got ${quote(prefix)}`)
  }
  const folder = resolve(prefix)
  return report({
    kernelspec: installKernelspec({ prefix: folder }),
    labextension: installLabextension({ prefix: folder }),
  })
}

function report(folders: { readonly kernelspec: string; readonly labextension: string }): Report {
  return { data: folders, text: `kernel    ${folders.kernelspec}\nrenderer  ${folders.labextension}` }
}
