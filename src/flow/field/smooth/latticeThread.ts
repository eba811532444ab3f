/**
 * The run of a lattice on a thread of its own, where there are threads (Node) and the kernel is one that a thread can
 * make again.
 */
import { MessageChannel } from 'node:worker_threads'
import { machineThreads } from '../../../forces/forcePool.js'
import { type CutoffKernelOptions, profileOf } from '../../../interaction/cutoffKernel.js'
import type { Kernel } from '../../../interaction/kernel.js'
import type { LatticeRecord, LatticeRunOptions } from './latticeRun.js'
import type { LatticeMessage, LatticeReply } from './latticeWorker.js'

/** Compiled beside this file; where this runs from its source (tests), the last build's. */
const WORKER: string = new URL(
  import.meta.url.endsWith('.ts') ? '../../../../dist/flow/field/smooth/latticeWorker.js' : './latticeWorker.js',
  import.meta.url,
).href

/** Whether a run with this kernel may have a thread, and the machine has more than one. */
export async function threadFor(kernel: Kernel): Promise<boolean> {
  return profileOf(kernel) !== undefined && (await machineThreads()) > 1
}

/**
 * As `latticeRun`, with the same bits.
 * @param stepped called with the steps done @param signal ends the thread
 * @throws the signal's reason; what the run throws; Error if the thread ends before its work is done
 */
export async function latticeOnThread(
  { kernel, ...options }: LatticeRunOptions,
  told: (record: LatticeRecord) => void,
  stepped: (step: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const { Piscina } = await import('piscina')
  const piscina = new Piscina({ filename: WORKER, minThreads: 0, maxThreads: 1, atomics: 'disabled' })
  const { port1, port2 } = new MessageChannel()
  const message: LatticeMessage = {
    options,
    kernel: kernel.parameters as unknown as CutoffKernelOptions,
    port: port2,
  }
  const ended = new Promise<void>((resolve, reject) => {
    port1.on('message', (reply: LatticeReply) => {
      try {
        if ('record' in reply) told(reply.record)
        else if ('step' in reply) stepped(reply.step)
        else resolve()
      } catch (error) {
        reject(error)
      }
    })
  })
  try {
    const run = piscina.run(message, { transferList: [port2], signal })
    // All messages of a port come in order, but not before the thread's answer.
    await Promise.all([run, Promise.race([ended, run.then(() => ended)])])
  } finally {
    port1.close()
    await piscina.destroy()
  }
}
