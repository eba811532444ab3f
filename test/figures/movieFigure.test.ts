// Any figure in motion: what is the same in all frames, what is shown of each, and what is refused.
import { describe, expect, it } from 'vitest'
import { closingCutoffFigure, cutoffRadiusFigure } from '../../src/figures/section2/closingCutoffFigure.js'
import { regularisedKernelsFigure } from '../../src/figures/section2/regularisedKernelsFigure.js'
import type { Figure } from '../../src/figures/theme/figure.js'
import { movieFigure } from '../../src/figures/theme/movieFigure.js'
import { PLAYER_HEIGHT } from '../../src/figures/theme/player.js'
import { cutoffKernel } from '../../src/interaction/cutoffKernel.js'

/** A line from 0 to `height`, drawn by hand. */
const ramp = (height: number, more: Partial<Figure> = {}): Figure => ({
  id: 'ramp',
  caption: 'A ramp.',
  data: [{ type: 'scatter', mode: 'lines', x: [0, 1], y: [0, height] }],
  layout: { title: { text: `up to ${height}` }, xaxis: { title: { text: 'x' } } },
  table: { x: [0, 1], y: [0, height] },
  provenance: { height, mode: 'exact' },
  ...more,
})

describe('a figure that moves', () => {
  const movie = movieFigure('h', [1, 4, 2], h => ramp(h), { still: 4, title: 'Ramps' })

  it('has a frame for each value, in order, and shows the chosen one when it stands still', () => {
    expect(movie.frames!.map(({ name }) => name)).toEqual(['1', '4', '2'])
    expect(movie.frames!.map(({ data }) => (data[0]!.y as number[])[1])).toEqual([1, 4, 2])
    expect(movie.data[0]!.y).toEqual([0, 4])
    const { sliders } = movie.layout as { sliders: { active: number; currentvalue: { prefix: string } }[] }
    expect(sliders[0]).toMatchObject({ active: 1, currentvalue: { prefix: 'h = ' } })
    expect(movieFigure('h', [1, 4, 2], h => ramp(h)).data[0]!.y).toEqual([0, 2])
  })

  it('has axes that hold every frame, and stand still', () => {
    const { xaxis, yaxis } = movie.layout as Record<'xaxis' | 'yaxis', { range: number[] }>
    expect(yaxis.range[0]).toBeCloseTo(-0.2, 12)
    expect(yaxis.range[1]).toBeCloseTo(4.2, 12)
    expect(xaxis.range).toEqual([-0.05, 1.05])
    // One that is given stays, on a logarithmic axis as well; where one end is open it is found.
    const half = movieFigure('h', [10, 1000], h =>
      ramp(h, { layout: { xaxis: { range: [0, 2] }, yaxis: { type: 'log', range: [0, null] } } }),
    ).layout as Record<'xaxis' | 'yaxis', { range: number[] }>
    expect(half.xaxis.range).toEqual([0, 2])
    expect(half.yaxis.range[0]).toBe(0)
    expect(half.yaxis.range[1]).toBeCloseTo(3.1, 12)
  })

  it('keeps the height of its axes: the player has room of its own', () => {
    const still = regularisedKernelsFigure([cutoffKernel({ N: 1000, delta: 0.3 })], 1000 ** -0.3)
    const movie = movieFigure('δ', [0.3], () => still)
    expect(movie.layout.height).toBe((still.layout.height as number) + PLAYER_HEIGHT)
    // The buttons begin below what an axis writes, labels of ticks and a title, whatever the height.
    const [[menu], [slider]] = [movie.layout.updatemenus, movie.layout.sliders] as { y: number; pad: { t: number } }[][]
    for (const part of [menu!, slider!]) {
      expect(part.y).toBe(0)
      expect(part.pad.t).toBeGreaterThan(45)
    }
  })

  it('tells the parameter beside the numbers, and no provenance of one frame as that of all', () => {
    expect(movie.table).toEqual({ h: [1, 1, 4, 4, 2, 2], x: [0, 1, 0, 1, 0, 1], y: [0, 1, 0, 4, 0, 2] })
    expect(movie.provenance).toEqual({ mode: 'exact', h: '1 to 2' })
    expect((movie.layout.title as { text: string }).text).toBe('Ramps')
  })

  it('is drawn anew where its traces are none that Plotly moves, and gets no axes of the plane in space', () => {
    const redraw = ({ layout }: Figure): unknown =>
      (layout as { sliders: { steps: { args: [unknown, { frame: { redraw: boolean } }] }[] }[] }).sliders[0]!.steps[0]!
        .args[1].frame.redraw
    const bars = (h: number) => ramp(h, { data: [{ type: 'bar', x: [0, 1], y: [0, h] }] })
    const space = (h: number) => ramp(h, { data: [{ type: 'scatter3d', x: [0, 1], y: [0, h], z: [0, 1] }], layout: {} })
    expect([movie, movieFigure('h', [1, 2], bars), movieFigure('h', [1, 2], space)].map(redraw)).toEqual([
      false,
      true,
      true,
    ])
    expect(movieFigure('h', [1, 2], space).layout.yaxis).toBeUndefined()
  })

  it('is refused where the frames are not the same figure', () => {
    const two = (h: number) => ramp(h, { data: [...ramp(h).data, ...ramp(h).data].slice(0, h) })
    expect(() => movieFigure('h', [1, 2], two)).toThrow('draw(2) must have the traces of draw(1), and has not')
    const noted = (h: number) => ramp(h, { layout: { annotations: [{ text: `${h}` }] } })
    expect(() => movieFigure('h', [1, 2], noted)).toThrow('draw(2) must have the annotations of draw(1), and has not')
    expect(() => movieFigure('h', [], ramp)).toThrow('values must hold at least one value, got none')
    expect(() => movieFigure('h', [1, 2], h => ramp(h), { still: 3 })).toThrow(/still must be one of 1, 2/)
  })
})

describe('the cut-off that closes', () => {
  const marks = ({ data }: Pick<Figure, 'data'>): number[] => data.slice(2).map(trace => (trace.x as number[])[0]!)

  it('has the force (4) and the three distances of its N', () => {
    const figure = cutoffRadiusFigure(4096, 0.25)
    // 4096 = 2^12.
    expect(marks(figure)[0]).toBeCloseTo(1 / 8, 14)
    expect(marks(figure)[1]).toBeCloseTo(1 / 16, 14)
    expect(marks(figure)[2]).toBeCloseTo(1 / 256, 14)
    const [r, force] = [figure.data[1]!.x as number[], figure.data[1]!.y as number[]]
    for (const [i, x] of r.entries()) expect(force[i]! / (x < 1 / 8 ? 512 * x : x ** -2)).toBeCloseTo(1, 12)
    // The control: another exponent moves the first mark alone.
    const other = marks(cutoffRadiusFigure(4096, 0.5))
    expect(other[0]).toBeCloseTo(1 / 64, 14)
    expect(other.slice(1)).toEqual(marks(figure).slice(1))
  })

  it('closes, frame by frame, and neighbours overtake it', () => {
    const { frames } = closingCutoffFigure(0.25, [16, 256, 65536])
    const all = frames!.map(({ data }) => marks({ data: [...data] }))
    expect(all.map(([cut]) => cut)).toEqual([0.5, 0.25, 0.0625])
    const gaps = all.map(([cut, near]) => cut! / near!)
    expect(gaps[1]!).toBeGreaterThan(gaps[0]!)
    expect(gaps[2]!).toBeGreaterThan(gaps[1]!)
  })

  it('refuses an N or a delta that are none', () => {
    expect(() => closingCutoffFigure(0.25, [16, 0])).toThrow(/sizes\[1\] must be/)
    expect(() => cutoffRadiusFigure(16, -1)).toThrow(/delta must be/)
  })
})
