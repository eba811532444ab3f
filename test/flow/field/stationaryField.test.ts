import { expect, test } from 'vitest'
import { radialField } from '../../../src/flow/field/radial/radialField.js'
import { stationaryDrift, stationaryField } from '../../../src/flow/field/stationaryField.js'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import { gaussianLaw } from '../../../src/law/gaussianLaw.js'
import { kurthLaw } from '../../../src/law/kurthLaw.js'
import { meanField } from '../../../src/law/meanField/meanField.js'
import { plummerLaw } from '../../../src/law/plummerLaw.js'

const newton = coulombKernel({ sigma: -1 })

test('the stationary field is the mean field of the law at all times', () => {
  for (const law of [plummerLaw({ scale: 0.7 }), kurthLaw({ radius: 1.5 })]) {
    const field = stationaryField({ law, kernel: newton, T: 4 })
    const truth = meanField(law, newton)
    const q = Float64Array.of(0.3, 2, -0.1, 0.5, 0.2, 3)
    const out = field.force(1.7, q, new Float64Array(6))
    let largest = 0
    for (let i = 0; i < 2; i++) {
      const expected = truth.force([q[i]!, q[2 + i]!, q[4 + i]!], new Float64Array(3))
      for (let a = 0; a < 3; a++) expect(Math.abs(out[a * 2 + i]! - expected[a]!)).toBeLessThan(1e-14)
    }
    for (let r = 0.01; r < 5; r += 0.01) largest = Math.max(largest, Math.abs(truth.radial!(r)))
    expect(Math.abs(field.scale / largest - 1)).toBeLessThan(1e-3)
    // Virial: the energy is minus the kinetic energy.
    expect(field.energy!(0).value).toBeCloseTo(-0.5 * law.momentumMoment(2), 12)
  }
})

test('the radial solver keeps the Plummer sphere, and moves one with the wrong sign', () => {
  const law = plummerLaw()
  const field = radialField({ law, kernel: newton, T: 2, tolerance: 1e-3 })
  const exact = stationaryField({ law, kernel: newton, T: 2 })
  const out = new Float64Array(3)
  const error = (radial: (r: number) => number): number =>
    Math.max(
      ...[0.1, 0.5, 1, 2, 5, 20].map(r => Math.abs(radial(r) - exact.force(2, Float64Array.of(r, 0, 0), out)[0]!)),
    )
  expect(error(r => field.radial(2, r))).toBeLessThanOrEqual(field.error.high)
  expect(field.error.high / exact.scale).toBeLessThanOrEqual(1e-3)
  const repelled = radialField({ law, kernel: coulombKernel({ sigma: 1 }), T: 2, tolerance: 1e-2 })
  expect(error(r => -repelled.radial(2, r))).toBeGreaterThan(0.1)
})

test('what is no steady state is refused', () => {
  const law = plummerLaw()
  expect(() => stationaryField({ law, kernel: cutoffKernel({ N: 100, delta: 0.3, sigma: -1 }), T: 1 })).toThrow(
    /cut-off/,
  )
  expect(() => stationaryField({ law, kernel: coulombKernel(), T: 1 })).toThrow(/sigma = 1/)
  expect(() => stationaryField({ law: gaussianLaw(), kernel: newton, T: 1 })).toThrow(/"plummer" or "kurth"/)
  expect(() => stationaryField({ law: kurthLaw({ rate: 0.1 }), kernel: newton, T: 1 })).toThrow(/rate 0.1/)
  expect(() => stationaryField({ law, kernel: newton, T: -1 })).toThrow(/T must be/)
})

test('the cut-off shifts the Plummer field by (2 pi/5) r_c^2 |grad rho|, that is O(N^{-2 delta})', () => {
  // |rho'| = (15/4 pi) r (1 + r^2)^{-7/2} is largest at r^2 = 1/6.
  const slope = ((15 / (4 * Math.PI)) * Math.sqrt(1 / 6)) / (7 / 6) ** 3.5
  const shift = (N: number): number => {
    const kernel = cutoffKernel({ N, delta: 0.25, sigma: -1 })
    const { initial, rate } = stationaryDrift({ law: plummerLaw(), kernel, T: 0.1, tolerance: 1e-2 })
    expect(rate).toBeCloseTo(N ** -0.5, 14)
    return initial.value / (((2 * Math.PI) / 5) * slope * rate)
  }
  // The next term is O(r_c^2) relative: 0.01 and 0.001 times a few.
  expect(Math.abs(shift(1e4) - 1)).toBeLessThan(0.1)
  expect(Math.abs(shift(1e6) - 1)).toBeLessThan(0.01)
})

test('the drift under the cut-off begins at zero for the density and grows', () => {
  const kernel = cutoffKernel({ N: 1000, delta: 0.2, sigma: -1 })
  const { density, force, initial, times } = stationaryDrift({ law: plummerLaw(), kernel, T: 2, tolerance: 1e-3 })
  expect(times[8]).toBe(2)
  expect(density[0]!.low).toBeLessThanOrEqual(0)
  expect(density[8]!.low).toBeGreaterThan(density[0]!.value)
  expect(density[8]!.value).toBeGreaterThan(5 * density[0]!.value)
  expect(Math.abs(force[0]!.value - initial.value)).toBeLessThanOrEqual(force[0]!.high - force[0]!.value)
})
