// The modules that start threads, and what stands for them in a browser: the field "browser" of package.json.
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { inRoot } from '../setup/paths.mjs'

const { browser } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'))

/** By the name of the module's file, where its counterpart lies below dist. */
const counterparts = new Map(
  Object.entries(browser)
    .filter(([from]) => from !== './dist/index.js')
    .map(([from, to]) => [basename(from), to.slice('./dist/'.length)]),
)

/** The file below `dist` that is taken for an import, or undefined for one that starts no thread. */
export function threadless(source, dist = inRoot('dist')) {
  const found = counterparts.get(basename(source))
  return found === undefined ? undefined : join(dist, found)
}
