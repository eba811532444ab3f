/**
 * The microscopic flow Psi_{t,0} of (5)-(8): N particles under their pair forces. Called by notebooks and the command
 * line; coupled runs use the stepper below it.
 */

import { type Configuration, requireConfiguration } from '../../base/configuration.js'
import { quote, requireInteger, requireOneOf, requireOptions, requirePositive } from '../../base/errors.js'
import { turns, withInterrupts } from '../../base/interrupt.js'
import { requireAffordable, type WorkLimits } from '../../base/limits.js'
import { type BarOption, type Report, reporting } from '../../base/progress.js'
import { type Kernel, requireKernel } from '../../interaction/kernel.js'
import { chooseStep } from '../step/chooseStep.js'
import type { ChosenStep } from '../step/chosenStep.js'
import type { MagneticField } from '../step/gyration.js'
import type { LangevinNoise } from '../step/langevinNoise.js'
import { NonFiniteStateError } from '../step/nonFiniteState.js'
import { type ParticleStepper, particleStepper } from '../step/particleStepper.js'
import { requireState } from '../step/requireState.js'
import { copiedState, readSnapshot, type SnapshotParameters, snapshot } from '../step/snapshot.js'
import type { SchemeName } from '../step/symplecticScheme.js'
import type { FlowRecord, Trajectory } from '../step/trajectory.js'
import { type Invariants, invariantDrift, invariants } from './invariants.js'
import { type PairAcceleration, type PairAccelerationOptions, pairAcceleration } from './pairAcceleration.js'

/** Options of {@link microscopicFlow}. */
export interface MicroscopicFlowOptions extends PairAccelerationOptions, BarOption {
  /** The last time, > 0. */
  readonly T: number
  /**
   * Number of steps; or the tolerance for which {@link chooseStep} finds it, rounded up to a multiple of the outputs.
   * With noise a number, which must divide its resolution.
   */
  readonly steps: number | { readonly tolerance: number }
  /** Default 'leapfrog', or what {@link chooseStep} finds best. */
  readonly scheme?: SchemeName
  /**
   * Number of equal intervals between outputs (a divisor of steps), or the step numbers of the outputs. Default 1:
   * begin and end.
   */
  readonly outputs?: number | readonly number[]
  /** What the records keep: 'states' (default), 'knots' (with forces, for {@link hermiteState}) or 'nothing'. */
  readonly keep?: 'states' | 'knots' | 'nothing'
  /**
   * Measure energy, momentum, angular momentum at outputs (default), or not: a measurement costs as much as a force.
   */
  readonly measure?: 'invariants' | 'nothing'
  readonly noise?: LangevinNoise
  /** A uniform magnetic field Omega: p_i' = ... + p_i x Omega. Not together with noise. */
  readonly magnetic?: MagneticField
  /** What the call may take: {@link WorkLimits}. */
  readonly limits?: WorkLimits
  /**
   * Called at every output, and waited for. The stepper's arrays are live: read or copy, do not change.
   */
  readonly onOutput?: (record: FlowRecord, stepper: ParticleStepper) => unknown
  /** Called after every step. */
  readonly onProgress?: (done: number, total: number) => void
  /** @deprecated the old name of `onProgress` */
  readonly progress?: (done: number, total: number) => void
}

/**
 * Psi_{t,0}(Z) for t in [0, T]: q_i' = p_i, p_i' = (1/N) sum_{j != i} k(q_i - q_j), with an external force E(t, q), a
 * uniform magnetic field and Langevin noise as options, on the grid t_n = (n/steps) T. The same bits for any number of
 * threads.
 * @param start the initial state Z, or a snapshot of an earlier run with the same kernel, scheme, T and steps
 * @returns records at the output times, the drift of the invariants, how forces were computed. The error of the step is
 * known by {@link stepError}; that of the forces is their tolerance
 * @throws TypeError, RangeError naming the argument, before any work; NonFiniteStateError, with the trajectory up to
 * then, when a number is no longer finite; the reason of the signal (all as rejections)
 * @source (5)-(8), Remark 4.5.2
 * @example (await microscopicFlow(Z, cutoffKernel({ N, delta: 0.25 }), { T: 1, steps: 100 })).drift.energy
 */
export async function microscopicFlow(
  start: Configuration | Uint8Array,
  kernel: Kernel,
  options: MicroscopicFlowOptions,
): Promise<Trajectory> {
  requireOptions<MicroscopicFlowOptions>('microscopicFlow', options, {
    bar: true,
    T: true,
    steps: true,
    scheme: true,
    outputs: 'given',
    keep: true,
    measure: true,
    noise: 'given',
    magnetic: true,
    limits: true,
    onOutput: 'function',
    onProgress: 'function',
    progress: 'function',
    tolerance: true,
    method: true,
    threads: true,
    external: 'function',
    signal: 'signal',
  })
  return withInterrupts(options, heeding =>
    reporting('microscopicFlow', heeding, report => trajectoryOf(start, kernel, heeding, report)),
  )
}

async function trajectoryOf(
  start: Configuration | Uint8Array,
  kernel: Kernel,
  options: MicroscopicFlowOptions,
  report: Report,
): Promise<Trajectory> {
  const run = await begunRun(start, kernel, options, report)
  const { stepper, outputs, steps, choice } = run
  const { signal, onProgress = options.progress } = options
  try {
    const turn = turns(signal)
    const before = choice === undefined ? 0 : 1 / (1 + PILOT_RATIO)
    for (const output of outputs) {
      if (output < stepper.stepIndex) continue
      while (stepper.stepIndex < output) {
        await turn()
        await stepper.advance()
        onProgress?.(stepper.stepIndex, steps)
        report(before + (1 - before) * (stepper.stepIndex / steps), `step ${stepper.stepIndex} of ${steps}`)
      }
      signal?.throwIfAborted()
      await recordOutput(run)
    }
  } catch (error) {
    if (error instanceof NonFiniteStateError) error.trajectory = trajectoryNow(run)
    throw error
  }
  return trajectoryNow(run)
}

/** A run under way. */
interface Run {
  readonly kernel: Kernel
  readonly options: MicroscopicFlowOptions
  /** Step numbers. */
  readonly outputs: readonly number[]
  readonly steps: number
  readonly choice: ChosenStep | undefined
  readonly parameters: SnapshotParameters
  readonly pair: PairAcceleration
  readonly stepper: ParticleStepper
  readonly records: FlowRecord[]
  readonly measured: Invariants[]
  /** At the last output. */
  last: ReturnType<typeof copiedState>
}

/** The run at its beginning, after the checks and with its step. */
async function begunRun(
  start: Configuration | Uint8Array,
  kernel: Kernel,
  options: MicroscopicFlowOptions,
  report: Report,
): Promise<Run> {
  requireKernel(kernel)
  if (!(start instanceof Uint8Array)) {
    if (typeof start !== 'object' || start === null) {
      throw new TypeError(`start or Z must be a configuration { N, d, q, p } or a snapshot, got ${quote(start)}`)
    }
    requireConfiguration('start', start)
  }
  const { T, limits, keep = 'states', measure = 'invariants' } = options
  requirePositive('T', T)
  requireOneOf('keep', keep, ['states', 'knots', 'nothing'])
  requireOneOf('measure', measure, ['invariants', 'nothing'])
  requireAffordable({ T }, limits)
  const chosen =
    typeof options.steps === 'object'
      ? await report.stage('choosing the step', 1, PILOT_RATIO, () => automaticStep(start, kernel, options))
      : undefined
  const { steps, scheme = 'leapfrog' } = chosen ?? (options as { readonly steps: number; readonly scheme?: SchemeName })
  requireInteger('steps', steps, 1)
  const particles = start instanceof Uint8Array ? 1 : start?.N
  requireAffordable({ N: particles, steps, outputs: numberOfOutputs(options.outputs) }, limits)
  const outputs = outputSteps(options.outputs ?? 1, steps)
  const parameters: SnapshotParameters = { kernel: kernel.name, kernelParameters: kernel.parameters }
  const begun = start instanceof Uint8Array ? resumed(start, { T, steps, scheme, parameters }) : undefined
  const noise = begun?.noise ?? options.noise
  const magnetic = begun?.magnetic ?? options.magnetic
  const Z = requireState(begun?.Z ?? (start as Configuration))
  if (Z.d !== kernel.d) throw new RangeError(`Z.d must be that of the kernel, ${kernel.d}, got ${Z.d}`)
  const kept = { states: 16, knots: 24, nothing: 0 }[keep]
  requireAffordable({ N: Z.N, steps, outputs: outputs.length - 1, bytesPerOutput: 1000 + kept * Z.d * Z.N }, limits)
  const pair = pairOf(Z.N, kernel, options)
  const stepper = particleStepper(Z, {
    ...{ acceleration: pair.acceleration, T, steps, scheme, forceHint: pair.hint, stepIndex: begun?.stepIndex ?? 0 },
    ...(begun?.force === undefined ? {} : { force: begun.force }),
    ...(noise === undefined ? {} : { noise }),
    ...(magnetic === undefined ? {} : { magnetic }),
  })
  return {
    ...{ kernel, options, outputs, steps, choice: chosen?.choice, parameters, pair, stepper },
    ...{ records: [], measured: [], last: copiedState(stepper) },
  }
}

function pairOf(N: number, kernel: Kernel, options: MicroscopicFlowOptions): PairAcceleration {
  const { tolerance, method, threads, external, signal } = options
  return pairAcceleration(N, kernel, {
    ...(tolerance === undefined ? {} : { tolerance }),
    ...(method === undefined ? {} : { method }),
    ...(threads === undefined ? {} : { threads }),
    ...(external === undefined ? {} : { external }),
    ...(signal === undefined ? {} : { signal }),
  })
}

/** Measures, keeps and tells the present state. */
async function recordOutput(run: Run): Promise<void> {
  const { stepper, kernel, records, measured } = run
  const { keep = 'states', measure = 'invariants', threads, signal, onOutput } = run.options
  const { t, stepIndex } = stepper
  await stepper.start()
  const shared = { ...(threads === undefined ? {} : { threads }), ...(signal === undefined ? {} : { signal }) }
  const found = measure === 'invariants' ? await invariants(stepper.Z, kernel, shared) : undefined
  if (found !== undefined) measured.push(found)
  const { N, d, q, p } = stepper.Z
  const entry: FlowRecord = {
    t,
    stepIndex,
    ...(keep === 'nothing' ? {} : { Z: { N, d, q: q.slice(), p: p.slice() } }),
    ...(keep === 'knots' ? { force: stepper.force.slice() } : {}),
    ...(found === undefined ? {} : { invariants: found }),
  }
  records.push(entry)
  run.last = copiedState(stepper)
  await onOutput?.(entry, stepper)
}

/** What is known so far. */
function trajectoryNow({ kernel, choice, parameters, pair, stepper, records, measured, last }: Run): Trajectory {
  const { Z, scheme, T, steps, noise, magnetic } = stepper
  return {
    ...{ N: Z.N, d: Z.d, kernel, scheme: scheme.name, T, steps, records },
    times: Float64Array.from(records, ({ t }) => t),
    final: last.Z,
    snapshot: () => snapshot(last, parameters),
    ...(choice === undefined ? {} : { stepChoice: choice }),
    ...(measured.length === 0 ? {} : { drift: invariantDrift(measured) }),
    tolerance: pair.tolerance,
    ...(pair.plan === undefined ? {} : { plan: pair.plan }),
    evaluations: pair.evaluations,
    ...(noise === undefined ? {} : { noise: description(noise) }),
    ...(magnetic === undefined ? {} : { magnetic }),
  }
}

/** What the run is taken to cost beside the choice of its step. */
const PILOT_RATIO = 3

/** The step for a tolerance, such that the outputs lie on the grid. */
async function automaticStep(
  start: Configuration | Uint8Array,
  kernel: Kernel,
  { T, steps, scheme, outputs = 1, external, magnetic, noise, signal, limits }: MicroscopicFlowOptions,
): Promise<{ readonly steps: number; readonly scheme: SchemeName; readonly choice: ChosenStep }> {
  if (noise !== undefined || start instanceof Uint8Array || typeof outputs !== 'number') {
    const what = noise !== undefined ? 'noise' : start instanceof Uint8Array ? 'a snapshot' : 'a list of outputs'
    throw new RangeError(`steps must be a number together with ${what}, got a tolerance`)
  }
  requireInteger('outputs', outputs, 1)
  requireAffordable({ N: start.N, outputs }, limits)
  const choice = await chooseStep(start, kernel, {
    ...{ T, tolerance: (steps as { readonly tolerance: number })?.tolerance },
    ...(scheme === undefined ? {} : { schemes: [scheme] }),
    ...(external === undefined ? {} : { external }),
    ...(magnetic === undefined ? {} : { magnetic }),
    ...(signal === undefined ? {} : { signal }),
    ...(limits === undefined ? {} : { limits }),
  })
  // A multiple of 2 as well, so that the step of the run can be doubled.
  const multiple = 2 * outputs
  return { steps: Math.ceil(choice.steps / multiple) * multiple, scheme: choice.scheme, choice }
}

const numberOfOutputs = (outputs: MicroscopicFlowOptions['outputs'] = 1): number =>
  typeof outputs === 'number' ? outputs : outputs.length

/** The step numbers of the outputs, in order. */
function outputSteps(outputs: number | readonly number[], steps: number): number[] {
  if (typeof outputs === 'number') {
    requireInteger('outputs', outputs, 1, steps)
    if (steps % outputs !== 0) throw new RangeError(`outputs must divide the ${steps} steps, got ${outputs}`)
    return Array.from({ length: outputs + 1 }, (_, k) => (k * steps) / outputs)
  }
  if (!Array.isArray(outputs) || outputs.length === 0) {
    throw new TypeError(`outputs must be a number of intervals or a list of step numbers, got ${quote(outputs)}`)
  }
  outputs.forEach((n, k) => {
    requireInteger(`outputs[${k}]`, n, 0, steps)
    if (k > 0 && n <= outputs[k - 1]!) throw new RangeError(`outputs must increase, got ${n} after ${outputs[k - 1]}`)
  })
  return [...outputs]
}

/** The content of a snapshot, checked to belong to this run. */
function resumed(
  bytes: Uint8Array,
  run: Pick<ReturnType<typeof readSnapshot>, 'T' | 'steps' | 'scheme' | 'parameters'>,
): ReturnType<typeof readSnapshot> {
  const content = readSnapshot(bytes)
  for (const key of ['T', 'steps', 'scheme'] as const) {
    if (content[key] !== run[key])
      throw new RangeError(`${key} must be that of the snapshot, ${content[key]}, got ${run[key]}`)
  }
  const [was, is] = [JSON.stringify(content.parameters), JSON.stringify(run.parameters)]
  if (was !== is) throw new RangeError(`the kernel must be that of the snapshot, ${was}, got ${is}`)
  return content
}

function description({ key, diffusion, friction, resolution }: LangevinNoise): NonNullable<Trajectory['noise']> {
  return { key, diffusion, friction, resolution }
}
