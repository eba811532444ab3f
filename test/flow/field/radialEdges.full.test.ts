import { expect, test } from 'vitest'
import { randomStream } from '../../../src/base/random.js'
import { type RadialField, radialField } from '../../../src/flow/field/radial/radialField.js'
import { shellForce } from '../../../src/flow/field/shellForce.js'
import { forces } from '../../../src/forces/forces.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import type { Kernel } from '../../../src/interaction/kernel.js'
import { kurthLaw } from '../../../src/law/kurthLaw.js'
import type { Law } from '../../../src/law/law.js'
import { uniformBallLaw } from '../../../src/law/uniformBallLaw.js'

const MARKERS = 200_000
const T = 0.8
const STEPS = 16
const cutoff = (sigma: -1 | 1): Kernel => cutoffKernel({ N: 10_000, delta: 0.25, sigma })

/**
 * Distances from the centre of independent markers of mass 1/n at T/2 and T, by leapfrog steps under their own force in
 * space.
 */
function markerRadii(law: Law, kernel: Kernel): readonly (readonly [t: number, radii: Float64Array])[] {
  const { q, p } = law.sample(MARKERS, randomStream(`radial edges/${law.name}/${kernel.sigma}`))
  const h = T / STEPS
  const radii = (): Float64Array =>
    Float64Array.from({ length: MARKERS }, (_, i) => Math.hypot(q[i]!, q[MARKERS + i]!, q[2 * MARKERS + i]!))
  const kick = (tau: number): void => {
    const F = forces(q, kernel).force
    for (let i = 0; i < p.length; i++) p[i] = p[i]! + tau * F[i]!
  }
  const seen: [number, Float64Array][] = []
  kick(0.5 * h)
  for (let step = 1; step <= STEPS; step++) {
    for (let i = 0; i < q.length; i++) q[i] = q[i]! + h * p[i]!
    if (step === STEPS / 2 || step === STEPS) seen.push([step * h, radii()])
    kick(h)
  }
  return seen
}

/** The largest difference to the mean force of the shells, in standard errors, over ten radii. */
function deviation(field: RadialField, t: number, radii: Float64Array): number {
  return Math.max(
    ...[0.1, 0.25, 0.45, 0.7, 0.9, 1, 1.1, 1.3, 1.6, 2].map(r => {
      const force = shellForce(field.kernel, r)
      let [sum, squares] = [0, 0]
      for (const s of radii) {
        const f = force(s)
        sum += f
        squares += f * f
      }
      const mean = sum / MARKERS
      const error = Math.sqrt(Math.max(0, squares / MARKERS - mean * mean) / MARKERS)
      // Where all shells are inside, the force is r^-2 and there is no statistical error.
      return Math.abs(field.kernel.sigma * field.radial(t, r) - mean) / Math.max(error, 1e-5)
    }),
  )
}

test.each([
  ['a ball that explodes', uniformBallLaw(), 1],
  ['a ball that collapses', uniformBallLaw({ momentumRadius: 0.5 }), -1],
  ["Kurth's law", kurthLaw({ momentumRadius: 0.7 }), -1],
] as const)('independent markers have the field of %s, to their statistical error', (_, law, sigma) => {
  const field = radialField({ law, kernel: cutoff(sigma), T, tolerance: 1e-4 })
  const other = radialField({ law, kernel: cutoff(sigma === 1 ? -1 : 1), T, tolerance: 1e-2 })
  expect(field.error.high).toBeLessThan(1e-4 * field.scale)
  for (const [t, radii] of markerRadii(law, cutoff(sigma))) {
    // Ten comparisons exceed four and a half standard errors with probability below 1e-4.
    expect(deviation(field, t, radii), `t = ${t}`).toBeLessThan(4.5)
    // Controls: the other sign, and another time.
    const flipped = { ...other, kernel: field.kernel, radial: (s: number, r: number) => -other.radial(s, r) }
    expect(deviation(flipped, t, radii)).toBeGreaterThan(20)
    expect(deviation({ ...field, radial: (s, r) => field.radial(0.95 * s, r) }, t, radii)).toBeGreaterThan(10)
  }
})
