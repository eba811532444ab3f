/**
 * Where this package lives on disk, and its version: for files that are served from it and for provenance.
 */
import { existsSync, readFileSync } from 'node:fs'
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
