/**
 * What bundlers for browsers take in place of `forcePool` (the field "browser" of package.json): no threads, since a
 * bundle has no file that a thread could start from. The force sums then run in the calling thread, with the same bits;
 * a page stays alive if it calls the library from a worker of its own.
 */
import type { ForceModule } from '../wasm/forces.js'
import type { ForceProgram } from './types.js'

/** As in `forcePool`; there is none here. */
export interface SharedModule {
  readonly id: string
  readonly module: ForceModule
  turn: Promise<unknown>
}

/** False: everything runs in the calling thread. */
export function threadsSupported(): boolean {
  return false
}

/** One. */
export async function machineThreads(): Promise<number> {
  return 1
}

/** @throws Error always: nobody asks for it where {@link threadsSupported} is false */
export function sharedModule(_arithmetic: 'portable' | 'fast'): SharedModule {
  throw new Error('this build of the library has no threads')
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

/** Nothing to end. */
export async function closeForcePool(): Promise<void> {}
