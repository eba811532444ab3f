/**
 * A coupled run at one time, as its observers see it: the two clouds, and what is computed from them at the first
 * asking and then shared by all who ask.
 */

import type { Configuration } from '../../base/configuration.js'
import { forcesAsync } from '../../forces/forcesAsync.js'
import { type EvolvingField, fieldForce } from '../field/evolvingField.js'
import type { ExternalForce } from '../micro/pairAcceleration.js'
import type { ParticleStepper } from '../step/particleStepper.js'
import { type Deviation, deviation, largest } from './deviation.js'
import { sampledForceError } from './errorBudget.js'
import type { Fluctuation } from './fluctuation.js'
import type { System } from './system.js'

/** What all the states of a run have in common. */
export interface RunSetting {
  readonly system: System
  /** The mean field that Phi moves in. */
  readonly field: EvolvingField
  /** Relative tolerance of the pair forces. */
  readonly tolerance: number
  readonly external?: ExternalForce
  readonly threads?: number
  readonly signal?: AbortSignal
}

/**
 * A run at one time. All arrays are live: copy what is to be kept. Positions and forces: coordinate a of particle i at
 * [a * N + i].
 */
export interface ObservedState {
  readonly system: System
  readonly field: EvolvingField
  readonly t: number
  /** The microscopic flow (5) and the mean field flow (16) at time t. */
  readonly Psi: Configuration
  readonly Phi: Configuration
  /** |Psi - Phi| in both norms. */
  deviation(): Deviation
  /** K(Psi), without the external force. */
  pairForcePsi(): Promise<Float64Array>
  /** K(Phi), the pair forces of the particles of Phi on each other. */
  pairForcePhi(): Promise<Float64Array>
  /** Kbar(Phi), the mean field at the particles of Phi. */
  meanForce(): Promise<Float64Array>
  /** |K(Phi) - Kbar(Phi)|, (73). */
  fluctuation(): Promise<Omit<Fluctuation, 'majorant'>>
  /** Largest error of K(Phi) on sampled particles, against direct sums in double precision. */
  forceError(): Promise<number>
}

/** Psi and Phi on one grid of times. */
export interface Flows {
  readonly Psi: ParticleStepper
  readonly Phi: ParticleStepper
}

/** Particles whose forces are compared with direct sums at each output. */
export const SAMPLED = 256

/** Options of the force sums of a run. */
export function sharedBy({ threads, signal }: Pick<RunSetting, 'threads' | 'signal'>): {
  threads?: number
  signal?: AbortSignal
} {
  return { ...(threads === undefined ? {} : { threads }), ...(signal === undefined ? {} : { signal }) }
}

/** The states of two flows in motion; they share the arrays that forces are written into. */
export function statesOf(setting: RunSetting, { Psi, Phi }: Flows): () => ObservedState {
  const { system, field, tolerance, external } = setting
  const { kernel, N } = system
  const shared = sharedBy(setting)
  const size = kernel.d * N
  const [K, mean] = [new Float64Array(size), new Float64Array(size)]
  const outside = external === undefined ? undefined : new Float64Array(size)
  return () => {
    const { t } = Psi
    const pairForcePhi = once(async () => {
      if (kernel.sigma === 0) K.fill(0)
      else await forcesAsync(Phi.Z.q, kernel, { tolerance, out: K, ...shared })
      return K
    })
    const meanForce = once(async () => {
      await fieldForce(field, Math.min(t, field.T), Phi.Z.q, mean)
      return mean
    })
    return {
      ...{ system, field, t, Psi: Psi.Z, Phi: Phi.Z },
      deviation: once(() => deviation(Psi.Z, Phi.Z)),
      pairForcePsi: once(async () => {
        await Psi.start()
        if (external === undefined || outside === undefined) return Psi.force
        // What drives Psi less the external force, which is no part of K.
        external(t, Psi.Z.q, outside)
        for (let k = 0; k < size; k++) outside[k] = Psi.force[k]! - outside[k]!
        return outside
      }),
      pairForcePhi,
      meanForce,
      fluctuation: once(async () => {
        const [force, forceEuclidean] = largest(await pairForcePhi(), await meanForce(), N, kernel.d)
        return { force, forceEuclidean }
      }),
      forceError: once(async () => sampledForceError(Phi.Z.q, await pairForcePhi(), kernel, SAMPLED, shared)),
    }
  }
}

/** A function that computes once. */
function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined
  return () => {
    known ??= { value: compute() }
    return known.value
  }
}
