// One clear line and exit code 1 for everything that can go wrong with a machine.
import { writeSync } from 'node:fs'
import { filesProblem } from '../node-version.mjs'

/** Something that the person at the keyboard can put right; its message is the whole output. */
export class Problem extends Error {}

/** Progress goes to standard error, so that standard output stays the command's own. */
export const say = line => writeSync(2, `mean-field-limit: ${line}\n`)

const NO_ACCESS = new Set(['EACCES', 'EPERM', 'EROFS'])

/** The line for an error; undefined if it is a bug, which deserves its stack. */
export function explain(error) {
  if (error instanceof Problem) return error.message
  if (NO_ACCESS.has(error?.code)) {
    return `no write access to ${error.path ?? 'this folder'} (${error.code}): work in a clone that you own`
  }
  const files = filesProblem(error)
  if (files !== undefined) return files
  if (error?.code === 'ENOSPC') return `the disk is full (${error.path ?? 'ENOSPC'})`
  // The installers of src/notebook/ word their own errors.
  if (NO_ACCESS.has(error?.cause?.code)) return error.message
  return undefined
}

/** Runs `action`, an exit code or a promise of one, and turns a problem into its line. */
export async function guarded(action) {
  try {
    process.exitCode = await action()
  } catch (error) {
    say(explain(error) ?? error?.stack ?? String(error))
    process.exitCode = 1
  }
}
