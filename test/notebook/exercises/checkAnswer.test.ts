// The check cells of the exercises: against the solutions' formulas and against what the solutions in the notebooks
// have stored.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { answerBundle, exercises, judgeAnswer } from '../../../src/notebook/exercises/checkAnswer.js'
import { joined, type NotebookCell, readNotebook } from '../../../src/notebook/notebookFile.js'
import { notebookFiles } from '../../../src/notebook/notebookFolder.js'
import { root } from '../../support/capabilities.js'

const notebooks = notebookFiles(root).map(name => readNotebook(join(root, 'notebooks', name)))
const textOf = ({ outputs = [] }: NotebookCell): string =>
  outputs
    .map(output =>
      'data' in output
        ? joined(output.data['text/plain'] as string)
        : 'text' in output
          ? joined(output.text as string)
          : '',
    )
    .join('\n')

/** The k-th number that stands behind a pattern in what the solutions of a notebook have printed. */
function stored(notebook: number, pattern: RegExp): number {
  const printed = notebooks[notebook]!.cells.filter(
    cell => cell.cell_type === 'code' && cell.metadata.tags?.includes('solution'),
  )
    .map(textOf)
    .join('\n')
  const found = pattern.exec(printed)
  expect(found, `${pattern} in ${printed}`).not.toBeNull()
  return Number(found![1])
}

const B = 10 * (1 + 3 / (4 * Math.PI))
const violation = ((B + Math.sqrt(B * B - 4 * 0.9)) / 1.8) ** 2 / Math.LN10

/** Of every exercise an answer that is right, from a formula or from the stored solution. */
const RIGHT: Readonly<Record<string, () => number | string | boolean>> = {
  '00.1': () => Math.log(stored(0, /^ *1000 +(\S+)/m) / stored(0, /^ +100 +(\S+)/m)) / Math.LN10,
  '00.2': () => 1 / 2 ** 2,
  '01.1': () => 'Momentum',
  '01.2': () => 1 + Math.log(1 + Math.SQRT2) / Math.SQRT2,
  '01.3': () => -1,
  '02.1': () => 0,
  '02.2': () => 2,
  '02.3': () => ((4 * Math.PI) / 3) ** (2 / 3),
  '03.1': () => (2 * Math.PI * (1 + 2 ** 2)) ** -1.5,
  '03.2': () => stored(3, /^ +2 +0\.2387\d* +(\S+)/m) / stored(3, /^ +0 +0\.2387\d* +(\S+)/m),
  '03.3': () => Math.log(stored(3, /^10000 +(\S+)/m) / stored(3, /^ +100 +(\S+)/m)) / Math.log(100),
  '04.1': () => stored(4, /^(0)$/m),
  '04.2': () => true,
  '04.3': () => 'field',
  '05.1': () => 3 / 100,
  '05.2': () => stored(5, /^2 +(\S+)/m) / stored(5, /^2 +\S+ +(\S+)/m),
  '05.3': () => 'momenta',
  '06.1': () => violation,
  '06.2': () => 54 / 3 ** 3,
  '06.3': () => 0.5,
  '07.1': () => stored(7, /^2048 +(\S+) +3\.86/m),
  '07.2': () => 0.23,
  '07.3': () => 8,
  '08.1': () => stored(8, /^ *(1\d{4}\.\d) +0\.5$/m),
  '08.2': () => stored(8, /share of f[^\n]*\n-+\n +(\S+)/),
  '08.3': () => stored(8, /time at which[^\n]*\n-+\n +(\S+)/),
  '09.1': () => Math.sqrt(Math.PI / 32),
  '09.2': () => stored(9, /^1600 +(\S+)/m) / stored(9, /^ +100 +(\S+) +0\.4/m),
  '09.3': () => stored(9, /N for W₁ = 0\.1\n.*\n +\S+ +(\S+)/),
  '10.1': () => stored(10, /log10 of that N\n.*\n *\S+ +(\S+)/),
  '10.2': () => 2 * Math.cos(Math.PI / 5),
  '11.1': () => 1 + 1 / 2,
  '11.2': () => 3 / 2,
  '11.3': () => stored(11, /N\^\(-0\.6\)\n.*\n *\S+ +(\S+)/),
  '12.1': () => 1 / 3,
  '12.2': () => 100 / Math.sqrt(Math.log(1e3)) / 10,
  '13.1': () => (2 ** 1.5 / 15) * (64 / Math.E ** 2),
  '13.2': () => stored(13, /^500 +(\S+)/m),
  '14.1': () => stored(14, /^(0\.3678\d+)/m),
  '14.2': () => [...'0c0vv'].filter(letter => letter !== '0').length,
  '14.3': () => false,
}

/** The exercises that the notebooks ask, in their order. */
const asked = notebooks.flatMap(({ cells }) =>
  cells.flatMap(cell => {
    const found = /^checkAnswer\('(.+)', undefined\)$/m.exec(joined(cell.source))
    return found === null ? [] : [{ id: found[1]!, shown: textOf(cell) }]
  }),
)

describe('the exercises', () => {
  it('are those of the notebooks, and their cells say what each asks for', () => {
    expect(asked.map(({ id }) => id)).toEqual(exercises.map(({ id }) => id))
    expect(Object.keys(RIGHT)).toEqual(exercises.map(({ id }) => id))
    for (const { id, shown } of asked) expect(shown).toContain(`Exercise ${id} asks `)
  })

  it.each(exercises)('$id takes the right answer', ({ id }) => {
    expect(judgeAnswer(id, RIGHT[id]!())).toEqual({ verdict: 'right', text: `Exercise ${id}: right.` })
  })

  it.each(exercises)('$id takes the example of its answers', ({ id, right }) => {
    expect(judgeAnswer(id, right.example).verdict).toBe('right')
  })

  it.each(exercises.filter(({ right }) => right.kind === 'number'))('$id takes no other number', ({ id }) => {
    const answer = RIGHT[id]!() as number
    const away = answer < 0 ? -1 : 1
    for (const other of [1.2 * answer + 0.11 * away, 0.8 * answer - 0.11 * away, -answer - 0.23 * away]) {
      expect(judgeAnswer(id, other).verdict).toBe('not yet')
    }
  })

  it.each(exercises)(
    '$id does not take its mistakes, says why, and does not say the answer',
    ({ id, right, mistakes = [] }) => {
      const answer = RIGHT[id]!()
      for (const [mistake] of mistakes) expect(mistake.kind).toBe(right.kind)
      expect(mistakes.some(([mistake]) => mistake.accepts(answer))).toBe(false)
      const texts = [judgeAnswer(id, undefined).text, ...mistakes.map(([, why]) => why)]
      if (typeof answer === 'number' && !Number.isInteger(answer)) {
        for (const text of texts) expect(text).not.toContain(answer.toPrecision(3))
      }
    },
  )
})

describe('an answer', () => {
  it('that is a known mistake is told what went wrong', () => {
    expect(judgeAnswer('06.1', violation * Math.LN10)).toEqual({
      verdict: 'not yet',
      text: 'Exercise 06.1: not yet. That is the natural logarithm.',
    })
    expect(judgeAnswer('04.3', 'force').text).toMatch(/not yet\. That is the smallest part/)
  })

  it('that is none is told how close it must be', () => {
    expect(judgeAnswer('06.1', 3).text).toBe('Exercise 06.1: not yet. It is asked for to 1 %.')
    expect(judgeAnswer('07.3', 3).text).toBe('Exercise 07.3: not yet. It is asked for exactly.')
    expect(judgeAnswer('14.1', 3).text).toBe('Exercise 14.1: not yet. It is asked for to 0.0002 %.')
    expect(judgeAnswer('01.1', 'energy').text).toBe('Exercise 01.1: not yet.')
  })

  it('of another kind, or to an exercise that there is not, is an error', () => {
    expect(() => judgeAnswer('06.1', 'many')).toThrow(/answer must be a (finite )?number/)
    expect(() => judgeAnswer('06.1', Number.NaN)).toThrow(/answer must be/)
    expect(() => judgeAnswer('01.1', 3)).toThrow('answer must be a word in quotation marks, got 3')
    expect(() => judgeAnswer('04.2', 'yes')).toThrow('answer must be true or false, got "yes"')
    expect(() => judgeAnswer('06.9', 1)).toThrow(/id of an exercise must be one of/)
  })

  it('is shown with a sign, for screen readers as a status, and as text', () => {
    expect(answerBundle('02.1', 0)).toEqual({
      'text/html': '<p role="status"><b>✓</b> Exercise 02.1: right.</p>',
      'text/plain': '✓ Exercise 02.1: right.',
    })
    expect(answerBundle('02.1', 1)['text/plain']).toBe('✗ Exercise 02.1: not yet. It is asked for exactly.')
    expect(answerBundle('03.1', undefined)['text/plain']).toMatch(/^Exercise 03\.1 asks for .*‖ρ_?[tₜ]‖/)
  })
})
