// Figures that the walkthrough argues with: their numbers by formulas and sums that the figures have no part in.
import { describe, expect, it } from 'vitest'
import { integrate } from '../../src/base/numerics/quadrature.js'
import { randomStream } from '../../src/base/random.js'
import { median } from '../../src/base/statistics/bootstrapSlope.js'
import { type ClumpsData, clumpsEntry, clumpsFigure } from '../../src/figures/section3/clumpsFigure.js'
import { forceDistributionEntry, forceDistributionFigure } from '../../src/figures/section7/forceDistributionFigure.js'
import { milderForceEntry, milderForceFigure } from '../../src/figures/section10/milderForceFigure.js'
import { shellForce } from '../../src/flow/field/shellForce.js'
import { cutoffKernel } from '../../src/interaction/cutoffKernel.js'
import { uniformBallLaw } from '../../src/law/uniformBallLaw.js'

describe('clumps that break (20)', () => {
  const data = clumpsEntry.data() as ClumpsData
  const figure = clumpsFigure(data)

  it('meet at the origin at t = 1, sheared by free flight', () => {
    const [, outlines] = figure.frames!.at(-1)!.data as unknown as { x: (number | null)[]; y: (number | null)[] }[]
    const [first] = figure.frames![0]!.data as unknown as { x: (number | null)[] }[]
    // The outline of clump 2 at t = 1: x - p + 2 = -2 + 2^-2 cos, p = 2 + 2^-2 sin, so that (x - p + 2)^2 + (p - 2)^2 =
    // 2^-4.
    for (const k of [1, 2, 6]) {
      for (const j of [0, 5, 17]) {
        const [x, p] = [outlines!.x[26 * (k - 1) + j]!, outlines!.y[26 * (k - 1) + j]!]
        expect(Math.hypot(x - p + k, p - k)).toBeCloseTo(2 ** -k, 12)
      }
    }
    // At the start clump 3 is at -3.
    expect(first!.x[6]).toBe(-3)
  })

  it('keep their density and make the integral grow', () => {
    const { density, integral, clumps } = figure.table as Record<string, number[]>
    // 4 pi / 3 times the geometric series of 1/8.
    expect(density!.at(-1)).toBeCloseTo(((4 * Math.PI) / 3) * (1 / 7), 12)
    expect(integral!.at(-1)! / clumps!.at(-1)!).toBeCloseTo(Math.PI / 6, 12)
    expect(integral!.at(-1)).toBeGreaterThan(100 * density!.at(-1)!)
  })
})

describe('the distribution of the deviations', () => {
  const data = forceDistributionEntry.data() as Parameters<typeof forceDistributionFigure>[0]

  it('is that of forces summed pair by pair here, minus those of shells', () => {
    const { N, replicates, above, maximum } = data.sizes[0]!
    const law = uniformBallLaw()
    const kernel = cutoffKernel({ N, delta: data.delta })
    const [a, threshold] = [N ** -data.delta, N ** (2 * data.delta - 1)]
    const step = 0.005
    const table = Array.from({ length: 202 }, (_, k) => {
      const force = shellForce(kernel, Math.max(k * step, 1e-3))
      const breaks = [k * step - a, k * step, a - k * step].filter(s => s > 0 && s < 1)
      return integrate(s => 3 * s * s * force(s), 0, 1, { breaks, tolerance: 1e-8 }).value
    })
    const mean = (r: number): number => {
      const [k, part] = [Math.floor(r / step), (r / step) % 1]
      return (1 - part) * table[k]! + part * table[k + 1]!
    }
    let count = 0
    const largest: number[] = []
    for (let replica = 0; replica < replicates; replica++) {
      const { q } = law.sample(N, randomStream({ seed: data.seed, law: law.name, N, replica }))
      const at = (i: number): number[] => [q[i]!, q[N + i]!, q[2 * N + i]!]
      let most = 0
      for (let i = 0; i < N; i++) {
        const K = [0, 0, 0]
        for (let j = 0; j < N; j++) {
          const x = at(i).map((value, c) => value - at(j)[c]!)
          const r = Math.hypot(...x)
          for (let c = 0; c < 3; c++) K[c]! += x[c]! / Math.max(r, a) ** 3 / N
        }
        const r = Math.hypot(...at(i))
        const d = Math.max(...at(i).map((value, c) => Math.abs(K[c]! - (mean(r) * value) / r)))
        if (d >= threshold) count++
        most = Math.max(most, d)
      }
      largest.push(most)
    }
    expect(Math.abs(count / 2 ** 14 - above)).toBeLessThan(3e-4)
    expect(median(largest)).toBeCloseTo(maximum, 4)
    // Newton's: well inside the ball the smeared force is that of the mass within.
    expect(mean(0.5)).toBeCloseTo(0.5, 4)
  })

  it('moves below N^-delta and not below the printed threshold', () => {
    const { table, frames, caption } = forceDistributionFigure(data)
    const column = (name: string): number[] => table[name] as number[]
    const worst = column('median of the largest')
    expect(worst.every((x, k) => x > column('N^(-1+2δ)')[k]!)).toBe(true)
    expect(worst.at(-1)! / column('N^-δ').at(-1)!).toBeLessThan(worst[0]! / column('N^-δ')[0]!)
    expect(column('above the printed threshold').at(-1)).toBeGreaterThan(column('above the printed threshold')[0]!)
    expect(worst.map((x, k) => x < column('N^-δ')[k]!)).toEqual(
      data.sizes.map(({ N }) => N >= Number(/from N = (\d+) on/.exec(caption)![1])),
    )
    expect(frames).toHaveLength(data.sizes.length)
    for (const { share } of data.sizes) expect(share.reduce((x, y) => x + y)).toBeCloseTo(1, 3)
  })

  it('refuses shares that are not one for each bin', () => {
    const spoilt = { ...data, sizes: [{ ...data.sizes[0]!, share: [1] }] }
    expect(() => forceDistributionFigure(spoilt)).toThrow(/data\.sizes\[0\]\.share/)
    expect(() => forceDistributionFigure({ ...data, sizes: [] })).toThrow(/at least one N, got none/)
  })
})

describe('where the method for milder singularities stops', () => {
  const data = milderForceEntry.data() as Parameters<typeof milderForceFigure>[0]

  it('has a fluctuation of N^-1/2, below the distance for one cut-off and above it for the other', () => {
    const [allowed, beyond] = data.cases
    for (const { rms } of data.cases) {
      const slope = Math.log(rms.at(-1)! / rms.at(-5)!) / Math.log(data.N.at(-1)! / data.N.at(-5)!)
      expect(slope).toBeCloseTo(-0.5, 3)
    }
    const last = data.N.at(-1)!
    expect(allowed!.rms.at(-1)).toBeLessThan(last ** -allowed!.delta)
    expect(beyond!.rms.at(-1)).toBeGreaterThan(last ** -beyond!.delta)
  })

  it('refuses one case, and columns that differ', () => {
    expect(() => milderForceFigure({ ...data, cases: [data.cases[0]!] })).toThrow(/2 entries, got 1/)
    expect(() => milderForceFigure({ ...data, N: [10] })).toThrow(/data\.cases\[0\]\.rms/)
  })
})
