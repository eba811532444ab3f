/**
 * Gives tslab the comms of Jupyter's protocol, which it does not know: `comm_open`, `comm_msg`, `comm_close`, and an
 * answer to `comm_info_request`. Who answers stands in {@link commTargets}.
 *
 * - A comm that nobody knows is closed: after a restart of the kernel the front end learns so that its cell must run again.
 * - Work of a comm waits for the cells that run, and they for it.
 * - A message that is answered while a cell runs does not make the kernel look idle.
 */
import vm from 'node:vm'
import { InterruptedError, interruptible } from '../../base/interrupt.js'
import { type Comm, type CommListener, commTargets, type Turn } from '../interact/commTargets.js'
import type { ErrorReport } from './errorReport.js'

interface Message {
  readonly header: { msg_type: string }
  content: unknown
  createReply(): Message
  signAndSend(key: string, socket: unknown): void
}
interface MessageClass {
  fromRaw(key: string, frames: readonly Buffer[]): Message
}
interface Server {
  readonly connInfo: { readonly key: string }
  readonly iopub: unknown
  readonly handler: { readonly execQueue: { add(task: () => Promise<void>): Promise<void> } }
  publishStatus(status: 'busy' | 'idle', parent: Message): void
  handleShellMessage(socket: unknown, ...frames: Buffer[]): Promise<void>
  handleCommInfoRequest(socket: unknown, message: Message): void
}

/** The module of tslab that is changed. */
export interface TslabServer {
  readonly ZmqServer: { readonly prototype: Server }
}

/** Content of the three messages. */
interface CommContent {
  readonly comm_id: string
  readonly target_name?: string
  readonly data?: unknown
}

interface OpenComm {
  readonly target: string
  /** The message that is answered now. */
  parent: Message
  readonly listener: CommListener
}

const DELIMITER = '<IDS|MSG>'
/** What makes the kernel busy until it is done. */
const LONG = ['execute_request', 'comm_msg']

/**
 * Puts the comms into tslab's server.
 * @param report what is said of an error
 */
export function answerComms({ ZmqServer }: TslabServer, report: (thrown: unknown) => ErrorReport): void {
  const methods = ZmqServer.prototype
  const comms = new Map<string, OpenComm>()
  const running = new Set<Message>()
  let messages: MessageClass | undefined
  /** A comm is the first message of all: tslab is let see it as far as its class is known. */
  let looking = false

  const { publishStatus } = methods
  methods.publishStatus = function (status, parent) {
    // tslab does not export its class of messages; every message comes by here.
    messages ??= parent.constructor as unknown as MessageClass
    if (looking) throw new Error('seen')
    if (status === 'busy' && LONG.includes(parent.header.msg_type)) running.add(parent)
    if (status === 'idle') running.delete(parent)
    publishStatus.call(this, status, parent)
    const [other] = running
    if (status === 'idle' && other !== undefined) publishStatus.call(this, 'busy', other)
  }

  function publish(server: Server, parent: Message, type: string, content: unknown): void {
    const out = parent.createReply()
    out.header.msg_type = type
    out.content = content
    out.signAndSend(server.connInfo.key, server.iopub)
  }

  function open(server: Server, { comm_id, target_name = '', data }: CommContent, parent: Message): void {
    const say = (type: string, sent: unknown): void =>
      publish(server, comms.get(comm_id)?.parent ?? parent, type, { comm_id, data: sent })
    const close = (last: unknown): void => {
      say('comm_close', last)
      comms.delete(comm_id)
    }
    const comm: Comm = {
      send: sent => say('comm_msg', sent),
      close,
      turn: turn => inTurn(server.handler.execQueue, turn),
      report,
    }
    const target = commTargets.get(target_name)
    if (target === undefined) {
      close({ reason: 'unknown' })
      return
    }
    const listener = target(comm, data)
    if (listener !== undefined) comms.set(comm_id, { target: target_name, parent, listener })
  }

  async function handle(server: Server, type: string, message: Message): Promise<void> {
    const content = message.content as CommContent
    if (type === 'comm_open') {
      open(server, content, message)
      return
    }
    const comm = comms.get(content.comm_id)
    if (type === 'comm_close') {
      comms.delete(content.comm_id)
      comm?.listener.closed()
    } else if (comm === undefined) {
      publish(server, message, 'comm_close', { comm_id: content.comm_id, data: { reason: 'unknown' } })
    } else {
      comm.parent = message
      await comm.listener.heard(content.data)
    }
  }

  const { handleShellMessage } = methods
  methods.handleShellMessage = async function (socket, ...frames) {
    const type = messageType(frames)
    if (!['comm_open', 'comm_msg', 'comm_close'].includes(type)) {
      await handleShellMessage.call(this, socket, ...frames)
      return
    }
    if (messages === undefined) {
      looking = true
      const seen = handleShellMessage.call(this, socket, ...frames)
      looking = false
      await seen.catch(() => undefined)
    }
    const message = messages!.fromRaw(this.connInfo.key, frames)
    this.publishStatus('busy', message)
    try {
      await handle(this, type, message)
    } catch (error) {
      process.stderr.write(`${['a control failed', ...report(error).traceback].join('\n')}\n`)
    } finally {
      this.publishStatus('idle', message)
    }
  }

  methods.handleCommInfoRequest = function (socket, message) {
    const { target_name } = message.content as CommContent
    const open = [...comms].filter(([, { target }]) => target_name === undefined || target === target_name)
    const reply = message.createReply()
    reply.header.msg_type = 'comm_info_reply'
    reply.content = {
      status: 'ok',
      comms: Object.fromEntries(open.map(([id, { target }]) => [id, { target_name: target }])),
    }
    reply.signAndSend(this.connInfo.key, socket)
  }
}

/** The type in the header of a message whose signature nobody has checked yet: what follows checks it. */
function messageType(frames: readonly Buffer[]): string {
  const at = frames.findIndex(frame => frame.toString('latin1') === DELIMITER)
  try {
    return String(JSON.parse(frames[at + 2]!.toString()).msg_type)
  } catch {
    return ''
  }
}

/** Milliseconds until a turn that a failed cell took along is tried again; tslab drops what comes in 200 ms. */
const AGAIN = 50

async function inTurn(queue: Server['handler']['execQueue'], turn: Turn): Promise<void> {
  let failure: { readonly error: unknown } | undefined
  const task = async (): Promise<void> => {
    try {
      await interruptibleTurn(turn)
    } catch (error) {
      // What fails in tslab's queue takes along what waits behind it.
      failure = { error }
    }
  }
  for (;;) {
    try {
      await queue.add(task)
      break
    } catch {
      await new Promise(resolve => setTimeout(resolve, AGAIN))
    }
  }
  if (failure !== undefined) throw failure.error
}

const WORK = Symbol.for('mean-field-limit.turn')
const CALL = "globalThis[Symbol.for('mean-field-limit.turn')]()"

/** Runs the work; what it prints goes to the turn, and an interrupt ends it, in a synchronous loop too. */
async function interruptibleTurn({ controller, printed, work }: Turn): Promise<void> {
  const { stdout, stderr } = process
  const before = [stdout.write, stderr.write] as const
  const write = (chunk: string | Uint8Array): boolean => {
    printed(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'))
    return true
  }
  stdout.write = write
  stderr.write = write
  try {
    const place = globalThis as { [WORK]?: () => Promise<void> }
    place[WORK] = work
    await interruptible(signal => {
      signal.addEventListener('abort', () => controller.abort(signal.reason))
      return vm.runInThisContext(CALL, { breakOnSigint: true }) as Promise<void>
    })
  } catch (error) {
    const interrupted = (error as NodeJS.ErrnoException | undefined)?.code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED'
    throw interrupted ? new InterruptedError() : error
  } finally {
    // A cell has its own by now, if it runs.
    if (stdout.write === write) stdout.write = before[0]
    if (stderr.write === write) stderr.write = before[1]
  }
}
