// Oracles of radial fields: homogeneous balls in closed form.
import type { RadialField } from '../../../src/flow/field/radial/radialField.js'
import type { Kernel } from '../../../src/interaction/kernel.js'
import { meanField } from '../../../src/law/meanField/meanField.js'
import { uniformBallLaw } from '../../../src/law/uniformBallLaw.js'

/** From 0.02 to 6, evenly in the logarithm. */
export const radii: readonly number[] = Array.from({ length: 80 }, (_, i) => 0.02 * 300 ** (i / 79))

type Force = (r: number) => number

/** The force of a ball of radius R at rest under a kernel, in closed form. */
export function ballForce(R: number, kernel: Kernel): Force {
  const truth = meanField(uniformBallLaw({ radius: R }), kernel)
  return r => truth.radial!(r)
}

/** The largest difference over the radii. */
export function distance(field: RadialField, t: number, truth: Force): number {
  return Math.max(...radii.map(r => Math.abs(field.radial(t, r) - truth(r))))
}
