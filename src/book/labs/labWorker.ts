/**
 * The worker of the laboratories: runs one computation at a time beside the page, which stays responsive. Where the
 * page is cross-origin isolated it also starts threads for the force sums (see `browserForcePool`); they load this same
 * script.
 */
import work, { type StageMessage } from '../../forces/forceWorker.js'
import { machineThreads, threadsSupported } from './browserForcePool.js'
import { labs } from './labs.js'
import type { LabContext, LabReply, LabRequest } from './protocol.js'

/** A stage of a force sum, sent by the laboratory's worker to one of its threads. */
export interface StageRequest {
  readonly stage: StageMessage
}

const scope = globalThis as unknown as {
  onmessage: ((event: { readonly data: LabRequest | StageRequest }) => void) | null
  postMessage(message: unknown): void
}

let running: AbortController | undefined

scope.onmessage = ({ data }) => {
  if ('stage' in data) {
    scope.postMessage(work(data.stage))
    return
  }
  running?.abort(new Error('a new request came in'))
  running = new AbortController()
  run(data, running.signal).catch(() => undefined)
}

async function run({ id, lab, setting }: LabRequest, signal: AbortSignal): Promise<void> {
  const reply = (message: LabReply): void => {
    if (!signal.aborted) scope.postMessage(message)
  }
  const threads = threadsSupported() ? await machineThreads() : 1
  const context: LabContext = {
    signal,
    threads,
    stage: text => reply({ id, kind: 'stage', text }),
    partial: async result => {
      reply({ id, kind: 'partial', result, threads })
      // Messages are read between tasks only.
      await new Promise(resolve => setTimeout(resolve, 0))
      signal.throwIfAborted()
    },
  }
  try {
    reply({ id, kind: 'done', result: await labs[lab]!(setting, context), threads })
  } catch (error) {
    reply({ id, kind: 'error', message: (error as Error).message })
  }
}
