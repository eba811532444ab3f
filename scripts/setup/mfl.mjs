// The command line: set-up of Node's part when run in a clone, then dist/cli/mfl.js.
import { pathToFileURL } from 'node:url'
import { inRoot } from './paths.mjs'
import { wantedPort } from './port.mjs'
import { guarded } from './problem.mjs'
import { prepareNode } from './steps.mjs'

/** @param {string[]} argv the process's own */
export function mfl(argv) {
  return guarded(async () => {
    if (argv[2] === 'lab') wantedPort(argv.slice(3))
    prepareNode()
    const { main } = await import(pathToFileURL(inRoot('dist', 'cli', 'mfl.js')).href)
    return main(argv.slice(2))
  })
}
