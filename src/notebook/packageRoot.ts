/**
 * Where this package lives on disk: the kernel launcher, the labextension and the browser page need its files.
 */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PACKAGE_NAME = 'mean-field-limit'

/** The absolute path of the folder whose package.json is this package's. @throws Error if it was taken apart */
export function packageRoot(): string {
  const start = dirname(fileURLToPath(import.meta.url))
  for (let directory = start; ; directory = dirname(directory)) {
    const manifest = join(directory, 'package.json')
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === PACKAGE_NAME) return directory
    if (dirname(directory) === directory) throw new Error(`no package.json of ${PACKAGE_NAME} above ${start}`)
  }
}

/** The version in this package's package.json. */
export function packageVersion(): string {
  return String(JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')).version)
}

/** The absolute path of plotly.js and its version. @throws Error naming the command that installs it */
export function plotlyBundle(): { readonly path: string; readonly version: string } {
  const require = createRequire(import.meta.url)
  try {
    const manifest = require.resolve('plotly.js-dist/package.json')
    return {
      path: join(dirname(manifest), 'plotly.js'),
      version: String(JSON.parse(readFileSync(manifest, 'utf8')).version),
    }
  } catch (cause) {
    throw new Error('plotly.js-dist is not installed: run `npm ci` first', { cause })
  }
}
