import { expect, test } from 'vitest'
import { type BadBeginningsData, badBeginningsFigure } from '../../src/figures/section4/badBeginningsFigure.js'
import type { Portrait } from '../../src/rare/portrait.js'

const portrait = (impulse: readonly number[], baseline: readonly number[]): Portrait => ({
  ...{ score: 1, precise: 1, time: 1, oneParticle: 1, q: 0.5, p: 0.7, largest: 0.2, half: 4 },
  ...{ impulse, baseline },
})
const record = (N: number, delta: number, portraits: readonly Portrait[]) =>
  ({ cell: { N, delta }, portraits }) as unknown as BadBeginningsData['records'][number]
const none = [0, 0, 0, 0, 0]
const data = {
  records: [record(16, 0.2, [portrait([1, 2, 1, 0, 0], none), portrait([1, 2, 1, 0, 0], [1, 0, 0, 0, 0])])],
  typical: { q: [1, 2], p: [2, 1] },
  provenance: { seed: 'a' },
}

test('bars are the impulse beyond an independent cloud’s, over the whole', () => {
  const { table, data: traces } = badBeginningsFigure(data)
  expect(table.share).toEqual([1 / 8, 4 / 8, 2 / 8, 0, 0])
  expect(traces[0]).toMatchObject({ x: [1, 2], y: [2, 1] })
  expect(traces[1]).toMatchObject({ name: 'N = 16', x: [0.5, 0.5], y: [0.7, 0.7] })
})

test('records that cannot be drawn are refused', () => {
  const bad = (records: typeof data.records) => () => badBeginningsFigure({ ...data, records })
  expect(bad([])).toThrow(/data\.records must be 1 to 5, got 0/)
  expect(bad([...data.records, record(16, 0.3, [portrait(none, none)])])).toThrow(/one delta, got 2/)
  expect(bad([record(16, 0.2, [])])).toThrow(/must have portraits, got none at N = 16/)
})
