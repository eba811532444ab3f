import { beforeAll, describe, expect, test } from 'vitest'
import { integrate } from '../../../src/base/numerics/quadrature.js'
import {
  type ConvergenceProblem,
  type ConvergenceSeries,
  convergenceOrders,
} from '../../../src/flow/micro/convergenceOrders.js'
import { fallThroughCutoff } from '../../../src/flow/micro/exactOrbits.js'
import { pairAcceleration } from '../../../src/flow/micro/pairAcceleration.js'
import { particleStepper } from '../../../src/flow/step/particleStepper.js'
import type { SchemeName } from '../../../src/flow/step/symplecticScheme.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'

describe('the measured order of convergence', () => {
  let all: ConvergenceSeries[]
  beforeAll(() => {
    all = convergenceOrders()
  })
  const slope = (problem: ConvergenceProblem, scheme: SchemeName): number =>
    all.find(series => series.problem === problem && series.scheme === scheme)!.fit!.slope

  test('is that of the scheme on Kepler ellipses', () => {
    // The coarsest runs that count have errors of 1e-2, where the next order shows by some per cent.
    expect(Math.abs(slope('kepler', 'leapfrog') - 2)).toBeLessThan(0.1)
    expect(Math.abs(slope('kepler', 'yoshida4') - 4)).toBeLessThan(0.2)
    expect(Math.abs(slope('kepler', 'suzuki4') - 4)).toBeLessThan(0.2)
    expect(Math.abs(slope('kepler', 'yoshida6') - 6)).toBeLessThan(0.3)
  })

  test('is 2 for every scheme at the corner of the kernel (4)', () => {
    // The error depends on where in its step the corner lies: at 7 steps, 8 starts, the scatter of ln(error) is
    // about 0.3 over a range of ln(h) of 4.2, a standard error of the slope of 0.3/(4.2 sqrt(7/12)) = 0.1. Three of
    // these.
    for (const scheme of ['leapfrog', 'yoshida4', 'suzuki4', 'yoshida6'] as const) {
      expect(Math.abs(slope('corner', scheme) - 2)).toBeLessThan(0.3)
    }
  })

  test('control: a smooth cut-off of the same radius keeps the order, so that it is the corner which takes it', () => {
    expect(Math.abs(slope('smoothCutoff', 'leapfrog') - 2)).toBeLessThan(0.1)
    expect(slope('smoothCutoff', 'yoshida4')).toBeGreaterThan(3.8)
    expect(slope('smoothCutoff', 'suzuki4')).toBeGreaterThan(3.8)
    expect(slope('smoothCutoff', 'yoshida6')).toBeGreaterThan(5.5)
  })
})

test('the reference of the smooth cut-off takes the time that the quadrature of its energy integral says', async () => {
  // From rest at r0 to r: t = int dr / sqrt(2 (V(r0) - V(r))), with r = r0 - u^2 to take away the root at r0.
  const kernel = cutoffKernel({ N: 2, delta: 1, sigma: -1, profile: 'smooth' })
  const { acceleration } = pairAcceleration(2, kernel)
  const stepper = particleStepper(fallThroughCutoff(0.5).at(0), { acceleration, T: 1, steps: 4096, scheme: 'yoshida6' })
  stepper.advanceSync(4096)
  const r = stepper.Z.q[0]! - stepper.Z.q[1]!
  const root = (u: number): number => Math.sqrt(2 * (kernel.potential(1) - kernel.potential(1 - u * u)))
  // As u -> 0 the integrand tends to 2/sqrt(2 |V'(1)|) = sqrt 2.
  const { value } = integrate(u => (u < 1e-6 ? Math.SQRT2 : (2 * u) / root(u)), 0, Math.sqrt(1 - r), {
    breaks: [Math.SQRT1_2],
  })
  expect(Math.abs(value - 1)).toBeLessThan(1e-9)
})

test('bad step counts are refused', () => {
  expect(() => convergenceOrders({ steps: [16, 0] })).toThrow(/steps\[1\] must be an integer in \[1, 10000000\], got 0/)
})
