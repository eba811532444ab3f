/**
 * A Jupyter client for one kernel process: the messaging protocol 5.3 over ZeroMQ.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Dealer, Subscriber } from 'zeromq'
import { optionalPackage } from '../../files/optionalPackage.js'
import { kernelArgv } from './installKernelspec.js'
import { kernelConnection } from './kernelConnection.js'
import { decode, encode, type KernelMessage } from './kernelMessage.js'

interface KernelOptions {
  /** Working directory of the kernel: the folder of the notebook. */
  readonly cwd: string
  /** The Node that runs it, by default the one running now. */
  readonly node?: string
  /** Command line with {connection_file} in it, by default our kernelspec's. */
  readonly argv?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
}

export interface KernelClient {
  readonly pid: number
  /** The answer to kernel_info_request. */
  readonly info: Readonly<Record<string, unknown>>
  /**
   * Sends a request and waits for its reply and for the kernel to be idle again.
   * @param onOutput called for each message that the request makes the kernel publish, until the next such request
   * @throws KernelDiedError if the process ends before
   */
  request(
    type: string,
    content: Readonly<Record<string, unknown>>,
    onOutput?: (message: KernelMessage) => void,
  ): Promise<KernelMessage>
  /** Sends a message that has no reply, such as those of comms, and waits for the kernel to be done with it. */
  post(type: string, content: Readonly<Record<string, unknown>>): Promise<void>
  /** Calls back for every message that the kernel publishes. @returns a function that ends it */
  listen(heard: (message: KernelMessage) => void): () => void
  /** Sends SIGINT, as JupyterLab's "Interrupt" does. */
  interrupt(): void
  /** Ends the process: asks, waits a second, kills. Never fails, and may be called again. */
  shutdown(): Promise<void>
}

/** The kernel process ended by itself. */
class KernelDiedError extends Error {
  constructor(how: string, stderr: string) {
    super(`the kernel died (${how})${stderr ? `: ${stderr}` : ''}`)
    this.name = 'KernelDiedError'
  }
}

interface Pending {
  readonly settle: (reply: KernelMessage) => void
  readonly fail: (error: Error) => void
  reply?: KernelMessage
  idle: boolean
}

/** Stands for the reply that a message of a comm does not have. */
const NO_REPLY: KernelMessage = { header: { msg_id: '', msg_type: 'none' }, parent_header: {}, content: {} }

/** The requests of one client that wait for a reply and for the kernel to be idle again. */
class Requests {
  readonly #pending = new Map<string, Pending>()
  /** Outputs may come after their request is settled, from what the cell did not await. */
  #latest: { readonly id: string; readonly onOutput: (message: KernelMessage) => void } | undefined
  died: Error | undefined
  readonly listeners: Set<(message: KernelMessage) => void> = new Set()

  /** A promise for the reply to a request with a new id, which `send` gets. */
  open(send: (id: string) => Promise<void>, onOutput?: (message: KernelMessage) => void): Promise<KernelMessage> {
    return this.#open(send, undefined, onOutput)
  }

  /** The same for a message without a reply. */
  post(send: (id: string) => Promise<void>): Promise<KernelMessage> {
    return this.#open(send, NO_REPLY)
  }

  #open(
    send: (id: string) => Promise<void>,
    reply?: KernelMessage,
    onOutput?: (message: KernelMessage) => void,
  ): Promise<KernelMessage> {
    if (this.died) return Promise.reject(this.died)
    const id = randomBytes(16).toString('hex')
    return new Promise((settle, fail) => {
      if (onOutput) this.#latest = { id, onOutput }
      this.#pending.set(id, { settle, fail, idle: false, ...(reply && { reply }) })
      send(id).catch(fail)
    })
  }

  /** A reply on the shell channel. */
  replied(message: KernelMessage): void {
    const id = message.parent_header.msg_id ?? ''
    const request = this.#pending.get(id)
    if (!request) return
    request.reply = message
    this.#settle(id, request)
  }

  /** An output, or a change of status, on iopub. */
  published(message: KernelMessage): void {
    for (const heard of this.listeners) heard(message)
    const id = message.parent_header.msg_id ?? ''
    const isStatus = message.header.msg_type === 'status'
    if (id === this.#latest?.id && !isStatus) this.#latest.onOutput(message)
    const request = this.#pending.get(id)
    if (!request || !isStatus) return
    if (message.content.execution_state === 'idle') request.idle = true
    this.#settle(id, request)
  }

  #settle(id: string, request: Pending): void {
    if (!request.reply || !request.idle) return
    this.#pending.delete(id)
    request.settle(request.reply)
  }

  /** Nobody will answer any more. */
  fail(error: Error): void {
    this.died ??= error
    for (const request of this.#pending.values()) request.fail(this.died)
    this.#pending.clear()
  }
}

/**
 * Starts a kernel and waits until it answers.
 * @throws KernelDiedError, or Error if it does not answer in time; the process is then gone
 */
export async function startKernel(options: KernelOptions): Promise<KernelClient> {
  const { Dealer, Subscriber } = await optionalPackage(
    'running a notebook',
    ['zeromq', 'tslab'],
    () => import('zeromq'),
  )
  const folder = mkdtempSync(join(tmpdir(), `mfl-k-${process.pid}-`))
  const place = await kernelConnection(folder)
  const file = join(folder, 'c.json')
  writeFileSync(file, JSON.stringify(place), { mode: 0o600 })
  const requests = new Requests()
  const { child, exited } = spawnKernel(options, file, error => requests.fail(error))
  const killAtExit = () => kill(child, 'SIGKILL')
  process.once('exit', killAtExit)

  const [shell, control, iopub] = [new Dealer({ linger: 0 }), new Dealer({ linger: 0 }), new Subscriber({ linger: 0 })]
  const address = (port: number) => `${place.transport}://${place.ip}:${port}`
  shell.connect(address(place.shell_port))
  control.connect(address(place.control_port))
  iopub.connect(address(place.iopub_port))
  iopub.subscribe()
  void listen(shell, place.key, message => requests.replied(message))
  void listen(iopub, place.key, message => requests.published(message))

  const signature = { key: place.key, session: randomBytes(8).toString('hex') }
  const request: KernelClient['request'] = (type, content, onOutput) =>
    requests.open(id => shell.send(encode(signature, type, id, content)), onOutput)
  const post: KernelClient['post'] = async (type, content) => {
    await requests.post(id => shell.send(encode(signature, type, id, content)))
  }
  const listenTo: KernelClient['listen'] = heard => {
    requests.listeners.add(heard)
    return () => void requests.listeners.delete(heard)
  }
  const shutdown = async (): Promise<void> => {
    if (!requests.died) {
      const id = randomBytes(16).toString('hex')
      await control.send(encode(signature, 'shutdown_request', id, { restart: false })).catch(() => undefined)
      await Promise.race([exited, sleep(1000)])
    }
    kill(child, 'SIGKILL')
    await Promise.race([exited, sleep(5000)])
    process.off('exit', killAtExit)
    for (const socket of [shell, control, iopub]) if (!socket.closed) socket.close()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const info = await firstAnswer(request)
    return { pid: child.pid!, info, request, post, listen: listenTo, interrupt: () => kill(child, 'SIGINT'), shutdown }
  } catch (error) {
    await shutdown()
    throw error
  }
}

/** The process of a kernel. @param onEnd told how it ended @returns it, and a promise that is kept when it has ended */
function spawnKernel(
  options: KernelOptions,
  connectionFile: string,
  onEnd: (error: KernelDiedError) => void,
): { readonly child: ChildProcess; readonly exited: Promise<void> } {
  const argv = (options.argv ?? kernelArgv(options.node)).map(word => word.replace('{connection_file}', connectionFile))
  const child = spawn(argv[0]!, argv.slice(1), {
    cwd: options.cwd,
    // The launcher ends with this process, as Jupyter's kernels do.
    env: { ...process.env, ...options.env, JPY_PARENT_PID: String(process.pid) },
    stdio: ['ignore', 'ignore', 'pipe'],
    // A group of its own: Ctrl-C in the terminal is for the runner, which then decides.
    detached: process.platform !== 'win32',
  })
  let stderr = ''
  child.stderr!.on('data', chunk => {
    stderr = (stderr + chunk).slice(-2000)
  })
  const exited = new Promise<void>(resolve => {
    const end = (how: string) => {
      onEnd(new KernelDiedError(how, stderr.trim()))
      resolve()
    }
    child.once('exit', (code, signal) => end(signal ? `signal ${signal}` : `exit code ${code}`))
    child.once('error', error => end(error.message))
  })
  return { child, exited }
}

/** Seconds in which a kernel must have answered. */
const START_SECONDS = 60

/**
 * Asks until an answer comes with its 'idle' on iopub: the first requests may be answered before the subscription to
 * iopub has reached the kernel, and from then on nothing published is missed.
 */
async function firstAnswer(request: KernelClient['request']): Promise<Readonly<Record<string, unknown>>> {
  const end = performance.now() + 1000 * START_SECONDS
  const asked: Promise<KernelMessage>[] = []
  while (performance.now() < end) {
    asked.push(request('kernel_info_request', {}))
    const answer = await Promise.race([...asked, sleep(200)])
    if (answer) {
      // The others fail when the kernel ends, with nobody waiting.
      for (const other of asked) other.catch(() => undefined)
      return answer.content
    }
  }
  for (const other of asked) other.catch(() => undefined)
  throw new Error(`the kernel did not answer within ${START_SECONDS} s`)
}

async function listen(
  socket: Dealer | Subscriber,
  key: string,
  handle: (message: KernelMessage) => void,
): Promise<void> {
  try {
    for await (const frames of socket) {
      const message = decode(key, frames as Buffer[])
      if (message) handle(message)
    }
  } catch {
    // The socket was closed while waiting: that is how this loop ends.
  }
}

/** Signals the process and what it started; as Jupyter does, the whole group where there are groups. */
function kill(child: ChildProcess, signal: 'SIGINT' | 'SIGKILL'): void {
  if (child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill(signal)
    else process.kill(-child.pid, signal)
  } catch {
    // It is gone already.
  }
}

function sleep(milliseconds: number): Promise<undefined> {
  return new Promise(resolve => setTimeout(() => resolve(undefined), milliseconds).unref())
}
