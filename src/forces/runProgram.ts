/**
 * Runs a {@link ForceProgram} on the calling thread.
 */
import { turns } from '../base/interrupt.js'
import type { ForceModule } from '../wasm/forces.js'
import type { ForceProgram } from './types.js'

/**
 * All stages, task after task, then the collection of results.
 * @example runProgram(module, prepareDirect(module, request, { precision: 'f64' }))
 */
export function runProgram(module: ForceModule, program: ForceProgram): void {
  const { exports, arena } = module
  exports.scratch.value = arena.u8(program.scratchBytes).ptr
  for (const { run, tasks, args } of program.stages) {
    const stage = exports[run]!
    for (let task = 0; task < tasks; task++) stage(task, ...args)
  }
  program.collect()
}

/** {@link runProgram} with turns of the event loop between tasks; the module is in use until the promise settles. */
export async function runProgramInTurns(
  module: ForceModule,
  program: ForceProgram,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { exports, arena } = module
  const scratch = arena.u8(program.scratchBytes).ptr
  const turn = turns(signal)
  for (const { run, tasks, args } of program.stages) {
    const stage = exports[run]!
    for (let task = 0; task < tasks; task++) {
      exports.scratch.value = scratch
      stage(task, ...args)
      const pause = turn()
      if (pause !== undefined) await pause
    }
  }
  program.collect()
}
