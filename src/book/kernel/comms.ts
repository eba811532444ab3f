/**
 * The comms of the kernel in a browser: what Jupyter's kernel does for controls of cells, over the messages of a page.
 */

import { type CommListener, commTargets, type Turn } from '../../notebook/interact/commTargets.js'
import type { ErrorReport } from '../../notebook/kernel/errorReport.js'
import { streams } from './platform/globals.js'
import type { CommMessage, FromKernel } from './protocol.js'

/** What the comms need of the worker. */
export interface CommPlace {
  send(message: FromKernel): void
  /** Does work after all that waits: no cell runs meanwhile, and no other work. */
  after(work: () => Promise<void>): Promise<void>
  report(thrown: unknown): ErrorReport
}

/** @returns what hears every message of a comm, at once: also that a newer value waits, while work is under way */
export function answerComms({ send, after, report }: CommPlace): (message: CommMessage) => void {
  const open = new Map<string, CommListener>()

  function begin(comm: string, target: string, data: unknown): void {
    const say = (sent: unknown): void => send({ kind: 'comm-msg', comm, data: sent })
    const close = (last: unknown): void => {
      open.delete(comm)
      send({ kind: 'comm-close', comm, data: last })
    }
    const turn = ({ printed, work }: Turn): Promise<void> => after(() => printing(printed, work))
    const listener = commTargets.get(target)?.({ send: say, close, turn, report }, data)
    if (listener !== undefined) open.set(comm, listener)
  }

  return message => {
    const { comm } = message
    if (message.kind === 'comm-open') begin(comm, message.target, message.data)
    else if (message.kind === 'comm-close') {
      open.get(comm)?.closed()
      open.delete(comm)
    } else void open.get(comm)?.heard(message.data)
  }
}

/** Does work whose prints go to whom they are for. */
async function printing(printed: (text: string) => void, work: () => Promise<void>): Promise<void> {
  const before = streams.write
  streams.write = (_, text) => printed(text)
  try {
    await work()
  } finally {
    streams.write = before
  }
}
