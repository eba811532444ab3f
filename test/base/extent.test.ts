import { describe, expect, it } from 'vitest'
import { extent, maximum, minimum } from '../../src/base/extent.js'
import { dualityFigure } from '../../src/figures/section4/dualityFigure.js'
import { figureForSize } from '../../src/figures/theme/figureForSize.js'
import { COLOR, figure, line, logAxis } from '../../src/figures/theme/theme.js'
import { figureCsv } from '../../src/notebook/pictures/renderFigure.js'
import { tableBundle } from '../../src/present/table.js'

const COUNT = 150_000

describe('the least and the largest', () => {
  it('are those of Math.min and Math.max, of none and of what is no number too', () => {
    for (const values of [[2, 1, 3], [-0.5], [], [1, Number.NaN, 2], [Number.POSITIVE_INFINITY, 1]]) {
      expect(extent(values)).toEqual([Math.min(...values), Math.max(...values)])
      expect([minimum(values), maximum(values)]).toEqual(extent(values))
    }
  })

  it(`are found among ${COUNT} values, more than a call takes as arguments`, () => {
    const values = Array.from({ length: COUNT }, (_, i) => i)
    expect(extent(values)).toEqual([0, COUNT - 1])
    // The control.
    expect(() => Math.max(...values)).toThrow(RangeError)
  })
})

describe(`${COUNT} rows`, () => {
  const x = Array.from({ length: COUNT }, (_, i) => i + 1)

  it('go into a table', () => {
    const { 'text/plain': text } = tableBundle({ N: x })
    expect(text.split('\n')).toHaveLength(COUNT + 2)
  })

  it('go into a figure, its sizes and its CSV', () => {
    const made = figure({
      id: 'many',
      title: 'Many points',
      caption: 'Many points.',
      data: [line('y = x', x, x, COLOR.blue)],
      layout: { xaxis: logAxis('x', x), yaxis: logAxis('y', x) },
      table: { x },
      provenance: { seed: 'none' },
    })
    expect((figureForSize(made, 'column').data[0]!.x as number[]).length).toBe(COUNT)
    expect(figureCsv(made).length).toBeGreaterThan(COUNT)
  })

  it('of a cloud go into a figure', () => {
    const half = COUNT / 2
    const cloud = { n: half, d: 2, x: Float64Array.from({ length: COUNT }, (_, i) => i) }
    const plan = Int32Array.from({ length: half }, (_, i) => i)
    const made = dualityFigure({ X: cloud, Y: cloud, plan, g: () => 0, provenance: { n: half } })
    expect(made.data).toHaveLength(4)
  })
})
