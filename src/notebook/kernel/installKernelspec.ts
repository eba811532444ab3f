/**
 * Writes the Jupyter kernelspec of this laboratory: what JupyterLab, nbclient and VS Code read to start the kernel.
 */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { isAbsolute, join, resolve } from 'node:path'
import { writeFileAtomic } from '../../files/files.js'
import { installLine } from '../../files/optionalPackage.js'
import { packageRoot } from '../../files/packageRoot.js'

/** The kernel's name in Jupyter: the folder of its kernelspec and `metadata.kernelspec.name` of the notebooks. */
export const KERNEL_NAME: string = 'mean-field-limit'

/** The kernel's name as people see it. */
export const KERNEL_DISPLAY_NAME: string = 'TypeScript — mean-field-limit'

interface KernelspecOptions {
  /**
   * An environment: `.venv`, `sys.prefix` of a JupyterHub, `~/.local`. The spec goes into its share/jupyter/kernels.
   */
  readonly prefix: string
  /** Absolute path of the Node that runs the kernel; by default the one running now. */
  readonly node?: string
  /** How JupyterLab's launcher names the kernel. */
  readonly displayName?: string
}

/**
 * The command line of the kernel, with Jupyter's placeholder for the connection file.
 *
 * require(esm), by which a cell loads the library, makes Node 20 and 22 print an ExperimentalWarning into the first
 * cell; the flag silences that class of warnings only.
 * @throws Error if the package has not been built, or tslab, which is optional, is not there
 */
export function kernelArgv(node: string = process.execPath): string[] {
  const launcher = join(packageRoot(), 'dist', 'notebook', 'kernel', 'kernel.js')
  if (!existsSync(launcher)) throw new Error(`${launcher} does not exist: run \`npm run build\` first`)
  try {
    createRequire(launcher).resolve('tslab/package.json')
  } catch (cause) {
    throw new Error(`the kernel needs tslab: ${installLine('tslab')}`, { cause })
  }
  return [node, '--disable-warning=ExperimentalWarning', launcher, 'kernel', '--config-path', '{connection_file}']
}

/**
 * Installs the kernelspec into PREFIX/share/jupyter/kernels/mean-field-limit. Files are written atomically, and only
 * if they change.
 * @returns the kernelspec's folder
 * @throws RangeError if `node` is not the absolute path of an existing file
 * @throws Error if there is no write access, or the package has not been built
 * @example installKernelspec({ prefix: '.venv' }) // '/…/.venv/share/jupyter/kernels/mean-field-limit'
 */
export function installKernelspec(options: KernelspecOptions): string {
  const { prefix, node = process.execPath, displayName = KERNEL_DISPLAY_NAME } = options
  if (!isAbsolute(node) || !existsSync(node)) {
    throw new RangeError(`node must be the absolute path of an existing file, got ${JSON.stringify(node)}`)
  }
  const folder = join(resolve(prefix), 'share', 'jupyter', 'kernels', KERNEL_NAME)
  const spec = {
    argv: kernelArgv(node),
    display_name: displayName,
    language: 'typescript',
    interrupt_mode: 'signal',
    metadata: { debugger: false },
  }
  writeFileAtomic(join(folder, 'logo-svg.svg'), LOGO)
  // Last, because Jupyter takes the folder for a kernelspec as soon as kernel.json is there.
  writeFileAtomic(join(folder, 'kernel.json'), `${JSON.stringify(spec, null, 2)}\n`)
  return folder
}

/** Particles in the field that they make. */
const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">
  <defs>
    <radialGradient id="field">
      <stop offset="0" stop-color="#2563a8"/>
      <stop offset="0.55" stop-color="#2563a8" stop-opacity="0.45"/>
      <stop offset="1" stop-color="#2563a8" stop-opacity="0"/>
    </radialGradient>
  </defs>
  <circle cx="32" cy="32" r="31" fill="url(#field)"/>
  <g fill="#f2a71b" stroke="#7a4f00" stroke-width="0.8">
    <circle cx="32" cy="31" r="3.4"/><circle cx="22" cy="26" r="3"/><circle cx="41" cy="24" r="3"/>
    <circle cx="27" cy="41" r="3"/><circle cx="42" cy="39" r="3"/><circle cx="15" cy="38" r="2.5"/>
    <circle cx="33" cy="15" r="2.5"/><circle cx="50" cy="31" r="2.5"/><circle cx="35" cy="51" r="2.5"/>
    <circle cx="9" cy="22" r="2"/><circle cx="54" cy="16" r="2"/><circle cx="52" cy="48" r="2"/>
    <circle cx="17" cy="54" r="2"/>
  </g>
</svg>
`
