/**
 * The environment that docs/teaching.md makes for nbgrader, by its own commands, once in a run of the tests: nbgrader
 * brings a JupyterLab and a Notebook 7 of its own.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './capabilities.js'
import { once } from './once.js'

/** The section of docs/teaching.md. */
export const section: string = readFileSync(join(root, 'docs', 'teaching.md'), 'utf8')
  .split('\n## Marks by nbgrader\n')[1]!
  .split('\n## ')[0]!

/** Its commands, block by block, for an environment and a course in other places. */
export function commands(venv: string, course: string): readonly string[] {
  return [...section.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) =>
    block!.replaceAll('../course', course).replaceAll('.grade/', `${venv}/`).replaceAll('.grade', venv),
  )
}

/** The environment, made by the first block. @throws Error with the log if a command fails */
export async function grader(): Promise<string> {
  const made = await once('grader', into => {
    // Its scripts know where it lies: it cannot be moved, as what `once` makes is.
    const venv = join(dirname(into), 'grader-venv')
    rmSync(venv, { recursive: true, force: true })
    const [first] = commands(venv, '')
    const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', first!], { cwd: root, encoding: 'utf8' })
    if (status !== 0) throw new Error(`${first}\n${stdout}\n${stderr}`)
    writeFileSync(join(into, 'place'), venv)
  })
  return readFileSync(join(made, 'place'), 'utf8')
}
