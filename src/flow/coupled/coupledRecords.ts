/**
 * What a coupled run writes down at its output times: one column per quantity, one row per time.
 */

import { requireConfiguration } from '../../base/configuration.js'
import { requireArray, requireObject } from '../../base/errors.js'
import { knownColumns } from '../../base/knownColumns.js'
import { requireNumbers } from '../../base/shape.js'
import type { Kernel } from '../../interaction/kernel.js'
import type { RadialMajorant } from '../../interaction/lipschitzMajorant.js'
import { type EvolvingField, fieldForce } from '../field/evolvingField.js'
import { majorantField } from '../field/majorantField.js'
import { type Invariants, invariantDrift, invariants } from '../micro/invariants.js'
import type { ExternalForce } from '../micro/pairAcceleration.js'
import type { ParticleStepper } from '../step/particleStepper.js'
import { type Deviation, deviation } from './deviation.js'
import { sampledForceError } from './errorBudget.js'
import { fluctuation, typicalThresholds } from './fluctuation.js'
import type { ChaosRate, ChaosRecord, MeasureOfChaos } from './measureOfChaos.js'

/** The table of a run: columns of equal length. */
export interface CoupledRecords {
  /** Output times, the first is 0. */
  readonly times: Float64Array
  /**
   * position, momentum: |Psi - Phi|_inf; supPosition, supMomentum: their suprema over all steps so far;
   * positionEuclidean, momentumEuclidean: max_i of one particle's Euclidean distance; Delta; J0, logJ0, J1, ...: (40) for each rate, suprema over all steps so far; fluctuation,
   * fluctuationEuclidean: (73); stability: |K(Psi) - K(Phi)|_inf (72); majorantFluctuation: |L - Lbar|_inf (NaN if not
   * measured); inA0, inA1, ..., inB, inC: 1 or 0 (NaN if not measured); energy and its relative drift, drifts of
   * momentum and angular momentum of Psi; forceError: largest error of K(Psi) on sampled particles. Reading another
   * name throws a RangeError with the nearest.
   */
  readonly columns: Readonly<Record<string, Float64Array>>
  /** Positions of the first particles in both flows at each output, when asked for: length 3*paths per time. */
  readonly paths?: { readonly Psi: readonly Float64Array[]; readonly Phi: readonly Float64Array[] }
}

export interface CoupledRecorder {
  readonly thresholds: { readonly force: number; readonly majorant: number }
  /** Between outputs: lets the suprema see this step. */
  follow(Psi: ParticleStepper, Phi: ParticleStepper, chaos: MeasureOfChaos): void
  /** At an output time. `coarse`: the same flows in steps of twice the length, at the same time. */
  record(
    Psi: ParticleStepper,
    Phi: ParticleStepper,
    chaos: MeasureOfChaos,
    coarse: { readonly Psi: ParticleStepper; readonly Phi: ParticleStepper } | undefined,
  ): Promise<void>
  /** What was recorded so far. */
  records(): CoupledRecords
  /** Numerical errors as shares of the deviation, largest so far. */
  shares(): { readonly stepShare: number; readonly forceShare: number; readonly fieldShare: number }
}

export interface CoupledRecorderOptions {
  readonly N: number
  readonly delta: number
  readonly kernel: Kernel
  readonly field: EvolvingField
  readonly rates: readonly ChaosRate[]
  readonly majorant: RadialMajorant | undefined
  readonly tolerance: number
  readonly sampled: number
  readonly external?: ExternalForce
  readonly paths?: number
  readonly threads?: number
  readonly signal?: AbortSignal
}

/** An empty table. */
export function coupledRecorder(options: CoupledRecorderOptions): CoupledRecorder {
  const { N, delta, kernel, field, rates, majorant, tolerance, sampled, external, paths = 0, threads, signal } = options
  const shared = { ...(threads === undefined ? {} : { threads }), ...(signal === undefined ? {} : { signal }) }
  const thresholds = typicalThresholds(N, Number.isFinite(delta) ? delta : 0.5)
  const rows: Record<string, number>[] = []
  const conserved: Invariants[] = []
  const kept: { Psi: Float64Array[]; Phi: Float64Array[] } = { Psi: [], Phi: [] }
  const meanForce = new Float64Array(kernel.d * N)
  const K = new Float64Array(kernel.d * N)
  const outside = new Float64Array(kernel.d * N)
  const meanMajorant = majorant === undefined ? undefined : majorantField(field, majorant)
  let forceShare = 0
  let fieldShare = 0
  let stepError = 0
  let largestDeviation = 0
  let supPosition = 0
  let supMomentum = 0

  const chaosAt = (Psi: ParticleStepper, Phi: ParticleStepper, chaos: MeasureOfChaos): Deviation & ChaosRecord => {
    const distance = deviation(Psi.Z, Phi.Z)
    supPosition = Math.max(supPosition, distance.position)
    supMomentum = Math.max(supMomentum, distance.momentum)
    return { ...distance, ...chaos.record(Math.min(Psi.t, field.T), distance.position, distance.momentum) }
  }
  return {
    thresholds,
    follow: (Psi, Phi, chaos) => void chaosAt(Psi, Phi, chaos),
    record: async (Psi, Phi, chaos, coarse) => {
      await Psi.start()
      const { t } = Psi
      const now = chaosAt(Psi, Phi, chaos)
      const { q } = Phi.Z
      await fieldForce(field, Math.min(t, field.T), q, meanForce)
      const mean = meanMajorant?.(Math.min(t, field.T), q)
      const {
        force,
        forceEuclidean,
        majorant: wide,
      } = await fluctuation({
        q,
        kernel,
        meanForce,
        out: K,
        tolerance,
        ...(mean === undefined ? {} : { majorant: { function: majorant!, mean } }),
        ...shared,
      })
      // What drives Psi less the external force, which is no part of K.
      if (external !== undefined) external(t, Psi.Z.q, outside)
      let stability = 0
      for (let k = 0; k < K.length; k++) stability = Math.max(stability, Math.abs(Psi.force[k]! - outside[k]! - K[k]!))
      const forceError = await sampledForceError(q, K, kernel, sampled, shared)
      conserved.push(await invariants(Psi.Z, kernel, shared))
      const drift = invariantDrift(conserved)
      if (force > 0) {
        forceShare = Math.max(forceShare, forceError / force)
        fieldShare = Math.max(fieldShare, field.error.high / force)
      }
      largestDeviation = Math.max(largestDeviation, now.position, now.momentum)
      if (coarse !== undefined)
        stepError = Math.max(stepError, differenceOfDeviations(Psi, Phi, coarse.Psi, coarse.Phi))
      const row: Record<string, number> = {
        position: now.position,
        momentum: now.momentum,
        supPosition,
        supMomentum,
        positionEuclidean: now.positionEuclidean,
        momentumEuclidean: now.momentumEuclidean,
        Delta: now.Delta,
      }
      for (let r = 0; r < rates.length; r++) {
        row[`J${r}`] = now.J[r]!
        row[`logJ${r}`] = now.logJ[r]!
        row[`inA${r}`] = now.J[r]! < 1 ? 1 : 0
      }
      rows.push({
        t,
        ...row,
        fluctuation: force,
        fluctuationEuclidean: forceEuclidean,
        stability,
        majorantFluctuation: wide,
        inB: Number.isFinite(delta) ? Number(force < thresholds.force) : Number.NaN,
        inC: Number.isNaN(wide) ? Number.NaN : Number(wide < thresholds.majorant),
        energy: conserved[conserved.length - 1]!.energy,
        energyDrift: drift.relativeEnergy,
        momentumDrift: drift.momentum,
        angularMomentumDrift: drift.angularMomentum,
        forceError,
      })
      if (paths > 0) {
        kept.Psi.push(firstParticles(Psi.Z.q, N, paths))
        kept.Phi.push(firstParticles(Phi.Z.q, N, paths))
      }
    },
    records: () => {
      const names = Object.keys(rows[0] ?? { t: 0 }).filter(name => name !== 't')
      const column = (name: string): Float64Array => Float64Array.from(rows, row => row[name]!)
      return {
        times: column('t'),
        columns: knownColumns(Object.fromEntries(names.map(name => [name, column(name)]))),
        ...(paths > 0 ? { paths: kept } : {}),
      }
    },
    shares: () => ({
      stepShare: stepError === 0 ? 0 : stepError / largestDeviation,
      forceShare,
      fieldShare,
    }),
  }
}

/** |(Psi - Phi) - (Psi' - Phi')|_inf over positions and momenta. */
function differenceOfDeviations(
  Psi: ParticleStepper,
  Phi: ParticleStepper,
  coarsePsi: ParticleStepper,
  coarsePhi: ParticleStepper,
): number {
  let worst = 0
  for (const key of ['q', 'p'] as const) {
    const a = Psi.Z[key]
    const b = Phi.Z[key]
    const c = coarsePsi.Z[key]
    const e = coarsePhi.Z[key]
    for (let k = 0; k < a.length; k++) worst = Math.max(worst, Math.abs(a[k]! - b[k]! - (c[k]! - e[k]!)))
  }
  return worst
}

function firstParticles(q: Float64Array, N: number, count: number): Float64Array {
  const out = new Float64Array(3 * count)
  for (let a = 0; a < 3; a++) out.set(q.subarray(a * N, a * N + count), a * count)
  return out
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
