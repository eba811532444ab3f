/**
 * The coupled run: the microscopic flow Psi (5)-(8) and the mean field flow Phi (14)-(16) of a system from the same
 * points on one grid of times, with whatever observers see between them, and an error budget.
 */
import type { Configuration } from '../../base/configuration.js'
import { requireOptions } from '../../base/errors.js'
import { turns, withInterrupts } from '../../base/interrupt.js'
import { mostSteps } from '../../base/limits.js'
import { type Report, reporting } from '../../base/progress.js'
import { streamKey } from '../../base/random.js'
import type { EvolvingField } from '../field/evolvingField.js'
import { fieldFor, fieldSolverOf } from '../field/fieldFor.js'
import type { SchemeName } from '../step/symplecticScheme.js'
import { budgetMeter } from './budgetMeter.js'
import { type Flows, type RunSetting, SAMPLED, sharedBy, statesOf } from './coupledState.js'
import { type ErrorBudget, errorBudget, wantsTwiceTheSteps } from './errorBudget.js'
import { tellHypothesis } from './hypothesis.js'
import {
  chosenSteps,
  type KnownNumerics,
  NUMERICS_OPTIONS,
  type Numerics,
  predictedSeconds,
  requireNumerics,
} from './numerics.js'
import {
  type AnyObserver,
  type ColumnsOf,
  type ObservedRecords,
  observedTable,
  requireObservers,
  type SeriesOf,
} from './observer.js'
import { pairOfFlows } from './pairOfFlows.js'
import { initialConfiguration, requireSystem, type System, streamOf } from './system.js'

/** A coupled run at one of its output times. */
export interface CoupledOutput {
  readonly t: number
  /** What was seen so far. */
  readonly records: ObservedRecords
  /** The two clouds now: views of the run, to be copied if kept. */
  readonly Psi: Configuration
  readonly Phi: Configuration
}

/** Numerics of a run that tells its outputs. */
export interface RunNumerics extends Numerics {
  /**
   * Called at each output time, the first being 0, with what is known by then; the run waits for its promise. A run
   * that is repeated with shorter steps (`budget`) begins again at 0.
   */
  readonly onOutput?: (state: CoupledOutput) => void | Promise<void>
}

/** What a coupled run returns: plain data. */
export interface ObservedRun<Column extends string = string, Series extends string = string>
  extends ObservedRecords<Column, Series> {
  /** Everything that the numbers are a function of. */
  readonly parameters: Readonly<Record<string, number | string>>
  readonly budget: ErrorBudget
  readonly field: Pick<EvolvingField, 'method' | 'error' | 'scale' | 'parameters'>
  /** The two clouds at the end. */
  readonly Psi: Configuration
  readonly Phi: Configuration
}

/**
 * Runs Psi and Phi of a system from Z = (z_1, ..., z_N), drawn from f0, and lets observers see them at every output
 * time. What several of them ask of a state is computed once. The numbers are the same for any number of threads.
 * Without `steps` a run whose step alone exceeds the budget is repeated with twice as many, at most twice, and
 * observers begin anew.
 * @param system see {@link system}
 * @param numerics steps, tolerances, field, budget; {} for the defaults
 * @param observers built-in ones ({@link deviationObserver}, {@link chaosObserver}, ...) and your own, {@link observer}
 * @returns the columns of all observers side by side, with an error budget whose summary says whether numerical errors
 * are below `budgetLimit` of the deviation
 * @throws TypeError, RangeError naming the argument before any work, two observers with a column of the same name among
 * them; NonFiniteStateError when a state is no longer finite, with what was seen in its `records`; the signal's reason
 * when it is aborted
 * @source (5)-(8), (14)-(16)
 * @example (await coupledRun(system({ law: gaussianLaw(), N: 1000, delta: 0.25, T: 1, seed: 1 }), {}, [deviationObserver()])).columns.position
 */
export async function coupledRun<Observers extends readonly AnyObserver[]>(
  system: System,
  numerics: RunNumerics,
  observers: Observers,
): Promise<ObservedRun<ColumnsOf<Observers>, SeriesOf<Observers>>> {
  requireOptions<RunNumerics>('coupledRun', numerics, { ...NUMERICS_OPTIONS, onOutput: 'function' })
  const run = await withInterrupts(numerics, heeding =>
    reporting('coupledRun', heeding, report => observedRun(system, heeding, observers, report)),
  )
  return run as ObservedRun<ColumnsOf<Observers>, SeriesOf<Observers>>
}

/** The run itself, within a call that reports. */
export async function observedRun(
  system: System,
  given: RunNumerics,
  observers: readonly AnyObserver[],
  report: Report,
): Promise<ObservedRun> {
  requireSystem('system', system)
  requireObservers(observers)
  const kept = observers.reduce((sum, { bytesPerOutput = 0 }) => sum + bytesPerOutput, 0)
  const numerics = requireNumerics(system, given, kept)
  const { tolerance, external } = numerics
  if (numerics.notes === 'show') tellHypothesis(system.delta, system.kernel)
  const field = numerics.field ?? (await fieldOfRun(system, numerics, report))
  const Z = initialConfiguration(system)
  const { scheme, steps: first } =
    numerics.steps === undefined
      ? await report.stage('choosing the step', 1, 3, () => chosenSteps(system, numerics, Z))
      : { scheme: numerics.scheme ?? 'leapfrog', steps: numerics.steps }
  const setting: RunSetting = {
    ...{ system, field, tolerance },
    ...(external === undefined ? {} : { external }),
    ...sharedBy(numerics),
  }
  let before = 0
  const most = mostSteps(system.N, numerics.limits)
  for (let steps = first; ; steps *= 2) {
    const run = await runInSteps({ setting, numerics, given, observers, Z, scheme, report, steps, first, before })
    if (numerics.steps !== undefined || numerics.budget !== 'kept') return run
    before += stepsOfBoth(steps)
    if (!wantsTwiceTheSteps(run.budget, steps / first) || before + stepsOfBoth(2 * steps) > most) return run
  }
}

/** One of the runs of a call. */
interface RunOnce {
  readonly setting: RunSetting
  readonly numerics: KnownNumerics
  readonly given: RunNumerics
  readonly observers: readonly AnyObserver[]
  readonly Z: Configuration
  readonly scheme: SchemeName
  readonly report: Report
  readonly steps: number
  /** Steps of the first run of the call. */
  readonly first: number
  /** Steps that the runs before took together. */
  readonly before: number
}

/** Steps of a run and of the one in steps of twice the length that measures its error. */
const stepsOfBoth = (steps: number): number => steps + steps / 2

/** Both flows from t = 0 to T in so many steps. */
async function runInSteps(once: RunOnce): Promise<ObservedRun> {
  const { setting, numerics, given, observers, Z, scheme, report, steps, first, before } = once
  const { system, field, tolerance } = setting
  const { noise, magnetic, outputs, budget } = numerics
  const added = {
    ...(noise === undefined ? {} : { noise }),
    ...(magnetic === undefined ? {} : { magnetic }),
  }
  const flows = (count: number): Flows => pairOfFlows(setting, Z, { scheme, count, finest: steps, ...added })
  const motion: Motion = {
    ...{ fine: flows(steps), outputs, steps },
    ...(budget === 'kept' || budget === 'measured' ? { coarse: flows(steps / 2) } : {}),
  }
  const table = observedTable(observers, setting)
  const meter = budgetMeter()
  const { fine } = motion
  const state = statesOf(setting, fine)
  const { signal, onProgress, onOutput } = given
  const look = async (): Promise<void> => {
    const now = state()
    await table.see(now)
    if (budget !== 'omit') await meter.see(now, now.t === 0 ? undefined : motion.coarse)
    await onOutput?.({ t: now.t, records: table.records(), Psi: now.Psi, Phi: now.Phi })
  }
  try {
    await report.stage(steps === first ? 'steps' : 'again with shorter steps', 1, 0, part =>
      throughTime(motion, {
        ...(signal === undefined ? {} : { signal }),
        look,
        follow: () => table.follow(state()),
        tell: (done, total) => {
          onProgress?.(before + done, before + total)
          part(done / total, `step ${done} of ${total}`)
        },
      }),
    )
  } catch (error) {
    if (error instanceof Error) Object.assign(error, { records: table.records() })
    throw error
  }
  const { method, error, scale, parameters } = field
  return {
    ...table.records(),
    parameters: parametersOf(system, {
      scheme,
      steps,
      tolerance,
      outputs,
      ...(magnetic === undefined ? {} : { magnetic }),
    }),
    budget: errorBudget({
      ...meter.shares(),
      ...{ sampled: Math.min(system.N, SAMPLED), fieldMethod: error.method, limit: numerics.budgetLimit },
      made: { steps, tolerance, field },
      ...(steps === first ? {} : { firstSteps: first }),
    }),
    field: { method, error, scale, parameters },
    Psi: fine.Psi.Z,
    Phi: fine.Phi.Z,
  }
}

/** What moves: the flows, and the same in steps of twice the length where the step error is measured. */
interface Motion {
  readonly fine: Flows
  readonly coarse?: Flows
  /** Of the fine ones; a multiple of twice the outputs. */
  readonly steps: number
  readonly outputs: number
}

/** Who is told. */
interface Watcher {
  readonly signal?: AbortSignal
  /** At an output time. */
  look(): Promise<void>
  /** After a step between two of them. */
  follow(): void
  tell(done: number, total: number): void
}

/** From t = 0 to T, all flows together from output to output. */
async function throughTime({ fine, coarse, steps, outputs }: Motion, watcher: Watcher): Promise<void> {
  const every = steps / outputs
  const total = steps + (coarse === undefined ? 0 : steps / 2)
  let done = 0
  const turn = turns(watcher.signal)
  const advance = async ({ Psi, Phi }: Flows): Promise<void> => {
    await turn()
    await Psi.advance()
    await Phi.advance()
    watcher.tell(++done, total)
  }
  await watcher.look()
  for (let output = 1; output <= outputs; output++) {
    for (let n = 0; n < every; n++) {
      await advance(fine)
      if (n < every - 1) watcher.follow()
    }
    if (coarse !== undefined) for (let n = 0; n < every / 2; n++) await advance(coarse)
    await watcher.look()
  }
}

/** Seconds that the solvers of the mean field take, for the progress bar alone. */
const FIELD_SECONDS = { radial: 5, smooth: 40, grid: 120, planar: 20 } as const

/** The mean field of a run that was given none. */
async function fieldOfRun(system: System, numerics: KnownNumerics, report: Report): Promise<EvolvingField> {
  const { steps, fieldTolerance, signal, limits, onFieldProgress } = numerics
  const seconds = FIELD_SECONDS[fieldSolverOf(system.law, system.kernel, system.T)]
  return report.stage('mean field', seconds, predictedSeconds(system.N, steps), () =>
    fieldFor(system, {
      ...(fieldTolerance === undefined ? {} : { tolerance: fieldTolerance }),
      ...(signal === undefined ? {} : { signal }),
      ...(limits === undefined ? {} : { limits }),
      ...(onFieldProgress === undefined ? {} : { onProgress: onFieldProgress }),
    }),
  )
}

/** Everything that the numbers of a run are a function of, but for field and observers. */
function parametersOf(
  system: System,
  made: Pick<KnownNumerics, 'tolerance' | 'outputs' | 'magnetic'> & {
    readonly scheme: SchemeName
    readonly steps: number
  },
): Readonly<Record<string, number | string>> {
  const { law, kernel, N, delta, sigma, T, seed, replica } = system
  const { scheme, steps, tolerance, outputs, magnetic } = made
  return {
    ...{ law: law.name, ...law.parameters, ...kernel.parameters },
    ...{ N, delta, sigma, kernel: kernel.name, T, seed, replica, stream: streamKey(streamOf(system)) },
    ...{ scheme, steps, tolerance, outputs },
    ...(magnetic === undefined ? {} : { magnetic: magnetic.join(', ') }),
  }
}
