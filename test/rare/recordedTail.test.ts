import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readTailFile, recordedTail, recordedTails } from '../../src/ensemble/store/tailFile.js'
import { tailCurve } from '../../src/rare/tailCurve.js'
import { parseTailPlan, tailCells, tailThresholds } from '../../src/rare/tailPlan.js'
import { root } from '../support/capabilities.js'
import { givesFirstRunsAgain, isLong } from './sampledAgain.js'

/**
 * The cells without an interval, and what half the step changes at most in S and in ln P, as docs/rare-events.md says.
 */
const FILES = {
  '': { refused: [], change: 1e-3, shifted: 0.02 },
  '.attraction': { refused: [], change: 1.2e-3, shifted: 0.025 },
  '.deltas': {
    refused: [
      [128, 0.15, 1.25],
      [128, 0.15, 1.5],
    ],
    change: 1.4e-3,
    shifted: 0.02,
  },
  '.deltas.attraction': { refused: [[128, 0.15, 1.5]], change: 1.8e-3, shifted: 0.03 },
  '.large': {
    refused: [[256, 0.25, 2.25]],
    change: 2.8e-3,
    shifted: 0.03,
  },
  '.deviation': { refused: [], change: 1e-3, shifted: 0.02 },
  '.deviation.attraction': { refused: [], change: 1.6e-3, shifted: 0.03 },
  '.deviation.long': { refused: [], change: 1e-3, shifted: 0.01 },
  '.deviation.long.attraction': { refused: [], change: 1e-3, shifted: 0.01 },
  '.long': { refused: [], change: 1.3e-3, shifted: 0.01 },
  '.plummer': { refused: [], change: 5e-4, shifted: 0.01 },
  '.plummer.attraction': { refused: [], change: 1e-3, shifted: 0.02 },
  '.uniform-ball': { refused: [[128, 0.2, 3.25]], change: 5e-4, shifted: 0.01 },
  '.uniform-ball.attraction': { refused: [], change: 1.4e-3, shifted: 0.025 },
  '.long.attraction': { refused: [], change: 1.1e-3, shifted: 0.01 },
} as const

const stored = Object.entries(FILES).map(([name, known]) => {
  const file = `theorem-4-2.tail${name}.json`
  const { plan, records } = readTailFile(join(root, 'data/rare', file))
  return { name, file, ...known, plan, records, ...tailCurve(plan, records) }
})

test('every stored tail is one of these', () => {
  expect(recordedTails().map(({ plan }) => plan.name)).toEqual(
    [...stored].sort((a, b) => (a.file < b.file ? -1 : 1)).map(({ plan }) => plan.name),
  )
})

describe.each(stored)(
  'the recorded tail of Theorem 4.2, $file',
  ({ plan, records, points, exponents, rechecks, file, refused, change, shifted }) => {
    test('is that of the plan that lies beside it, to the end', () => {
      const planned = parseTailPlan(JSON.parse(readFileSync(join(root, 'data/plans', file), 'utf8')))
      expect(plan).toEqual(planned)
      expect(records.map(({ cell }) => cell)).toEqual(tailCells(plan))
    })

    if (!isLong({ records })) {
      test('is what the first runs of its first cell give again, bit for bit', () =>
        givesFirstRunsAgain({ plan, records }))
    }

    test('has intervals but where the document says that there is none, and small errors of the steps', () => {
      const without = points.filter(({ estimate }) => estimate === undefined)
      expect(without.map(({ N, delta, factor }) => [N, delta, factor])).toEqual(refused)
      for (const point of without) expect(point.refused.join()).toMatch(/ancestors|moves in the mean/)
      for (const { rms, shift } of rechecks) {
        expect(rms).toBeLessThan(change)
        // One threshold has no slope.
        expect(Math.abs(Number.isNaN(shift) ? 0 : shift)).toBeLessThan(shifted)
      }
    })

    test('has a mean field whose error is far below the lowest threshold', () => {
      for (const { cell, fieldError } of records) {
        // An error e of the force is e T of momentum and e T^2/2 of position.
        const size = fieldError * plan.T * (1 + (Math.sqrt(Math.log(cell.N)) * plan.T) / 2)
        expect(size).toBeLessThan(1e-3 * tailThresholds(cell)[0]!)
      }
    })

    test('has an exponent that grows with N in every curve, over two steps by more than the intervals', () => {
      const names = [...new Set(exponents.map(({ delta, factor }) => `${delta} ${factor}`))]
      expect(names.length > 5 || file.includes('large')).toBe(true)
      for (const name of names) {
        const own = exponents.filter(({ delta, factor }) => `${delta} ${factor}` === name)
        const curve = own.sort((a, b) => a.from - b.from)
        const values = curve.map(({ exponent }) => exponent.value)
        expect(values).toEqual([...values].sort((a, b) => a - b))
        for (let k = 2; k < curve.length; k++) {
          expect(curve[k]!.exponent.low).toBeGreaterThan(curve[k - 2]!.exponent.high)
        }
      }
    })
  },
)

test('where the force repels, the exponent grows by more than the intervals at every single step', () => {
  const [{ exponents }] = stored as [(typeof stored)[0]]
  for (const { delta, factor, from, exponent } of exponents) {
    const next = exponents.find(e => e.delta === delta && e.factor === factor && e.from === 2 * from)
    if (next !== undefined) expect(next.exponent.low).toBeGreaterThan(exponent.high)
  }
})

test.each(['repulsion', 'attraction'] as const)(
  'event (30) to time 2, %s: the exponent grows by more than the intervals at every single step, and P is larger than to time 1',
  force => {
    const own = recordedTail(force, { event: 'deviation', T: 2 })
    const { exponents, points } = tailCurve(own.plan, own.records)
    expect(exponents).not.toHaveLength(0)
    for (const { delta, factor, from, exponent } of exponents) {
      const next = exponents.find(e => e.delta === delta && e.factor === factor && e.from === 2 * from)
      if (next !== undefined) expect(next.exponent.low).toBeGreaterThan(exponent.high)
    }
    // The event to time 1 is a part of it, and that of Delta to time 2 contains it.
    const before = recordedTail(force, { event: 'deviation' })
    const around = recordedTail(force, { T: 2 })
    const compared = [before, around].map(({ plan, records }) => tailCurve(plan, records).points)
    const seen = [0, 0]
    for (const { N, delta, factor, estimate } of points) {
      const [earlier, larger] = compared.map(
        all => all.find(point => point.N === N && point.delta === delta && point.factor === factor)?.estimate,
      )
      if (earlier !== undefined && ++seen[0]!) expect(earlier.high).toBeLessThan(estimate!.low)
      if (larger !== undefined && ++seen[1]!) expect(larger.low).toBeGreaterThan(estimate!.high)
    }
    expect(seen.every(count => count > 5)).toBe(true)
  },
)

test('tails of one event are told as one: all cut-offs, and event (30) beside Delta; other laws stand apart', () => {
  const deltas = (tail: ReturnType<typeof recordedTail>): number[] =>
    [...new Set(tail.records.map(({ cell }) => cell.delta))].sort((a, b) => a - b)
  expect(deltas(recordedTail())).toEqual([0.15, 0.2, 0.25, 0.3])
  const own = recordedTail('repulsion', { event: 'deviation' })
  expect(deltas(own)).toEqual([0.2, 0.25, 0.3])
  // |Psi - Phi|_inf is at most Delta, so that its event is the rarer one at every N.
  const Delta = tailCurve(recordedTail().plan, recordedTail().records)
  for (const { N, delta, factor, estimate } of tailCurve(own.plan, own.records).points) {
    const other = Delta.points.find(point => point.N === N && point.delta === delta && point.factor === factor)
    if (estimate !== undefined && other?.estimate !== undefined) expect(estimate.high).toBeLessThan(other.estimate.low)
  }
  for (const law of ['uniform-ball', 'plummer']) {
    expect(recordedTail('attraction', { law }).plan).toMatchObject({ law, sigma: -1, T: 1, event: 'Delta' })
    expect(() => recordedTail('repulsion', { law, T: 2 })).toThrow(/got repulsion, 2, Delta, /)
  }
  expect(() => recordedTail('repulsion', { law: 'ball' })).toThrow(/law must be one of/)
  expect(() => recordedTail('repulsion', { T: 3 })).toThrow(/T, event and law must be those of a recorded tail/)
  expect(() => recordedTail('none' as never)).toThrow(/force must be/)
})

test('beyond N = 128 the exponent grows at every step for delta = 0.2; at 0.25 and c = 1 it rests before it does', () => {
  const { plan, records } = recordedTail()
  const { exponents } = tailCurve(plan, records)
  const along = (delta: number, factor: number): typeof exponents =>
    exponents.filter(e => e.delta === delta && e.factor === factor).sort((a, b) => a.from - b.from)
  for (const factor of [1, 1.28]) {
    const curve = along(0.2, factor)
    expect(curve.map(({ to }) => to)).toEqual([32, 64, 128, 256, 512])
    for (const [k, { exponent }] of curve.entries()) {
      if (k > 0) expect(exponent.low).toBeGreaterThan(curve[k - 1]!.exponent.high)
    }
  }
  const steps = along(0.25, 1)
  expect(steps.map(({ to }) => to)).toEqual([32, 64, 128, 256, 512, 1024])
  const [, , earlier, later] = steps
  expect(later!.exponent.low).toBeLessThan(earlier!.exponent.value)
  expect(later!.exponent.high).toBeGreaterThan(earlier!.exponent.value)
  for (const factor of [1, 1.25]) {
    const curve = along(0.25, factor)
    const before = Math.max(...curve.filter(({ from }) => from < 256).map(({ exponent }) => exponent.high))
    const after = curve.filter(({ from }) => from >= 256)
    expect(after.length).toBeGreaterThan(0)
    for (const { exponent } of after) expect(exponent.low).toBeGreaterThan(before)
  }
})
