/**
 * What bundlers for browsers take in place of `forcePool` (the field "browser" of package.json): no threads, since a
 * bundle has no file that a thread could start from. The force sums then run in the calling thread, with the same bits;
 * a page stays alive if it calls the library from a worker of its own.
 */
import { type ForceModule, forceModule } from '../wasm/forces.js'
import type { ForceProgram } from './types.js'

/** As in `forcePool`. */
export interface SharedModule {
  readonly id: string
  readonly module: ForceModule
  turn: Promise<unknown>
}

const modules = new Map<'portable' | 'fast', SharedModule>()

/** False: everything runs in the calling thread. */
export function threadsSupported(): boolean {
  return false
}

/** One. */
export async function machineThreads(): Promise<number> {
  return 1
}

/** The module of the calling thread, whose computations run one after the other. */
export function sharedModule(arithmetic: 'portable' | 'fast'): SharedModule {
  let known = modules.get(arithmetic)
  if (known === undefined) {
    known = { id: arithmetic, module: forceModule({ arithmetic }), turn: Promise.resolve() }
    modules.set(arithmetic, known)
  }
  return known
}

/** @throws Error always: nobody asks for it where {@link threadsSupported} is false */
export async function runOnPool(
  _place: SharedModule,
  _program: ForceProgram,
  _threads: number,
  _signal: AbortSignal | undefined,
): Promise<void> {
  throw new Error('this build of the library has no threads')
}

/** Gives the memory back. */
export async function closeForcePool(): Promise<void> {
  modules.clear()
}
