/**
 * The mean field of a rotation-invariant law, k^N_delta * rho^N_t, by deterministic quadrature of phase space: the
 * particles are the nodes of a Gauss rule in (|q|, |p|, angle), they move in the field of their own density, and the
 * density is a series of orthogonal polynomials whose coefficients are their moments. No random numbers: for smooth
 * data the error falls faster than any power of the number of nodes. Solves (10), and (1) where the kernel has no
 * cut-off.
 */
import { requireNumber, requireOptions, requirePositive } from '../../../base/errors.js'
import { turns, withInterrupts } from '../../../base/interrupt.js'
import { requireAffordable, type WorkLimits } from '../../../base/limits.js'
import { type BarOption, type Report, reporting } from '../../../base/progress.js'
import { type Estimate, estimated, exact } from '../../../base/statistics/estimate.js'
import { type Kernel, requireKernel } from '../../../interaction/kernel.js'
import { type Law, requireLaw, requireSameDimension } from '../../../law/law.js'
import type { EvolvingField } from '../evolvingField.js'
import { fieldKey } from '../fieldKey.js'
import { momentAlong } from './radialMoments.js'
import type { RadialErrors, RadialFieldRecord, RadialProgress } from './radialRecord.js'
import { refine } from './radialRefinement.js'
import {
  densityAt,
  forceFactor,
  kineticAt,
  massInside,
  potentialEnergy,
  type RadialSlice,
  type RadialSolution,
  radialSlice,
} from './radialTable.js'

/** Options of {@link radialField}. */
export interface RadialFieldOptions {
  /** A law that is invariant under joint rotations of q and p. */
  readonly law: Law
  /**
   * Any kernel of the law's dimension; of the plane also for laws of R^3 that know their planar marginal. Its sigma is
   * the sign.
   */
  readonly kernel: Kernel
  /** Last time, > 0. */
  readonly T: number
  /** Wanted sup-error relative to sup |k*rho|, in [1e-12, 0.1], default 1e-6. */
  readonly tolerance?: number
  /** Most nodes along each coordinate of phase space, default 64. */
  readonly maxNodes?: number
  /** The largest T that is allowed, default 1e6. */
  readonly limits?: Pick<WorkLimits, 'T'>
}

/** A mean field of the radial solver. */
export interface RadialField extends EvolvingField {
  /** What it is a function of: fields with the same key are the same. */
  readonly key: string
  /** Whether `error.high <= tolerance * scale`. */
  readonly converged: boolean
  /** The parts of `error`, absolute, by cause. */
  readonly errors: RadialErrors
  /** The component of k^N_delta * rho^N_t along q/|q| at |q| = r. */
  radial(t: number, r: number): number
  /** Mass of rho^N_t inside radius r. */
  enclosedMass(t: number, r: number): number
  density(t: number, q: ArrayLike<number>): number
  densitySup(t: number): Estimate
  momentumMoment(t: number, m: number): Estimate
  energy(t: number): Estimate
  /** What is stored. */
  readonly solution: RadialSolution
}

/**
 * The mean field of a rotation-invariant law on [0, T]. Resolution (nodes, modes, time steps) is raised until the
 * estimated error meets the tolerance or `maxNodes` is reached; each of its parts is the change of the force when one
 * resolution alone is lowered (nodes to 0.85, modes to 0.8, steps to 0.7 of their number), which overestimates for
 * smooth data. Where convergence in the modes is slow (edges of the density) the remainder is extrapolated. A compact
 * support is followed by the map in the radius without cut-off. Data with edges under a cut-off get polynomials on
 * cells, and up to four times `maxNodes` nodes in the radius; their density is good to `errors.density` only, which
 * near the centre is little. The error that results is stated, and `converged` says whether it is within the tolerance.
 * @throws TypeError, RangeError for a law that is not rotation-invariant or has no density, a kernel of another
 *   dimension than the law's quadrature, T, tolerance or maxNodes out of range
 * @example
 * const field = radialField({ law: gaussianLaw(), kernel: cutoffKernel({ N: 1e4, delta: 0.25 }), T: 1, tolerance: 1e-4 })
 * field.force(1, Float64Array.of(0.5, 0, 0), new Float64Array(3))
 */
export function radialField(options: RadialFieldOptions): RadialField {
  requireOptions<RadialFieldOptions>('radialField', options, {
    law: true,
    kernel: true,
    T: true,
    tolerance: true,
    maxNodes: true,
    limits: true,
  })
  const steps = radialFieldSteps(options)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** Options of {@link radialFieldAsync}. */
export interface RadialFieldAsyncOptions extends RadialFieldOptions, BarOption {
  /** Stops the computation; the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal
  /** Called a few times a second. */
  readonly onProgress?: (progress: RadialProgress) => void
}

/** {@link radialField} that lets other work run every 50 ms, can be stopped, and tells how far it is. */
export async function radialFieldAsync(options: RadialFieldAsyncOptions): Promise<RadialField> {
  requireOptions<RadialFieldAsyncOptions>('radialFieldAsync', options, {
    bar: true,
    signal: 'signal',
    onProgress: 'function',
    law: true,
    kernel: true,
    T: true,
    tolerance: true,
    maxNodes: true,
    limits: true,
  })
  return withInterrupts(options, heeding => reporting('radialField', heeding, report => inTurns(heeding, report)))
}

async function inTurns(options: RadialFieldAsyncOptions, report: Report): Promise<RadialField> {
  const { signal, onProgress, bar: _, ...problem } = options
  signal?.throwIfAborted()
  const steps = radialFieldSteps(problem)
  const turn = turns(signal)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    const { overall, stage } = step.value
    report(overall, stage)
    const pause = turn()
    if (pause === undefined) continue
    onProgress?.(step.value)
    await pause
  }
}

/** The computation in steps, to be driven by a caller. @throws as {@link radialField}, on the call of the function */
export function radialFieldSteps(options: RadialFieldOptions): Generator<RadialProgress, RadialField, void> {
  requireOptions<RadialFieldOptions>('radialFieldSteps', options, {
    law: true,
    kernel: true,
    T: true,
    tolerance: true,
    maxNodes: true,
    limits: true,
  })
  const { law, kernel, T, tolerance = 1e-6, maxNodes = 64 } = options
  requireLaw(law, [2, 3])
  requireKernel(kernel)
  requirePositive('T', T)
  requireAffordable({ T }, options.limits)
  requireNumber('tolerance', tolerance, 1e-12, 0.1)
  requireNumber('maxNodes', maxNodes, 12, 160)
  requireSameDimension(law, kernel, 'marginal')
  if (kernel.alpha > 2 && kernel.cutoffRadius === 0) {
    throw new RangeError(`kernel.alpha must be at most 2 without cut-off, got ${kernel.alpha}`)
  }
  const key = fieldKey({ law, kernel, T, tolerance, method: `radial ${maxNodes}` })
  const work = refine({ law, kernel, T, tolerance, maxNodes })
  return (function* (): Generator<RadialProgress, RadialField, void> {
    const { solution, errors, scale, parameters } = yield* work
    return fieldOf({ law, kernel, key, solution, errors, scale, tolerance, parameters })
  })()
}

/**
 * The parts of the error together: their sum, and where they are sums over nodes that err at other places, the root of
 * their squares.
 */
function totalError({ errors, parameters }: RadialFieldRecord): number {
  const { nodes, modes, time, interpolation } = errors
  if (parameters.map !== 'cells') return nodes + modes + time + interpolation
  return Math.sqrt(nodes * nodes + modes * modes + time * time + interpolation * interpolation)
}

/** The field of a stored record. */
export function fieldOf(record: RadialFieldRecord): RadialField {
  const { law, kernel, key, solution, errors, scale, tolerance, parameters } = record
  const { T } = solution
  const { d, sigma } = kernel
  let kept: RadialSlice | undefined
  const at = (t: number): RadialSlice => {
    requireNumber('t', t, 0, T, `a time in [0, T] = [0, ${T}]`)
    if (kept?.t !== t) kept = radialSlice(solution, t)
    return kept
  }
  const total = sigma === 0 ? 0 : totalError(record)
  const method = 'radial phase-space quadrature'
  const radiusOf = (q: ArrayLike<number>): number => {
    let square = 0
    for (let a = 0; a < d; a++) square += q[a]! * q[a]!
    return Math.sqrt(square)
  }
  return {
    law,
    kernel,
    T,
    key,
    method,
    parameters,
    errors,
    scale,
    solution,
    error: {
      value: 0,
      low: 0,
      high: total,
      kind: sigma === 0 ? 'exact' : 'estimated',
      method: 'change with each resolution',
    },
    converged: total <= tolerance * scale || sigma === 0,
    force: (t, q, out) => {
      const n = q.length / d
      if (!Number.isInteger(n))
        throw new RangeError(`q must have a length that is a multiple of d = ${d}, got ${q.length}`)
      const slice = at(t)
      if (sigma === 0) return out.fill(0)
      for (let i = 0; i < n; i++) {
        const x = q[i]!
        const y = q[n + i]!
        const z = d === 3 ? q[2 * n + i]! : 0
        const f = sigma * forceFactor(solution, slice, x * x + y * y + z * z)
        out[i] = f * x
        out[n + i] = f * y
        if (d === 3) out[2 * n + i] = f * z
      }
      return out
    },
    radial: (t, r) => (sigma === 0 ? 0 : sigma * r * forceFactor(solution, at(t), r * r)),
    enclosedMass: (t, r) => massInside(solution, at(t), r),
    density: (t, q) => densityAt(solution, at(t), radiusOf(q)),
    densitySup: t => {
      const slice = at(t)
      // Twelve points per mode in the angle arcsin sqrt x, in which the modes oscillate evenly.
      const points = 12 * solution.modes.K
      let sup = 0
      for (let i = 0; i < points; i++) {
        const y = i / points
        const r = solution.follows ? slice.length * y : (slice.length * y) / Math.sqrt((1 - y) * (1 + y))
        sup = Math.max(sup, densityAt(solution, slice, r))
      }
      return estimated(sup, errors.density, `${method}, maximum over ${points} radii`)
    },
    momentumMoment: (t, m) => {
      requireNumber('m', m, 0, Number.MAX_VALUE, 'a finite number >= 0')
      at(t)
      return momentAlong(record, t, m)
    },
    energy: t => {
      const slice = at(t)
      const potential = sigma === 0 ? 0 : potentialEnergy(solution, slice)
      if (potential === undefined) {
        const value = Number.NaN
        return { value, low: value, high: value, kind: 'exact', method: `not available for alpha = ${kernel.alpha}` }
      }
      const value = kineticAt(solution, t) + sigma * potential
      return sigma === 0 && t === 0 ? exact(value, method, 1e-12) : estimated(value, errors.energy, method)
    },
  }
}
