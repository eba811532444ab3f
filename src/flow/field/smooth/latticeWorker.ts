/**
 * What runs in the thread of a lattice: the whole run, which tells of every moment through a port.
 */
import type { MessagePort } from 'node:worker_threads'
import { type CutoffKernelOptions, cutoffKernel } from '../../../interaction/cutoffKernel.js'
import { type LatticeRecord, type LatticeRunOptions, latticeRun } from './latticeRun.js'

/** A run as it is sent to a thread: functions cannot be sent, so that the kernel is made there. */
export interface LatticeMessage {
  readonly options: Omit<LatticeRunOptions, 'kernel'>
  readonly kernel: CutoffKernelOptions
  readonly port: MessagePort
}

/** What comes through the port. */
export type LatticeReply = { readonly record: LatticeRecord } | { readonly step: number } | { readonly ended: true }

/** Runs to T. */
export default async function work({ options, kernel, port }: LatticeMessage): Promise<void> {
  const send = (reply: LatticeReply, transfer: readonly ArrayBufferLike[] = []): void =>
    port.postMessage(reply, transfer as ArrayBuffer[])
  await latticeRun(
    { ...options, kernel: cutoffKernel(kernel) },
    record => send({ record }, buffersOf(record)),
    async step => send({ step }),
  )
  send({ ended: true })
}

function buffersOf({ own, density, distant, clouds, velocity, shells }: LatticeRecord): ArrayBufferLike[] {
  return [own, density, distant, clouds, velocity, ...(shells ?? [])].map(({ buffer }) => buffer)
}
