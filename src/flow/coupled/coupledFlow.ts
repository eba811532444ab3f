/**
 * The coupled run: the microscopic flow Psi (5)-(8) and the mean field flow Phi (14)-(16) from the same random initial data
 * on one time grid, with everything that section 5 to 8 of the paper measures between them, and an error budget.
 */

import type { Configuration } from '../../base/configuration.js'
import {
  quote,
  requireDelta,
  requireInteger,
  requireN,
  requireNumber,
  requireObject,
  requireOneOf,
  requireOptions,
  requirePositive,
  requireSigma,
  type Sigma,
} from '../../base/errors.js'
import { turns, withInterrupts } from '../../base/interrupt.js'
import { requireAffordable, type WorkLimits } from '../../base/limits.js'
import { type BarOption, type Report, reporting } from '../../base/progress.js'
import { randomStream, requireSeed, streamKey } from '../../base/random.js'
import { fluctuationTolerance } from '../../forces/fluctuationTolerance.js'
import { cutoffKernel } from '../../interaction/cutoffKernel.js'
import { type Kernel, requireKernel } from '../../interaction/kernel.js'
import { lipschitzMajorant, type RadialMajorant } from '../../interaction/lipschitzMajorant.js'
import type { ProfileName } from '../../interaction/profiles.generated.js'
import { type Law, requireLaw } from '../../law/law.js'
import { evolvingField, fieldSolverOf } from '../field/evolveField.js'
import { type EvolvingField, fieldForce, requireField } from '../field/evolvingField.js'
import { type ExternalForce, forceTolerance, pairAcceleration } from '../micro/pairAcceleration.js'
import { chooseStep } from '../step/chooseStep.js'
import { langevinNoise, requireNoise } from '../step/langevinNoise.js'
import { type ParticleStepper, particleStepper } from '../step/particleStepper.js'
import { type SchemeName, stageOffsets, symplecticScheme } from '../step/symplecticScheme.js'
import { type CoupledRecords, coupledRecorder } from './coupledRecords.js'
import { type ErrorBudget, errorBudget } from './errorBudget.js'
import { tellHypothesis } from './hypothesis.js'
import { type ChaosRate, measureOfChaos, requireRates } from './measureOfChaos.js'

/** What is to be run. */
export interface CoupledFlowOptions extends BarOption {
  readonly law: Law
  /** Number of particles, >= 2. */
  readonly N: number
  /** Cut-off exponent of (4), >= 0; Infinity: no cut-off. */
  readonly delta: number
  /** 1 repulsive (default), -1 attractive, 0 free. */
  readonly sigma?: Sigma
  /** Shape inside the cut-off, default 'truncated', which is (4). */
  readonly profile?: ProfileName
  /** A kernel of R^3 in place of all that. */
  readonly kernel?: Kernel
  /** Final time, > 0. */
  readonly T: number
  readonly seed: number | string
  /** Number of the replicate, default 0. */
  readonly replica?: number
  /** The mean field; default: {@link evolvingField} of law and kernel, computed once and kept. */
  readonly field?: EvolvingField
  /** Relative tolerance of that field, default a tenth of {@link fluctuationTolerance}, and 1e-2 where the grid solver is needed. */
  readonly fieldTolerance?: number
  /** 'leapfrog' or 'suzuki4'. Default: chosen with the steps; 'leapfrog' if they are given. */
  readonly scheme?: SchemeName
  /** Number of steps, a multiple of `outputs`; default: {@link chooseStep}, rounded up. */
  readonly steps?: number
  /** Number of output times after t = 0, default 20. */
  readonly outputs?: number
  /** Relative force tolerance, default a hundredth of the fluctuation, {@link forceTolerance}. */
  readonly tolerance?: number
  /** The rates of J (40), default lambda = 1 with the printed beta = 1 - 2 delta and with beta = (1 - delta)/2. */
  readonly rates?: readonly ChaosRate[]
  /** l^N_delta for the set C_t; 'omit' to save its N^2 pairs. Default: the repaired (47) up to N = 20000, then 'omit'. */
  readonly majorant?: RadialMajorant | 'omit'
  /** 'measured' (default): a second run with twice the step. 'omit': no step error. */
  readonly budget?: 'measured' | 'omit'
  /** What numerical errors may be of the deviation, default 0.02. */
  readonly budgetLimit?: number
  /** Langevin noise on both flows, the same Brownian paths; then `field` must be given. */
  readonly noise?: { readonly diffusion: number; readonly friction?: number }
  /** External force on both flows. Not a part of the default field: give a `field` that knows it. */
  readonly external?: ExternalForce
  /** Keep the paths of this many particles in both flows, default 0. */
  readonly paths?: number
  readonly threads?: number
  /** What the call may take: {@link WorkLimits}. */
  readonly limits?: WorkLimits
  /** Whether the first run of a process with delta >= 1/3 says on standard error that Theorem 4.2 does not speak of it; default 'show'. */
  readonly notes?: 'show' | 'hide'
  readonly signal?: AbortSignal
  /** Called after each step with the number done and their total. */
  readonly onProgress?: (done: number, total: number) => void
  /** Called at each output time, the first being 0, with what is known by then; the run waits for its promise. */
  readonly onOutput?: (state: CoupledState) => void | Promise<void>
  /** Called while the default field is computed, with the part of a stage that is done and its name. */
  readonly onFieldProgress?: (part: number, stage: string) => void
}

/** A coupled run at one of its output times. */
export interface CoupledState {
  readonly t: number
  /** So far. */
  readonly records: CoupledRecords
  /** The two clouds now: views of the run, to be copied if kept. */
  readonly Psi: Configuration
  readonly Phi: Configuration
}

/** What a coupled run returns: plain data. */
export interface CoupledRun extends CoupledRecords {
  /** Everything that the numbers are a function of. */
  readonly parameters: Readonly<Record<string, number | string>>
  readonly thresholds: { readonly force: number; readonly majorant: number }
  readonly rates: readonly ChaosRate[]
  readonly budget: ErrorBudget
  readonly field: Pick<EvolvingField, 'method' | 'error' | 'scale' | 'parameters'>
  /** The two clouds at the end. */
  readonly Psi: Configuration
  readonly Phi: Configuration
}

/** Particles of the pilot that chooses the step. */
const PILOT = 512
/** Particles whose forces are compared with direct sums at each output. */
const SAMPLED = 256
/** Up to here the majorant's N^2 pairs are cheap beside the run. */
const MAJORANT_N = 20_000

/**
 * Runs Psi and Phi from Z = (z_1, ..., z_N) drawn from f0, and records at every output time |Psi - Phi| in both norms, Delta
 * (Definition 5.1), J (40), the fluctuation (73) and the stability term (72), the memberships of Definition 7.1, and
 * the drift of what Psi conserves. Z depends on (seed, law, N, replica) alone: runs that differ in delta, sigma or T share it.
 * The numbers are the same for any number of threads.
 * @returns the records with an error budget whose summary says whether numerical errors are below `budgetLimit` of
 * the deviation
 * @throws TypeError, RangeError naming the argument before any work; NonFiniteStateError when a state is no longer finite, with
 * what was recorded in its `records`; the signal's reason when it is aborted
 * @source (5)-(8), (14)-(16), Definition 5.1, (40), Definition 7.1, (72), (73)
 * @example (await coupledFlow({ law: gaussianLaw(), N: 1000, delta: 0.25, T: 1, seed: 1 })).budget.summary
 */
export async function coupledFlow(options: CoupledFlowOptions): Promise<CoupledRun> {
  requireOptions<CoupledFlowOptions>('coupledFlow', options, {
    bar: true,
    law: true,
    N: true,
    delta: true,
    sigma: true,
    profile: true,
    kernel: true,
    T: true,
    seed: true,
    replica: true,
    field: true,
    fieldTolerance: true,
    scheme: true,
    steps: true,
    outputs: true,
    tolerance: true,
    rates: true,
    majorant: true,
    budget: true,
    budgetLimit: true,
    noise: true,
    external: 'function',
    paths: true,
    threads: true,
    limits: true,
    signal: 'signal',
    onProgress: 'function',
    onOutput: 'function',
    onFieldProgress: 'function',
    notes: true,
  })
  return withInterrupts(options, heeding => reporting('coupledFlow', heeding, report => bothFlows(heeding, report)))
}

async function bothFlows(options: CoupledFlowOptions, report: Report): Promise<CoupledRun> {
  const setting = requireSetting(options)
  const { law, N, delta, T, seed, replica, kernel, outputs, signal } = setting
  if (requireOneOf('notes', options.notes ?? 'show', ['show', 'hide']) === 'show') tellHypothesis(delta, kernel)
  const runSeconds = predictedSeconds(setting, options.steps)
  const field =
    options.field ??
    (await report.stage('mean field', FIELD_SECONDS[fieldSolverOf(law, kernel)], runSeconds, () =>
      evolvingField({
        law,
        kernel,
        T,
        // A tenth of the force tolerance, which itself is a hundredth of the fluctuation.
        tolerance: options.fieldTolerance ?? fieldTolerance(law, kernel, delta, N),
        ...(signal === undefined ? {} : { signal }),
        ...(options.limits === undefined ? {} : { limits: options.limits }),
        ...(options.onFieldProgress === undefined ? {} : { onProgress: options.onFieldProgress }),
      }),
    ))
  if (field.T < T) throw new RangeError(`field must reach T = ${T}, it ends at ${field.T}`)
  const Z = law.sample(N, randomStream({ seed, law: law.name, N, replica }))
  const { scheme, steps } =
    options.steps === undefined
      ? await report.stage('choosing the step', 1, 3, () => chosenSteps(setting, options, Z))
      : { scheme: options.scheme ?? 'leapfrog', steps: options.steps }
  const tolerance = options.tolerance ?? forceTolerance(N, kernel)
  const flows = (count: number): Flows =>
    pairOfFlows(setting, options, field, Z, { count, finest: steps, scheme }, tolerance)
  const fine = flows(steps)
  const coarse = options.budget === 'omit' ? undefined : flows(steps / 2)
  const { rates, majorant } = setting
  const recorder = coupledRecorder({
    N,
    delta,
    kernel,
    field,
    rates,
    majorant,
    tolerance,
    sampled: SAMPLED,
    ...(options.external === undefined ? {} : { external: options.external }),
    ...threading(options),
  })
  const chaos = measureOfChaos({ N, delta: Number.isFinite(delta) ? delta : 0, T, rates })

  const every = steps / outputs
  const total = steps + (coarse === undefined ? 0 : steps / 2)
  let done = 0
  const turn = turns(signal)
  const advance = async ({ Psi, Phi }: Flows): Promise<void> => {
    await turn()
    await Psi.advance()
    await Phi.advance()
    done++
    options.onProgress?.(done, total)
    tellSteps?.(done / total, `step ${done} of ${total}`)
  }
  const tell = async (): Promise<void> => {
    const { Psi, Phi } = fine
    await options.onOutput?.({ t: Psi.t, records: recorder.records(), Psi: Psi.Z, Phi: Phi.Z })
  }
  let tellSteps: ((fraction: number, stage: string) => void) | undefined
  const run = async (): Promise<void> => {
    await recorder.record(fine.Psi, fine.Phi, chaos, undefined)
    await tell()
    for (let output = 1; output <= outputs; output++) {
      for (let n = 0; n < every; n++) {
        await advance(fine)
        if (n < every - 1) recorder.follow(fine.Psi, fine.Phi, chaos)
      }
      if (coarse !== undefined) for (let n = 0; n < every / 2; n++) await advance(coarse)
      await recorder.record(fine.Psi, fine.Phi, chaos, coarse)
      await tell()
    }
  }
  try {
    await report.stage('steps', 1, 0, part => {
      tellSteps = part
      return run()
    })
  } catch (error) {
    if (error instanceof Error) Object.assign(error, { records: recorder.records() })
    throw error
  }
  const records = recorder.records()
  const { stepShare, forceShare, fieldShare } = recorder.shares()
  const budget = errorBudget({
    step: coarse === undefined ? Number.NaN : stepShare,
    force: forceShare,
    sampled: Math.min(N, SAMPLED),
    field: fieldShare,
    fieldMethod: field.error.method,
    limit: setting.budgetLimit,
    made: { steps, tolerance, field },
  })
  return {
    ...records,
    parameters: {
      law: law.name,
      ...law.parameters,
      ...kernel.parameters,
      N,
      delta,
      sigma: kernel.sigma,
      kernel: kernel.name,
      T,
      seed,
      replica,
      stream: streamKey({ seed, law: law.name, N, replica }),
      scheme,
      steps,
      tolerance,
      outputs,
    },
    thresholds: recorder.thresholds,
    rates,
    budget,
    field: { method: field.method, error: field.error, scale: field.scale, parameters: field.parameters },
    Psi: fine.Psi.Z,
    Phi: fine.Phi.Z,
  }
}

/**
 * What the pilot is asked for: half of the budget, of the size N^(-(1-delta)/2) T that the deviation has when it is driven
 * by the fluctuation. The pilot's pair forces are N/n times those of the run, and so are its step errors from close pairs, of which the
 * run adds up N/n times as many with random signs: hence the root. The budget measures what came of it.
 */
function stepTolerance({ N, delta, T, budgetLimit }: Setting): number {
  const deviation = 100 * fluctuationTolerance({ N, delta }) * Math.min(T, 1)
  return 0.5 * budgetLimit * deviation * Math.sqrt(Math.max(1, N / PILOT))
}

/** Seconds that the solvers of the mean field take, for the progress bar alone. */
const FIELD_SECONDS = { radial: 5, grid: 120 } as const
/** Steps of an automatic run, and microseconds that both flows take for a particle and step: likewise. */
const USUAL_STEPS = 200
const STEP_SECONDS = 5e-6

function predictedSeconds({ N }: Setting, steps: number = USUAL_STEPS): number {
  return STEP_SECONDS * N * steps + 1
}

/** What the mean field of a coupled run is computed to. */
function fieldTolerance(law: Law, kernel: Kernel, delta: number, N: number): number {
  return fieldSolverOf(law, kernel) === 'grid' ? 1e-2 : Math.min(1e-4, 0.1 * fluctuationTolerance({ N, delta }))
}

interface Flows {
  readonly Psi: ParticleStepper
  readonly Phi: ParticleStepper
}

interface Setting {
  readonly law: Law
  readonly N: number
  readonly delta: number
  readonly kernel: Kernel
  readonly T: number
  readonly seed: number | string
  readonly replica: number
  readonly outputs: number
  readonly rates: readonly ChaosRate[]
  readonly majorant: RadialMajorant | undefined
  readonly budgetLimit: number
  readonly signal: AbortSignal | undefined
}

function requireSetting(options: CoupledFlowOptions): Setting {
  requireNoise(options.noise)
  requireObject('options', options, '{ law, N, delta, T, seed }')
  const { law, delta, sigma = 1, profile = 'truncated', T, seed, replica = 0, outputs = 20 } = options
  const N = requireN(options.N)
  if (N < 2) throw new RangeError(`N must be at least 2, got ${N}`)
  requireDelta(delta)
  requireSigma(sigma)
  requirePositive('T', T)
  requireSeed(seed)
  requireInteger('replica', replica, 0)
  requireInteger('outputs', outputs, 1)
  if (options.fieldTolerance !== undefined) requirePositive('fieldTolerance', options.fieldTolerance)
  if (options.tolerance !== undefined) requireNumber('tolerance', options.tolerance, 1e-12, 1)
  if (options.field !== undefined) requireField('field', options.field)
  if (options.rates !== undefined) requireRates(options.rates)
  const { budgetLimit = 0.02, noise, field, steps, paths = 0, limits } = options
  requireNumber('budgetLimit', budgetLimit, 0, 1)
  requireInteger('paths', paths, 0, N)
  requireLaw(law)
  if (steps !== undefined) {
    requireInteger('steps', steps, 2)
    if (steps < 2 * outputs) requireInteger('outputs', outputs, 1, Math.floor(steps / 2))
    if (steps % (2 * outputs) !== 0) {
      throw new RangeError(`steps must be a multiple of twice the outputs, ${2 * outputs}, got ${steps}`)
    }
  }
  const demand = { N, T, outputs, bytesPerOutput: 1000 + 48 * paths }
  requireAffordable(
    {
      ...demand,
      steps: steps ?? 2 * outputs,
      ...(steps === undefined ? { names: { steps: 'twice the outputs' } } : {}),
    },
    limits,
  )
  const { scheme } = options
  if (scheme !== undefined && stageOffsets(symplecticScheme(scheme)).some(at => at < 0 || at > 1)) {
    throw new RangeError(
      `scheme must be 'leapfrog' or 'suzuki4', whose stages stay where the field is known, got ${quote(scheme)}`,
    )
  }
  if (noise !== undefined && field === undefined) {
    throw new RangeError('noise needs a field that knows it: make one with particleField, and give it as field')
  }
  const kernel = options.kernel ?? cutoffKernel({ N, delta, sigma, profile })
  requireKernel(kernel)
  if (kernel.d !== 3) throw new RangeError(`kernel.d must be 3, as laws are on R^3, got ${kernel.d}`)
  const finite = Number.isFinite(delta)
  const rates =
    options.rates ??
    (finite
      ? [
          { lambda: 1, beta: 1 - 2 * delta },
          { lambda: 1, beta: (1 - delta) / 2 },
        ]
      : [])
  const majorant =
    options.majorant === 'omit' || !finite
      ? undefined
      : (options.majorant ?? (N <= MAJORANT_N ? lipschitzMajorant({ N, delta }) : undefined))
  return {
    law,
    N,
    delta,
    kernel,
    T,
    seed,
    replica,
    outputs,
    rates,
    majorant,
    budgetLimit,
    signal: options.signal,
  }
}

/** Scheme and number of steps: as asked, or as a pilot finds them, rounded up to a multiple of twice the outputs. */
async function chosenSteps(
  setting: Setting,
  options: CoupledFlowOptions,
  Z: Configuration,
): Promise<{ readonly scheme: SchemeName; readonly steps: number }> {
  const { kernel, N, T, outputs, signal, seed, replica, law } = setting
  const { scheme, noise, external, limits } = options
  const chosen = await chooseStep(Z, kernel, {
    T,
    pilot: PILOT,
    tolerance: stepTolerance(setting),
    ...(scheme === undefined ? {} : { schemes: [scheme] }),
    ...(noise === undefined
      ? {}
      : { noise: { ...noise, key: `${streamKey({ seed, law: law.name, N, replica })}/pilot` } }),
    ...(external === undefined ? {} : { external }),
    ...(signal === undefined ? {} : { signal }),
    ...(limits === undefined ? {} : { limits }),
  })
  return { scheme: chosen.scheme, steps: Math.ceil(chosen.steps / (2 * outputs)) * 2 * outputs }
}

const threading = ({
  threads,
  signal,
  paths,
}: CoupledFlowOptions): { threads?: number; signal?: AbortSignal; paths?: number } => ({
  ...(threads === undefined ? {} : { threads }),
  ...(signal === undefined ? {} : { signal }),
  ...(paths === undefined ? {} : { paths }),
})

/** Psi and Phi at t = 0, in `count` steps to T; the noise is drawn for the finest run and shared by all. */
function pairOfFlows(
  setting: Setting,
  options: CoupledFlowOptions,
  field: EvolvingField,
  Z: Configuration,
  { count, finest, scheme }: { readonly count: number; readonly finest: number; readonly scheme: SchemeName },
  tolerance: number,
): Flows {
  const { N, kernel, T, seed, replica, law } = setting
  const { external, noise } = options
  const { paths: _, ...shared } = threading(options)
  const pair = pairAcceleration(N, kernel, { tolerance, ...(external === undefined ? {} : { external }), ...shared })
  const extra = external === undefined ? undefined : new Float64Array(Z.q.length)
  const addExternal = (t: number, q: Float64Array, out: Float64Array): void => {
    if (external === undefined || extra === undefined) return
    external(t, q, extra)
    for (let k = 0; k < out.length; k++) out[k] = out[k]! + extra[k]!
  }
  const mean = (t: number, q: Float64Array, out: Float64Array): unknown => {
    const force = fieldForce(field, Math.min(t, field.T), q, out)
    return force instanceof Promise ? force.then(() => addExternal(t, q, out)) : addExternal(t, q, out)
  }
  const random =
    noise === undefined
      ? undefined
      : langevinNoise({ key: { seed, law: law.name, N, replica }, N, T, resolution: finest, ...noise })
  const common = { T, steps: count, scheme, ...(random === undefined ? {} : { noise: random }) }
  return {
    Psi: particleStepper(Z, { ...common, acceleration: pair.acceleration, forceHint: pair.hint }),
    Phi: particleStepper(Z, { ...common, acceleration: mean }),
  }
}
