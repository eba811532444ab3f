/**
 * {@link forces} on many threads: the same numbers, to the bit.
 */
import { requireInteger, requireOptions } from '../base/errors.js'
import type { Kernel } from '../interaction/kernel.js'
import { machineThreads, runOnPool, type SharedModule, sharedModule, threadsSupported } from './forcePool.js'
import { FORCE_OPTIONS, forceResult, forces, prepareForces, scalarPlan } from './forces.js'
import { choosePlan } from './plan.js'
import { type ForcePoints, forceRequest } from './points.js'
import { runProgramInTurns } from './runProgram.js'
import { scalarForcesInTurns, scalarSumsInTurns } from './scalarForces.js'
import type { ForceOptions, ForceProgram, ForceRequest, ForceResult } from './types.js'

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
 * them unchanged until the promise settles. One thread, the caller's, where threads or shared memory are missing, for
 * kernels that no table holds and for small sums: it lets the event loop have its turn every 50 ms. The pool's idle
 * threads do not keep a process alive; {@link closeForcePool} ends them at once.
 * @throws TypeError, RangeError as {@link forces}, before any work; Error if a thread ends before its work is done; the
 * signal's reason if it is aborted (all as rejections)
 * @source (6)
 * @example (await forcesAsync(Z, kernel, { threads: 2 })).force[0] === forces(Z, kernel).force[0] // true
 */
export async function forcesAsync(
  points: ForcePoints,
  kernel: Kernel,
  options: ForceAsyncOptions = {},
): Promise<ForceResult> {
  requireOptions<ForceAsyncOptions>('forcesAsync', options, { ...FORCE_OPTIONS, threads: true, signal: 'signal' })
  const { signal, threads: wanted, ...plain } = options
  if (wanted !== undefined) requireInteger('threads', wanted, 1, 256)
  signal?.throwIfAborted()
  const request = forceRequest(points, kernel, options)
  const chosen = choosePlan(request, options)
  const { arithmetic, predictedSeconds } = chosen.plan
  const threads = wanted ?? (await machineThreads())
  const scalar = async (): Promise<ForceResult> => {
    await scalarForcesInTurns(request, signal)
    await potentials(request, signal)
    return forceResult(request, scalarPlan(request, chosen.plan), options)
  }
  if (arithmetic === 'scalar') return scalar()
  const short = predictedSeconds < SHORT
  // Whether a table holds a custom kernel is not known yet.
  if (short && request.spec.profile !== 'radial') return forces(points, kernel, plain)
  return inTurn(sharedModule(arithmetic), async place => {
    signal?.throwIfAborted()
    place.module.arena.reset()
    const prepared = prepareForces(place.module, request, chosen)
    if (prepared === undefined) return scalar()
    const used = await runThreads(place, prepared.program, short ? 1 : threads, signal)
    if (prepared.left) await potentials(request, signal)
    return forceResult(request, { ...prepared.plan, threads: used }, options)
  })
}

/** Runs on the module when all calls before have ended. */
export function inTurn<T>(place: SharedModule, compute: (place: SharedModule) => Promise<T>): Promise<T> {
  const result = place.turn.then(() => compute(place))
  place.turn = result.catch(() => undefined)
  return result
}

/** Runs a program on the pool, or on the calling thread in pieces; returns the number of threads. */
export async function runThreads(
  place: SharedModule,
  program: ForceProgram,
  threads: number,
  signal: AbortSignal | undefined,
): Promise<number> {
  const used = threadsSupported() ? threads : 1
  if (used > 1) await runOnPool(place, program, used, signal)
  else await runProgramInTurns(place.module, program, signal)
  return used
}

async function potentials(request: ForceRequest, signal: AbortSignal | undefined): Promise<void> {
  const { potentialOut, spec } = request
  if (potentialOut === undefined) return
  await scalarSumsInTurns(request, r => spec.kernel.potential(r), potentialOut, signal)
}
