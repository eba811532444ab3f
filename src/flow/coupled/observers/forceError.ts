/**
 * The error of the force sums of a run, measured.
 */
import type { Observer } from '../observer.js'

/**
 * forceError: the largest error of a coordinate of K(Phi) on 256 evenly chosen particles, against direct sums in double
 * precision.
 * @example (await coupledRun(s, {}, [forceErrorObserver()])).columns.forceError
 */
export function forceErrorObserver(): Observer<'forceError'> {
  return { columns: ['forceError'], see: async state => ({ forceError: await state.forceError() }) }
}
