import { describe, expect, test } from 'vitest'
import { logLogSlope } from '../../../src/base/statistics/statistics.js'
import { type Acceleration, particleStepper } from '../../../src/flow/step/particleStepper.js'
import { type SchemeName, stageOffsets, symplecticScheme } from '../../../src/flow/step/symplecticScheme.js'

const NAMES: readonly SchemeName[] = ['leapfrog', 'yoshida4', 'suzuki4', 'yoshida6']
const sum = (x: ArrayLike<number>): number => Array.from(x).reduce((a, b) => a + b, 0)

describe.each(NAMES)('the coefficients of %s', name => {
  const scheme = symplecticScheme(name)
  const { drifts, kicks, order } = scheme

  test('sum to 1 and read the same from both ends, which is what makes the step reversible', () => {
    // Sums of at most 8 numbers below 3: rounding below 1e-14.
    expect(Math.abs(sum(drifts) - 1)).toBeLessThan(1e-14)
    expect(Math.abs(sum(kicks) - 1)).toBeLessThan(1e-14)
    expect([...drifts].reverse()).toEqual(drifts)
    for (const [s, kick] of kicks.entries()) expect(Math.abs(kick - kicks[kicks.length - 1 - s]!)).toBeLessThan(1e-15)
  })

  test('meet the conditions sum w^(2k+1) = 0 up to their order and fail the next one', () => {
    // A palindrome of leapfrog steps of weights w has even order; order 4 needs sum w^3 = 0, order 6 also sum w^5 = 0.
    const power = (k: number): number => Math.abs(sum(drifts.map(w => w ** k)))
    if (order >= 4) expect(power(3)).toBeLessThan(1e-13)
    if (order >= 6) expect(power(5)).toBeLessThan(1e-13)
    if (order < 6) expect(power(order + 1)).toBeGreaterThan(0.01)
  })

  test('give the same stage times as the running sum of the drifts, the last one exactly 1', () => {
    const offsets = stageOffsets(scheme)
    expect(offsets[offsets.length - 1]).toBe(1)
    for (let s = 0; s < drifts.length; s++) expect(offsets[s]).toBeCloseTo(sum(drifts.slice(0, s + 1)), 13)
    const inside = offsets.every(c => c >= 0 && c <= 1)
    expect(inside).toBe(name === 'leapfrog' || name === 'suzuki4')
  })
})

/** Error at the end of q'' = F(t, q) with a known solution, for several numbers of steps. */
function slope(scheme: SchemeName, acceleration: Acceleration, end: readonly [q: number, p: number]): number {
  // From here down to where rounding would show.
  const counts = scheme === 'yoshida6' ? [16, 24, 32] : [32, 64, 128]
  const errors = counts.map(steps => {
    const Z = { N: 1, d: 1, q: Float64Array.of(1), p: Float64Array.of(0) }
    const stepper = particleStepper(Z, { acceleration, T: 3, steps, scheme })
    stepper.advanceSync(steps)
    return Math.hypot(stepper.Z.q[0]! - end[0], stepper.Z.p[0]! - end[1])
  })
  return logLogSlope(
    counts.map(n => 1 / n),
    errors,
  ).slope
}

describe('orders of convergence', () => {
  const oscillator: Acceleration = (_t, q, out) => {
    out[0] = -q[0]!
  }
  // q'' = -q + cos 2t, q(0) = 1, q'(0) = 0 has the solution q = (4 cos t - cos 2t)/3.
  const driven: Acceleration = (t, q, out) => {
    out[0] = -q[0]! + Math.cos(2 * t)
  }
  const { cos, sin } = Math

  // Neighbouring step counts differ by 1.5 or 2, the next term of the error is smaller by (3/16)^2: 0.1 is several of
  // these.
  test.each(NAMES)('%s has its order on the harmonic oscillator', name => {
    expect(Math.abs(slope(name, oscillator, [cos(3), -sin(3)]) - symplecticScheme(name).order)).toBeLessThan(0.1)
  })

  test.each(NAMES)('%s has its order for a force that depends on time, at the stage times', name => {
    const end = [(4 * cos(3) - cos(6)) / 3, (-4 * sin(3) + 2 * sin(6)) / 3] as const
    expect(Math.abs(slope(name, driven, end) - symplecticScheme(name).order)).toBeLessThan(0.2)
  })

  test('control: a force taken at wrong times loses the order', () => {
    const end = [(4 * cos(3) - cos(6)) / 3, (-4 * sin(3) + 2 * sin(6)) / 3] as const
    let calls = 0
    const late: Acceleration = (_t, q, out) => {
      // As if the stages of a step were evenly spaced.
      out[0] = -q[0]! + Math.cos(((2 * 3) / 64) * (calls++ / 5))
    }
    const Z = { N: 1, d: 1, q: Float64Array.of(1), p: Float64Array.of(0) }
    const run = (acceleration: Acceleration): number => {
      const stepper = particleStepper(Z, { acceleration, T: 3, steps: 64, scheme: 'suzuki4' })
      stepper.advanceSync(64)
      return Math.abs(stepper.Z.q[0]! - end[0])
    }
    expect(run(late)).toBeGreaterThan(100 * run(driven))
  })
})

test('a name that is no scheme is refused', () => {
  expect(() => symplecticScheme('euler' as SchemeName)).toThrow(/scheme must be one of "leapfrog"/)
})
