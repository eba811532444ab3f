// The profile of (4), against the homogeneous ball and the numbers of the paper.
import { expect, test } from 'vitest'
import { integrate } from '../../../src/base/numerics/quadrature.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import { kernelNorms } from '../../../src/interaction/kernelNorms.js'

test('(4): N^(3 delta) r inside r_c = N^-delta and r^-2 outside', () => {
  const kernel = cutoffKernel({ N: 64, delta: 0.5 })
  expect(kernel.cutoffRadius).toBe(0.125)
  expect(kernel.magnitude(0.0625)).toBe(32)
  expect(kernel.magnitude(0.125)).toBe(64)
  expect(kernel.magnitude(0.25)).toBe(16)
  expect(kernel.magnitudeDerivative(0.1)).toBe(512)
  expect(kernel.magnitudeDerivative(0.125)).toBe(-1024)
})

/** The radial force at r of the uniform probability on the ball of radius R, by quadrature over shells. */
function ballForce(r: number, R: number): number {
  // Over the shell of radius s, with the distance w = |q - y| as the variable: cos = (r^2 + s^2 - w^2)/(2 r s).
  const shell = (s: number): number =>
    integrate(w => (r * r - s * s + w * w) / (4 * r * r * s * w * w), Math.abs(r - s), r + s).value
  return integrate(s => (3 * s * s * shell(s)) / R ** 3, 0, R, { breaks: [r], tolerance: 1e-10 }).value
}

test('(4) is k * chi with chi the uniform probability on the ball of radius N^-delta (d = 3, alpha = 2)', () => {
  const kernel = cutoffKernel({ N: 100, delta: 0.25 })
  const R = kernel.cutoffRadius
  for (const s of [0.1, 0.5, 0.9, 1.2, 3]) {
    expect(Math.abs(ballForce(s * R, R) / kernel.magnitude(s * R) - 1)).toBeLessThan(1e-9)
    // The potential is that of the ball: a shell's is 1/max(r, s).
    const potential = integrate(t => (3 * t * t) / R ** 3 / Math.max(s * R, t), 0, R, { breaks: [s * R] }).value
    expect(Math.abs(kernel.potential(s * R) / potential - 1)).toBeLessThan(1e-13)
  }
  // Control: no other profile is this convolution.
  for (const profile of ['cubicSpline', 'smooth', 'plummer'] as const) {
    const other = cutoffKernel({ N: 100, delta: 0.25, profile })
    expect(Math.abs(ballForce(0.5 * R, R) / other.magnitude(0.5 * R) - 1)).toBeGreaterThan(0.05)
  }
})

test('the norms of (4) in d = 3: N^(2 delta), 2 N^(3 delta), (1 + 3 sqrt 3)/2 N^(3 delta) and 3 pi N^-delta', () => {
  const norms = kernelNorms(cutoffKernel({ N: 1000, delta: 1 / 3 }))
  expect(norms.sup.value).toBeCloseTo(100, 10)
  expect(norms.lipschitz.value).toBeCloseTo(2000, 8)
  expect(norms.lipschitzMax.value).toBeCloseTo(500 * (1 + 3 * Math.sqrt(3)), 8)
  expect(norms.l1Difference!.value).toBeCloseTo(0.3 * Math.PI, 13)
  expect(norms.at.lipschitz).toBeCloseTo(0.1, 15)
  for (const name of ['sup', 'lipschitz', 'frobenius', 'lipschitzMax'] as const) expect(norms[name].kind).toBe('exact')
})
