/**
 * The mean field of a law and a kernel, by the solver that fits: computed once in a process and then shared by all runs.
 */
import { type OptionKind, requireOneOf, requireOptions, requirePositive } from '../../base/errors.js'
import { withInterrupts } from '../../base/interrupt.js'
import { requireAffordable, type WorkLimits } from '../../base/limits.js'
import { type BarOption, reporting } from '../../base/progress.js'
import { type Kernel, requireKernel } from '../../interaction/kernel.js'
import { hasPhaseNodes } from '../../law/invariantPhaseNodes.js'
import { type Law, requireLaw } from '../../law/law.js'
import type { EvolvingField } from './evolvingField.js'
import { fieldKey } from './fieldKey.js'
import { gridField } from './grid/gridField.js'
import { radialFieldAsync } from './radial/radialField.js'

/** Which solver: 'radial' for laws that are invariant under rotations, 'grid' for all. */
export type FieldSolver = 'radial' | 'grid'

/** Options of {@link evolvingField}. */
export interface EvolvingFieldOptions extends BarOption {
  readonly law: Law
  /** k^N_delta with its sign, on R^3 (the radial solver also knows d = 2 for some laws). */
  readonly kernel: Kernel
  /** Last time, > 0. */
  readonly T: number
  /** Wanted sup-error relative to sup |k*rho|: default 1e-6 for the radial solver, 1e-2 for the grid. */
  readonly tolerance?: number
  /**
   * Default: 'radial', seconds, where the law has a quadrature in (r, |p|, angle): the built-in symmetric laws, and custom laws with `radial` whose
   * f0 does not change under rotations. 'grid' otherwise: minutes.
   */
  readonly solver?: FieldSolver
  /** The largest T that is allowed, default 1e6. */
  readonly limits?: Pick<WorkLimits, 'T'>
  readonly signal?: AbortSignal
  /** Called with the part of the present stage that is done, in [0, 1], and its name. */
  readonly onProgress?: (part: number, stage: string) => void
}

/**
 * The solver that {@link evolvingField} takes when it is not told.
 * @example fieldSolverOf(gaussianLaw(), coulombKernel()) // 'radial'
 */
export function fieldSolverOf(law: Law, kernel: Kernel): FieldSolver {
  if (law.phaseNodes !== undefined) return 'radial'
  return kernel.d === 3 && hasPhaseNodes(law) ? 'radial' : 'grid'
}

const DEFAULT_TOLERANCE: Readonly<Record<FieldSolver, number>> = { radial: 1e-6, grid: 1e-2 }

/** Fields by key; a failed computation leaves none. */
const known = new Map<string, Promise<EvolvingField>>()
/** A grid's table may take hundreds of megabytes: only so many fields are kept, the latest used. */
const KEPT = 8

/** The options of a mean field in time, as `requireOptions` checks them. */
export const FIELD_OPTIONS: Readonly<Record<keyof EvolvingFieldOptions, OptionKind>> = {
  bar: true,
  law: true,
  kernel: true,
  T: true,
  tolerance: true,
  solver: true,
  limits: true,
  signal: 'signal',
  onProgress: 'function',
}

/**
 * The mean field k^N_delta * rho^N_t on [0, T]. Fields with the same {@link fieldKey} are computed once and kept.
 * @returns the field; `error` says what was reached: a tolerance that cannot be met is reported there, not thrown
 * @throws TypeError, RangeError naming the argument; the signal's reason
 * @source (10)-(12)
 * @example const field = await evolvingField({ law: gaussianLaw(), kernel: cutoffKernel({ N: 1000, delta: 0.25 }), T: 1 })
 */
export async function evolvingField(options: EvolvingFieldOptions): Promise<EvolvingField> {
  requireOptions<EvolvingFieldOptions>('evolvingField', options, FIELD_OPTIONS)
  const { law, kernel, T, onProgress } = options
  requireLaw(law)
  requireKernel(kernel)
  requirePositive('T', T)
  const solver = options.solver ?? fieldSolverOf(law, kernel)
  requireOneOf<FieldSolver>('solver', solver, ['radial', 'grid'])
  requireAffordable({ T }, options.limits)
  if (options.tolerance !== undefined) requirePositive('tolerance', options.tolerance)
  const tolerance = options.tolerance ?? DEFAULT_TOLERANCE[solver]
  const key = fieldKey({ law, kernel, T, tolerance, method: solver })
  const found = known.get(key)
  if (found !== undefined) {
    known.delete(key)
    known.set(key, found)
    return found
  }
  // The solver is a part of this call: its reports become ours, whoever else listens.
  const solve = ({ signal, limits }: EvolvingFieldOptions): Promise<EvolvingField> => {
    const heard = {
      ...(signal === undefined ? {} : { signal }),
      ...(limits?.T === undefined ? {} : { limits: { T: limits.T } }),
    }
    return solver === 'radial'
      ? radialFieldAsync({
          law,
          kernel,
          T,
          tolerance,
          ...heard,
          ...(onProgress === undefined ? {} : { onProgress: ({ fraction, stage }) => onProgress(fraction, stage) }),
        })
      : gridField({
          law,
          kernel,
          T,
          tolerance,
          missed: 'report',
          ...heard,
          ...(onProgress === undefined ? {} : { progress: onProgress }),
        })
  }
  const compute = (heeding: EvolvingFieldOptions): Promise<EvolvingField> =>
    reporting('evolvingField', heeding, report => report.stage('mean field', 1, 0, () => solve(heeding)))
  const computing = withInterrupts(options, compute)
  known.set(key, computing)
  for (const old of known.keys()) if (known.size > KEPT) known.delete(old)
  try {
    return await computing
  } catch (error) {
    known.delete(key)
    throw error
  }
}
