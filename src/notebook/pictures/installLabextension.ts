/**
 * Installs the prebuilt JupyterLab extension that draws Plotly figures, offline, with this package's plotly.js,
 * connects controls of cells to the kernel, and shows the laboratories.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { recolour } from '../../figures/theme/recolour.js'
import { PALETTES } from '../../figures/theme/theme.js'
import { writeFileAtomic } from '../../files/files.js'
import { packageRoot, packageVersion } from '../../files/packageRoot.js'
import { controlFields } from '../interact/controlFields.js'
import { interactOutput } from '../interact/interactOutput.js'
import { interactPlugin } from '../interact/interactPlugin.js'
import { newestOnly } from '../interact/newestOnly.js'
import { INTERACT_MIME, INTERACT_TARGET } from '../interact/protocol.js'
import { laboratoryNames } from '../laboratory/laboratories.js'
import { laboratoryRenderer } from '../laboratory/laboratoryRenderer.js'
import { LAB_MIME } from '../laboratory/protocol.js'
import { type EntryFunctions, type EntryOptions, labextensionEntry } from './labextensionEntry.js'
import { plotlyBundle } from './plotlyBundle.js'

/** The extension's name in JupyterLab's list of extensions. */
export const LABEXTENSION_NAME: string = 'mean-field-limit-plotly'

interface LabextensionOptions {
  /** An environment: `.venv`, `sys.prefix` of a JupyterHub, `~/.local`. It goes into share/jupyter/labextensions. */
  readonly prefix: string
}

/**
 * Writes PREFIX/share/jupyter/labextensions/mean-field-limit-plotly: the manifest, the entry script, a copy of
 * plotly.js (10 MB) and the scripts of the laboratories (1 MB). No build tool is involved. Idempotent; JupyterLab 4 and
 * Notebook 7 pick it up when they start.
 * @returns the extension's folder
 * @throws Error if there is no write access, or plotly.js-dist is not installed
 * @example installLabextension({ prefix: '.venv' })
 */
export function installLabextension(options: LabextensionOptions): string {
  const folder = join(resolve(options.prefix), 'share', 'jupyter', 'labextensions', LABEXTENSION_NAME)
  const bundle = plotlyBundle()
  const laboratory = laboratoryFiles()
  const entryOptions: EntryOptions = {
    name: LABEXTENSION_NAME,
    plotly: `plotly-${bundle.version}.js`,
    palettes: PALETTES,
    interact: { mimeType: INTERACT_MIME, target: INTERACT_TARGET },
    laboratory: { mimeType: LAB_MIME, names: laboratoryNames, base: `${laboratory.folder}/` },
  }
  const functions: EntryFunctions = {
    recolour,
    interactPlugin,
    controlFields,
    interactOutput,
    newestOnly,
    laboratoryRenderer,
  }
  const texts = Object.entries(functions).map(([name, text]) => `${name}: ${text}`)
  const entry = `(${labextensionEntry})(${JSON.stringify(entryOptions)}, {\n${texts.join(',\n')}\n})\n`
  // Browsers cache the entry by its name, so the name follows the content.
  const entryName = `remoteEntry.${createHash('sha256').update(entry).digest('hex').slice(0, 12)}.js`
  const manifest = {
    name: LABEXTENSION_NAME,
    version: packageVersion(),
    description: `Plotly ${bundle.version} figures, controls of cells and laboratories in JupyterLab, offline`,
    license: 'MIT',
    jupyterlab: {
      extension: true,
      mimeExtension: true,
      _build: { load: `static/${entryName}`, mimeExtension: './mimeExtension', extension: './interact' },
    },
  }
  const statics = join(folder, 'static')
  writeFileAtomic(join(statics, entryOptions.plotly), readFileSync(bundle.path))
  for (const [name, content] of laboratory.files) {
    writeFileAtomic(join(statics, laboratory.folder, 'assets', name), content)
  }
  writeFileAtomic(join(statics, entryName), entry)
  // Last: the manifest makes it an extension, and by now everything it names is there.
  writeFileAtomic(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  const kept = [entryName, entryOptions.plotly, laboratory.folder]
  for (const name of readdirSync(statics)) {
    if (!kept.includes(name)) rmSync(join(statics, name), { recursive: true, force: true })
  }
  return folder
}

/**
 * What a laboratory loads, made by scripts/build.mjs, and the folder for it, whose name follows the content as the
 * entry's does.
 */
function laboratoryFiles(): { readonly folder: string; readonly files: readonly (readonly [string, Buffer])[] } {
  const source = join(packageRoot(), 'dist', 'notebook', 'laboratory', 'assets')
  const files = ['lab.js', 'lab-worker.js', 'lab-output.css'].map(
    name => [name, readFileSync(join(source, name))] as const,
  )
  const hash = createHash('sha256')
  for (const [, content] of files) hash.update(content)
  return { folder: `laboratory-${hash.digest('hex').slice(0, 12)}`, files }
}
