/**
 * The pool of worker threads that run the stages of a {@link ForceProgram} on one shared memory.
 *
 * Which thread does which task changes from run to run, the result does not: tasks write apart from each other and
 * their number does not depend on the threads.
 */
import type { Piscina } from 'piscina'
import { InterruptedError, onInterrupt } from '../base/interrupt.js'
import { compiledForces, type ForceModule, forceModule } from '../wasm/forces.js'
import type { StageMessage } from './forceWorker.js'
import type { ForceProgram } from './types.js'

/** A module in a memory that workers share, and its turn: computations in one memory run one after the other. */
export interface SharedModule {
  readonly id: string
  readonly module: ForceModule
  turn: Promise<unknown>
}

interface Pool {
  readonly threads: number
  readonly piscina: Piscina
}

/** Compiled beside this file; where this runs from its source (tests), the last build's. */
const WORKER: string = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/forces/forceWorker.js' : './forceWorker.js',
  import.meta.url,
).href

let pool: Pool | undefined
let memories = 0
const shared = new Map<'portable' | 'fast', SharedModule>()

/** Whether this environment can share memory between threads that this pool can start (Node). */
export function threadsSupported(): boolean {
  return typeof SharedArrayBuffer === 'function' && typeof process === 'object' && process.versions?.node !== undefined
}

/** The number of threads that the machine runs at once. */
export async function machineThreads(): Promise<number> {
  if (!threadsSupported()) return 1
  const { availableParallelism } = await import('node:os')
  return availableParallelism()
}

/** The module whose memory the pool works on. */
export function sharedModule(arithmetic: 'portable' | 'fast'): SharedModule {
  let known = shared.get(arithmetic)
  if (known === undefined) {
    known = { id: `${arithmetic}-${memories++}`, module: forceModule({ arithmetic }), turn: Promise.resolve() }
    shared.set(arithmetic, known)
  }
  return known
}

async function poolOf(threads: number): Promise<Piscina> {
  if (pool !== undefined && pool.threads >= threads) return pool.piscina
  const { Piscina } = await import('piscina')
  // Another call may have made one meanwhile.
  if (pool !== undefined && pool.threads >= threads) return pool.piscina
  const outgrown = pool
  const piscina = new Piscina({
    filename: WORKER,
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: 60_000,
    concurrentTasksPerWorker: 1,
    // Idle threads listen for messages instead of sleeping in Atomics.wait, so that they can be told to end.
    atomics: 'disabled',
  })
  // A thread that cannot even start: without this, what waits for it would wait for ever.
  piscina.on('error', () => {
    if (pool?.piscina === piscina) pool = undefined
    piscina.destroy().catch(() => undefined)
  })
  pool = { threads, piscina }
  if (outgrown !== undefined) await outgrown.piscina.close()
  return piscina
}

/**
 * Runs a program on several threads. The calling thread only waits. After a failure the memory is given up.
 * @param signal aborting it ends the threads at once; the promise rejects with the signal's reason
 * @throws Error if a thread ends before its work is done; InterruptedError at an interrupt, which ends all threads
 */
export async function runOnPool(
  place: SharedModule,
  program: ForceProgram,
  threads: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { module } = place
  signal?.throwIfAborted()
  const piscina = await poolOf(threads)
  let interrupted = false
  const done = onInterrupt(() => {
    interrupted = true
    closeForcePool().catch(() => undefined)
  })
  try {
    await runStages(piscina, place, program, threads, signal)
  } catch (error) {
    // A thread that was told to end may write to this memory for a moment yet.
    if (shared.get(module.arithmetic) === place) shared.delete(module.arithmetic)
    signal?.throwIfAborted()
    throw interrupted ? new InterruptedError() : error
  } finally {
    done()
  }
  program.collect()
}

async function runStages(
  piscina: Piscina,
  { id, module }: SharedModule,
  program: ForceProgram,
  threads: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const counter = new Int32Array(new SharedArrayBuffer(4))
  const scratch = Array.from({ length: threads }, () => module.arena.u8(program.scratchBytes).ptr)
  const compiled = compiledForces(module.arithmetic)
  for (const { run, tasks, args } of program.stages) {
    counter[0] = 0
    const workers = scratch.slice(0, Math.min(threads, tasks)).map(async region => {
      const message: StageMessage = {
        id,
        module: compiled,
        memory: module.memory,
        counter,
        run,
        tasks,
        args,
        scratch: region,
      }
      try {
        await piscina.run(message, signal === undefined ? {} : { signal })
      } catch (error) {
        // No other thread shall begin a further task of a stage that is lost.
        Atomics.store(counter, 0, tasks)
        throw error
      }
    })
    const outcomes = await Promise.allSettled(workers)
    const failed = outcomes.find(outcome => outcome.status === 'rejected')
    if (failed !== undefined) {
      throw new Error(`a thread of the force pool ended before its work was done (stage ${run})`, {
        cause: failed.reason,
      })
    }
  }
}

/** Ends all threads of the force sums; computations that were under way reject. A later call starts new threads. */
export async function closeForcePool(): Promise<void> {
  const closing = pool
  pool = undefined
  shared.clear()
  if (closing !== undefined) await closing.piscina.destroy()
}

/** The threads that are alive, for tests. @internal */
export function poolThreads(): readonly { terminate(): Promise<number> }[] {
  return pool?.piscina.threads ?? []
}
