/**
 * (12) and (17) by runs: particles moved one at a time against all at once, and the semigroup of the one-particle flow.
 * Used by the claim on (17) and its figure.
 */
import type { Configuration } from '../../base/configuration.js'
import { meanFieldFlow } from '../../flow/coupled/meanFieldFlow.js'
import type { RadialField } from '../../flow/field/radial/radialField.js'
import { particleStepper } from '../../flow/step/particleStepper.js'
import { forces } from '../../forces/forces.js'

export const T = 1

const STEPS = 64

/**
 * For every particle the largest coordinate of the difference at time 1 between it moved alone and moved among all, by
 * Phi or Psi with 64 steps of leapfrog.
 * @param field of Phi; its kernel moves Psi
 */
export function aloneAgainstTogether(Z: Configuration, flow: 'Phi' | 'Psi', field: RadialField): number[] {
  const move = (start: Configuration): Configuration => {
    if (flow === 'Phi') return meanFieldFlow(start, field, { steps: STEPS })
    const stepper = particleStepper(start, {
      acceleration: (_, q, out) => void forces(q, field.kernel, { method: 'direct', precision: 'f64', out }),
      T,
      steps: STEPS,
    })
    stepper.advanceSync(STEPS)
    return stepper.Z
  }
  const { N } = Z
  const together = move(Z)
  return Array.from({ length: N }, (_, i) => {
    const alone = move({ N: 1, d: 3, q: component(Z.q, N, i), p: component(Z.p, N, i) })
    const apart = (a: number): number =>
      Math.max(Math.abs(alone.q[a]! - together.q[a * N + i]!), Math.abs(alone.p[a]! - together.p[a * N + i]!))
    return Math.max(apart(0), apart(1), apart(2))
  })
}

function component(x: Float64Array, N: number, i: number): Float64Array {
  return Float64Array.of(x[i]!, x[N + i]!, x[2 * N + i]!)
}

/**
 * The largest |phi_{1,1/2} o phi_{1/2,0} - phi_{1,0}| over the particles, on grids that differ, so that their agreement
 * is no identity.
 * @param steps on [0, 1], a multiple of 8
 */
export function semigroup(Z: Configuration, field: RadialField, steps: number): number {
  const half = meanFieldFlow(Z, field, { to: 0.5, steps: (3 * steps) / 8 })
  const composed = meanFieldFlow(half, field, { from: 0.5, to: 1, steps: (3 * steps) / 8 })
  const direct = meanFieldFlow(Z, field, { steps })
  let worst = 0
  for (let k = 0; k < Z.q.length; k++) {
    worst = Math.max(worst, Math.abs(composed.q[k]! - direct.q[k]!), Math.abs(composed.p[k]! - direct.p[k]!))
  }
  return worst
}
