// npm test: set-up as far as this machine allows, then vitest. What cannot be set up is skipped with one loud line;
// with CI set it is a failure.
import { spawnSync } from 'node:child_process'
import { inRoot, root } from './paths.mjs'
import { explain, guarded, say } from './problem.mjs'
import { venvAhead } from './python.mjs'
import { prepareNode, prepareVenv } from './steps.mjs'

const inCI = !['', '0', 'false'].includes(process.env.CI ?? '')

/** @param {string[]} args --full, and flags and filters of vitest */
export function check(args) {
  return guarded(async () => {
    const full = args.includes('--full')
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
    const vitest = [inRoot('node_modules', 'vitest', 'vitest.mjs'), 'run', ...args.filter(arg => arg !== '--full')]
    const env = full ? { ...process.env, MFL_FULL: '1' } : process.env
    const { status } = spawnSync(process.execPath, vitest, { cwd: root, stdio: 'inherit', env })
    if (failed) say('failed: with CI set, tests without JupyterLab are a failure')
    return failed ? 1 : (status ?? 1)
  })
}
