// Plummer's softening, against its closed form.
import { expect, test } from 'vitest'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import { kernelNorms } from '../../../src/interaction/kernelNorms.js'

test('for Coulomb it is r (r^2 + r_c^2)^(-3/2), and takes 8 pi N^-delta from the force: twice the bound of (84)', () => {
  const kernel = cutoffKernel({ N: 1000, delta: 1 / 3, profile: 'plummer' })
  for (const r of [0.01, 0.1, 1, 30]) {
    expect(kernel.magnitude(r) / (r * (r ** 2 + 0.01) ** -1.5)).toBeCloseTo(1, 13)
    expect(kernel.potential(r)).toBeCloseTo((r ** 2 + 0.01) ** -0.5, 13)
  }
  // Coulomb, Plummer: 4 pi int (1 - (1 + s^-2)^(-3/2)) ds = 8 pi, twice the bound of (84).
  const plummer = kernelNorms(cutoffKernel({ N: 1000, delta: 1 / 3, profile: 'plummer' })).l1Difference!
  expect(plummer.value).toBeCloseTo(0.8 * Math.PI, 11)
})
