/**
 * How a coupled run is computed: steps, tolerances, the mean field, the budget. With the defaults of each.
 */

import type { Configuration } from '../../base/configuration.js'
import {
  type OptionKind,
  quote,
  requireInteger,
  requireNumber,
  requireOneOf,
  requirePositive,
} from '../../base/errors.js'
import { requireAffordable, type WorkLimits } from '../../base/limits.js'
import type { BarOption } from '../../base/progress.js'
import { streamKey } from '../../base/random.js'
import { fluctuationTolerance } from '../../forces/fluctuationTolerance.js'
import { type EvolvingField, requireField } from '../field/evolvingField.js'
import { type ExternalForce, forceTolerance } from '../micro/pairAcceleration.js'
import { chooseStep } from '../step/chooseStep.js'
import { type MagneticField, requireMagneticField } from '../step/gyration.js'
import { requireNoise } from '../step/langevinNoise.js'
import { type SchemeName, stageOffsets, symplecticScheme } from '../step/symplecticScheme.js'
import { type System, streamOf } from './system.js'

/** How the flows of a system are computed; everything has a default. */
export interface Numerics extends BarOption {
  /** The mean field; default: that of law and kernel by {@link fieldFor}, computed once and kept. */
  readonly field?: EvolvingField
  /**
   * Relative tolerance of that field, default a tenth of {@link fluctuationTolerance}; where the grid solver is needed,
   * 1e-2, and 1.2e-3 for laws with an axis (2e-3 under attraction).
   */
  readonly fieldTolerance?: number
  /** 'leapfrog' or 'suzuki4'. Default: chosen with the steps; 'leapfrog' if they are given. */
  readonly scheme?: SchemeName
  /** Number of steps, a multiple of twice the `outputs`; default: {@link chooseStep}, rounded up. */
  readonly steps?: number
  /** Number of output times after t = 0, default 20. */
  readonly outputs?: number
  /** Relative force tolerance, default a hundredth of the fluctuation, {@link forceTolerance}. */
  readonly tolerance?: number
  /**
   * 'kept' (default): measured by a second run with twice the step; where `steps` are not given and the step alone
   * exceeds it, the run is repeated with twice the steps, at most twice, as far as `limits.particleSteps` lets it.
   * 'measured': never repeated. 'without step': no step error. 'omit': nothing is measured.
   */
  readonly budget?: 'kept' | 'measured' | 'without step' | 'omit'
  /** What numerical errors may be of the deviation, default 0.02. */
  readonly budgetLimit?: number
  /** Langevin noise on both flows, the same Brownian paths; then `field` must be given. */
  readonly noise?: { readonly diffusion: number; readonly friction?: number }
  /** External force on both flows. Not a part of the default field: give a `field` that knows it. */
  readonly external?: ExternalForce
  /**
   * A uniform magnetic field Omega on both flows, p' = ... + p x Omega; then `field` must be given. Not together with
   * noise.
   */
  readonly magnetic?: MagneticField
  readonly threads?: number
  /** What the call may take: {@link WorkLimits}. */
  readonly limits?: WorkLimits
  /**
   * Whether the first run of a process with delta >= 1/3 says on standard error that Theorem 4.2 does not speak of it;
   * default 'show'.
   */
  readonly notes?: 'show' | 'hide'
  readonly signal?: AbortSignal
  /** Called after each step with the number done and their total, which grows where the run is repeated. */
  readonly onProgress?: (done: number, total: number) => void
  /**
   * Called while the default field is computed, with the part of a stage that is done and its name.
   * @deprecated give a `field` from {@link fieldFor} with `onProgress`
   */
  readonly onFieldProgress?: (part: number, stage: string) => void
}

/** The options of numerics, as `requireOptions` checks them. */
export const NUMERICS_OPTIONS: Readonly<Record<keyof Numerics, OptionKind>> = {
  bar: true,
  field: true,
  fieldTolerance: true,
  scheme: true,
  steps: true,
  outputs: true,
  tolerance: true,
  budget: true,
  budgetLimit: true,
  noise: true,
  external: 'function',
  magnetic: true,
  threads: true,
  limits: true,
  notes: true,
  signal: 'signal',
  onProgress: 'function',
  onFieldProgress: 'function',
}

/** Checked numerics with their defaults. */
export interface KnownNumerics extends Numerics {
  readonly outputs: number
  readonly budgetLimit: number
  readonly tolerance: number
  readonly budget: NonNullable<Numerics['budget']>
  readonly notes: NonNullable<Numerics['notes']>
}

/** Particles of the pilot that chooses the step. */
const PILOT = 512

/**
 * The numerics of a system's run with their defaults.
 * @param bytesPerOutput what observers keep at each output time
 * @throws TypeError, RangeError naming the argument
 */
export function requireNumerics({ N, T, kernel }: System, numerics: Numerics, bytesPerOutput: number): KnownNumerics {
  const {
    outputs = 20,
    tolerance = forceTolerance(N, kernel),
    budgetLimit = 0.02,
    steps,
    field,
    noise,
    magnetic,
    limits,
  } = numerics
  requireNoise(noise)
  requireMagneticField(magnetic, kernel.d)
  if (magnetic !== undefined && noise !== undefined) {
    throw new RangeError(`magnetic must not be given together with noise, got ${quote(magnetic)}`)
  }
  requireInteger('outputs', outputs, 1)
  if (numerics.fieldTolerance !== undefined) requirePositive('fieldTolerance', numerics.fieldTolerance)
  requireNumber('tolerance', tolerance, 1e-12, 1)
  if (field !== undefined) requireField('field', field)
  requireNumber('budgetLimit', budgetLimit, 0, 1)
  const budget = requireOneOf('budget', numerics.budget ?? 'kept', ['kept', 'measured', 'without step', 'omit'])
  const notes = requireOneOf('notes', numerics.notes ?? 'show', ['show', 'hide'])
  if (steps !== undefined) {
    requireInteger('steps', steps, 2)
    if (steps < 2 * outputs) requireInteger('outputs', outputs, 1, Math.floor(steps / 2))
    if (steps % (2 * outputs) !== 0) {
      throw new RangeError(`steps must be a multiple of twice the outputs, ${2 * outputs}, got ${steps}`)
    }
  }
  const least = steps === undefined ? { steps: 2 * outputs, names: { steps: 'twice the outputs' } } : { steps }
  requireAffordable({ N, T, outputs, bytesPerOutput: 1000 + bytesPerOutput, ...least }, limits)
  const { scheme } = numerics
  if (scheme !== undefined && stageOffsets(symplecticScheme(scheme)).some(at => at < 0 || at > 1)) {
    throw new RangeError(
      `scheme must be 'leapfrog' or 'suzuki4', whose stages stay where the field is known, got ${quote(scheme)}`,
    )
  }
  const unknown = noise !== undefined ? 'noise' : magnetic !== undefined ? 'magnetic' : undefined
  if (unknown !== undefined && field === undefined) {
    throw new RangeError(`${unknown} needs a field that knows it: make one with particleField, and give it as field`)
  }
  if (field !== undefined && field.kernel.d !== kernel.d) {
    throw new RangeError(`field.kernel.d must be that of the system, ${kernel.d}, got ${field.kernel.d}`)
  }
  if (field !== undefined && field.T < T) throw new RangeError(`field must reach T = ${T}, it ends at ${field.T}`)
  return { ...numerics, outputs, tolerance, budgetLimit, budget, notes }
}

/** Scheme and number of steps: as asked, or as a pilot finds them, rounded up to a multiple of twice the outputs. */
export async function chosenSteps(
  system: System,
  numerics: KnownNumerics,
  Z: Configuration,
): Promise<{ readonly scheme: SchemeName; readonly steps: number }> {
  const { scheme, noise, external, magnetic, limits, signal, outputs } = numerics
  const chosen = await chooseStep(Z, system.kernel, {
    T: system.T,
    pilot: PILOT,
    tolerance: stepTolerance(system, numerics.budgetLimit),
    ...(scheme === undefined ? {} : { schemes: [scheme] }),
    ...(noise === undefined ? {} : { noise: { ...noise, key: `${streamKey(streamOf(system))}/pilot` } }),
    ...(external === undefined ? {} : { external }),
    ...(magnetic === undefined ? {} : { magnetic }),
    ...(signal === undefined ? {} : { signal }),
    ...(limits === undefined ? {} : { limits }),
  })
  return { scheme: chosen.scheme, steps: Math.ceil(chosen.steps / (2 * outputs)) * 2 * outputs }
}

/**
 * What the pilot is asked for: half of the budget, of the size N^(-(1-delta)/2) T, in the plane N^(-1/2) T, that the
 * deviation has when it is driven by the fluctuation. The pilot's pair forces are N/n times those of the run, and so
 * are its step errors from close pairs, of which the run adds up N/n times as many with random signs: hence the root.
 * The budget measures what came of it.
 */
function stepTolerance({ N, delta, T, kernel }: System, budgetLimit: number): number {
  const deviation = 100 * fluctuationTolerance({ N, delta, d: kernel.d }) * Math.min(T, 1)
  return 0.5 * budgetLimit * deviation * Math.sqrt(Math.max(1, N / PILOT))
}

/**
 * Steps of an automatic run, and microseconds that both flows take for a particle and step, for the progress bar alone.
 */
const USUAL_STEPS = 200
const STEP_SECONDS = 5e-6

/** Seconds that a run is predicted to take, for the progress bar. */
export function predictedSeconds(N: number, steps: number = USUAL_STEPS): number {
  return STEP_SECONDS * N * steps + 1
}
