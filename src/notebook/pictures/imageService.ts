/**
 * The calling side of the image worker: images of figures, either awaited or waited for.
 *
 * `show` waits, so that a notebook cell needs no `await` and its output is complete when the cell ends. The worker
 * never keeps the process alive, and its Chromium is closed when the process exits.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { packageRoot } from '../../files/packageRoot.js'

/** Image files that a headless Chromium makes. */
export type ImageFormat = 'png' | 'svg' | 'pdf'

export interface ImageRequest {
  readonly data: readonly unknown[]
  readonly layout: Readonly<Record<string, unknown>>
  readonly format: ImageFormat
  /** CSS pixels. */
  readonly width: number
  readonly height: number
  /** Device pixels per CSS pixel, for PNG. */
  readonly scale: number
}

/** Bytes, or why there are none; `browser` tells whether Chromium itself was running. */
export type ImageReply = { readonly bytes: Uint8Array } | { readonly error: string; readonly browser: boolean }

/** Starting Chromium and loading plotly.js takes 1-2 s; a loaded machine may take ten times that. */
const TIMEOUT_MILLISECONDS = 60_000
const CLOSE_MILLISECONDS = 3_000

let worker: Worker | undefined
let pending = 0
let closesAtExit = false

function imageWorker(): Worker {
  if (worker) return worker
  const file = join(packageRoot(), 'dist', 'notebook', 'pictures', 'imageWorker.js')
  if (!existsSync(file)) throw new Error(`${file} does not exist: run \`npm run build\` first`)
  // Flags of this process (--eval, --inspect) are not the worker's.
  const started = new Worker(file, { execArgv: [] })
  started.unref()
  started.once('exit', () => {
    if (worker === started) worker = undefined
  })
  // Reported to whoever waits, by 'exit' or by the time limit; without a listener it would end the process.
  started.on('error', () => undefined)
  if (!closesAtExit) process.once('exit', closeAtExit)
  closesAtExit = true
  worker = started
  return started
}

/** At exit nothing asynchronous runs here any more, so this waits while the worker closes the browser. */
function closeAtExit(): void {
  if (!worker) return
  const flag = new Int32Array(new SharedArrayBuffer(4))
  worker.postMessage({ close: true, flag })
  Atomics.wait(flag, 0, 0, CLOSE_MILLISECONDS)
}

/** The image, waited for: this thread sleeps meanwhile. @throws Error if the worker can't be started */
export function imageSync(request: ImageRequest): ImageReply {
  const { port1, port2 } = new MessageChannel()
  const flag = new Int32Array(new SharedArrayBuffer(4))
  imageWorker().postMessage({ request, port: port2, flag }, [port2])
  try {
    const waited = Atomics.wait(flag, 0, 0, TIMEOUT_MILLISECONDS)
    const received = receiveMessageOnPort(port1) as { message: ImageReply } | undefined
    if (received) return received.message
    return {
      error: waited === 'timed-out' ? 'the renderer did not answer in time' : 'the renderer died',
      browser: false,
    }
  } finally {
    port1.close()
  }
}

/** The image, awaited. The process stays alive until it is there. */
export function imageAsync(request: ImageRequest): Promise<ImageReply> {
  const { port1, port2 } = new MessageChannel()
  const flag = new Int32Array(new SharedArrayBuffer(4))
  const thread = imageWorker()
  thread.postMessage({ request, port: port2, flag }, [port2])
  if (pending++ === 0) thread.ref()
  return new Promise<ImageReply>(resolve => {
    const died = () => resolve({ error: 'the renderer died', browser: false })
    const late = setTimeout(
      () => resolve({ error: 'the renderer did not answer in time', browser: false }),
      TIMEOUT_MILLISECONDS,
    )
    thread.once('exit', died)
    port1.once('message', (reply: ImageReply) => resolve(reply))
    port1.once('close', () => {
      clearTimeout(late)
      thread.off('exit', died)
    })
  }).finally(() => {
    port1.close()
    if (--pending === 0) thread.unref()
  })
}
