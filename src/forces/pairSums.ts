/**
 * Sums of scalar functions of the distances: the majorants of section 6, and potentials.
 */

import { coulombKernel } from '../interaction/coulombKernel.js'
import type { Kernel } from '../interaction/kernel.js'
import type { RadialMajorant } from '../interaction/lipschitzMajorant.js'
import { forcesSupported } from '../wasm/forces.js'
import { prepareMajorant, preparePotential } from './directSums.js'
import { machineThreads, sharedModule } from './forcePool.js'
import { ownModule } from './forces.js'
import { type ForceAsyncOptions, inTurn, runThreads } from './forcesAsync.js'
import { type ForcePoints, forceRequest } from './points.js'
import { runProgram } from './runProgram.js'
import { scalarSums, scalarSumsInTurns } from './scalarForces.js'

/**
 * (L(q))_i = (1/N) sum_{j != i} l(q_i - q_j) of Definition 6.2 (47), or sum_j w_j l(x_i - q_j) of sources on targets;
 * in double precision over all pairs. Infinity where points coincide and l has no cut-off.
 * @param points in d = 3
 * @param majorant as made by lipschitzMajorant or extremalMajorant
 * @returns length N, or the number of targets
 * @throws TypeError, RangeError as {@link forces}
 * @source (47)
 * @example majorantSums(Float64Array.of(0, 3, 0, 0, 0, 0), lipschitzMajorant({ N: 2, delta: Infinity })) // [1, 1]
 */
export function majorantSums(points: ForcePoints, majorant: RadialMajorant): Float64Array {
  if (typeof majorant !== 'object' || majorant === null || typeof majorant.value !== 'function') {
    throw new TypeError('majorant must be a RadialMajorant, as made by lipschitzMajorant or extremalMajorant')
  }
  const request = forceRequest(points, coulombKernel(), {})
  const out = new Float64Array(request.n)
  if (forcesSupported()) {
    const module = ownModule()
    runProgram(module, prepareMajorant(module, request, majorant, out))
  } else scalarSums(request, r => majorant.value(r), out)
  return out
}

/**
 * {@link majorantSums} by the thread pool, as {@link forcesAsync}: the same numbers, to the bit.
 * @throws as majorantSums; the signal's reason (all as rejections)
 */
export async function majorantSumsAsync(
  points: ForcePoints,
  majorant: RadialMajorant,
  { threads, signal }: Pick<ForceAsyncOptions, 'threads' | 'signal'> = {},
): Promise<Float64Array> {
  signal?.throwIfAborted()
  const request = forceRequest(points, coulombKernel(), {})
  const out = new Float64Array(request.n)
  if (!forcesSupported()) {
    await scalarSumsInTurns(request, r => majorant.value(r), out, signal)
    return out
  }
  // Less than a millisecond.
  if (request.n * request.N < FEW_PAIRS) return majorantSums(points, majorant)
  const used = threads ?? (await machineThreads())
  return inTurn(sharedModule('portable'), async place => {
    signal?.throwIfAborted()
    place.module.arena.reset()
    await runThreads(place, prepareMajorant(place.module, request, majorant, out), used, signal)
    return out
  })
}

const FEW_PAIRS = 3e5

/**
 * (1/N) sum_{j != i} V(q_i - q_j) with k = -grad V, or sum_j w_j V(x_i - q_j) of sources on targets; in double
 * precision over all pairs. Infinity (times sigma) where points coincide and V is singular.
 * @returns length N, or the number of targets
 * @throws TypeError, RangeError as {@link forces}
 * @example potentialSums(Float64Array.of(0, 2, 0, 0, 0, 0), coulombKernel()) // [1/4, 1/4]
 */
export function potentialSums(points: ForcePoints, kernel: Kernel): Float64Array {
  const given = forceRequest(points, kernel, {})
  const out = new Float64Array(given.n)
  const request = { ...given, potential: true, potentialOut: out }
  const module = forcesSupported() ? ownModule() : undefined
  const program = module && preparePotential(module, request)
  if (module !== undefined && program !== undefined) runProgram(module, program)
  else scalarSums(request, r => kernel.potential(r), out)
  return out
}
