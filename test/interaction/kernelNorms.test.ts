import { expect, test } from 'vitest'
import { integrate } from '../../src/base/numerics/quadrature.js'
import { randomStream } from '../../src/base/random.js'
import { coulombKernel } from '../../src/interaction/coulombKernel.js'
import { cutoffKernel, profileNames, profileOf } from '../../src/interaction/cutoffKernel.js'
import { euclideanNorm, type Kernel, kernelForce, kernelGradient, maximumNorm } from '../../src/interaction/kernel.js'
import { kernelNorms } from '../../src/interaction/kernelNorms.js'
import { powerKernel } from '../../src/interaction/powerKernel.js'
import { profileRecords } from '../../src/interaction/profiles.generated.js'

const PROFILES = profileNames
const exponents = [0.5, 1, 2, 3]
const NORMS = ['sup', 'lipschitz', 'frobenius', 'lipschitzMax'] as const

test('closed forms agree with a search that knows only magnitude and derivative', () => {
  for (const d of [2, 3, 6]) {
    for (const profile of PROFILES) {
      for (const alpha of exponents.filter(x => x <= d)) {
        const kernel = cutoffKernel({ N: 20, delta: 0.4, d, alpha, profile })
        // A copy is not known to be built in, so that its norms are searched.
        const copy: Kernel = { ...kernel }
        expect(profileOf(copy)).toBeUndefined()
        const [closed, searched] = [kernelNorms(kernel), kernelNorms(copy)]
        for (const name of NORMS) {
          expect(Math.abs(searched[name].value / closed[name].value - 1)).toBeLessThan(1e-11)
        }
      }
    }
  }
  // Control: a magnitude 1e-6 larger is told apart.
  const kernel = cutoffKernel({ N: 20, delta: 0.4, profile: 'cubicSpline' })
  const wrong = kernelNorms({ ...kernel, magnitude: r => kernel.magnitude(r) * (1 + 1e-6) })
  expect(Math.abs(wrong.sup.value / kernelNorms(kernel).sup.value - 1)).toBeGreaterThan(1e-7)
})

test('no force, gradient or difference quotient at random points exceeds its norm, and each norm is nearly reached', () => {
  for (const profile of PROFILES) {
    const kernel = cutoffKernel({ N: 8, delta: 1 / 3, profile })
    const norms = kernelNorms(kernel)
    const stream = randomStream(`1/kernel-norms/${profile}`)
    const best = { sup: 0, frobenius: 0, lipschitzMax: 0, quotient: 0, quotientMax: 0 }
    const k = (q: readonly number[]): Float64Array => kernelForce(kernel, q, new Float64Array(3))
    for (let i = 0; i < 20000; i++) {
      const u = [stream.normal(), stream.normal(), stream.normal()]
      const r = 1.5 * stream.uniform()
      const q = u.map(x => (x * r) / euclideanNorm(u))
      const force = k(q)
      const A = kernelGradient(kernel, q, new Float64Array(9))
      const rows = [0, 3, 6].map(a => Math.abs(A[a]!) + Math.abs(A[a + 1]!) + Math.abs(A[a + 2]!))
      const xi = [stream.normal(), stream.normal(), stream.normal()].map(x => x * 1e-3)
      const difference = k(q.map((x, a) => x + xi[a]!)).map((x, a) => x - force[a]!)
      best.sup = Math.max(best.sup, euclideanNorm(force))
      best.frobenius = Math.max(best.frobenius, euclideanNorm(A))
      best.lipschitzMax = Math.max(best.lipschitzMax, ...rows)
      best.quotient = Math.max(best.quotient, euclideanNorm(difference) / euclideanNorm(xi))
      // The corners of the cube are the extreme points of the maximum norm.
      const corner = xi.map(x => 1e-3 * Math.sign(x))
      const far = k(q.map((x, a) => x + corner[a]!)).map((x, a) => x - force[a]!)
      best.quotientMax = Math.max(best.quotientMax, maximumNorm(far) / 1e-3)
    }
    const pairs = [
      [best.sup, norms.sup.value],
      [best.frobenius, norms.frobenius.value],
      [best.lipschitzMax, norms.lipschitzMax.value],
      [best.quotient, norms.lipschitz.value],
      [best.quotientMax, norms.lipschitzMax.value],
    ] as const
    for (const [found, bound] of pairs) {
      expect(found).toBeLessThanOrEqual(bound * (1 + 1e-9))
      expect(found).toBeGreaterThan(0.9 * bound)
    }
  }
})

test('the L^1 difference is 4 pi times the radial integral, is below 4 pi N^-delta (84) and infinite where it diverges', () => {
  for (const alpha of [0.5, 1, 2]) {
    for (const profile of PROFILES.filter(name => profileRecords[name].local)) {
      const kernel = cutoffKernel({ N: 1000, delta: 1 / 3, alpha, profile })
      const rc = kernel.cutoffRadius
      const radial = integrate(r => Math.abs(r ** -alpha - kernel.magnitude(r)) * r * r, 0, rc).value
      const { value, low, high } = kernelNorms(kernel).l1Difference!
      expect(Math.abs(value / (4 * Math.PI * radial) - 1)).toBeLessThan(1e-12)
      expect(low).toBeLessThanOrEqual(value)
      expect(high).toBeGreaterThanOrEqual(value)
      expect(kernelNorms({ ...kernel }).l1Difference!.value / value).toBeCloseTo(1, 11)
      if (alpha === 2) expect(value).toBeLessThan(4 * Math.PI * rc)
    }
  }
  const flat = cutoffKernel({ N: 10, delta: 0.3, d: 2, alpha: 2 })
  expect(kernelNorms(flat).l1Difference!.value).toBe(Number.POSITIVE_INFINITY)
  const slow = cutoffKernel({ N: 10, delta: 0.3, alpha: 1, profile: 'plummer' })
  expect(kernelNorms(slow).l1Difference!.value).toBe(Number.POSITIVE_INFINITY)
})

test('without cut-off the norms are infinite, and for sigma = 0 they are zero', () => {
  for (const kernel of [coulombKernel(), powerKernel({ alpha: 0.3, sigma: -1 })]) {
    const norms = kernelNorms(kernel)
    for (const name of NORMS) expect(norms[name]).toMatchObject({ value: Number.POSITIVE_INFINITY, kind: 'exact' })
    expect(norms.l1Difference!.value).toBe(0)
  }
  const free = kernelNorms(cutoffKernel({ N: 9, delta: 0.5, sigma: 0 }))
  for (const name of NORMS) expect(free[name].value).toBe(0)
})
