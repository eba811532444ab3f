// Step 3: a Python environment in .venv with the pinned, hashed JupyterLab of requirements.txt.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withLock } from './lock.mjs'
import { inRoot, root, venv, venvLock, venvPython, windows } from './paths.mjs'
import { Problem, say } from './problem.mjs'

/** The oldest Python for which requirements.txt is resolved. */
const OLDEST = [3, 10]

const stampFile = join(venv, '.mean-field-limit-stamp')

/** The folder's own path is part of it, because the commands in an environment name their folder and do not move. */
function wantedStamp() {
  return createHash('sha256')
    .update(readFileSync(inRoot('requirements.txt')))
    .update(venv)
    .digest('hex')
}

/** Whether .venv is there, in place and complete. */
export function venvIsReady() {
  return existsSync(venvPython) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wantedStamp()
}

const PROBE = 'import sys; print("%d.%d.%d" % sys.version_info[:3])'

/** Candidates in order of preference: the user's choice, then the usual names. */
function candidates() {
  if (process.env.PYTHON) return [[process.env.PYTHON]]
  const minors = [14, 13, 12, 11, 10].map(minor => [`python3.${minor}`])
  return windows ? [['py', '-3'], ['python'], ['python3']] : [['python3'], ['python'], ...minors]
}

/**
 * The first Python that is new enough.
 * @returns {string[]} its command line
 * @throws Problem if there is none, naming the newest that is too old
 */
export function findPython() {
  let tooOld
  for (const command of candidates()) {
    const { status, stdout } = spawnSync(command[0], [...command.slice(1), '-c', PROBE], { encoding: 'utf8' })
    const version = status === 0 ? /^(\d+)\.(\d+)\.\d+/.exec(stdout) : null
    if (version === null) continue
    const [major, minor] = [Number(version[1]), Number(version[2])]
    if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return command
    tooOld ??= `${command.join(' ')} is ${version[0]}`
  }
  const wanted = `Python ${OLDEST.join('.')} or later is needed for JupyterLab`
  if (tooOld !== undefined) throw new Problem(`${wanted}, and ${tooOld}: install a newer one, or name it in PYTHON`)
  const tried = process.env.PYTHON ? `PYTHON=${process.env.PYTHON} is none` : 'none is on PATH'
  throw new Problem(`${wanted}, and ${tried}: install it, or name it in PYTHON`)
}

function makeVenv(python) {
  rmSync(venv, { recursive: true, force: true })
  const result = spawnSync(python[0], [...python.slice(1), '-m', 'venv', venv], { cwd: root, encoding: 'utf8' })
  if (result.status === 0 && existsSync(venvPython)) return
  const output = `${result.stdout ?? ''}${result.stderr ?? ''}`
  rmSync(venv, { recursive: true, force: true })
  if (/ensurepip|No module named '?venv/.test(output)) {
    throw new Problem(`${python.join(' ')} comes without venv: install it (Debian, Ubuntu: apt install python3-venv)`)
  }
  throw new Problem(pipProblem(output, `${python.join(' ')} -m venv`))
}

const NO_NETWORK =
  /Failed to establish a new connection|NewConnectionError|ConnectionError|Temporary failure in name resolution|Network is unreachable|getaddrinfo failed|ConnectTimeoutError|ReadTimeoutError|ProxyError|Connection refused/
const NO_ACCESS = /Permission denied|Read-only file system|PermissionError/

/** What an unsuccessful pip or venv wants to say, in one line. */
export function pipProblem(output, command) {
  if (NO_NETWORK.test(output)) {
    return 'pip cannot reach the Python package index: connect to the network, or set its proxy, and try again'
  }
  if (NO_ACCESS.test(output)) return `no write access to ${venv}: work in a clone that you own`
  if (/No space left/.test(output)) return `the disk is full (${venv})`
  const lines = output.split('\n').filter(line => line.trim() !== '')
  const reason = lines.find(line => /^ERROR: /.test(line)) ?? lines.at(-1)
  return `${command} failed${reason === undefined ? '' : `: ${reason.replace(/^ERROR: /, '').trim()}`}`
}

/**
 * Begins to make .venv in another process, unless it is there: ahead of its turn, since it needs neither packages nor a
 * build.
 * @returns {Promise<void>} ends with it; whether that went well says `ensureVenv`
 */
export function venvAhead() {
  if (venvIsReady()) return Promise.resolve()
  const make = `import { ensureVenv } from ${JSON.stringify(import.meta.url)}; ensureVenv()`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', make], { stdio: 'ignore' })
  return new Promise(resolve => child.once('error', resolve).once('exit', resolve))
}

/** Makes .venv unless it is there. @throws Problem */
export function ensureVenv() {
  if (venvIsReady()) return
  withLock(venvLock, () => {
    if (!venvIsReady()) install()
  })
}

function install() {
  const python = findPython()
  say('making .venv with JupyterLab (pip, about 30 s; 240 MB)')
  makeVenv(python)
  const args = ['-m', 'pip', 'install', '--require-hashes', '--only-binary=:all:', '-r', inRoot('requirements.txt')]
  const quiet = ['--disable-pip-version-check', '--no-input', '--quiet']
  // Short patience with a network that is down; a value that the user has set stays.
  // PIP_USER, which some systems set, is refused inside an environment.
  const env = { PIP_RETRIES: '2', PIP_DEFAULT_TIMEOUT: '15', ...process.env, PIP_USER: '0' }
  const options = { cwd: root, encoding: 'utf8', env, maxBuffer: 1 << 26 }
  const { status, stdout, stderr, error } = spawnSync(venvPython, [...args, ...quiet], options)
  if (error !== undefined) throw error
  if (status !== 0) throw new Problem(pipProblem(`${stdout}\n${stderr}`, 'pip install'))
  // Node would take the scripts that come with JupyterLab for ES modules, as this package's own are.
  writeFileSync(join(venv, 'package.json'), '{ "type": "commonjs" }\n')
  writeFileSync(stampFile, wantedStamp())
}
