/**
 * Makes tslab report errors as Jupyter's protocol wants them. tslab itself writes them on standard error and answers
 * without a name, so that nbclient, nbconvert and nbgrader can't tell a failed cell from one that ran.
 *
 * - `execute_input` is published, from which front ends learn a cell's number.
 * - A failed cell publishes `error` with ename, evalue and traceback, and has the same in its reply.
 * - Where the request says `stop_on_error: false`, the cells that wait run at once; tslab would drop those of the
 *   next 200 ms without a word.
 * - A promise that is rejected with nobody awaiting it is reported on standard error before the cell's reply.
 */
import vm from 'node:vm'
import type ts from 'typescript'
import { type CellSources, cellSources } from './cellSources.js'
import { type CellDiagnostic, compileReport, type QuickInfo } from './compileReport.js'
import { type CellLookup, cellFile, type ErrorReport, errorReport, plainReport } from './errorReport.js'

interface Converter {
  convert(declared: string, source: string): { readonly output?: string; readonly diagnostics: CellDiagnostic[] }
  inspect(declared: string, source: string, offset: number): QuickInfo | undefined
}
interface Console {
  log(...words: unknown[]): void
  error(...words: unknown[]): void
}
interface Executor {
  readonly locals: Readonly<Record<string, unknown>>
}
type CreateExecutor = (root: string, converters: { readonly node: Converter }, console: Console) => Executor

interface Reply {
  readonly status: string
  readonly execution_count?: number
}
interface ExecuteRequest {
  readonly code: string
  readonly silent?: boolean
  readonly stop_on_error?: boolean
}
interface Handler {
  execCount: number
  handleExecute(request: ExecuteRequest, stream: unknown, display: unknown): Promise<Reply>
  handleExecuteImpl(request: ExecuteRequest, ...rest: unknown[]): Promise<unknown>
}
interface Message {
  readonly header: { msg_type: string }
  content: unknown
  createReply(): Message
  signAndSend(key: string, socket: unknown): void
}
interface Server {
  readonly connInfo: { readonly key: string }
  readonly iopub: unknown
  readonly handler: Handler
  handleExecute(socket: unknown, message: Message & { readonly content: ExecuteRequest }): Promise<void>
}

/** The modules of tslab that are changed; loaded only after {@link keepCellSources}. */
export interface TslabModules {
  readonly executor: { createExecutor: CreateExecutor }
  readonly jupyter: {
    readonly JupyterHandlerImpl: { readonly prototype: Handler }
    readonly ZmqServer: { readonly prototype: Server }
  }
}

/** Deep calls of the library must not hide the cell's own line. */
const FRAMES = 60

/**
 * Puts a compiler that keeps source maps in the place from which tslab loads its own: call it before tslab is loaded.
 */
export function keepCellSources(require: NodeJS.Require): CellSources {
  const path = require.resolve('@tslab/typescript-for-tslab')
  const sources = cellSources(require(path) as object)
  require.cache[path]!.exports = sources.typescript
  return sources
}

/**
 * @param sources from {@link keepCellSources}
 * @param library the folder whose frames are hidden
 * @returns the report on any error, for those outside a cell
 */
export function reportErrors(tslab: TslabModules, sources: CellSources, library: string): (e: unknown) => ErrorReport {
  const { JupyterHandlerImpl, ZmqServer } = tslab.jupyter
  const handlerMethods = JupyterHandlerImpl.prototype
  /** Why the running cell failed. */
  let failure: ErrorReport | undefined
  /** The number of the running cell. */
  let running = 0
  let locals: Readonly<Record<string, unknown>> = {}
  const cells: CellLookup = {
    source: sources.source,
    position: sources.position,
    holdsPromise: name => Object.hasOwn(locals, name) && locals[name] instanceof Promise,
    library,
    debug: process.env.MFL_DEBUG === '1',
  }
  Error.stackTraceLimit = Math.max(Error.stackTraceLimit, FRAMES)

  const { createExecutor } = tslab.executor
  tslab.executor.createExecutor = (root, converters, console) => {
    const { node } = converters
    const { convert } = node
    node.convert = (declared, source) => {
      const converted = convert(declared, source)
      sources.add(running, source, converted.output ?? '')
      if (converted.diagnostics.length > 0) {
        const inspect = (offset: number) => node.inspect(declared, source, offset)
        failure = compileReport(converted.diagnostics, running, source, sources.typescript as typeof ts, inspect)
      }
      return converted
    }
    const executor = createExecutor(root, converters, {
      log: console.log,
      error: (...words) => {
        // A message with a format is a diagnostic: one of the cell is in the report, one of a module is no failure.
        if (words.length === 1) failure = errorReport(words[0], cells)
        else if (failure === undefined) console.error(...words)
      },
    })
    locals = executor.locals
    return executor
  }

  const run = vm.runInThisContext
  vm.runInThisContext = (code, options) => {
    const prefix = /^\((?:async )?function\(exports, require\) \{ /.exec(code)?.[0]
    if (prefix === undefined || typeof options === 'string') return run(code, options)
    return run(code, { ...options, filename: cellFile(running), columnOffset: -prefix.length })
  }

  const starts = new WeakMap<ExecuteRequest, (count: number) => void>()
  const failures = new WeakMap<ExecuteRequest, ErrorReport>()
  const { handleExecuteImpl } = handlerMethods
  handlerMethods.handleExecuteImpl = async function (request, ...rest) {
    failure = undefined
    running = this.execCount + 1
    starts.get(request)?.(running)
    try {
      return await handleExecuteImpl.call(this, request, ...rest)
    } catch (count) {
      failures.set(request, failure ?? plainReport('KernelError', 'the kernel could not run this cell'))
      // A task that fails takes along those that wait behind it.
      if (request.stop_on_error === false && failure !== undefined) return count
      throw count
    } finally {
      // Rejections that nobody awaits are announced when the pending callbacks have run.
      await new Promise(setImmediate)
    }
  }

  ZmqServer.prototype.handleExecute = async function (socket, message) {
    const publish = (type: string, content: unknown): void => {
      const out = message.createReply()
      out.header.msg_type = type
      out.content = content
      out.signAndSend(this.connInfo.key, this.iopub)
    }
    const { content: request } = message
    if (!request.silent) {
      starts.set(request, count => publish('execute_input', { code: request.code, execution_count: count }))
    }
    const answer = await this.handler.handleExecute(
      request,
      (name: string, text: string) => publish('stream', { name, text }),
      (data: unknown, update: boolean) => publish(update ? 'update_display_data' : 'display_data', data),
    )
    const error = failures.get(request)
    if (error !== undefined) publish('error', error)
    const reply = message.createReply()
    reply.header.msg_type = 'execute_reply'
    const status = error !== undefined ? 'error' : answer.status === 'abort' ? 'aborted' : answer.status
    reply.content = { user_expressions: {}, payload: [], ...answer, status, ...error }
    reply.signAndSend(this.connInfo.key, socket)
  }
  return thrown => errorReport(thrown, cells)
}

/** Reports what no cell awaits on standard error, which tslab turns into output of the last cell. */
export function reportUnawaited(report: (thrown: unknown) => ErrorReport): void {
  const say = (what: string) => (thrown: unknown) =>
    void process.stderr.write(`${[what, ...report(thrown).traceback].join('\n')}\n`)
  process.removeAllListeners('unhandledRejection')
  process.removeAllListeners('uncaughtException')
  process.on('unhandledRejection', say('a promise that nobody awaited was rejected (did you forget await?)'))
  process.on('uncaughtException', say('an error that nobody could catch'))
}
