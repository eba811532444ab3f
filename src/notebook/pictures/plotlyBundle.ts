/**
 * Where plotly.js is: the labextension and the page that renders images carry it.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

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
