/**
 * The script of the frame that holds the kernel of a notebook's page. The frame has a security policy of its own: it
 * alone may evaluate text, and it may ask nobody for anything; its worker, which starts from a blob, inherits that. All
 * that the worker needs is loaded as classic scripts, since a page from file:// may load nothing else.
 */
import type { FromTypes, ToTypes } from '../cellTypes/protocol.js'
import { loadScript } from '../page/loadScript.js'
import { extrasOf } from './extras.js'
import { type FromFrame, type FromKernel, KERNEL_FILE, type ToFrame, type ToKernel } from './protocol.js'

const place = window as unknown as Record<string, unknown>
const tell = (message: FromFrame): void => parent.postMessage(message, '*')

/** The text of a script of the book: a function, which is not called here. */
async function scriptText(name: string): Promise<string> {
  await loadScript(`assets/${name}.js`)
  return String(place[`mfl${name[0]!.toUpperCase()}${name.slice(1)}`])
}

const scriptMessage = async (name: string): Promise<ToKernel> => ({
  kind: 'script',
  name,
  source: await scriptText(name),
})

/** A worker that was started, and what it has been sent; another one takes its place after a stop. */
interface Kernel {
  worker: Worker | undefined
  readonly sent: Set<string>
  /** Resolves when the library and the compiler are in it. */
  readonly ready: Promise<void>
}

let current: Kernel | undefined

/** Nothing comes from a kernel that was stopped, also while it was being loaded. */
function start(): Kernel {
  const kernel: Kernel = { worker: undefined, sent: new Set(), ready: Promise.resolve().then(() => load(kernel)) }
  return kernel
}

async function load(kernel: Kernel): Promise<void> {
  const say = (message: FromFrame): void => {
    if (current === kernel) tell(message)
  }
  say({ kind: 'stage', text: 'loading the library' })
  const source = `(${await scriptText('kernel')})()\n//# sourceURL=${KERNEL_FILE}`
  if (current !== kernel) return
  const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })))
  kernel.worker = worker
  worker.onmessage = ({ data }: MessageEvent<FromKernel>) => say(data)
  worker.onerror = event => say({ kind: 'failed', message: event.message || 'the worker could not be started' })
  say({ kind: 'stage', text: 'loading the compiler' })
  const scripts = ['katex', 'compiler'].map(scriptMessage)
  for (const script of scripts) worker.postMessage(await script)
  say({ kind: 'ready' })
}

/** Files by the script that they came with; a script calls `mflData` for each, while it is loaded alone. */
const files = new Map<string, readonly ToKernel[]>()
let arriving: ToKernel[] = []
place.mflData = (path: string, content: string): void => {
  arriving.push({ kind: 'file', path: `/mean-field-limit/${path}`, content })
}

async function fileMessages(group: string): Promise<readonly ToKernel[]> {
  if (!files.has(group)) {
    arriving = []
    await loadScript(`data/${group}.js`)
    files.set(group, arriving)
  }
  return files.get(group)!
}

async function run(message: Extract<ToFrame, { kind: 'run' }>): Promise<void> {
  current ??= start()
  const kernel = current
  await kernel.ready
  for (const { name, from } of extrasOf(message.source)) {
    if (kernel.sent.has(name) || current !== kernel) continue
    tell({ kind: 'stage', text: from === undefined ? `loading ${name}` : 'loading recorded data' })
    for (const extra of from === undefined ? [await scriptMessage(name)] : await fileMessages(name))
      kernel.worker?.postMessage(extra)
    kernel.sent.add(name)
  }
  if (current === kernel) kernel.worker?.postMessage(message)
}

function stop(): void {
  current?.worker?.terminate()
  current = undefined
}

/** The worker of the types: it shares the compiler's script with the kernel, evaluates nothing, and outlives a stop. */
let types: Promise<Worker> | undefined

async function startTypes(): Promise<Worker> {
  const [compiler, service] = [await scriptText('compiler'), await scriptText('types')]
  const [pack] = await fileMessages('types')
  if (pack?.kind !== 'file') throw new Error('data/types.js has no declaration files')
  const source = `(${service})().startTypes((${compiler})().typescript)\n//# sourceURL=book/types.js`
  const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })))
  worker.onmessage = ({ data }: MessageEvent<FromTypes>) => tell({ kind: 'types', message: data })
  worker.onerror = event => withoutTypes(event.message || 'their worker could not be started')
  worker.postMessage({ pack: pack.content })
  return worker
}

const withoutTypes = (message: string): void => tell({ kind: 'types', message: { kind: 'failed', message } })

function ask(message: ToTypes): void {
  types ??= startTypes()
  const asked = types
  asked.then(
    worker => {
      if (types === asked) worker.postMessage(message)
    },
    (error: Error) => {
      if (types === asked) types = undefined
      withoutTypes(error.message)
    },
  )
}

function endTypes(): void {
  types?.then(
    worker => worker.terminate(),
    () => undefined,
  )
  types = undefined
}

addEventListener('message', ({ data, source }: MessageEvent<ToFrame>) => {
  if (source !== parent) return
  if (data.kind === 'stop') stop()
  else if (data.kind === 'types') ask(data.message)
  else if (data.kind === 'end-types') endTypes()
  // A comm belongs to outputs of this kernel; of one that was stopped there is nobody to answer.
  else if (data.kind !== 'run') current?.worker?.postMessage(data)
  else
    run(data).catch((error: Error) => {
      stop()
      tell({ kind: 'failed', message: error.message })
    })
})
