/**
 * The worker that runs the cells of a notebook of the book: the whole library, and TypeScript, which comes after it. It
 * knows nothing of pages: scripts, files and cells come as messages, outputs go as messages.
 */
import type ts from 'typescript'
import { type CellRunner, cellRunner } from './cellRunner.js'
import { answerComms } from './comms.js'
import { streams } from './platform/globals.js'
import { cache, required } from './platform/module.js'
import { NODE_MODULES } from './platform/nodeModules.js'
import { format } from './platform/util.js'
import type { CommMessage, FromKernel, ToKernel } from './protocol.js'

/** Modules by the names that cells import them by. */
export type KernelModules = Readonly<Record<string, object>>

const scope = globalThis as unknown as Record<string, unknown> & {
  postMessage(message: unknown): void
  addEventListener(type: string, listener: (event: never) => void): void
}
// Cells may give these names to things of their own.
const post = scope.postMessage.bind(scope)
// biome-ignore lint/security/noGlobalEval: that is what running a cell means
const evaluate = eval

let running = 0
const send = (message: FromKernel): void => post(message)

streams.write = (name, text) => send({ kind: 'stream', id: running, name, text })
const print =
  (name: 'stdout' | 'stderr') =>
  (...words: unknown[]): void =>
    streams.write(name, `${format(...words)}\n`)
Object.assign(console, { log: print('stdout'), info: print('stdout'), debug: print('stdout') })
Object.assign(console, { warn: print('stderr'), error: print('stderr') })

// The library looks for the notebook that runs it among the modules that are loaded.
interface DisplayMessage {
  readonly data: Readonly<Record<string, unknown>>
  readonly transient: { readonly display_id?: string }
}
cache['/tslab/dist/jupyter.js'] = {
  exports: {
    lastWriteDisplayData: ({ data, transient }: DisplayMessage, update: boolean) =>
      send({
        kind: 'display',
        id: running,
        data,
        update,
        ...(transient.display_id === undefined ? {} : { display: transient.display_id }),
      }),
  },
}

const { fs, os } = NODE_MODULES

const OTHERS: KernelModules = Object.fromEntries(
  Object.entries(NODE_MODULES).flatMap(([name, module]) => [
    [name, module],
    [`node:${name}`, module],
  ]),
)

/**
 * Starts listening.
 * @param modules the library's
 * @param manifest the package.json that the library finds, as text
 */
export function startKernel(modules: KernelModules, manifest: string): void {
  fs.provideFile('/mean-field-limit/package.json', new TextEncoder().encode(manifest))
  fs.mkdirSync(os.tmpdir())
  const load = (name: string): object => {
    const found = modules[name] ?? OTHERS[name] ?? required.get(name)
    if (found !== undefined) return found as object
    throw new Error(`Cannot find module '${name}': in the browser there are ${Object.keys(modules).join(', ')}`)
  }
  let runner: CellRunner | undefined
  const handle = async (message: Exclude<ToKernel, CommMessage>): Promise<void> => {
    if (message.kind === 'file') {
      fs.provideFile(
        message.path,
        Uint8Array.from(atob(message.content), c => c.charCodeAt(0)),
      )
    } else if (message.kind === 'script') {
      const module = (evaluate(`(${message.source})`) as () => unknown)()
      required.set(message.name, module)
      if (message.name !== 'compiler') return
      const { typescript } = module as { readonly typescript: typeof ts }
      runner = cellRunner({ typescript, scope, evaluate, load, print: print('stdout') })
    } else {
      running = message.id
      const error = await runner!.run(message.source)
      // Rejections that nobody awaits are announced when the pending callbacks have run.
      await new Promise<void>(setImmediate)
      send({ kind: 'done', id: message.id, ...(error === undefined ? {} : { error }) })
    }
  }
  // One thing after the other.
  let turn: Promise<unknown> = Promise.resolve()
  const after = (work: () => Promise<void>): Promise<void> => {
    const done = turn.then(work)
    turn = done.catch(() => undefined)
    return done
  }
  const hear = answerComms({ send, after, report: thrown => runner!.report(thrown) })
  scope.addEventListener('message', ({ data }: { readonly data: ToKernel }) => {
    if (data.kind === 'comm-open' || data.kind === 'comm-msg' || data.kind === 'comm-close') hear(data)
    else after(() => handle(data)).catch((error: Error) => send({ kind: 'failed', message: error.message }))
  })
  const report = (what: string, thrown: unknown, event: { preventDefault(): void }): void => {
    event.preventDefault()
    streams.write('stderr', `${[what, ...(runner?.report(thrown).traceback ?? [])].join('\n')}\n`)
  }
  scope.addEventListener('unhandledrejection', (event: { readonly reason: unknown; preventDefault(): void }) =>
    report('a promise that nobody awaited was rejected (did you forget await?)', event.reason, event),
  )
  scope.addEventListener('error', (event: { readonly error: unknown; preventDefault(): void }) =>
    report('an error that nobody could catch', event.error, event),
  )
}
