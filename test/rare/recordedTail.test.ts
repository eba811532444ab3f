import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { rareProbabilities } from '../../src/base/rare/rareProbabilities.js'
import { recordedTail } from '../../src/ensemble/store/tailFile.js'
import { system } from '../../src/flow/coupled/system.js'
import { radialField } from '../../src/flow/field/radial/radialField.js'
import { gaussianLaw } from '../../src/law/gaussianLaw.js'
import { deviationScore } from '../../src/rare/deviationScore.js'
import { tailCurve } from '../../src/rare/tailCurve.js'
import { parseTailPlan, tailCells, tailThresholds } from '../../src/rare/tailPlan.js'
import { root } from '../support/capabilities.js'

const [repulsion, attraction] = (['repulsion', 'attraction'] as const).map(force => {
  const { plan, records } = recordedTail(force)
  return { plan, records, ...tailCurve(plan, records) }
})

describe.each([
  ['repulsive', repulsion!, 'theorem-4-2.tail.json', [[256, 0.2, 1.75]], 1e-3, 0.02],
  ['attractive', attraction!, 'theorem-4-2.tail.attraction.json', [], 1.2e-3, 0.025],
] as const)(
  'the recorded tail of Theorem 4.2, %s',
  (_, { plan, records, points, exponents, rechecks }, file, refused, change, shifted) => {
    test('is that of the plan that lies beside it, to the end', () => {
      const planned = parseTailPlan(JSON.parse(readFileSync(join(root, 'data/plans', file), 'utf8')))
      expect(plan).toEqual(planned)
      expect(records.map(({ cell }) => cell)).toEqual(tailCells(plan))
    })

    test('is what the first runs of its first cell give again, bit for bit', async () => {
      const { cell, runs } = records[0]!
      const { N, delta, population, movesPerLevel } = cell
      const of = system({ law: gaussianLaw(), N, delta, sigma: plan.sigma, T: plan.T, seed: plan.seed })
      const S = deviationScore(
        of,
        radialField({ law: of.law, kernel: of.kernel, T: plan.T, tolerance: 1e-6 }),
        plan.steps,
      )
      const again = await rareProbabilities({
        ...{ law: S.law, score: S.score, thresholds: tailThresholds(cell), population, movesPerLevel },
        ...{ seed: `${plan.seed}/${plan.law}/${N}`, runs: 2 },
      })
      expect(again.runs).toEqual(runs.slice(0, 2))
    })

    test('has intervals but where the document says that there is none, and small errors of the steps', () => {
      const without = points.filter(({ estimate }) => estimate === undefined)
      expect(without.map(({ N, delta, factor }) => [N, delta, factor])).toEqual(refused)
      for (const point of without) expect(point.refused.join()).toMatch(/ancestors/)
      for (const { rms, shift } of rechecks) {
        expect(rms).toBeLessThan(change)
        expect(Math.abs(shift)).toBeLessThan(shifted)
      }
    })

    test('has an exponent that grows with N in every curve, over two steps by more than the intervals', () => {
      const names = [...new Set(exponents.map(({ delta, factor }) => `${delta} ${factor}`))]
      expect(names.length).toBe(7)
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
  for (const { delta, factor, from, exponent } of repulsion!.exponents) {
    const next = repulsion!.exponents.find(e => e.delta === delta && e.factor === factor && e.from === 2 * from)
    if (next !== undefined) expect(next.exponent.low).toBeGreaterThan(exponent.high)
  }
})
