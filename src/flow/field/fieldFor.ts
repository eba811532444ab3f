/**
 * Which mean field a system moves in, and where it is kept: one policy, one key, one cache for every solver, and a
 * store for whoever has a place to keep fields in.
 */
import { type OptionKind, requireObject, requireOneOf, requireOptions, requirePositive } from '../../base/errors.js'
import { withInterrupts } from '../../base/interrupt.js'
import { requireAffordable, type WorkLimits } from '../../base/limits.js'
import { type BarOption, reporting } from '../../base/progress.js'
import { requireShape } from '../../base/shape.js'
import { fluctuationTolerance } from '../../forces/fluctuationTolerance.js'
import { type Kernel, requireKernel } from '../../interaction/kernel.js'
import { hasPhaseNodes } from '../../law/invariantPhaseNodes.js'
import { dimensionOf, type Law, requireLaw, requireSameDimension } from '../../law/law.js'
import type { EvolvingField } from './evolvingField.js'
import { fieldKey } from './fieldKey.js'
import { gridField } from './grid/gridField.js'
import { planarField } from './planar/planarField.js'
import { radialFieldAsync } from './radial/radialField.js'
import { radialMethod } from './radial/radialMethod.js'
import { smoothField } from './smooth/smoothField.js'
import { stationaryField } from './stationaryField.js'

/**
 * Which solver: 'radial' for laws that are invariant under rotations, 'smooth' for smooth densities without symmetry,
 * 'grid' for all laws of R^3, 'planar' for all laws of the plane; 'stationary', in closed form, for the steady states
 * of Newton's kernel without cut-off.
 */
export type FieldSolver = 'radial' | 'smooth' | 'grid' | 'planar' | 'stationary'

/** What a mean field is of; a system is one. */
export interface FieldProblem {
  readonly law: Law
  readonly kernel: Kernel
  /** Last time, > 0. */
  readonly T: number
  /** With both the default tolerance is that of a coupled run. */
  readonly N?: number
  readonly delta?: number
}

/** A place where fields are kept from one process to the next. */
export interface FieldStore {
  /** Stores with the same name hold the same fields. */
  readonly name: string
  /** undefined where there is none, or none that is whole. */
  read(key: string, of: { readonly law: Law; readonly kernel: Kernel }): EvolvingField | undefined
  /** Keeps a field under its key. */
  write(key: string, field: EvolvingField): void
}

/** How good a field is to be, and who waits for it. */
export interface FieldAccuracy extends BarOption {
  /**
   * Wanted sup-error relative to sup |k*rho|. Default where N and delta are known: a tenth of
   * {@link fluctuationTolerance}, at most 1e-4; else 1e-6; for the solver of smooth laws half of it, 1.5 times it under
   * attraction, at least 1e-4; for the planar solver half of it, at least 1e-4; for the grid solver 1e-2, for laws with
   * an axis 1.2e-3 (under attraction 2e-3).
   */
  readonly tolerance?: number
  /**
   * Default: 'radial' where it can, 'smooth' for sums of Gaussians (under attraction while no core has formed, up to T
   * = (4 pi sup rho / 3)^{-1/2}), 'grid' otherwise, 'planar' in the plane; 'stationary' only when it is asked for. Ask
   * for 'smooth' where you know that the density of a law of your own is smooth and falls like a Gaussian: it is faster
   * and better.
   */
  readonly solver?: FieldSolver
  readonly store?: FieldStore
  /** The largest T that is allowed, default 1e6. */
  readonly limits?: Pick<WorkLimits, 'T'>
  /** Ends this call; the computation when nobody else waits for it. */
  readonly signal?: AbortSignal
  /** Called with the part of the present stage that is done, in [0, 1], and its name. */
  readonly onProgress?: (part: number, stage: string) => void
}

/** The options of a field, as `requireOptions` checks them. */
export const ACCURACY_OPTIONS: Readonly<Record<keyof FieldAccuracy, OptionKind>> = {
  bar: true,
  tolerance: true,
  solver: true,
  store: 'given',
  limits: true,
  signal: 'signal',
  onProgress: 'function',
}

/**
 * The solver that is taken without being told: 'radial', seconds, where the law has a quadrature in (r, |p|, angle):
 * the built-in symmetric laws, and custom laws with `radial` whose f0 does not change under rotations; 'smooth', a
 * minute or two, for sums of Gaussians, under attraction up to T = (4 pi rhoSup/3)^(-1/2), before which no core
 * collapses; 'grid', minutes, otherwise; in the plane 'planar', a minute.
 * @param T last time, default any: then under attraction 'smooth' is not taken
 * @example fieldSolverOf(gaussianLaw(), coulombKernel()) // 'radial'
 */
export function fieldSolverOf(
  law: Law,
  kernel: Kernel,
  T: number = Number.POSITIVE_INFINITY,
): Exclude<FieldSolver, 'stationary'> {
  return chosenSolver(law, kernel, T).solver
}

/**
 * Whether clusters are still far from their collapse at T: 4 pi rho/3 is the square of the frequency at which a point
 * of density rho attracts its neighbourhood; without any speeds a ball collapses at pi/(2 sqrt 2) = 1.1 in this unit of
 * time.
 */
const isBeforeCollapse = ({ rhoSup }: Law, T: number): boolean => ((4 * Math.PI) / 3) * rhoSup * T * T <= 1

/** The solver with the reason in words. */
function chosenSolver(
  law: Law,
  kernel: Kernel,
  T: number,
): { readonly solver: Exclude<FieldSolver, 'stationary'>; readonly reason: string } {
  if (law.phaseNodes !== undefined || (kernel.d === dimensionOf(law) && hasPhaseNodes(law))) {
    return { solver: 'radial', reason: 'f0 does not change under rotations, so that r, |p| and an angle are enough' }
  }
  if (dimensionOf(law) === 2) {
    return { solver: 'planar', reason: 'f0 is a law of the plane, and has no symmetry that is known' }
  }
  // Oracles have confirmed the stated error under attraction while clusters contract, and refuted it once they have
  // collapsed.
  if (law.gaussians !== undefined && (kernel.sigma !== -1 || isBeforeCollapse(law, T))) {
    return { solver: 'smooth', reason: 'f0 is a sum of Gaussians, which is smooth, and has no symmetry that is known' }
  }
  return {
    solver: 'grid',
    reason:
      "whether f0 is smooth is not known, nor a symmetry of it; solver: 'smooth' is faster and better if it is smooth",
  }
}

/** The tolerance of a field that is asked for without one. */
function usualTolerance({ law, N, delta, kernel }: FieldProblem, solver: FieldSolver): number {
  // What a law with an axis reaches in some two minutes; for less, attraction would need steps of half the length.
  if (solver === 'grid') return law.symmetry === undefined ? 1e-2 : kernel.sigma === -1 ? 2e-3 : 1.2e-3
  const fluctuation = N === undefined || delta === undefined ? 0 : fluctuationTolerance({ N, delta, d: kernel.d })
  // Half of a percent of the fluctuation, a tenth of a percent where that takes seconds; under attraction, where half
  // is dear, so much that a run's field has less than half a percent of its deviation (docs/accuracy.md).
  if (solver === 'smooth') return Math.max(1e-4, (kernel.sigma === -1 ? 1.5 : 0.5) * fluctuation)
  if (solver === 'planar') return Math.max(1e-4, 0.5 * fluctuation)
  return fluctuation === 0 ? 1e-6 : Math.min(1e-4, 0.1 * fluctuation)
}

/**
 * The mean field k^N_delta * rho^N_t on [0, T] of a system, computed once in a process and shared by all who ask; with
 * a store also by other processes. Fields of particles (noise, external forces) depend on a seed: make them with
 * {@link particleField}.
 * @returns the field; `error` says what was reached: a tolerance that cannot be met is reported there, not thrown
 * @throws TypeError, RangeError naming the argument; the signal's reason, which ends nobody else's call
 * @source (10)-(12)
 * @example await fieldFor(system({ law: gaussianLaw(), N: 1000, delta: 0.25, T: 1, seed: 1 }), { tolerance: 1e-4 })
 */
export async function fieldFor(system: FieldProblem, accuracy: FieldAccuracy = {}): Promise<EvolvingField> {
  requireOptions<FieldAccuracy>('fieldFor', accuracy, ACCURACY_OPTIONS)
  return labelledField('fieldFor', system, accuracy)
}

/** What is taken for a field that is asked for, and the key under which it is kept in the cache and in every store. */
export interface FieldChoice {
  readonly solver: FieldSolver
  readonly tolerance: number
  readonly key: string
  /** Why this solver, in words. */
  readonly reason: string
}

/** The choice, after the checks. @throws TypeError, RangeError naming the argument */
export function fieldChoice(problem: FieldProblem, accuracy: FieldAccuracy): FieldChoice {
  requireObject('system', problem, '{ law, kernel, T }')
  const { law, kernel, T } = problem
  requireLaw(law, [2, 3])
  requireKernel(kernel)
  requireSameDimension(law, kernel, 'marginal')
  requirePositive('T', T)
  const usual = chosenSolver(law, kernel, T)
  const { solver = usual.solver, store, limits } = accuracy
  requireOneOf<FieldSolver>('solver', solver, ['radial', 'smooth', 'grid', 'planar', 'stationary'])
  const reason = accuracy.solver === undefined ? usual.reason : `it was asked for by its name, '${solver}'`
  requireAffordable({ T }, limits)
  const { tolerance = usualTolerance(problem, solver) } = accuracy
  requirePositive('tolerance', tolerance)
  if (store !== undefined) {
    const shape = { name: 'text', read: 'function', write: 'function' } as const
    requireShape<Record<'read' | 'write', () => void> & { name: string }>('store', store, shape)
  }
  const method = methodOf(solver, law, kernel)
  return { solver, tolerance, reason, key: fieldKey({ law, kernel, T, tolerance, method }) }
}

/**
 * The solver, with a number where its fields or their errors are other ones than those that are stored under its name
 * alone.
 */
function methodOf(solver: FieldSolver, law: Law, kernel: Kernel): string {
  if (solver === 'smooth') return 'smooth 4'
  if (solver === 'grid' && law.symmetry !== undefined) return 'grid 2'
  if (solver !== 'radial' || !hasPhaseNodes(law) || kernel.d > 3) return solver
  return radialMethod(law, kernel).method === 'smooth' ? 'radial' : 'radial 2'
}

/** {@link fieldFor} as a part of a function of another name. */
export async function labelledField(
  label: string,
  problem: FieldProblem,
  accuracy: FieldAccuracy,
): Promise<EvolvingField> {
  const choice = fieldChoice(problem, accuracy)
  const { solver, tolerance, key, reason } = choice
  const { law, kernel, T } = problem
  if (solver === 'stationary') return { ...stationaryField({ law, kernel, T }), reason }
  const { store, limits } = accuracy
  return withInterrupts(accuracy, heeding => {
    if (store !== undefined) {
      return shared(`${store.name}\n${key}`, solver, heeding, (signal, onProgress) =>
        throughStore(store, choice, problem, { ...heeding, signal, onProgress }),
      )
    }
    const request = { law, kernel, T, tolerance, ...(limits?.T === undefined ? {} : { limits: { T: limits.T } }) }
    return shared(key, solver, heeding, (signal, onProgress) =>
      reporting(label, heeding, report =>
        report.stage('mean field', 1, 0, async () => {
          return { ...(await solve(solver, { ...request, signal, onProgress })), reason }
        }),
      ),
    )
  })
}

/** The chosen field from a store; where it is not there, from {@link fieldFor}, and then it is. */
export async function throughStore(
  store: FieldStore,
  { solver, tolerance, key, reason }: FieldChoice,
  problem: FieldProblem,
  { store: _, ...accuracy }: FieldAccuracy,
): Promise<EvolvingField> {
  const found = store.read(key, problem)
  if (found !== undefined) return { ...found, reason }
  const computed = await fieldFor(problem, { ...accuracy, solver, tolerance })
  const field = { ...computed, reason }
  store.write(key, field)
  return field
}

type Told = (part: number, stage: string) => void

interface SolverRequest {
  readonly law: Law
  readonly kernel: Kernel
  readonly T: number
  readonly tolerance: number
  readonly limits?: { readonly T: number }
  readonly signal: AbortSignal
  readonly onProgress: Told
}

function solve(solver: Exclude<FieldSolver, 'stationary'>, request: SolverRequest): Promise<EvolvingField> {
  return solver === 'radial'
    ? radialFieldAsync({ ...request, onProgress: ({ fraction, stage }) => request.onProgress(fraction, stage) })
    : solver === 'smooth'
      ? smoothField({ ...request, tolerance: Math.min(0.1, request.tolerance), missed: 'report' })
      : solver === 'planar'
        ? planarField({ ...request, tolerance: Math.min(0.1, request.tolerance) })
        : gridField({ ...request, missed: 'report' })
}

/** A field that is known or being computed, and those who wait for it. */
interface Entry {
  readonly solver: FieldSolver
  readonly field: Promise<EvolvingField>
  readonly controller: AbortController
  readonly listeners: Set<Told>
  waiting: number
  settled: boolean
}

/** Fields by key, the latest used last; a failed computation leaves none. */
const known = new Map<string, Entry>()
/** A grid's table may take hundreds of megabytes, a radial field some kilobytes: how many of each are kept. */
const KEPT = { radial: 256, smooth: 16, grid: 8, planar: 8, stationary: 0 } as const

/**
 * Waits for the field of a key with the caller's own signal: the computation is ended when all who waited have left.
 */
async function shared(
  key: string,
  solver: FieldSolver,
  { signal, onProgress }: FieldAccuracy,
  compute: (signal: AbortSignal, onProgress: Told) => Promise<EvolvingField>,
): Promise<EvolvingField> {
  signal?.throwIfAborted()
  const entry = known.get(key) ?? begun(key, solver, compute)
  known.delete(key)
  known.set(key, entry)
  forgetOldest(solver)
  entry.waiting++
  if (onProgress !== undefined) entry.listeners.add(onProgress)
  try {
    return await untilAborted(entry.field, signal)
  } finally {
    entry.waiting--
    if (onProgress !== undefined) entry.listeners.delete(onProgress)
    if (entry.waiting === 0 && !entry.settled) {
      if (known.get(key) === entry) known.delete(key)
      entry.controller.abort(signal?.reason)
    }
  }
}

function begun(
  key: string,
  solver: FieldSolver,
  compute: (signal: AbortSignal, onProgress: Told) => Promise<EvolvingField>,
): Entry {
  const controller = new AbortController()
  const listeners = new Set<Told>()
  const field = compute(controller.signal, (part, stage) => {
    for (const listener of listeners) listener(part, stage)
  })
  const entry: Entry = { solver, field, controller, listeners, waiting: 0, settled: false }
  field.then(
    () => {
      entry.settled = true
    },
    () => {
      entry.settled = true
      if (known.get(key) === entry) known.delete(key)
    },
  )
  return entry
}

function forgetOldest(solver: FieldSolver): void {
  const keys = [...known].filter(([, entry]) => entry.solver === solver).map(([key]) => key)
  for (const key of keys.slice(0, Math.max(0, keys.length - KEPT[solver]))) known.delete(key)
}

/** A promise that a signal ends for one who waits, not for the others. */
async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise
  let stop = (): void => undefined
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
