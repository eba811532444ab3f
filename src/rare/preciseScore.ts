/**
 * The score of {@link deviationScore} again, in double precision and with steps of any length, and a portrait of what
 * happened: for the few states at the end that are worth it.
 */
import type { Configuration } from '../base/configuration.js'
import { largest } from '../flow/coupled/deviation.js'
import type { System } from '../flow/coupled/system.js'
import type { RadialField } from '../flow/field/radial/radialField.js'
import { particleStepper } from '../flow/step/particleStepper.js'
import { forces } from '../forces/forces.js'
import { type DeviationEvent, positionWeight } from './deviationScore.js'

/** A state as it was seen in double precision. */
export interface PreciseScore {
  /** S over the steps. */
  readonly value: number
  /** The step that has it. */
  readonly step: number
  /** a N + i of the largest |Psi^1 - Phi^1| and |Psi^2 - Phi^2| there, and the sign of the latter. */
  readonly position: number
  readonly momentum: number
  readonly sign: number
  /** Positions of Psi at every step, each of length 3 N. */
  readonly paths: readonly Float64Array[]
}

/** Pair forces to so much of the largest. */
const TOLERANCE = 1e-9

/** S by leapfrog of `steps` steps in double precision, from the points Z. */
export function preciseScore(
  of: System,
  field: RadialField,
  Z: Configuration,
  steps: number,
  event: DeviationEvent = 'Delta',
): PreciseScore {
  const { N, kernel, T } = of
  const weight = positionWeight(event, N)
  const common = { T, steps, scheme: 'leapfrog' } as const
  const Psi = particleStepper(Z, {
    ...common,
    acceleration: (_, q, out) => {
      forces(q, kernel, { tolerance: TOLERANCE, out })
    },
  })
  const Phi = particleStepper(Z, {
    ...common,
    acceleration: (t, q, out) => {
      field.force(Math.min(t, field.T), q, out)
    },
  })
  const paths = [Psi.Z.q.slice()]
  let best: Omit<PreciseScore, 'paths'> = { value: 0, step: 0, position: 0, momentum: 0, sign: 1 }
  for (let step = 1; step <= steps; step++) {
    Psi.advanceSync()
    Phi.advanceSync()
    paths.push(Psi.Z.q.slice())
    const [position] = largest(Psi.Z.q, Phi.Z.q, N, 3)
    const [momentum] = largest(Psi.Z.p, Phi.Z.p, N, 3)
    const value = weight === null ? Math.max(position, momentum) : weight * position + momentum
    if (!(value > best.value)) continue
    const at = indexOf(Psi.Z.p, Phi.Z.p, momentum)
    const sign = Math.sign(Psi.Z.p[at]! - Phi.Z.p[at]!)
    best = { value, step, position: indexOf(Psi.Z.q, Phi.Z.q, position), momentum: at, sign }
  }
  return { ...best, paths }
}

function indexOf(x: Float64Array, y: Float64Array, size: number): number {
  for (let k = 0; k < x.length; k++) if (Math.abs(x[k]! - y[k]!) === size) return k
  return 0
}
