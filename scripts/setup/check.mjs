// npm test: set-up as far as this machine allows, then vitest. What cannot be set up is skipped with one loud line;
// with CI set it is a failure.
import { spawnSync } from 'node:child_process'
import { inRoot, root } from './paths.mjs'
import { explain, guarded, say } from './problem.mjs'
import { venvAhead } from './python.mjs'
import { prepareNode, prepareVenv } from './steps.mjs'

const inCI = !['', '0', 'false'].includes(process.env.CI ?? '')

/** Flags of ours, and what tells vitest.config.ts of them. */
const PARTS = { '--full': 'MFL_FULL', '--long': 'MFL_LONG' }

/** @param {string[]} args --full, --long, and flags and filters of vitest */
export function check(args) {
  return guarded(async () => {
    const parts = Object.entries(PARTS).filter(([flag]) => args.includes(flag))
    const ahead = venvAhead()
    prepareNode()
    let failed = false
    try {
      await ahead
      await prepareVenv()
    } catch (error) {
      const line = explain(error)
      if (line === undefined) throw error
      say(`NO JUPYTERLAB: ${line}`)
      failed = inCI
    }
    const vitest = [
      inRoot('node_modules', 'vitest', 'vitest.mjs'),
      'run',
      ...args.filter(arg => !Object.hasOwn(PARTS, arg)),
    ]
    const env = { ...process.env, ...Object.fromEntries(parts.map(([, name]) => [name, '1'])) }
    const { status } = spawnSync(process.execPath, vitest, { cwd: root, stdio: 'inherit', env })
    if (failed) say('failed: with CI set, tests without JupyterLab are a failure')
    return failed ? 1 : (status ?? 1)
  })
}
