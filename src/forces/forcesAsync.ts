/**
 * {@link forces} on many threads: the same numbers, to the bit.
 */
import { requireInteger, requireOptions } from '../base/errors.js'
import type { Kernel } from '../interaction/kernel.js'
import { machineThreads, runOnPool, sharedModule, threadsSupported } from './forcePool.js'
import { computeScalar, forceResult, forces, prepareForces } from './forces.js'
import { choosePlan } from './plan.js'
import { type ForcePoints, forceRequest } from './points.js'
import type { ForceOptions, ForceResult } from './types.js'

/** Options of {@link forcesAsync}. */
export interface ForceAsyncOptions extends ForceOptions {
  /** Number of threads, default: as many as the machine runs at once. Never changes a bit of the result. */
  readonly threads?: number
  /** Ends the computation: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal
}

/** Seconds below which handing out the work costs more than it saves. */
const SHORT = 1e-3

/**
 * The forces of {@link forces}, computed by a pool of worker threads on shared memory while the calling thread is free.
 * Bit-identical for any number of threads. Calls take turns, and each reads its positions when its turn comes: leave
 * them unchanged until the promise settles. One thread, the caller's, where threads or shared memory are missing and for
 * small sums. The pool's idle threads do not keep a process alive; {@link closeForcePool} ends them at once.
 * @throws TypeError, RangeError as {@link forces}, before any work; Error if a thread ends before its work is done; the
 * signal's reason if it is aborted (all as rejections)
 * @source (6)
 * @example (await forcesAsync(Z, kernel, { threads: 2 })).force // = forces(Z, kernel).force
 */
export async function forcesAsync(
  points: ForcePoints,
  kernel: Kernel,
  options: ForceAsyncOptions = {},
): Promise<ForceResult> {
  requireOptions<ForceAsyncOptions>('forcesAsync', options, {
    threads: true,
    signal: 'signal',
    tolerance: true,
    method: true,
    precision: true,
    arithmetic: true,
    order: 'given',
    depth: 'given',
    potential: true,
    estimateError: true,
    seed: true,
    out: true,
  })
  const { signal, threads: wanted, ...plain } = options
  if (wanted !== undefined) requireInteger('threads', wanted, 1, 256)
  signal?.throwIfAborted()
  const request = forceRequest(points, kernel, options)
  const chosen = choosePlan(request, options)
  const { arithmetic, predictedSeconds } = chosen.plan
  const threads = wanted ?? (await machineThreads())
  if (arithmetic === 'scalar' || threads === 1 || predictedSeconds < SHORT || !threadsSupported()) {
    return forces(points, kernel, plain)
  }
  const place = sharedModule(arithmetic)
  const compute = async (): Promise<ForceResult> => {
    signal?.throwIfAborted()
    place.module.arena.reset()
    const prepared = prepareForces(place.module, request, chosen)
    if (prepared === undefined) return forceResult(request, computeScalar(request, chosen.plan), options)
    await runOnPool(place, prepared.program, threads, signal)
    return forceResult(request, { ...prepared.plan, threads }, options)
  }
  const result = place.turn.then(compute)
  place.turn = result.catch(() => undefined)
  return result
}
