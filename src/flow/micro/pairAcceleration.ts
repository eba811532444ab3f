/**
 * The right-hand side of (5) for the stepper: pair forces (1/N) sum_j k(q_i - q_j), and an external force where there
 * is one.
 */
import { quote, requireInteger, requireNumber, requireOptions } from '../../base/errors.js'
import { fluctuationTolerance } from '../../forces/fluctuationTolerance.js'
import { forces } from '../../forces/forces.js'
import { forcesAsync } from '../../forces/forcesAsync.js'
import type { ForceOptions, ForcePlan } from '../../forces/types.js'
import { profileOf } from '../../interaction/cutoffKernel.js'
import { type Kernel, requireKernel } from '../../interaction/kernel.js'
import type { Acceleration } from '../step/particleStepper.js'

/**
 * Up to here forces are summed over all pairs in double precision unless a tolerance is asked for: it costs nothing.
 */
const FEW = 512
/** Up to here plain loops, since laying out a compiled sum takes longer than these sums. */
const VERY_FEW = 32
/** The smallest tolerance that the force sums know. */
const EXACT = 1e-12

/**
 * An external force E(t, q), Remark 4.5.2.
 * @param out where E(t, q_i) is written, length d*N
 */
export type ExternalForce = (t: number, q: Float64Array, out: Float64Array) => void

/** Options of {@link pairAcceleration}. */
export interface PairAccelerationOptions {
  /** Relative force tolerance, default {@link forceTolerance}. */
  readonly tolerance?: number
  /** Override of the choice between direct sum and fast multipole method. */
  readonly method?: ForceOptions['method']
  /** Threads; 1: the calling thread. Default: those of the machine. Never changes a bit. */
  readonly threads?: number
  readonly external?: ExternalForce
  /** Ends a force sum that is under way. */
  readonly signal?: AbortSignal
}

/** Pair forces as an acceleration, with the record of how they are computed. */
export interface PairAcceleration {
  readonly acceleration: Acceleration
  readonly tolerance: number
  /** What the last force sum did; undefined before the first. */
  readonly plan: ForcePlan | undefined
  /** Number of force sums done. */
  readonly evaluations: number
  /** What may make the force infinite. */
  readonly hint: string
}

/**
 * The acceleration (K^N_delta(q))_i = (1/N) sum_{j != i} k(q_i - q_j) of (6), plus E(t, q_i).
 * Up to 512 particles it is written at once, in double precision over all pairs, unless the kernel is a custom one and
 * a signal may end the sum; above, by the thread pool.
 * @param N number of particles
 * @throws TypeError, RangeError naming the argument; errors of the force sums as they come
 * @source (5), (6), Remark 4.5.2
 * @example pairAcceleration(2, coulombKernel()).acceleration(0, Float64Array.of(0, 2, 0, 0, 0, 0), out); out // [-1/8, 1/8, 0, 0, 0, 0]
 */
export function pairAcceleration(N: number, kernel: Kernel, options: PairAccelerationOptions = {}): PairAcceleration {
  requireOptions<PairAccelerationOptions>('pairAcceleration', options, {
    tolerance: true,
    method: true,
    threads: true,
    external: 'function',
    signal: 'signal',
  })
  requireKernel(kernel)
  requireInteger('N', N, 1)
  const { tolerance = forceTolerance(N, kernel), threads, external, signal, method } = options
  requireNumber('tolerance', tolerance, 1e-12, 1)
  if (threads !== undefined) requireInteger('threads', threads, 1, 256)
  if (external !== undefined && typeof external !== 'function') {
    throw new TypeError(`external must be a function (t, q, out), got ${quote(external)}`)
  }
  // Sums of a function that is called for every pair may be long, so may be those of many particles on one thread:
  // where somebody may want to end them, they take turns with the event loop.
  const long = N > FEW || (profileOf(kernel) === undefined && kernel.cutoffRadius !== 0)
  const few = (N <= FEW || threads === 1) && !(long && signal !== undefined)
  const extra = external === undefined ? undefined : new Float64Array(kernel.d * N)
  const common: ForceOptions = {
    tolerance,
    ...(method === undefined ? {} : { method }),
    ...(N <= VERY_FEW ? { arithmetic: 'scalar' } : {}),
  }
  const spread = { ...(threads === undefined ? {} : { threads }), ...(signal === undefined ? {} : { signal }) }
  let plan: ForcePlan | undefined
  let evaluations = 0
  const addExternal = (t: number, q: Float64Array, out: Float64Array): void => {
    if (external === undefined || extra === undefined) return
    external(t, q, extra)
    for (let k = 0; k < out.length; k++) out[k] = out[k]! + extra[k]!
  }
  return {
    acceleration(t, q, out) {
      evaluations++
      if (kernel.sigma === 0) {
        out.fill(0)
        return addExternal(t, q, out)
      }
      if (few) {
        signal?.throwIfAborted()
        plan = forces(q, kernel, { ...common, out }).plan
        return addExternal(t, q, out)
      }
      return forcesAsync(q, kernel, { ...common, ...spread, out }).then(result => {
        plan = result.plan
        addExternal(t, q, out)
      })
    },
    tolerance,
    get plan() {
      return plan
    },
    get evaluations() {
      return evaluations
    },
    hint: `${kernel.cutoffRadius === 0 ? 'two particles almost met under a kernel without cut-off' : 'the kernel is not finite there'}${external === undefined ? '' : ', or the external force is not finite'}`,
  }
}

/**
 * The relative tolerance to which forces are computed unless told otherwise: 1e-12 up to 512 particles; above, 1 % of
 * the fluctuation, {@link fluctuationTolerance}, with the delta that the kernel was made with (without one: as for no
 * cut-off).
 * @example forceTolerance(10000, cutoffKernel({ N: 10000, delta: 0.25 })) // 3.16e-4
 */
export function forceTolerance(N: number, kernel: Kernel): number {
  requireInteger('N', N, 1)
  requireKernel(kernel)
  if (N <= FEW) return EXACT
  const { delta } = kernel.parameters
  return fluctuationTolerance({ N, delta: typeof delta === 'number' ? delta : Number.POSITIVE_INFINITY, d: kernel.d })
}
