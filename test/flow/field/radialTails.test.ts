import { expect, test } from 'vitest'
import { radialField } from '../../../src/flow/field/radial/radialField.js'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import { gaussianDensity } from '../../../src/law/gaussianLaw.js'
import type { Law } from '../../../src/law/law.js'
import { meanField } from '../../../src/law/meanField/meanField.js'
import { plummerDensity, plummerLaw } from '../../../src/law/plummerLaw.js'

/** From the core to far out in the tail. */
const radii = Array.from({ length: 60 }, (_, i) => 0.02 * 1e5 ** (i / 59))
type Force = (r: number) => number
const distance = (a: Force, b: Force): number => Math.max(...radii.map(r => Math.abs(a(r) - b(r))))

test("Plummer's sphere rests without cut-off, to 1e-5 of the largest force, and the stated error holds", () => {
  const field = radialField({ law: plummerLaw(), kernel: coulombKernel({ sigma: -1 }), T: 1, tolerance: 1e-5 })
  const truth =
    (scale: number): Force =>
    r =>
      -r / (r * r + scale * scale) ** 1.5
  expect(field.converged).toBe(true)
  for (const t of [0, 0.37, 1]) {
    expect(distance(r => field.radial(t, r), truth(1))).toBeLessThanOrEqual(field.error.high)
    // Control: a scale that is off by 1e-4.
    expect(distance(r => field.radial(t, r), truth(1 + 1e-4))).toBeGreaterThan(field.error.high)
  }
})

test('a custom law with a tail like a power has the field of its density at t = 0 under a cut-off', () => {
  const plummer = plummerLaw()
  const [radial, momentum] = [plummerDensity(1), gaussianDensity(0.5)]
  const { phaseNodes: _, ...rest } = plummer
  const law: Law = {
    ...rest,
    name: 'warm tail',
    density: (q, p) =>
      radial.density(Math.hypot(q[0]!, q[1]!, q[2]!)) * momentum.density(Math.hypot(p[0]!, p[1]!, p[2]!)),
    support: { q: Number.POSITIVE_INFINITY, p: Number.POSITIVE_INFINITY },
    momentumMoment: m => (m === 1 ? 0.8 : 0.75),
  }
  const kernel = cutoffKernel({ N: 10_000, delta: 0.25 })
  const field = radialField({ law, kernel, T: 0.05, tolerance: 1e-5 })
  const [truth, other] = [meanField(law, kernel), meanField(law, cutoffKernel({ N: 10_000, delta: 0.26 }))]
  expect(distance(r => field.radial(0, r), truth.radial!)).toBeLessThanOrEqual(field.error.high)
  expect(field.error.high).toBeLessThanOrEqual(1e-5 * field.scale)
  expect(distance(r => field.radial(0, r), other.radial!)).toBeGreaterThan(10 * field.error.high)
})
