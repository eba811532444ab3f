/**
 * The line to the kernel of a notebook's page, which lives in a frame of its own.
 */
import type { FromFrame, ToFrame } from '../kernel/protocol.js'
import { bookUrl } from '../page/loadScript.js'

export interface KernelConnection {
  send(message: ToFrame): void
}

/** @param heard called with everything that the kernel says */
export function kernelConnection(heard: (message: FromFrame) => void): KernelConnection {
  const frame = document.createElement('iframe')
  frame.hidden = true
  frame.title = 'Kernel'
  frame.src = bookUrl('assets/kernel.html')
  const opened = new Promise<void>(resolve => {
    frame.onload = () => resolve()
  })
  addEventListener('message', ({ data, source }: MessageEvent<FromFrame>) => {
    if (source === frame.contentWindow) heard(data)
  })
  document.body.append(frame)
  return {
    send: message => {
      void opened.then(() => frame.contentWindow?.postMessage(message, '*'))
    },
  }
}
