import { afterAll, describe, expect, test } from 'vitest'
import { bulkStream } from '../../src/base/bulkStream.js'
import { drawState } from '../../src/base/rare/stateLaw.js'
import { system } from '../../src/flow/coupled/system.js'
import { radialField } from '../../src/flow/field/radial/radialField.js'
import { closeForcePool } from '../../src/forces/forcePool.js'
import { gaussianLaw } from '../../src/law/gaussianLaw.js'
import { deviationScore } from '../../src/rare/deviationScore.js'
import { portrait } from '../../src/rare/portrait.js'
import { preciseScore } from '../../src/rare/preciseScore.js'
import { runTail, type TailCheckpoint, type TailRecord } from '../../src/rare/runTail.js'
import { tailCurve } from '../../src/rare/tailCurve.js'
import { parseTailPlan, tailCells } from '../../src/rare/tailPlan.js'

afterAll(closeForcePool)

const group = { N: [8, 12], delta: [0.2], factors: [1, 1.3], population: 100, runs: 16, movesPerLevel: 4 }
const small = { name: 'small', kind: 'tail', seed: 'tail', steps: 6, portraits: 1, groups: [group] }

describe('a plan of rare events', () => {
  test('has its defaults, and its cells in order', () => {
    const plan = parseTailPlan({
      name: 'a',
      kind: 'tail',
      seed: '1',
      groups: [{ N: [16, 32], delta: [0.2, 0.25], factors: [1] }],
    })
    expect(plan).toMatchObject({ law: 'gaussian', sigma: 1, T: 1, steps: 20, groups: [{ population: 1000, runs: 16 }] })
    expect(tailCells(plan).map(({ N, delta }) => [N, delta])).toEqual([
      [16, 0.2],
      [32, 0.2],
      [16, 0.25],
      [32, 0.25],
    ])
  })

  test.each<[string, object, RegExp]>([
    ['a small population', { groups: [{ ...group, population: 50 }] }, /groups\.0\.population: .*>=100, got 50/],
    ['factors that fall', { groups: [{ ...group, factors: [2, 1] }] }, /groups\.0\.factors: must ascend, got 2, 1/],
    ['a cell twice', { groups: [group, group] }, /N = 8, delta = 0\.2 stands twice/],
    ['many particles', { groups: [{ ...group, N: [5000] }] }, /groups\.0\.N\.0: .*<=4096, got 5000/],
    ['a law without symmetry', { law: 'hourglass' }, /law: must be invariant under rotations, got "hourglass"/],
    ['a member that is none', { sgima: 1 }, /Unrecognized key: "sgima"/],
    ['another kind', { kind: 'coupled' }, /kind: .*"tail", got "coupled"/],
  ])('is refused with %s', (_, wrong, message) => {
    expect(() => parseTailPlan({ ...small, ...wrong })).toThrow(message)
  })
})

describe('runTail', () => {
  const plan = parseTailPlan(small)
  const plain = (records: readonly TailRecord[]): unknown => records.map(({ seconds: _, ...rest }) => rest)

  test('finds a curve, tells its progress, and continues from what it saved to the same bits', async () => {
    const saved: string[] = []
    const seen: number[] = []
    const records = await runTail(plan, {
      onCheckpoint: save => void saved.push(JSON.stringify(save())),
      onProgress: ({ fraction }) => void seen.push(fraction),
    })
    expect(records.map(({ cell }) => cell.N)).toEqual([8, 12])
    for (const { portraits } of records) {
      expect(portraits.length).toBe(16)
      for (const { score, precise } of portraits) expect(Math.abs(precise / score - 1)).toBeLessThan(0.05)
    }
    expect(Math.max(...seen)).toBeLessThanOrEqual(1)
    const { points, exponents } = tailCurve(plan, records)
    expect(points.map(({ N, factor }) => [N, factor])).toEqual([
      [8, 1],
      [8, 1.3],
      [12, 1],
      [12, 1.3],
    ])
    for (const { value } of points) expect(value > 0 && value < 0.1).toBe(true)
    expect(points[1]!.value).toBeLessThan(points[0]!.value)
    expect(exponents.every(({ exponent }) => exponent.low < exponent.value && exponent.value < exponent.high)).toBe(
      true,
    )
    for (const at of [Math.floor(saved.length / 3), saved.length - 2]) {
      const checkpoint = JSON.parse(saved[at]!) as TailCheckpoint
      expect(plain(await runTail(plan, { checkpoint }))).toEqual(plain(records))
    }
  })

  test('stops at a signal', async () => {
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(runTail(plan, { signal })).rejects.toThrow('enough')
  })
})

describe('the exponent of a curve', () => {
  // Records whose probabilities are N^-3 exactly up to a spread that is known.
  const record = (N: number): TailRecord => ({
    cell: { ...group, N, delta: 0.2, factors: [1], population: 1000 },
    schedule: { levels: [1, 2, 3, 4, 5, 6].map(k => (k / 6) * N ** -0.2), steps: Array(5).fill([0.1]) },
    runs: Array.from({ length: 16 }, (_, r) => ({
      p: [N ** -3 * Math.exp(r % 2 === 0 ? 0.3 : -0.3)],
      ancestors: [40],
      reached: Array(6).fill(1000 / Math.sqrt(N)),
      acceptance: Array(5).fill(0.3),
      scores: 500,
    })),
    ...{ pilotScores: 500, portraits: [], fieldError: 0, seconds: 1 },
  })
  const plan = parseTailPlan({ ...small, groups: [{ ...group, N: [16, 64], factors: [1] }] })

  test('is that of the power law, with the errors of both ends', () => {
    const { exponents } = tailCurve(plan, [record(16), record(64)])
    expect(exponents.length).toBe(1)
    const { exponent, from, to } = exponents[0]!
    expect([from, to]).toEqual([16, 64])
    expect(exponent.value).toBeCloseTo(3, 12)
    // s^2 = 0.09 * 16/15; each end has t_15 sqrt(s^2/16 + s^4/30), and the ends add as squares.
    const s2 = (0.09 * 16) / 15
    const half = (Math.SQRT2 * 2.13145 * Math.sqrt(s2 / 16 + s2 ** 2 / 30)) / Math.log(4)
    expect((exponent.high - exponent.low) / 2).toBeCloseTo(half, 3)
  })

  test('comes with what half the step changes: a tenth in S is a tenth of the slope in ln P', () => {
    // P = L^-20 between the two thresholds.
    const runs = record(16).runs.map(run => ({ ...run, p: [1e-2, 1e-2 * 1.5 ** -20], ancestors: [40, 40] }))
    const portraits = [1, 2, 4].map(score => ({
      ...({} as TailRecord['portraits'][number]),
      score,
      precise: 1.01 * score,
    }))
    const cell = { ...record(16).cell, factors: [1, 1.5] }
    const { rechecks } = tailCurve(plan, [{ ...record(16), cell, runs, portraits }])
    expect(rechecks[0]).toMatchObject({ N: 16, delta: 0.2, states: 3 })
    expect(rechecks[0]!.rms).toBeCloseTo(0.01, 12)
    expect(rechecks[0]!.shift).toBeCloseTo(0.2, 12)
  })

  test('is not given from an end without an interval', () => {
    const few = { ...record(64), runs: record(64).runs.slice(0, 8) }
    expect(tailCurve(plan, [record(16), few]).exponents).toEqual([])
  })
})

describe('a state in double precision', () => {
  const of = system({ law: gaussianLaw(), N: 24, delta: 0.2, T: 1, seed: 1 })
  const field = radialField({ law: of.law, kernel: of.kernel, T: 1, tolerance: 1e-4 })
  const S = deviationScore(of, field)
  const state = new Float64Array(144)
  drawState(S.law, state, bulkStream('precise'))

  test('has the score of the fast loop at the same step', () => {
    const { value, step, position, momentum } = preciseScore(of, field, { N: 24, d: 3, ...S.configuration(state) }, 20)
    expect(Math.abs(S.score(state) / value - 1)).toBeLessThan(1e-5)
    expect(S.maximum()).toMatchObject({ step, position, momentum })
  })

  test('is portrayed with impulses that add up to those of its neighbours', () => {
    const found = portrait(of, field, S, state, 'other')
    const { impulse, baseline, q, p, half, largest, oneParticle } = found
    expect(impulse.length).toBe(5)
    expect(impulse).not.toEqual(baseline)
    expect(q > 0 && p > 0 && half >= 1 && half <= 23).toBe(true)
    expect(largest).toBeLessThan(2)
    expect([0, 1]).toContain(oneParticle)
    // All impulse is what moved the momentum: with the mean field's taken away it is the deviation of the momentum.
    const seen = preciseScore(of, field, { N: 24, d: 3, ...S.configuration(state) }, 40)
    expect(found.precise).toBeCloseTo(seen.value, 5)
    const [hot, axis] = [seen.momentum % 24, Math.floor(seen.momentum / 24)]
    const h = 1 / 40
    const speed = (n: number): number =>
      (seen.paths[n + 1]![axis * 24 + hot]! - seen.paths[n - 1]![axis * 24 + hot]!) / (2 * h)
    const last = Math.min(seen.step, 39)
    if (last === seen.step) {
      const total = impulse.reduce((sum, x) => sum + x, 0)
      const start = state[(3 + axis) * 24 + hot]!
      expect(total).toBeCloseTo(seen.sign * (speed(last) - start), 2)
    }
  })
})
