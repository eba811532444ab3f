import { describe, expect, it } from 'vitest'
import { couplingFigure } from '../../src/figures/section4/couplingFigure.js'
import { movieFigure } from '../../src/figures/theme/movieFigure.js'

// Two corners of a triangle with sides 3, 4, 5 in the first two of three dimensions, and a third coordinate.
const X = { n: 2, d: 3, x: Float64Array.of(0, 1, 0, 1, 0, 0) }
const Y = { n: 2, d: 3, x: Float64Array.of(3, 1, 4, 1, 0, 12) }
const couplings = [
  { name: 'kept', plan: [0, 1] },
  { name: 'swapped', plan: [1, 0] },
]
const drawn = (more: object = {}) => couplingFigure({ X, Y, couplings, provenance: { n: 2 }, ...more })
const texts = (figure: ReturnType<typeof drawn>) => figure.data.flatMap(({ text }) => (text as string[]) ?? [])

describe('a figure of couplings', () => {
  it('tells the lengths in all dimensions, whichever are drawn', () => {
    const swapped = [Math.hypot(1, 1, 12), Math.hypot(2, 3)]
    for (const figure of [drawn(), drawn({ coordinates: [2, 0] })]) {
      expect(figure.table).toEqual({ 'length, kept': [5, 12], 'length, swapped': swapped })
      expect(texts(figure)).toEqual(['mean 8.500, largest 12.000', 'mean 7.844, largest 12.083'])
    }
  })

  it('draws the coordinates that are asked for, and every pair from one end to the other', () => {
    const figure = drawn({ coordinates: [2, 0], axes: ['third', 'first'] })
    const lines = figure.data.filter(({ mode }) => mode === 'lines')
    // The pair that is not the longest, then the longest; kept, then swapped.
    expect(lines.map(({ x, y }) => [x, y])).toEqual([
      [
        [0, 0, null],
        [0, 3, null],
      ],
      [
        [0, 12, null],
        [1, 1, null],
      ],
      [
        [0, 0, null],
        [1, 3, null],
      ],
      [
        [0, 12, null],
        [0, 1, null],
      ],
    ])
    expect(JSON.stringify(figure.layout)).toContain('third')
  })

  it('can be a frame: headings do not change with what is measured', () => {
    const at = (h: number) => ({ ...Y, x: Y.x.map(c => h * c) })
    const movie = movieFigure('h', [1, 2], h => drawn({ Y: at(h), range: [-1, 30, -1, 30] }))
    expect(movie.frames?.map(({ data }) => data.find(({ mode }) => mode === 'text')!.text)).toEqual([
      ['mean 8.500, largest 12.000'],
      [`mean ${((10 + Math.hypot(1, 1, 24)) / 2).toFixed(3)}, largest ${Math.hypot(1, 1, 24).toFixed(3)}`],
    ])
    expect(movie.layout).toMatchObject({ xaxis: { range: [-1, 30] }, yaxis2: { range: [-1, 30] } })
  })

  it.each<[object, RegExp]>([
    [{ couplings: [{ name: 'short', plan: [0] }] }, /plan of short must have length 2/],
    [{ couplings: [{ name: 'out', plan: [0, 2] }] }, /plan of out\[1\] must be an integer in \[0, 1\], got 2/],
    [{ coordinates: [0, 3] }, /coordinates\[1\] must be an integer in \[0, 2\], got 3/],
    [{ range: [0, 1] }, /range must have length 4/],
    [{ axes: ['one'] }, /axes must hold 2 texts, got 1/],
    [{ X: { n: 2, d: 1, x: Float64Array.of(0, 1) } }, /X.d must be an integer >= 2, got 1/],
    [{ Y: { n: 1, d: 3, x: Float64Array.of(0, 1, 2) } }, /Y.x must have length 6/],
  ])('refuses %j', (more, message) => {
    expect(() => drawn(more)).toThrow(message)
  })
})
