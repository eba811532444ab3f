/**
 * What runs in a thread of the pool: tasks of one stage, taken one by one from a shared counter.
 */
import type { CompiledForces, ForceMemory } from '../wasm/forces.js'

/** A stage as it is sent to a thread. */
export interface StageMessage {
  /** Names the memory, so that a thread keeps its instance between stages. */
  readonly id: string
  readonly module: CompiledForces
  readonly memory: ForceMemory
  /** Number of the next task, shared by all threads of the stage. */
  readonly counter: Int32Array
  readonly run: string
  readonly tasks: number
  readonly args: readonly number[]
  /** Address of this thread's scratch region. */
  readonly scratch: number
}

let current: { readonly id: string; readonly exports: WebAssembly.Exports } | undefined

/** Works until no task is left. Returns the number of tasks done. */
export default function work(message: StageMessage): number {
  const { id, module, memory, counter, run, tasks, args, scratch } = message
  if (current?.id !== id) {
    const abort = (): never => {
      throw new Error('the WebAssembly force sums aborted')
    }
    current = {
      id,
      exports: new WebAssembly.Instance(module as WebAssembly.Module, {
        env: { memory: memory as WebAssembly.Memory, abort },
      }).exports,
    }
  }
  const { exports } = current
  ;(exports.scratch as WebAssembly.Global).value = scratch
  const stage = exports[run] as (task: number, ...args: number[]) => void
  let done = 0
  for (let task = Atomics.add(counter, 0, 1); task < tasks; task = Atomics.add(counter, 0, 1)) {
    stage(task, ...args)
    done++
  }
  return done
}
