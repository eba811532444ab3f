import { expect, test } from 'vitest'
import { randomStream } from '../../src/base/random.js'
import { coulombKernel } from '../../src/interaction/coulombKernel.js'
import { cutoffKernel, profileNames } from '../../src/interaction/cutoffKernel.js'
import { euclideanNorm, type Kernel, kernelForce, kernelGradient, maximumNorm } from '../../src/interaction/kernel.js'
import { powerKernel } from '../../src/interaction/powerKernel.js'

const force = (kernel: Kernel, q: number[]): number[] => [...kernelForce(kernel, q, new Float64Array(kernel.d))]
const gradient = (kernel: Kernel, q: number[]): number[] => [
  ...kernelGradient(kernel, q, new Float64Array(kernel.d ** 2)),
]

const kernels: Kernel[] = [
  coulombKernel(),
  coulombKernel({ sigma: -1, d: 2 }),
  powerKernel({ alpha: 0.7, d: 4 }),
  ...profileNames.map(profile => cutoffKernel({ N: 100, delta: 0.1, profile, sigma: -1 })),
]

/** -grad V by a fourth-order central difference. */
function minusPotentialGradient(kernel: Kernel, q: number[]): number[] {
  return q.map((_, a) => {
    const V = (t: number): number => kernel.potential(euclideanNorm(q.map((x, b) => (a === b ? x + t : x))))
    const h = 1e-3
    return -(8 * (V(h) - V(-h)) - (V(2 * h) - V(-2 * h))) / (12 * h)
  })
}

test('the force is minus the gradient of the potential', () => {
  const stream = randomStream('1/kernel-force')
  for (const kernel of kernels) {
    for (let i = 0; i < 20; i++) {
      const q = Array.from({ length: kernel.d }, () => stream.normal())
      const r = euclideanNorm(q)
      // A stencil across a kink of g does not converge.
      if (kernel.breaks.some(edge => Math.abs(r - edge) < 0.01) || r < 0.2) continue
      const expected = minusPotentialGradient(kernel, q)
      force(kernel, q).forEach((k, a) => {
        expect(Math.abs(k - expected[a]!)).toBeLessThan(1e-7 * (1 + 1 / r ** 4))
      })
    }
  }
  // Control: with the sign of the potential turned, the check fails.
  const wrong: Kernel = { ...coulombKernel(), potential: r => -1 / r }
  expect(Math.abs(force(wrong, [1, 0, 0])[0]! - minusPotentialGradient(wrong, [1, 0, 0])[0]!)).toBeGreaterThan(1)
})

test('kernelGradient is the Jacobian of kernelForce, and that of the Coulomb kernel has trace zero', () => {
  const stream = randomStream('1/kernel-gradient')
  for (const kernel of kernels) {
    const { d } = kernel
    for (let i = 0; i < 20; i++) {
      const q = Array.from({ length: d }, () => stream.normal())
      const r = euclideanNorm(q)
      if (kernel.breaks.some(edge => Math.abs(r - edge) < 0.01) || r < 0.2) continue
      const jacobian = gradient(kernel, q)
      for (let b = 0; b < d; b++) {
        const at = (t: number): number[] =>
          force(
            kernel,
            q.map((x, a) => (a === b ? x + t : x)),
          )
        const h = 1e-3
        const [p1, m1, p2, m2] = [at(h), at(-h), at(2 * h), at(-2 * h)]
        for (let a = 0; a < d; a++) {
          const difference = (8 * (p1[a]! - m1[a]!) - (p2[a]! - m2[a]!)) / (12 * h)
          expect(Math.abs(jacobian[a * d + b]! - difference)).toBeLessThan(1e-7 * (1 + 1 / r ** 5))
        }
      }
    }
  }
  const jacobian = gradient(coulombKernel(), [0.3, -1.2, 0.7])
  expect(jacobian[0]! + jacobian[4]! + jacobian[8]!).toBeCloseTo(0, 14)
})

test("k(0) = 0, and the gradient at 0 is g'(0) times the identity or NaN where there is none", () => {
  for (const kernel of kernels) expect(force(kernel, Array(kernel.d).fill(0))).toEqual(Array(kernel.d).fill(0))
  expect(gradient(cutoffKernel({ N: 1, delta: 1 }), [0, 0, 0])).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1])
  expect(gradient(coulombKernel(), [0, 0, 0])).toEqual([Number.NaN, 0, 0, 0, Number.NaN, 0, 0, 0, Number.NaN])
  expect(gradient(coulombKernel({ sigma: 0 }), [0, 0, 0])).toEqual(Array(9).fill(0))
})

test('forces at 1e-300 and 1e300 are never NaN, and finite inside every cut-off', () => {
  const far = [1e300, -1e300, 0]
  const near = [1e-300, 0, -1e-300]
  const between = [1e-120, 0, 0]
  for (const kernel of kernels.filter(({ d }) => d === 3)) {
    for (const q of [far, near, between]) expect(force(kernel, q).some(Number.isNaN)).toBe(false)
    expect(force(kernel, far).every(Number.isFinite)).toBe(true)
    if (kernel.cutoffRadius > 0) expect(force(kernel, near).every(Number.isFinite)).toBe(true)
  }
  // g(r)/r = 1e360 overflows, the force 1e240 does not.
  expect(force(coulombKernel(), between)[0]! / 1e240).toBeCloseTo(1, 14)
  expect(force(powerKernel({ alpha: 0.5 }), [1e300, 0, 0])[0]! / 1e-150).toBeCloseTo(1, 14)
})

test('sigma = -1 turns force, gradient and potential around and sigma = 0 makes them zero', () => {
  const q = [0.2, -0.1, 0.4]
  for (const profile of profileNames) {
    const [plus, minus, none] = ([1, -1, 0] as const).map(sigma => cutoffKernel({ N: 10, delta: 0.2, sigma, profile }))
    expect(force(minus!, q)).toEqual(force(plus!, q).map(x => -x))
    // 0 - x, since -0 and 0 are told apart.
    expect(gradient(minus!, q)).toEqual(gradient(plus!, q).map(x => 0 - x))
    expect(minus!.potential(0.3)).toBe(-plus!.potential(0.3))
    expect(force(none!, q)).toEqual([0, 0, 0])
    expect(gradient(none!, q)).toEqual(Array(9).fill(0))
    expect(none!.potential(0)).toBe(0)
  }
  expect(coulombKernel({ sigma: 0 }).potential(0)).toBe(0)
})

test('euclideanNorm and maximumNorm are the norms, without overflow', () => {
  expect(euclideanNorm([3, -4, 12])).toBe(13)
  expect(euclideanNorm([3e200, 4e200])).toBeCloseTo(5e200, -186)
  expect(maximumNorm([3, -4, 2])).toBe(4)
})
