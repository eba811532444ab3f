/**
 * Installs the prebuilt JupyterLab extension that draws Plotly figures, offline, with this package's plotly.js.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { recolour } from '../figures/theme/recolour.js'
import { PALETTES } from '../figures/theme/theme.js'
import { writeFileAtomic } from '../files/files.js'
import { packageVersion } from '../files/packageRoot.js'
import { type EntryOptions, labextensionEntry } from './labextensionEntry.js'
import { plotlyBundle } from './plotlyBundle.js'

/** The extension's name in JupyterLab's list of extensions. */
export const LABEXTENSION_NAME: string = 'mean-field-limit-plotly'

interface LabextensionOptions {
  /** An environment: `.venv`, `sys.prefix` of a JupyterHub, `~/.local`. It goes into share/jupyter/labextensions. */
  readonly prefix: string
}

/**
 * Writes PREFIX/share/jupyter/labextensions/mean-field-limit-plotly: the manifest, the entry script and a copy of
 * plotly.js (10 MB). No build tool is involved. Idempotent; JupyterLab 4 and Notebook 7 pick it up when they start.
 * @returns the extension's folder
 * @throws Error if there is no write access, or plotly.js-dist is not installed
 * @example installLabextension({ prefix: '.venv' })
 */
export function installLabextension(options: LabextensionOptions): string {
  const folder = join(resolve(options.prefix), 'share', 'jupyter', 'labextensions', LABEXTENSION_NAME)
  const bundle = plotlyBundle()
  const entryOptions: EntryOptions = {
    name: LABEXTENSION_NAME,
    plotly: `plotly-${bundle.version}.js`,
    palettes: PALETTES,
  }
  const entry = `(${labextensionEntry.toString()})(${JSON.stringify(entryOptions)}, ${recolour.toString()})\n`
  // Browsers cache the entry by its name, so the name follows the content.
  const entryName = `remoteEntry.${createHash('sha256').update(entry).digest('hex').slice(0, 12)}.js`
  const manifest = {
    name: LABEXTENSION_NAME,
    version: packageVersion(),
    description: `Plotly ${bundle.version} figures in JupyterLab, offline`,
    license: 'MIT',
    jupyterlab: {
      mimeExtension: true,
      _build: { load: `static/${entryName}`, mimeExtension: './mimeExtension' },
    },
  }
  const statics = join(folder, 'static')
  writeFileAtomic(join(statics, entryOptions.plotly), readFileSync(bundle.path))
  writeFileAtomic(join(statics, entryName), entry)
  // Last: the manifest makes it an extension, and by now everything it names is there.
  writeFileAtomic(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  for (const name of readdirSync(statics)) {
    if (name !== entryName && name !== entryOptions.plotly) rmSync(join(statics, name), { force: true })
  }
  return folder
}
