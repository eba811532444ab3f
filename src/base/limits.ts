/**
 * What one call may take: bounds on memory, steps and time that are checked before any work, so that a slip of the
 * keyboard (N = 1e12) is an error and not a machine that swaps. An option `limits` raises them.
 */
import { quote, requireObject, requirePositive } from './errors.js'

/** The most that a call may take. */
export interface WorkLimits {
  /** Bytes of memory, default 8 GiB. */
  readonly bytes?: number
  /** Particles times steps, default 1e12: some ten days. */
  readonly particleSteps?: number
  /** The last time T, default 1e6. */
  readonly T?: number
}

/** The defaults of {@link WorkLimits}. */
export const WORK_LIMITS: Required<WorkLimits> = { bytes: 2 ** 33, particleSteps: 1e12, T: 1e6 }

/** A step of fewer particles than this costs as much as one of so many. */
const FEWEST = 100

/** What a flow asks for; what is left out is not checked. */
export interface FlowDemand {
  readonly N?: number | undefined
  /** Steps of the flow; for both flows of a coupled run the sum. */
  readonly steps?: number | undefined
  readonly outputs?: number | undefined
  readonly T?: number | undefined
  /** Memory that a particle takes during the run, default 1000: state, forces, and the tree of the force sum. */
  readonly bytesPerParticle?: number
  /** Memory that an output takes, default 1000. */
  readonly bytesPerOutput?: number
  /** What N and steps are called where the call names them otherwise. */
  readonly names?: { readonly N?: string; readonly steps?: string }
}

/**
 * Refuses a flow that would take more memory, steps or time than the limits allow: one argument after the other, so
 * that the error names the one that is too large, its value, what is allowed, and which limit raises it. Values that
 * are no numbers are left to the checks of their own.
 * @throws RangeError; TypeError for limits that are no object of positive numbers
 * @example requireAffordable({ N: 1e12 }) // RangeError: N must be at most 8589934 (...), got 1000000000000
 */
export function requireAffordable(demand: FlowDemand, limits: WorkLimits = {}): void {
  const { bytes, particleSteps, T } = workLimits(limits)
  requireObject('demand', demand)
  const { bytesPerParticle = 1000, bytesPerOutput = 1000, names = {} } = demand
  const N = demand.N ?? 1
  refuse(demand.T, T, 'T', `limits.T = ${T}`)
  const memory = `limits.bytes = ${bytes}`
  refuse(demand.N, bytes / bytesPerParticle, names.N ?? 'N', `${bytesPerParticle} bytes a particle, ${memory}`)
  const left = Math.max(0, bytes - N * bytesPerParticle)
  refuse(demand.outputs, left / bytesPerOutput, 'outputs', `${bytesPerOutput} bytes an output, ${memory}`)
  refuse(
    demand.steps,
    mostSteps(N, { particleSteps }),
    names.steps ?? 'steps',
    `${Math.max(FEWEST, N)} particles a step, limits.particleSteps = ${particleSteps}`,
  )
}

/** Steps of N particles that the limits allow. @example mostSteps(1000) // 1e9 */
export function mostSteps(N: number, { particleSteps = WORK_LIMITS.particleSteps }: WorkLimits = {}): number {
  return particleSteps / Math.max(FEWEST, N)
}

/** The limits of a call, those that are left out at their defaults. @throws TypeError, RangeError */
function workLimits(limits: WorkLimits = {}): Required<WorkLimits> {
  requireObject('limits', limits)
  const known = { ...WORK_LIMITS, ...limits }
  for (const key of ['bytes', 'particleSteps', 'T'] as const) requirePositive(`limits.${key}`, known[key])
  return known
}

function refuse(value: unknown, most: number, name: string, why: string): void {
  if (typeof value !== 'number' || !(value > most)) return
  const allowed = name === 'T' ? most : Math.floor(most)
  throw new RangeError(
    `${name} must be at most ${allowed} (${why}; the option \`limits\` raises it), got ${quote(value)}`,
  )
}
