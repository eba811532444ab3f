// Which Node is new enough. This file, and every script that people start, parses on Node 12, so that an old Node
// gets one clear line instead of a syntax error. Keep in step with "engines" in package.json.

/**
 * @param {string} version of Node, e.g. 'v18.20.4'
 * @returns {string | undefined} what is wrong with it, in one line
 */
export function nodeProblem(version) {
  const parts = /^v?(\d+)\.(\d+)/.exec(version)
  const major = parts === null ? 0 : Number(parts[1])
  const minor = parts === null ? 0 : Number(parts[2])
  const good = major >= 24 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19)
  if (good) return undefined
  return `Node 20.19 or later (22.12 or later, 24 or later) is needed, this is ${version} (${process.execPath})`
}

/** @returns {string | undefined} the line for an error of a process that may open too few files */
export function filesProblem(error) {
  const code = error instanceof Error ? error.code : undefined
  if (code !== 'EMFILE' && code !== 'ENFILE') return undefined
  return `this process may not open more files (${code}): raise the limit with ulimit -n`
}

/** Ends the process with one line and exit code 1 if this Node is too old; else calls `next`. */
export function withSupportedNode(next) {
  const problem = nodeProblem(process.version)
  if (problem !== undefined) return fail(problem)
  // Where the modules of the command itself cannot be opened, nobody else is there to say so.
  Promise.resolve(next()).catch(error => {
    const line = filesProblem(error)
    if (line === undefined) throw error
    fail(line)
  })
}

function fail(line) {
  process.stderr.write(`mean-field-limit: ${line}\n`)
  process.exitCode = 1
}
