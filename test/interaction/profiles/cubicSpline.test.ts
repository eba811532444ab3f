// The cubic profile, against its closed form at alpha = 2.
import { expect, test } from 'vitest'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import { kernelNorms } from '../../../src/interaction/kernelNorms.js'

test('for Coulomb it is (5 s - 3 s^3)/2, largest at s^2 = 5/9 with 5 sqrt(5)/9, and steepest at 0 with 5/2', () => {
  const kernel = cutoffKernel({ N: 1, delta: 0, profile: 'cubicSpline' })
  for (const s of [0.25, 0.5, 0.75]) {
    expect(kernel.magnitude(s)).toBe((5 * s - 3 * s ** 3) / 2)
    // int_s^1 g = 5/4 (1 - s^2) - 3/8 (1 - s^4), and the potential at the edge is 1.
    expect(kernel.potential(s)).toBeCloseTo(1 + (5 / 4) * (1 - s ** 2) - (3 / 8) * (1 - s ** 4), 15)
  }
  const { sup, at, lipschitz, l1Difference } = kernelNorms(kernel)
  expect(sup.value).toBeCloseTo((5 * Math.sqrt(5)) / 9, 14)
  expect(at.sup).toBeCloseTo(Math.sqrt(5) / 3, 14)
  expect(lipschitz.value).toBe(2.5)
  // 4 pi (1 - 5/8 + 3/12); the control: the 3 pi of (4) is another number.
  expect(l1Difference!.value).toBeCloseTo(2.5 * Math.PI, 13)
  expect(kernelNorms(cutoffKernel({ N: 1, delta: 0 })).l1Difference!.value).toBeCloseTo(3 * Math.PI, 13)
})
