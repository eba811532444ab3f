/**
 * The pool of threads that browsers have: it takes the place of `forces/forcePool` when the laboratories are bundled,
 * and the force sums above it do not notice. Threads need shared memory, which browsers grant to cross-origin isolated
 * pages only.
 */
import type { ForceProgram } from '../../forces/types.js'
import { compiledForces, type ForceModule, forceModule } from '../../wasm/forces.js'

/** As in `forces/forcePool`. */
export interface SharedModule {
  readonly id: string
  readonly module: ForceModule
  turn: Promise<unknown>
}

const MOST = 8
const threads: Worker[] = []
const shared = new Map<'portable' | 'fast', SharedModule>()

/** Whether memory may be shared and threads can load this script by its address. */
export function threadsSupported(): boolean {
  return globalThis.crossOriginIsolated === true && globalThis.location?.protocol.startsWith('http') === true
}

/** The number of threads that the machine runs at once, at most 8. */
export async function machineThreads(): Promise<number> {
  return threadsSupported() ? Math.max(1, Math.min(MOST, navigator.hardwareConcurrency ?? 1)) : 1
}

/** The module whose memory the threads work on. */
export function sharedModule(arithmetic: 'portable' | 'fast'): SharedModule {
  let known = shared.get(arithmetic)
  if (known === undefined) {
    known = { id: arithmetic, module: forceModule({ arithmetic }), turn: Promise.resolve() }
    shared.set(arithmetic, known)
  }
  return known
}

/** Runs a program on several threads; the bits do not depend on how many. @throws Error if a thread fails */
export async function runOnPool(
  { id, module }: SharedModule,
  program: ForceProgram,
  count: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  signal?.throwIfAborted()
  while (threads.length < count) threads.push(new Worker(globalThis.location.href))
  const counter = new Int32Array(new SharedArrayBuffer(4))
  const scratch = Array.from({ length: count }, () => module.arena.u8(program.scratchBytes).ptr)
  const compiled = compiledForces(module.arithmetic)
  for (const { run, tasks, args } of program.stages) {
    counter[0] = 0
    const busy = scratch.slice(0, Math.min(count, tasks)).map((region, i) =>
      answer(threads[i]!, {
        stage: { id, module: compiled, memory: module.memory, counter, run, tasks, args, scratch: region },
      }),
    )
    await Promise.all(busy)
  }
  program.collect()
}

function answer(thread: Worker, message: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    thread.onmessage = () => resolve()
    thread.onerror = event => reject(new Error(`a thread of the force sums failed: ${event.message}`))
    thread.postMessage(message)
  })
}

/** Ends all threads. */
export async function closeForcePool(): Promise<void> {
  for (const thread of threads.splice(0)) thread.terminate()
  shared.clear()
}
