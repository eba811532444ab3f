/**
 * What a coupled flow writes down at its output times: one column per quantity, one row per time.
 */

import { requireConfiguration } from '../../base/configuration.js'
import { requireArray, requireObject } from '../../base/errors.js'
import { requireNumbers } from '../../base/shape.js'

/** The table of a run: columns of equal length. */
export interface CoupledRecords {
  /** Output times, the first is 0. */
  readonly times: Float64Array
  /**
   * position, momentum: |Psi - Phi|_inf; supPosition, supMomentum: their suprema over all steps so far;
   * positionEuclidean, momentumEuclidean: max_i of one particle's Euclidean distance; Delta; J0, logJ0, J1, ...: (40)
   * for each rate, suprema over all steps so far; fluctuation, fluctuationEuclidean: (73); stability:
   * |K(Psi) - K(Phi)|_inf (72); majorantFluctuation: |L - Lbar|_inf (NaN if not measured); inA0, inA1, ..., inB, inC: 1
   * or 0 (NaN if not measured); energy and its relative drift, drifts of momentum and angular momentum of Psi;
   * forceError: largest error of K(Phi) on sampled particles. Reading another name throws a RangeError with the
   * nearest.
   */
  readonly columns: Readonly<Record<string, Float64Array>>
  /** Positions of the first particles in both flows at each output, when asked for: length d*paths per time. */
  readonly paths?: { readonly Psi: readonly Float64Array[]; readonly Phi: readonly Float64Array[] }
}

/** Requires a coupled run, not every number in it. @throws TypeError, RangeError */
export function requireRun(run: unknown): void {
  requireObject('run', run, 'like a coupled run, as from coupledFlow(...)')
  const { times, rates, Psi, Phi, paths, ...rest } = run as Readonly<Record<string, unknown>>
  requireNumbers('run.times', times)
  requireArray('run.rates', rates)
  requireConfiguration('run.Psi', Psi)
  requireConfiguration('run.Phi', Phi)
  if (paths !== undefined) requireObject('run.paths', paths)
  for (const name of ['columns', 'parameters', 'thresholds', 'budget', 'field']) {
    requireObject(`run.${name}`, rest[name])
  }
}
