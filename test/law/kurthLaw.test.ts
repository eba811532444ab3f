import { expect, test } from 'vitest'
import { gaussSum } from '../../src/base/numerics/quadrature.js'
import { randomStream } from '../../src/base/random.js'
import { kolmogorovSmirnov } from '../../src/base/statistics/statistics.js'
import { kurthLaw } from '../../src/law/kurthLaw.js'

const law = kurthLaw({ radius: 1.3, momentumRadius: 0.8, rate: 0.4 })

test('f0 integrates over p to the uniform ball', () => {
  // At q = r e_3 in u = (p - H q)/P: 1 - x^2 - u^2 + |x cross u|^2 = (1 - x^2)(1 - s^2) - c^2 with s across, c along.
  for (const r of [0, 0.3, 0.9, 1.2]) {
    const width = Math.sqrt(1 - (r / 1.3) ** 2)
    const across = (s: number): number => {
      const end = width * Math.sqrt(1 - s * s)
      // c = end sin(angle) takes away the inverse square root.
      const along = (angle: number): number =>
        law.density([0, 0, r], [0.8 * s, 0, 0.4 * r + 0.8 * end * Math.sin(angle)]) * end * Math.cos(angle)
      return 2 * Math.PI * s * gaussSum(along, -Math.PI / 2, Math.PI / 2, 40)
    }
    const rho = 0.8 ** 3 * gaussSum(across, 0, 1, 60)
    expect(Math.abs(rho / law.spatialDensity([0, 0, r]) - 1)).toBeLessThan(1e-10)
  }
  expect(law.densitySup).toBe(Number.POSITIVE_INFINITY)
  expect(law.density([0, 0, 1.31], [0, 0, 0.5])).toBe(0)
})

test('samples follow the density: |q|, the part of u across q, and the angle of the part along it are independent uniforms', () => {
  const n = 20_000
  const { q, p } = law.sample(n, randomStream('kurth/test'))
  const columns = [0, 1, 2, 3].map(() => new Float64Array(n)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  for (let i = 0; i < n; i++) {
    const x = [0, 1, 2].map(a => q[a * n + i]! / 1.3)
    const u = [0, 1, 2].map(a => (p[a * n + i]! - 0.4 * q[a * n + i]!) / 0.8)
    const r = Math.hypot(...x)
    const along = (x[0]! * u[0]! + x[1]! * u[1]! + x[2]! * u[2]!) / r
    const s2 = u[0]! ** 2 + u[1]! ** 2 + u[2]! ** 2 - along ** 2
    columns[0][i] = r ** 3
    columns[1][i] = s2
    columns[2][i] = Math.acos(along / Math.sqrt((1 - r * r) * (1 - s2))) / Math.PI
    columns[3][i] = 0.5 * (1 + u[0]! / Math.hypot(...u))
  }
  const uniform = (x: number): number => Math.min(1, Math.max(0, x))
  for (const column of columns) expect(kolmogorovSmirnov(column, uniform).pValue).toBeGreaterThan(1e-3)
  // Control: the law with a momentum radius that is off by 2 % fails.
  const off = columns[1].map(x => x * 1.02 ** 2)
  expect(kolmogorovSmirnov(off, uniform).pValue).toBeLessThan(1e-3)
})

test('moments are those of the sample, and of order 2 in closed form', () => {
  // E u_t^2 = 1/2, E u_r^2 = E(1 - x^2) E(1 - s^2)/2 = (2/5)(1/2)/2 = 1/10, E x^2 = 3/5.
  expect(law.momentumMoment(2)).toBeCloseTo(0.64 * 0.6 + 0.16 * 1.69 * 0.6, 12)
  expect(law.phaseMoment(2)).toBeCloseTo(law.momentumMoment(2) + law.positionMoment(2), 12)
  expect(law.momentumMoment(0)).toBeCloseTo(1, 13)
  expect(() => kurthLaw({ radius: 0 })).toThrow(/radius must be a finite number > 0, got 0/)
  expect(() => kurthLaw({ rate: Number.NaN })).toThrow(/rate/)
})
