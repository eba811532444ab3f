import { describe, expect, test } from 'vitest'
import { clopperPearson } from '../../src/base/statistics/clopperPearson.js'
import type { PointSummary, SlopeSummary } from '../../src/ensemble/store/ensembleSummary.js'
import { deviationScalingFigure, fluctuationExponent } from '../../src/figures/section4/deviationScalingFigure.js'
import { probabilityCurveFigure } from '../../src/figures/section4/probabilityCurveFigure.js'
import type { Figure } from '../../src/figures/theme/figure.js'

const NUMBERS = [16, 64, 256]
const estimate = (value: number) => ({
  value,
  low: 0.9 * value,
  high: 1.1 * value,
  kind: 'confidence' as const,
  level: 0.95,
  method: 'made up',
})

/** sup = 0.8 N^-0.4 exactly, and k of 50 events. */
const points: PointSummary[] = [0.2, 0.3].flatMap(delta =>
  NUMBERS.flatMap((N, k) =>
    [1, 2].map(t => ({
      law: 'gaussian',
      N,
      delta,
      sigma: 1,
      t,
      replicates: 50,
      complete: true,
      outside: clopperPearson(k * t, 50),
      means: { sup: estimate(0.8 * N ** -0.4) },
    })),
  ),
)
const slopes: SlopeSummary[] = [0.2, 0.3].map(delta => ({
  law: 'gaussian',
  delta,
  sigma: 1,
  t: 1,
  column: 'sup',
  slope: estimate(-0.4),
}))
const trace = (figure: Figure, name: RegExp, k = 0) => figure.data.filter(({ name: of }) => name.test(String(of)))[k]!
const y = (of: ReturnType<typeof trace>): number[] => of.y as number[]

describe('the probability curve', () => {
  const figure = probabilityCurveFigure({ points, seed: 's' })

  test('shows every frequency with its Clopper-Pearson band, one panel for each time and one curve for each delta', () => {
    expect(Object.keys(figure.layout).filter(key => /^xaxis/.test(key))).toHaveLength(2)
    expect(y(trace(figure, /δ = 0.2/))).toEqual([0, 1 / 50, 2 / 50])
    expect(y(trace(figure, /δ = 0.3/, 1))).toEqual([0, 2 / 50, 4 / 50])
    const band = figure.data.filter(({ fill }) => fill === 'tonexty')
    expect(band).toHaveLength(4)
    // No event in 50: the rule of three says that up to about 3.7/50 is possible.
    expect(y(band[0]!)[0]).toBeCloseTo(1 - 0.025 ** (1 / 50), 12)
  })

  test('leaves out points without a cut-off and refuses to mix laws or signs', () => {
    const { outside: _, ...bare } = { ...points[0]!, delta: 'Infinity' as const }
    expect(probabilityCurveFigure({ points: [...points, bare], seed: 's' }).table).toEqual(figure.table)
    const attractive = { ...points[0]!, sigma: -1 }
    expect(() => probabilityCurveFigure({ points: [...points, attractive], seed: 's' })).toThrow('one sigma')
    expect(() => probabilityCurveFigure({ points: [bare], seed: 's' })).toThrow('got none')
  })

  test('is plain JSON whose table has columns of one length', () => {
    expect(JSON.parse(JSON.stringify(figure))).toEqual(figure)
    expect(new Set(Object.values(figure.table).map(column => column.length)).size).toBe(1)
  })
})

describe('the scaling of the deviation', () => {
  const figure = deviationScalingFigure({ points, slopes, t: 1, seed: 's' })

  test('has the fitted power through the points, the predicted one through the last, and the radius of the theorem', () => {
    const mean = NUMBERS.map(N => 0.8 * N ** -0.4)
    for (const [k, value] of y(trace(figure, /fitted/)).entries()) expect(value).toBeCloseTo(mean[k]!, 12)
    const predicted = y(trace(figure, /predicted/))
    expect(predicted[2]).toBeCloseTo(mean[2]!, 12)
    // delta = 0.2: -(1 - 0.2)/2 = -0.4, from 256 to 16 a factor 16^0.4.
    expect(predicted[0]! / predicted[2]!).toBeCloseTo(16 ** 0.4, 10)
    expect(y(trace(figure, /Theorem 4.2/, 1))).toEqual(NUMBERS.map(N => N ** -0.3))
  })

  test('says the fitted exponent with its interval above each panel', () => {
    expect(JSON.stringify(figure.layout.annotations)).toMatch(/δ = 0.2<br>exponent −0.40<br>\[/)
  })

  test('draws no radius without a cut-off, and takes another prediction', () => {
    const bare = points.map(point => ({ ...point, delta: 'Infinity' as const }))
    const predicted = { exponent: () => 0, name: 'constant' }
    const other = deviationScalingFigure({ points: bare, slopes: [], t: 1, predicted, seed: 's' })
    expect(other.data.some(({ name }) => /Theorem/.test(String(name)))).toBe(false)
    expect(new Set(y(trace(other, /predicted: constant/))).size).toBe(1)
    expect(JSON.parse(JSON.stringify(other))).toEqual(other)
  })

  test('refuses a time that was not recorded', () => {
    expect(() => deviationScalingFigure({ points, slopes, t: 5, seed: 's' })).toThrow('t = 5')
  })
})

test('the exponent of the fluctuation stays at that of the nearest neighbours beyond delta = 1/3', () => {
  expect(fluctuationExponent(0)).toBe(-0.5)
  expect(fluctuationExponent(1 / 3)).toBeCloseTo(-1 / 3, 15)
  expect(fluctuationExponent(Number.POSITIVE_INFINITY)).toBeCloseTo(-1 / 3, 15)
})
