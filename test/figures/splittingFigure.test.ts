import { expect, test } from 'vitest'
import { splittingFigure } from '../../src/figures/section4/splittingFigure.js'

const stages = [
  { level: 1, states: [0.5, 1, 2.5, -1], p: 0.5 },
  { level: 2, states: [1, 2.5, 3, 1.2], p: 0.25 },
]
const figure = splittingFigure({ stages, exact: [0.5, 0.2], provenance: { seed: 'a' } })

test('each frame has who is replaced, who stays, ties among them, the level and the estimates so far', () => {
  const [first, second] = figure.frames!
  expect(first).toMatchObject({
    name: '1',
    data: [
      { x: [0.5, -1], y: [1, 4] },
      { x: [1, 2.5], y: [2, 3] },
      { x: [1, 1], y: [0, 5] },
      { x: [1], y: [0.5] },
    ],
  })
  expect(second!.data[3]).toMatchObject({ x: [1, 2], y: [0.5, 0.25] })
})

test('a still image is the last frame, with the exact curve beside it where that is known', () => {
  expect(figure.data[1]).toMatchObject(figure.frames![1]!.data[1]!)
  expect(figure.data).toHaveLength(5)
  expect(splittingFigure({ stages, provenance: {} }).data).toHaveLength(4)
  expect(figure.table).toEqual({ level: [1, 2], reached: [2, 2], p: [0.5, 0.25] })
})

test('nothing is drawn of no levels', () => {
  expect(() => splittingFigure({ stages: [], provenance: {} })).toThrow(/data\.stages must hold at least one level/)
})
