import { describe, expect, it, vi } from 'vitest'
import { exercises } from '../../../src/notebook/exercises/checkAnswer.js'
import { gradeAnswer, handIn } from '../../../src/notebook/exercises/gradeAnswer.js'

/** What a call prints, where there is no notebook. */
function printed(call: () => void): string {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  try {
    call()
    return write.mock.calls.map(([text]) => String(text)).join('')
  } finally {
    write.mockRestore()
  }
}

describe('handing in', () => {
  it.each(exercises)('takes every answer to $id of its kind, and does not judge it', ({ id, right }) => {
    const wrong = { number: -123.25, word: 'nonsense', 'true or false': right.example !== true }[right.kind]
    for (const answer of [right.example, wrong]) {
      const said = `Exercise ${id}: the answer ${JSON.stringify(answer)} is handed in.\n`
      expect(printed(() => handIn(id, answer))).toBe(said)
    }
  })

  it('is refused without an answer, with one of another kind, and for an exercise that there is not', () => {
    expect(() => handIn('06.1', undefined)).toThrow(/^there is no answer yet\. Exercise 06\.1 asks for log/)
    expect(() => handIn('06.1', '81')).toThrow(/answer must be a number .*got "81"/)
    expect(() => handIn('01.1', 3)).toThrow('answer must be a word in quotation marks, got 3')
    expect(() => handIn('04.2', 1)).toThrow('answer must be true or false, got 1')
    expect(() => handIn('6.1', 81)).toThrow(/id of an exercise must be one of .*; did you mean "06\.1"\?/)
  })
})

describe('grading', () => {
  it.each(exercises)('lets a right answer to $id pass in silence, and no mistake', ({ id, right, mistakes = [] }) => {
    expect(printed(() => gradeAnswer(id, right.example))).toBe('')
    for (const [mistake, why] of mistakes) {
      expect(right.accepts(mistake.example), why).toBe(false)
      expect(() => gradeAnswer(id, mistake.example)).toThrow(`the answer gets no points. Exercise ${id}: not yet.`)
    }
  })

  it('says what went wrong, and not what is right', () => {
    expect(() => gradeAnswer('06.1', 187.21)).toThrow(/not yet\. That is the natural logarithm\.$/)
    expect(() => gradeAnswer('01.1', 'energy')).toThrow(/^the answer gets no points\. Exercise 01\.1: not yet\.$/)
  })

  it('is an error of type without an answer, and with one of another kind', () => {
    expect(() => gradeAnswer('06.1', undefined)).toThrow(TypeError)
    expect(() => gradeAnswer('06.1', { valueOf: () => 81 })).toThrow(TypeError)
    expect(() => gradeAnswer('06.1', Number.NaN)).toThrow(RangeError)
  })
})
