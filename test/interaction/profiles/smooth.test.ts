// The C-infinity profile, against the constants that its file states.
import { expect, test } from 'vitest'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import { kernelNorms } from '../../../src/interaction/kernelNorms.js'

test('the stated constants of the smooth profile at alpha = 2, d = 3', () => {
  const norms = kernelNorms(cutoffKernel({ N: 1, delta: 1, profile: 'smooth' }))
  expect(norms.sup.value).toBeCloseTo(1.8032, 5)
  expect(norms.at.sup).toBeCloseTo(0.65897, 5)
  expect(norms.lipschitz.value).toBeCloseTo(5.11038, 5)
  expect(norms.lipschitzMax.value).toBeCloseTo(6.08487, 5)
})
