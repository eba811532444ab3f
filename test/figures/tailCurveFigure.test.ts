import { expect, test } from 'vitest'
import { tailCurveFigure } from '../../src/figures/section4/tailCurveFigure.js'
import type { TailPoint } from '../../src/rare/tailCurve.js'

const estimate = (value: number) => ({
  ...{ value, low: value / 2, high: 2 * value },
  ...{ kind: 'confidence' as const, level: 0.95, method: 'made up' },
})
const point = (N: number, factor: number, given = true): TailPoint => ({
  ...{ N, delta: 0.2, factor, threshold: factor * N ** -0.2, value: N ** (-3 * factor) },
  ...(given ? { estimate: estimate(N ** (-3 * factor)) } : {}),
  ...{
    refused: given ? [] : ['few runs'],
    extinct: 0,
    spread: 0.3,
    leastSpread: 0.2,
    effectiveSize: 100,
    ancestors: 20,
  },
})
const points = [point(16, 1), point(64, 1), point(16, 2), point(64, 2, false)]
const exponents = [{ delta: 0.2, factor: 1, from: 16, to: 64, exponent: { ...estimate(3), low: 2, high: 4 } }]
const figure = tailCurveFigure({ points, exponents, provenance: {} })

test('the tail curve draws what has an interval, and tells of what has none', () => {
  const [first, local, second] = figure.data
  expect(first).toMatchObject({ name: 'c = 1', x: [16, 64], y: [16 ** -3, 64 ** -3] })
  expect(local).toMatchObject({ x: [32], y: [3], xaxis: 'x2' })
  expect(second).toMatchObject({ name: 'c = 2', x: [16] })
  expect(figure.table.low).toEqual([16 ** -3 / 2, 64 ** -3 / 2, 16 ** -6 / 2, 'refused'])
  expect(figure.caption).toContain('faster than every power')
})

test('the tail curve refuses what it cannot draw', () => {
  const data = { points: [...points, { ...point(16, 1), delta: 0.3 }], exponents, provenance: {} }
  expect(() => tailCurveFigure(data)).toThrow(/data\.points must have one delta, got 2/)
  expect(() => tailCurveFigure({ ...data, points: [point(64, 2, false)] })).toThrow(
    /intervals for 1 to 4 factors, got 0/,
  )
})
