// Which port JupyterLab listens on.
import { createServer } from 'node:net'
import { Problem, say } from './problem.mjs'

const DEFAULT_PORT = 8888
const TRIES = 50

/** Whether nobody listens on this port. */
const isFree = (port, host) =>
  new Promise(resolve => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })

/** The value of `--name value` or `--name=value`, the last one given; undefined if absent. */
export function flagValue(flags, names) {
  let value
  flags.forEach((flag, index) => {
    for (const name of names) {
      if (flag === name) value = flags[index + 1] ?? ''
      else if (flag.startsWith(`${name}=`)) value = flag.slice(name.length + 1)
    }
  })
  return value
}

/** The port that the user wants, if any. @throws Problem if it is no port: before anything is installed for it */
export function wantedPort(flags) {
  const wanted = flagValue(flags, ['--port', '--ServerApp.port', '--NotebookApp.port'])
  if (wanted === undefined) return undefined
  const port = /^\d+$/.test(wanted) ? Number(wanted) : Number.NaN
  if (port >= 0 && port <= 65535) return port
  throw new Problem(`--port must be an integer in [0, 65535], got "${wanted.slice(0, 60)}"`)
}

/**
 * The flags that fix address and port, added to the user's own.
 * @param {string[]} flags of the user
 * @returns {Promise<string[]>} flags to add
 * @throws Problem if the user's port is no port or is taken
 */
export async function addressFlags(flags) {
  const added = []
  const ip = flagValue(flags, ['--ip', '--ServerApp.ip', '--NotebookApp.ip'])
  if (ip === undefined) added.push('--ip=127.0.0.1')
  const host = ip === undefined || ip === 'localhost' ? '127.0.0.1' : ip === '*' || ip === '' ? '0.0.0.0' : ip
  const port = wantedPort(flags)
  if (port !== undefined) {
    if (port !== 0 && !(await isFree(port, host))) {
      throw new Problem(
        `port ${port} is taken: choose another one, npm start -- --port ${port === 65535 ? 8889 : port + 1}`,
      )
    }
    // Without this JupyterLab would quietly move to another port, should this one be taken in the meantime.
    if (flagValue(flags, ['--port-retries', '--ServerApp.port_retries']) === undefined) added.push('--port-retries=0')
    return added
  }
  for (let free = DEFAULT_PORT; free < DEFAULT_PORT + TRIES; free++) {
    if (!(await isFree(free, host))) continue
    if (free !== DEFAULT_PORT) say(`port ${DEFAULT_PORT} is taken, using ${free}`)
    return [...added, `--port=${free}`]
  }
  throw new Problem(
    `ports ${DEFAULT_PORT} to ${DEFAULT_PORT + TRIES - 1} are all taken: give one, npm start -- --port PORT`,
  )
}
