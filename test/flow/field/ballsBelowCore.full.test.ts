// Balls below the core of the kernel, which stay homogeneous for all times, in closed form.
import { expect, test } from 'vitest'
import { radialField } from '../../../src/flow/field/radial/radialField.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import { kurthLaw } from '../../../src/law/kurthLaw.js'
import type { Law } from '../../../src/law/law.js'
import { gaussRule } from '../../../src/law/phaseNodes.js'
import { uniformBallLaw } from '../../../src/law/uniformBallLaw.js'
import { ballForce, distance } from './ballForce.js'

test("Kurth's law below a core of radius 1 is a ball that breathes harmonically: for all times in closed form", () => {
  // Any two particles are closer than 1, so that the force is sigma q and q = q0 c + p0 s with the cosine and sine of
  // the sign; what is invariant under rotations of (q, p) stays a homogeneous ball, of radius ((c R)^2 + (s
  // P)^2)^{1/2}.
  const [R, P, T] = [0.35, 0.3, 1.2]
  for (const sigma of [1, -1] as const) {
    const kernel = cutoffKernel({ N: 1, delta: 1, sigma })
    const law = kurthLaw({ radius: R, momentumRadius: P })
    const field = radialField({ law, kernel, T: sigma === 1 ? 0.6 : T, tolerance: 1e-4, maxNodes: 20 })
    const radius = (t: number): number =>
      sigma === 1 ? Math.hypot(R * Math.cosh(t), P * Math.sinh(t)) : Math.hypot(R * Math.cos(t), P * Math.sin(t))
    const times = sigma === 1 ? [0.31, 0.6] : [0.31, 0.7, T]
    for (const t of times) {
      expect(2 * radius(t), `${sigma} ${t}`).toBeLessThan(1)
      expect(distance(field, t, ballForce(radius(t), kernel)), `${sigma} ${t}`).toBeLessThanOrEqual(field.error.high)
      // Controls: the ball at rest, and one that is off by a hundredth.
      expect(distance(field, t, ballForce(R, kernel)), `${sigma} ${t}`).toBeGreaterThan(field.error.high)
      expect(distance(field, t, ballForce(1.01 * radius(t), kernel)), `${sigma} ${t}`).toBeGreaterThan(field.error.high)
    }
    expect(field.converged).toBe(true)
  }
})

test('a cold ball below the core collapses and explodes as a homogeneous ball of radius R cos t or R cosh t', () => {
  const R = 0.4
  const cold: Law = {
    ...uniformBallLaw({ radius: R }),
    name: 'cold',
    momentumMoment: () => 0,
    phaseNodes: ({ n, counts }) => {
      const { nodes, weights } = gaussRule(counts?.[0] ?? n, 0, R)
      const zero = new Float64Array(nodes.length)
      const mass = nodes.map((r, i) => (3 * r * r * weights[i]!) / R ** 3)
      return { r: nodes, pr: zero, pt: zero, mass, missing: 0, compact: false, edges: true }
    },
  }
  for (const [sigma, T, radius] of [
    [-1, 1.3, (t: number) => R * Math.cos(t)],
    [1, 0.6, (t: number) => R * Math.cosh(t)],
  ] as const) {
    const kernel = cutoffKernel({ N: 1, delta: 1, sigma })
    const field = radialField({ law: cold, kernel, T, tolerance: 1e-3 })
    for (const t of [0, 0.4, T]) {
      expect(distance(field, t, ballForce(radius(t), kernel)), `${sigma} ${t}`).toBeLessThanOrEqual(field.error.high)
      expect(distance(field, t, ballForce(1.02 * radius(t), kernel))).toBeGreaterThan(field.error.high)
    }
    expect(field.converged).toBe(true)
  }
})
