/**
 * What bundlers for browsers take in place of `latticeThread` (the field "browser" of package.json): no threads, since
 * a bundle has no file that a thread could start from. Both lattices then run in the calling thread, with the same
 * bits.
 */
import type { Kernel } from '../../../interaction/kernel.js'
import type { LatticeRecord, LatticeRunOptions } from './latticeRun.js'

/** False: everything runs in the calling thread. */
export async function threadFor(_kernel: Kernel): Promise<boolean> {
  return false
}

/** @throws Error always: nobody asks for it where {@link threadFor} says no */
export async function latticeOnThread(
  _options: LatticeRunOptions,
  _told: (record: LatticeRecord) => void,
  _stepped: (step: number) => void,
  _signal: AbortSignal,
): Promise<void> {
  throw new Error('this build of the library has no threads')
}
