import { describe, expect, test } from 'vitest'
import { integrate } from '../../src/base/numerics/quadrature.js'
import { randomStream } from '../../src/base/random.js'
import { potentialSums } from '../../src/forces/pairSums.js'
import { customKernel } from '../../src/interaction/customKernel.js'
import { POTENTIAL_ERROR } from '../../src/interaction/tabulatedPotential.js'
import { gaussianLaw } from '../../src/law/gaussianLaw.js'

/** Radii at all places of the panels, not at their ends alone. */
const radii = Array.from({ length: 4000 }, (_, i) => 10 ** (-6 + (i * 8.017) / 4000))

/** The largest error relative to |V| + r g, which the table states. */
function worst(V: (r: number) => number, exactly: (r: number) => number, g: (r: number) => number): number {
  return Math.max(
    ...radii.map(r => Math.abs(V(r) - exactly(r)) / (Math.abs(exactly(r)) + r * g(r))).filter(x => !Number.isNaN(x)),
  )
}

describe('the potential from the magnitude alone is within its stated error at every radius', () => {
  test('Yukawa, against its closed form', () => {
    const magnitude = (r: number): number => ((1 + r) * Math.exp(-r)) / r ** 2
    const { potential } = customKernel({ name: 'yukawa', magnitude })
    expect(worst(potential, r => Math.exp(-r) / r, magnitude)).toBeLessThan(POTENTIAL_ERROR)
    expect(POTENTIAL_ERROR).toBe(1e-12)
  })

  test('alpha below 1, where V has a zero', () => {
    const magnitude = (r: number): number => 1 / Math.sqrt(1 + r)
    const { potential } = customKernel({ name: 'slow', magnitude, alpha: 0.5 })
    const closed = (r: number): number => (2 * (1 - r)) / (Math.SQRT2 + Math.sqrt(1 + r))
    expect(worst(potential, closed, magnitude)).toBeLessThan(POTENTIAL_ERROR)
  })

  test('a corner and a jump that no break tells', () => {
    const corner = (r: number): number => (r < 0.7 ? r : r < 1 ? 0.7 : 0.7 * r ** -2)
    const closedCorner = (r: number): number =>
      r >= 1 ? 0.7 / r : r >= 0.7 ? 0.7 + 0.7 * (1 - r) : 0.7 + 0.7 * 0.3 + 0.5 * (0.49 - r * r)
    expect(worst(customKernel({ name: 'corner', magnitude: corner }).potential, closedCorner, corner)).toBeLessThan(
      1e-11,
    )
    const jump = (r: number): number => (r < 0.7 ? 1 : r ** -2)
    const closedJump = (r: number): number => (r >= 0.7 ? 1 / r : 1 / 0.7 + 0.7 - r)
    expect(worst(customKernel({ name: 'jump', magnitude: jump }).potential, closedJump, jump)).toBeLessThan(1e-11)
  })
})

describe('sums over pairs ask for the magnitude less often than there are pairs', () => {
  const N = 1000
  const { q } = gaussianLaw().sample(N, randomStream('tabulated'))
  const counted = (g: (r: number) => number): { calls: () => number; sums: () => Float64Array } => {
    let calls = 0
    const magnitude = (r: number): number => {
      calls++
      return g(r)
    }
    const kernel = customKernel({ name: 'counted', magnitude })
    calls = 0
    return { calls: () => calls, sums: () => potentialSums(q, kernel) }
  }

  test('a smooth one, and no more the second time', () => {
    const { calls, sums } = counted(r => ((1 + r) * Math.exp(-r)) / r ** 2)
    const first = sums()
    // A quadrature a pair would ask 15 times for each of 10^6.
    expect(calls()).toBeLessThan(0.05 * N * N)
    const once = calls()
    expect(sums()).toEqual(first)
    // Whether V(0) is infinite is asked each time.
    expect(calls()).toBeLessThan(once + 10)
    // One particle against quadratures of the closed form.
    let sum = 0
    for (let j = 1; j < N; j++) {
      const r = Math.hypot(q[0]! - q[j]!, q[N]! - q[N + j]!, q[2 * N]! - q[2 * N + j]!)
      sum += Math.exp(-r) / r / N
    }
    expect(first[0]! / sum).toBeCloseTo(1, 9)
  })

  test('one with a jump that no break tells, which no compiled table holds', () => {
    const g = (r: number): number => (r < 0.7 ? 1 : r ** -2)
    const { calls, sums } = counted(g)
    const found = sums()
    expect(calls()).toBeLessThan(0.1 * N * N)
    const before = calls()
    sums()
    // A few pairs at the jump itself are left to the quadrature.
    expect(calls() - before).toBeLessThan(0.1 * N * N)
    let sum = 0
    for (let j = 1; j < N; j++) {
      const r = Math.hypot(q[0]! - q[j]!, q[N]! - q[N + j]!, q[2 * N]! - q[2 * N + j]!)
      sum += integrate(g, r, 1000, { breaks: [0.7] }).value / N + 1e-3 / N
    }
    expect(found[0]! / sum).toBeCloseTo(1, 9)
  })
})
