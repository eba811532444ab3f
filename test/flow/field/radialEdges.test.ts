import { expect, test } from 'vitest'
import { integrate } from '../../../src/base/numerics/quadrature.js'
import { fieldFromBytes, fieldToBytes } from '../../../src/flow/field/fieldBytes.js'
import { radialField } from '../../../src/flow/field/radial/radialField.js'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import type { Kernel } from '../../../src/interaction/kernel.js'
import { kurthLaw } from '../../../src/law/kurthLaw.js'
import type { Law, RadialDensity } from '../../../src/law/law.js'
import { uniformBallLaw } from '../../../src/law/uniformBallLaw.js'
import { ballForce, distance, radii } from './ballForce.js'

/** N^-delta = 1/5. */
const cutoff = (sigma: -1 | 1): Kernel => cutoffKernel({ N: 625, delta: 0.25, sigma })
test('at t = 0 the field of data with an edge is the closed form of a ball, within an error that is stated within five times', () => {
  for (const law of [uniformBallLaw(), kurthLaw()]) {
    const field = radialField({ law, kernel: cutoff(1), T: 0.02, tolerance: 1e-3, maxNodes: 24 })
    const error = distance(field, 0, ballForce(1, cutoff(1)))
    expect(error, law.name).toBeLessThanOrEqual(field.error.high)
    expect(field.error.high, law.name).toBeLessThanOrEqual(5 * error)
    expect(field.error.high, law.name).toBeLessThan(1e-3 * field.scale)
    // Controls: no cut-off, a cut-off or a radius that are off by a hundredth.
    const others = [
      ballForce(1, coulombKernel()),
      ballForce(1, cutoffKernel({ N: 625, delta: 0.2515 })),
      ballForce(0.99, cutoff(1)),
    ]
    for (const other of others) expect(distance(field, 0, other), law.name).toBeGreaterThan(field.error.high)
  }
})

/**
 * A ball with half its density inside R/2: 8/15 of the mass of the whole ball's difference, a jump inside and one at
 * the end.
 */
function hollow(): Law {
  const outer = uniformBallLaw()
  // rho = c outside 1/2 and c/2 inside: the ball less a half of the ball of radius 1/2, which has an eighth of its
  // volume.
  const c = 1 / (1 - 0.5 / 8)
  const density = (r: number): number => (r < 1 ? (r < 0.5 ? 0.5 : 1) * c * outer.radial!.density(0) : 0)
  const radial: RadialDensity = {
    density,
    enclosedMass: r => c * (Math.min(1, r) ** 3 - 0.5 * Math.min(0.5, r) ** 3),
    breaks: [0.5, 1],
    supportRadius: 1,
    scale: 1,
  }
  const { phaseNodes: _, ...rest } = outer
  return {
    ...rest,
    name: 'hollow',
    radial,
    spatialDensity: q => density(Math.hypot(q[0]!, q[1]!, q[2]!)),
    density: (q, p) => outer.density(q, p) * (density(Math.hypot(q[0]!, q[1]!, q[2]!)) / outer.radial!.density(0)),
  }
}

test('a custom ball with a jump inside has the field of two balls', () => {
  const kernel = cutoff(1)
  const field = radialField({ law: hollow(), kernel, T: 0.02, tolerance: 1e-3, maxNodes: 24 })
  const [whole, inner] = [ballForce(1, kernel), ballForce(0.5, kernel)]
  const c = 1 / (1 - 0.5 / 8)
  const error = distance(field, 0, r => c * (whole(r) - inner(r) / 16))
  expect(error).toBeLessThanOrEqual(field.error.high)
  expect(field.error.high).toBeLessThan(1e-3 * field.scale)
  expect(distance(field, 0, whole)).toBeGreaterThan(10 * field.error.high)
})

test('without interaction the mass inside a radius is that of a lens of two balls', () => {
  const field = radialField({
    law: uniformBallLaw(),
    kernel: cutoffKernel({ N: 625, delta: 0.25, sigma: 0 }),
    T: 1,
    maxNodes: 24,
    tolerance: 1e-3,
  })
  // q + t p with both uniform in balls of radius 1 and t < 1: the convolution of two balls, as is the mean field of a
  // ball under the cut-off t, so that the enclosed mass is r^2 times that force.
  const t = 0.5
  const force = ballForce(1, cutoffKernel({ N: 2, delta: 1 }))
  for (const r of [0.3, 0.5, 0.9, 1.2, 1.45])
    expect(Math.abs(field.enclosedMass(t, r) - r * r * force(r))).toBeLessThan(2e-3)
  expect(Math.abs(field.enclosedMass(1, 0.9) - 0.9 ** 2 * force(0.9))).toBeGreaterThan(0.1)
})

test('energy is kept, density integrates to the mass, and bytes give the same field', () => {
  const kernel = cutoff(-1)
  const field = radialField({ law: kurthLaw({ momentumRadius: 0.7 }), kernel, T: 1, tolerance: 1e-3, maxNodes: 24 })
  const energies = [0, 0.4, 1].map(t => field.energy(t).value)
  for (const E of energies) expect(Math.abs(E - energies[0]!)).toBeLessThan(3e-4)
  // (3/10) P^2 and the energy of two balls: the cut-off takes less than a hundredth of 3/5.
  expect(Math.abs(energies[0]! - 0.3 * 0.49 + 0.6)).toBeLessThan(0.02)
  const inside = field.enclosedMass(0.4, 0.6) - field.enclosedMass(0.4, 0.2)
  const shells = integrate(r => 4 * Math.PI * r * r * field.density(0.4, [r, 0, 0]), 0.2, 0.6, {
    tolerance: 1e-6,
  }).value
  expect(Math.abs(inside - shells)).toBeLessThan(1e-4)
  const copy = fieldFromBytes(fieldToBytes(field), field)
  for (const t of [0, 0.123, 1]) for (const r of radii) expect(copy.radial(t, r)).toBe(field.radial(t, r))
})

test('a density that is not finite is refused by its place, before any work', () => {
  const law: Law = { ...hollow(), name: 'pole', density: () => Number.POSITIVE_INFINITY }
  expect(() => radialField({ law, kernel: cutoff(1), T: 1 })).toThrow(/law.density must be finite, got Infinity at/)
})
