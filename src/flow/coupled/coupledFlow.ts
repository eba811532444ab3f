/**
 * The short form of a coupled run: one call from a law to everything that sections 5 to 8 of the paper measure between
 * Psi and Phi. The same by parts: {@link system}, {@link coupledRun} and its observers.
 */

import type { Configuration } from '../../base/configuration.js'
import { requireInteger, requireOneOf, requireOptions } from '../../base/errors.js'
import { withInterrupts } from '../../base/interrupt.js'
import { type Report, reporting } from '../../base/progress.js'
import type { RadialMajorant } from '../../interaction/lipschitzMajorant.js'
import type { CoupledRecords } from './coupledRecords.js'
import { type ObservedRun, observedRun } from './coupledRun.js'
import type { ChaosRate } from './measureOfChaos.js'
import { NUMERICS_OPTIONS, type Numerics } from './numerics.js'
import type { AnyObserver, ObservedRecords } from './observer.js'
import { chaosObserver, chaosRates } from './observers/chaos.js'
import { conservationObserver } from './observers/conservation.js'
import { deviationObserver } from './observers/deviation.js'
import { fluctuationObserver } from './observers/fluctuation.js'
import { forceErrorObserver } from './observers/forceError.js'
import { majorantObserver, thresholdsOf } from './observers/majorant.js'
import { pathsObserver } from './observers/paths.js'
import { SYSTEM_OPTIONS, type System, type SystemOptions, system } from './system.js'

/** What is to be run: a {@link system}, the {@link Numerics}, and what the observers are to know. */
export interface CoupledFlowOptions extends SystemOptions, Omit<Numerics, 'budget'> {
  readonly N: number
  readonly delta: number
  /**
   * The rates of J (40), default lambda = 1 with the printed beta = 1 - 2 delta and with beta = (1 - delta)/2, in the
   * plane none.
   */
  readonly rates?: readonly ChaosRate[]
  /**
   * l^N_delta for the set C_t; 'omit' to save its N^2 pairs. Default: the repaired (47) up to N = 20000, then
   * 'omit', as in the plane.
   */
  readonly majorant?: RadialMajorant | 'omit'
  /**
   * 'kept' (default): measured by a second run with twice the step; where `steps` are not given and the step alone
   * exceeds it, the run is repeated with twice the steps, at most twice. 'measured': never repeated. 'omit': no step
   * error.
   */
  readonly budget?: 'kept' | 'measured' | 'omit'
  /** Keep the paths of this many particles in both flows, default 0. */
  readonly paths?: number
  /**
   * Called at each output time, the first being 0, with what is known by then; the run waits for its promise. A run
   * that is repeated with shorter steps (`budget`) begins again at 0.
   */
  readonly onOutput?: (state: CoupledState) => void | Promise<void>
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
export interface CoupledRun extends CoupledRecords, Omit<ObservedRun, keyof ObservedRecords> {
  /** Of Definition 7.1; NaN in the plane. */
  readonly thresholds: { readonly force: number; readonly majorant: number }
  readonly rates: readonly ChaosRate[]
}

/**
 * Runs Psi and Phi from Z = (z_1, ..., z_N) drawn from f0, and records at every output time |Psi - Phi| in both norms,
 * Delta (Definition 5.1), J (40), the fluctuation (73) and the stability term (72), the memberships of Definition 7.1,
 * and the drift of what Psi conserves. Z depends on (seed, law, N, replica) alone: runs that differ in delta, sigma or
 * T share it. The numbers are the same for any number of threads. With a planar law all is in the plane, under k =
 * q/|q|^2: what the paper defines for d = 3 only, its thresholds and the sets A_t, B_t and C_t, is then left out or
 * NaN.
 * @returns the records with an error budget whose summary says whether numerical errors are below `budgetLimit` of
 * the deviation
 * @throws TypeError, RangeError naming the argument before any work; NonFiniteStateError when a state is no longer
 * finite, with what was recorded in its `records`; the signal's reason when it is aborted
 * @source (5)-(8), (14)-(16), Definition 5.1, (40), Definition 7.1, (72), (73)
 * @example (await coupledFlow({ law: gaussianLaw(), N: 1000, delta: 0.25, T: 1, seed: 1 })).budget.summary
 */
export async function coupledFlow(options: CoupledFlowOptions): Promise<CoupledRun> {
  requireOptions<CoupledFlowOptions>('coupledFlow', options, {
    ...SYSTEM_OPTIONS,
    ...NUMERICS_OPTIONS,
    rates: true,
    majorant: true,
    paths: true,
    onOutput: 'function',
  })
  return withInterrupts(options, heeding => reporting('coupledFlow', heeding, report => bothFlows(heeding, report)))
}

async function bothFlows(options: CoupledFlowOptions, report: Report): Promise<CoupledRun> {
  const { law, N, delta, sigma, profile, kernel, T, seed, replica, ...rest } = options
  const { rates, majorant, paths = 0, budget, onOutput, ...numerics } = rest
  const of = system(given({ law, N, delta, sigma, profile, kernel, T, seed, replica }))
  const known = requireOneOf('budget', budget ?? 'kept', ['kept', 'measured', 'omit'])
  const chosen = rates === undefined ? chaosRates(of.delta, of.kernel.d) : rates
  try {
    const run = await observedRun(
      of,
      {
        ...numerics,
        budget: known === 'omit' ? 'without step' : known,
        ...(onOutput === undefined
          ? {}
          : { onOutput: ({ t, records, Psi, Phi }) => onOutput({ t, records: withPaths(records), Psi, Phi }) }),
      },
      observersOf(of, { rates: chosen, majorant, paths }),
      report,
    )
    const { series: _, times, columns, parameters, ...end } = run
    return { ...withPaths(run), parameters, thresholds: thresholdsOf(of), rates: chosen, ...end }
  } catch (error) {
    const { records } = Object(error) as { readonly records?: ObservedRecords }
    if (records !== undefined) Object.assign(error as object, { records: withPaths(records) })
    throw error
  }
}

interface Observed {
  readonly rates: readonly ChaosRate[]
  readonly majorant: RadialMajorant | 'omit' | undefined
  readonly paths: number
}

/** All that a coupled flow records, in the order of its columns. */
function observersOf(of: System, { rates, majorant, paths }: Observed): AnyObserver[] {
  requireInteger('paths', paths, 0, of.N)
  return [
    deviationObserver(),
    chaosObserver(of, rates),
    fluctuationObserver(),
    majorantObserver(of, majorant),
    conservationObserver(),
    forceErrorObserver(),
    ...(paths > 0 ? [pathsObserver(paths)] : []),
  ]
}

/** The records with the series of paths under one name. */
function withPaths({ times, columns, series }: ObservedRecords): CoupledRecords {
  const { PsiPaths, PhiPaths } = series
  return {
    times,
    columns,
    ...(PsiPaths === undefined || PhiPaths === undefined ? {} : { paths: { Psi: PsiPaths, Phi: PhiPaths } }),
  }
}

/** The options that are given: those that are undefined are left out. */
function given<Options extends object>(options: { [K in keyof Options]: Options[K] | undefined }): Options {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Options
}
