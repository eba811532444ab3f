/**
 * A Jupyter client for one kernel process: the messaging protocol 5.3 over ZeroMQ, signed with HMAC-SHA256.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Dealer, Subscriber } from 'zeromq'
import { optionalPackage } from '../files/optionalPackage.js'
import { kernelArgv } from './installKernelspec.js'

/** A message of the protocol, without its routing. */
export interface KernelMessage {
  readonly header: { readonly msg_id: string; readonly msg_type: string }
  readonly parent_header: { readonly msg_id?: string }
  readonly content: Readonly<Record<string, unknown>>
}

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

const DELIMITER = Buffer.from('<IDS|MSG>')
const CHANNELS = ['shell', 'iopub', 'stdin', 'control', 'hb'] as const
type Ports = Record<`${(typeof CHANNELS)[number]}_port`, number>

interface Connection extends Ports {
  readonly transport: 'ipc' | 'tcp'
  readonly ip: string
  readonly key: string
  readonly signature_scheme: 'hmac-sha256'
}

/**
 * Sockets in the file system where there are such: nobody else can connect, and no port can be taken by another
 * program between being chosen and being bound. Windows has free ports of the loopback address.
 */
async function connection(folder: string): Promise<Connection> {
  const key = randomBytes(32).toString('hex')
  const ports = process.platform === 'win32' ? await freePorts() : [1, 2, 3, 4, 5]
  const numbered = Object.fromEntries(CHANNELS.map((channel, i) => [`${channel}_port`, ports[i]])) as Ports
  const place =
    process.platform === 'win32' ? { transport: 'tcp', ip: '127.0.0.1' } : { transport: 'ipc', ip: join(folder, 'k') }
  return { ...(place as Pick<Connection, 'transport' | 'ip'>), ...numbered, key, signature_scheme: 'hmac-sha256' }
}

async function freePorts(): Promise<number[]> {
  const servers = await Promise.all(
    CHANNELS.map(
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
          const server = createServer().once('error', reject)
          server.listen(0, '127.0.0.1', () => resolve(server))
        }),
    ),
  )
  const ports = servers.map(server => (server.address() as { port: number }).port)
  await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))))
  return ports
}

/** Signs and serialises. */
function encode(key: string, session: string, type: string, id: string, content: unknown): Buffer[] {
  const header = {
    msg_id: id,
    msg_type: type,
    session,
    username: 'mean-field-limit',
    version: '5.3',
    // The protocol wants a date; nothing here reads it.
    date: new Date().toISOString(),
  }
  const parts = [header, {}, {}, content].map(part => Buffer.from(JSON.stringify(part)))
  return [DELIMITER, Buffer.from(sign(key, parts)), ...parts]
}

function sign(key: string, parts: readonly Buffer[]): string {
  const hmac = createHmac('sha256', key)
  for (const part of parts) hmac.update(part)
  return hmac.digest('hex')
}

/** Checks the signature and parses. @returns undefined for what is not a message signed with the key */
function decode(key: string, frames: readonly Buffer[]): KernelMessage | undefined {
  const start = frames.findIndex(frame => frame.equals(DELIMITER))
  if (start < 0 || frames.length < start + 6) return undefined
  const signature = frames[start + 1]!
  const parts = frames.slice(start + 2)
  const expected = Buffer.from(sign(key, parts))
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return undefined
  const [header, parent, , content] = parts.map(part => JSON.parse(part.toString('utf8')))
  return { header, parent_header: parent, content }
}

interface Pending {
  readonly settle: (reply: KernelMessage) => void
  readonly fail: (error: Error) => void
  reply?: KernelMessage
  idle: boolean
}

/**
 * Starts a kernel and waits until it answers.
 * @throws KernelDiedError, or Error if it does not answer in time; the process is then gone
 */
export async function startKernel(options: KernelOptions): Promise<KernelClient> {
  const zmq = await optionalPackage('running a notebook', ['zeromq', 'tslab'], () => import('zeromq'))
  const folder = mkdtempSync(join(tmpdir(), `mfl-k-${process.pid}-`))
  const place = await connection(folder)
  const file = join(folder, 'c.json')
  writeFileSync(file, JSON.stringify(place), { mode: 0o600 })
  const argv = (options.argv ?? kernelArgv(options.node)).map(word => word.replace('{connection_file}', file))
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
  const session = randomBytes(8).toString('hex')
  const pending = new Map<string, Pending>()
  const shell = new zmq.Dealer({ linger: 0 })
  const control = new zmq.Dealer({ linger: 0 })
  const iopub = new zmq.Subscriber({ linger: 0 })
  let died: Error | undefined
  // Outputs may come after their request is settled, from what the cell did not await.
  let latest: { id: string; onOutput: (message: KernelMessage) => void } = { id: '', onOutput: () => undefined }
  const exited = new Promise<void>(resolve => {
    const end = (how: string) => {
      died ??= new KernelDiedError(how, stderr.trim())
      for (const request of pending.values()) request.fail(died)
      pending.clear()
      resolve()
    }
    child.once('exit', (code, signal) => end(signal ? `signal ${signal}` : `exit code ${code}`))
    child.once('error', error => end(error.message))
  })
  const killAtExit = () => kill(child, 'SIGKILL')
  process.once('exit', killAtExit)

  const address = (port: number) => `${place.transport}://${place.ip}:${port}`
  shell.connect(address(place.shell_port))
  control.connect(address(place.control_port))
  iopub.connect(address(place.iopub_port))
  iopub.subscribe()

  const settle = (id: string, request: Pending) => {
    if (!request.reply || !request.idle) return
    pending.delete(id)
    request.settle(request.reply)
  }
  void listen(shell, place.key, message => {
    const id = message.parent_header.msg_id ?? ''
    const request = pending.get(id)
    if (!request) return
    request.reply = message
    settle(id, request)
  })
  void listen(iopub, place.key, message => {
    const id = message.parent_header.msg_id ?? ''
    const isStatus = message.header.msg_type === 'status'
    if (id === latest.id && !isStatus) latest.onOutput(message)
    const request = pending.get(id)
    if (!request || !isStatus) return
    if (message.content.execution_state === 'idle') request.idle = true
    settle(id, request)
  })

  const request: KernelClient['request'] = (type, content, onOutput) => {
    if (died) return Promise.reject(died)
    const id = randomBytes(16).toString('hex')
    return new Promise((resolve, reject) => {
      if (onOutput) latest = { id, onOutput }
      pending.set(id, { settle: resolve, fail: reject, idle: false })
      shell.send(encode(place.key, session, type, id, content)).catch(reject)
    })
  }
  const shutdown = async (): Promise<void> => {
    if (!died) {
      const id = randomBytes(16).toString('hex')
      await control.send(encode(place.key, session, 'shutdown_request', id, { restart: false })).catch(() => undefined)
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
    return { pid: child.pid!, info, request, interrupt: () => kill(child, 'SIGINT'), shutdown }
  } catch (error) {
    await shutdown()
    throw error
  }
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
