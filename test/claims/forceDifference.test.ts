import { expect, test } from 'vitest'
import { forceDifference, vectorNorm } from '../../src/attacks/forceDifference.js'
import { randomStream } from '../../src/base/random.js'
import { cutoffKernel } from '../../src/interaction/cutoffKernel.js'
import { type Kernel, kernelForce, kernelGradient } from '../../src/interaction/kernel.js'
import { powerKernel } from '../../src/interaction/powerKernel.js'

const plain = (kernel: Kernel, q: number[], xi: number[]): number[] => {
  const a = kernelForce(kernel, q, new Float64Array(3))
  const b = kernelForce(
    kernel,
    q.map((x, i) => x + xi[i]!),
    new Float64Array(3),
  )
  return Array.from(a, (x, i) => x - b[i]!)
}
const vector = (s: ReturnType<typeof randomStream>, length: number): number[] => {
  const v = [s.normal(), s.normal(), s.normal()]
  return v.map(x => (x * length) / Math.hypot(...v))
}

test('the difference without cancellation equals the plain one where that is accurate', () => {
  const stream = randomStream('force-difference')
  for (const kernel of [cutoffKernel({ N: 1000, delta: 1 / 3 }), powerKernel({ alpha: 1.3, sigma: -1 })]) {
    for (let i = 0; i < 300; i++) {
      const q = vector(stream, 0.3 * Math.exp(stream.normal()))
      const xi = vector(stream, 0.3 * Math.exp(stream.normal()))
      const out = new Float64Array(3)
      expect(forceDifference(kernel, q, xi, out)).toBe(true)
      const expected = plain(kernel, q, xi)
      const scale = Math.hypot(...kernelForce(kernel, q, new Float64Array(3))) + Math.hypot(...expected)
      for (const [a, x] of out.entries()) expect(Math.abs(x - expected[a]!)).toBeLessThan(1e-13 * scale)
    }
  }
})

test('outside the cut-off it stays accurate for tiny xi, where the plain difference does not', () => {
  const kernel = cutoffKernel({ N: 1000, delta: 1 / 3 })
  const q = [0.2, 0.1, -0.3]
  const xi = [1e-12, -2e-12, 0.5e-12]
  const gradient = kernelGradient(kernel, q, new Float64Array(9))
  const derivative = [0, 1, 2].map(a => -xi.reduce((sum, x, b) => sum + gradient[3 * a + b]! * x, 0))
  const out = new Float64Array(3)
  forceDifference(kernel, q, xi, out)
  const error = (v: ArrayLike<number>): number => Math.max(...derivative.map((x, a) => Math.abs(v[a]! / x - 1)))
  expect(error(out)).toBeLessThan(1e-10)
  expect(error(plain(kernel, q, xi))).toBeGreaterThan(1e-6)
})

test('a difference across the cut-off is marked as inaccurate when xi is tiny', () => {
  const kernel = cutoffKernel({ N: 1000, delta: 1 / 3 })
  const out = new Float64Array(3)
  expect(forceDifference(kernel, [0.05, 0, 0], [1e-7, 0, 0], out)).toBe(false)
  expect(forceDifference(kernel, [0.05, 0, 0], [0.06, 0, 0], out)).toBe(true)
  expect(vectorNorm('euclidean', [3, 0, -4])).toBe(5)
  expect(vectorNorm('maximum', [3, 0, -4])).toBe(4)
})
