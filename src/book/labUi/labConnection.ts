/**
 * The line to the worker that computes. From http the worker is loaded by its address; from file://, where browsers
 * refuse that, the same script is loaded as a classic script, which then only hands out its source, and runs from a
 * blob.
 */

import type { LabReply, LabSetting } from '../labs/protocol.js'
import { bookUrl, loadScript } from '../page/loadScript.js'

export interface LabConnection {
  /** Ends what is running and starts this. */
  request(setting: LabSetting): void
}

const SCRIPT = 'assets/lab-worker.js'

async function startWorker(): Promise<Worker> {
  if (location.protocol !== 'file:') return new Worker(bookUrl(SCRIPT))
  await loadScript(SCRIPT)
  const { mflLabWorker } = window as unknown as { readonly mflLabWorker: () => void }
  const source = `(${mflLabWorker.toString()})()`
  return new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })))
}

/** @param heard called with every reply to the latest request */
export function labConnection(lab: string, heard: (reply: LabReply) => void): LabConnection {
  let id = 0
  let worker: Promise<Worker> | undefined
  const failed = (message: string): void => heard({ id, kind: 'error', message })
  const start = async (): Promise<Worker> => {
    const started = await startWorker()
    started.onmessage = ({ data }: MessageEvent<LabReply>) => {
      if (data.id === id) heard(data)
    }
    started.onerror = event => failed(event.message || 'the worker could not be started')
    return started
  }
  return {
    request: setting => {
      const mine = ++id
      worker ??= start()
      worker.then(
        ready => {
          if (mine === id) ready.postMessage({ id: mine, lab, setting })
        },
        (error: Error) => failed(error.message),
      )
    },
  }
}
