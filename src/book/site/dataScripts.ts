/**
 * The recorded files of the project as classic scripts of the book, since pages from file:// may not fetch.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { extras } from '../kernel/extras.js'
import type { BookFile } from './figures/figureFiles.js'

/**
 * A script for each group of files; it calls `mflData` with the path and the bytes, in base 64, of each file. @param
 * root the clone
 */
export function dataScripts(root: string): BookFile[] {
  return extras.flatMap(({ name, from }) => {
    if (from === undefined) return []
    const paths = statSync(join(root, from)).isDirectory()
      ? readdirSync(join(root, from))
          .sort()
          .map(file => `${from}/${file}`)
      : [from]
    const calls = paths.map(
      path => `mflData(${JSON.stringify(path)},"${readFileSync(join(root, path)).toString('base64')}")\n`,
    )
    return [{ path: `data/${name}.js`, content: calls.join('') }]
  })
}
