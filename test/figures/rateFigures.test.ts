import { describe, expect, it } from 'vitest'
import { rateExponentsFigure } from '../../src/figures/section9/rateExponentsFigure.js'
import { type SamplingTailData, samplingTailFigure } from '../../src/figures/section9/samplingTailFigure.js'
import { type WassersteinRates, wassersteinRatesFigure } from '../../src/figures/section9/wassersteinRatesFigure.js'
import type { Figure, Trace } from '../../src/figures/theme/figure.js'
import type { RateSeries } from '../../src/transport/sample/samplingRate.js'

const SIZES = [10, 100, 1000]
/** An interval that is not symmetric, so that its ends cannot be taken for each other. */
const slope = (value: number): RateSeries['slope'] => ({
  value,
  low: value - 0.05,
  high: value + 0.01,
  kind: 'confidence',
  level: 0.95,
  method: 'made up',
})
/** Distances that are a power of N exactly: 3 N^measured. */
const series = (n: number, p: number, measured: number, predicted: number): RateSeries => ({
  n,
  p,
  N: SIZES,
  distance: SIZES.map(N => 3 * N ** measured),
  slope: slope(measured),
  predicted,
})
const rates = (...all: RateSeries[]): WassersteinRates => ({ law: 'made up', series: all, provenance: { seed: 's' } })
const named = (figure: Figure, name: RegExp): Trace[] => figure.data.filter(trace => name.test(String(trace.name)))
const numbers = (values: unknown): number[] => values as number[]

describe('the figure of sampling distances', () => {
  const figure = wassersteinRatesFigure(
    rates(series(1, 1, -1 / 2, -1 / 2), series(6, 1, -1 / 6, -1 / 6), series(6, 2, -1 / 4, -1 / 6)),
  )

  it('draws a line of the predicted slope, on which markers of that very slope lie', () => {
    for (const k of [0, 1]) {
      const markers = numbers(named(figure, /W<sub>1<\/sub>, measured/)[k]!.y)
      const lines = numbers(named(figure, /slope by \(87\), p = 1/)[k]!.y)
      markers.forEach((value, at) => {
        expect(lines[at]! / value).toBeCloseTo(1, 12)
      })
    }
  })

  it('shows markers of another slope leaving the line by the power of N that lies between them', () => {
    const markers = numbers(named(figure, /W<sub>2<\/sub>, measured/)[0]!.y)
    const lines = numbers(named(figure, /slope by \(87\), p = 2/)[0]!.y)
    expect(lines[0]).toBe(markers[0])
    // 100^(1/4 - 1/6)
    expect(lines[2]! / markers[2]!).toBeCloseTo(100 ** (1 / 12), 12)
  })

  it('has one panel for each dimension, with the axis of its own traces, and names each order once', () => {
    expect(Object.keys(figure.layout).filter(key => /^xaxis/.test(key))).toEqual(['xaxis', 'xaxis2'])
    expect(figure.data.map(({ xaxis }) => xaxis)).toEqual(['x', 'x', 'x2', 'x2', 'x2', 'x2'])
    expect(figure.data.filter(({ showlegend }) => showlegend === true)).toHaveLength(4)
    expect(numbers(figure.table.distance)).toEqual(
      figure.data.filter(({ name }) => /measured/.test(String(name))).flatMap(({ y }) => numbers(y)),
    )
  })

  it('refuses distances that are not one for each N', () => {
    const short = { ...series(2, 1, -1 / 2, -1 / 2), distance: [1, 2] }
    expect(() => wassersteinRatesFigure(rates(short))).toThrow(/distance of n = 2, p = 1/)
  })
})

describe('the figure of exponents', () => {
  const figure = rateExponentsFigure([
    rates(series(1, 1, -0.5, -1 / 2), series(6, 1, -0.2, -1 / 6), series(6, 3, -0.18, -1 / 6)),
  ])

  it.each([
    // The three regimes of (87), where N^-gamma is the size of W_p: p > n/2, p = n/2 (but for the logarithm), p < n/2.
    [0, 1, 1 / 2],
    [0, 2, 1 / 4],
    [1, 1, 1 / 6],
    [1, 3, 1 / 6],
  ])('draws the exponent of (87): panel %i, p = %i', (panel, p, expected) => {
    const bound = named(figure, /bound \(87\)/)[panel]!
    const at = numbers(bound.x).findIndex(x => Math.abs(x - p) < 0.021)
    // The line is a polygon with steps of 0.0325 in p, and falls by at most 1/2 per unit of p.
    expect(Math.abs(numbers(bound.y)[at]! - expected)).toBeLessThan(0.02)
  })

  it('turns slopes into exponents, and the ends of their intervals with them', () => {
    const [, six] = named(figure, /95 % interval/)
    expect(numbers(six!.y)).toEqual([0.2, 0.18])
    const { array, arrayminus } = six!.error_y as { array: number[]; arrayminus: number[] }
    // low = value - 0.05 is the larger exponent, high = value + 0.01 the smaller one.
    for (const up of array) expect(up).toBeCloseTo(0.05, 12)
    for (const down of arrayminus) expect(down).toBeCloseTo(0.01, 12)
    const { measured, low, high, predicted } = figure.table as Record<string, number[]>
    measured!.forEach((gamma, k) => {
      expect([low![k]! - gamma, high![k]! - gamma].map(x => Math.round(100 * x))).toEqual([-1, 5])
    })
    expect(predicted).toEqual([1 / 2, 1 / 6, 1 / 6])
  })

  it('has the upper ends of all intervals within its axes', () => {
    const [, top] = (figure.layout.yaxis as { range: number[] }).range
    expect(top).toBeGreaterThan(0.55)
  })
})

describe('the figure of sampling tails', () => {
  const data: SamplingTailData = {
    N: 50,
    replicates: 100,
    provenance: { seed: 's' },
    series: [
      { name: 'heavy', ratio: [1, 2, 4, 8], probability: [0.5, 0.25, 0.04, 0], moment: [0.8, 0.4, 0.1, 0.025] },
      { name: 'bounded', ratio: [1, 2, 4, 8], probability: [0.5, 0.01, 0, 0] },
    ],
  }
  const figure = samplingTailFigure(data)

  it('shows frequencies with two standard errors and leaves out what was never seen', () => {
    const heavy = named(figure, /heavy/)[0]!
    expect(numbers(heavy.x)).toEqual([1, 2, 4])
    expect(numbers(heavy.y)).toEqual([0.5, 0.25, 0.04])
    // 2 sqrt(q (1 - q) / 100) by hand: 0.1, 0.0866, 0.0392.
    const { array } = heavy.error_y as { array: number[] }
    expect(array.map(e => Number(e.toFixed(4)))).toEqual([0.1, 0.0866, 0.0392])
    expect(numbers(named(figure, /bounded/)[0]!.x)).toEqual([1, 2])
  })

  it('draws the moment term where it is a bound at all, for heavy tails only', () => {
    const lines = named(figure, /moment term/)
    expect(lines).toHaveLength(1)
    expect(numbers(lines[0]!.x)).toEqual([2, 4, 8])
    expect(numbers(lines[0]!.y)).toEqual([0.4, 0.1, 0.025])
  })

  it('keeps in its table what it leaves out of the picture, and refuses unequal lengths', () => {
    expect(figure.table.probability).toEqual([0.5, 0.25, 0.04, 0, 0.5, 0.01, 0, 0])
    const [first] = data.series
    expect(() => samplingTailFigure({ ...data, series: [{ ...first!, probability: [0.5] }] })).toThrow(/heavy/)
  })
})
