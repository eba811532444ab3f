/**
 * N-body sums of any kernel: the force (6) of every particle on every other, one thread.
 * Called by flows, concentration estimates and notebooks; {@link forcesAsync} is the same on many threads.
 */
import { type OptionKind, requireOptions } from '../base/errors.js'
import type { Kernel } from '../interaction/kernel.js'
import { type ForceModule, forceModule } from '../wasm/forces.js'
import { prepareDirect } from './directForces.js'
import { preparePotential } from './directSums.js'
import { forceErrorEstimate } from './errorEstimate.js'
import { prepareFmm } from './fmm/fmmForces.js'
import { type ChosenPlan, choosePlan } from './plan.js'
import { type ForcePoints, forceRequest } from './points.js'
import { runProgram } from './runProgram.js'
import { scalarForces, scalarSums } from './scalarForces.js'
import type { ForceOptions, ForcePlan, ForceProgram, ForceRequest, ForceResult } from './types.js'

// Plain JavaScript, a call a pair.
const SCALAR_SECONDS = 3e-8

const modules = new Map<'portable' | 'fast', ForceModule>()

/** This thread's own module, empty: for computations that end before anything else runs. */
export function ownModule(arithmetic: 'portable' | 'fast' = 'portable'): ForceModule {
  let module = modules.get(arithmetic)
  if (module === undefined) {
    module = forceModule({ arithmetic })
    modules.set(arithmetic, module)
  }
  module.arena.reset()
  return module
}

/** The options of force sums, as `requireOptions` checks them. */
export const FORCE_OPTIONS: Readonly<Record<keyof ForceOptions, OptionKind>> = {
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
}

/**
 * The forces (K^N_delta(q))_i = (1/N) sum_{j != i} k(q_i - q_j), (6), of particles on each other, or
 * sum_j w_j k(x_i - q_j) of sources on targets. Coincident points exert no force on each other.
 *
 * The choice of method and precision is a fixed rule of points, kernel and tolerance (see the result's plan), so that
 * results have the same bits on every machine; differences of positions must lie between 1e-100 and 1e100.
 * @param points a Configuration, positions (length d*N, structure of arrays), or {targets, sources, weights}
 * @param kernel any kernel in d = 2 or 3
 * @returns forces in the layout of the positions, potentials when asked for, and what was done
 * @throws TypeError, RangeError naming the argument before any work: a position that is not finite (with its index),
 * lengths that do not match, no points, a tolerance or an override that cannot be met
 * @source (6), (47)
 * @example forces(Float64Array.of(0, 2, 0, 0, 0, 0), coulombKernel()).force // [-1/8, 1/8, 0, 0, 0, 0]
 */
export function forces(points: ForcePoints, kernel: Kernel, options: ForceOptions = {}): ForceResult {
  requireOptions<ForceOptions>('forces', options, FORCE_OPTIONS)
  const request = forceRequest(points, kernel, options)
  const chosen = choosePlan(request, options)
  const { arithmetic } = chosen.plan
  const module = arithmetic === 'scalar' ? undefined : ownModule(arithmetic)
  const prepared = module && prepareForces(module, request, chosen)
  if (module === undefined || prepared === undefined) {
    return forceResult(request, computeScalar(request, chosen.plan), options)
  }
  runProgram(module, prepared.program)
  const { potentialOut, spec } = request
  if (prepared.left && potentialOut !== undefined) scalarSums(request, r => spec.kernel.potential(r), potentialOut)
  return forceResult(request, prepared.plan, options)
}

/** A plan laid out in a module's memory, and what is known about it now. */
interface PreparedForces {
  readonly program: ForceProgram
  readonly plan: ForcePlan
  /** Whether the potential is left to plain loops, as no table holds it. */
  readonly left: boolean
}

/** Lays out what a plan says; undefined where the compiled loops cannot hold the kernel. */
export function prepareForces(
  module: ForceModule,
  request: ForceRequest,
  { plan, fmm }: ChosenPlan,
): PreparedForces | undefined {
  if (fmm !== undefined) {
    const program = prepareFmm(module, request, fmm)
    return { program, plan: { ...plan, depth: program.shape.depth, pairs: program.shape.pairs }, left: false }
  }
  const program = prepareDirect(module, request, { precision: plan.precision })
  if (program === undefined) return undefined
  const { potentialOut } = request
  if (potentialOut === undefined) return { program, plan, left: false }
  const potential = preparePotential(module, request)
  if (potential === undefined) return { program, plan, left: true }
  return { program: together(program, potential), plan, left: false }
}

function together(first: ForceProgram, second: ForceProgram): ForceProgram {
  return {
    stages: [...first.stages, ...second.stages],
    scratchBytes: Math.max(first.scratchBytes, second.scratchBytes),
    collect: () => {
      first.collect()
      second.collect()
    },
  }
}

/** The same in plain JavaScript; returns what was done. */
function computeScalar(request: ForceRequest, plan: ForcePlan): ForcePlan {
  scalarForces(request)
  const { potentialOut, spec } = request
  if (potentialOut !== undefined) scalarSums(request, r => spec.kernel.potential(r), potentialOut)
  return scalarPlan(request, plan)
}

/** The plan of a sum that was done in plain JavaScript. */
export function scalarPlan({ n, N }: ForceRequest, plan: ForcePlan): ForcePlan {
  const reason = plan.arithmetic === 'scalar' ? plan.reason : 'this kernel fits no table, plain JavaScript'
  const predictedSeconds = plan.arithmetic === 'scalar' ? plan.predictedSeconds : SCALAR_SECONDS * n * N
  return { ...plan, precision: 'f64', arithmetic: 'scalar', pairs: n * N, predictedSeconds, reason }
}

/** The result of a request whose outputs are written. */
export function forceResult(request: ForceRequest, plan: ForcePlan, options: ForceOptions): ForceResult {
  const { force, potentialOut } = request
  const { estimateError, seed = 'forces' } = options
  return {
    force,
    plan,
    ...(potentialOut === undefined ? {} : { potential: potentialOut }),
    ...(estimateError === undefined ? {} : { errorEstimate: forceErrorEstimate(request, estimateError, seed) }),
  }
}

/**
 * What {@link forces} would do, without doing it: method, order, precision, predicted time.
 * @throws as {@link forces}
 * @example planForces(configuration(1000), cutoffKernel({ N: 1000, delta: 0.3 })).precision // 'mixed'
 */
export function planForces(points: ForcePoints, kernel: Kernel, options: ForceOptions = {}): ForcePlan {
  requireOptions<ForceOptions>('planForces', options, FORCE_OPTIONS)
  return choosePlan(forceRequest(points, kernel, options), options).plan
}
