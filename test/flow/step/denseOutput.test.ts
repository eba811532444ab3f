import { expect, test } from 'vitest'
import { configuration } from '../../../src/base/configuration.js'
import { logLogSlope } from '../../../src/base/statistics/statistics.js'
import { ellipticOrbit, fallThroughCutoff } from '../../../src/flow/micro/exactOrbits.js'
import { maximumDifference } from '../../../src/flow/micro/invariants.js'
import { microscopicFlow } from '../../../src/flow/micro/microscopicFlow.js'
import { pairAcceleration } from '../../../src/flow/micro/pairAcceleration.js'
import { hermiteState, type Knot, stateAt } from '../../../src/flow/step/denseOutput.js'
import { coulombKernel } from '../../../src/interaction/coulombKernel.js'
import { cutoffKernel } from '../../../src/interaction/cutoffKernel.js'
import type { Kernel } from '../../../src/interaction/kernel.js'

type Orbit = { at(t: number): Knot['Z'] }

function knot(orbit: Orbit, kernel: Kernel, t: number): Knot {
  const Z = orbit.at(t)
  const force = new Float64Array(Z.q.length)
  pairAcceleration(2, kernel).acceleration(t, Z.q, force)
  return { t, Z, force }
}

/** Slopes of the error of q and p in between knots against their distance, around t. */
function slopes(orbit: Orbit, kernel: Kernel, t: number): [q: number, p: number] {
  const widths = [0.2, 0.1, 0.05, 0.025]
  const errors = widths.map(h => {
    const [before, after] = [knot(orbit, kernel, t - h / 2), knot(orbit, kernel, t + h / 2)]
    let [q, p] = [0, 0]
    for (let k = 1; k < 20; k++) {
      const s = t - h / 2 + (h * k) / 20
      const state = hermiteState(before, after, s, configuration(2))
      q = Math.max(q, maximumDifference(state.q, orbit.at(s).q))
      p = Math.max(p, maximumDifference(state.p, orbit.at(s).p))
    }
    return [q, p] as const
  })
  const slope = (c: 0 | 1): number =>
    logLogSlope(
      widths,
      errors.map(e => e[c]),
    ).slope
  return [slope(0), slope(1)]
}

test('dense output has order 4 along a smooth orbit, and 3 and 2 across the corner of the kernel (4)', () => {
  // Widths from 0.2 down: the next order changes the slope by some per cent.
  const smooth = slopes(ellipticOrbit(0.5), coulombKernel({ sigma: -1 }), 1)
  expect(Math.abs(smooth[0] - 4)).toBeLessThan(0.2)
  expect(Math.abs(smooth[1] - 4)).toBeLessThan(0.2)
  const fall = fallThroughCutoff(0.5)
  const corner = slopes(fall, cutoffKernel({ N: 2, delta: 1, sigma: -1 }), fall.entry)
  expect(Math.abs(corner[0] - 3)).toBeLessThan(0.2)
  expect(Math.abs(corner[1] - 2)).toBeLessThan(0.2)
})

test('at the knots it is the knots to the bit, backwards too', () => {
  const orbit = ellipticOrbit(0.3)
  const kernel = coulombKernel({ sigma: -1 })
  const [a, b] = [knot(orbit, kernel, 0.3), knot(orbit, kernel, 0.45)]
  for (const [before, after] of [
    [a, b],
    [b, a],
  ] as const) {
    expect(hermiteState(before, after, 0.3, configuration(2))).toEqual(a.Z)
    expect(hermiteState(before, after, 0.45, configuration(2))).toEqual(b.Z)
  }
  expect(() => hermiteState(a, b, 0.5, configuration(2))).toThrow(/t must be a number in \[0.3, 0.45\], got 0.5/)
  expect(() => hermiteState(a, a, 0.3, configuration(2))).toThrow(/different times/)
  expect(() => hermiteState(a, b, 0.4, configuration(3))).toThrow(/out.q must have length 6, got 9/)
})

test('between the records of a run it is the state of the run', async () => {
  const orbit = ellipticOrbit(0.3)
  const options = { T: 1, steps: 200, outputs: 40, scheme: 'yoshida6', measure: 'nothing' } as const
  const run = await microscopicFlow(orbit.at(0), coulombKernel({ sigma: -1 }), { ...options, keep: 'knots' })
  for (const t of [0, 0.013, 0.5, 0.71, 1]) {
    // h^4/384 times a fourth derivative of at most 100, h = 1/40.
    expect(maximumDifference(stateAt(run.records, t, configuration(2)).q, orbit.at(t).q)).toBeLessThan(1e-7)
  }
  expect(() => stateAt(run.records, 1.1, configuration(2))).toThrow(/t must be a number in \[0, 1\]/)
  expect(() => stateAt(run.records.slice(0, 1), 0, configuration(2))).toThrow(/at least 2 knots, got 1/)
  const states = await microscopicFlow(orbit.at(0), coulombKernel({ sigma: -1 }), options)
  expect(() => stateAt(states.records, 0.5, configuration(2))).toThrow(/records must be knots/)
})
