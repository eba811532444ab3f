/**
 * Error against step of every scheme on a smooth orbit, at the corner of the kernel (4), and on a smooth cut-off as
 * control: the data of the convergence-order figure.
 */
import type { Configuration } from '../../base/configuration.js'
import { quote, requireInteger, requireOptions } from '../../base/errors.js'
import { type LogLogSlope, logLogSlope } from '../../base/statistics/statistics.js'
import { coulombKernel } from '../../interaction/coulombKernel.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import type { Kernel } from '../../interaction/kernel.js'
import { particleStepper } from '../step/particleStepper.js'
import { type SchemeName, symplecticScheme } from '../step/symplecticScheme.js'
import { ellipticOrbit, fallThroughCutoff } from './exactOrbits.js'
import { maximumDifference } from './invariants.js'
import { pairAcceleration } from './pairAcceleration.js'

/**
 * 'kepler': smooth. 'corner': through the cut-off of (4). 'smoothCutoff': the same start under a C^infinity cut-off.
 */
export type ConvergenceProblem = 'kepler' | 'corner' | 'smoothCutoff'

/** Options of {@link convergenceOrders}. */
export interface ConvergenceOptions {
  readonly schemes?: readonly SchemeName[]
  readonly problems?: readonly ConvergenceProblem[]
  /** Numbers of steps, increasing; default 16, 32, ..., 1024. */
  readonly steps?: readonly number[]
}

/** One curve of the figure. */
export interface ConvergenceSeries {
  readonly problem: ConvergenceProblem
  readonly scheme: SchemeName
  /** Order of the scheme for smooth forces. */
  readonly order: number
  /** Steps h, decreasing. */
  readonly step: Float64Array
  /** Force evaluations per run. */
  readonly evaluations: Float64Array
  /** Largest error in maximum norm of (q, p) at the end, over 8 starting times. */
  readonly error: Float64Array
  /**
   * The slope of error against step where it is above rounding and below 1e-2; undefined with fewer than 2 such points.
   */
  readonly fit: LogLogSlope | undefined
}

interface Case {
  readonly kernel: Kernel
  readonly T: number
  readonly starts: readonly Configuration[]
  readonly ends: readonly Configuration[]
}

/** Rounding errors of a thousand steps stay below this. */
const ROUNDING = 1e-11
/** Above it a run is not in the asymptotic regime. */
const COARSE = 1e-2
const STARTS = 8
const CUTOFF = 0.5
/** Steps of the reference runs of 'smoothCutoff', with 'yoshida6'. */
const REFERENCE_STEPS = 8192

/**
 * Errors against step, measured.
 * - 'kepler': two bodies on ellipses of eccentricity 0.5, closed form.
 * - 'corner': two bodies fall through each other under (4) with r_c = 1/2, closed form; the run crosses the corner
 *   once. A step that holds the corner commits an error O(h^2) once, whatever its order: slope 2.
 * - 'smoothCutoff': the same starts under the profile 'smooth', against a run of order 6 with 8192 steps: the order of
 *   the scheme again, once the steps resolve the cut-off.
 * Eight starting times make the corner fall on different places within a step; the largest error is kept.
 * @throws RangeError naming the argument
 * @example convergenceOrders({ schemes: ['leapfrog'], problems: ['corner'] })[0].fit.slope.toFixed(0) // '2'
 */
export function convergenceOrders(options: ConvergenceOptions = {}): ConvergenceSeries[] {
  requireOptions<ConvergenceOptions>('convergenceOrders', options, { schemes: true, problems: true, steps: true })
  const { schemes = ['leapfrog', 'yoshida4', 'suzuki4', 'yoshida6'], steps = [16, 32, 64, 128, 256, 512, 1024] } =
    options
  const { problems = ['kepler', 'corner', 'smoothCutoff'] } = options
  for (const [name, list] of Object.entries({ schemes, problems, steps })) {
    if (!Array.isArray(list)) throw new TypeError(`${name} must be an array, got ${quote(list)}`)
  }
  for (const [k, n] of steps.entries()) requireInteger(`steps[${k}]`, n, 1, 1e7)
  return problems.flatMap(problem => {
    const known = caseOf(problem)
    return schemes.map(scheme => seriesOf(problem, known, scheme, steps))
  })
}

function seriesOf(
  problem: ConvergenceProblem,
  { kernel, T, starts, ends }: Case,
  scheme: SchemeName,
  steps: readonly number[],
): ConvergenceSeries {
  const { order, drifts } = symplecticScheme(scheme)
  const error = Float64Array.from(steps, count => {
    const errors = starts.map((Z, k) => {
      const end = run(Z, kernel, { T, steps: count, scheme })
      return Math.max(maximumDifference(end.q, ends[k]!.q), maximumDifference(end.p, ends[k]!.p))
    })
    return errors.reduce((most, next) => Math.max(most, next))
  })
  const step = Float64Array.from(steps, count => T / count)
  const asymptotic = [...error.keys()].filter(k => error[k]! > ROUNDING && error[k]! < COARSE)
  const fit =
    asymptotic.length < 2
      ? undefined
      : logLogSlope(
          asymptotic.map(k => step[k]!),
          asymptotic.map(k => error[k]!),
        )
  const evaluations = Float64Array.from(steps, count => count * drifts.length + 1)
  return { problem, scheme, order, step, evaluations, error, fit }
}

function caseOf(problem: ConvergenceProblem): Case {
  // Numbers without a common measure with any step.
  const times = Array.from({ length: STARTS }, (_, k) => 0.0917 * ((k * 0.618033988749895) % 1))
  if (problem === 'kepler') {
    const orbit = ellipticOrbit(0.5)
    const T = 4
    return {
      kernel: coulombKernel({ sigma: -1 }),
      T,
      starts: times.map(t => orbit.at(t)),
      ends: times.map(t => orbit.at(t + T)),
    }
  }
  const orbit = fallThroughCutoff(CUTOFF)
  const T = 1.1
  const starts = times.map(t => orbit.at(t))
  const profile = problem === 'corner' ? 'truncated' : 'smooth'
  const kernel = cutoffKernel({ N: 2, delta: 1, sigma: -1, profile })
  const ends =
    problem === 'corner'
      ? times.map(t => orbit.at(t + T))
      : starts.map(Z => run(Z, kernel, { T, steps: REFERENCE_STEPS, scheme: 'yoshida6' }))
  return { kernel, T, starts, ends }
}

interface Run {
  readonly T: number
  readonly steps: number
  readonly scheme: SchemeName
}

function run(Z: Configuration, kernel: Kernel, { T, steps, scheme }: Run): Configuration {
  const { acceleration } = pairAcceleration(Z.N, kernel)
  const stepper = particleStepper(Z, { acceleration, T, steps, scheme })
  stepper.advanceSync(steps)
  return stepper.Z
}
