/**
 * The nouns of the force sums: what is asked ({@link ForceOptions}), what comes back ({@link ForceResult}), and the
 * data form in which a computation is handed to one thread or to many ({@link ForceProgram}).
 */
import type { Sigma } from '../base/errors.js'
import type { Estimate } from '../base/statistics/estimate.js'
import type { Kernel } from '../interaction/kernel.js'

/** How the sum is done: 'direct' over all pairs, or 'fmm', the fast multipole method. */
export type ForceMethod = 'direct' | 'fmm'

/**
 * In which precision pairs are evaluated. 'f64': double throughout. 'mixed': pairs in single precision on relative
 * coordinates, totals in double.
 */
export type ForcePrecision = 'f64' | 'mixed'

/**
 * Which instructions are used. 'portable' (default): plain SIMD, the same bits on every machine. 'fast': relaxed SIMD
 * with fused multiply-add where the engine has it; last bits may differ between machines. From Node 24 on it also lets
 * V8 join vectors of 128 bits to 256, a switch of the whole process. 'scalar': plain JavaScript.
 */
export type ForceArithmetic = 'portable' | 'fast' | 'scalar'

/** Profiles that the compiled loops have by formula. */
export const COMPILED_PROFILES = ['truncated', 'cubicSpline', 'smooth', 'plummer'] as const

/**
 * Shapes of a radial kernel that the compiled loops know; 'radial' is any other function of the radius, by its table.
 */
export type ForceProfile = (typeof COMPILED_PROFILES)[number] | 'radial'

/** A {@link Kernel} reduced to what compiled loops need: k(q) = sigma phi(|q|^2) q. */
export interface ForceKernelSpec {
  readonly kernel: Kernel
  readonly profile: ForceProfile
  readonly d: 2 | 3
  readonly alpha: number
  readonly sigma: Sigma
  /** The radius r_c of the profile, >= 0; 0: no cut-off (profile 'truncated'). */
  readonly radius: number
  /** d = 3, alpha = 2, and k = sigma q/|q|^3 exactly for |q| >= radius: what the fast multipole method needs. */
  readonly coulombOutside: boolean
}

/** What {@link forces} may be told. Everything has a default; every choice is reported in the result's plan. */
export interface ForceOptions {
  /**
   * Wanted error: ||error||_2 / ||force||_2 over all components, in [1e-12, 1]; the fast multipole method goes down to
   * 1e-8. Default 1e-6. Where the forces of single particles almost cancel in the sum, the error is measured by them:
   * ask for an estimate ({@link ForceOptions.estimateError}).
   */
  readonly tolerance?: number
  /** Override of the choice between direct sum and fast multipole method. */
  readonly method?: ForceMethod
  /** Override of the pair precision. */
  readonly precision?: ForcePrecision
  /** Default 'portable'. */
  readonly arithmetic?: ForceArithmetic
  /** Override of the expansion order P, 2 ... 30 (fast multipole method). */
  readonly order?: number
  /** Override of the depth that the tree may reach, 0 ... 48 (fast multipole method). */
  readonly depth?: number
  /** 'include': also return the potentials sum_j w_j V(q_i - q_j), j != i. Default 'omit'. */
  readonly potential?: 'include' | 'omit'
  /** Compare this many randomly chosen targets with a compensated direct sum and return the error estimate. */
  readonly estimateError?: number
  /** Seed of that choice, default 'forces'. */
  readonly seed?: string
  /** Where the forces are written: length d * (number of targets). Default: a new array. */
  readonly out?: Float64Array
}

/** What was done. A function of the input alone, never of the machine (but for `threads` and an unavailable 'fast'). */
export interface ForcePlan {
  readonly method: ForceMethod
  readonly precision: ForcePrecision
  readonly arithmetic: ForceArithmetic
  /** The tolerance that the choice was made for. */
  readonly tolerance: number
  /** Order P of the expansions, method 'fmm'. */
  readonly order?: number
  /** Number of levels of the tree below its root, method 'fmm', once it is made. */
  readonly depth?: number
  /** Pair evaluations, method 'direct'; of the near field, both orders counted, for 'fmm' once its tree is made. */
  readonly pairs?: number
  /** Time on one thread by the fixed cost model of the rule, whose unit is one 3 GHz core: for orientation. */
  readonly predictedSeconds: number
  /** Threads used. */
  readonly threads: number
  /** Why, in a few words. */
  readonly reason: string
}

/** What a force sum returns. */
export interface ForceResult {
  /** Forces on the targets, structure of arrays: coordinate a of target i is force[a * n + i]. */
  readonly force: Float64Array
  /** Potentials at the targets, length n, when asked for. */
  readonly potential?: Float64Array
  readonly plan: ForcePlan
  /** Relative error ||error||_2 / ||force||_2 on a random subset, when asked for. */
  readonly errorEstimate?: Estimate
}

/** Sources, targets and kernel after validation: what the direct sum and the fast multipole method are given. */
export interface ForceRequest {
  readonly spec: ForceKernelSpec
  /** Number of sources. */
  readonly N: number
  /** Source positions, length d*N, structure of arrays. */
  readonly sources: Float64Array
  /** Source weights, length N; undefined: all equal to `weight`. */
  readonly weights: Float64Array | undefined
  /** The common weight (1/N by default) when `weights` is undefined. */
  readonly weight: number
  /** Target positions, length d*n; undefined: the targets are the sources, and the term j = i is left out. */
  readonly targets: Float64Array | undefined
  /** Number of targets (N in the self form). */
  readonly n: number
  /** Relative tolerance. */
  readonly tolerance: number
  readonly potential: boolean
  /** Where the forces go, length d*n; every entry is written. */
  readonly force: Float64Array
  /** Where the potentials go, length n, when asked for. */
  readonly potentialOut: Float64Array | undefined
}

/**
 * Independent pieces of work: `exports[run](task, ...args)` for task = 0 ... tasks-1, in any order, on any thread,
 * with the same bits: a task writes only memory that no other task of its stage reads or writes (its own scratch
 * region, see `scratchBytes`, excepted), and the number of tasks never depends on the number of threads.
 */
export interface ForceStage {
  /** Name of an export of the force module with signature (task: i32, ...args) => void. */
  readonly run: string
  readonly tasks: number
  readonly args: readonly number[]
}

/** A computation as data, so that it can be sent to workers that share the memory: stages run one after the other. */
export interface ForceProgram {
  readonly stages: readonly ForceStage[]
  /** Bytes of private scratch memory each instance needs; its address is the exported global `scratch`. */
  readonly scratchBytes: number
  /** To be called on the preparing thread after the last stage: copies results out of the module's memory. */
  collect(): void
}
