import { describe, expect, it } from 'vitest'
import {
  button,
  checkbox,
  choice,
  player,
  shownControls,
  slider,
  stateText,
  valuesAt,
} from '../../../src/notebook/interact/controls.js'

const controls = {
  N: slider([100, 300], { label: 'particles' }),
  delta: slider(0, 0.5, 0.01, { start: 0.29 }),
  law: choice(['gaussian', 'plummer'], { start: 'plummer' }),
  on: checkbox(true),
  sample: button('another sample'),
  t: player(0, 1, 0.25, { rate: 5 }),
}

describe('a range', () => {
  it('has the numbers that one would write, both ends among them', () => {
    expect(slider(0, 0.3, 0.1).values).toEqual([0, 0.1, 0.2, 0.3])
    expect(slider(-0.3, 0.1, 0.1).values).toEqual([-0.3, -0.2, -0.1, 0, 0.1])
    expect(slider(1e-9, 3e-9, 1e-9).values).toEqual([1e-9, 2e-9, 3e-9])
    const hundredths = slider(0, 0.5, 0.01).values
    expect(hundredths).toEqual(Array.from({ length: 51 }, (_, k) => k / 100))
    // The control: plain sums are others.
    expect(hundredths).not.toEqual(Array.from({ length: 51 }, (_, k) => k * 0.01))
  })

  it('ends below the last number where the step does not lead to it', () => {
    expect(slider(0, 1, 0.4).values).toEqual([0, 0.4, 0.8])
  })
})

describe('controls', () => {
  it('give the values of a state, and a button how often it was pressed', () => {
    expect(valuesAt(controls, [1, 29, 0, 0, 12, 4])).toEqual({
      ...{ N: 300, delta: 0.29, law: 'gaussian', on: false, sample: 12, t: 1 },
    })
  })

  it('are shown in words, each with its name unless it has a label', () => {
    const shown = shownControls(controls)
    expect(shown.map(({ label }) => label)).toEqual(['particles', 'delta', 'law', 'on', 'another sample', 't'])
    expect(shown.map(({ start }) => start)).toEqual([0, 29, 1, 1, 0, 0])
    expect(shown.map(({ texts }) => texts.length)).toEqual([2, 51, 2, 2, 0, 5])
    expect(shown[5]).toMatchObject({ kind: 'player', texts: ['0', '0.25', '0.5', '0.75', '1'], rate: 5 })
    expect(shownControls({ x: slider([1 / 3]) })[0]!.texts).toEqual(['0.333333'])
    expect(stateText(shown, [0, 29, 1, 1, 3, 0])).toBe(
      'particles = 100, delta = 0.29, law = plummer, on = true, another sample: 3, t = 0',
    )
  })

  it('are JSON: what is stored is what was made', () => {
    expect(JSON.parse(JSON.stringify(controls))).toEqual(controls)
  })

  it('do not follow a list that is changed later', () => {
    const list = [1, 2]
    const made = slider(list)
    list[0] = 7
    expect(made.values).toEqual([1, 2])
  })
})

describe('what is no control is refused', () => {
  it.each([
    ['an empty list', () => slider([]), 'values must have 1 to 1001 entries, got 0'],
    ['a value that is no number', () => slider([1, 'x' as never]), 'values[1] must be a finite number, got "x"'],
    ['an infinite one', () => slider([Number.POSITIVE_INFINITY]), 'values[0] must be a finite number'],
    ['a range that falls', () => slider(1, 0, 0.1), 'to must be above from = 1, got 0'],
    [
      'a range without a step',
      () => slider(0, 1, undefined as never),
      'values must be a list of numbers, or from, to and step, got 0, 1, undefined',
    ],
    ['a step of zero', () => slider(0, 1, 0), 'step must be a number in (0, to - from = 1], got 0'],
    ['a step too long', () => slider(0, 1, 2), 'step must be a number in (0, to - from = 1], got 2'],
    ['a step too short', () => slider(0, 1, 1e-9), 'step must be at least 0.001, for 1001 values at most'],
    ['a start beside the values', () => slider(0, 1, 0.1, { start: 0.25 }), 'start must be one of 0, 0.1,'],
    ['a misspelt option', () => slider([1], { strat: 1 } as never), 'option of slider must be one of "start", "label"'],
    ['a name twice', () => choice(['a', 'b', 'a']), 'names must differ, got "a" twice'],
    ['a name that is empty', () => choice(['']), 'names[0] must be a non-empty text'],
    ['a start that is no name', () => choice(['a'], { start: 'b' as never }), 'start must be one of "a", got "b"'],
    ['a box that is neither', () => checkbox('on' as never), 'on must be true or false, got "on"'],
    ['a button without a word', () => button(''), 'label must be a non-empty text'],
    ['a rate of zero', () => player([1], { rate: 0 }), 'rate must be a number of steps a second in (0, 60], got 0'],
    ['no controls', () => shownControls({}), 'controls must have one control at least'],
    ['a number', () => shownControls({ N: 3 as never }), 'controls.N must be an object made by slider, choice,'],
    [
      'a record of another kind',
      () => shownControls({ N: { kind: 'dial' } as never }),
      'controls.N.kind must be one of',
    ],
    [
      'a start beyond',
      () => shownControls({ N: { ...slider([1]), start: 4 } }),
      'controls.N.start must be an integer in [0, 0]',
    ],
    ['a state of another length', () => valuesAt(controls, [0]), 'state must have 6 entries'],
    [
      'a state between',
      () => valuesAt({ N: slider([1, 2]) }, [0.5]),
      'the state of N must be an integer in [0, 1], got 0.5',
    ],
  ])('%s', (_, make, message) => expect(make).toThrow(message))
})
