// Step 1: node_modules as package-lock.json wants it.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { withLock } from './lock.mjs'
import { inRoot, root, setupLock, windows } from './paths.mjs'
import { Problem, say } from './problem.mjs'

const fits = (list, value) => list === undefined || list.includes(value)

/**
 * Whether npm has already installed exactly this lock for this machine, be it at our request or by somebody's own
 * `npm ci`; false on a shared disk that another kind of machine has installed for.
 * @param lock the parsed package-lock.json
 * @param installed the parsed node_modules/.package-lock.json, in which npm records what it has put there
 */
export function installedMatches(lock, installed) {
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (!path.startsWith('node_modules/')) continue
    const found = installed.packages[path]
    // A package for another kind of machine is rightly absent, and wrong where it is present.
    if (found === undefined && !entry.optional && !entry.devOptional) return false
    if (found === undefined) continue
    if (found.version !== entry.version || found.integrity !== entry.integrity) return false
    if (!fits(found.os, process.platform) || !fits(found.cpu, process.arch)) return false
  }
  return true
}

function alreadyInstalled() {
  const record = inRoot('node_modules', '.package-lock.json')
  if (!existsSync(record)) return false
  const parse = path => JSON.parse(readFileSync(path, 'utf8'))
  return installedMatches(parse(inRoot('package-lock.json')), parse(record))
}

/** The npm that runs us, or else the one on PATH. */
function npmCommand() {
  const cli = process.env.npm_execpath
  if (cli !== undefined && basename(cli) === 'npm-cli.js' && existsSync(cli)) return [process.execPath, cli]
  return [windows ? 'npm.cmd' : 'npm']
}

const NO_NETWORK =
  /\b(ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED|FETCH_ERROR)\b/
const NO_ACCESS = /\b(EACCES|EPERM|EROFS)\b/

/** What an unsuccessful npm wants to say, in one line. */
export function npmProblem(output, status) {
  const network = NO_NETWORK.exec(output)
  if (network !== null) {
    return `npm cannot reach its registry (${network[1]}): connect to the network, or set npm's proxy, and try again`
  }
  const access = NO_ACCESS.exec(output)
  if (access !== null)
    return `no write access to ${root} or to npm's cache (${access[1]}): work in a clone that you own`
  if (/\bENOSPC\b/.test(output)) return 'the disk is full (ENOSPC)'
  const lines = output.split('\n').filter(line => /^npm (error|ERR!) /.test(line))
  const reason = lines.map(line => line.replace(/^npm (error|ERR!) /, '').trim()).find(line => !/^code /.test(line))
  return `npm ci failed (exit code ${status})${reason === undefined ? '' : `: ${reason}`}`
}

/** Installs the npm packages unless they are there; the lock is taken only if there is something to do. */
export function ensureNodeModules() {
  if (!existsSync(inRoot('package-lock.json')) || alreadyInstalled()) return
  withLock(setupLock, () => {
    if (!alreadyInstalled()) install()
  })
}

function install() {
  say('installing the npm packages (npm ci, about 10 s)')
  const [command, ...prefix] = npmCommand()
  // Install scripts stay off: no package here needs one, and none should run on a visitor's machine.
  const args = [...prefix, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error']
  // npm's own patience with a network that is down is over a minute; a value that the user has set stays.
  const env = { npm_config_fetch_retry_mintimeout: '1000', npm_config_fetch_retry_maxtimeout: '5000', ...process.env }
  const options = { cwd: root, encoding: 'utf8', env, shell: windows && prefix.length === 0, maxBuffer: 1 << 26 }
  const { status, stdout, stderr, error } = spawnSync(command, args, options)
  if (error?.code === 'ENOENT') throw new Problem('npm is needed and is not on PATH: install Node with its npm')
  if (error !== undefined) throw error
  if (status !== 0) throw new Problem(npmProblem(`${stdout}\n${stderr}`, status))
}
