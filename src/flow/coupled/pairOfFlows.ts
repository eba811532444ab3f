/**
 * Psi and Phi from the same points on the same grid of times, with the same external force and the same noise.
 */
import type { Configuration } from '../../base/configuration.js'
import type { StreamName } from '../../base/random.js'
import { fieldForce } from '../field/evolvingField.js'
import { type ExternalForce, pairAcceleration } from '../micro/pairAcceleration.js'
import type { MagneticField } from '../step/gyration.js'
import { langevinNoise } from '../step/langevinNoise.js'
import { type Acceleration, particleStepper } from '../step/particleStepper.js'
import type { SchemeName } from '../step/symplecticScheme.js'
import { type Flows, type RunSetting, sharedBy } from './coupledState.js'
import { streamOf } from './system.js'

/** The grid of times of two flows. */
export interface FlowGrid {
  readonly scheme: SchemeName
  /** Steps to T. */
  readonly count: number
  /** Steps of the finest run, for which the noise is drawn: all share it. */
  readonly finest: number
  readonly noise?: { readonly diffusion: number; readonly friction?: number }
  /** Names of the Brownian paths; default: that of the system for both. Different ones are for controls alone. */
  readonly paths?: { readonly Psi: string; readonly Phi: string }
  readonly magnetic?: MagneticField
}

/** Psi and Phi at t = 0. */
export function pairOfFlows(
  run: RunSetting,
  Z: Configuration,
  { scheme, count, finest, noise, paths, magnetic }: FlowGrid,
): Flows {
  const { system, field, tolerance, external } = run
  const { N, kernel, T } = system
  const driven = external === undefined ? {} : { external }
  const pair = pairAcceleration(N, kernel, { tolerance, ...driven, ...sharedBy(run) })
  const path = (key: string | StreamName) =>
    noise === undefined ? {} : { noise: langevinNoise({ key, N, d: kernel.d, T, resolution: finest, ...noise }) }
  const { Psi, Phi } = paths ?? { Psi: streamOf(system), Phi: streamOf(system) }
  const common = { T, steps: count, scheme, ...(magnetic === undefined ? {} : { magnetic }) }
  const mean: Acceleration = (t, q, out) => fieldForce(field, Math.min(t, field.T), q, out)
  return {
    Psi: particleStepper(Z, { ...common, ...path(Psi), acceleration: pair.acceleration, forceHint: pair.hint }),
    Phi: particleStepper(Z, {
      ...common,
      ...path(Phi),
      acceleration: external === undefined ? mean : plus(mean, external),
    }),
  }
}

/** An acceleration and an external force. */
export function plus(acceleration: Acceleration, external: ExternalForce): Acceleration {
  let extra: Float64Array | undefined
  return (t, q, out) => {
    const add = (): void => {
      extra ??= new Float64Array(q.length)
      external(t, q, extra)
      for (let k = 0; k < out.length; k++) out[k] = out[k]! + extra[k]!
    }
    const pending = acceleration(t, q, out)
    return pending instanceof Promise ? pending.then(add) : add()
  }
}
