/**
 * The program that the kernelspec starts: tslab's kernel, with six things added.
 *
 * 1. `import … from 'mean-field-limit'` works, with types, from any folder, and always means the copy that this kernel
 *    belongs to, even where a folder above the notebook has another. Packages that the notebook's folders do not have
 *    are looked for beside that copy.
 * 2. An interrupt of synchronous code is also announced to the listeners of SIGINT, which Node disables while such
 *    code runs; worker threads that the code had started are stopped by them (see interrupt.ts).
 * 3. The shorthand `{ N }` finds a variable N of an earlier cell.
 * 4. Errors are reported as Jupyter's protocol has them, in the cell's own lines (see kernelErrors.ts).
 * 5. Controls of a front end reach the cells that made them, by comms (see comms.ts).
 * 6. What cells publish arrives whole, however much it is at once.
 *
 * Usage: node --disable-warning=ExperimentalWarning kernel.js kernel --config-path FILE
 */
import { existsSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import { basename, dirname, join, parse } from 'node:path'
import vm from 'node:vm'
import { HEEDS_INTERRUPTS } from '../../base/interrupt.js'
import { packageRoot } from '../../files/packageRoot.js'
import { answerComms, type TslabServer } from './comms.js'
import { keepCellSources, reportErrors, reportUnawaited, type TslabModules } from './kernelErrors.js'

const require = createRequire(import.meta.url)
/** Resolves what tslab itself would get, wherever npm has put it. */
const tslabRequire = createRequire(require.resolve('tslab/package.json'))

/** The part of TypeScript's file system interface that module resolution goes through. */
interface TypeScriptSystem {
  fileExists(path: string): boolean
  readFile(path: string, encoding?: string): string | undefined
  directoryExists(path: string): boolean
  getDirectories(path: string): string[]
  realpath(path: string): string
}

/** The node_modules folder that holds this package under its own name: the one it is installed in, or its clone's. */
function modulesFolder(): string | undefined {
  const root = packageRoot()
  const installed = dirname(root)
  if (basename(installed) === 'node_modules') return installed
  const own = join(root, 'node_modules')
  return existsSync(join(own, 'mean-field-limit')) ? own : undefined
}

const NAME = 'mean-field-limit'

/**
 * Cells are compiled to `require`, and this function is what `require` asks for the file.
 */
function resolveFromHere(modules: string): void {
  type Resolve = (this: unknown, request: string, ...rest: unknown[]) => string
  const loader = Module as unknown as { _resolveFilename: Resolve }
  const resolve = loader._resolveFilename
  loader._resolveFilename = function (request, ...rest) {
    const own = request === NAME || request.startsWith(`${NAME}/`)
    try {
      return own ? resolve.call(this, request, null, false, { paths: [modules] }) : resolve.call(this, request, ...rest)
    } catch (error) {
      const relative = /^[./\\]|^[A-Za-z]:/.test(request)
      if (own || relative || (error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error
      return resolve.call(this, request, null, false, { paths: [modules] })
    }
  }
}

/**
 * TypeScript looks for a package in node_modules of the notebook's folder and of each folder above it, the root of
 * the file system last. This package is answered for in the first place, all others in the last.
 */
function resolveTypesFromHere(system: TypeScriptSystem, modules: string): void {
  const folder = process.cwd().replace(/\\/g, '/')
  const first = `${folder.replace(/\/$/, '')}/node_modules/${NAME}`
  const last = `${parse(folder).root}node_modules`
  const taken = existsSync(last)
  const moved = (path: string): string => {
    if (path === first || path.startsWith(`${first}/`)) return `${modules}/${NAME}${path.slice(first.length)}`
    if (!taken && (path === last || path.startsWith(`${last}/`))) return `${modules}${path.slice(last.length)}`
    return path
  }
  const { fileExists, readFile, directoryExists, getDirectories, realpath } = system
  system.fileExists = path => fileExists.call(system, moved(path))
  system.readFile = (path, encoding) => readFile.call(system, moved(path), encoding)
  system.directoryExists = path => directoryExists.call(system, moved(path))
  system.getDirectories = path => getDirectories.call(system, moved(path))
  system.realpath = path => realpath.call(system, moved(path))
}

/**
 * tslab runs a cell by vm.runInThisContext with `breakOnSigint`. Around that call Node takes all listeners of SIGINT
 * away and puts them back; three things it leaves undone are done here.
 */
function repairSynchronousInterrupts(): void {
  const run = vm.runInThisContext
  vm.runInThisContext = (code, options) => {
    const watch = leaveInterruptsToTheRun()
    try {
      return run(code, options)
    } catch (error) {
      // The listeners were not told of this interrupt.
      if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED') process.emit('SIGINT')
      throw error
    } finally {
      watch()
      // The signal is now at its default action, by which the next interrupt would end the process; where the code
      // added a listener, Node may believe its handler to be in place. Adding all of them anew installs it.
      const listeners = process.rawListeners('SIGINT') as NodeJS.SignalsListener[]
      process.removeAllListeners('SIGINT')
      for (const listener of listeners) process.on('SIGINT', listener)
    }
  }
}

/**
 * The first listener of a signal makes Node install its handler. One of SIGINT that code adds while it runs with
 * `breakOnSigint` would so take the signal away from that run, which then could not be interrupted, and whose end would
 * drop the signal unheard. So nothing is installed for it until the returned function is called.
 */
function leaveInterruptsToTheRun(): () => void {
  type Listener = (event: string | symbol, listener: () => void) => void
  const install = (process.rawListeners('newListener' as 'SIGINT') as unknown as Listener[]).find(
    ({ name }) => name === 'startListeningIfSignal',
  )
  if (install === undefined) return () => undefined
  const others: Listener = (event, listener) => {
    if (event !== 'SIGINT') install(event, listener)
  }
  const emitter: NodeJS.EventEmitter = process
  emitter.off('newListener', install)
  emitter.on('newListener', others)
  return () => {
    emitter.off('newListener', others)
    emitter.on('newListener', install)
  }
}

/**
 * tslab writes a variable of an earlier cell as `exports.N`, but forgets the shorthand property `{ N }`, which then
 * looks for a global of that name. So each such variable gets one, a getter that follows it, before a cell runs.
 */
function shareEarlierVariables(): void {
  const run = vm.runInThisContext
  vm.runInThisContext = (code, options) => {
    const { exports } = (globalThis as { __tslab__?: { exports: Record<string, unknown> } }).__tslab__ ?? {}
    for (const name of Object.keys(exports ?? {})) {
      if (name in globalThis) continue
      Object.defineProperty(globalThis, name, { configurable: true, enumerable: false, get: () => exports![name] })
    }
    return run(code, options)
  }
}

/** A socket of ZeroMQ, and the part of tslab's server that opens it. */
interface SendingSocket {
  sendTimeout: number
  sendHighWaterMark: number
}
interface BindingServer {
  bindSocket(socket: SendingSocket, port: number): Promise<void>
}

/**
 * ZeroMQ sends 512 messages at once, waits with the next for the event loop, and refuses one more meanwhile: a cell
 * that printed more failed. Where sending may take no time it does not wait: sockets of these kinds take every message.
 * And it drops what a slow front end leaves in a queue of 1000.
 */
function sendAtOnce({ ZmqServer }: { readonly ZmqServer: { readonly prototype: BindingServer } }): void {
  const methods = ZmqServer.prototype
  const { bindSocket } = methods
  methods.bindSocket = function (socket, port) {
    socket.sendTimeout = 0
    socket.sendHighWaterMark = 0
    return bindSocket.call(this, socket, port)
  }
}

/**
 * Jupyter's convention: a kernel ends when the process that started it is gone. Without this, a kernel whose server
 * was killed would stay for ever.
 */
function endWithParent(): void {
  const parent = process.ppid
  if (process.platform === 'win32' || Number(process.env.JPY_PARENT_PID) !== parent) return
  setInterval(() => process.ppid !== parent && process.exit(0), 1000).unref()
}

const modules = modulesFolder()
if (modules) {
  resolveFromHere(modules)
  resolveTypesFromHere((tslabRequire('@tslab/typescript-for-tslab') as { sys: TypeScriptSystem }).sys, modules)
}
process.env[HEEDS_INTERRUPTS] = '1'
repairSynchronousInterrupts()
shareEarlierVariables()
endWithParent()
// tslab parses the command line itself. Started in a folder with a tslab of its own it would hand over to that one,
// whose version is unknown here; the flag it offers for that is reachable only through this function.
const flag = process.argv.indexOf('--config-path')
const configPath = flag > 0 ? process.argv[flag + 1] : undefined
if (process.argv[2] !== 'kernel' || configPath === undefined) {
  process.stderr.write('usage: node kernel.js kernel --config-path CONNECTION_FILE\n')
  process.exit(2)
}
const sources = keepCellSources(tslabRequire)
const { startKernel } = require('tslab/dist/main.js') as {
  startKernel(options: { configPath: string; enableFindLocal: boolean }): void
}
const tslab: TslabModules = { executor: require('tslab/dist/executor.js'), jupyter: require('tslab/dist/jupyter.js') }
const report = reportErrors(tslab, sources, join(packageRoot(), 'dist'))
answerComms(tslab.jupyter as unknown as TslabServer, report)
sendAtOnce(tslab.jupyter as unknown as Parameters<typeof sendAtOnce>[0])
startKernel({ configPath, enableFindLocal: false })
reportUnawaited(report)
